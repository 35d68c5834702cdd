/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-current.h"

struct _EngramRecordCurrent
{
  EngramRecordReplacedFunc replaced;
  gpointer user_data;

  EngramRecordRow *row;
  char *id;              /* once its record is known */
  GSignalGroup *signals;
};

static const char *
get_row_id (EngramRecordRow *row)
{
  const EngramNeuron *neuron = engram_record_row_get_neuron (row);
  const EngramSynapse *synapse = engram_record_row_get_synapse (row);

  return neuron != NULL ? neuron->id : synapse != NULL ? synapse->id : NULL;
}

static void
row_changed_cb (EngramRecordCurrent *self)
{
  const char *id = get_row_id (self->row);

  if (id == NULL)
    return;
  if (self->id == NULL)
    self->id = g_strdup (id);
  else if (!g_str_equal (id, self->id))
    self->replaced (self->user_data);
}

EngramRecordCurrent *
engram_record_current_new (EngramRecordReplacedFunc replaced,
                           gpointer                 user_data)
{
  EngramRecordCurrent *self = g_new0 (EngramRecordCurrent, 1);

  self->replaced = replaced;
  self->user_data = user_data;
  self->signals = g_signal_group_new (ENGRAM_TYPE_RECORD_ROW);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (row_changed_cb), self);
  return self;
}

void
engram_record_current_free (EngramRecordCurrent *self)
{
  g_signal_group_set_target (self->signals, NULL);
  g_object_unref (self->signals);
  g_clear_object (&self->row);
  g_free (self->id);
  g_free (self);
}

void
engram_record_current_set_row (EngramRecordCurrent *self,
                               EngramRecordRow     *row)
{
  if (!g_set_object (&self->row, row))
    return;
  g_signal_group_set_target (self->signals, row);
  g_free (self->id);
  self->id = row != NULL ? g_strdup (get_row_id (row)) : NULL;
}

EngramRecordRow *
engram_record_current_get_row (EngramRecordCurrent *self)
{
  return self->row;
}

char *
engram_record_current_dup_id (EngramRecordCurrent *self)
{
  return g_strdup (self->id);
}
