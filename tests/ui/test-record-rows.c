/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-order-changes.h"
#include "lists/engram-record-row-private.h"
#include "lists/engram-record-rows.h"

#define N_ROUNDS 400
#define N_POSSIBLE 80

/* A list that tells what happens to its rows, and looks at them as a view does: in the midst of it. */
#define TEST_TYPE_LIST (test_list_get_type ())
G_DECLARE_FINAL_TYPE (TestList, test_list, TEST, LIST, GObject)

struct _TestList
{
  GObject parent_instance;

  EngramRecordRows *rows;
  GArray *rowids;     /* as told of so far */
  GString *changes;   /* "POSITION-REMOVED+ADDED " each */
  GRand *random;      /* NULL: nothing is looked at on the way */
  GPtrArray *held;    /* by the view: let go when they are removed */
  GArray *removed;    /* rowids of held rows that were removed */
};

static void test_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestList, test_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, test_list_model_init))

static GType
test_list_get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_RECORD_ROW;
}

static guint
test_list_get_n_items (GListModel *model)
{
  return engram_record_rows_get_size (TEST_LIST (model)->rows);
}

static gpointer
test_list_get_item (GListModel *model,
                    guint       position)
{
  gboolean made;

  return engram_record_rows_get (TEST_LIST (model)->rows, position, &made);
}

static void
test_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = test_list_get_item_type;
  interface->get_n_items = test_list_get_n_items;
  interface->get_item = test_list_get_item;
}

static void
test_list_finalize (GObject *object)
{
  TestList *self = TEST_LIST (object);

  g_ptr_array_unref (self->held);
  engram_record_rows_free (self->rows);
  g_array_unref (self->rowids);
  g_array_unref (self->removed);
  g_string_free (self->changes, TRUE);

  G_OBJECT_CLASS (test_list_parent_class)->finalize (object);
}

static void
test_list_class_init (TestListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_list_finalize;
}

static void
note_grown (gpointer user_data)
{
}

static void
test_list_init (TestList *self)
{
  self->rows = engram_record_rows_new (G_LIST_MODEL (self), note_grown, self);
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->removed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = g_string_new (NULL);
}

/* Takes a row for the view, as it does when it makes a widget for it. */
static void
hold (TestList *self,
      guint     position)
{
  EngramRecordRow *row = g_list_model_get_item (G_LIST_MODEL (self), position);

  g_assert_cmpint (engram_record_row_get_rowid (row), ==, g_array_index (self->rowids, gint64, position));
  g_assert_cmpuint (engram_record_row_get_position (row), ==, position);
  if (g_ptr_array_find (self->held, row, NULL))
    g_object_unref (row);
  else
    g_ptr_array_add (self->held, row);
}

static void
let_go (TestList *self,
        guint     position)
{
  for (guint i = self->held->len; i > 0; i--)
    {
      EngramRecordRow *row = g_ptr_array_index (self->held, i - 1);

      if (engram_record_row_get_rowid (row) != g_array_index (self->rowids, gint64, position))
        continue;
      g_array_append_val (self->removed, g_array_index (self->rowids, gint64, position));
      g_ptr_array_remove_index_fast (self->held, i - 1);
    }
}

/* What it says, and what stands there after each step. */
static void
note_change (TestList *self,
             guint     position,
             guint     removed,
             guint     added)
{
  g_string_append_printf (self->changes, "%u-%u+%u ", position, removed, added);
  /* Only where all rows are others do some go and come at once. */
  g_assert_true (removed == 0 || added == 0 || (position == 0 && removed == self->rowids->len));
  g_assert_cmpuint (position + removed, <=, self->rowids->len);
  for (guint i = 0; i < removed; i++)
    let_go (self, position + i);
  if (removed > 0)
    g_array_remove_range (self->rowids, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 rowid = engram_record_rows_get_rowid (self->rows, position + i);

      g_array_insert_val (self->rowids, position + i, rowid);
    }

  g_assert_cmpuint (self->rowids->len, ==, g_list_model_get_n_items (G_LIST_MODEL (self)));
  for (guint i = 0; i < self->rowids->len; i++)
    g_assert_cmpint (engram_record_rows_get_rowid (self->rows, i), ==, g_array_index (self->rowids, gint64, i));
  for (guint i = 0; self->random != NULL && i < self->rowids->len; i++)
    if (g_rand_double (self->random) < 0.1)
      hold (self, i);
}

static TestList *
make_list (void)
{
  TestList *self = g_object_new (TEST_TYPE_LIST, NULL);

  g_signal_connect (self, "items-changed", G_CALLBACK (note_change), NULL);
  return self;
}

static EngramRowOrder *
make_order (GRand    *random,
            double    share,
            gboolean  shuffled)
{
  gint64 *rowids = g_new (gint64, N_POSSIBLE);
  gsize n_rowids = 0;

  for (gint64 rowid = 0; rowid < N_POSSIBLE; rowid++)
    if (g_rand_double (random) < share)
      rowids[n_rowids++] = rowid;
  for (gsize i = n_rowids; shuffled && i > 1; i--)
    {
      gsize other = g_rand_int_range (random, 0, i);
      gint64 rowid = rowids[i - 1];

      rowids[i - 1] = rowids[other];
      rowids[other] = rowid;
    }
  return engram_row_order_new (rowids, n_rowids);
}

