/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-text-private.h"

#include <string.h>

#include "query/engram-search-radix-private.h"

/* How much memory the bytes may take that are read to tell equal rows apart, how many bytes of a row these are, and how
 * often more of them are read before whole texts are compared. */
#define BYTES_OF_A_ROUND (32 * 1024 * 1024)
#define MIN_BYTES_OF_A_ROW 32
#define MAX_BYTES_OF_A_ROW 4096
#define MAX_ROUNDS 12

/* Rows that a thread takes at a time; fewer than this are left to one thread. */
#define ROWS_OF_A_BLOCK 1024

#define NO_SLOT G_MAXUINT32

/* Rows whose texts are the same as far as they were looked at: places in the order. */
typedef struct {
  guint32 first;
  guint32 n_rows;
} Group;

typedef struct {
  const EngramSearchKey *key;
  char            *sql;
  EngramScan      *scan;
  const gint64    *rowids;
  gsize            n_rows;
  GCancellable    *cancellable;

  guint32         *order;    /* rows that have a text, sorted as far as they are known */
  guint32          n_ordered;
  guint8          *is_same;  /* of each place in the order: whether the row there equals the one before it */
  GArray          *open;     /* of Group: to be told apart by more bytes */
  GArray          *level;    /* of Group: the same at the first level, to its end */

  /* A round */
  gsize            skip;
  gsize            n_bytes;
  guint32         *slots;    /* of each row: where its bytes go, or NO_SLOT */
  guint8          *bytes;

  int              next;     /* atomic: what the next free thread takes */
  int              has_failed; /* atomic */
  GMutex           mutex;
  GError          *error;    /* the first */
} Ranking;

static gboolean
has_stopped (Ranking *self)
{
  return g_atomic_int_get (&self->has_failed) || g_cancellable_is_cancelled (self->cancellable);
}

static void
keep_first_error (Ranking *self,
                  GError  *error)
{
  g_mutex_lock (&self->mutex);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_mutex_unlock (&self->mutex);
  g_clear_error (&error);
  g_atomic_int_set (&self->has_failed, TRUE);
}

/* Reading texts again */

typedef void (*TakeTextFunc) (Ranking    *self,
                              const char *text,
                              guint32     slot,
                              gpointer    data);

static gboolean
read_text (Ranking          *self,
           EngramStatement  *statement,
           guint32           row,
           guint32           slot,
           TakeTextFunc      take,
           gpointer          data,
           GError          **error)
{
  sqlite3_stmt *handle = engram_statement_get_handle (statement);
  g_autofree char *made = NULL;
  const char *text;
  int step;

  engram_statement_bind_int64 (statement, 1, self->rowids[row]);
  step = engram_statement_step (statement, error);
  if (step < 0)
    return FALSE;
  text = step > 0 ? self->key->get_text (handle, 0, &made) : NULL;
  take (self, text != NULL ? text : "", slot, data);
  sqlite3_reset (handle);
  return TRUE;
}

static void
take_bytes (Ranking    *self,
            const char *text,
            guint32     slot,
            gpointer    data)
{
  engram_text_get_level (text, self->skip, self->bytes + slot * self->n_bytes, self->n_bytes);
}

static void
read_blocks (guint    worker,
             gpointer data)
{
  Ranking *self = data;
  GError *error = NULL;
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self->scan->readers[worker], self->sql, &error);

  while (error == NULL && !has_stopped (self))
    {
      gsize first = (gsize) g_atomic_int_add (&self->next, 1) * ROWS_OF_A_BLOCK;
      gsize last = MIN (first + ROWS_OF_A_BLOCK, self->n_rows);

      if (first >= self->n_rows)
        break;
      for (gsize row = first; row < last && error == NULL; row++)
        if (self->slots[row] != NO_SLOT)
          read_text (self, statement, row, self->slots[row], take_bytes, NULL, &error);
    }
  if (error != NULL)
    keep_first_error (self, error);
}

/* Telling rows apart by the bytes of a round */

static int
compare_bytes (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const Ranking *self = data;
  const guint8 *first = self->bytes + self->slots[*(const guint32 *) a] * self->n_bytes;
  const guint8 *second = self->bytes + self->slots[*(const guint32 *) b] * self->n_bytes;

  return g_cancellable_is_cancelled (self->cancellable) ? 0 : memcmp (first, second, self->n_bytes);
}

