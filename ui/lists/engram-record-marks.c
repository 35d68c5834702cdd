/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-marks.h"

#include "lists/engram-record-row-private.h"

/* How long new and changed rows stay marked. */
#define MARK_MILLISECONDS 5000

struct _EngramRecordMarks
{
  EngramRecordRows *rows; /* borrowed */

  gint64 duration;        /* microseconds */
  gboolean marking;       /* rows that are read anew are marked where they differ */
  EngramRowOrder *known;  /* rows that are not new, as long as new ones are marked; or NULL */
  gint64 known_until;
  guint source;           /* ends marks, or 0 */
  gint64 due;             /* when it does so */
};

EngramRecordMarks *
engram_record_marks_new (EngramRecordRows *rows)
{
  EngramRecordMarks *self = g_new0 (EngramRecordMarks, 1);

  self->rows = rows;
  engram_record_marks_set_duration (self, MARK_MILLISECONDS);
  return self;
}

void
engram_record_marks_free (EngramRecordMarks *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->known, engram_row_order_unref);
  g_free (self);
}

void
engram_record_marks_set_duration (EngramRecordMarks *self,
                                  guint              milliseconds)
{
  self->duration = (gint64) milliseconds * 1000;
}

/* Takes away the marks that have lasted long enough. Returns when the next one ends, or 0. */
static gint64
end_marks (EngramRecordMarks *self,
           gint64             now)
{
  g_autoptr (GPtrArray) rows = engram_record_rows_list (self->rows);
  gint64 next = 0;

  if (self->known != NULL && self->known_until <= now)
    g_clear_pointer (&self->known, engram_row_order_unref);
  if (self->known != NULL)
    next = self->known_until;
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 until = engram_record_row_end_mark (g_ptr_array_index (rows, i), now);

      if (until != 0 && (next == 0 || until < next))
        next = until;
    }
  return next;
}

static void watch (EngramRecordMarks *self,
                   gint64             until);

static gboolean
end_marks_cb (gpointer user_data)
{
  EngramRecordMarks *self = user_data;
  gint64 next;

  self->source = 0;
  next = end_marks (self, g_get_monotonic_time ());
  if (next != 0)
    watch (self, next);
  return G_SOURCE_REMOVE;
}

static void
watch (EngramRecordMarks *self,
       gint64             until)
{
  gint64 left = MAX (until - g_get_monotonic_time (), 0);

  if (self->source != 0 && self->due <= until)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (left / 1000 + 1, end_marks_cb, self);
  self->due = until;
}

void
engram_record_marks_start (EngramRecordMarks *self,
                           EngramRowOrder    *known)
{
  g_clear_pointer (&self->known, engram_row_order_unref);
  self->marking = known != NULL;
  if (known == NULL)
    return;
  self->known = engram_row_order_ref (known);
  self->known_until = g_get_monotonic_time () + self->duration;
  watch (self, self->known_until);
}

gboolean
engram_record_marks_is_marking (EngramRecordMarks *self)
{
  return self->marking;
}

gint64
engram_record_marks_get_end (EngramRecordMarks *self)
{
  gint64 until = self->marking ? g_get_monotonic_time () + self->duration : 0;

  if (until != 0)
    watch (self, until);
  return until;
}

void
engram_record_marks_check_new (EngramRecordMarks *self,
                               EngramRecordRow   *row)
{
  if (self->known != NULL && !engram_row_order_find (self->known, engram_record_row_get_rowid (row), NULL))
    engram_record_row_mark_new (row, self->known_until);
}
