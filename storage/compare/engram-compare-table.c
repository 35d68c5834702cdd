/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-compare-scan-private.h"

#include <string.h>

/* Both tables are gone through side by side, by rowid. In a backup, and in whatever a network has grown into, a row
 * stands where it stood, so that nearly all rows meet their counterpart there. Those that do not are put aside, and
 * matched by their ids afterwards (engram-compare-loose.c). */

/* Into how many ranges of rowids a table is cut. */
#define N_PARTS 64

/* How much of the work is over when the tables have been gone through, where some rows have moved. */
#define FIRST_PASS 0.75

typedef struct {
  EngramCompareFound  found;
  GArray             *loose[ENGRAM_COMPARE_N_SIDES]; /* of EngramCompareKeyedRow */
} Part;

typedef struct {
  EngramCompareScan  *readers;
  EngramCompareTable *table;
  gint64              first;
  guint64             rows_per_part;
  gint64              last;
  GArray             *repeated; /* of EngramCompareKey, in order: ids that stand twice in one of the files */
  Part                parts[N_PARTS];
} Scan;

/* Ids */

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return memcmp (a, b, sizeof (EngramCompareKey));
}

/* Whether the row has an id that is its own. */
static gboolean
get_key (const Scan       *self,
         sqlite3_stmt     *row,
         EngramCompareKey *key)
{
  const GArray *repeated = self->repeated;

  return engram_compare_key_read (key, row) &&
         (repeated->len == 0 || bsearch (key, repeated->data, repeated->len, sizeof *key, compare_keys) == NULL);
}

/* Where the table says so itself, no id stands twice. */
static gboolean
has_unique_ids (EngramConnection  *connection,
                const char        *table,
                gboolean          *has,
                GError           **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count(*) FROM pragma_index_list('%s') AS list WHERE list.\"unique\"=1 AND list.partial=0"
    " AND (SELECT count(*) FROM pragma_index_info(list.name))=1"
    " AND (SELECT name FROM pragma_index_info(list.name))='id'", table);
  gint64 count;

  if (!engram_connection_get_integer (connection, sql, &count, error))
    return FALSE;
  *has = count > 0;
  return TRUE;
}

static gboolean
find_repeated (Scan              *self,
               EngramConnection  *connection,
               GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE typeof(id)='text' GROUP BY id COLLATE BINARY"
                                          " HAVING count(*)>1", self->table->name);
  g_autoptr (EngramStatement) statement = NULL;
  gboolean has_unique;
  int status;

  if (!has_unique_ids (connection, self->table->name, &has_unique, error))
    return FALSE;
  if (has_unique)
    return TRUE;
  statement = engram_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      const char *id = (const char *) sqlite3_column_text (row, 0);
      EngramCompareKey key;

      if (id == NULL)
        return engram_compare_check_memory (connection, error);
      engram_compare_key_init (&key, id, (gsize) sqlite3_column_bytes (row, 0));
      g_array_append_val (self->repeated, key);
    }
  return status == 0;
}

/* One range of rowids */

typedef struct {
  Scan             *scan;
  Part             *part;
  EngramReader     *readers[ENGRAM_COMPARE_N_SIDES];
  EngramStatement  *statements[ENGRAM_COMPARE_N_SIDES];
  sqlite3_stmt     *rows[ENGRAM_COMPARE_N_SIDES];       /* NULL at the end */
} Range;

static void
range_clear (Range *self)
{
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_clear_pointer (&self->statements[side], engram_statement_release);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Range, range_clear)

static gint64
get_rowid (const Range *self,
           guint        side)
{
  return sqlite3_column_int64 (self->rows[side], ENGRAM_COMPARE_ROWID);
}

static gboolean
step (Range   *self,
      guint    side,
      GError **error)
{
  int status = engram_statement_step (self->statements[side], error);
  gint64 rowid;

  self->rows[side] = status > 0 ? engram_statement_get_handle (self->statements[side]) : NULL;
  if (status <= 0)
    return status == 0;
  rowid = get_rowid (self, side);
  g_array_append_val (self->part->found.rows[side], rowid);
  return TRUE;
}

