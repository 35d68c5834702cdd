/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-walk.h"

/* So far back. */
#define MOST_STEPS 200

struct _EngramWalk {
  GObject          parent_instance;

  EngramSelection *selection;
  EngramRowSet    *marks;
  GArray          *trail;       /* gint64: the neurons before, the latest last */
  gboolean         at_neuron;   /* one alone is selected */
  gint64           neuron;
  gboolean         going_back;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramWalk, engram_walk, G_TYPE_OBJECT)

static void
keep_step (EngramWalk *self)
{
  if (self->trail->len == MOST_STEPS)
    g_array_remove_index (self->trail, 0);
  g_array_append_val (self->trail, self->neuron);
}

/* From one to another is a step. What was selected before more than that, the selection knows. */
static void
selection_changed_cb (EngramWalk *self,
                      guint       kind)
{
  EngramRowSet *rows = engram_selection_get (self->selection, ENGRAM_RECORD_NEURON);
  gboolean one = engram_row_set_get_size (rows) == 1;

  if (kind != ENGRAM_RECORD_NEURON)
    return;
  if (self->at_neuron && one && !self->going_back)
    keep_step (self);
  self->at_neuron = one;
  if (one)
    self->neuron = engram_row_set_get (rows, 0);
}

static void
engram_walk_finalize (GObject *object)
{
  EngramWalk *self = ENGRAM_WALK (object);

  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_object_unref (self->selection);
  engram_row_set_unref (self->marks);
  g_array_unref (self->trail);

  G_OBJECT_CLASS (engram_walk_parent_class)->finalize (object);
}

static void
engram_walk_class_init (EngramWalkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_walk_finalize;

  signals[CHANGED] = g_signal_new ("changed", ENGRAM_TYPE_WALK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_walk_init (EngramWalk *self)
{
  self->marks = engram_row_set_new_empty ();
  self->trail = g_array_new (FALSE, FALSE, sizeof (gint64));
}

EngramWalk *
engram_walk_of (EngramSession *session)
{
  EngramWalk *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  self = g_object_get_data (G_OBJECT (session), "engram-walk");
  if (self != NULL)
    return self;
  self = g_object_new (ENGRAM_TYPE_WALK, NULL);
  self->selection = g_object_ref (engram_session_get_selection (session));
  g_signal_connect_swapped (self->selection, "changed", G_CALLBACK (selection_changed_cb), self);
  selection_changed_cb (self, ENGRAM_RECORD_NEURON);
  g_object_set_data_full (G_OBJECT (session), "engram-walk", self, g_object_unref);
  return self;
}

EngramRowSet *
engram_walk_get_marks (EngramWalk *self)
{
  g_return_val_if_fail (ENGRAM_IS_WALK (self), NULL);

  return self->marks;
}

/* @marks: (transfer full) */
static void
take_marks (EngramWalk   *self,
            EngramRowSet *marks)
{
  engram_row_set_unref (self->marks);
  self->marks = marks;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
engram_walk_toggle_mark (EngramWalk *self,
                         gint64      neuron)
{
  g_autoptr (EngramRowSet) one = NULL;

  g_return_if_fail (ENGRAM_IS_WALK (self));

  one = engram_row_set_new (&neuron, 1);
  take_marks (self, engram_row_set_contains (self->marks, neuron) ? engram_row_set_subtract (self->marks, one)
                                                                  : engram_row_set_union (self->marks, one));
}

void
engram_walk_toggle_current (EngramWalk *self)
{
  g_return_if_fail (ENGRAM_IS_WALK (self));

  if (self->at_neuron)
    engram_walk_toggle_mark (self, self->neuron);
}

void
engram_walk_clear_marks (EngramWalk *self)
{
  g_return_if_fail (ENGRAM_IS_WALK (self));

  take_marks (self, engram_row_set_new_empty ());
}

gboolean
engram_walk_can_go_back (EngramWalk *self)
{
  g_return_val_if_fail (ENGRAM_IS_WALK (self), FALSE);

  return self->trail->len > 0;
}

void
engram_walk_go_back (EngramWalk *self)
{
  gint64 neuron;

  g_return_if_fail (ENGRAM_IS_WALK (self));

  if (self->trail->len == 0)
    return;
  neuron = g_array_index (self->trail, gint64, self->trail->len - 1);
  g_array_set_size (self->trail, self->trail->len - 1);
  self->going_back = TRUE;
  engram_selection_set_one (self->selection, ENGRAM_RECORD_NEURON, neuron);
  self->going_back = FALSE;
}
