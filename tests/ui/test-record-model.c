/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "lists/engram-record-model-private.h"
#include "record-support.h"

/* A network of that many neurons, and as many synapses, one less, in a chain; and all of one kind in a model. */
typedef struct {
  UiFixture *fixture;
  EngramRecordKind kind;
  EngramRecordModel *model;
} Setting;

static Setting
set_up (gconstpointer data,
        guint         n_records)
{
  Setting self = { NULL, GPOINTER_TO_UINT (data), NULL };

  self.fixture = ui_fixture_new (self.kind == ENGRAM_RECORD_NEURON ? n_records : n_records + 1);
  if (self.kind == ENGRAM_RECORD_SYNAPSE)
    record_add_synapses (self.fixture, n_records);
  self.model = record_open (self.fixture, self.kind);
  return self;
}

static void
tear_down (Setting *self)
{
  g_clear_object (&self->model);
  g_clear_pointer (&self->fixture, ui_fixture_free);
}

static char *
dup_expected (const Setting *self,
              guint          number)
{
  return self->kind == ENGRAM_RECORD_NEURON ? g_strdup_printf ("Neuron %u", number)
                                            : g_strdup_printf ("Neuron %u > Neuron %u", number, number + 1);
}

static char *
dup_id (const Setting *self,
        guint          number)
{
  return self->kind == ENGRAM_RECORD_NEURON ? ui_fixture_dup_id (number) : record_dup_synapse_id (number);
}

static void
assert_record (const Setting *self,
               guint          position,
               guint          number)
{
  g_autofree char *expected = dup_expected (self, number);
  g_autofree char *text = record_dup_text (self->model, position);

  g_assert_cmpstr (text, ==, expected);
}

static void
delete_record (const Setting *self,
               guint          number)
{
  g_autofree char *id = dup_id (self, number);
  g_autoptr (GError) error = NULL;

  if (self->kind == ENGRAM_RECORD_NEURON)
    engram_neuron_store_delete (self->fixture->neurons, id, NULL, NULL, &error);
  else
    engram_synapse_store_delete (self->fixture->synapses, id, NULL, &error);
  g_assert_no_error (error);
}

/* Adds a record behind all others. Returns: (transfer full): its id */
static char *
add_record (const Setting *self)
{
  g_autoptr (EngramSynapse) synapse = NULL;
  g_autofree char *neuron = ui_fixture_dup_id (0);
  g_autoptr (GError) error = NULL;

  if (self->kind == ENGRAM_RECORD_NEURON)
    return ui_fixture_add (self->fixture, "A new one");
  synapse = engram_synapse_new (neuron, neuron, 0.5, "knowledge");
  engram_synapse_store_create (self->fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (synapse->id);
}

/* Another weight for a synapse, or activation level for a neuron. */
static void
change_record (const Setting *self,
               guint          number,
               double         value)
{
  g_autofree char *id = dup_id (self, number);
  g_autoptr (GError) error = NULL;

  if (self->kind == ENGRAM_RECORD_NEURON)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (self->fixture->neurons, id, NULL, &error);

      g_assert_no_error (error);
      neuron->activation_level = value;
      engram_neuron_store_update (self->fixture->neurons, neuron, NULL, &error);
    }
  else
    {
      g_autoptr (EngramSynapse) synapse = engram_synapse_store_get (self->fixture->synapses, id, NULL, &error);

      g_assert_no_error (error);
      synapse->weight = value;
      engram_synapse_store_update (self->fixture->synapses, synapse, NULL, &error);
    }
  g_assert_no_error (error);
}

/* By what change_record() changes. */
static EngramSortKey
get_key (const Setting *self)
{
  return self->kind == ENGRAM_RECORD_NEURON ? ENGRAM_SORT_ACTIVATION : ENGRAM_SORT_WEIGHT;
}

