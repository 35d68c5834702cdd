/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record-support.h"

void
record_settle (EngramRecordModel *model)
{
  wait_until (!engram_record_model_get_loading (model));
}

EngramRecordModel *
record_open (UiFixture        *fixture,
             EngramRecordKind  kind)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  EngramRecordModel *model = engram_record_model_new (searcher, kind);

  record_settle (model);
  g_assert_no_error (engram_record_model_get_error (model));
  return model;
}

guint
record_count (EngramRecordModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

void
record_set_view (EngramRecordModel *model,
                 const char        *query,
                 EngramSortKey      key,
                 gboolean           descending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) parsed = query != NULL ? engram_query_parse (query, NULL, NULL, &error) : NULL;

  g_assert_no_error (error);
  engram_record_model_set_view (model, parsed, &(EngramSort) { key, descending });
  record_settle (model);
}

void
record_refresh (EngramRecordModel *model,
                gboolean           mark)
{
  engram_record_model_refresh (model, mark);
  record_settle (model);
}

EngramRecordRow *
record_get_row (EngramRecordModel *model,
                guint              position)
{
  EngramRecordRow *row = g_list_model_get_item (G_LIST_MODEL (model), position);

  g_assert_nonnull (row);
  wait_until (!engram_record_row_is_loading (row));
  return row;
}

char *
record_dup_text (EngramRecordModel *model,
                 guint              position)
{
  g_autoptr (EngramRecordRow) row = record_get_row (model, position);

  if (engram_record_model_get_kind (model) == ENGRAM_RECORD_SYNAPSE)
    {
      g_assert_nonnull (engram_record_row_get_synapse (row));
      return g_strdup_printf ("%s > %s", engram_record_row_get_source_summary (row),
                              engram_record_row_get_target_summary (row));
    }
  g_assert_nonnull (engram_record_row_get_neuron (row));
  return g_strdup (engram_record_row_get_neuron (row)->source_data);
}

char *
record_dup_synapse_id (guint number)
{
  return g_strdup_printf ("00000000-0000-4000-9000-%012x", number);
}

void
record_add_synapses (UiFixture *fixture,
                     guint      n_synapses)
{
  g_autoptr (GPtrArray) synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  for (guint number = 0; number < n_synapses; number++)
    {
      g_autofree char *source = ui_fixture_dup_id (number);
      g_autofree char *target = ui_fixture_dup_id (number + 1);
      g_autofree char *id = record_dup_synapse_id (number);
      EngramSynapse *synapse = engram_synapse_new (source, target, number / 1e6, "knowledge");

      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, id);
      g_ptr_array_add (synapses, synapse);
    }
  engram_synapse_store_create_batch (fixture->synapses, synapses, NULL, &error);
  g_assert_no_error (error);
}
