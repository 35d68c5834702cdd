/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-page.h"

G_BEGIN_DECLS

/* EngramRecordReading:
 * @found: an order of rows
 * @same_start: how many rows it begins with like the one before
 * @same_end: how many rows it ends with like the one before
 * @first_page: (nullable): its first records, where they were asked for
 *
 * What a worker found out about an order of rows. */
typedef struct {
  EngramFound      *found;
  gsize             same_start;
  gsize             same_end;
  EngramRecordPage *first_page;
} EngramRecordReading;

/* EngramRecordView: what is asked for. */
typedef struct {
  EngramRecordKind  kind;
  EngramQuery      *query; /* (nullable) */
  EngramSort        sort;
} EngramRecordView;

/* The first rows of what is being read; @first is the caller's. Called in the main loop, before the callback and not
 * once the cancellable is cancelled. */
typedef void (*EngramRecordFirstFunc) (EngramRecordReading *first,
                                       gpointer             user_data);

/* Makes an order of rows in a worker.
 *
 * @before: (nullable): the order that is known, to compare the new one with; what @first got takes its place
 * @first: (nullable): asks for the first records too, and for the first rows as soon as there are some */
void                 engram_record_read_async   (EngramSearcher         *searcher,
                                                 const EngramRecordView *view,
                                                 EngramRowOrder         *before,
                                                 EngramRecordFirstFunc   first,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                user_data);
EngramRecordReading *engram_record_read_finish  (GAsyncResult           *result,
                                                 GError                **error);
void                 engram_record_reading_free (EngramRecordReading    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordReading, engram_record_reading_free)

G_END_DECLS
