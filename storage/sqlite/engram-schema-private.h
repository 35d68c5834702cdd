/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* What a file's schema was found to be. */
typedef struct {
  int        version;
  guint32    application_id;
  GStrv      triggers; /* names of triggers: none is ours, none fires */
} EngramSchema;

/* Whether the file is a network: required tables with required columns. Else FALSE with ENGRAM_ERROR_NOT_A_NETWORK and
 * what is missing. */
gboolean    engram_schema_inspect        (EngramConnection  *connection,
                                          EngramSchema      *schema,
                                          GError           **error);
void        engram_schema_clear          (EngramSchema      *schema);
gboolean    engram_schema_read_version   (EngramConnection  *connection,
                                          int               *version,
                                          GError           **error);

/* Within a transaction: an empty file's tables, without the indexes; then the indexes. */
gboolean    engram_schema_create_tables  (EngramConnection  *connection,
                                          GError           **error);
/* The n-th index's statement, or NULL beyond the last. */
const char *engram_schema_get_index      (guint              n);
/* Within a transaction: brings a file of an older version to ENGRAM_SCHEMA_VERSION, step by step. */
gboolean    engram_schema_upgrade        (EngramConnection  *connection,
                                          int                version,
                                          GError           **error);

G_END_DECLS