/* Where the bytes end with a 0, the first level has ended. */
static void
add_group (Ranking *self,
           guint32  first,
           guint32  n_rows,
           gboolean has_ended)
{
  Group group = { first, n_rows };

  if (n_rows > 1)
    g_array_append_vals (has_ended ? self->level : self->open, &group, 1);
}

static void
split_group (Ranking     *self,
             const Group *group)
{
  guint32 *order = self->order + group->first;
  guint32 first = 0;

  g_qsort_with_data (order, (int) group->n_rows, sizeof *order, compare_bytes, self);
  for (guint32 i = 1; i <= group->n_rows; i++)
    {
      const guint8 *bytes = self->bytes + self->slots[order[first]] * self->n_bytes;

      if (i < group->n_rows && compare_bytes (&order[first], &order[i], self) == 0)
        continue;
      if (i < group->n_rows)
        self->is_same[group->first + i] = FALSE;
      add_group (self, group->first + first, i - first, bytes[self->n_bytes - 1] == 0);
      first = i;
    }
}

static guint32
assign_slots (Ranking *self)
{
  guint32 n_slots = 0;

  if (self->slots == NULL)
    self->slots = g_new (guint32, self->n_rows);
  memset (self->slots, 0xff, self->n_rows * sizeof *self->slots);
  for (guint i = 0; i < self->open->len; i++)
    {
      const Group *group = &g_array_index (self->open, Group, i);

      for (guint32 place = 0; place < group->n_rows; place++)
        self->slots[self->order[group->first + place]] = n_slots++;
    }
  return n_slots;
}

static void
do_round (Ranking *self)
{
  guint32 n_slots = assign_slots (self);
  g_autoptr (GArray) groups = g_steal_pointer (&self->open);
  guint n_workers = n_slots < ROWS_OF_A_BLOCK ? 1 : self->scan->n_readers;

  self->open = g_array_new (FALSE, FALSE, sizeof (Group));
  self->skip += self->n_bytes;
  self->n_bytes = CLAMP (BYTES_OF_A_ROUND / n_slots, MIN_BYTES_OF_A_ROW, MAX_BYTES_OF_A_ROW);
  self->bytes = g_malloc (n_slots * self->n_bytes);
  self->next = 0;
  engram_search_work (n_workers, read_blocks, self);
  for (guint i = 0; i < groups->len && !has_stopped (self); i++)
    split_group (self, &g_array_index (groups, Group, i));
  g_clear_pointer (&self->bytes, g_free);
}

/* Comparing whole texts */

typedef struct {
  Ranking      *ranking;
  const Group  *group;
  GStringChunk *texts;  /* of equal ones, one */
  const char  **places; /* of each row in the group */
} Comparing;

static void
take_whole (Ranking    *self,
            const char *text,
            guint32     slot,
            gpointer    data)
{
  Comparing *comparing = data;

  comparing->places[slot] = g_string_chunk_insert_const (comparing->texts, text);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const Comparing *comparing = data;
  const char *first = comparing->places[*(const guint32 *) a];
  const char *second = comparing->places[*(const guint32 *) b];

  if (first == second || g_cancellable_is_cancelled (comparing->ranking->cancellable))
    return 0;
  return g_utf8_collate (first, second);
}

static void
sort_whole (Comparing *comparing)
{
  Ranking *self = comparing->ranking;
  const Group *group = comparing->group;
  g_autofree guint32 *places = g_new (guint32, group->n_rows);
  g_autofree guint32 *rows = g_memdup2 (self->order + group->first, group->n_rows * sizeof (guint32));

  for (guint32 i = 0; i < group->n_rows; i++)
    places[i] = i;
  g_qsort_with_data (places, (int) group->n_rows, sizeof *places, compare_texts, comparing);
  for (guint32 i = 0; i < group->n_rows; i++)
    {
      self->order[group->first + i] = rows[places[i]];
      if (i > 0)
        self->is_same[group->first + i] = compare_texts (&places[i - 1], &places[i], comparing) == 0;
    }
}

static gboolean
compare_group (Ranking          *self,
               const Group      *group,
               EngramStatement  *statement,
               GError          **error)
{
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1024);
  g_autofree const char **places = g_new (const char *, group->n_rows);
  Comparing comparing = { self, group, texts, places };

  for (guint32 i = 0; i < group->n_rows && !has_stopped (self); i++)
    if (!read_text (self, statement, self->order[group->first + i], i, take_whole, &comparing, error))
      return FALSE;
  if (!has_stopped (self))
    sort_whole (&comparing);
  return TRUE;
}