static gboolean
range_begin (Range   *self,
             gint64   first,
             gint64   last,
             GError **error)
{
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      self->statements[side] = engram_connection_prepare (self->readers[side], self->scan->table->selects[side], error);
      if (self->statements[side] == NULL)
        return FALSE;
      engram_statement_bind_int64 (self->statements[side], 1, first);
      engram_statement_bind_int64 (self->statements[side], 2, last);
      if (!step (self, side, error))
        return FALSE;
    }
  return TRUE;
}

/* A row that does not meet its counterpart here. */
static void
put_aside (Range *self,
           guint  side)
{
  EngramCompareKeyedRow loose = { .rowid = get_rowid (self, side) };

  if (get_key (self->scan, self->rows[side], &loose.key))
    g_array_append_val (self->part->loose[side], loose);
  else
    g_array_append_val (self->part->found.unclear[side], loose.rowid);
}

/* Whether both rows have the same text for an id. */
static gboolean
has_same_id (sqlite3_stmt *today,
             sqlite3_stmt *other)
{
  return sqlite3_column_type (today, ENGRAM_COMPARE_ID) == SQLITE_TEXT &&
         sqlite3_column_type (other, ENGRAM_COMPARE_ID) == SQLITE_TEXT &&
         engram_compare_is_same_value (today, other, ENGRAM_COMPARE_ID);
}

/* Rows without an id of their own are taken for one where they stand in one place and nothing differs. */
static void
compare_here (Range *self)
{
  sqlite3_stmt *today = self->rows[ENGRAM_COMPARE_TODAY], *other = self->rows[ENGRAM_COMPARE_OTHER];
  EngramCompareKey key;

  /* The ordinary case: no need to make keys of ids. */
  if (has_same_id (today, other) && (self->scan->repeated->len == 0 || get_key (self->scan, today, &key)))
    {
      engram_compare_found_note (&self->part->found, self->scan->table, today, other);
      return;
    }
  if (get_key (self->scan, today, &key) || get_key (self->scan, other, &key) ||
      !engram_compare_found_note_same (&self->part->found, self->scan->table, today, other))
    {
      put_aside (self, ENGRAM_COMPARE_TODAY);
      put_aside (self, ENGRAM_COMPARE_OTHER);
    }
}

/* Deals with the lower one of the two rows, or with both where they stand in one place. */
static gboolean
take_next (Range   *self,
           GError **error)
{
  gboolean takes[ENGRAM_COMPARE_N_SIDES];

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      guint beside = ENGRAM_COMPARE_OTHER - side;

      takes[side] = self->rows[side] != NULL &&
                    (self->rows[beside] == NULL || get_rowid (self, side) <= get_rowid (self, beside));
    }
  if (takes[ENGRAM_COMPARE_TODAY] && takes[ENGRAM_COMPARE_OTHER])
    compare_here (self);
  else
    put_aside (self, takes[ENGRAM_COMPARE_TODAY] ? ENGRAM_COMPARE_TODAY : ENGRAM_COMPARE_OTHER);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    if (takes[side] && (!engram_compare_check_memory (self->readers[side], error) || !step (self, side, error)))
      return FALSE;
  return TRUE;
}

static gboolean
scan_part (guint      thread,
           guint      part,
           gpointer   data,
           GError   **error)
{
  Scan *self = data;
  g_auto (Range) range = {
    .scan = self,
    .part = &self->parts[part],
    .readers = {
      self->readers->readers[ENGRAM_COMPARE_TODAY][thread],
      self->readers->readers[ENGRAM_COMPARE_OTHER][thread],
    },
  };
  guint64 offset = part * self->rows_per_part;
  gint64 first, last;

  /* Rowids may be negative, and far apart: their differences are unsigned. */
  if (offset > (guint64) self->last - (guint64) self->first)
    return TRUE;
  first = (gint64) ((guint64) self->first + offset);
  last = (gint64) ((guint64) first + MIN ((guint64) self->last - (guint64) first, self->rows_per_part - 1));
  if (!range_begin (&range, first, last, error))
    return FALSE;
  while (range.rows[ENGRAM_COMPARE_TODAY] != NULL || range.rows[ENGRAM_COMPARE_OTHER] != NULL)
    if (!take_next (&range, error))
      return FALSE;
  return TRUE;
}

