/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-error.h"
#include "engram-progress.h"

G_BEGIN_DECLS

#define ENGRAM_SCHEMA_VERSION 2
#define ENGRAM_APPLICATION_ID 0x456E6772

#define ENGRAM_TYPE_DATABASE (engram_database_get_type ())

G_DECLARE_FINAL_TYPE (EngramDatabase, engram_database, ENGRAM, DATABASE, GObject)

/**
 * EngramDatabaseAccess:
 * @ENGRAM_DATABASE_ACCESS_WRITE: it can be written
 * @ENGRAM_DATABASE_ACCESS_NEWER: a newer program wrote it
 * @ENGRAM_DATABASE_ACCESS_READ_ONLY: the file or its folder may not be written, or lies on a read-only medium
 * @ENGRAM_DATABASE_ACCESS_SNAPSHOT: what is seen is a private copy of the file as it was when it was opened
 * @ENGRAM_DATABASE_ACCESS_LINKED: the file has several names (hard links), and SQLite's side files follow only one
 *
 * What may be done with an open network.
 */
typedef enum {
  ENGRAM_DATABASE_ACCESS_WRITE,
  ENGRAM_DATABASE_ACCESS_NEWER,
  ENGRAM_DATABASE_ACCESS_READ_ONLY,
  ENGRAM_DATABASE_ACCESS_SNAPSHOT,
  ENGRAM_DATABASE_ACCESS_LINKED,
} EngramDatabaseAccess;

EngramDatabase       *engram_database_create                  (const char      *path,
                                                               GCancellable    *cancellable,
                                                               GError         **error);
EngramDatabase       *engram_database_open                    (const char      *path,
                                                               GCancellable    *cancellable,
                                                               GError         **error);
void                  engram_database_open_async              (const char      *path,
                                                               GCancellable    *cancellable,
                                                               GAsyncReadyCallback callback,
                                                               gpointer         user_data);
EngramDatabase       *engram_database_open_finish             (GAsyncResult    *result,
                                                               GError         **error);
const char           *engram_database_get_path                (EngramDatabase  *self);
EngramDatabaseAccess  engram_database_get_access              (EngramDatabase  *self);
int                   engram_database_get_schema_version      (EngramDatabase  *self);
const char * const   *engram_database_get_foreign_triggers    (EngramDatabase  *self);
gboolean              engram_database_get_change_stamp        (EngramDatabase  *self,
                                                               guint64         *stamp,
                                                               GCancellable    *cancellable,
                                                               GError         **error);
gboolean              engram_database_vacuum                  (EngramDatabase  *self,
                                                               EngramProgressFunc progress,
                                                               gpointer         user_data,
                                                               GCancellable    *cancellable,
                                                               GError         **error);

G_END_DECLS
