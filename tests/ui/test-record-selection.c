/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include "lists/engram-record-choice.h"
#include "lists/engram-record-model-private.h"
#include "lists/engram-record-selection.h"
#include "record-support.h"

#define N_MANY 20000

/* A list of neurons, what is selected in it and what in all views. */
typedef struct {
  UiFixture *fixture;
  EngramRecordModel *model;
  EngramSelection *shared;
  EngramRecordSelection *selection;
  GtkSelectionModel *rows;       /* the same */
  guint n_shared_changes;
} Setting;

static void
count_change (EngramSelection *shared,
              guint            kind,
              guint           *n_changes)
{
  g_assert_cmpuint (kind, ==, ENGRAM_RECORD_NEURON);
  (*n_changes)++;
}

static Setting *
set_up (guint n_neurons)
{
  Setting *self = g_new0 (Setting, 1);

  self->fixture = ui_fixture_new (n_neurons);
  self->model = record_open (self->fixture, ENGRAM_RECORD_NEURON);
  self->shared = engram_selection_new ();
  self->selection = engram_record_selection_new (self->model, self->shared);
  self->rows = GTK_SELECTION_MODEL (self->selection);
  g_signal_connect (self->shared, "changed", G_CALLBACK (count_change), &self->n_shared_changes);
  return self;
}

static void
tear_down (Setting *self)
{
  g_object_unref (self->selection);
  g_object_unref (self->shared);
  g_object_unref (self->model);
  ui_fixture_free (self->fixture);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Setting, tear_down)

static EngramRowSet *
get_shared (Setting *self)
{
  return engram_selection_get (self->shared, ENGRAM_RECORD_NEURON);
}

static void
settle (Setting *self)
{
  wait_until (engram_record_selection_is_settled (self->selection));
}

