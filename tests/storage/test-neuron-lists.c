/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#define N_NEURONS 57

/* Neurons 0 to 56, named so in their source data, every seventh a tool, with gaps in their rowids. */
static void
fill (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_NEURONS; i++)
    {
      EngramNeuron *neuron = engram_neuron_new (i % 7 == 0 ? "tool" : "knowledge");
      g_autofree char *name = g_strdup_printf ("%d", i);
      g_autofree char *time = g_strdup_printf ("2025-11-01T09:%02d:00", i);
      const float vector[] = { i, 1 };

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, name);
      engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, time);
      engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
      g_ptr_array_add (batch, neuron);
    }
  g_assert_true (engram_neuron_store_create_batch (fixture->neurons, batch, NULL, &error));
  g_assert_no_error (error);
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET rowid = rowid * 3 + 1000 WHERE rowid > 20"));
}

/* Whether these are neurons first, first + step, ... without their vectors, in this order. */
static void
assert_neurons (GPtrArray    *neurons,
                const GError *error,
                guint         first,
                guint         step,
                guint         count)
{
  g_assert_no_error (error);
  g_assert_nonnull (neurons);
  g_assert_cmpuint (neurons->len, ==, count);
  for (guint i = 0; i < count; i++)
    {
      const EngramNeuron *neuron = neurons->pdata[i];
      g_autofree char *name = g_strdup_printf ("%u", first + i * step);

      g_assert_cmpstr (neuron->source_data, ==, name);
      g_assert_null (neuron->vector);
      g_assert_cmphex (neuron->odd, ==, ENGRAM_NEURON_VECTOR);
    }
}

static void
test_empty (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (EngramRowOrder) order = NULL;
  g_autoptr (GError) error = NULL;

  page = engram_neuron_store_list (fixture->neurons, 0, 10, NULL, &error);
  assert_neurons (page, error, 0, 1, 0);
  after = engram_neuron_store_list_after (fixture->neurons, G_MININT64, 10, NULL, &error);
  assert_neurons (after, error, 0, 1, 0);
  items = engram_neuron_store_list_items (fixture->neurons, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 0);
  order = engram_neuron_store_get_row_order (fixture->neurons, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (engram_row_order_get_size (order), ==, 0);
}

static void
test_pages (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const guint offsets[] = { 0, 1, 19, 20, 21, 55, 56, 57, 1000 };
  gint64 after = G_MININT64;

  fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = engram_neuron_store_list (fixture->neurons, offsets[i], 10, NULL, &error);
      guint n_left = N_NEURONS - MIN (offsets[i], N_NEURONS);

      assert_neurons (page, error, offsets[i], 1, MIN (10, n_left));
    }

  for (guint first = 0; first < N_NEURONS; first += 10)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = engram_neuron_store_list_after (fixture->neurons, after, 10, NULL, &error);

      assert_neurons (page, error, first, 1, MIN (10, N_NEURONS - first));
      after = ((EngramNeuron *) page->pdata[page->len - 1])->rowid;
    }
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = engram_neuron_store_list_after (fixture->neurons, after, 10, NULL, &error);

      assert_neurons (page, error, 0, 1, 0);
      after = G_MAXINT64;
    }
}

