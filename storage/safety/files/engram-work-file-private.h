/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* A database file in the making: hidden, beside the one that it will become or replace, readable by its owner alone.
 * It is locked for as long as somebody works on it, so that what a killed program left can be told from it. */
typedef struct {
  char   *path;
  int     fd;
  mode_t  usual_mode; /* what a new file gets here */
} EngramWorkFile;

/* Named .NAME.PURPOSE-XXXXXX, where @path ends with NAME. */
EngramWorkFile *engram_work_file_new     (const char      *path,
                                          const char      *purpose,
                                          GError         **error);
gboolean        engram_work_file_write   (EngramWorkFile  *self,
                                          gconstpointer    bytes,
                                          gsize            length,
                                          GError         **error);
/* Gives it the name @path, which must be free, once its content is safe on disk. */
gboolean        engram_work_file_publish (EngramWorkFile  *self,
                                          const char      *path,
                                          mode_t           mode,
                                          GError         **error);
/* Removes it, unless it was published. */
void            engram_work_file_free    (EngramWorkFile  *self);

/* Removes work files for that purpose from a folder which nobody works on any more. */
void            engram_work_file_sweep   (const char      *folder,
                                          const char      *purpose);

/* Whether there is room for so many bytes in a folder. */
gboolean        engram_check_space       (const char      *folder,
                                          guint64          bytes,
                                          GError         **error);
gboolean        engram_sync_folder       (const char      *folder,
                                          GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramWorkFile, engram_work_file_free)

G_END_DECLS