/* Another program deletes the neuron that the fixture made as that number. */
static void
delete_neuron (Setting *self,
               guint    number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;

  engram_neuron_store_delete (self->fixture->neurons, id, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* "3 5 9 " */
static char *
format_rows (EngramRowSet *rows)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", engram_row_set_get (rows, i));
  return g_string_free (text, FALSE);
}

static char *
format_positions (GtkSelectionModel *rows)
{
  g_autoptr (GtkBitset) selection = gtk_selection_model_get_selection (rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_assert_true (gtk_selection_model_is_selected (rows, i) == gtk_bitset_contains (selection, i));
      if (gtk_bitset_contains (selection, i))
        g_string_append_printf (text, "%u ", i);
    }
  return g_string_free (text, FALSE);
}

static void
assert_selected (Setting    *self,
                 const char *positions,
                 const char *rows)
{
  g_autofree char *found_positions = format_positions (self->rows);
  g_autofree char *found_rows = format_rows (get_shared (self));

  g_assert_cmpstr (found_positions, ==, positions);
  g_assert_cmpstr (found_rows, ==, rows);
}

static void
note_selection (GtkSelectionModel *rows,
                guint              position,
                guint              n_items,
                GString           *changes)
{
  g_string_append_printf (changes, "%u+%u ", position, n_items);
}

static void
test_choose (void)
{
  g_autoptr (Setting) self = set_up (100);
  g_autoptr (GString) changes = g_string_new (NULL);

  g_signal_connect (self->rows, "selection-changed", G_CALLBACK (note_selection), changes);
  assert_selected (self, "", "");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, GTK_INVALID_LIST_POSITION);

  g_assert_true (gtk_selection_model_select_item (self->rows, 7, TRUE));
  assert_selected (self, "7 ", "8 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 7);
  g_assert_true (gtk_selection_model_select_item (self->rows, 20, FALSE));
  assert_selected (self, "7 20 ", "8 21 ");
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, 2);
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 20);
  g_assert_true (gtk_selection_model_unselect_item (self->rows, 20));
  assert_selected (self, "7 ", "8 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 7);
  g_assert_cmpstr (changes->str, ==, "7+1 20+1 20+1 ");

  g_assert_true (gtk_selection_model_select_range (self->rows, 7, 3, TRUE));
  assert_selected (self, "7 8 9 ", "8 9 10 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 9);
  g_assert_true (gtk_selection_model_select_range (self->rows, 4, 2, FALSE));
  assert_selected (self, "4 5 7 8 9 ", "5 6 8 9 10 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 4);

  g_string_truncate (changes, 0);
  g_assert_true (gtk_selection_model_select_all (self->rows));
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, 100);
  g_assert_cmpuint (engram_row_set_get_size (get_shared (self)), ==, 100);
  g_assert_true (gtk_selection_model_unselect_all (self->rows));
  assert_selected (self, "", "");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpstr (changes->str, ==, "0+100 0+100 ");
}

/* What others choose is selected here; nothing is told back. */
static void
test_follow_shared (void)
{
  g_autoptr (Setting) self = set_up (100);
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 3, 50, 777 }, 3);
  g_autoptr (EngramRecordSelection) later = NULL;

  engram_selection_set (self->shared, ENGRAM_RECORD_NEURON, rows);
  /* The one that is not there is taken away: every row of the network is in the list. */
  assert_selected (self, "2 49 ", "3 50 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, GTK_INVALID_LIST_POSITION);

  later = engram_record_selection_new (self->model, self->shared);
  g_assert_cmpuint (engram_record_selection_get_size (later), ==, 2);
  self->n_shared_changes = 0;
  engram_selection_set_one (self->shared, ENGRAM_RECORD_NEURON, 9);
  assert_selected (self, "8 ", "9 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 8);
  g_assert_cmpuint (engram_record_selection_get_current (later), ==, 8);
  g_assert_cmpuint (self->n_shared_changes, ==, 1);
}

/* A choice that was there before the rows were known. */
static void
test_before_rows (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (1000);
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramSelection) shared = engram_selection_new ();
  g_autoptr (EngramRecordModel) model = NULL;
  g_autoptr (EngramRecordSelection) selection = NULL;

  engram_selection_set_one (shared, ENGRAM_RECORD_NEURON, 700);
  model = engram_record_model_new (searcher, ENGRAM_RECORD_NEURON);
  selection = engram_record_selection_new (model, shared);
  g_assert_cmpuint (engram_record_selection_get_current (selection), ==, GTK_INVALID_LIST_POSITION);
  record_settle (model);
  g_assert_true (engram_record_selection_is_settled (selection));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 699));
  g_assert_cmpuint (engram_record_selection_get_size (selection), ==, 1);
  g_assert_cmpuint (engram_record_selection_get_current (selection), ==, 699);
}

/* Rows are followed by their ids through other orders. */
static void
test_other_orders (void)
{
  g_autoptr (Setting) self = set_up (100);

  gtk_selection_model_select_item (self->rows, 10, TRUE);
  gtk_selection_model_select_item (self->rows, 20, FALSE);
  record_set_view (self->model, NULL, ENGRAM_SORT_ID, TRUE);
  assert_selected (self, "79 89 ", "11 21 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 79);
  record_set_view (self->model, NULL, ENGRAM_SORT_ROWS, FALSE);
  assert_selected (self, "10 20 ", "11 21 ");

  delete_neuron (self, 3);
  record_refresh (self->model, FALSE);
  assert_selected (self, "9 19 ", "11 21 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 19);
  delete_neuron (self, 10);
  record_refresh (self->model, FALSE);
  assert_selected (self, "18 ", "21 ");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, 18);
}

/* Rows that a filter hides stay selected until another choice in this list. */
static void
test_hidden (void)
{
  g_autoptr (Setting) self = set_up (100);

  gtk_selection_model_select_range (self->rows, 0, 10, TRUE);
  record_set_view (self->model, "type:tool", ENGRAM_SORT_ROWS, FALSE);
  assert_selected (self, "0 ", "1 2 3 4 5 6 7 8 9 10 ");
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, 1);
  record_set_view (self->model, NULL, ENGRAM_SORT_ROWS, FALSE);
  assert_selected (self, "0 1 2 3 4 5 6 7 8 9 ", "1 2 3 4 5 6 7 8 9 10 ");

  record_set_view (self->model, "type:tool", ENGRAM_SORT_ROWS, FALSE);
  gtk_selection_model_select_item (self->rows, 1, FALSE);
  assert_selected (self, "0 1 ", "4 11 ");
  record_set_view (self->model, NULL, ENGRAM_SORT_ROWS, FALSE);
  assert_selected (self, "3 10 ", "4 11 ");
}