static void
test_rows (gconstpointer data)
{
  Setting self = set_up (data, 1000);
  static const guint positions[] = { 0, 63, 64, 500, 999 };

  g_assert_cmpuint (record_count (self.model), ==, 1000);
  g_assert_cmpuint (engram_record_model_get_n_all (self.model), ==, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (EngramRecordRow) row = record_get_row (self.model, positions[i]);

      assert_record (&self, positions[i], positions[i]);
      g_assert_cmpuint (engram_record_row_get_position (row), ==, positions[i]);
      g_assert_cmpint (engram_record_row_get_rowid (row), ==, positions[i] + 1);
      g_assert_cmpint (engram_record_model_get_rowid (self.model, positions[i]), ==, positions[i] + 1);
      g_assert_true (isnan (engram_record_row_get_score (row)));
      g_assert_true ((engram_record_row_get_neuron (row) != NULL) == (self.kind == ENGRAM_RECORD_NEURON));
      g_assert_true ((engram_record_row_get_synapse (row) != NULL) == (self.kind == ENGRAM_RECORD_SYNAPSE));
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self.model), 1000));
  tear_down (&self);
}

static void
test_same_object (gconstpointer data)
{
  Setting self = set_up (data, 200);
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (self.model), 150);
  g_autoptr (EngramRecordRow) again = g_list_model_get_item (G_LIST_MODEL (self.model), 150);
  guint n_made = engram_record_model_get_rows_made (self.model);

  g_assert_true (row == again);
  g_clear_object (&row);
  g_clear_object (&again);
  row = g_list_model_get_item (G_LIST_MODEL (self.model), 150);
  g_assert_cmpuint (engram_record_model_get_rows_made (self.model), ==, n_made + 1);
  tear_down (&self);
}

static void
test_row_outlives_model (gconstpointer data)
{
  Setting self = set_up (data, 100);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 70);

  g_assert_true (engram_record_row_is_listed (row));
  g_clear_object (&self.model);
  g_assert_false (engram_record_row_is_listed (row));
  g_assert_true (engram_record_row_get_neuron (row) != NULL || engram_record_row_get_synapse (row) != NULL);
  tear_down (&self);
}

static void
note_size (EngramRecordModel *model,
           guint             *n_items)
{
  *n_items = record_count (model);
}

/* Rows can be shown before the last one has been told of, and the first ones with their records. */
static void
test_first_rows (gconstpointer data)
{
  Setting self = set_up (data, 5000);
  g_autoptr (EngramRecordRow) row = NULL;
  guint n_items = 0;

  g_clear_object (&self.model);
  {
    g_autoptr (EngramSearcher) searcher = engram_searcher_new (self.fixture->database);

    self.model = engram_record_model_new (searcher, self.kind);
  }
  g_signal_connect (self.model, "first-rows", G_CALLBACK (note_size), &n_items);
  wait_until (n_items > 0);
  g_assert_cmpuint (n_items, <, 5000);
  g_assert_false (engram_record_model_is_counted (self.model));
  row = g_list_model_get_item (G_LIST_MODEL (self.model), 0);
  g_assert_false (engram_record_row_is_loading (row));
  wait_until (engram_record_model_is_counted (self.model));
  g_assert_cmpuint (record_count (self.model), ==, 5000);
  tear_down (&self);
}

static void
test_empty (gconstpointer data)
{
  Setting self = set_up (data, 0);

  g_assert_true (engram_record_model_is_counted (self.model));
  g_assert_cmpuint (record_count (self.model), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self.model), 0));
  tear_down (&self);
}

/* Changes that a model told, one after the other: "POSITION-REMOVED+ADDED " each. */
static void
note_change (GListModel *model,
             guint       position,
             guint       removed,
             guint       added,
             GString    *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, removed, added);
}

