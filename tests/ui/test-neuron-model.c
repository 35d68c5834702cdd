/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lists/engram-neuron-model-private.h"
#include "lists/engram-page-loader.h"
#include "ui-fixture.h"

static guint
get_size (EngramNeuronModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static void
test_rows (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (1000);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  static const guint positions[] = { 0, 63, 64, 500, 999 };

  g_assert_cmpuint (get_size (model), ==, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autofree char *expected = g_strdup_printf ("Neuron %u", positions[i]);
      g_autofree char *text = ui_fixture_dup_text (model, positions[i]);

      g_assert_cmpstr (text, ==, expected);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 1000));
}

static void
test_same_object (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (200);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  g_autoptr (EngramNeuronRow) row = g_list_model_get_item (G_LIST_MODEL (model), 150);
  g_autoptr (EngramNeuronRow) again = g_list_model_get_item (G_LIST_MODEL (model), 150);
  guint n_made = engram_neuron_model_get_rows_made (model);

  g_assert_true (row == again);
  g_clear_object (&row);
  g_clear_object (&again);
  row = g_list_model_get_item (G_LIST_MODEL (model), 150);
  g_assert_cmpuint (engram_neuron_model_get_rows_made (model), ==, n_made + 1);
}

static void
test_row_outlives_model (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (100);
  EngramNeuronModel *model = ui_fixture_open_model (fixture);
  g_autoptr (EngramNeuronRow) row = ui_fixture_get_row (model, 70);

  g_object_unref (model);
  g_assert_cmpstr (engram_neuron_row_get_neuron (row)->source_data, ==, "Neuron 70");
}

static void
note_first_rows (EngramNeuronModel *model,
                 guint             *n_items)
{
  *n_items = get_size (model);
}

static void
test_first_rows (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (5000);
  g_autoptr (EngramNeuronModel) model = engram_neuron_model_new (fixture->database);
  g_autoptr (EngramNeuronRow) row = NULL;
  guint n_items = 0;

  g_signal_connect (model, "first-rows", G_CALLBACK (note_first_rows), &n_items);
  wait_until (n_items > 0);
  g_assert_cmpuint (n_items, <, 5000);
  g_assert_false (engram_neuron_model_is_counted (model));
  row = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_false (engram_neuron_row_is_loading (row));
  wait_until (engram_neuron_model_is_counted (model));
  g_assert_cmpuint (get_size (model), ==, 5000);
}

static void
test_empty (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (0);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);

  g_assert_true (engram_neuron_model_is_counted (model));
  g_assert_cmpuint (get_size (model), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 0));
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
refresh (EngramNeuronModel *model)
{
  engram_neuron_model_refresh (model);
  wait_until (!engram_neuron_model_get_loading (model));
}

