/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <string.h>

/* What the graph shows: as it is chosen, and as one line of text for files. */

#define FIELDS 7

static const char * const scopes[ENGRAM_GRAPH_N_SCOPES] = { "selection", "best", "all" };

static const char * const directions[] = { "both", "outgoing", "incoming" };

static const char * const layouts[ENGRAM_GRAPH_VIEW_N_LAYOUTS] = {
  "force", "kamada-kawai", "drl", "layered", "radial", "circle", "space",
};

void
engram_graph_view_set_focus (EngramGraphView *self,
                             EngramRowSet    *neurons)
{
  EngramGraphOptions *options = self->options;
  EngramRowSet *hidden = options->hidden;

  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));
  g_return_if_fail (neurons != NULL);

  engram_row_set_ref (neurons);
  g_clear_pointer (&options->focus, engram_row_set_unref);
  g_clear_pointer (&options->isolated, engram_row_set_unref);
  options->focus = neurons;
  options->scope = ENGRAM_GRAPH_SCOPE_AROUND;
  self->focus_awaited = FALSE;
  options->hidden = engram_row_set_subtract (hidden, neurons);
  engram_row_set_unref (hidden);
  engram_row_set_unref (options->expanded);
  options->expanded = engram_row_set_new_empty ();
  engram_row_set_unref (options->added);
  options->added = engram_row_set_new_empty ();
  self->lay_out_wanted = self->fit_wanted = TRUE;
  engram_graph_view_options_changed (self);
  engram_graph_view_want_scene (self);
}

void
engram_graph_view_set_scope (EngramGraphView  *self,
                             EngramGraphScope  scope)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  if (self->options->scope == scope && self->options->isolated == NULL)
    return;
  self->options->scope = scope;
  self->focus_awaited = FALSE;
  g_clear_pointer (&self->options->isolated, engram_row_set_unref);
  self->lay_out_wanted = self->fit_wanted = TRUE;
  engram_graph_view_options_changed (self);
  engram_graph_view_want_scene (self);
}

void
engram_graph_view_set_neighbourhood (EngramGraphView                  *self,
                                     const EngramNeighbourhoodOptions *neighbourhood)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  self->options->neighbourhood = *neighbourhood;
  engram_graph_view_options_changed (self);
  engram_graph_view_want_scene (self);
}

void
engram_graph_view_set_layout (EngramGraphView       *self,
                              EngramGraphViewLayout  layout)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  self->layout = layout;
  engram_graph_view_options_changed (self);
  if (engram_graph_view_takes_layout (self))
    engram_graph_view_lay_out (self, NULL, TRUE);
}

/* As text */

static int
find_name (const char * const *names,
           guint               n_names,
           const char         *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      return (int) i;
  return -1;
}

char *
engram_graph_view_dup_options (EngramGraphView *self)
{
  char weakest[G_ASCII_DTOSTR_BUF_SIZE], strongest[G_ASCII_DTOSTR_BUF_SIZE];
  const EngramNeighbourhoodOptions *neighbourhood;
  EngramGraphScope scope;

  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  neighbourhood = &self->options->neighbourhood;
  scope = self->options->scope;
  /* Before it was seen for the first time it is as it was the last time. */
  if (!self->opened)
    scope = self->recalled ? self->recalled_scope : ENGRAM_GRAPH_SCOPE_BEST;
  /* Around what is selected, but nothing was. */
  else if (engram_graph_options_is_around_best (self->options) && !self->focus_awaited)
    scope = ENGRAM_GRAPH_SCOPE_BEST;
  return g_strdup_printf ("%s %u %s %s %s %u %s", scopes[scope], neighbourhood->n_steps,
                          directions[neighbourhood->direction],
                          g_ascii_dtostr (weakest, sizeof weakest, neighbourhood->weakest),
                          g_ascii_dtostr (strongest, sizeof strongest, neighbourhood->strongest), neighbourhood->limit,
                          layouts[self->layout]);
}

static gboolean
parse_weight (const char *text,
              double     *weight)
{
  char *end = NULL;

  *weight = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *weight >= 0 && *weight <= 1;
}

/* Returns: whether all of it is known and within bounds. */
static gboolean
parse (char                       **fields,
       int                         *scope,
       EngramNeighbourhoodOptions  *neighbourhood,
       int                         *layout)
{
  guint64 n_steps, limit;
  int direction;

  if (g_strv_length (fields) != FIELDS)
    return FALSE;
  *scope = find_name (scopes, G_N_ELEMENTS (scopes), fields[0]);
  direction = find_name (directions, G_N_ELEMENTS (directions), fields[2]);
  *layout = find_name (layouts, G_N_ELEMENTS (layouts), fields[6]);
  if (*scope < 0 || direction < 0 || *layout < 0
      || !g_ascii_string_to_unsigned (fields[1], 10, 1, ENGRAM_NEIGHBOURHOOD_MOST_STEPS, &n_steps, NULL)
      || !g_ascii_string_to_unsigned (fields[5], 10, 1, ENGRAM_GRAPH_GREATEST_LIMIT, &limit, NULL)
      || !parse_weight (fields[3], &neighbourhood->weakest) || !parse_weight (fields[4], &neighbourhood->strongest))
    return FALSE;
  neighbourhood->n_steps = (guint) n_steps;
  neighbourhood->limit = (guint) limit;
  neighbourhood->direction = (EngramDirection) direction;
  return TRUE;
}

void
engram_graph_view_set_options (EngramGraphView *self,
                               const char      *text)
{
  g_auto (GStrv) fields = NULL;
  EngramNeighbourhoodOptions neighbourhood = { 0 };
  int scope, layout;

  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));
  g_return_if_fail (text != NULL);

  fields = g_strsplit (text, " ", -1);
  if (!parse (fields, &scope, &neighbourhood, &layout))
    return;
  self->layout = (EngramGraphViewLayout) layout;
  self->recalled = TRUE;
  self->recalled_scope = (EngramGraphScope) scope;
  engram_graph_view_set_neighbourhood (self, &neighbourhood);
}
