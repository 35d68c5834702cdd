/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>

#define HUB "11111111-1111-4111-8111-111111111111"
#define LEAF "22222222-2222-4222-8222-222222222222"
#define TOOL "33333333-3333-4333-8333-333333333333"

static void
add_neuron (StoreFixture *fixture,
            const char   *id,
            const char   *type,
            const char   *source_data,
            const char   *signature)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (type);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, source_data);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FUNCTION_SIGNATURE, signature);
  store_fixture_create (fixture, neuron);
}

static const struct {
  const char *source_id;
  const char *target_id;
  double      weight;
} joins[] = {
  { HUB, LEAF, 0.1 },
  { HUB, TOOL, -0.9 },
  { HUB, HUB, 0.9 },
  { LEAF, HUB, 0.3 },
  { TOOL, HUB, -0.4 },
  { HUB, LEAF, 0.5 },
};

/* Synapses 0 to 5, with that as their usage count. */
static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) synapses = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (fixture, data);
  add_neuron (fixture, HUB, "knowledge", NULL, NULL);
  add_neuron (fixture, LEAF, "memory", "Größe", "unused");
  add_neuron (fixture, TOOL, "tool", "", "f(x)");
  for (gsize i = 0; i < G_N_ELEMENTS (joins); i++)
    {
      EngramSynapse *synapse =
        engram_synapse_new (joins[i].source_id, joins[i].target_id, joins[i].weight, "knowledge");
      g_autofree char *time = g_strdup_printf ("2025-11-01T09:%02d:00", (int) i);

      synapse->usage_count = i;
      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, time);
      g_ptr_array_add (synapses, synapse);
    }
  g_assert_true (engram_synapse_store_create_batch (fixture->synapses, synapses, NULL, &error));
  g_assert_no_error (error);
}

static void
append_name (GString             *names,
             const EngramSynapse *synapse)
{
  g_string_append_printf (names, "%" G_GINT64_FORMAT " ", synapse->usage_count);
}

static void
assert_synapses (GPtrArray    *synapses,
                 const GError *error,
                 const char   *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < synapses->len; i++)
    append_name (names, synapses->pdata[i]);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_pages (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rowid;

  first = engram_synapse_store_list_after (fixture->synapses, G_MININT64, 4, NULL, &error);
  assert_synapses (first, error, "0 1 2 3 ");
  rowid = ((EngramSynapse *) first->pdata[3])->rowid;
  rest = engram_synapse_store_list_after (fixture->synapses, rowid, 4, NULL, &error);
  assert_synapses (rest, error, "4 5 ");
  none = engram_synapse_store_list_after (fixture->synapses, G_MAXINT64, 4, NULL, &error);
  assert_synapses (none, error, "");
}

static void
test_by_ends (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) by_source = NULL;
  g_autoptr (GPtrArray) by_target = NULL;
  g_autoptr (GPtrArray) between = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  by_source = engram_synapse_store_list_by_source (fixture->synapses, HUB, NULL, &error);
  assert_synapses (by_source, error, "0 1 2 5 ");
  by_target = engram_synapse_store_list_by_target (fixture->synapses, HUB, NULL, &error);
  assert_synapses (by_target, error, "2 3 4 ");
  between = engram_synapse_store_list_between (fixture->synapses, HUB, LEAF, NULL, &error);
  assert_synapses (between, error, "0 5 ");
  back = engram_synapse_store_list_between (fixture->synapses, LEAF, HUB, NULL, &error);
  assert_synapses (back, error, "3 ");
  none = engram_synapse_store_list_by_source (fixture->synapses, ABSENT_ID, NULL, &error);
  assert_synapses (none, error, "");
}

static void
test_modified_since (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) since = NULL;
  g_autoptr (GError) error = NULL;

  since = engram_synapse_store_list_modified_since (fixture->synapses, "2025-11-01T09:04:00", NULL, &error);
  assert_synapses (since, error, "4 5 ");
  g_assert_null (engram_synapse_store_list_modified_since (fixture->synapses, "", NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_INVALID, NULL, "modified_at");
}

static void
assert_item (GPtrArray  *items,
             guint       position,
             gint64      name,
             const char *other_id,
             const char *other_type,
             const char *other_summary)
{
  const EngramSynapseListItem *item = items->pdata[position];

  g_assert_cmpint (item->synapse->usage_count, ==, name);
  g_assert_cmpstr (item->other_id, ==, other_id);
  g_assert_cmpstr (item->other_type, ==, other_type);
  g_assert_cmpstr (item->other_summary, ==, other_summary);
}

static GPtrArray *
list_items (StoreFixture           *fixture,
            const char             *neuron_id,
            EngramSynapseDirection  direction,
            guint                   limit,
            guint64                *total)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items =
    engram_synapse_store_list_items (fixture->synapses, neuron_id, direction, limit, total, NULL, &error);

  g_assert_no_error (error);
  return items;
}