static void
delete_neuron (UiFixture *fixture,
               guint      number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;

  engram_neuron_store_delete (fixture->neurons, id, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_refresh (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (1000);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  g_autoptr (EngramNeuronRow) before = ui_fixture_get_row (model, 100);
  g_autoptr (EngramNeuronRow) gone = ui_fixture_get_row (model, 200);
  g_autoptr (EngramNeuronRow) behind = ui_fixture_get_row (model, 300);
  g_autoptr (EngramNeuronRow) moved = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  g_signal_connect (model, "items-changed", G_CALLBACK (note_change), changes);
  refresh (model);
  g_assert_cmpstr (changes->str, ==, "");

  delete_neuron (fixture, 200);
  delete_neuron (fixture, 700);
  delete_neuron (fixture, 701);
  id = ui_fixture_add (fixture, "A new one");
  refresh (model);
  g_assert_cmpuint (get_size (model), ==, 998);
  /* Nobody holds a row between the last three: they are one change, in two steps. */
  g_assert_cmpstr (changes->str, ==, "200-1+0 699-300+0 699-0+299 ");

  moved = g_list_model_get_item (G_LIST_MODEL (model), 299);
  g_assert_true (moved == behind);
  g_assert_cmpstr (engram_neuron_row_get_neuron (behind)->source_data, ==, "Neuron 300");
  g_assert_cmpstr (engram_neuron_row_get_neuron (before)->source_data, ==, "Neuron 100");
  text = ui_fixture_dup_text (model, 997);
  g_assert_cmpstr (text, ==, "A new one");
}

static void
note_row_changed (EngramNeuronRow *row,
                  guint           *n_changes)
{
  (*n_changes)++;
}

static void
test_refresh_content (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (300);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  g_autoptr (EngramNeuronRow) changed = ui_fixture_get_row (model, 10);
  g_autoptr (EngramNeuronRow) same = ui_fixture_get_row (model, 11);
  g_autoptr (EngramNeuron) neuron = engram_neuron_copy (engram_neuron_row_get_neuron (changed));
  g_autoptr (EngramSynapse) synapse = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changed = 0, n_same = 0;

  g_signal_connect (changed, "changed", G_CALLBACK (note_row_changed), &n_changed);
  g_signal_connect (same, "changed", G_CALLBACK (note_row_changed), &n_same);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Another text");
  engram_neuron_store_update (fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  synapse = engram_synapse_new (neuron->id, neuron->id, 0.5, "knowledge");
  engram_synapse_store_create (fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);

  engram_neuron_model_refresh (model);
  wait_until (n_changed > 0);
  g_assert_cmpstr (engram_neuron_row_get_neuron (changed)->source_data, ==, "Another text");
  g_assert_cmpuint (engram_neuron_row_get_outgoing (changed), ==, 1);
  g_assert_cmpuint (engram_neuron_row_get_incoming (changed), ==, 1);
  wait_until (!engram_neuron_model_get_loading (model));
  g_assert_cmpuint (n_same, ==, 0);
}

/* Scattered changes in many rows: as few emissions as there are watched rows, however many changes. */
static void
test_refresh_scattered (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (1000);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  g_autoptr (EngramNeuronRow) row = ui_fixture_get_row (model, 501);
  g_autoptr (EngramNeuronRow) found = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);

  for (guint number = 0; number < 1000; number += 4)
    delete_neuron (fixture, number);
  g_signal_connect (model, "items-changed", G_CALLBACK (note_change), changes);
  refresh (model);
  g_assert_cmpuint (get_size (model), ==, 750);
  g_assert_cmpstr (changes->str, ==, "0-501+0 0-0+375 378-493+0 378-0+369 ");
  found = g_list_model_get_item (G_LIST_MODEL (model), 375);
  g_assert_true (found == row);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
find (EngramNeuronModel  *model,
      const char         *id,
      guint              *position,
      GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  engram_neuron_model_find_async (model, id, NULL, keep_result, &result);
  wait_until (result != NULL);
  return engram_neuron_model_find_finish (model, result, position, error);
}

static void
test_find (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (2000);
  /* Not loaded yet: the search waits. */
  g_autoptr (EngramNeuronModel) model = engram_neuron_model_new (fixture->database);
  g_autofree char *id = ui_fixture_dup_id (1700);
  g_autofree char *new_id = NULL;
  g_autoptr (GError) error = NULL;
  guint position = 0;

  g_assert_true (find (model, id, &position, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (position, ==, 1700);
  g_assert_cmpuint (get_size (model), ==, 2000);

  new_id = ui_fixture_add (fixture, "Newer than the order");
  g_assert_true (find (model, new_id, &position, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (position, ==, 2000);
  g_assert_cmpuint (get_size (model), ==, 2001);

  g_assert_false (find (model, "ffffffff-0000-4000-8000-000000000000", &position, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
}

static void
test_find_cancelled (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (100);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = ui_fixture_dup_id (3);
  g_autoptr (GError) error = NULL;
  guint position;

  engram_neuron_model_find_async (model, id, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_false (engram_neuron_model_find_finish (model, result, &position, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A model that goes while workers read for it leaves nothing behind (the fixture waits for the database to
 * go). */
static void
test_drop_while_loading (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (3000);
  EngramNeuronModel *model = engram_neuron_model_new (fixture->database);

  g_object_unref (model);
  model = ui_fixture_open_model (fixture);
  for (guint position = 0; position < 3000; position += 100)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), position));
  g_object_unref (model);
}

/* Rows are made for those who ask, and for nobody else. */
static void
test_many_rows (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (50000);
  g_autoptr (EngramNeuronModel) model = ui_fixture_open_model (fixture);
  g_autofree char *text = NULL;

  g_assert_cmpuint (engram_neuron_model_get_rows_made (model), ==, 0);
  text = ui_fixture_dup_text (model, 49999);
  g_assert_cmpstr (text, ==, "Neuron 49999");
  delete_neuron (fixture, 0);
  refresh (model);
  g_assert_cmpuint (get_size (model), ==, 49999);
  g_assert_cmpuint (engram_neuron_model_get_rows_made (model), ==, 1);
}

static void
test_damaged (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new_shared ("damaged/page-zeroed.db");
  g_autoptr (EngramNeuronModel) model = NULL;
  guint n_read = 0;

  if (fixture == NULL)
    return;
  model = engram_neuron_model_new (fixture->database);
  wait_until (!engram_neuron_model_get_loading (model));
  for (guint position = 0; position < get_size (model); position++)
    {
      g_autoptr (EngramNeuronRow) row = ui_fixture_get_row (model, position);

      n_read += engram_neuron_row_get_neuron (row) != NULL;
    }
  /* Either rows are missing, and that is said, or all of them could be read. */
  if (n_read < get_size (model) || get_size (model) == 0)
    g_assert_nonnull (engram_neuron_model_get_error (model));
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
               EngramNeuronPage *records,
               gpointer          user_data)
{
  g_assert_cmpuint (records->n_items, ==, ENGRAM_PAGE_SIZE);
  g_assert_nonnull (records->items[0].neuron);
  g_array_append_val (((Reader *) user_data)->loaded, page);
}

static void
reader_failed (guint         page,
               const GError *error,
               gpointer      user_data)
{
  g_assert_no_error (error);
}

static const EngramPageLoaderFuncs reader_funcs = { reader_is_wanted, reader_loaded, reader_failed };

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
  g_autoptr (EngramPageLoader) loader = engram_page_loader_new (fixture->neurons, &reader_funcs, &reader);

  engram_page_loader_set_order (loader, order);
  for (guint page = 0; page < 10; page++)
    engram_page_loader_request (loader, page);
  wait_until (engram_page_loader_is_idle (loader));
  /* The last asked for before all but the first two, which were being read; the unwanted one never. */
  g_assert_cmpuint (reader.loaded->len, ==, 9);
  g_assert_cmpuint (find_page (reader.loaded, 5), ==, G_MAXUINT);
  g_assert_cmpuint (find_page (reader.loaded, 9), <, find_page (reader.loaded, 3));
  g_assert_cmpuint (find_page (reader.loaded, 8), <, find_page (reader.loaded, 2));
  g_assert_nonnull (engram_page_loader_lookup (loader, 9));

  /* What is read for an old order never comes. */
  g_array_set_size (reader.loaded, 0);
  engram_page_loader_set_order (loader, order);
  g_assert_null (engram_page_loader_lookup (loader, 9));
  engram_page_loader_request (loader, 1);
  engram_page_loader_set_order (loader, order);
  engram_page_loader_request (loader, 2);
  wait_until (engram_page_loader_is_idle (loader));
  g_assert_cmpuint (reader.loaded->len, ==, 1);
  g_assert_cmpuint (g_array_index (reader.loaded, guint, 0), ==, 2);

  engram_page_loader_request (loader, 3);
  engram_page_loader_stop (loader);
  g_array_unref (reader.loaded);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/neuron-model/rows", test_rows);
  g_test_add_func ("/neuron-model/same-object", test_same_object);
  g_test_add_func ("/neuron-model/row-outlives-model", test_row_outlives_model);
  g_test_add_func ("/neuron-model/first-rows", test_first_rows);
  g_test_add_func ("/neuron-model/empty", test_empty);
  g_test_add_func ("/neuron-model/refresh", test_refresh);
  g_test_add_func ("/neuron-model/refresh-content", test_refresh_content);
  g_test_add_func ("/neuron-model/refresh-scattered", test_refresh_scattered);
  g_test_add_func ("/neuron-model/find", test_find);
  g_test_add_func ("/neuron-model/find-cancelled", test_find_cancelled);
  g_test_add_func ("/neuron-model/drop-while-loading", test_drop_while_loading);
  g_test_add_func ("/neuron-model/many-rows", test_many_rows);
  g_test_add_func ("/neuron-model/damaged", test_damaged);
  g_test_add_func ("/neuron-model/loader", test_loader);

  return g_test_run ();
}
