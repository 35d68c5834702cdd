/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "text-index-fixture.h"

#include "query/engram-text-index-folder-private.h"

void
text_index_set_up (TextIndexFixture *fixture,
                   gconstpointer     data)
{
  store_fixture_set_up (&fixture->store, NULL);
  fixture->folder = g_build_filename (fixture->store.folder, "cache", "text-index", NULL);
  fixture->index = engram_text_index_new (fixture->store.database, fixture->folder);
}

void
text_index_tear_down (TextIndexFixture *fixture,
                      gconstpointer     data)
{
  engram_text_index_set_limit (TEXT_INDEX_NO_LIMIT);
  engram_text_index_store_set_batch (0);
  engram_text_index_store_hide_fts5 (FALSE);
  g_clear_object (&fixture->index);
  g_clear_pointer (&fixture->folder, g_free);
  store_fixture_tear_down (&fixture->store, NULL);
}

void
text_index_update (TextIndexFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_text_index_update (fixture->index, NULL, NULL, NULL, &error) || error != NULL);
  g_assert_no_error (error);
  g_assert_true (engram_text_index_is_current (fixture->index));
}

void
text_index_assert_fails (TextIndexFixture *fixture,
                         GQuark            domain,
                         int               code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_text_index_update (fixture->index, NULL, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_false (engram_text_index_is_current (fixture->index));
}

guint64
text_index_get_stamp (TextIndexFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint64 stamp;

  g_assert_true (engram_database_get_change_stamp (fixture->store.database, &stamp, NULL, &error));
  g_assert_no_error (error);
  return stamp;
}

GArray *
text_index_find (TextIndexFixture *fixture,
                 const char       *word)
{
  g_autoptr (GError) error = NULL;
  GArray *rows = engram_text_index_find (fixture->index, word, text_index_get_stamp (fixture), G_MAXSIZE, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

gint64
text_index_add (TextIndexFixture    *fixture,
                EngramNeuronColumns  column,
                const char          *text)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) stored = NULL;

  engram_neuron_set_text (neuron, column, text);
  store_fixture_create (&fixture->store, neuron);
  stored = store_fixture_get_neuron (&fixture->store, neuron->id);
  return stored->rowid;
}

void
text_index_fill (TextIndexFixture *fixture,
                 guint             n_neurons,
                 const char       *text)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_neurons; i++)
    {
      EngramNeuron *neuron = engram_neuron_new ("knowledge");
      g_autofree char *source = g_strdup_printf ("%s %u", text, i);

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, source);
      g_ptr_array_add (batch, neuron);
    }
  g_assert_true (engram_neuron_store_create_batch (fixture->store.neurons, batch, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
has_row (GArray *rows,
         gint64  row)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, gint64, i) == row)
      return TRUE;
  return FALSE;
}

void
text_index_assert_finds (TextIndexFixture *fixture,
                         const char       *word,
                         gint64            row)
{
  g_autoptr (GArray) rows = text_index_find (fixture, word);

  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (g_array_index (rows, gint64, 0), ==, row);
}

void
text_index_assert_finds_none (TextIndexFixture *fixture,
                              const char       *word)
{
  g_autoptr (GArray) rows = text_index_find (fixture, word);

  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, 0);
}

void
text_index_assert_cannot_say (TextIndexFixture *fixture,
                              const char       *word)
{
  g_autoptr (GArray) rows = text_index_find (fixture, word);

  g_assert_null (rows);
}

typedef struct {
  GArray *rows;
  guint   n_found;
} Expected;

static gboolean
expect (const EngramNeuron  *neuron,
        gpointer             user_data,
        GError             **error)
{
  Expected *self = user_data;

  self->n_found++;
  if (!has_row (self->rows, neuron->rowid))
    g_test_fail_printf ("row %" G_GINT64_FORMAT " is missing", neuron->rowid);
  return TRUE;
}

guint
text_index_assert_complete (TextIndexFixture *fixture,
                            const char       *word)
{
  g_autoptr (GArray) rows = text_index_find (fixture, word);
  EngramNeuronFilter filter = { .text = word, .limit = -1 };
  Expected expected = { rows, 0 };
  g_autoptr (GError) error = NULL;

  if (rows == NULL)
    return 0;
  for (guint i = 1; i < rows->len; i++)
    g_assert_cmpint (g_array_index (rows, gint64, i - 1), <, g_array_index (rows, gint64, i));
  g_assert_true (engram_neuron_store_foreach (fixture->store.neurons, &filter, expect, &expected, NULL, &error));
  g_assert_no_error (error);
  if (g_test_failed ())
    g_test_message ("the word was “%s”", word);
  return expected.n_found;
}

char *
text_index_get_path (TextIndexFixture *fixture)
{
  return engram_text_index_folder_make_path (fixture->folder, engram_database_get_path (fixture->store.database));
}

GArray *
text_index_list (TextIndexFixture *fixture)
{
  g_autofree char *path = text_index_get_path (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramTextIndexStore) store = engram_text_index_store_open_read (path, NULL, &error);
  GArray *entries;

  g_assert_no_error (error);
  g_assert_nonnull (store);
  entries = engram_text_index_store_list (store, &error);
  g_assert_no_error (error);
  return entries;
}

void
text_index_watch (const char *phase,
                  double      fraction,
                  gpointer    user_data)
{
  TextIndexWatch *self = user_data;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, self->reached);
  g_assert_cmpfloat (fraction, <=, 1);
  self->reached = fraction;
  if (self->cancellable != NULL && fraction >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}
