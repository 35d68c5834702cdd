/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-progress.h"
#include "safety/files/engram-content-hash-private.h"
#include "safety/files/engram-network-id-private.h"
#include "safety/files/engram-work-file-private.h"

G_BEGIN_DECLS

/* A private, checked copy of a backup in the folder of the network that it is to become. */
typedef struct {
  char            *backup;  /* its path */
  EngramWorkFile  *work;
  EngramContent    content;
  EngramNetworkId  id;      /* of the network that was backed up */
} EngramStaging;

/* Copies the backup at @backup, or any network, and makes sure that the copy is what its manifest says, that SQLite
 * finds nothing wrong in it, and that this program knows its schema. ENGRAM_ERROR_DAMAGED is said of the backup. */
gboolean engram_staging_make     (EngramStaging          *self,
                                  const char             *backup,
                                  const char             *network,
                                  EngramProgressFunc      progress,
                                  gpointer                user_data,
                                  GCancellable           *cancellable,
                                  GError                **error);
/* Brings the copy to the newest schema, in rollback mode. A backup of the network @live from before it got its id gets
 * that id. @page_size is that of the network that its pages will replace, or 0. */
gboolean engram_staging_prepare  (EngramStaging          *self,
                                  const EngramNetworkId  *live,
                                  gint64                  page_size,
                                  GCancellable           *cancellable,
                                  GError                **error);
void     engram_staging_clear    (EngramStaging          *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramStaging, engram_staging_clear)

G_END_DECLS