static void
compare_groups (guint    worker,
                gpointer data)
{
  Ranking *self = data;
  GError *error = NULL;
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self->scan->readers[worker], self->sql, &error);

  while (error == NULL && !has_stopped (self))
    {
      guint next = (guint) g_atomic_int_add (&self->next, 1);

      if (next >= self->level->len)
        break;
      compare_group (self, &g_array_index (self->level, Group, next), statement, &error);
    }
  if (error != NULL)
    keep_first_error (self, error);
}

static void
compare_what_is_left (Ranking *self)
{
  g_array_append_vals (self->level, self->open->data, self->open->len);
  self->next = 0;
  engram_search_work (MIN (self->level->len, self->scan->n_readers), compare_groups, self);
}

/* The first order */

static gboolean
is_missing (const EngramTextStart *start)
{
  return start->high == G_MAXUINT64 && start->low == G_MAXUINT64;
}

static gboolean
sort_by_starts (Ranking               *self,
                const EngramTextStart *starts)
{
  g_autofree guint64 *keys = g_new (guint64, self->n_rows);

  for (gsize row = 0; row < self->n_rows; row++)
    {
      keys[row] = starts[row].low;
      if (!is_missing (&starts[row]))
        self->order[self->n_ordered++] = row;
    }
  if (!engram_search_radix_sort (keys, self->order, self->n_ordered, self->cancellable))
    return FALSE;
  for (gsize row = 0; row < self->n_rows; row++)
    keys[row] = starts[row].high;
  return engram_search_radix_sort (keys, self->order, self->n_ordered, self->cancellable);
}

static void
find_groups (Ranking               *self,
             const EngramTextStart *starts)
{
  guint32 first = 0;

  for (guint32 place = 1; place <= self->n_ordered; place++)
    {
      const EngramTextStart *start = &starts[self->order[first]];
      const EngramTextStart *next = place < self->n_ordered ? &starts[self->order[place]] : NULL;

      if (next != NULL && next->high == start->high && next->low == start->low)
        {
          self->is_same[place] = TRUE;
          continue;
        }
      add_group (self, first, place - first, (start->low & 0xff) == 0);
      first = place;
    }
}

static void
set_ranks (const Ranking   *self,
           EngramTextStart *starts)
{
  guint64 rank = 0;

  for (guint32 place = 0; place < self->n_ordered; place++)
    {
      if (!self->is_same[place])
        rank++;
      starts[self->order[place]].high = rank;
    }
}

static void
rank (Ranking         *self,
      EngramTextStart *starts)
{
  if (!sort_by_starts (self, starts))
    return;
  find_groups (self, starts);
  for (guint round = 0; round < MAX_ROUNDS && self->open->len > 0 && !has_stopped (self); round++)
    do_round (self);
  if (!has_stopped (self) && self->open->len + self->level->len > 0)
    compare_what_is_left (self);
  if (!has_stopped (self))
    set_ranks (self, starts);
}

gboolean
engram_search_rank_texts (const EngramSearchKey  *key,
                          const char             *table,
                          EngramScan             *scan,
                          const gint64           *rowids,
                          EngramTextStart        *starts,
                          gsize                   n_rows,
                          GCancellable           *cancellable,
                          GError                **error)
{
  Ranking self = { .key = key, .scan = scan, .rowids = rowids, .n_rows = n_rows, .cancellable = cancellable };

  self.sql = g_strdup_printf ("SELECT %s FROM %s WHERE rowid = ?", key->columns, table);
  self.order = g_new (guint32, n_rows);
  self.is_same = g_new0 (guint8, n_rows);
  self.open = g_array_new (FALSE, FALSE, sizeof (Group));
  self.level = g_array_new (FALSE, FALSE, sizeof (Group));
  self.n_bytes = sizeof (EngramTextStart);
  g_mutex_init (&self.mutex);
  rank (&self, starts);
  g_mutex_clear (&self.mutex);
  g_array_unref (self.open);
  g_array_unref (self.level);
  g_free (self.slots);
  g_free (self.is_same);
  g_free (self.order);
  g_free (self.sql);

  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