static void
test_refresh (gconstpointer data)
{
  Setting self = set_up (data, 1000);
  g_autoptr (EngramRecordRow) before = record_get_row (self.model, 100);
  g_autoptr (EngramRecordRow) gone = record_get_row (self.model, 200);
  g_autoptr (EngramRecordRow) behind = record_get_row (self.model, 300);
  g_autoptr (EngramRecordRow) moved = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *id = NULL;

  g_signal_connect (self.model, "items-changed", G_CALLBACK (note_change), changes);
  record_refresh (self.model, TRUE);
  g_assert_cmpstr (changes->str, ==, "");

  delete_record (&self, 200);
  delete_record (&self, 700);
  delete_record (&self, 701);
  id = add_record (&self);
  record_refresh (self.model, TRUE);
  g_assert_cmpuint (record_count (self.model), ==, 998);
  /* Nobody holds a row between the last three: they are one change, in two steps. */
  g_assert_cmpstr (changes->str, ==, "200-1+0 699-300+0 699-0+299 ");

  moved = g_list_model_get_item (G_LIST_MODEL (self.model), 299);
  g_assert_true (moved == behind);
  g_assert_cmpuint (engram_record_row_get_position (behind), ==, 299);
  g_assert_false (engram_record_row_is_listed (gone));
  assert_record (&self, 299, 300);
  assert_record (&self, 100, 100);
  g_assert_cmpint (engram_record_model_get_rowid (self.model, 997), >, 1000);
  tear_down (&self);
}

static void
note_row_changed (EngramRecordRow *row,
                  guint           *n_changes)
{
  (*n_changes)++;
}

static void
test_refresh_content (gconstpointer data)
{
  Setting self = set_up (data, 300);
  g_autoptr (EngramRecordRow) changed = record_get_row (self.model, 10);
  g_autoptr (EngramRecordRow) same = record_get_row (self.model, 11);
  guint n_changed = 0, n_same = 0;

  g_signal_connect (changed, "changed", G_CALLBACK (note_row_changed), &n_changed);
  g_signal_connect (same, "changed", G_CALLBACK (note_row_changed), &n_same);
  change_record (&self, 10, 0.75);
  engram_record_model_refresh (self.model, FALSE);
  wait_until (n_changed > 0);
  if (self.kind == ENGRAM_RECORD_NEURON)
    g_assert_cmpfloat (engram_record_row_get_neuron (changed)->activation_level, ==, 0.75);
  else
    g_assert_cmpfloat (engram_record_row_get_synapse (changed)->weight, ==, 0.75);
  record_settle (self.model);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_same, ==, 0);
  g_assert_cmpint (engram_record_row_get_mark (changed), ==, ENGRAM_ROW_UNCHANGED);
  tear_down (&self);
}

/* What a list shows of other records counts too: how many synapses a neuron has, what stands at a synapse's ends. */
static void
test_refresh_others (gconstpointer data)
{
  Setting self = set_up (data, 300);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 10);
  g_autofree char *id = ui_fixture_dup_id (10);
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect (row, "changed", G_CALLBACK (note_row_changed), &n_changes);
  if (self.kind == ENGRAM_RECORD_NEURON)
    {
      g_autoptr (EngramSynapse) synapse = engram_synapse_new (id, id, 0.5, "knowledge");

      engram_synapse_store_create (self.fixture->synapses, synapse, NULL, &error);
      g_assert_no_error (error);
      record_refresh (self.model, FALSE);
      wait_until (n_changes > 0);
      g_assert_cmpuint (engram_record_row_get_outgoing (row), ==, 1);
      g_assert_cmpuint (engram_record_row_get_incoming (row), ==, 1);
    }
  else
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (self.fixture->neurons, id, NULL, &error);

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Another text");
      engram_neuron_store_update (self.fixture->neurons, neuron, NULL, &error);
      g_assert_no_error (error);
      record_refresh (self.model, FALSE);
      wait_until (n_changes > 0);
      g_assert_cmpstr (engram_record_row_get_source_summary (row), ==, "Another text");
      g_assert_cmpstr (engram_record_row_get_target_summary (row), ==, "Neuron 11");
      g_assert_cmpstr (engram_record_row_get_source_type (row), ==, "tool");
      g_assert_cmpstr (engram_record_row_get_target_type (row), ==, "knowledge");
    }
  tear_down (&self);
}