/* The order of rows is kept, but not beyond a change, whoever made it. */
static void
test_pages_after_changes (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (EngramRowOrder) order = NULL;
  g_autoptr (EngramRowOrder) same = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (EngramNeuron) last = engram_neuron_new ("memory");
  g_autoptr (GError) error = NULL;
  gsize position;

  fill (fixture);
  order = engram_neuron_store_get_row_order (fixture->neurons, NULL, &error);
  same = engram_neuron_store_get_row_order (fixture->neurons, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (order == same);
  g_assert_cmpuint (engram_row_order_get_size (order), ==, N_NEURONS);

  engram_neuron_set_text (last, ENGRAM_NEURON_SOURCE_DATA, "57");
  store_fixture_create (fixture, last);
  page = engram_neuron_store_list (fixture->neurons, 50, 100, NULL, &error);
  assert_neurons (page, error, 50, 1, 8);

  g_clear_pointer (&page, g_ptr_array_unref);
  g_free (store_fixture_run_sql (fixture, "DELETE FROM neurons WHERE CAST(source_data AS INTEGER) < 10"));
  page = engram_neuron_store_list (fixture->neurons, 0, 100, NULL, &error);
  assert_neurons (page, error, 10, 1, 48);

  g_clear_pointer (&same, engram_row_order_unref);
  same = engram_neuron_store_get_row_order (fixture->neurons, NULL, &error);
  g_assert_cmpuint (engram_row_order_get_size (same), ==, 48);
  g_assert_true (engram_row_order_find (same, last->rowid, &position));
  g_assert_cmpuint (position, ==, 47);
}

static void
test_by_type (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rowid;

  fill (fixture);
  first = engram_neuron_store_list_by_type (fixture->neurons, "tool", G_MININT64, 4, NULL, &error);
  assert_neurons (first, error, 0, 7, 4);
  rowid = ((EngramNeuron *) first->pdata[3])->rowid;
  rest = engram_neuron_store_list_by_type (fixture->neurons, "tool", rowid, 100, NULL, &error);
  assert_neurons (rest, error, 28, 7, 5);
  none = engram_neuron_store_list_by_type (fixture->neurons, "chronos", G_MININT64, 100, NULL, &error);
  assert_neurons (none, error, 0, 1, 0);
}

static void
test_modified_since (StoreFixture  *fixture,
                     gconstpointer  data)
{
  static const struct {
    const char *time;
    guint       first;
  } cases[] = {
    { "2025-11-01T09:30:00", 30 },
    { "2025-11-01 09:30:00", 30 },
    { "2025-11-01T09:30:00.000001", 31 },
    { "2025-11-01", 0 },
    { "2026-01-01", N_NEURONS },
  };
  g_autoptr (GError) error = NULL;

  fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) neurons =
        engram_neuron_store_list_modified_since (fixture->neurons, cases[i].time, NULL, &error);

      assert_neurons (neurons, error, cases[i].first, 1, N_NEURONS - cases[i].first);
    }
  g_assert_null (engram_neuron_store_list_modified_since (fixture->neurons, "last week", NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_INVALID, NULL, "modified_at");
}

/* An hour that the clocks passed over, but a program that counts otherwise has written. */
static void
test_modified_since_in_gap (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, "2025-03-30T02:30:00");
  store_fixture_create (fixture, neuron);
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  found = engram_neuron_store_list_modified_since (fixture->neurons, "2025-03-30T02:30:00", NULL, &error);
  g_setenv ("TZ", "UTC", TRUE);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_items (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (EngramNeuron) hub = engram_neuron_new ("knowledge");
  g_autoptr (EngramNeuron) leaf = engram_neuron_new ("knowledge");
  g_autoptr (GArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rowids[3];
  const EngramNeuronListItem *item;

  store_fixture_create (fixture, leaf);
  store_fixture_create (fixture, hub);
  engram_synapse_free (store_fixture_join (fixture, hub->id, leaf->id, 0.5));
  engram_synapse_free (store_fixture_join (fixture, hub->id, leaf->id, -0.5));
  engram_synapse_free (store_fixture_join (fixture, hub->id, hub->id, 0.5));

  rowids[0] = hub->rowid;
  rowids[1] = 999;
  rowids[2] = leaf->rowid;
  items = engram_neuron_store_list_items (fixture->neurons, rowids, 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 3);
  item = &g_array_index (items, EngramNeuronListItem, 0);
  g_assert_cmpstr (item->neuron->id, ==, hub->id);
  g_assert_cmpuint (item->outgoing, ==, 3);
  g_assert_cmpuint (item->incoming, ==, 1);
  g_assert_null (g_array_index (items, EngramNeuronListItem, 1).neuron);
  item = &g_array_index (items, EngramNeuronListItem, 2);
  g_assert_cmpstr (item->neuron->id, ==, leaf->id);
  g_assert_cmpuint (item->outgoing, ==, 0);
  g_assert_cmpuint (item->incoming, ==, 2);
}

typedef struct {
  GString *names;
  guint    n_vectors;
  guint    stop_after;
} Visit;

static gboolean
visit (const EngramNeuron  *neuron,
       gpointer             user_data,
       GError             **error)
{
  Visit *self = user_data;

  g_string_append_printf (self->names, "%s ", neuron->source_data);
  self->n_vectors += neuron->vector != NULL;
  if (self->stop_after > 0 && --self->stop_after == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "enough");
      return FALSE;
    }
  return TRUE;
}