/* GTK asks in the midst of the changes that lead to another order. */
static void
check_changed (GtkSelectionModel *rows,
               guint              position,
               guint              removed,
               guint              added,
               Setting           *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    g_assert_true (gtk_selection_model_is_selected (rows, i) ==
                   (engram_record_model_get_rowid (self->model, i) % 3 == 0));
}

static void
test_while_changing (void)
{
  g_autoptr (Setting) self = set_up (90);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 2; i < 90; i += 3)
    gtk_selection_model_select_item (self->rows, i, FALSE);
  for (guint i = 0; i < 90; i += 11)
    g_ptr_array_add (held, g_list_model_get_item (G_LIST_MODEL (self->rows), i));
  g_signal_connect (self->rows, "items-changed", G_CALLBACK (check_changed), self);
  record_set_view (self->model, NULL, ENGRAM_SORT_ID, TRUE);
  for (guint number = 0; number < 90; number += 7)
    delete_neuron (self, number);
  record_refresh (self->model, TRUE);
  record_set_view (self->model, "type:tool", ENGRAM_SORT_ID, FALSE);
  record_set_view (self->model, NULL, ENGRAM_SORT_ROWS, FALSE);
  check_changed (self->rows, 0, 0, 0, self);
}

/* Many rows: by a worker, and no row object is made. */
static void
test_many (void)
{
  g_autoptr (Setting) self = set_up (N_MANY);
  guint n_made = engram_record_model_get_rows_made (self->model);

  gtk_selection_model_select_all (self->rows);
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, N_MANY);
  g_assert_false (engram_record_selection_is_settled (self->selection));
  g_assert_cmpuint (engram_row_set_get_size (get_shared (self)), ==, 0);
  settle (self);
  g_assert_cmpuint (engram_row_set_get_size (get_shared (self)), ==, N_MANY);

  gtk_selection_model_unselect_item (self->rows, 5);
  settle (self);
  g_assert_cmpuint (engram_row_set_get_size (get_shared (self)), ==, N_MANY - 1);
  g_assert_false (engram_row_set_contains (get_shared (self), 6));
  record_set_view (self->model, NULL, ENGRAM_SORT_ID, TRUE);
  settle (self);
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, N_MANY - 1);
  g_assert_false (gtk_selection_model_is_selected (self->rows, N_MANY - 6));
  g_assert_true (gtk_selection_model_is_selected (self->rows, N_MANY - 5));
  g_assert_cmpuint (engram_record_model_get_rows_made (self->model), ==, n_made);
}

static void
note_order (EngramRecordModel *model,
            gboolean          *changed)
{
  *changed = TRUE;
}