/* Scattered changes in many rows: as few emissions as there are rows that somebody holds, however many changes. */
static void
test_refresh_scattered (gconstpointer data)
{
  Setting self = set_up (data, 1000);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 501);
  g_autoptr (EngramRecordRow) found = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);

  for (guint number = 0; number < 1000; number += 4)
    delete_record (&self, number);
  g_signal_connect (self.model, "items-changed", G_CALLBACK (note_change), changes);
  record_refresh (self.model, FALSE);
  g_assert_cmpuint (record_count (self.model), ==, 750);
  g_assert_cmpstr (changes->str, ==, "0-501+0 0-0+375 378-493+0 378-0+369 ");
  found = g_list_model_get_item (G_LIST_MODEL (self.model), 375);
  g_assert_true (found == row);
  tear_down (&self);
}

/* A refresh that is asked for while one is under way sees what happened in between. */
static void
test_refresh_while_loading (gconstpointer data)
{
  Setting self = set_up (data, 300);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 10);

  engram_record_model_refresh (self.model, FALSE);
  g_assert_true (engram_record_model_get_loading (self.model));
  delete_record (&self, 0);
  change_record (&self, 10, 0.75);
  engram_record_model_refresh (self.model, TRUE);
  record_settle (self.model);
  g_assert_cmpuint (record_count (self.model), ==, 299);
  wait_until (engram_record_row_get_mark (row) == ENGRAM_ROW_CHANGED);
  tear_down (&self);
}

static void
test_marks (gconstpointer data)
{
  Setting self = set_up (data, 300);
  g_autoptr (EngramRecordRow) changed = record_get_row (self.model, 10);
  g_autoptr (EngramRecordRow) same = record_get_row (self.model, 11);
  g_autoptr (EngramRecordRow) new_row = NULL;
  g_autofree char *id = NULL;
  guint n_changes = 0;

  change_record (&self, 10, 0.75);
  delete_record (&self, 12);
  id = add_record (&self);
  record_refresh (self.model, TRUE);
  wait_until (engram_record_row_get_mark (changed) == ENGRAM_ROW_CHANGED);
  new_row = record_get_row (self.model, 299);
  g_assert_cmpint (engram_record_row_get_mark (new_row), ==, ENGRAM_ROW_NEW);
  g_assert_cmpint (engram_record_row_get_mark (same), ==, ENGRAM_ROW_UNCHANGED);
  g_clear_object (&new_row);
  new_row = record_get_row (self.model, 12);
  g_assert_cmpint (engram_record_row_get_mark (new_row), ==, ENGRAM_ROW_UNCHANGED);
  g_clear_object (&new_row);

  /* They end, each by itself, and that is told. */
  engram_record_model_set_mark_duration (self.model, 1);
  g_signal_connect (same, "changed", G_CALLBACK (note_row_changed), &n_changes);
  change_record (&self, 11, 0.5);
  record_refresh (self.model, TRUE);
  wait_until (n_changes == 2);
  g_assert_cmpint (engram_record_row_get_mark (same), ==, ENGRAM_ROW_UNCHANGED);
  g_assert_cmpint (engram_record_row_get_mark (changed), ==, ENGRAM_ROW_CHANGED);

  /* An own change is no news. */
  engram_record_model_set_mark_duration (self.model, 100000);
  n_changes = 0;
  change_record (&self, 11, 0.25);
  g_free (g_steal_pointer (&id));
  id = add_record (&self);
  record_refresh (self.model, FALSE);
  wait_until (n_changes == 1);
  g_assert_cmpint (engram_record_row_get_mark (same), ==, ENGRAM_ROW_UNCHANGED);
  new_row = record_get_row (self.model, 300);
  g_assert_cmpint (engram_record_row_get_mark (new_row), ==, ENGRAM_ROW_UNCHANGED);
  tear_down (&self);
}

/* Views */

static void
count_signal (gpointer  model,
              guint    *n_signals)
{
  (*n_signals)++;
}

