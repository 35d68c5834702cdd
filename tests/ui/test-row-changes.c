/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <engram.h>

#include "lists/engram-row-changes.h"

#define N_ROUNDS 300
#define N_POSSIBLE 60

/* Some of the rowids from 0 on, in ascending order. */
static EngramRowOrder *
make_order (GRand  *random,
            double  share)
{
  gint64 *rowids = g_new (gint64, N_POSSIBLE);
  gsize n_rowids = 0;

  for (gint64 rowid = 0; rowid < N_POSSIBLE; rowid++)
    if (g_rand_double (random) < share)
      rowids[n_rowids++] = rowid;
  return engram_row_order_new (rowids, n_rowids);
}

static GArray *
list_rowids (EngramRowOrder *order)
{
  GArray *rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; i < engram_row_order_get_size (order); i++)
    {
      gint64 rowid = engram_row_order_get (order, i);

      g_array_append_val (rowids, rowid);
    }
  return rowids;
}

/* Makes the changes, taking what comes from the order that shall result. */
static void
apply (GArray         *rowids,
       GArray         *changes,
       EngramRowOrder *after)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const EngramRowChange *change = &g_array_index (changes, EngramRowChange, i);

      g_assert_cmpuint (change->removed + change->added, >, 0);
      g_assert_cmpuint (change->position + change->removed, <=, rowids->len);
      if (change->removed > 0)
        g_array_remove_range (rowids, change->position, change->removed);
      for (guint j = 0; j < change->added; j++)
        {
          gint64 rowid = engram_row_order_get (after, change->position + j);

          g_array_insert_val (rowids, change->position + j, rowid);
        }
    }
}

static void
assert_same (GArray         *rowids,
             EngramRowOrder *order)
{
  g_assert_cmpuint (rowids->len, ==, engram_row_order_get_size (order));
  for (guint i = 0; i < rowids->len; i++)
    g_assert_cmpint (g_array_index (rowids, gint64, i), ==, engram_row_order_get (order, i));
}

static void
test_find (void)
{
  GRand *random = g_rand_new_with_seed (1);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (EngramRowOrder) before = make_order (random, g_rand_double (random));
      g_autoptr (EngramRowOrder) after = make_order (random, g_rand_double (random));
      g_autoptr (GArray) changes = engram_row_changes_find (before, after, NULL);
      g_autoptr (GArray) rowids = list_rowids (before);

      apply (rowids, changes, after);
      assert_same (rowids, after);
    }
  g_rand_free (random);
}

static void
test_find_nothing (void)
{
  static const gint64 rowids[] = { 3, 5, 9 };
  g_autoptr (EngramRowOrder) order = engram_row_order_new (g_memdup2 (rowids, sizeof rowids), 3);
  g_autoptr (GArray) same = engram_row_changes_find (order, order, NULL);
  g_autoptr (GArray) all = engram_row_changes_find (NULL, order, NULL);

  g_assert_cmpuint (same->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpuint (g_array_index (all, EngramRowChange, 0).added, ==, 3);
}

/* Rows that stay and are watched must not be removed; all else may be. */
static void
assert_kept (EngramRowOrder *before,
             EngramRowOrder *after,
             GArray         *watched,
             GArray         *changes)
{
  g_autoptr (GArray) rowids = list_rowids (before);

  for (guint i = 0; i < changes->len; i++)
    {
      const EngramRowChange *change = &g_array_index (changes, EngramRowChange, i);

      for (guint j = 0; j < change->removed; j++)
        {
          gint64 removed = g_array_index (rowids, gint64, change->position + j);

          for (guint k = 0; k < watched->len; k++)
            if (engram_row_order_get (before, g_array_index (watched, guint, k)) == removed)
              g_assert_false (engram_row_order_find (after, removed, NULL));
        }
      g_array_remove_range (rowids, change->position, change->removed);
      for (guint j = 0; j < change->added; j++)
        {
          gint64 rowid = engram_row_order_get (after, change->position + j);

          g_array_insert_val (rowids, change->position + j, rowid);
        }
    }
}

static void
test_merge (void)
{
  GRand *random = g_rand_new_with_seed (2);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (EngramRowOrder) before = make_order (random, g_rand_double (random));
      g_autoptr (EngramRowOrder) after = make_order (random, g_rand_double (random));
      g_autoptr (GArray) changes = engram_row_changes_find (before, after, NULL);
      g_autoptr (GArray) rowids = list_rowids (before);
      g_autoptr (GArray) watched = g_array_new (FALSE, FALSE, sizeof (guint));
      double share = g_rand_double (random) * 0.3;

      for (guint i = 0; i < rowids->len; i++)
        if (g_rand_double (random) < share)
          g_array_append_val (watched, i);
      engram_row_changes_merge (changes, (const guint *) watched->data, watched->len);
      g_assert_cmpuint (changes->len, <=, watched->len + 1);
      assert_kept (before, after, watched, changes);
      apply (rowids, changes, after);
      assert_same (rowids, after);
    }
  g_rand_free (random);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-changes/find", test_find);
  g_test_add_func ("/row-changes/find-nothing", test_find_nothing);
  g_test_add_func ("/row-changes/merge", test_merge);

  return g_test_run ();
}