/* The whole table */

static gboolean
find_ends (Scan    *self,
           GError **error)
{
  g_autofree char *least = g_strdup_printf ("SELECT min(rowid) FROM %s", self->table->name);
  g_autofree char *greatest = g_strdup_printf ("SELECT max(rowid) FROM %s", self->table->name);
  guint64 span;

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      gint64 first, last;

      if (!engram_connection_get_integer (self->readers->readers[side][0], least, &first, error) ||
          !engram_connection_get_integer (self->readers->readers[side][0], greatest, &last, error))
        return FALSE;
      self->first = side == 0 ? first : MIN (self->first, first);
      self->last = side == 0 ? last : MAX (self->last, last);
    }
  span = (guint64) self->last - (guint64) self->first;
  self->rows_per_part = span / N_PARTS + 1;
  return TRUE;
}

/* Each part gives its memory back as soon as it is taken over. */
static void
take_part (Part               *self,
           EngramCompareFound *found,
           GArray             *loose[ENGRAM_COMPARE_N_SIDES])
{
  engram_compare_found_take (found, &self->found);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_array_append_vals (loose[side], self->loose[side]->data, self->loose[side]->len);
}

static void
part_init (Part *self)
{
  engram_compare_found_init (&self->found);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    self->loose[side] = g_array_new (FALSE, FALSE, sizeof (EngramCompareKeyedRow));
}

static void
part_clear (Part *self)
{
  engram_compare_found_clear (&self->found);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_clear_pointer (&self->loose[side], g_array_unref);
}

static Scan *
scan_new (EngramCompareScan  *readers,
          EngramCompareTable *table)
{
  Scan *self = g_new0 (Scan, 1);

  self->readers = readers;
  self->table = table;
  self->repeated = g_array_new (FALSE, FALSE, sizeof (EngramCompareKey));
  for (guint i = 0; i < N_PARTS; i++)
    part_init (&self->parts[i]);
  return self;
}

static void
scan_free (Scan *self)
{
  g_array_unref (self->repeated);
  for (guint i = 0; i < N_PARTS; i++)
    part_clear (&self->parts[i]);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scan, scan_free)

static gboolean
scan_rows (EngramCompareScan   *readers,
           EngramCompareTable  *table,
           EngramCompareFound  *found,
           GArray              *loose[ENGRAM_COMPARE_N_SIDES],
           const char          *phase,
           double               from,
           double               to,
           GError             **error)
{
  g_autoptr (Scan) self = scan_new (readers, table);

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    if (!find_repeated (self, readers->readers[side][0], error))
      return FALSE;
  g_array_sort (self->repeated, compare_keys);
  if (!find_ends (self, error) ||
      !engram_compare_scan_run (readers, N_PARTS, scan_part, self, phase, from, to, error))
    return FALSE;
  for (guint i = 0; i < N_PARTS; i++)
    {
      take_part (&self->parts[i], found, loose);
      part_clear (&self->parts[i]);
    }
  return TRUE;
}

gboolean
engram_compare_scan_table (EngramCompareScan   *self,
                           EngramCompareTable  *table,
                           EngramCompareFound  *found,
                           const char          *phase,
                           double               from,
                           double               to,
                           GError             **error)
{
  g_autoptr (GArray) loose = g_array_new (FALSE, FALSE, sizeof (EngramCompareKeyedRow));
  g_autoptr (GArray) other_loose = g_array_new (FALSE, FALSE, sizeof (EngramCompareKeyedRow));
  GArray *both[ENGRAM_COMPARE_N_SIDES] = { loose, other_loose };
  double middle = from + (to - from) * FIRST_PASS;

  return scan_rows (self, table, found, both, phase, from, middle, error) &&
         engram_compare_scan_loose (self, table, both, found, phase, middle, to, error);
}
