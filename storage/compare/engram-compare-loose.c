/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-compare-scan-private.h"

#include <string.h>

/* So many pairs are one part of the work. */
#define PAIRS_PER_PART 4096

/* A row that is no further than this from the last one is gone to step by step, which is quicker than to look it up:
 * rows that moved keep their order as a rule. One that is further away by its rowid may yet be the next one, where rows
 * stand far apart; but each row that is passed over costs a page where they are long. */
#define MAX_STEPS 8

typedef struct {
  gint64 rowids[ENGRAM_COMPARE_N_SIDES];
} Pair;

/* Matching */

static int
compare_by_key (gconstpointer a,
                gconstpointer b)
{
  const EngramCompareKeyedRow *row = a, *other = b;
  int order = memcmp (&row->key, &other->key, sizeof row->key);

  if (order != 0)
    return order;
  return row->rowid < other->rowid ? -1 : row->rowid > other->rowid;
}

static int
compare_rowids (gconstpointer a,
                gconstpointer b)
{
  gint64 rowid = *(const gint64 *) a, other = *(const gint64 *) b;

  return rowid < other ? -1 : rowid > other;
}

static gboolean
sort_part (guint      thread,
           guint      part,
           gpointer   data,
           GError   **error)
{
  GArray **loose = data;

  g_array_sort (loose[part], compare_by_key);
  return TRUE;
}

static const EngramCompareKeyedRow *
peek (GArray *rows,
      guint   i)
{
  return i < rows->len ? &g_array_index (rows, EngramCompareKeyedRow, i) : NULL;
}

/* How many rows from @i on have the key. */
static guint
count_key (GArray                 *rows,
           guint                   i,
           const EngramCompareKey *key)
{
  guint count = 0;

  while (i + count < rows->len && memcmp (&peek (rows, i + count)->key, key, sizeof *key) == 0)
    count++;
  return count;
}

/* Rows of an id that is in one of the files, or stands in one of them twice: then it cannot be known which is meant. */
static void
note_unmatched (EngramCompareFound *found,
                guint               side,
                GArray             *rows,
                guint               i,
                guint               count,
                gboolean            is_clear)
{
  for (; count > 0; i++, count--)
    {
      const EngramCompareKeyedRow *row = peek (rows, i);

      if (is_clear)
        g_array_append_val (found->alone[side], *row);
      else
        g_array_append_val (found->unclear[side], row->rowid);
    }
}

/* (transfer full) (element-type Pair): those that belong together */
static GArray *
match (GArray             *loose[ENGRAM_COMPARE_N_SIDES],
       EngramCompareFound *found)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  guint at[ENGRAM_COMPARE_N_SIDES] = { 0, 0 };

  for (;;)
    {
      const EngramCompareKeyedRow *today = peek (loose[ENGRAM_COMPARE_TODAY], at[ENGRAM_COMPARE_TODAY]);
      const EngramCompareKeyedRow *other = peek (loose[ENGRAM_COMPARE_OTHER], at[ENGRAM_COMPARE_OTHER]);
      guint counts[ENGRAM_COMPARE_N_SIDES];
      EngramCompareKey key;

      if (today == NULL && other == NULL)
        return pairs;
      key = other == NULL || (today != NULL && memcmp (&today->key, &other->key, sizeof key) < 0) ? today->key
                                                                                              : other->key;
      for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
        counts[side] = count_key (loose[side], at[side], &key);
      if (counts[ENGRAM_COMPARE_TODAY] == 1 && counts[ENGRAM_COMPARE_OTHER] == 1)
        {
          Pair pair = { { today->rowid, other->rowid } };

          g_array_append_val (pairs, pair);
        }
      else
        {
          gboolean is_clear = counts[ENGRAM_COMPARE_TODAY] + counts[ENGRAM_COMPARE_OTHER] == 1;

          for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
            note_unmatched (found, side, loose[side], at[side], counts[side], is_clear);
        }
      for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
        at[side] += counts[side];
    }
}

/* Comparing */

typedef struct {
  EngramStatement *statement;
  sqlite3_stmt    *row;       /* NULL where it stands nowhere */
} Cursor;

typedef struct {
  EngramCompareScan  *scan;
  EngramCompareTable *table;
  GArray             *pairs;
  EngramCompareFound *parts;
} Pairs;

static void
cursor_clear (Cursor *self)
{
  g_clear_pointer (&self->statement, engram_statement_release);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cursor, cursor_clear)

static gboolean
cursor_step (Cursor  *self,
             GError **error)
{
  int status = engram_statement_step (self->statement, error);

  self->row = status > 0 ? engram_statement_get_handle (self->statement) : NULL;
  return status >= 0;
}

