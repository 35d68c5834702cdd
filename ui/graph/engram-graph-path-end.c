/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-path-end.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-text-format.h"
#include "lists/engram-record-page.h"
#include "views/engram-point-texts.h"
#include "views/engram-scene-source.h"

#define NAME_CHARACTERS 40
#define PAGE_SIZE 500

/* How well a neuron goes with what was typed. */
typedef enum { NOT_AT_ALL, BEGINS, IS, N_MATCHES } Match;

typedef struct {
  char *wanted;               /* folded */
  guint n_found[N_MATCHES];
  gint64 rowids[N_MATCHES];   /* of the first ones found */
  char *names[N_MATCHES][2];  /* what stands for the first two */
} Search;

static void
search_clear (Search *self)
{
  g_free (self->wanted);
  for (int match = 0; match < N_MATCHES; match++)
    for (int i = 0; i < 2; i++)
      g_free (self->names[match][i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Letters and their cases as people take them to be the same. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

static Match
compare (const Search *self,
         const char   *text)
{
  g_autofree char *folded = fold (text);

  if (!g_str_has_prefix (folded, self->wanted))
    return NOT_AT_ALL;
  return folded[strlen (self->wanted)] == '\0' ? IS : BEGINS;
}

static void
consider (Search             *self,
          const EngramNeuron *neuron)
{
  g_autofree char *name = engram_point_texts_dup_neuron_name (neuron);
  const char *summary = engram_neuron_get_summary (neuron);
  Match by_text = compare (self, summary), by_name = name != NULL ? compare (self, name) : NOT_AT_ALL;
  Match match = MAX (by_text, by_name);
  guint n = self->n_found[match]++;

  if (n == 0)
    self->rowids[match] = neuron->rowid;
  if (match != NOT_AT_ALL && n < 2)
    self->names[match][n] = engram_format_line (summary, NAME_CHARACTERS);
}

/* All that hold the text somewhere. */
static EngramRowSet *
find_candidates (EngramSearcher  *searcher,
                 const char      *text,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *escaped = g_strjoinv ("\"\"", parts);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", escaped);
  g_autoptr (EngramQuery) query = engram_query_parse (quoted, NULL, NULL, error);

  return query != NULL
           ? engram_scene_source_find_rows (searcher, ENGRAM_RECORD_NEURON, query, cancellable, error) : NULL;
}

static gboolean
consider_all (Search          *self,
              EngramDatabase  *database,
              EngramRowSet    *rows,
              GCancellable    *cancellable,
              GError         **error)
{
  gsize n_rows = engram_row_set_get_size (rows);
  gint64 rowids[PAGE_SIZE];

  for (gsize first = 0; first < n_rows; first += PAGE_SIZE)
    {
      gsize n = MIN (PAGE_SIZE, n_rows - first);
      g_autoptr (EngramRecordPage) page = NULL;

      for (gsize i = 0; i < n; i++)
        rowids[i] = engram_row_set_get (rows, first + i);
      page = engram_record_page_read (database, ENGRAM_RECORD_NEURON, rowids, n, cancellable, error);
      if (page == NULL)
        return FALSE;
      for (gsize i = 0; i < n; i++)
        if (page->items[i].neuron.neuron != NULL)
          consider (self, page->items[i].neuron.neuron);
    }
  return TRUE;
}

/* The one that is meant, or why that is not known. */
static gboolean
choose (const Search  *self,
        const char    *text,
        gint64        *rowid,
        GError       **error)
{
  Match match = self->n_found[IS] > 0 ? IS : BEGINS;
  guint n = self->n_found[match];

  *rowid = self->rowids[match];
  if (n == 1)
    return TRUE;
  if (n == 0)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                 _("There is no neuron with the ID “%s”, and none whose name or text begins with it."), text);
  else
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                 ngettext ("%u neuron begins with “%s”, like “%s” and “%s”. Type more of it, or its ID.",
                           "%u neurons begin with “%s”, like “%s” and “%s”. Type more of it, or its ID.", n),
                 n, text, self->names[match][0], self->names[match][1]);
  return FALSE;
}

/* The network may be a moment older or younger than the rows. */
static gboolean
find_index (const EngramNetwork  *network,
            gint64                rowid,
            const char           *text,
            guint32              *neuron,
            GError              **error)
{
  for (*neuron = 0; *neuron < network->n_neurons; (*neuron)++)
    if (network->neuron_rowids[*neuron] == rowid)
      return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND, _("The neuron “%s” has just changed. Try it again."), text);
  return FALSE;
}

gboolean
engram_graph_path_end_find (EngramSearcher  *searcher,
                            EngramDatabase  *database,
                            EngramNetwork   *network,
                            const char      *text,
                            guint32         *neuron,
                            GCancellable    *cancellable,
                            GError         **error)
{
  g_auto (Search) search = { .wanted = fold (text) };
  g_autoptr (EngramRowSet) rows = NULL;
  gint64 rowid;

  if (*text == '\0')
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                           _("Say from which neuron to which: by its ID, or by its name or how its text begins."));
      return FALSE;
    }
  if (engram_network_find_neuron (network, text, neuron))
    return TRUE;
  rows = find_candidates (searcher, text, cancellable, error);
  return rows != NULL && consider_all (&search, database, rows, cancellable, error)
         && choose (&search, text, &rowid, error) && find_index (network, rowid, text, neuron, error);
}