static void
test_sort (gconstpointer data)
{
  Setting self = set_up (data, 1000);
  g_autoptr (EngramRecordRow) held = record_get_row (self.model, 3);
  g_autoptr (EngramRecordRow) found = NULL;
  guint n_views = 0, n_orders = 0;

  g_signal_connect (self.model, "view-changed", G_CALLBACK (count_signal), &n_views);
  g_signal_connect (self.model, "order-changed", G_CALLBACK (count_signal), &n_orders);
  for (guint number = 0; number < 1000; number++)
    if (number % 100 == 7)
      change_record (&self, number, 0.1 * (1 + number / 100));
  record_set_view (self.model, NULL, get_key (&self), TRUE);
  g_assert_cmpuint (n_views, ==, 1);
  g_assert_cmpuint (n_orders, >=, 1);
  g_assert_cmpuint (record_count (self.model), ==, 1000);
  assert_record (&self, 0, 907);
  assert_record (&self, 1, 807);
  g_assert_cmpint (engram_record_model_get_sort (self.model).key, ==, get_key (&self));

  found = record_get_row (self.model, engram_record_row_get_position (held));
  g_assert_true (found == held);
  g_assert_true (engram_record_row_is_listed (held));
  g_assert_cmpint (engram_record_row_get_rowid (held), ==, 4);

  record_set_view (self.model, NULL, get_key (&self), TRUE);
  record_refresh (self.model, FALSE);
  g_assert_cmpuint (n_views, ==, 1);
  record_set_view (self.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (n_views, ==, 2);
  assert_record (&self, 0, 0);
  tear_down (&self);
}

/* In a sorted list a changed row moves, and keeps its object; the others keep their places. */
static void
test_sort_refresh (gconstpointer data)
{
  Setting self = set_up (data, 500);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) changes = g_string_new (NULL);

  record_set_view (self.model, NULL, get_key (&self), TRUE);
  for (guint position = 0; position < 100; position++)
    g_ptr_array_add (rows, record_get_row (self.model, position));
  g_signal_connect (self.model, "items-changed", G_CALLBACK (note_change), changes);
  change_record (&self, self.kind == ENGRAM_RECORD_NEURON ? 50 : 449, 1);
  record_refresh (self.model, TRUE);
  g_assert_cmpstr (changes->str, ==, "0-0+1 51-1+0 ");
  g_assert_cmpuint (engram_record_row_get_position (g_ptr_array_index (rows, 50)), ==, 0);
  g_assert_cmpuint (engram_record_row_get_position (g_ptr_array_index (rows, 0)), ==, 1);
  g_assert_cmpuint (engram_record_row_get_position (g_ptr_array_index (rows, 99)), ==, 99);
  wait_until (engram_record_row_get_mark (g_ptr_array_index (rows, 50)) == ENGRAM_ROW_CHANGED);
  tear_down (&self);
}