/* How many rows on the way to the row may be looked at. */
static guint
count_steps (const Cursor *self,
             gint64        rowid)
{
  gint64 here;

  if (self->row == NULL)
    return 0;
  here = sqlite3_column_int64 (self->row, ENGRAM_COMPARE_ROWID);
  if (rowid < here)
    return 0;
  return (guint64) rowid - (guint64) here <= MAX_STEPS ? MAX_STEPS : 1;
}

static gboolean
stands_at (const Cursor *self,
           gint64        rowid)
{
  return self->row != NULL && sqlite3_column_int64 (self->row, ENGRAM_COMPARE_ROWID) == rowid;
}

/* Goes to the row. It was seen in the same snapshot, but a damaged table may lead elsewhere the second time: then the
 * cursor stands nowhere. */
static gboolean
cursor_go (Cursor  *self,
           gint64   rowid,
           GError **error)
{
  sqlite3_stmt *handle = engram_statement_get_handle (self->statement);

  for (guint i = count_steps (self, rowid); i > 0 && self->row != NULL && !stands_at (self, rowid); i--)
    if (!cursor_step (self, error))
      return FALSE;
  if (stands_at (self, rowid))
    return TRUE;
  sqlite3_reset (handle);
  engram_statement_bind_int64 (self->statement, 1, rowid);
  engram_statement_bind_int64 (self->statement, 2, G_MAXINT64);
  if (!cursor_step (self, error))
    return FALSE;
  if (!stands_at (self, rowid))
    self->row = NULL;
  return TRUE;
}

static void
compare_pair (Pairs              *self,
              EngramCompareFound *found,
              const Pair         *pair,
              sqlite3_stmt       *today,
              sqlite3_stmt       *other)
{
  if (today != NULL && other != NULL)
    {
      engram_compare_found_note (found, self->table, today, other);
      return;
    }
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_array_append_val (found->unclear[side], pair->rowids[side]);
}

static gboolean
compare_part (guint      thread,
              guint      part,
              gpointer   data,
              GError   **error)
{
  Pairs *self = data;
  g_auto (Cursor) today = { NULL, NULL };
  g_auto (Cursor) other = { NULL, NULL };
  Cursor *cursors[ENGRAM_COMPARE_N_SIDES] = { &today, &other };
  guint first = part * PAIRS_PER_PART;
  guint end = MIN (first + PAIRS_PER_PART, self->pairs->len);

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      cursors[side]->statement = engram_connection_prepare (self->scan->readers[side][thread],
                                                            self->table->selects[side], error);
      if (cursors[side]->statement == NULL)
        return FALSE;
    }
  for (guint i = first; i < end; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
        if (!cursor_go (cursors[side], pair->rowids[side], error))
          return FALSE;
      compare_pair (self, &self->parts[part], pair, today.row, other.row);
      for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
        if (!engram_compare_check_memory (self->scan->readers[side][thread], error))
          return FALSE;
    }
  return TRUE;
}

static int
compare_changed (gconstpointer a,
                 gconstpointer b)
{
  return compare_rowids (&((const EngramComparedRow *) a)->rowid, &((const EngramComparedRow *) b)->rowid);
}

static gboolean
compare_pairs (Pairs               *self,
               EngramCompareFound  *found,
               const char          *phase,
               double               from,
               double               to,
               GError             **error)
{
  guint n_parts = self->pairs->len / PAIRS_PER_PART + 1;
  gboolean done;

  g_array_sort (self->pairs, compare_rowids);
  self->parts = g_new (EngramCompareFound, n_parts);
  for (guint i = 0; i < n_parts; i++)
    engram_compare_found_init (&self->parts[i]);
  done = engram_compare_scan_run (self->scan, n_parts, compare_part, self, phase, from, to, error);
  for (guint i = 0; i < n_parts; i++)
    {
      engram_compare_found_take (found, &self->parts[i]);
      engram_compare_found_clear (&self->parts[i]);
    }
  g_free (self->parts);
  return done;
}

gboolean
engram_compare_scan_loose (EngramCompareScan   *self,
                           EngramCompareTable  *table,
                           GArray              *loose[ENGRAM_COMPARE_N_SIDES],
                           EngramCompareFound  *found,
                           const char          *phase,
                           double               from,
                           double               to,
                           GError             **error)
{
  g_autoptr (GArray) pairs = NULL;
  Pairs work;

  if (!engram_compare_scan_run (self, ENGRAM_COMPARE_N_SIDES, sort_part, loose, phase, from, from, error))
    return FALSE;
  pairs = match (loose, found);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_array_set_size (loose[side], 0);
  work = (Pairs) { self, table, pairs, NULL };
  if (!compare_pairs (&work, found, phase, from, to, error))
    return FALSE;
  g_array_sort (found->changed, compare_changed);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      g_array_sort (found->alone[side], compare_rowids);
      g_array_sort (found->unclear[side], compare_rowids);
    }
  return TRUE;
}
