/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-slots.h"
#include "record-setting.h"
#include "session/engram-session.h"

#define N_RECORDS 2000
/* As many as GTK makes widgets for. */
#define N_HELD 205
/* As many as are filled before anything is drawn. */
#define N_FILLED 48

typedef struct {
  RecordSetting          setting;
  EngramSession         *session;
  EngramRecordSelection *selection;
  EngramRecordSlots     *slots;
  GPtrArray             *held;     /* as a list on screen does */
  GString               *changes;
  guint                  n_filled; /* of those that were held when the list was to go to its start */
  gboolean               scrolls;  /* it then does */
} Screen;

static EngramRecordSlot *
get_held (Screen *self,
          guint   nth)
{
  return g_ptr_array_index (self->held, nth);
}

static void
hold (Screen *self,
      guint   position)
{
  g_ptr_array_set_size (self->held, 0);
  for (guint i = 0; i < N_HELD; i++)
    g_ptr_array_add (self->held, g_list_model_get_item (G_LIST_MODEL (self->slots), position + i));
}

static gboolean
is_filled (Screen *self,
           guint   nth,
           guint   position)
{
  EngramRecordRow *row = engram_record_slot_get_row (get_held (self, nth));

  return row != NULL && engram_record_row_is_listed (row) && engram_record_row_get_position (row) == position &&
         engram_record_row_get_rowid (row) == engram_record_model_get_rowid (self->setting.model, position);
}

static guint
count_filled (Screen *self)
{
  guint n_filled = 0;

  for (guint i = 0; i < self->held->len; i++)
    n_filled += is_filled (self, i, i);
  return n_filled;
}

static void
to_start_cb (Screen *self)
{
  if (self->scrolls)
    hold (self, 0);
  self->n_filled = count_filled (self);
}

static Screen *
set_up (void)
{
  Screen *self = g_new0 (Screen, 1);

  self->setting = record_set_up (GUINT_TO_POINTER (ENGRAM_RECORD_NEURON), N_RECORDS);
  self->session = engram_session_new (self->setting.fixture->database);
  self->selection = engram_record_selection_new (self->setting.model, engram_session_get_selection (self->session));
  self->slots = engram_record_slots_new (self->selection);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = g_string_new (NULL);
  g_signal_connect (self->slots, "items-changed", G_CALLBACK (record_note_change), self->changes);
  g_signal_connect_swapped (self->slots, "to-start", G_CALLBACK (to_start_cb), self);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (self->slots)) == N_RECORDS);
  g_string_truncate (self->changes, 0);
  return self;
}

static void
tear_down (Screen *self)
{
  g_ptr_array_unref (self->held);
  g_string_free (self->changes, TRUE);
  g_object_unref (self->slots);
  g_object_unref (self->selection);
  engram_session_close (self->session);
  g_object_unref (self->session);
  record_tear_down (&self->setting);
  g_free (self);
}

/* Other rows in the slots that are there: nobody is told that rows came or went. */
static void
test_all_others (void)
{
  Screen *self = set_up ();

  hold (self, 0);
  record_set_view (self->setting.model, NULL, ENGRAM_SORT_ID, TRUE);
  g_assert_cmpstr (self->changes->str, ==, "");
  g_assert_cmpuint (self->n_filled, >=, N_FILLED);
  g_assert_cmpuint (self->n_filled, <, N_HELD);
  wait_until (count_filled (self) == N_HELD);
  for (guint i = 0; i < N_HELD; i += 40)
    {
      g_autoptr (EngramRecordSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), i);

      g_assert_true (slot == get_held (self, i));
    }
  tear_down (self);
}

/* Somebody scrolls before all have their rows. */
static void
test_settle (void)
{
  Screen *self = set_up ();

  hold (self, 0);
  record_set_view (self->setting.model, NULL, ENGRAM_SORT_ID, TRUE);
  engram_record_slots_settle (self->slots);
  g_assert_cmpuint (count_filled (self), ==, N_HELD);
  tear_down (self);
}