/* Choices that come before the worker is through with another order lie over what it does. */
static void
test_many_at_once (void)
{
  g_autoptr (Setting) self = set_up (N_MANY);
  /* Some row stays, and so the others are there at once. */
  g_autoptr (EngramRecordRow) held = record_get_row (self->model, 10);
  gboolean changed = FALSE;

  gtk_selection_model_select_all (self->rows);
  g_signal_connect (self->model, "order-changed", G_CALLBACK (note_order), &changed);
  engram_record_model_set_view (self->model, NULL, &(EngramSort) { ENGRAM_SORT_ID, TRUE });
  wait_until (changed);
  g_assert_false (engram_record_selection_is_settled (self->selection));
  gtk_selection_model_unselect_item (self->rows, 0);
  gtk_selection_model_unselect_range (self->rows, 3, 2);
  gtk_selection_model_select_item (self->rows, 4, FALSE);
  g_assert_false (gtk_selection_model_is_selected (self->rows, 0));
  g_assert_true (gtk_selection_model_is_selected (self->rows, 1));
  g_assert_false (gtk_selection_model_is_selected (self->rows, 3));
  g_assert_true (gtk_selection_model_is_selected (self->rows, 4));
  record_settle (self->model);
  settle (self);
  g_assert_cmpuint (engram_row_set_get_size (get_shared (self)), ==, N_MANY - 2);
  g_assert_false (engram_row_set_contains (get_shared (self), N_MANY));
  g_assert_false (engram_row_set_contains (get_shared (self), N_MANY - 3));
  g_assert_true (engram_row_set_contains (get_shared (self), N_MANY - 4));
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, N_MANY - 2);

  /* A single row in place of all. */
  gtk_selection_model_select_all (self->rows);
  gtk_selection_model_select_item (self->rows, 9, TRUE);
  g_assert_true (engram_record_selection_is_settled (self->selection));
  g_assert_cmpuint (engram_row_set_get_size (get_shared (self)), ==, 1);
}

/* An end in the midst of it leaves nothing behind. */
static void
test_drop_while_mapping (void)
{
  g_autoptr (Setting) self = set_up (N_MANY);

  gtk_selection_model_select_all (self->rows);
  engram_record_model_refresh (self->model, FALSE);
}

/* A vacuum may give rows other ids: the record that was current is found by its own. */
static void
renumber (Setting    *self,
          const char *sql)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sqlite3", self->fixture->path, sql, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
have_sqlite3 (void)
{
  g_autofree char *program = g_find_program_in_path ("sqlite3");

  if (program == NULL)
    g_test_skip ("there is no sqlite3 program");
  return program != NULL;
}

static void
test_renumbered (void)
{
  g_autoptr (Setting) self = NULL;
  g_autoptr (EngramRecordRow) row = NULL;

  if (!have_sqlite3 ())
    return;
  self = set_up (100);
  row = record_get_row (self->model, 40);
  gtk_selection_model_select_item (self->rows, 10, TRUE);
  gtk_selection_model_select_item (self->rows, 40, FALSE);

  renumber (self, "UPDATE neurons SET rowid = -rowid; UPDATE neurons SET rowid = 3 - rowid WHERE rowid < 0;");
  record_refresh (self->model, FALSE);
  wait_until (engram_record_selection_get_size (self->selection) == 1);
  wait_until (engram_record_selection_get_current (self->selection) == 40);
  assert_selected (self, "40 ", "44 ");
}

/* The row that was current is gone, and its record is elsewhere. */
static void
test_renumbered_gone (void)
{
  g_autoptr (Setting) self = NULL;
  g_autoptr (EngramRecordRow) row = NULL;

  if (!have_sqlite3 ())
    return;
  self = set_up (100);
  row = record_get_row (self->model, 99);
  gtk_selection_model_select_item (self->rows, 99, TRUE);
  renumber (self, "DELETE FROM neurons WHERE rowid = 1; UPDATE neurons SET rowid = rowid - 1;");
  record_refresh (self->model, FALSE);
  wait_until (engram_record_selection_get_current (self->selection) == 98);
  assert_selected (self, "98 ", "99 ");
}

