/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lists/engram-neuron-page.h"

G_BEGIN_DECLS

/* How many rows are read at once. */
#define ENGRAM_PAGE_SIZE 64

#define ENGRAM_TYPE_PAGE_LOADER (engram_page_loader_get_type ())

/* Reads the pages of one order of rows in workers: the last asked for first, a few at a time, and keeps the
 * last used ones. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPageLoader, engram_page_loader, ENGRAM, PAGE_LOADER, GObject)

/* EngramPageLoaderFuncs:
 * @is_wanted: whether somebody still looks at a row of this page; if not, it is not read
 * @loaded: this page has come
 * @failed: this page will not come
 *
 * What a loader asks and tells its owner. */
typedef struct {
  gboolean (*is_wanted) (guint page, gpointer user_data);
  void     (*loaded)    (guint page, EngramNeuronPage *records, gpointer user_data);
  void     (*failed)    (guint page, const GError *error, gpointer user_data);
} EngramPageLoaderFuncs;

EngramPageLoader *engram_page_loader_new       (EngramNeuronStore           *store,
                                                const EngramPageLoaderFuncs *funcs,
                                                gpointer                     user_data);
void              engram_page_loader_set_order (EngramPageLoader            *self,
                                                EngramRowOrder              *order);
void              engram_page_loader_insert    (EngramPageLoader            *self,
                                                guint                        page,
                                                EngramNeuronPage            *records);
EngramNeuronPage *engram_page_loader_lookup    (EngramPageLoader            *self,
                                                guint                        page);
void              engram_page_loader_request   (EngramPageLoader            *self,
                                                guint                        page);
gboolean          engram_page_loader_is_idle   (EngramPageLoader            *self);
void              engram_page_loader_stop      (EngramPageLoader            *self);

G_END_DECLS