/* Those that are left keep their slots; the others are told of as gone. */
static void
test_fewer (void)
{
  Screen *self = set_up ();

  hold (self, 0);
  record_set_view (self->setting.model, "\"Neuron 19\"", ENGRAM_SORT_ROWS, FALSE);
  g_assert_cmpuint (record_count (self->setting.model), ==, 111);
  g_assert_cmpstr (self->changes->str, ==, "111-1889+0 ");
  wait_until (count_filled (self) == 111);
  record_set_view (self->setting.model, NULL, ENGRAM_SORT_ROWS, FALSE);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (self->slots)) == N_RECORDS);
  g_assert_true (g_str_has_prefix (self->changes->str, "111-1889+0 111-0+"));
  tear_down (self);
}

/* A list that was scrolled goes to its new rows before the old ones go. */
static void
test_scrolled (void)
{
  Screen *self = set_up ();
  g_autofree char *expected = g_strdup_printf ("0-0+%d %d-%d+0 ", N_RECORDS, N_RECORDS, N_RECORDS);

  hold (self, 1000);
  self->scrolls = TRUE;
  record_set_view (self->setting.model, NULL, ENGRAM_SORT_ID, TRUE);
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_assert_cmpuint (self->n_filled, ==, N_FILLED);
  wait_until (count_filled (self) == N_HELD);
  tear_down (self);
}

/* Rows that move keep their slot. */
static void
test_moved (void)
{
  Screen *self = set_up ();
  g_autoptr (EngramRecordSlot) last = NULL;
  g_autoptr (EngramRecordSlot) slot = NULL;

  hold (self, 0);
  last = g_list_model_get_item (G_LIST_MODEL (self->slots), N_HELD + 5);
  record_delete (&self->setting, 10);
  record_refresh (self->setting.model, FALSE);
  g_assert_cmpstr (self->changes->str, ==, "10-1+0 ");
  slot = g_list_model_get_item (G_LIST_MODEL (self->slots), N_HELD + 4);
  g_assert_true (slot == last);
  g_assert_true (is_filled (self, 11, 10));
  g_assert_true (is_filled (self, 9, 9));

  /* And stand where they went when all are others. */
  g_ptr_array_remove_index (self->held, 10);
  record_set_view (self->setting.model, NULL, ENGRAM_SORT_ID, TRUE);
  wait_until (count_filled (self) == N_HELD - 1);
  tear_down (self);
}

static void
count_changes (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_selection (void)
{
  Screen *self = set_up ();
  GtkSelectionModel *slots = GTK_SELECTION_MODEL (self->slots);
  g_autoptr (GtkBitset) selected = NULL;
  guint n_changes = 0;

  hold (self, 0);
  g_signal_connect_swapped (slots, "selection-changed", G_CALLBACK (count_changes), &n_changes);
  gtk_selection_model_select_item (slots, 3, TRUE);
  gtk_selection_model_select_range (slots, 7, 2, FALSE);
  gtk_selection_model_unselect_item (slots, 8);
  g_assert_cmpuint (n_changes, >=, 3);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), 7));
  g_assert_true (gtk_selection_model_is_selected (slots, 3));
  g_assert_false (gtk_selection_model_is_selected (slots, 8));
  selected = gtk_selection_model_get_selection_in_range (slots, 0, 20);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 2);

  /* The widgets stay, and what they show as selected does not. */
  n_changes = 0;
  record_set_view (self->setting.model, NULL, ENGRAM_SORT_ID, TRUE);
  g_assert_cmpuint (n_changes, >=, 1);
  g_assert_false (gtk_selection_model_is_selected (slots, 3));
  gtk_selection_model_select_all (slots);
  g_assert_cmpuint (engram_record_selection_get_size (self->selection), ==, N_RECORDS);
  tear_down (self);
}

/* A slot that somebody still holds when the list goes. */
static void
test_outlived (void)
{
  Screen *self = set_up ();
  g_autoptr (EngramRecordSlot) slot = NULL;

  hold (self, 0);
  slot = g_object_ref (get_held (self, 0));
  tear_down (self);
  g_assert_nonnull (engram_record_slot_get_row (slot));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-slots/all-others", test_all_others);
  g_test_add_func ("/record-slots/settle", test_settle);
  g_test_add_func ("/record-slots/fewer", test_fewer);
  g_test_add_func ("/record-slots/scrolled", test_scrolled);
  g_test_add_func ("/record-slots/moved", test_moved);
  g_test_add_func ("/record-slots/selection", test_selection);
  g_test_add_func ("/record-slots/outlived", test_outlived);
  return g_test_run ();
}
