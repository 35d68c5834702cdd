/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-names-private.h"

void
engram_search_names_clear (EngramSearchNames *self)
{
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

guint32
engram_search_names_add (EngramSearchNames *self,
                         const char        *name)
{
  gpointer number;
  char *kept;

  if (self->numbers == NULL)
    {
      self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
      self->names = g_ptr_array_new_with_free_func (g_free);
    }
  if (g_hash_table_lookup_extended (self->numbers, name, NULL, &number))
    return GPOINTER_TO_UINT (number);
  kept = g_strdup (name);
  g_hash_table_insert (self->numbers, kept, GUINT_TO_POINTER (self->names->len));
  g_ptr_array_add (self->names, kept);
  return self->names->len - 1;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const GPtrArray *names = data;

  return g_utf8_collate (names->pdata[*(const guint32 *) a], names->pdata[*(const guint32 *) b]);
}

/* The rank of each of @names, which are all different. */
static guint32 *
rank_names (GPtrArray *names)
{
  g_autofree guint32 *order = g_new (guint32, names->len + 1);
  guint32 *ranks = g_new (guint32, names->len + 1);
  guint32 rank = 0;

  for (guint i = 0; i < names->len; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) names->len, sizeof *order, compare_names, names);
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0 && compare_names (&order[i - 1], &order[i], names) != 0)
        rank++;
      ranks[order[i]] = rank;
    }
  return ranks;
}

static guint
count_names (const EngramSearchNames *self)
{
  return self->names != NULL ? self->names->len : 0;
}

void
engram_search_names_rank (const EngramSearchNames  *parts,
                          guint                     n_parts,
                          guint32                 **ranks)
{
  EngramSearchNames all = { g_hash_table_new (g_str_hash, g_str_equal), g_ptr_array_new_with_free_func (g_free) };
  g_autofree guint32 *all_ranks = NULL;

  for (guint i = 0; i < n_parts; i++)
    {
      ranks[i] = g_new (guint32, count_names (&parts[i]) + 1);
      for (guint k = 0; k < count_names (&parts[i]); k++)
        ranks[i][k] = engram_search_names_add (&all, parts[i].names->pdata[k]);
    }
  all_ranks = rank_names (all.names);
  for (guint i = 0; i < n_parts; i++)
    for (guint k = 0; k < count_names (&parts[i]); k++)
      ranks[i][k] = all_ranks[ranks[i][k]];
  engram_search_names_clear (&all);
}
