/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

static EngramRowOrder *
make_order (const gint64 *rowids,
            gsize         n_rowids)
{
  return engram_row_order_new (g_memdup2 (rowids, n_rowids * sizeof (gint64)), n_rowids);
}

static void
assert_order (const gint64 *rowids,
              gsize         n_rowids)
{
  g_autoptr (EngramRowOrder) order = make_order (rowids, n_rowids);

  g_assert_cmpuint (engram_row_order_get_size (order), ==, n_rowids);
  for (gsize i = 0; i < n_rowids; i++)
    {
      gsize position = 12345;

      g_assert_cmpint (engram_row_order_get (order, i), ==, rowids[i]);
      g_assert_true (engram_row_order_find (order, rowids[i], &position));
      g_assert_cmpuint (position, ==, i);
      g_assert_true (engram_row_order_find (order, rowids[i], NULL));
    }
}

static void
assert_absent (const gint64 *rowids,
               gsize         n_rowids,
               gint64        rowid)
{
  g_autoptr (EngramRowOrder) order = make_order (rowids, n_rowids);
  gsize position = 12345;

  g_assert_false (engram_row_order_find (order, rowid, &position));
  g_assert_cmpuint (position, ==, 12345);
}

static void
test_shapes (void)
{
  static const gint64 one[] = { 7 };
  static const gint64 run[] = { 5, 6, 7, 8 };
  static const gint64 negative_run[] = { -2, -1, 0, 1 };
  static const gint64 ascending[] = { 1, 2, 4, 1000000000000 };
  static const gint64 descending[] = { 8, 7, 6, 5 };
  static const gint64 mixed[] = { 3, 1, 2, 4 };
  static const gint64 edges[] = { G_MININT64, 0, G_MAXINT64 };
  static const gint64 last_run[] = { G_MAXINT64 - 1, G_MAXINT64 };
  static const gint64 around[] = { G_MAXINT64, G_MININT64 };

  assert_order (one, G_N_ELEMENTS (one));
  assert_order (run, G_N_ELEMENTS (run));
  assert_order (negative_run, G_N_ELEMENTS (negative_run));
  assert_order (ascending, G_N_ELEMENTS (ascending));
  assert_order (descending, G_N_ELEMENTS (descending));
  assert_order (mixed, G_N_ELEMENTS (mixed));
  assert_order (edges, G_N_ELEMENTS (edges));
  assert_order (last_run, G_N_ELEMENTS (last_run));
  assert_order (around, G_N_ELEMENTS (around));

  for (gint64 rowid = -5; rowid < 15; rowid++)
    {
      if (rowid != 7)
        assert_absent (one, G_N_ELEMENTS (one), rowid);
      if (rowid < 5 || rowid > 8)
        {
          assert_absent (run, G_N_ELEMENTS (run), rowid);
          assert_absent (descending, G_N_ELEMENTS (descending), rowid);
        }
      if (rowid != 1 && rowid != 2 && rowid != 4)
        assert_absent (ascending, G_N_ELEMENTS (ascending), rowid);
    }
  assert_absent (run, G_N_ELEMENTS (run), G_MININT64);
  assert_absent (run, G_N_ELEMENTS (run), G_MAXINT64);
  assert_absent (last_run, G_N_ELEMENTS (last_run), G_MININT64);
  assert_absent (negative_run, G_N_ELEMENTS (negative_run), G_MAXINT64);
}

