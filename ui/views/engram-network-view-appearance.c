/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "common/engram-control.h"
#include "views/engram-weight-range.h"

/* What is drawn and what it stands for, as the person chooses it, and how that is remembered. */

/* So many edges are drawn as dark as one; of more each is fainter. (Of very many the weaker ones fade besides.) */
#define FULL_EDGES 300.0
#define GREATEST_OPACITY 0.7
#define LEAST_OPACITY 0.15

static const char *const edges_names[] = {
  [ENGRAM_SCENE_EDGES_ALL] = "all",
  [ENGRAM_SCENE_EDGES_SELECTED] = "selection",
  [ENGRAM_SCENE_EDGES_NONE] = "none",
};

/* Synapses */

/* Many edges together are as dark as few. */
void
engram_network_view_adapt_edges (EngramNetworkView *self)
{
  const EngramNetworkScene *scene = engram_network_view_get_scene (self);
  EngramSceneStyle *style = engram_scene_view_get_style (self->scene_view);
  float opacity;

  if (scene == NULL)
    return;
  opacity = (float) (GREATEST_OPACITY
                     * cbrt (FULL_EDGES / MAX (engram_scene_style_count_edges (style, scene->scene), FULL_EDGES)));
  opacity = MAX (opacity, (float) LEAST_OPACITY);
  if (opacity == style->edge_opacity)
    return;
  style->edge_opacity = opacity;
  engram_scene_view_style_changed (self->scene_view);
}

static void
edges_changed (EngramNetworkView *self)
{
  engram_scene_view_style_changed (self->scene_view);
  /* What is selected stands out, or does not. */
  engram_network_view_show_selection (self);
  g_signal_emit_by_name (self, "appearance-changed");
}

void
engram_network_view_set_edges (EngramNetworkView *self,
                               EngramSceneEdges   edges)
{
  EngramSceneStyle *style;

  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  style = engram_scene_view_get_style (self->scene_view);
  if (style->edges == edges)
    return;
  style->edges = edges;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->edges_drop_down), edges);
  edges_changed (self);
}

void
engram_network_view_set_weights (EngramNetworkView *self,
                                 double             low,
                                 double             high)
{
  EngramSceneStyle *style;

  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  style = engram_scene_view_get_style (self->scene_view);
  if (style->lowest_weight == (float) low && style->highest_weight == (float) high)
    return;
  style->lowest_weight = (float) low;
  style->highest_weight = (float) high;
  engram_weight_range_set_range (ENGRAM_WEIGHT_RANGE (self->weight_range), low, high);
  edges_changed (self);
}

void
engram_network_view_update_weights (EngramNetworkView *self)
{
  const EngramNetworkScene *scene = engram_network_view_get_scene (self);

  if (gtk_widget_get_mapped (self->weight_range))
    engram_weight_range_set_scene (ENGRAM_WEIGHT_RANGE (self->weight_range), scene != NULL ? scene->scene : NULL);
}

/* Labels */

static void
set_labelled (EngramNetworkView *self,
              gboolean           labelled)
{
  if (self->labelled == labelled)
    return;
  self->labelled = labelled;
  gtk_switch_set_active (GTK_SWITCH (self->labels_switch), labelled);
  engram_network_view_show_labels (self);
  g_signal_emit_by_name (self, "appearance-changed");
}

/* The controls */

static void
colour_chosen_cb (EngramNetworkView *self)
{
  engram_network_view_set_colours (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->colour_drop_down)),
                                   self->size_by);
}

static void
size_chosen_cb (EngramNetworkView *self)
{
  engram_network_view_set_colours (self, self->colour_by,
                                   gtk_drop_down_get_selected (GTK_DROP_DOWN (self->size_drop_down)));
}

static void
labels_switched_cb (EngramNetworkView *self)
{
  set_labelled (self, gtk_switch_get_active (GTK_SWITCH (self->labels_switch)));
}

static void
edges_chosen_cb (EngramNetworkView *self)
{
  engram_network_view_set_edges (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->edges_drop_down)));
}

static void
weights_chosen_cb (EngramNetworkView *self,
                   double             low,
                   double             high)
{
  engram_network_view_set_weights (self, low, high);
}

