/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "lists/engram-record-model-private.h"
#include "record-setting.h"

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
  RecordSetting self = record_set_up (data, 1000);
  g_autoptr (EngramRecordRow) held = record_get_row (self.model, 3);
  g_autoptr (EngramRecordRow) found = NULL;
  guint n_views = 0, n_orders = 0;

  g_signal_connect (self.model, "view-changed", G_CALLBACK (count_signal), &n_views);
  g_signal_connect (self.model, "order-changed", G_CALLBACK (count_signal), &n_orders);
  for (guint number = 0; number < 1000; number++)
    if (number % 100 == 7)
      record_change (&self, number, 0.1 * (1 + number / 100));
  record_set_view (self.model, NULL, record_get_key (&self), TRUE);
  g_assert_cmpuint (n_views, ==, 1);
  g_assert_cmpuint (n_orders, >=, 1);
  g_assert_cmpuint (record_count (self.model), ==, 1000);
  record_assert (&self, 0, 907);
  record_assert (&self, 1, 807);
  g_assert_cmpint (engram_record_model_get_sort (self.model).key, ==, record_get_key (&self));

  found = record_get_row (self.model, engram_record_row_get_position (held));
  g_assert_true (found == held);
  g_assert_true (engram_record_row_is_listed (held));
  g_assert_cmpint (engram_record_row_get_rowid (held), ==, 4);

  record_set_view (self.model, NULL, record_get_key (&self), TRUE);
  record_refresh (self.model, FALSE);
  g_assert_cmpuint (n_views, ==, 1);
  record_set_view (self.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (n_views, ==, 2);
  record_assert (&self, 0, 0);
  record_tear_down (&self);
}

/* In a sorted list a changed row moves, and keeps its object; the others keep their places. */
static void
test_sort_refresh (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 500);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) changes = g_string_new (NULL);

  record_set_view (self.model, NULL, record_get_key (&self), TRUE);
  for (guint position = 0; position < 100; position++)
    g_ptr_array_add (rows, record_get_row (self.model, position));
  g_signal_connect (self.model, "items-changed", G_CALLBACK (record_note_change), changes);
  record_change (&self, self.kind == ENGRAM_RECORD_NEURON ? 50 : 449, 1);
  record_refresh (self.model, TRUE);
  g_assert_cmpstr (changes->str, ==, "0-0+1 51-1+0 ");
  g_assert_cmpuint (engram_record_row_get_position (g_ptr_array_index (rows, 50)), ==, 0);
  g_assert_cmpuint (engram_record_row_get_position (g_ptr_array_index (rows, 0)), ==, 1);
  g_assert_cmpuint (engram_record_row_get_position (g_ptr_array_index (rows, 99)), ==, 99);
  wait_until (engram_record_row_get_mark (g_ptr_array_index (rows, 50)) == ENGRAM_ROW_CHANGED);
  record_tear_down (&self);
}

static void
test_filter (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 1000);
  g_autofree char *id = record_dup_id (&self, 40);
  g_autofree char *query = g_strdup_printf ("id:%s", id);

  record_set_view (self.model, query, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (record_count (self.model), ==, 1);
  g_assert_cmpuint (engram_record_model_get_n_all (self.model), ==, 1000);
  record_assert (&self, 0, 40);
  g_assert_cmpstr (engram_query_get_text (engram_record_model_get_query (self.model)), ==, query);

  record_delete (&self, 40);
  record_refresh (self.model, TRUE);
  g_assert_cmpuint (record_count (self.model), ==, 0);
  record_set_view (self.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (record_count (self.model), ==, 999);
  record_tear_down (&self);
}

/* The last view counts; what was being made for others never comes. */
static void
test_views_one_after_the_other (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 2000);
  g_autoptr (EngramQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  guint n_views = 0;

  g_signal_connect (self.model, "view-changed", G_CALLBACK (count_signal), &n_views);
  query = engram_query_parse ("tag:none", NULL, NULL, &error);
  g_assert_no_error (error);
  engram_record_model_set_view (self.model, NULL, &(EngramSort) { record_get_key (&self), TRUE });
  engram_record_model_set_view (self.model, query, &(EngramSort) { ENGRAM_SORT_ROWS, FALSE });
  engram_record_model_set_view (self.model, NULL, &(EngramSort) { ENGRAM_SORT_ROWS, TRUE });
  record_settle (self.model);
  g_assert_cmpuint (n_views, ==, 1);
  g_assert_cmpuint (record_count (self.model), ==, 2000);
  record_assert (&self, 0, 1999);
  record_tear_down (&self);
}

/* A view that cannot be made leaves the rows as they are, and says why, until another one can. */
static void
test_view_fails (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 100);
  guint n_views = 0;

  g_signal_connect (self.model, "view-changed", G_CALLBACK (count_signal), &n_views);
  record_set_view (self.model, "near:00000000-0000-4000-8000-ffffffffffff<3", ENGRAM_SORT_ROWS, FALSE);
  g_assert_error (engram_record_model_get_error (self.model), ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_cmpuint (record_count (self.model), ==, 100);
  record_assert (&self, 99, 99);
  g_assert_cmpuint (n_views, ==, 0);
  record_set_view (self.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  g_assert_no_error (engram_record_model_get_error (self.model));
  g_assert_cmpuint (n_views, ==, 1);
  record_tear_down (&self);
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
  RecordSetting self = record_set_up (data, 2000);
  g_autofree char *id = record_dup_id (&self, 1700);
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

  new_id = record_add (&self);
  g_assert_true (find (self.model, new_id, &position, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (position, ==, 2000);
  g_assert_cmpuint (record_count (self.model), ==, 2001);

  g_assert_false (find (self.model, "ffffffff-0000-4000-8000-000000000000", &position, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  record_tear_down (&self);
}

static void
test_find_hidden (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 300);
  g_autofree char *id = record_dup_id (&self, 17);
  g_autofree char *other = record_dup_id (&self, 18);
  g_autofree char *query = g_strdup_printf ("id:%s", id);
  g_autoptr (GError) error = NULL;
  guint position = 99;

  record_set_view (self.model, query, ENGRAM_SORT_ROWS, FALSE);
  g_assert_true (find (self.model, id, &position, &error));
  g_assert_cmpuint (position, ==, 0);
  g_assert_false (find (self.model, other, &position, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "filter"));
  record_tear_down (&self);
}

static void
test_find_cancelled (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 100);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = record_dup_id (&self, 3);
  g_autoptr (GError) error = NULL;
  guint position;

  engram_record_model_find_async (self.model, id, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_false (engram_record_model_find_finish (self.model, result, &position, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  record_tear_down (&self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  record_add_both ("sort", test_sort);
  record_add_both ("sort-refresh", test_sort_refresh);
  record_add_both ("filter", test_filter);
  record_add_both ("views-one-after-the-other", test_views_one_after_the_other);
  record_add_both ("view-fails", test_view_fails);
  g_test_add_func ("/record-model/scores", test_scores);
  record_add_both ("find", test_find);
  record_add_both ("find-hidden", test_find_hidden);
  record_add_both ("find-cancelled", test_find_cancelled);

  return g_test_run ();
}
