/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lists/engram-record-page.h"

G_BEGIN_DECLS

/* How many rows are read at once. */
#define ENGRAM_RECORD_PAGE_SIZE 64

#define ENGRAM_TYPE_RECORD_LOADER (engram_record_loader_get_type ())

/* Reads the pages of one order of rows in workers: the last asked for first, a few at a time, and keeps the
 * last used ones. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRecordLoader, engram_record_loader, ENGRAM, RECORD_LOADER, GObject)

/* EngramRecordLoaderFuncs:
 * @is_wanted: whether somebody still looks at a row of this page; if not, it is not read
 * @loaded: this page has come
 * @failed: this page will not come
 *
 * What a loader asks and tells its owner. */
typedef struct {
  gboolean (*is_wanted) (guint page, gpointer user_data);
  void     (*loaded)    (guint page, EngramRecordPage *records, gpointer user_data);
  void     (*failed)    (guint page, const GError *error, gpointer user_data);
} EngramRecordLoaderFuncs;

EngramRecordLoader *engram_record_loader_new       (EngramDatabase                *database,
                                                    EngramRecordKind               kind,
                                                    const EngramRecordLoaderFuncs *funcs,
                                                    gpointer                       user_data);
void                engram_record_loader_set_order (EngramRecordLoader            *self,
                                                    EngramRowOrder                *order);
void                engram_record_loader_insert    (EngramRecordLoader            *self,
                                                    guint                          page,
                                                    EngramRecordPage              *records);
EngramRecordPage   *engram_record_loader_lookup    (EngramRecordLoader            *self,
                                                    guint                          page);
void                engram_record_loader_request   (EngramRecordLoader            *self,
                                                    guint                          page);
gboolean            engram_record_loader_is_idle   (EngramRecordLoader            *self);
void                engram_record_loader_stop      (EngramRecordLoader            *self);

G_END_DECLS
