/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-neuron-row-private.h"

#include "lists/engram-neuron-model-private.h"

struct _EngramNeuronRow
{
  GObject parent_instance;

  /* borrowed: told to forget this row before it goes, and telling when it goes itself */
  EngramNeuronModel *model;
  guint position;

  /* owned */
  EngramNeuronPage *page;
  guint index;
  gboolean failed; /* the page could not be read */
};

G_DEFINE_FINAL_TYPE (EngramNeuronRow, engram_neuron_row, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
engram_neuron_row_finalize (GObject *object)
{
  EngramNeuronRow *self = ENGRAM_NEURON_ROW (object);

  if (self->model != NULL)
    engram_neuron_model_forget_row (self->model, self);
  g_clear_pointer (&self->page, engram_neuron_page_unref);

  G_OBJECT_CLASS (engram_neuron_row_parent_class)->finalize (object);
}

static void
engram_neuron_row_class_init (EngramNeuronRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_neuron_row_finalize;

  /**
   * EngramNeuronRow::changed:
   * @self: the row
   *
   * What the getters give is not what it was.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
engram_neuron_row_init (EngramNeuronRow *self)
{
}

EngramNeuronRow *
engram_neuron_row_new (EngramNeuronModel *model,
                       guint              position)
{
  EngramNeuronRow *self = g_object_new (ENGRAM_TYPE_NEURON_ROW, NULL);

  self->model = model;
  self->position = position;
  return self;
}

guint
engram_neuron_row_get_position (EngramNeuronRow *self)
{
  return self->position;
}

void
engram_neuron_row_set_position (EngramNeuronRow *self,
                                guint            position)
{
  self->position = position;
}

/* The model has gone, or the row has gone from it: it keeps what it showed. */
void
engram_neuron_row_detach (EngramNeuronRow *self)
{
  self->model = NULL;
}

static const EngramNeuronListItem *
get_item (EngramNeuronRow *self)
{
  return self->page != NULL ? &self->page->items[self->index] : NULL;
}

static gboolean
same_item (const EngramNeuronListItem *one,
           const EngramNeuronListItem *other)
{
  if (one == NULL || one->neuron == NULL || other->neuron == NULL)
    return one != NULL && one->neuron == other->neuron;
  return one->outgoing == other->outgoing && one->incoming == other->incoming &&
         one->neuron->rowid == other->neuron->rowid &&
         engram_neuron_compare (one->neuron, other->neuron) == 0;
}

void
engram_neuron_row_set_record (EngramNeuronRow  *self,
                              EngramNeuronPage *page,
                              guint             index)
{
  g_autoptr (EngramNeuronPage) old_page = self->page;
  gboolean same = same_item (get_item (self), &page->items[index]);

  self->page = engram_neuron_page_ref (page);
  self->index = index;
  if (!same)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What has been read before stays. */
void
engram_neuron_row_set_failed (EngramNeuronRow *self)
{
  if (self->failed || self->page != NULL)
    return;
  self->failed = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * engram_neuron_row_is_loading:
 * @self: a row
 *
 * Returns: whether its neuron has not been read yet
 */
gboolean
engram_neuron_row_is_loading (EngramNeuronRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_ROW (self), FALSE);

  return self->page == NULL && !self->failed;
}

/**
 * engram_neuron_row_get_neuron:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): its neuron, without the vector, valid until the main loop runs again;
 *   %NULL while it is loading, and where it cannot be read
 */
const EngramNeuron *
engram_neuron_row_get_neuron (EngramNeuronRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_ROW (self), NULL);

  return self->page != NULL ? get_item (self)->neuron : NULL;
}

/**
 * engram_neuron_row_get_outgoing:
 * @self: a row
 *
 * Returns: how many synapses start from its neuron, 0 while that is not known
 */
guint
engram_neuron_row_get_outgoing (EngramNeuronRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_ROW (self), 0);

  return self->page != NULL ? get_item (self)->outgoing : 0;
}

/**
 * engram_neuron_row_get_incoming:
 * @self: a row
 *
 * Returns: how many synapses lead to its neuron, 0 while that is not known
 */
guint
engram_neuron_row_get_incoming (EngramNeuronRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_ROW (self), 0);

  return self->page != NULL ? get_item (self)->incoming : 0;
}
