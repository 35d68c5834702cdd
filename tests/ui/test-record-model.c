/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "lists/engram-record-model-private.h"
#include "record-setting.h"

static void
test_rows (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 1000);
  static const guint positions[] = { 0, 63, 64, 500, 999 };

  g_assert_cmpuint (record_count (self.model), ==, 1000);
  g_assert_cmpuint (engram_record_model_get_n_all (self.model), ==, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (EngramRecordRow) row = record_get_row (self.model, positions[i]);

      record_assert (&self, positions[i], positions[i]);
      g_assert_cmpuint (engram_record_row_get_position (row), ==, positions[i]);
      g_assert_cmpint (engram_record_row_get_rowid (row), ==, positions[i] + 1);
      g_assert_cmpint (engram_record_model_get_rowid (self.model, positions[i]), ==, positions[i] + 1);
      g_assert_true (isnan (engram_record_row_get_score (row)));
      g_assert_true ((engram_record_row_get_neuron (row) != NULL) == (self.kind == ENGRAM_RECORD_NEURON));
      g_assert_true ((engram_record_row_get_synapse (row) != NULL) == (self.kind == ENGRAM_RECORD_SYNAPSE));
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self.model), 1000));
  record_tear_down (&self);
}

static void
test_same_object (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 200);
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (self.model), 150);
  g_autoptr (EngramRecordRow) again = g_list_model_get_item (G_LIST_MODEL (self.model), 150);
  guint n_made = engram_record_model_get_rows_made (self.model);

  g_assert_true (row == again);
  g_clear_object (&row);
  g_clear_object (&again);
  row = g_list_model_get_item (G_LIST_MODEL (self.model), 150);
  g_assert_cmpuint (engram_record_model_get_rows_made (self.model), ==, n_made + 1);
  record_tear_down (&self);
}

static void
test_row_outlives_model (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 100);
  g_autoptr (EngramRecordRow) row = record_get_row (self.model, 70);

  g_assert_true (engram_record_row_is_listed (row));
  g_clear_object (&self.model);
  g_assert_false (engram_record_row_is_listed (row));
  g_assert_true (engram_record_row_get_neuron (row) != NULL || engram_record_row_get_synapse (row) != NULL);
  record_tear_down (&self);
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
  RecordSetting self = record_set_up (data, 5000);
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
  record_tear_down (&self);
}

static void
test_empty (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 0);

  g_assert_true (engram_record_model_is_counted (self.model));
  g_assert_cmpuint (record_count (self.model), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self.model), 0));
  record_tear_down (&self);
}

/* A model that goes while workers read for it leaves nothing behind (the fixture waits for the database to go). */
static void
test_drop_while_loading (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 3000);

  for (guint position = 0; position < 3000; position += 100)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (self.model), position));
  g_clear_object (&self.model);
  {
    g_autoptr (EngramSearcher) searcher = engram_searcher_new (self.fixture->database);

    self.model = engram_record_model_new (searcher, self.kind);
    engram_record_model_set_view (self.model, NULL, &(EngramSort) { ENGRAM_SORT_ID, TRUE });
  }
  record_tear_down (&self);
}

/* Rows are made for those who ask, and for nobody else. */
static void
test_many_rows (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 100000);

  g_assert_cmpuint (engram_record_model_get_rows_made (self.model), ==, 0);
  record_assert (&self, 99999, 99999);
  record_delete (&self, 0);
  record_refresh (self.model, TRUE);
  g_assert_cmpuint (record_count (self.model), ==, 99999);
  record_set_view (self.model, NULL, ENGRAM_SORT_ID, TRUE);
  record_assert (&self, 0, 99999);
  g_assert_cmpuint (engram_record_model_get_rows_made (self.model), ==, 2);
  record_tear_down (&self);
}

/* Rows that are gone, found out by looking at them: the order is made anew by itself. */
static void
test_gone_unnoticed (gconstpointer data)
{
  RecordSetting self = record_set_up (data, 1000);
  g_autoptr (EngramRecordRow) row = NULL;

  record_delete (&self, 500);
  row = g_list_model_get_item (G_LIST_MODEL (self.model), 500);
  wait_until (record_count (self.model) == 999);
  g_assert_false (engram_record_row_is_listed (row));
  record_assert (&self, 500, 501);
  record_tear_down (&self);
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  record_add_both ("rows", test_rows);
  record_add_both ("same-object", test_same_object);
  record_add_both ("row-outlives-model", test_row_outlives_model);
  record_add_both ("first-rows", test_first_rows);
  record_add_both ("empty", test_empty);
  record_add_both ("drop-while-loading", test_drop_while_loading);
  record_add_both ("many-rows", test_many_rows);
  record_add_both ("gone-unnoticed", test_gone_unnoticed);
  record_add_both ("damaged", test_damaged);

  return g_test_run ();
}