/* Rows that are told of later are told of now. */
static void
await_all (TestList *self)
{
  while (engram_record_rows_is_growing (self->rows))
    {
      GSource *growth = g_main_context_find_source_by_user_data (NULL, self->rows);

      g_assert_nonnull (growth);
      g_source_set_ready_time (growth, 0);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
set_order (TestList       *self,
           EngramRowOrder *before,
           EngramRowOrder *order,
           gboolean        anew)
{
  gsize same_start = 0, same_end = 0;

  if (before != NULL)
    engram_order_compare (before, order, &same_start, &same_end, NULL);
  engram_record_rows_set_order (self->rows, order, same_start, same_end, anew);
  await_all (self);
}

/* The length of the longest run of held rows that stand in the same order in both, by comparing each with each. */
static guint
count_longest (GArray         *held,
               EngramRowOrder *order)
{
  g_autofree guint *lengths = g_new0 (guint, held->len);
  guint longest = 0;
  gsize to, other;

  for (guint i = 0; i < held->len; i++)
    {
      if (!engram_row_order_find (order, g_array_index (held, gint64, i), &to))
        continue;
      lengths[i] = 1;
      for (guint j = 0; j < i; j++)
        if (lengths[j] >= lengths[i] && engram_row_order_find (order, g_array_index (held, gint64, j), &other) &&
            other < to)
          lengths[i] = lengths[j] + 1;
      longest = MAX (longest, lengths[i]);
    }
  return longest;
}

static void
assert_order (TestList       *self,
              EngramRowOrder *order)
{
  g_assert_cmpuint (self->rowids->len, ==, engram_row_order_get_size (order));
  for (guint i = 0; i < self->rowids->len; i++)
    g_assert_cmpint (g_array_index (self->rowids, gint64, i), ==, engram_row_order_get (order, i));
}

/* Rows that somebody else holds: the same object for the same record, wherever it is now. */
static void
assert_kept (TestList       *self,
             GPtrArray      *kept,
             EngramRowOrder *order)
{
  for (guint i = 0; i < kept->len; i++)
    {
      EngramRecordRow *row = g_ptr_array_index (kept, i);
      gsize position;

      if (engram_row_order_find (order, engram_record_row_get_rowid (row), &position))
        {
          g_autoptr (EngramRecordRow) found = g_list_model_get_item (G_LIST_MODEL (self), position);

          g_assert_true (found == row);
          g_assert_cmpuint (engram_record_row_get_position (row), ==, position);
          g_assert_true (engram_record_row_is_listed (row));
        }
      else
        g_assert_false (engram_record_row_is_listed (row));
    }
}

static void
run_round (GRand    *random,
           gboolean  looking)
{
  g_autoptr (TestList) self = make_list ();
  gboolean shuffled = g_rand_boolean (random);
  g_autoptr (EngramRowOrder) before = make_order (random, g_rand_double (random), shuffled);
  g_autoptr (EngramRowOrder) after = make_order (random, g_rand_double (random),
                                                 shuffled && g_rand_boolean (random));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (gint64));
  double share = g_rand_double (random) * 0.5;
  guint n_gone = 0, longest;

  set_order (self, NULL, before, FALSE);
  for (guint i = 0; i < self->rowids->len; i++)
    if (g_rand_double (random) < share)
      {
        g_array_append_val (held, g_array_index (self->rowids, gint64, i));
        hold (self, i);
        if (g_rand_double (random) < 0.3)
          g_ptr_array_add (kept, g_list_model_get_item (G_LIST_MODEL (self), i));
      }
  for (guint i = 0; i < held->len; i++)
    n_gone += !engram_row_order_find (after, g_array_index (held, gint64, i), NULL);
  longest = count_longest (held, after);

  self->random = looking ? random : NULL;
  set_order (self, before, after, FALSE);
  assert_order (self, after);
  assert_kept (self, kept, after);
  /* No row went that did not have to. */
  if (!looking)
    g_assert_cmpuint (self->removed->len, ==, held->len - longest);
  g_assert_cmpuint (self->removed->len, >=, n_gone);
}

static void
test_any (gconstpointer data)
{
  GRand *random = g_rand_new_with_seed (3);

  for (guint round = 0; round < N_ROUNDS; round++)
    run_round (random, GPOINTER_TO_INT (data));
  g_rand_free (random);
}

/* Another view: where few rows stay, all go and come; their objects stay all the same. */
static void
test_anew (void)
{
  GRand *random = g_rand_new_with_seed (4);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (TestList) self = make_list ();
      g_autoptr (EngramRowOrder) before = make_order (random, 0.9, TRUE);
      g_autoptr (EngramRowOrder) after = make_order (random, g_rand_double (random), TRUE);
      g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);

      set_order (self, NULL, before, FALSE);
      for (guint i = 0; i < self->rowids->len; i += 2)
        g_ptr_array_add (kept, g_list_model_get_item (G_LIST_MODEL (self), i));
      self->random = random;
      set_order (self, before, after, TRUE);
      assert_order (self, after);
      assert_kept (self, kept, after);
      g_assert_cmpuint (self->held->len, <=, self->rowids->len);
    }
  g_rand_free (random);
}