static void
reset_cb (EngramNetworkView *self)
{
  engram_network_view_set_colours (self, ENGRAM_COLOUR_BY_TYPE, ENGRAM_SIZE_BY_DEGREE);
  engram_network_view_set_colour_key (self, NULL);
  set_labelled (self, TRUE);
  engram_network_view_set_edges (self, ENGRAM_SCENE_EDGES_ALL);
  engram_network_view_set_weights (self, -INFINITY, INFINITY);
}

static void
add_row (GtkGrid    *grid,
         int         row,
         const char *title,
         GtkWidget  *control)
{
  gtk_widget_set_halign (control, GTK_ALIGN_END);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  engram_control_attach (control, grid, row, title);
}

static GtkWidget *
make_drop_down (EngramNetworkView *self,
                const char *const *labels,
                guint              selected,
                GCallback          callback)
{
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (labels);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  g_signal_connect_swapped (drop_down, "notify::selected", callback, self);
  return drop_down;
}

static GtkWidget *
make_colours (EngramNetworkView *self)
{
  const char *labels[ENGRAM_COLOUR_BY_NOTHING + 2] = { NULL };

  for (int i = 0; i <= ENGRAM_COLOUR_BY_NOTHING; i++)
    labels[i] = engram_colour_by_get_label (i);
  self->colour_drop_down = make_drop_down (self, labels, self->colour_by, G_CALLBACK (colour_chosen_cb));
  return self->colour_drop_down;
}

static GtkWidget *
make_sizes (EngramNetworkView *self)
{
  const char *labels[ENGRAM_SIZE_BY_NOTHING + 2] = { NULL };

  for (int i = 0; i <= ENGRAM_SIZE_BY_NOTHING; i++)
    labels[i] = engram_size_by_get_label (i);
  self->size_drop_down = make_drop_down (self, labels, self->size_by, G_CALLBACK (size_chosen_cb));
  return self->size_drop_down;
}

/* Which number in metadata, where it is one; they are not known before somebody wants one. */
static GtkWidget *
make_keys (EngramNetworkView *self)
{
  self->key_drop_down = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_visible (self->key_drop_down, FALSE);
  gtk_widget_set_halign (self->key_drop_down, GTK_ALIGN_END);
  engram_control_set_tooltip (self->key_drop_down, _("Number in Metadata"));
  g_signal_connect_swapped (self->key_drop_down, "notify::selected", G_CALLBACK (engram_network_view_key_chosen), self);
  return self->key_drop_down;
}

static GtkWidget *
make_labels (EngramNetworkView *self)
{
  self->labels_switch = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (self->labels_switch), self->labelled);
  g_signal_connect_swapped (self->labels_switch, "notify::active", G_CALLBACK (labels_switched_cb), self);
  return self->labels_switch;
}

static GtkWidget *
make_edges (EngramNetworkView *self)
{
  /* Translators: which synapses are drawn. */
  const char *const labels[] = { _("All of the Filter"), _("Of the Selection"), _("None"), NULL };

  self->edges_drop_down = make_drop_down (self, labels, ENGRAM_SCENE_EDGES_ALL, G_CALLBACK (edges_chosen_cb));
  return self->edges_drop_down;
}

static GtkWidget *
make_weights (EngramNetworkView *self)
{
  self->weight_range = engram_weight_range_new ();
  g_signal_connect_swapped (self->weight_range, "range-chosen", G_CALLBACK (weights_chosen_cb), self);
  g_signal_connect_object (self->weight_range, "map", G_CALLBACK (engram_network_view_update_weights), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self->weight_range;
}

static GtkWidget *
make_reset (EngramNetworkView *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Reset"));

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_tooltip_text (button, _("Draw everything as it was at first"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (reset_cb), self);
  return button;
}

GtkWidget *
engram_network_view_make_appearance (EngramNetworkView *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *content = gtk_grid_new ();
  GtkGrid *grid = GTK_GRID (content);

  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_set_column_spacing (grid, 12);
  gtk_widget_add_css_class (content, "engram-popover-content");
  add_row (grid, 0, _("_Colour by"), make_colours (self));
  gtk_grid_attach (grid, make_keys (self), 1, 1, 1, 1);
  add_row (grid, 2, _("_Size by"), make_sizes (self));
  add_row (grid, 3, _("_Labels"), make_labels (self));
  add_row (grid, 4, _("S_ynapses"), make_edges (self));
  gtk_grid_attach (grid, make_weights (self), 0, 5, 2, 1);
  gtk_grid_attach (grid, make_reset (self), 0, 6, 2, 1);
  gtk_popover_set_child (GTK_POPOVER (popover), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "engram-palette-symbolic");
  engram_control_set_tooltip (button, _("Appearance"));
  return button;
}

/* Remembering: words like "synapses=none" for what is not as it is at first, then what colours and sizes stand for,
 * and last the number in metadata, with spaces and all. */

static void
append_bound (GString *text,
              double   bound)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (bound))
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.9g", bound));
}

