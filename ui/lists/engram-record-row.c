/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-row-private.h"

#include <math.h>

struct _EngramRecordRow
{
  GObject parent_instance;

  /* borrowed: they forget this row before they go, and it tells them when it goes itself */
  EngramRecordRows *rows;
  guint position;
  gint64 rowid;

  /* owned */
  EngramRecordPage *page;
  guint index;
  gboolean failed; /* the page could not be read */

  float score;
  double analyses[ENGRAM_N_ANALYSES];
  EngramRowMark mark;
  gint64 marked_until;
  guint version;   /* how often "changed" was told */
};

G_DEFINE_FINAL_TYPE (EngramRecordRow, engram_record_row, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
engram_record_row_finalize (GObject *object)
{
  EngramRecordRow *self = ENGRAM_RECORD_ROW (object);

  if (self->rows != NULL)
    engram_record_rows_forget (self->rows, self);
  g_clear_pointer (&self->page, engram_record_page_unref);

  G_OBJECT_CLASS (engram_record_row_parent_class)->finalize (object);
}

static void
engram_record_row_class_init (EngramRecordRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_record_row_finalize;

  /**
   * EngramRecordRow::changed:
   * @self: the row
   *
   * What the getters give is not what it was, the position aside.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
engram_record_row_init (EngramRecordRow *self)
{
  self->score = NAN;
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    self->analyses[i] = NAN;
}

EngramRecordRow *
engram_record_row_new (EngramRecordRows *rows,
                       guint             position,
                       gint64            rowid)
{
  EngramRecordRow *self = g_object_new (ENGRAM_TYPE_RECORD_ROW, NULL);

  self->rows = rows;
  self->position = position;
  self->rowid = rowid;
  return self;
}

static void
tell_changed (EngramRecordRow *self)
{
  self->version++;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
engram_record_row_set_position (EngramRecordRow *self,
                                guint            position)
{
  self->position = position;
}

void
engram_record_row_detach (EngramRecordRow *self)
{
  self->rows = NULL;
}

static const EngramRecordItem *
get_item (EngramRecordRow *self)
{
  return self->page != NULL ? &self->page->items[self->index] : NULL;
}

void
engram_record_row_set_record (EngramRecordRow  *self,
                              EngramRecordPage *page,
                              guint             index,
                              gint64            marked_until)
{
  g_autoptr (EngramRecordPage) old_page = self->page;
  const EngramRecordItem *old_item = get_item (self);
  gboolean differs = old_item != NULL && !engram_record_item_equal (old_item, &page->items[index]);
  gboolean first = old_item == NULL;

  self->page = engram_record_page_ref (page);
  self->index = index;
  self->failed = FALSE;
  if (differs && marked_until != 0)
    {
      self->mark = ENGRAM_ROW_CHANGED;
      self->marked_until = marked_until;
    }
  if (first || differs)
    tell_changed (self);
}

void
engram_record_row_set_failed (EngramRecordRow *self)
{
  if (self->failed || self->page != NULL)
    return;
  self->failed = TRUE;
  tell_changed (self);
}

void
engram_record_row_set_score (EngramRecordRow *self,
                             float            score)
{
  if (self->score == score || (isnan (self->score) && isnan (score)))
    return;
  self->score = score;
  tell_changed (self);
}

void
engram_record_row_set_analyses (EngramRecordRow *self,
                                const double    *numbers)
{
  gboolean differs = FALSE;

  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    {
      differs = differs || !(self->analyses[i] == numbers[i] || (isnan (self->analyses[i]) && isnan (numbers[i])));
      self->analyses[i] = numbers[i];
    }
  if (differs)
    tell_changed (self);
}

void
engram_record_row_mark_new (EngramRecordRow *self,
                            gint64           marked_until)
{
  self->mark = ENGRAM_ROW_NEW;
  self->marked_until = marked_until;
  tell_changed (self);
}

gint64
engram_record_row_end_mark (EngramRecordRow *self,
                            gint64           now)
{
  if (self->mark == ENGRAM_ROW_UNCHANGED)
    return 0;
  if (self->marked_until > now)
    return self->marked_until;
  self->mark = ENGRAM_ROW_UNCHANGED;
  tell_changed (self);
  return 0;
}

gboolean
engram_record_row_is_loading (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), FALSE);

  return self->page == NULL && !self->failed;
}

gboolean
engram_record_row_is_listed (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), FALSE);

  return self->rows != NULL;
}

gint64
engram_record_row_get_rowid (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), 0);

  return self->rowid;
}

guint
engram_record_row_get_position (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), 0);

  return self->position;
}

const EngramNeuron *
engram_record_row_get_neuron (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NULL);

  return self->page != NULL ? get_item (self)->neuron.neuron : NULL;
}

const EngramSynapse *
engram_record_row_get_synapse (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NULL);

  return self->page != NULL ? get_item (self)->synapse.synapse : NULL;
}

guint
engram_record_row_get_outgoing (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), 0);

  return self->page != NULL ? get_item (self)->neuron.outgoing : 0;
}

guint
engram_record_row_get_incoming (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), 0);

  return self->page != NULL ? get_item (self)->neuron.incoming : 0;
}

static const EngramSynapseListRow *
get_ends (EngramRecordRow *self)
{
  static const EngramSynapseListRow none;

  return self->page != NULL ? &get_item (self)->synapse : &none;
}

const char *
engram_record_row_get_source_summary (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NULL);

  return get_ends (self)->source_summary;
}

const char *
engram_record_row_get_source_type (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NULL);

  return get_ends (self)->source_type;
}

const char *
engram_record_row_get_target_summary (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NULL);

  return get_ends (self)->target_summary;
}

const char *
engram_record_row_get_target_type (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NULL);

  return get_ends (self)->target_type;
}

float
engram_record_row_get_score (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NAN);

  return self->score;
}

double
engram_record_row_get_analysis (EngramRecordRow *self,
                                EngramAnalysis   analysis)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), NAN);
  g_return_val_if_fail (analysis < ENGRAM_N_ANALYSES, NAN);

  return self->analyses[analysis];
}

EngramRowMark
engram_record_row_get_mark (EngramRecordRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_ROW (self), ENGRAM_ROW_UNCHANGED);

  return self->mark;
}

guint
engram_record_row_get_version (EngramRecordRow *self)
{
  return self->version;
}