static void
test_run (void)
{
  g_autoptr (EngramRowOrder) order = engram_row_order_new_run (-3, 5);
  g_autoptr (EngramRowOrder) none = engram_row_order_new_run (7, 0);
  gsize position;

  g_assert_cmpuint (engram_row_order_get_size (order), ==, 5);
  for (gsize i = 0; i < 5; i++)
    {
      g_assert_cmpint (engram_row_order_get (order, i), ==, -3 + (int) i);
      g_assert_true (engram_row_order_find (order, -3 + (int) i, &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_false (engram_row_order_find (order, -4, NULL));
  g_assert_false (engram_row_order_find (order, 2, NULL));
  g_assert_cmpuint (engram_row_order_get_size (none), ==, 0);
  g_assert_false (engram_row_order_find (none, 7, NULL));
}

/* A shuffled order, made by the one who knows where each row stands and by the one who does not. */
static void
test_sorted (void)
{
  enum { N_ROWS = 10007 };
  gint64 *rowids = g_new (gint64, N_ROWS);
  guint32 *positions = g_new (guint32, N_ROWS);
  g_autoptr (EngramRowOrder) plain = NULL;
  g_autoptr (EngramRowOrder) sorted = NULL;

  for (gsize i = 0; i < N_ROWS; i++)
    {
      gsize rank = i * 4567 % N_ROWS;

      rowids[i] = (gint64) rank * 3 - 1000;
      positions[rank] = i;
    }
  plain = make_order (rowids, N_ROWS);
  sorted = engram_row_order_new_sorted (rowids, positions, N_ROWS);
  for (gint64 rowid = -1010; rowid < 3 * N_ROWS - 990; rowid++)
    {
      gboolean is_there = rowid >= -1000 && (rowid + 1000) % 3 == 0 && rowid < 3 * N_ROWS - 1000;
      gsize position = 0, other = 0;

      g_assert_cmpint (engram_row_order_find (sorted, rowid, &position), ==, is_there);
      g_assert_cmpint (engram_row_order_find (plain, rowid, &other), ==, is_there);
      g_assert_cmpuint (position, ==, other);
      if (is_there)
        g_assert_cmpint (engram_row_order_get (sorted, position), ==, rowid);
    }
}

static void
test_empty (void)
{
  g_autoptr (EngramRowOrder) none = engram_row_order_new (NULL, 0);
  g_autoptr (EngramRowOrder) empty = engram_row_order_new (g_new (gint64, 1), 0);

  g_assert_cmpuint (engram_row_order_get_size (none), ==, 0);
  g_assert_cmpuint (engram_row_order_get_size (empty), ==, 0);
  g_assert_false (engram_row_order_find (none, 0, NULL));
  g_assert_false (engram_row_order_find (empty, 0, NULL));
}

static void
test_boxed (void)
{
  static const gint64 rowids[] = { 9, 3, 5 };
  g_autoptr (EngramRowOrder) order = make_order (rowids, G_N_ELEMENTS (rowids));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, ENGRAM_TYPE_ROW_ORDER);
  g_value_set_boxed (&value, order);
  g_assert_true (g_value_get_boxed (&value) == order);
  g_clear_pointer (&order, engram_row_order_unref);
  g_assert_cmpint (engram_row_order_get (g_value_get_boxed (&value), 1), ==, 3);
}

static gpointer
find_in_thread (gpointer data)
{
  EngramRowOrder *order = data;

  for (gint64 rowid = 1; rowid <= 2000; rowid++)
    {
      g_autoptr (EngramRowOrder) held = engram_row_order_ref (order);
      gsize position;

      g_assert_cmpint (engram_row_order_find (held, rowid, &position), ==, rowid % 2 == 0);
      if (rowid % 2 == 0)
        g_assert_cmpuint (position, ==, rowid / 2 - 1);
    }
  engram_row_order_unref (order);
  return NULL;
}

static void
test_threads (void)
{
  gint64 *rowids = g_new (gint64, 1000);
  g_autoptr (EngramRowOrder) order = NULL;
  GThread *threads[4];

  for (gsize i = 0; i < 1000; i++)
    rowids[i] = 2 * (i + 1);
  order = engram_row_order_new (rowids, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("find", find_in_thread, engram_row_order_ref (order));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-order/shapes", test_shapes);
  g_test_add_func ("/row-order/run", test_run);
  g_test_add_func ("/row-order/sorted", test_sorted);
  g_test_add_func ("/row-order/empty", test_empty);
  g_test_add_func ("/row-order/boxed", test_boxed);
  g_test_add_func ("/row-order/threads", test_threads);

  return g_test_run ();
}