/* A record that is gone, and another one in its row. */
static void
test_replaced (void)
{
  g_autoptr (Setting) self = NULL;
  g_autoptr (EngramRecordRow) row = NULL;
  g_autofree char *id = NULL;

  self = set_up (100);
  row = record_get_row (self->model, 99);
  gtk_selection_model_select_item (self->rows, 99, TRUE);
  delete_neuron (self, 99);
  id = ui_fixture_add (self->fixture, "A new one");
  record_refresh (self->model, FALSE);
  wait_until (engram_record_selection_get_size (self->selection) == 0);
  assert_selected (self, "", "");
  g_assert_cmpuint (engram_record_selection_get_current (self->selection), ==, GTK_INVALID_LIST_POSITION);
}

/* A choice by itself: whatever it is made of, it says of each row the same as its rows do. */
static void
test_choice (void)
{
  static const gint64 rowids[] = { 30, 10, 50, 20, 40 };
  g_autoptr (EngramRowOrder) order = engram_row_order_new (g_memdup2 (rowids, sizeof rowids), 5);
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 5, 10, 20, 30 }, 4);
  g_autoptr (EngramRecordChoice) below = engram_record_choice_new_rows (rows);
  g_autoptr (GtkBitset) positions = gtk_bitset_new_range (2, 9);
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (1, 2);
  g_autoptr (EngramRecordChoice) alone = engram_record_choice_new_positions (order, positions);
  g_autoptr (EngramRecordChoice) above = engram_record_choice_new_above (order, positions, mask, below, FALSE);
  g_autoptr (EngramRecordChoice) beyond = engram_record_choice_new_above (order, positions, mask, below, TRUE);
  g_autoptr (EngramRowSet) beyond_rows = engram_record_choice_list_rows (beyond, NULL);
  g_autofree char *beyond_text = format_rows (beyond_rows);
  g_autoptr (EngramRowSet) alone_rows = engram_record_choice_list_rows (alone, NULL);
  g_autoptr (EngramRowSet) above_rows = engram_record_choice_list_rows (above, NULL);
  g_autoptr (GtkBitset) found = engram_record_choice_find_rows (above_rows, order, NULL);
  g_autofree char *alone_text = format_rows (alone_rows);
  g_autofree char *above_text = format_rows (above_rows);

  g_assert_cmpstr (alone_text, ==, "20 40 50 ");
  g_assert_cmpstr (beyond_text, ==, "5 20 30 50 ");
  /* 10 is taken away, 50 added; 5 is not in the order. */
  g_assert_cmpstr (above_text, ==, "20 30 50 ");
  g_assert_cmpuint (gtk_bitset_get_size (found), ==, 3);
  g_assert_true (gtk_bitset_contains (found, 0) && gtk_bitset_contains (found, 2) && gtk_bitset_contains (found, 3));
  for (gint64 rowid = 0; rowid < 60; rowid++)
    {
      g_assert_true (engram_record_choice_contains (alone, rowid) == engram_row_set_contains (alone_rows, rowid));
      g_assert_true (engram_record_choice_contains (beyond, rowid) == engram_row_set_contains (beyond_rows, rowid));
      g_assert_true (engram_record_choice_contains (above, rowid) == engram_row_set_contains (above_rows, rowid));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-selection/choose", test_choose);
  g_test_add_func ("/record-selection/follow-shared", test_follow_shared);
  g_test_add_func ("/record-selection/before-rows", test_before_rows);
  g_test_add_func ("/record-selection/other-orders", test_other_orders);
  g_test_add_func ("/record-selection/hidden", test_hidden);
  g_test_add_func ("/record-selection/while-changing", test_while_changing);
  g_test_add_func ("/record-selection/many", test_many);
  g_test_add_func ("/record-selection/many-at-once", test_many_at_once);
  g_test_add_func ("/record-selection/drop-while-mapping", test_drop_while_mapping);
  g_test_add_func ("/record-selection/renumbered", test_renumbered);
  g_test_add_func ("/record-selection/renumbered-gone", test_renumbered_gone);
  g_test_add_func ("/record-selection/replaced", test_replaced);
  g_test_add_func ("/record-selection/choice", test_choice);

  return g_test_run ();
}
