/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "safety/integrity/engram-equal-rows-private.h"

/* How much of the work lies before and after the reading of the synapses. */
#define NEURONS_DONE 0.3
#define SYNAPSES_DONE 0.95

typedef struct {
  GArray             *pairs; /* guint64: for each synapse, which neurons it joins */
  EngramIdList       *ids;   /* the synapses' */
  EngramFindingLists  findings;
} Chunk;

typedef struct {
  EngramIntegrityRun *run;
  Chunk               chunks[ENGRAM_SCAN_CHUNKS];
} SynapseCheck;

/* Pairs that were seen: open addressing. */
typedef struct {
  guint64 *slots; /* pair + 1, or 0 */
  gsize    mask;
  guint64  seed;
} PairSet;

static gboolean
check_chunk (EngramReader  *reader,
             gint64         first,
             gint64         last,
             guint          number,
             gpointer       data,
             GError       **error)
{
  /* An orphan can only be told where all neurons are known. */
  const EngramFindingKinds orphans = ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_SOURCE) |
                                     ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_TARGET);
  SynapseCheck *self = data;
  Chunk *chunk = &self->chunks[number];
  gboolean has_fields = engram_connection_synapses_have_fields (reader);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  chunk->pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  chunk->ids = engram_id_list_new ();
  statement = engram_scan_prepare (reader, engram_integrity_get_synapse_columns (has_fields), "synapses", first, last,
                                   error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      guint64 pair;
      EngramFindingKinds kinds = engram_integrity_judge_synapse_but_ends (row) |
                                 engram_integrity_judge_ends (row, self->run->ids, &pair);

      if ((kinds & ENGRAM_KIND_BIT (ENGRAM_KIND_WEIGHT_RANGE)) != 0 &&
          isinf (sqlite3_column_double (row, ENGRAM_SYNAPSE_ROW_WEIGHT)))
        g_atomic_int_inc (&self->run->n_infinite);
      g_array_append_val (chunk->pairs, pair);
      engram_id_list_add_row (chunk->ids, row);
      engram_finding_lists_add_row (&chunk->findings, self->run->is_partial ? kinds & ~orphans : kinds, row);
    }
  return status == 0;
}

static void
pair_set_init (PairSet *self,
               guint64  n_pairs)
{
  gsize n_slots = 64;

  while (n_slots < n_pairs * 2)
    n_slots *= 2;
  self->slots = g_new0 (guint64, n_slots);
  self->mask = n_slots - 1;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
}

/* FALSE where it is there already. */
static gboolean
pair_set_add (PairSet *self,
              guint64  pair)
{
  gsize slot = engram_equal_rows_mix (pair ^ self->seed) & self->mask;

  while (self->slots[slot] != 0 && self->slots[slot] != pair + 1)
    slot = (slot + 1) & self->mask;
  if (self->slots[slot] != 0)
    return FALSE;
  self->slots[slot] = pair + 1;
  return TRUE;
}

static void
find_repeated (SynapseCheck *self)
{
  EngramFindingLists *findings = &self->run->synapses;
  PairSet seen;

  pair_set_init (&seen, self->run->n_synapses);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      GArray *pairs = self->chunks[i].pairs;

      for (guint j = 0; pairs != NULL && j < pairs->len; j++)
        {
          guint64 pair = g_array_index (pairs, guint64, j);

          if (pair != ENGRAM_NO_PAIR && !pair_set_add (&seen, pair))
            engram_id_list_add_item (engram_finding_lists_get (findings, ENGRAM_KIND_SYNAPSE_REPEATED),
                                     self->chunks[i].ids, j);
        }
    }
  g_free (seen.slots);
}

gboolean
engram_integrity_check_synapses (EngramIntegrityRun  *run,
                                 GError             **error)
{
  SynapseCheck self = { .run = run };
  gboolean is_partial = FALSE, done;

  done = engram_integrity_scan (run, "synapses", check_chunk, &self, _("Checking synapses"), NEURONS_DONE,
                                SYNAPSES_DONE, &is_partial, error);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      engram_finding_lists_take (&run->synapses, &self.chunks[i].findings);
      if (self.chunks[i].pairs != NULL)
        run->n_synapses += self.chunks[i].pairs->len;
    }
  if (done)
    find_repeated (&self);
  if (done && is_partial)
    engram_integrity_note_damage (run, _("The table “synapses” cannot be read to its end."));
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      g_clear_pointer (&self.chunks[i].pairs, g_array_unref);
      g_clear_pointer (&self.chunks[i].ids, engram_id_list_free);
    }
  return done;
}
