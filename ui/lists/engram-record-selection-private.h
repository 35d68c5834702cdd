/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-current.h"
#include "lists/engram-record-mapping.h"
#include "lists/engram-record-model-private.h"
#include "lists/engram-record-selection.h"

G_BEGIN_DECLS

struct _EngramRecordSelection
{
  GObject parent_instance;

  /* owned */
  EngramRecordModel *model;
  EngramSelection *shared;
  EngramRecordChoice *choice;  /* what is selected, in whatever order */
  GtkBitset *positions;        /* the same, in this order; NULL while that is not known */
  EngramRowOrder *order;       /* of the positions */
  GCancellable *mapping;       /* of the worker that makes row ids and positions of the choice, or NULL */
  EngramRecordCurrent *current;
  GCancellable *search;        /* for the record that was current, or NULL */

  guint size;                  /* the last one that was known */
  gboolean settled;
  gboolean chosen;             /* here, and not told of in the shared selection yet */
  gboolean sharing;
};

/* Whether it is known where the chosen rows stand in the order that the model has now, or is on its way to. */
gboolean engram_record_selection_has_positions     (EngramRecordSelection *self);
void     engram_record_selection_set_settled       (EngramRecordSelection *self,
                                                    gboolean               settled);
void     engram_record_selection_stop_search       (EngramRecordSelection *self);
/* The record of the current row turned out to be another one: an EngramRecordReplacedFunc. */
void     engram_record_selection_replace_current   (gpointer               user_data);
/* Without another current row, the one that is selected alone; once the model has told of it. */
void     engram_record_selection_take_only_current (EngramRecordSelection *self);
/* Makes row ids of what was chosen, and positions where they are not known; at once where that is quickly done. */
void     engram_record_selection_settle            (EngramRecordSelection *self);
/* @mask: (nullable): which rows are chosen or not, as they are in @selected; NULL for all. @current: the row with the
 * keyboard's place, where that is known */
void     engram_record_selection_choose            (EngramRecordSelection *self,
                                                    GtkBitset             *selected,
                                                    GtkBitset             *mask,
                                                    guint                  current);
/* Takes over what is selected in all views. */
void     engram_record_selection_follow            (EngramRecordSelection *self);

G_END_DECLS
