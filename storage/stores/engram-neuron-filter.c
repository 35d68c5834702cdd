/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-neuron-store-private.h"
#include "stores/engram-text-search-private.h"

/* The rows that a filter's type and time leave, in the order of rows. Where no text is looked for, offset and
 * limit are SQLite's work too; else they count what the text leaves. */
static EngramStatement *
prepare_filter (EngramConnection          *reader,
                const EngramNeuronFilter  *filter,
                const char                *since,
                GError                   **error)
{
  g_autoptr (GString) rest = g_string_new ("FROM neurons WHERE 1");
  EngramStatement *statement;

  if (filter->type != NULL)
    g_string_append (rest, " AND neuron_type = ?1");
  if (since != NULL)
    g_string_append (rest, " AND rowid IN (SELECT rowid FROM neurons WHERE modified_at >= ?2)");
  g_string_append (rest, " ORDER BY rowid LIMIT ?3 OFFSET ?4");

  statement = engram_neuron_store_prepare (reader, filter->with_vectors, rest->str, error);
  if (statement == NULL)
    return NULL;

  if (filter->type != NULL)
    engram_statement_bind_text (statement, 1, filter->type);
  if (since != NULL)
    engram_statement_bind_text (statement, 2, since);
  engram_statement_bind_int64 (statement, 3, filter->text == NULL ? filter->limit : -1);
  engram_statement_bind_int64 (statement, 4, filter->text == NULL ? engram_store_clamp (filter->offset) : 0);
  return statement;
}

static gboolean
matches (const EngramNeuron     *neuron,
         const EngramTextSearch *search)
{
  return engram_text_search_matches (search, neuron->source_data) ||
         engram_text_search_matches (search, neuron->function_signature) ||
         engram_text_search_matches (search, neuron->executable_code) ||
         engram_text_search_matches_json (search, neuron->semantic_tags) ||
         engram_text_search_matches_json (search, neuron->metadata) ||
         engram_text_search_matches (search, neuron->id);
}

static gboolean
visit_all (EngramStatement   *statement,
           EngramNeuronFunc   func,
           gpointer           user_data,
           GCancellable      *cancellable,
           GError           **error)
{
  int step;

  while ((step = engram_statement_step (statement, error)) > 0)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_read (engram_statement_get_handle (statement));

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (neuron, user_data, error))
        return FALSE;
    }
  return step == 0;
}

static gboolean
visit_matching (EngramStatement           *statement,
                const EngramNeuronFilter  *filter,
                EngramNeuronFunc           func,
                gpointer                   user_data,
                GCancellable              *cancellable,
                GError                   **error)
{
  g_autoptr (EngramTextSearch) search = engram_text_search_new (filter->text);
  guint64 to_pass = filter->offset;
  gint64 to_give = filter->limit;
  int step = 0;

  while (to_give != 0 && (step = engram_statement_step (statement, error)) > 0)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_read (engram_statement_get_handle (statement));

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!matches (neuron, search))
        continue;
      if (to_pass > 0)
        {
          to_pass--;
          continue;
        }
      if (!func (neuron, user_data, error))
        return FALSE;
      if (to_give > 0)
        to_give--;
    }
  return step >= 0;
}

gboolean
engram_neuron_store_foreach (EngramNeuronStore         *self,
                             const EngramNeuronFilter  *filter,
                             EngramNeuronFunc           func,
                             gpointer                   user_data,
                             GCancellable              *cancellable,
                             GError                   **error)
{
  g_autofree char *since = NULL;
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (filter != NULL && func != NULL, FALSE);

  if (filter->modified_since != NULL)
    {
      since = engram_store_read_since (filter->modified_since, error);
      if (since == NULL)
        return FALSE;
    }
  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return FALSE;
  statement = prepare_filter (reader, filter, since, error);
  if (statement == NULL)
    return FALSE;

  if (filter->text != NULL)
    return visit_matching (statement, filter, func, user_data, cancellable, error);
  return visit_all (statement, func, user_data, cancellable, error);
}