static void
test_items (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) outgoing = NULL;
  g_autoptr (GPtrArray) incoming = NULL;
  g_autoptr (GPtrArray) none = NULL;
  guint64 total = 0;

  outgoing = list_items (fixture, HUB, ENGRAM_SYNAPSE_OUTGOING, 3, &total);
  g_assert_cmpuint (total, ==, 4);
  g_assert_cmpuint (outgoing->len, ==, 3);
  assert_item (outgoing, 0, 1, TOOL, "tool", "f(x)");
  assert_item (outgoing, 1, 2, HUB, "knowledge", HUB);
  assert_item (outgoing, 2, 5, LEAF, "memory", "Größe");

  incoming = list_items (fixture, HUB, ENGRAM_SYNAPSE_INCOMING, 9, NULL);
  g_assert_cmpuint (incoming->len, ==, 3);
  assert_item (incoming, 0, 2, HUB, "knowledge", HUB);
  assert_item (incoming, 1, 4, TOOL, "tool", "f(x)");
  assert_item (incoming, 2, 3, LEAF, "memory", "Größe");

  none = list_items (fixture, ABSENT_ID, ENGRAM_SYNAPSE_OUTGOING, 9, &total);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (total, ==, 0);
}

/* An end that is missing, and one whose text is long and no UTF-8. */
static void
test_damaged_items (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) items = NULL;
  const EngramSynapseListItem *item;

  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET source_data = printf('%.*c', 100000, 'x')"
                                          " || CAST(x'ff' AS TEXT) WHERE id = '" LEAF "'"));
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET function_signature = CAST(x'41ff' AS TEXT)"
                                          " WHERE id = '" TOOL "'"));
  g_free (store_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id = '" ABSENT_ID "'"
                                          " WHERE usage_count = 0"));
  items = list_items (fixture, HUB, ENGRAM_SYNAPSE_OUTGOING, 9, NULL);
  g_assert_cmpuint (items->len, ==, 4);
  assert_item (items, 0, 1, TOOL, "tool", "A\uFFFD");
  item = items->pdata[2];
  g_assert_cmpuint (strlen (item->other_summary), <, 1000);
  assert_item (items, 3, 0, ABSENT_ID, NULL, NULL);
}

static void
assert_list_row (GArray     *rows,
                 guint       position,
                 gint64      name,
                 const char *source_type,
                 const char *source_summary,
                 const char *target_type,
                 const char *target_summary)
{
  const EngramSynapseListRow *row = &g_array_index (rows, EngramSynapseListRow, position);

  g_assert_nonnull (row->synapse);
  g_assert_cmpint (row->synapse->usage_count, ==, name);
  g_assert_cmpstr (row->source_type, ==, source_type);
  g_assert_cmpstr (row->source_summary, ==, source_summary);
  g_assert_cmpstr (row->target_type, ==, target_type);
  g_assert_cmpstr (row->target_summary, ==, target_summary);
}

static void
test_rows (StoreFixture  *fixture,
           gconstpointer  data)
{
  static const gint64 rowids[] = { 5, 99, 1, 3, 1 };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  rows = engram_synapse_store_list_rows (fixture->synapses, rowids, G_N_ELEMENTS (rowids), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 5);
  assert_list_row (rows, 0, 4, "tool", "f(x)", "knowledge", HUB);
  g_assert_null (g_array_index (rows, EngramSynapseListRow, 1).synapse);
  assert_list_row (rows, 2, 0, "knowledge", HUB, "memory", "Größe");
  assert_list_row (rows, 3, 2, "knowledge", HUB, "knowledge", HUB);
  assert_list_row (rows, 4, 0, "knowledge", HUB, "memory", "Größe");
  g_assert_cmpint (g_array_index (rows, EngramSynapseListRow, 3).synapse->rowid, ==, 3);

  none = engram_synapse_store_list_rows (fixture->synapses, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_synapse_store_list_rows (fixture->synapses, rowids, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Ends that are missing, and one whose text is long and no UTF-8. */
static void
test_damaged_rows (StoreFixture  *fixture,
                   gconstpointer  data)
{
  static const gint64 rowids[] = { 1, 2, 4 };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET source_data = printf('%.*c', 100000, 'x')"
                                          " || CAST(x'ff' AS TEXT) WHERE id = '" LEAF "'"));
  g_free (store_fixture_run_sql (fixture, "UPDATE neurons SET function_signature = CAST(x'41ff' AS TEXT)"
                                          " WHERE id = '" TOOL "'"));
  g_free (store_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id = '" ABSENT_ID "'"
                                          " WHERE usage_count = 0"));
  g_free (store_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id = '" ABSENT_ID "',"
                                          " source_neuron_id = '" ABSENT_ID "' WHERE usage_count = 3"));
  rows = engram_synapse_store_list_rows (fixture->synapses, rowids, G_N_ELEMENTS (rowids), NULL, &error);
  g_assert_no_error (error);
  assert_list_row (rows, 0, 0, "knowledge", HUB, NULL, NULL);
  assert_list_row (rows, 1, 1, "knowledge", HUB, "tool", "A\uFFFD");
  assert_list_row (rows, 2, 3, NULL, NULL, NULL, NULL);

  g_free (store_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id = '" LEAF "'"
                                          " WHERE usage_count = 0"));
  g_clear_pointer (&rows, g_array_unref);
  rows = engram_synapse_store_list_rows (fixture->synapses, rowids, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (g_array_index (rows, EngramSynapseListRow, 0).target_summary), ==, 400);
}

