/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dialogs/export/engram-export-work.h"
#include "lists/engram-record-model.h"

G_BEGIN_DECLS

/* EngramExportWhat: what of a network.
 * @ENGRAM_EXPORT_ALL: everything
 * @ENGRAM_EXPORT_SHOWN: what a list shows
 * @ENGRAM_EXPORT_SELECTED: what is selected, of the kind that the list shows where there is any */
typedef enum {
  ENGRAM_EXPORT_ALL,
  ENGRAM_EXPORT_SHOWN,
  ENGRAM_EXPORT_SELECTED,
} EngramExportWhat;

#define ENGRAM_TYPE_EXPORT_PAGE (engram_export_page_get_type ())

/* What is exported, in which form, and how. Property "ready" (boolean, read only): what is chosen can be exported: it
 * is there, and known. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramExportPage, engram_export_page, ENGRAM, EXPORT_PAGE, AdwBin)

/* @shown: (nullable): the list */
GtkWidget *engram_export_page_new         (EngramSession         *session,
                                           EngramRecordModel     *shown,
                                           EngramExportWhat       what);
/* Chooses what, where there is any of it. */
void       engram_export_page_set_what    (EngramExportPage      *self,
                                           EngramExportWhat       what);
gboolean   engram_export_page_is_ready    (EngramExportPage      *self);
/* All but what: that is set by engram_export_page_fill_async(). */
void       engram_export_page_get_options (EngramExportPage      *self,
                                           EngramExchangeOptions *options);
/* "Network.json", and so on */
char      *engram_export_page_dup_name    (EngramExportPage      *self,
                                           const char            *network);
/* Sets what @work is about, once a selection that is still being made out is known. FALSE with an error where there is
 * nothing of it any more. */
void       engram_export_page_fill_async  (EngramExportPage      *self,
                                           EngramExportWork      *work,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean   engram_export_page_fill_finish (EngramExportPage      *self,
                                           GAsyncResult          *result,
                                           GError               **error);

G_END_DECLS