char *
engram_network_view_dup_appearance (EngramNetworkView *self)
{
  const EngramSceneStyle *style;
  GString *text;

  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  style = engram_scene_view_get_style (self->scene_view);
  text = g_string_new (NULL);
  if (!self->labelled)
    g_string_append (text, "labels=off ");
  if (style->edges != ENGRAM_SCENE_EDGES_ALL)
    g_string_append_printf (text, "synapses=%s ", edges_names[style->edges]);
  if (isfinite (style->lowest_weight) || isfinite (style->highest_weight))
    {
      g_string_append (text, "weights=");
      append_bound (text, style->lowest_weight);
      g_string_append (text, "..");
      append_bound (text, style->highest_weight);
      g_string_append_c (text, ' ');
    }
  g_string_append_printf (text, "%s %s %s", engram_colour_by_get_name (self->colour_by),
                          engram_size_by_get_name (self->size_by), self->colour_key != NULL ? self->colour_key : "");
  return g_string_free (text, FALSE);
}

/* FALSE where it is no number. */
static gboolean
parse_bound (const char *text,
             double      otherwise,
             double     *bound)
{
  char *end;

  *bound = *text != '\0' ? g_ascii_strtod (text, &end) : otherwise;
  return *text == '\0' || (*end == '\0' && isfinite (*bound));
}

static void
recall_weights (EngramNetworkView *self,
                const char        *text)
{
  g_auto (GStrv) bounds = g_strsplit (text, "..", 2);
  double low, high;

  if (g_strv_length (bounds) == 2 && parse_bound (bounds[0], -INFINITY, &low)
      && parse_bound (bounds[1], INFINITY, &high) && low <= high)
    engram_network_view_set_weights (self, low, high);
}

static void
recall_edges (EngramNetworkView *self,
              const char        *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (edges_names); i++)
    if (g_str_equal (name, edges_names[i]))
      engram_network_view_set_edges (self, i);
}

static void
recall_word (EngramNetworkView *self,
             const char        *word)
{
  if (g_str_has_prefix (word, "synapses="))
    recall_edges (self, word + strlen ("synapses="));
  else if (g_str_has_prefix (word, "weights="))
    recall_weights (self, word + strlen ("weights="));
  else if (g_str_has_prefix (word, "labels="))
    set_labelled (self, !g_str_equal (word, "labels=off"));
}

static void
recall_colours (EngramNetworkView *self,
                const char        *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  EngramColourBy colour_by = self->colour_by;
  EngramSizeBy size_by = self->size_by;

  if (words[0] != NULL)
    engram_colour_by_from_name (words[0], &colour_by);
  if (words[0] != NULL && words[1] != NULL)
    engram_size_by_from_name (words[1], &size_by);
  if (g_strv_length (words) == 3 && *words[2] != '\0')
    engram_network_view_set_colour_key (self, words[2]);
  engram_network_view_set_colours (self, colour_by, size_by);
}

/* What is not known in it is passed over. */
void
engram_network_view_set_appearance (EngramNetworkView *self,
                                    const char        *appearance)
{
  gsize length;

  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));
  g_return_if_fail (appearance != NULL);

  length = strcspn (appearance, " ");
  while (memchr (appearance, '=', length) != NULL)
    {
      g_autofree char *word = g_strndup (appearance, length);

      recall_word (self, word);
      appearance += length + strspn (appearance + length, " ");
      length = strcspn (appearance, " ");
    }
  recall_colours (self, appearance);
}
