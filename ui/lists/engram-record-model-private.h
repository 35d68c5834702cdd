/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-loader.h"
#include "lists/engram-record-marks.h"
#include "lists/engram-record-model.h"
#include "lists/engram-record-reader.h"

G_BEGIN_DECLS

/* A page that lacks records tells that the order is old. If the one made next is the same, it is believed. */
typedef enum {
  ENGRAM_ORDER_TRUSTED,
  ENGRAM_ORDER_DOUBTED,
  ENGRAM_ORDER_CONFIRMED,
} EngramOrderState;

struct _EngramRecordModel
{
  GObject parent_instance;

  /* owned */
  EngramSearcher *searcher;
  EngramRecordView view;     /* the one that is shown, or will be */
  EngramRecordLoader *loader;
  EngramFound *found;        /* NULL until something is known */
  GCancellable *reading;     /* of the order that is being made, or NULL */
  EngramRecordRows *rows;
  EngramRecordMarks *marks;
  GPtrArray *searches;       /* GTask: those that wait for the order */
  GError *error;

  guint rows_made;
  gboolean loading;
  double asked_at;           /* when the view was last set, on the clock of engram_timing_since_start() */
  const char *asked_for;     /* "sort" or "filter", for the timing log; NULL once that was told */
  gboolean anew;             /* the view has changed since the order that is shown was asked for */
  gboolean mark;             /* what is being read is a refresh that marks */
  gboolean refresh_again;
  gboolean mark_again;
  gboolean updating;         /* positions are on their way from one order to another: nothing can be read */
  gboolean order_failed;
  gboolean page_failed;      /* since the order was last made */
  EngramOrderState order_state;
  gboolean first_rows_told;
};

/* What is told of the model. */
void            engram_record_model_set_loading       (EngramRecordModel *self,
                                                       gboolean           loading);
void            engram_record_model_set_error         (EngramRecordModel *self,
                                                       const GError      *error);
/* What went wrong with some rows stays told until all that is looked at has been read without. */
void            engram_record_model_settle_error      (EngramRecordModel *self);
void            engram_record_model_tell_first_rows   (EngramRecordModel *self);
void            engram_record_model_tell_order        (EngramRecordModel *self,
                                                       gboolean           anew);

/* Its rows. */
void            engram_record_model_load_rows         (EngramRecordModel *self);

/* Its orders. */
void            engram_record_model_stop_reading      (EngramRecordModel *self);
/* All rows have been told of. */
void            engram_record_model_rows_grown        (EngramRecordModel *self);

EngramDatabase *engram_record_model_get_database      (EngramRecordModel *self);
/* Whether its order is that of all rows, told of or not, rather than of the first ones. */
gboolean        engram_record_model_is_complete       (EngramRecordModel *self);
/* Finishes a search in the order of rows; later, where that is not there yet, or older than the record. */
void            engram_record_model_take_search       (EngramRecordModel *self,
                                                       GTask             *task,
                                                       gint64             rowid);
/* How many rows were ever made, for tests that nothing walks over all of them. */
guint           engram_record_model_get_rows_made     (EngramRecordModel *self);
/* How long new and changed rows stay marked; for tests. */
void            engram_record_model_set_mark_duration (EngramRecordModel *self,
                                                       guint              milliseconds);

void            engram_record_search_finish           (GTask             *task,
                                                       EngramRowOrder    *order,
                                                       const GError      *error);

G_END_DECLS
