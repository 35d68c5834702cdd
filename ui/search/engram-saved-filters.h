/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_SAVED_FILTERS (engram_saved_filters_get_type ())

/* The filters that a person has saved by name, for all networks, in the key file engram/filters of the user's
 * configuration. What it gives is what the file holds: a change is made in the file first, by a worker that reads it
 * anew, so that several programs do not undo each other's.
 *
 * Signals: "changed": other filters are there now; also once they have been read for the first time. "failed" (error
 * GError): the file cannot be read or written, or a name is taken (ENGRAM_ERROR_EXISTS) or unknown
 * (ENGRAM_ERROR_NOT_FOUND); nothing has changed. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramSavedFilters, engram_saved_filters, ENGRAM, SAVED_FILTERS, GObject)

/* @path: (nullable): the file; NULL for the user's own */
EngramSavedFilters *engram_saved_filters_new         (const char         *path);
/* (transfer none): that of this program, over the user's own file */
EngramSavedFilters *engram_saved_filters_get_default (void);

/* Reads the file; done at first by itself. */
void                engram_saved_filters_load        (EngramSavedFilters *self);

guint               engram_saved_filters_get_n       (EngramSavedFilters *self);
/* Sorted by name, as the person's language has it. */
const char         *engram_saved_filters_get_name    (EngramSavedFilters *self,
                                                      guint               place);
const char         *engram_saved_filters_get_query   (EngramSavedFilters *self,
                                                      guint               place);
/* The query of that name, or NULL. */
const char         *engram_saved_filters_find        (EngramSavedFilters *self,
                                                      const char         *name);

/* Under a new name, or in place of what that name stood for. @name must not be empty. */
void                engram_saved_filters_save        (EngramSavedFilters *self,
                                                      const char         *name,
                                                      const char         *query);
void                engram_saved_filters_rename      (EngramSavedFilters *self,
                                                      const char         *name,
                                                      const char         *new_name);
void                engram_saved_filters_delete      (EngramSavedFilters *self,
                                                      const char         *name);

G_END_DECLS