typedef struct {
  GString *names;
  guint    stop_after;
} Visit;

static gboolean
visit (const EngramSynapse  *synapse,
       gpointer              user_data,
       GError              **error)
{
  Visit *self = user_data;

  append_name (self->names, synapse);
  if (self->stop_after > 0 && --self->stop_after == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "enough");
      return FALSE;
    }
  return TRUE;
}

static void
assert_visits (StoreFixture *fixture,
               const char   *source_id,
               const char   *target_id,
               double        min_weight,
               double        max_weight,
               guint64       offset,
               gint64        limit,
               const char   *expected)
{
  const EngramSynapseFilter filter = { source_id, target_id, min_weight, max_weight, offset, limit };
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Visit visited = { names, 0 };

  g_assert_true (engram_synapse_store_foreach (fixture->synapses, &filter, visit, &visited, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_foreach (StoreFixture  *fixture,
              gconstpointer  data)
{
  EngramSynapseFilter filter = { NULL, NULL, -INFINITY, INFINITY, 0, -1 };
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Visit visited = { names, 2 };

  assert_visits (fixture, NULL, NULL, -INFINITY, INFINITY, 0, -1, "0 1 2 3 4 5 ");
  assert_visits (fixture, NULL, NULL, -INFINITY, INFINITY, 4, 1, "4 ");
  assert_visits (fixture, NULL, NULL, -INFINITY, INFINITY, G_MAXUINT64, -1, "");
  assert_visits (fixture, NULL, NULL, -INFINITY, INFINITY, 0, 0, "");
  assert_visits (fixture, HUB, NULL, -INFINITY, INFINITY, 1, -1, "1 2 5 ");
  assert_visits (fixture, NULL, HUB, -INFINITY, INFINITY, 0, 2, "2 3 ");
  assert_visits (fixture, HUB, LEAF, -INFINITY, INFINITY, 0, -1, "0 5 ");
  assert_visits (fixture, NULL, NULL, 0.3, INFINITY, 0, -1, "2 3 5 ");
  assert_visits (fixture, NULL, NULL, -INFINITY, -0.4, 0, -1, "1 4 ");
  assert_visits (fixture, HUB, NULL, -1, 0.1, 0, -1, "0 1 ");
  assert_visits (fixture, NULL, NULL, 0.5, -0.5, 0, -1, "");

  g_assert_false (engram_synapse_store_foreach (fixture->synapses, &filter, visit, &visited, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_cmpstr (names->str, ==, "0 1 ");

  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  engram_synapse_store_foreach (fixture->synapses, &filter, visit, &visited, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_error (&error);
  filter.min_weight = NAN;
  g_assert_false (engram_synapse_store_foreach (fixture->synapses, &filter, visit, &visited, NULL, &error));
  assert_record_error (error, ENGRAM_ERROR_INVALID, NULL, "weight");
}

/* Text sorts above every number in SQLite, but is no weight of 1 or more. */
static void
test_foreach_damaged (StoreFixture  *fixture,
                      gconstpointer  data)
{
  store_fixture_close (fixture);
  g_free (store_fixture_run_sql (fixture, "ALTER TABLE synapses RENAME COLUMN weight TO checked"));
  g_free (store_fixture_run_sql (fixture, "ALTER TABLE synapses ADD COLUMN weight REAL"));
  g_free (store_fixture_run_sql (fixture, "UPDATE synapses SET weight = CASE usage_count WHEN 3 THEN 'heavy'"
                                          " WHEN 4 THEN 9e999 ELSE checked END"));
  store_fixture_open (fixture);
  assert_visits (fixture, NULL, NULL, 0.5, INFINITY, 0, -1, "2 4 5 ");
  assert_visits (fixture, NULL, NULL, -INFINITY, INFINITY, 0, -1, "0 1 2 3 4 5 ");
}

#define ADD(path, function) \
  g_test_add ("/synapse-lists/" path, StoreFixture, NULL, set_up, function, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("pages", test_pages);
  ADD ("by-ends", test_by_ends);
  ADD ("modified-since", test_modified_since);
  ADD ("items", test_items);
  ADD ("items-damaged", test_damaged_items);
  ADD ("rows", test_rows);
  ADD ("rows-damaged", test_damaged_rows);
  ADD ("foreach", test_foreach);
  ADD ("foreach-damaged", test_foreach_damaged);

  return g_test_run ();
}