static EngramRowOrder *
make_range (gint64 first,
            gint64 n_rows,
            gint64 step)
{
  gint64 *rowids = g_new (gint64, n_rows);

  for (gint64 i = 0; i < n_rows; i++)
    rowids[i] = first + i * step;
  return engram_row_order_new (rowids, n_rows);
}

static void
assert_changes (TestList   *self,
                const char *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}

/* What is told, in so many words. */
static void
test_told (void)
{
  g_autoptr (TestList) self = make_list ();
  g_autoptr (EngramRowOrder) rows = make_range (1, 5000, 1);
  g_autoptr (EngramRowOrder) longer = make_range (1, 5007, 1);
  g_autoptr (EngramRowOrder) later = make_range (4, 5004, 1);
  g_autoptr (EngramRowOrder) reversed = make_range (5007, 5004, -1);

  set_order (self, NULL, rows, FALSE);
  g_assert_true (g_str_has_prefix (self->changes->str, "0-0+32 32-0+32 64-0+32 "));
  g_string_truncate (self->changes, 0);

  hold (self, 2500);
  set_order (self, rows, rows, FALSE);
  assert_changes (self, "");
  set_order (self, rows, longer, FALSE);
  assert_changes (self, "5000-0+7 ");
  set_order (self, longer, later, FALSE);
  assert_changes (self, "0-3+0 ");
  set_order (self, later, reversed, FALSE);
  assert_changes (self, "0-2497+0 0-0+2506 2507-2506+0 2507-0+2497 ");

  /* Another view in which of five rows one only would stay. */
  hold (self, 1);
  hold (self, 2);
  hold (self, 3);
  hold (self, 4);
  set_order (self, reversed, rows, TRUE);
  assert_changes (self, "0-5004+5000 ");
}

/* As many as there were are told of at once, and more than a window shows. */
static void
test_told_of_few (void)
{
  g_autoptr (TestList) self = make_list ();
  g_autoptr (EngramRowOrder) few = make_range (1, 10, 1);
  g_autoptr (EngramRowOrder) some = make_range (5000, 100, -1);
  g_autoptr (EngramRowOrder) many = make_range (1, 5000, 1);

  set_order (self, NULL, few, FALSE);
  g_string_truncate (self->changes, 0);
  hold (self, 1);
  set_order (self, few, some, TRUE);
  assert_changes (self, "0-10+48 48-0+32 80-0+20 ");
  hold (self, 1);
  set_order (self, some, many, TRUE);
  g_assert_true (g_str_has_prefix (self->changes->str, "0-100+100 100-0+32 "));
}

/* Rows that come while others have not been told of yet. */
static void
test_while_growing (void)
{
  g_autoptr (TestList) self = make_list ();
  g_autoptr (EngramRowOrder) first = make_range (1, 64, 1);
  g_autoptr (EngramRowOrder) all = make_range (1, 5000, 1);
  g_autoptr (EngramRowOrder) other = make_range (5000, 5000, -1);

  engram_record_rows_set_order (self->rows, first, 0, 0, TRUE);
  g_assert_true (engram_record_rows_is_growing (self->rows));
  engram_record_rows_set_order (self->rows, all, 64, 0, FALSE);
  hold (self, 10);
  set_order (self, all, other, FALSE);
  assert_order (self, other);
  g_assert_cmpuint (self->removed->len, ==, 0);
}

static void
test_rows_outlive (void)
{
  TestList *self = make_list ();
  g_autoptr (EngramRowOrder) rows = make_range (1, 20, 1);
  g_autoptr (EngramRecordRow) row = NULL;

  set_order (self, NULL, rows, FALSE);
  row = g_list_model_get_item (G_LIST_MODEL (self), 7);
  g_object_unref (self);
  g_assert_false (engram_record_row_is_listed (row));
  g_assert_cmpint (engram_record_row_get_rowid (row), ==, 8);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/record-rows/any", GINT_TO_POINTER (FALSE), test_any);
  g_test_add_data_func ("/record-rows/any-looked-at", GINT_TO_POINTER (TRUE), test_any);
  g_test_add_func ("/record-rows/anew", test_anew);
  g_test_add_func ("/record-rows/told", test_told);
  g_test_add_func ("/record-rows/told-of-few", test_told_of_few);
  g_test_add_func ("/record-rows/while-growing", test_while_growing);
  g_test_add_func ("/record-rows/outlive", test_rows_outlive);

  return g_test_run ();
}