static void
test_filter (gconstpointer data)
{
  Setting self = set_up (data, 1000);
  g_autofree char *id = dup_id (&self, 40);
  g_autofree char *query = g_strdup_printf ("id:%s", id);

  record_set_view (self.model, query, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (record_count (self.model), ==, 1);
  g_assert_cmpuint (engram_record_model_get_n_all (self.model), ==, 1000);
  assert_record (&self, 0, 40);
  g_assert_cmpstr (engram_query_get_text (engram_record_model_get_query (self.model)), ==, query);

  delete_record (&self, 40);
  record_refresh (self.model, TRUE);
  g_assert_cmpuint (record_count (self.model), ==, 0);
  record_set_view (self.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (record_count (self.model), ==, 999);
  tear_down (&self);
}

/* The last view counts; what was being made for others never comes. */
static void
test_views_one_after_the_other (gconstpointer data)
{
  Setting self = set_up (data, 2000);
  g_autoptr (EngramQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  guint n_views = 0;

  g_signal_connect (self.model, "view-changed", G_CALLBACK (count_signal), &n_views);
  query = engram_query_parse ("tag:none", NULL, NULL, &error);
  g_assert_no_error (error);
  engram_record_model_set_view (self.model, NULL, &(EngramSort) { get_key (&self), TRUE });
  engram_record_model_set_view (self.model, query, &(EngramSort) { ENGRAM_SORT_ROWS, FALSE });
  engram_record_model_set_view (self.model, NULL, &(EngramSort) { ENGRAM_SORT_ROWS, TRUE });
  record_settle (self.model);
  g_assert_cmpuint (n_views, ==, 1);
  g_assert_cmpuint (record_count (self.model), ==, 2000);
  assert_record (&self, 0, 1999);
  tear_down (&self);
}

/* A view that cannot be made leaves the rows as they are, and says why, until another one can. */
static void
test_view_fails (gconstpointer data)
{
  Setting self = set_up (data, 100);
  guint n_views = 0;

  g_signal_connect (self.model, "view-changed", G_CALLBACK (count_signal), &n_views);
  record_set_view (self.model, "near:00000000-0000-4000-8000-ffffffffffff<3", ENGRAM_SORT_ROWS, FALSE);
  g_assert_error (engram_record_model_get_error (self.model), ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_cmpuint (record_count (self.model), ==, 100);
  assert_record (&self, 99, 99);
  g_assert_cmpuint (n_views, ==, 0);
  record_set_view (self.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_no_error (engram_record_model_get_error (self.model));
  g_assert_cmpuint (n_views, ==, 1);
  tear_down (&self);
}

/* `like` gives each row its score, and its order. */
static void
test_scores (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (0);
  g_autoptr (EngramRecordModel) model = NULL;
  g_autofree char *query = NULL;
  g_autofree char *first_id = NULL;
  g_autoptr (EngramRecordRow) row = NULL;
  static const float vectors[3][2] = { { 1, 0 }, { 0, 1 }, { 1, 1 } };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
      g_autoptr (GError) error = NULL;

      engram_neuron_set_vector (neuron, vectors[i], 2);
      engram_neuron_store_create (fixture->neurons, neuron, NULL, &error);
      g_assert_no_error (error);
      if (i == 0)
        first_id = g_strdup (neuron->id);
    }
  model = record_open (fixture, ENGRAM_RECORD_NEURON);
  row = record_get_row (model, 2);
  query = g_strdup_printf ("like:%s", first_id);
  record_set_view (model, query, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (record_count (model), ==, 3);
  g_assert_cmpuint (engram_record_row_get_position (row), ==, 1);
  g_assert_cmpfloat_with_epsilon (engram_record_row_get_score (row), sqrt (0.5), 1e-6);
  record_set_view (model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_true (isnan (engram_record_row_get_score (row)));
}

/* Searches */

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
find (EngramRecordModel  *model,
      const char         *id,
      guint              *position,
      GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  engram_record_model_find_async (model, id, NULL, keep_result, &result);
  wait_until (result != NULL);
  return engram_record_model_find_finish (model, result, position, error);
}

static void
test_find (gconstpointer data)
{
  Setting self = set_up (data, 2000);
  g_autofree char *id = dup_id (&self, 1700);
  g_autofree char *new_id = NULL;
  g_autoptr (GError) error = NULL;
  guint position = 0;

  /* Not loaded yet: the search waits. */
  g_clear_object (&self.model);
  {
    g_autoptr (EngramSearcher) searcher = engram_searcher_new (self.fixture->database);

    self.model = engram_record_model_new (searcher, self.kind);
  }
  g_assert_true (find (self.model, id, &position, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (position, ==, 1700);
  g_assert_cmpuint (record_count (self.model), ==, 2000);

  new_id = add_record (&self);
  g_assert_true (find (self.model, new_id, &position, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (position, ==, 2000);
  g_assert_cmpuint (record_count (self.model), ==, 2001);

  g_assert_false (find (self.model, "ffffffff-0000-4000-8000-000000000000", &position, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  tear_down (&self);
}

static void
test_find_hidden (gconstpointer data)
{
  Setting self = set_up (data, 300);
  g_autofree char *id = dup_id (&self, 17);
  g_autofree char *other = dup_id (&self, 18);
  g_autofree char *query = g_strdup_printf ("id:%s", id);
  g_autoptr (GError) error = NULL;
  guint position = 99;

  record_set_view (self.model, query, ENGRAM_SORT_ROWS, FALSE);
  g_assert_true (find (self.model, id, &position, &error));
  g_assert_cmpuint (position, ==, 0);
  g_assert_false (find (self.model, other, &position, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "filter"));
  tear_down (&self);
}

static void
test_find_cancelled (gconstpointer data)
{
  Setting self = set_up (data, 100);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = dup_id (&self, 3);
  g_autoptr (GError) error = NULL;
  guint position;

  engram_record_model_find_async (self.model, id, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_false (engram_record_model_find_finish (self.model, result, &position, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  tear_down (&self);
}

/* A model that goes while workers read for it leaves nothing behind (the fixture waits for the database to go). */
static void
test_drop_while_loading (gconstpointer data)
{
  Setting self = set_up (data, 3000);

  for (guint position = 0; position < 3000; position += 100)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (self.model), position));
  g_clear_object (&self.model);
  {
    g_autoptr (EngramSearcher) searcher = engram_searcher_new (self.fixture->database);

    self.model = engram_record_model_new (searcher, self.kind);
    engram_record_model_set_view (self.model, NULL, &(EngramSort) { ENGRAM_SORT_ID, TRUE });
  }
  tear_down (&self);
}

/* Rows are made for those who ask, and for nobody else. */
static void
test_many_rows (gconstpointer data)
{
  Setting self = set_up (data, 100000);

  g_assert_cmpuint (engram_record_model_get_rows_made (self.model), ==, 0);
  assert_record (&self, 99999, 99999);
  delete_record (&self, 0);
  record_refresh (self.model, TRUE);
  g_assert_cmpuint (record_count (self.model), ==, 99999);
  record_set_view (self.model, NULL, ENGRAM_SORT_ID, TRUE);
  assert_record (&self, 0, 99999);
  g_assert_cmpuint (engram_record_model_get_rows_made (self.model), ==, 2);
  tear_down (&self);
}

/* Rows that are gone, found out by looking at them: the order is made anew by itself. */
static void
test_gone_unnoticed (gconstpointer data)
{
  Setting self = set_up (data, 1000);
  g_autoptr (EngramRecordRow) row = NULL;

  delete_record (&self, 500);
  row = g_list_model_get_item (G_LIST_MODEL (self.model), 500);
  wait_until (record_count (self.model) == 999);
  g_assert_false (engram_record_row_is_listed (row));
  assert_record (&self, 500, 501);
  tear_down (&self);
}

static guint
count_read (GPtrArray *rows)
{
  guint n_read = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      EngramRecordRow *row = g_ptr_array_index (rows, i);

      n_read += engram_record_row_get_neuron (row) != NULL || engram_record_row_get_synapse (row) != NULL;
    }
  return n_read;
}

static void
test_damaged (gconstpointer data)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new_shared ("damaged/page-zeroed.db");
  g_autoptr (EngramSearcher) searcher = NULL;
  g_autoptr (EngramRecordModel) model = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (fixture == NULL)
    return;
  searcher = engram_searcher_new (fixture->database);
  model = engram_record_model_new (searcher, GPOINTER_TO_UINT (data));
  record_settle (model);
  for (guint position = 0; position < record_count (model); position++)
    g_ptr_array_add (rows, record_get_row (model, position));
  record_settle (model);
  /* Either rows are missing, and that is said, or all of them can be read. */
  wait_until (engram_record_model_get_error (model) != NULL || (rows->len > 0 && count_read (rows) == rows->len));
  g_clear_object (&searcher);
}

/* The loader on its own: which pages it reads, in which order. */

typedef struct {
  GArray *loaded;
  guint unwanted;
} Reader;

static gboolean
reader_is_wanted (guint    page,
                  gpointer user_data)
{
  return page != ((Reader *) user_data)->unwanted;
}

static void
reader_loaded (guint             page,
               EngramRecordPage *records,
               gpointer          user_data)
{
  g_assert_cmpuint (records->n_items, ==, ENGRAM_RECORD_PAGE_SIZE);
  g_assert_nonnull (records->items[0].neuron.neuron);
  g_array_append_val (((Reader *) user_data)->loaded, page);
}

static void
reader_failed (guint         page,
               const GError *error,
               gpointer      user_data)
{
  g_assert_no_error (error);
}

static const EngramRecordLoaderFuncs reader_funcs = { reader_is_wanted, reader_loaded, reader_failed };

static guint
find_page (GArray *pages,
           guint   page)
{
  for (guint i = 0; i < pages->len; i++)
    if (g_array_index (pages, guint, i) == page)
      return i;
  return G_MAXUINT;
}

static void
test_loader (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (64 * 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramRowOrder) order = engram_neuron_store_get_row_order (fixture->neurons, NULL, &error);
  Reader reader = { g_array_new (FALSE, FALSE, sizeof (guint)), 5 };
  g_autoptr (EngramRecordLoader) loader =
    engram_record_loader_new (fixture->database, ENGRAM_RECORD_NEURON, &reader_funcs, &reader);

  engram_record_loader_set_order (loader, order);
  for (guint page = 0; page < 10; page++)
    engram_record_loader_request (loader, page);
  wait_until (engram_record_loader_is_idle (loader));
  /* The last asked for before all but the first two, which were being read; the unwanted one never. */
  g_assert_cmpuint (reader.loaded->len, ==, 9);
  g_assert_cmpuint (find_page (reader.loaded, 5), ==, G_MAXUINT);
  g_assert_cmpuint (find_page (reader.loaded, 9), <, find_page (reader.loaded, 3));
  g_assert_cmpuint (find_page (reader.loaded, 8), <, find_page (reader.loaded, 2));
  g_assert_nonnull (engram_record_loader_lookup (loader, 9));

  /* What is read for an old order never comes. */
  g_array_set_size (reader.loaded, 0);
  engram_record_loader_set_order (loader, order);
  g_assert_null (engram_record_loader_lookup (loader, 9));
  engram_record_loader_request (loader, 1);
  engram_record_loader_set_order (loader, order);
  engram_record_loader_request (loader, 2);
  wait_until (engram_record_loader_is_idle (loader));
  g_assert_cmpuint (reader.loaded->len, ==, 1);
  g_assert_cmpuint (g_array_index (reader.loaded, guint, 0), ==, 2);

  engram_record_loader_request (loader, 3);
  engram_record_loader_stop (loader);
  g_array_unref (reader.loaded);
}

static void
add_both (const char    *name,
          GTestDataFunc  function)
{
  g_autofree char *neurons = g_strdup_printf ("/record-model/%s/neurons", name);
  g_autofree char *synapses = g_strdup_printf ("/record-model/%s/synapses", name);

  g_test_add_data_func (neurons, GUINT_TO_POINTER (ENGRAM_RECORD_NEURON), function);
  g_test_add_data_func (synapses, GUINT_TO_POINTER (ENGRAM_RECORD_SYNAPSE), function);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_both ("rows", test_rows);
  add_both ("same-object", test_same_object);
  add_both ("row-outlives-model", test_row_outlives_model);
  add_both ("first-rows", test_first_rows);
  add_both ("empty", test_empty);
  add_both ("refresh", test_refresh);
  add_both ("refresh-content", test_refresh_content);
  add_both ("refresh-others", test_refresh_others);
  add_both ("refresh-scattered", test_refresh_scattered);
  add_both ("refresh-while-loading", test_refresh_while_loading);
  add_both ("marks", test_marks);
  add_both ("sort", test_sort);
  add_both ("sort-refresh", test_sort_refresh);
  add_both ("filter", test_filter);
  add_both ("views-one-after-the-other", test_views_one_after_the_other);
  add_both ("view-fails", test_view_fails);
  g_test_add_func ("/record-model/scores", test_scores);
  add_both ("find", test_find);
  add_both ("find-hidden", test_find_hidden);
  add_both ("find-cancelled", test_find_cancelled);
  add_both ("drop-while-loading", test_drop_while_loading);
  add_both ("many-rows", test_many_rows);
  add_both ("gone-unnoticed", test_gone_unnoticed);
  add_both ("damaged", test_damaged);
  g_test_add_func ("/record-model/loader", test_loader);

  return g_test_run ();
}
