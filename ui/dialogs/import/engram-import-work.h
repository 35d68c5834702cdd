/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backups/engram-backup-before.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* A disk on which something of an import is written, and how full it is. */
typedef struct {
  char    *folder;    /* of what is written there, the network's first */
  char    *disk;      /* what the system calls it */
  guint64  available; /* G_MAXUINT64 where the system does not tell */
  guint64  needed;    /* by the import and its step in the undo history */
  guint64  backup;    /* by a backup, if one is made */
} EngramImportDisk;

/* What the checking of documents found: the job's until it is done. Atomically counted. */
typedef struct {
  GStrv               paths;
  EngramImportOptions options;
  EngramImportReport *report; /* once it is done */
  GPtrArray          *disks;  /* of EngramImportDisk, then, too */
  /*< private >*/
  EngramBackupPlan   *plan;
} EngramImportCheck;

/* What an import did, or is to do. */
typedef struct {
  GStrv               paths;
  EngramImportOptions options;
  EngramBackupBefore  backup;
  EngramImportReport *report; /* once it is done */
} EngramImportWork;

/* Looks what would come of documents. (transfer full) */
EngramJob               *engram_import_check_start    (EngramSession             *session,
                                                       const char * const        *paths,
                                                       gboolean                   make_ids);
/* (transfer none): as its end is told */
EngramImportCheck       *engram_import_check_get      (EngramJob                 *job);
EngramImportCheck       *engram_import_check_ref      (EngramImportCheck         *self);
void                     engram_import_check_unref    (gpointer                   self);

/* Imports them. @plan: (transfer full) (nullable): of the backup before. (transfer full) */
EngramJob               *engram_import_work_start     (EngramSession             *session,
                                                       const char * const        *paths,
                                                       const EngramImportOptions *options,
                                                       EngramBackupPlan          *plan);
/* As its end is told. */
const EngramImportWork  *engram_import_work_get       (EngramJob                 *job);
/* "123 neurons imported". (transfer full) */
char                    *engram_import_work_dup_title (const EngramImportWork    *self);

G_END_DECLS
