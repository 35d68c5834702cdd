/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-mapping.h"

EngramRecordMapping *
engram_record_mapping_new (EngramRecordChoice *choice,
                           EngramRowOrder     *order,
                           gboolean            only_listed)
{
  EngramRecordMapping *self = g_new0 (EngramRecordMapping, 1);

  self->choice = engram_record_choice_ref (choice);
  self->order = order != NULL ? engram_row_order_ref (order) : NULL;
  self->only_listed = only_listed;
  return self;
}

void
engram_record_mapping_free (EngramRecordMapping *self)
{
  engram_record_choice_unref (self->choice);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_pointer (&self->rows, engram_row_set_unref);
  g_clear_pointer (&self->positions, gtk_bitset_unref);
  g_free (self);
}

static void
leave_out_others (EngramRecordMapping *self,
                  GCancellable        *cancellable)
{
  g_autoptr (EngramRecordChoice) listed = engram_record_choice_new_positions (self->order, self->positions);

  engram_row_set_unref (self->rows);
  self->rows = engram_record_choice_list_rows (listed, cancellable);
}

void
engram_record_mapping_make (EngramRecordMapping *self,
                            GCancellable        *cancellable)
{
  self->rows = engram_record_choice_list_rows (self->choice, cancellable);
  if (self->order == NULL)
    return;
  self->positions = engram_record_choice_find_rows (self->rows, self->order, cancellable);
  if (self->only_listed && gtk_bitset_get_size (self->positions) < engram_row_set_get_size (self->rows))
    leave_out_others (self, cancellable);
}
