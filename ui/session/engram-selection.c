/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-selection.h"

/* So many selections before this one are kept. */
#define MOST_STEPS 20

typedef struct {
  EngramRecordKind kind;
  EngramRowSet *rows;
} Step;

struct _EngramSelection {
  GObject       parent_instance;

  /* by EngramRecordKind */
  EngramRowSet *rows[2];
  gboolean      pending[2];
  GQueue        waiting[2]; /* GTask: those that wait until nothing is pending */
  GQueue        steps;      /* Step: what was selected before, the newest last */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramSelection, engram_selection, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  Step *self = data;

  engram_row_set_unref (self->rows);
  g_free (self);
}

static void
engram_selection_finalize (GObject *object)
{
  EngramSelection *self = ENGRAM_SELECTION (object);

  for (guint kind = 0; kind < G_N_ELEMENTS (self->rows); kind++)
    {
      engram_row_set_unref (self->rows[kind]);
      g_queue_clear_full (&self->waiting[kind], g_object_unref);
    }
  g_queue_clear_full (&self->steps, step_free);

  G_OBJECT_CLASS (engram_selection_parent_class)->finalize (object);
}

static void
engram_selection_class_init (EngramSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_selection_finalize;

  signals[CHANGED] = g_signal_new ("changed", ENGRAM_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
engram_selection_init (EngramSelection *self)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (self->rows); kind++)
    self->rows[kind] = engram_row_set_new_empty ();
}

EngramSelection *
engram_selection_new (void)
{
  return g_object_new (ENGRAM_TYPE_SELECTION, NULL);
}

EngramRowSet *
engram_selection_get (EngramSelection  *self,
                      EngramRecordKind  kind)
{
  g_return_val_if_fail (ENGRAM_IS_SELECTION (self), NULL);
  g_return_val_if_fail (kind < G_N_ELEMENTS (self->rows), NULL);

  return self->rows[kind];
}

/* Nothing is no selection, and one row after the other is walking. */
static void
keep_step (EngramSelection  *self,
           EngramRecordKind  kind,
           EngramRowSet     *next)
{
  gsize n_rows = engram_row_set_get_size (self->rows[kind]);
  Step *step;

  if (n_rows == 0 || (n_rows == 1 && engram_row_set_get_size (next) == 1))
    return;
  step = g_new (Step, 1);
  step->kind = kind;
  step->rows = engram_row_set_ref (self->rows[kind]);
  g_queue_push_tail (&self->steps, step);
  if (self->steps.length > MOST_STEPS)
    step_free (g_queue_pop_head (&self->steps));
}

static void
set_rows (EngramSelection  *self,
          EngramRecordKind  kind,
          EngramRowSet     *rows)
{
  EngramRowSet *old = self->rows[kind];

  self->rows[kind] = engram_row_set_ref (rows);
  engram_row_set_unref (old);
  g_signal_emit (self, signals[CHANGED], 0, kind);
}

void
engram_selection_set (EngramSelection  *self,
                      EngramRecordKind  kind,
                      EngramRowSet     *rows)
{
  g_return_if_fail (ENGRAM_IS_SELECTION (self));
  g_return_if_fail (kind < G_N_ELEMENTS (self->rows));
  g_return_if_fail (rows != NULL);

  if (engram_row_set_equal (self->rows[kind], rows))
    return;
  keep_step (self, kind, rows);
  set_rows (self, kind, rows);
}

void
engram_selection_show (EngramSelection  *self,
                       EngramRecordKind  kind,
                       EngramRowSet     *rows)
{
  g_return_if_fail (ENGRAM_IS_SELECTION (self));
  g_return_if_fail (kind < G_N_ELEMENTS (self->rows));
  g_return_if_fail (rows != NULL);

  if (!engram_row_set_equal (self->rows[kind], rows))
    set_rows (self, kind, rows);
}

void
engram_selection_forget (EngramSelection *self)
{
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();

  g_return_if_fail (ENGRAM_IS_SELECTION (self));

  g_queue_clear_full (&self->steps, step_free);
  for (guint kind = 0; kind < G_N_ELEMENTS (self->rows); kind++)
    engram_selection_show (self, kind, none);
}

gboolean
engram_selection_can_go_back (EngramSelection *self)
{
  g_return_val_if_fail (ENGRAM_IS_SELECTION (self), FALSE);

  return !g_queue_is_empty (&self->steps);
}

gboolean
engram_selection_go_back (EngramSelection *self)
{
  Step *step;

  g_return_val_if_fail (ENGRAM_IS_SELECTION (self), FALSE);

  step = g_queue_pop_tail (&self->steps);
  if (step == NULL)
    return FALSE;
  set_rows (self, step->kind, step->rows);
  step_free (step);
  return TRUE;
}

void
engram_selection_set_one (EngramSelection  *self,
                          EngramRecordKind  kind,
                          gint64            rowid)
{
  g_autoptr (EngramRowSet) rows = engram_row_set_new (&rowid, 1);

  engram_selection_set (self, kind, rows);
}

static void
return_rows (EngramSelection  *self,
             EngramRecordKind  kind,
             GTask            *task)
{
  g_task_return_pointer (task, engram_row_set_ref (self->rows[kind]), (GDestroyNotify) engram_row_set_unref);
}

void
engram_selection_set_pending (EngramSelection  *self,
                              EngramRecordKind  kind,
                              gboolean          pending)
{
  g_return_if_fail (ENGRAM_IS_SELECTION (self));
  g_return_if_fail (kind < G_N_ELEMENTS (self->rows));

  self->pending[kind] = pending;
  while (!pending && !g_queue_is_empty (&self->waiting[kind]))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->waiting[kind]);

      return_rows (self, kind, task);
    }
}

void
engram_selection_await (EngramSelection     *self,
                        EngramRecordKind     kind,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ENGRAM_IS_SELECTION (self));
  g_return_if_fail (kind < G_N_ELEMENTS (self->rows));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, engram_selection_await);
  if (self->pending[kind])
    g_queue_push_tail (&self->waiting[kind], g_steal_pointer (&task));
  else
    return_rows (self, kind, task);
}

EngramRowSet *
engram_selection_await_finish (EngramSelection  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