static void
assert_visits (StoreFixture             *fixture,
               const EngramNeuronFilter *filter,
               const char               *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Visit visited = { names, 0, 0 };

  g_assert_true (engram_neuron_store_foreach (fixture->neurons, filter, visit, &visited, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_foreach (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EngramNeuronFilter filter = { .limit = -1 };
  Visit visited = { names, 0, 3 };

  fill (fixture);
  assert_visits (fixture, &(EngramNeuronFilter) { .type = "tool", .limit = 3 }, "0 7 14 ");
  assert_visits (fixture, &(EngramNeuronFilter) { .type = "tool", .offset = 6, .limit = -1 }, "42 49 56 ");
  assert_visits (fixture, &(EngramNeuronFilter) { .modified_since = "2025-11-01T09:55:00", .limit = 0 }, "");
  assert_visits (fixture, &(EngramNeuronFilter) { .modified_since = "2025-11-01T09:54:30", .limit = -1 },
                 "55 56 ");
  assert_visits (fixture, &(EngramNeuronFilter) { .offset = G_MAXUINT64, .limit = -1 }, "");
  assert_visits (fixture,
                 &(EngramNeuronFilter) { "tool", NULL, "2025-11-01T09:50:00", .limit = -1 }, "56 ");

  filter.with_vectors = TRUE;
  g_assert_false (engram_neuron_store_foreach (fixture->neurons, &filter, visit, &visited, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_cmpstr (names->str, ==, "0 1 2 ");
  g_assert_cmpuint (visited.n_vectors, ==, 3);

  g_clear_error (&error);
  filter.modified_since = "now";
  g_assert_false (engram_neuron_store_foreach (fixture->neurons, &filter, visit, &visited, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_INVALID, NULL, "modified_at");

  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  filter.modified_since = NULL;
  engram_neuron_store_foreach (fixture->neurons, &filter, visit, &visited, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A neuron that is named in its source data and holds a text somewhere else. */
static void
add_text (StoreFixture        *fixture,
          const char          *name,
          EngramNeuronColumns  column,
          const char          *text)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, name);
  engram_neuron_set_text (neuron, column, text);
  store_fixture_create (fixture, neuron);
}

static void
test_text (StoreFixture  *fixture,
           gconstpointer  data)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "größe", "GRÖSSE tags " },
    { "GRÖSSE", "GRÖSSE tags " },
    { "ŒUVRE", "metadata " },
    { "œuvre d'art \"x\"", "metadata " },
    { "🧠", "brain " },
    { "RETURN", "code " },
    { "f(X", "signature " },
    { "ffffffff-FFFF", "id " },
    { "тест", "ТЕСТ " },
    { "absent", "" },
    { "\\u00f6", "tags " },
  };

  add_text (fixture, "GRÖSSE", ENGRAM_NEURON_METADATA, NULL);
  add_text (fixture, "tags", ENGRAM_NEURON_SEMANTIC_TAGS, "[\"gr\\u00f6\\u00dfe\"]");
  add_text (fixture, "metadata", ENGRAM_NEURON_METADATA, "{\"a\": \"Œuvre d'art \\\"X\\\"\"}");
  add_text (fixture, "brain", ENGRAM_NEURON_METADATA, "{\"a\": \"\\ud83e\\udde0\", \"b\": \"\\ud83e\"}");
  add_text (fixture, "code", ENGRAM_NEURON_EXECUTABLE_CODE, "rereturn 1");
  add_text (fixture, "signature", ENGRAM_NEURON_FUNCTION_SIGNATURE, "def f(x)");
  add_text (fixture, "id", ENGRAM_NEURON_ID, "ffffffff-ffff-4fff-8fff-ffffffffffff");
  add_text (fixture, "ТЕСТ", ENGRAM_NEURON_METADATA, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_visits (fixture, &(EngramNeuronFilter) { .text = cases[i].text, .limit = -1 }, cases[i].expected);
  assert_visits (fixture, &(EngramNeuronFilter) { .text = "", .limit = 2 }, "GRÖSSE tags ");
  assert_visits (fixture, &(EngramNeuronFilter) { .text = "größe", .offset = 1, .limit = 5 }, "tags ");
  assert_visits (fixture, &(EngramNeuronFilter) { .text = "größe", .limit = 1 }, "GRÖSSE ");
  assert_visits (fixture, &(EngramNeuronFilter) { .text = "größe", .limit = 0 }, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/neuron-lists/empty", NULL, test_empty);
  ADD_STORE_TEST ("/neuron-lists/pages", NULL, test_pages);
  ADD_STORE_TEST ("/neuron-lists/pages-after-changes", NULL, test_pages_after_changes);
  ADD_STORE_TEST ("/neuron-lists/by-type", NULL, test_by_type);
  ADD_STORE_TEST ("/neuron-lists/modified-since", NULL, test_modified_since);
  ADD_STORE_TEST ("/neuron-lists/modified-since-in-gap", NULL, test_modified_since_in_gap);
  ADD_STORE_TEST ("/neuron-lists/items", NULL, test_items);
  ADD_STORE_TEST ("/neuron-lists/foreach", NULL, test_foreach);
  ADD_STORE_TEST ("/neuron-lists/text", NULL, test_text);

  return g_test_run ();
}
