/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"

#define NAME_CHARACTERS 40

/* Where more than one of so many neurons are new, all are laid out anew. */
#define NEW_SHARE 3

enum { PROP_0, PROP_LAYING_OUT, PROP_STATUS, N_PROPERTIES };
enum { OPTIONS_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramGraphView, engram_graph_view, GTK_TYPE_WIDGET)

EngramNetworkScene *
engram_graph_view_get_scene (EngramGraphView *self)
{
  return engram_network_view_get_scene (self->network_view);
}

void
engram_graph_view_want_scene (EngramGraphView *self)
{
  self->asked = TRUE;
  engram_scene_source_set_options (engram_network_view_get_source (self->network_view),
                                   engram_graph_options_copy (self->options),
                                   (GDestroyNotify) engram_graph_options_free);
  engram_graph_view_update_actions (self);
}

/* What it says */

/* Offers what is left out around the best joined neuron, which is all that the filter leaves. */
static void
update_all_button (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  gboolean offered = scene != NULL && scene->n_left_out > 0 && engram_graph_options_is_around_best (self->options);
  guint32 all = offered ? scene->scene->n_points + scene->n_left_out : 0;
  g_autofree char *label = g_strdup_printf (ngettext ("_Show All %'u", "_Show All %'u", all), all);

  gtk_widget_set_visible (self->all_button, offered);
  gtk_button_set_label (GTK_BUTTON (self->all_button), label);
}

/* The neuron in the middle; NULL while its name is being read. */
static char *
dup_name_of_best (EngramGraphView          *self,
                  const EngramNetworkScene *scene)
{
  guint32 point = engram_neighbourhood_find_best (scene->network, scene->neurons, scene->scene->n_points);
  const char *text = engram_point_texts_get_name (self->texts, engram_network_scene_get_rowid (scene, point));

  return text != NULL ? engram_format_line (text, NAME_CHARACTERS) : NULL;
}

static char *
describe_around_best (EngramGraphView          *self,
                      const EngramNetworkScene *scene)
{
  guint32 shown = scene->scene->n_points, all = shown + scene->n_left_out;
  g_autofree char *name = dup_name_of_best (self, scene);

  /* Translators: "300 neurons around “An axon carries spikes.”, of 100,000". */
  return name != NULL ? g_strdup_printf (ngettext ("%'u neuron around “%s”, of %'u",
                                                   "%'u neurons around “%s”, of %'u", shown), shown, name, all)
                      : g_strdup_printf (ngettext ("%'u neuron around the one that is joined best, of %'u",
                                                   "%'u neurons around the one that is joined best, of %'u", shown),
                                         shown, all);
}

static char *
describe_count (EngramGraphView          *self,
                const EngramNetworkScene *scene)
{
  guint32 shown = scene->scene->n_points, all = shown + scene->n_left_out;

  if (self->options->isolated != NULL && scene->n_left_out == 0)
    return g_strdup_printf (ngettext ("%'u isolated neuron", "%'u isolated neurons", shown), shown);
  if (engram_graph_options_is_around_best (self->options) && scene->n_left_out > 0 && shown > 0)
    return describe_around_best (self, scene);
  if (self->options->scope == ENGRAM_GRAPH_SCOPE_AROUND && self->options->focus != NULL)
    return scene->n_left_out > 0
             ? g_strdup_printf (_("Showing the most important %'u of %'u neurons within reach"), shown, all)
             : g_strdup_printf (ngettext ("%'u neuron within reach", "%'u neurons within reach", shown), shown);
  return scene->n_left_out > 0 ? g_strdup_printf (_("Showing the most important %'u of %'u neurons"), shown, all)
                               : g_strdup_printf (ngettext ("%'u neuron", "%'u neurons", shown), shown);
}

static char *
describe_status (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  guint n_hidden = (guint) engram_row_set_get_size (self->options->hidden);
  g_autofree char *count = NULL, *hidden = NULL;

  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (scene == NULL)
    return g_strdup ("");
  count = describe_count (self, scene);
  if (n_hidden == 0)
    return g_steal_pointer (&count);
  hidden = g_strdup_printf (ngettext ("%'u hidden", "%'u hidden", n_hidden), n_hidden);
  /* Translators: "87 neurons within reach" and "3 hidden". */
  return g_strdup_printf (_("%s, %s"), count, hidden);
}

/* How many neurons and synapses there are where nothing is left out stands in the line above, for every picture. */
static gboolean
says_more_than_counts (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);

  return self->problem != NULL ||
         (scene != NULL && (scene->n_left_out > 0 || self->options->isolated != NULL ||
                            self->options->scope == ENGRAM_GRAPH_SCOPE_AROUND ||
                            engram_row_set_get_size (self->options->hidden) > 0));
}

void
engram_graph_view_options_changed (EngramGraphView *self)
{
  engram_graph_view_update_controls (self);
  g_signal_emit (self, signals[OPTIONS_CHANGED], 0);
}

void
engram_graph_view_update_status (EngramGraphView *self)
{
  g_autofree char *status = describe_status (self);

  update_all_button (self);
  if (g_strcmp0 (status, self->status) == 0)
    return;
  g_free (self->status);
  self->status = g_steal_pointer (&status);
  gtk_label_set_text (self->status_label, says_more_than_counts (self) ? self->status : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
update_empty_text (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  gboolean hidden = engram_row_set_get_size (self->options->hidden) > 0;

  engram_network_view_set_empty_action (self->network_view, hidden ? _("_Show Hidden") : NULL,
                                        hidden ? "graph.show-all" : NULL);
  if (scene == NULL || scene->scene->n_points > 0)
    engram_network_view_set_empty_text (self->network_view, NULL, NULL);
  else if (scene->network->n_neurons == 0)
    engram_network_view_set_empty_text (self->network_view, _("No Neurons Yet"),
                                        _("What is added to this network appears here."));
  else if (hidden)
    engram_network_view_set_empty_text (self->network_view, _("All Are Hidden"),
                                        _("Show all that is hidden, or select others and show the graph around them."));
  else
    engram_network_view_set_empty_text (self->network_view, _("Nothing to Be Shown"),
                                        _("The filter leaves no neuron, or those in the middle are gone. Clear the filter, "
                                          "or select others and show the graph around them."));
}

void
engram_graph_view_layout_changed (EngramGraphView *self)
{
  gtk_widget_set_visible (self->spinner, self->job != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->job != NULL);
  engram_graph_view_update_status (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYING_OUT]);
}

/* Another scene */

/* Points that were there before stay where they were, which the worker may not have known yet; where others were put is
 * noted.
 * Returns: (transfer full): the places, NaN for the new ones */
static float *
take_places (EngramGraphView    *self,
             EngramNetworkScene *scene,
             guint32            *n_new)
{
  g_autofree float *places = engram_scene_copy_places (scene->scene);
  float *anchors = engram_scene_copy_places (scene->scene);

  *n_new = 0;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      gint64 rowid = engram_network_scene_get_rowid (scene, i);
      float *place = &places[3 * (gsize) i], *anchor = &anchors[3 * (gsize) i];

      if (engram_graph_places_get (self->options->places, rowid, place))
        {
          anchor[0] = place[0];
          anchor[1] = place[1];
          continue;
        }
      engram_graph_places_set (self->options->places, rowid, place);
      anchor[0] = anchor[1] = NAN;
      (*n_new)++;
    }
  engram_scene_set_places (scene->scene, places);
  return anchors;
}

/* Whether none of it was in the last picture, and the camera looks at something else.
 * @rows: of the neurons of this one */
static gboolean
is_wholly_new (EngramGraphView    *self,
               const EngramRowSet *rows)
{
  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    if (engram_row_set_contains (self->shown, engram_row_set_get (rows, i)))
      return FALSE;
  return TRUE;
}

static void
note_shown (EngramGraphView    *self,
            EngramNetworkScene *scene)
{
  guint32 n = scene != NULL ? scene->scene->n_points : 0;
  g_autofree gint64 *rowids = g_new (gint64, MAX (n, 1));
  g_autoptr (EngramRowSet) rows = NULL;

  for (guint32 i = 0; i < n; i++)
    rowids[i] = engram_network_scene_get_rowid (scene, i);
  rows = engram_row_set_new (rowids, n);
  self->fit_wanted = self->fit_wanted || is_wholly_new (self, rows);
  engram_row_set_unref (self->shown);
  self->shown = g_steal_pointer (&rows);
}

static void
place_scene (EngramGraphView    *self,
             EngramNetworkScene *scene,
             gboolean            interrupted)
{
  guint32 n_new, n_points = scene->scene->n_points;
  g_autofree float *anchors = take_places (self, scene, &n_new);
  /* What comes by itself while somebody looks is put beside the rest: what others write shall not make it jump
   * about. */
  gboolean many = self->asked && n_new > 0 && n_new * NEW_SHARE > n_points;

  engram_graph_view_show_pins (self);
  if (self->lay_out_wanted || many || interrupted)
    engram_graph_view_lay_out (self, g_steal_pointer (&anchors), self->fit_wanted || many || interrupted);
  else if (self->fit_wanted)
    engram_scene_view_fit (engram_network_view_get_scene_view (self->network_view));
  self->lay_out_wanted = self->fit_wanted = self->asked = FALSE;
}

static void
scene_changed_cb (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  /* Another graph is wanted. A layout of one whose network has changed meanwhile goes on: it would never come to an end
   * where the network changes all the time. */
  gboolean interrupted = self->job != NULL && self->asked && !engram_graph_view_layout_holds (self, scene);

  if (self->asked)
    g_clear_pointer (&self->problem, g_free);
  engram_place_motion_stop (self->motion);
  if (interrupted)
    engram_graph_view_stop_layout (self);
  note_shown (self, scene);
  if (scene != NULL && scene->scene->n_points > 0)
    place_scene (self, scene, interrupted);
  update_empty_text (self);
  engram_point_texts_refresh (self->texts);
  engram_graph_view_update_status (self);
  engram_graph_view_update_actions (self);
}

gboolean
engram_graph_view_get_laying_out (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), FALSE);

  return self->job != NULL;
}

const char *
engram_graph_view_get_status (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  return self->status;
}

EngramNetworkView *
engram_graph_view_get_network_view (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  return self->network_view;
}

const EngramGraphOptions *
engram_graph_view_get_options (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  return self->options;
}

/* The session */

/* Around what is selected, unless the last time it was around something else. */
static void
open (EngramGraphView *self)
{
  EngramRowSet *selected;
  gboolean around = !self->recalled || self->recalled_scope == ENGRAM_GRAPH_SCOPE_AROUND;

  if (self->opened || self->session == NULL)
    return;
  self->opened = TRUE;
  selected = engram_selection_get (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON);
  if (around && engram_row_set_get_size (selected) > 0)
    engram_graph_view_set_focus (self, selected);
  else
    engram_graph_view_set_scope (self, self->recalled ? self->recalled_scope : ENGRAM_GRAPH_SCOPE_BEST);
  /* What was selected the last time may still come. */
  self->focus_awaited = self->recalled && around && self->options->focus == NULL;
}

static void
query_changed_cb (EngramGraphView *self)
{
  self->asked = TRUE;
}

static void
selection_changed_cb (EngramGraphView *self)
{
  EngramRowSet *selected = engram_selection_get (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON);

  if (self->focus_awaited && engram_row_set_get_size (selected) > 0)
    engram_graph_view_set_focus (self, selected);
  engram_graph_view_update_actions (self);
}

/* What was wanted of one network means nothing in another, but for how far and how many. */
static void
reset_options (EngramGraphView *self)
{
  EngramNeighbourhoodOptions neighbourhood = self->options->neighbourhood;

  engram_graph_options_free (self->options);
  self->options = engram_graph_options_new ();
  self->options->neighbourhood = neighbourhood;
  self->opened = self->focus_awaited = FALSE;
  self->lay_out_wanted = self->fit_wanted = TRUE;
  g_clear_pointer (&self->problem, g_free);
  engram_graph_view_reset_path (self);
  engram_graph_view_update_controls (self);
}

void
engram_graph_view_set_session (EngramGraphView *self,
                               EngramSession   *session)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  if (self->session == session)
    return;
  engram_place_motion_stop (self->motion);
  engram_graph_view_stop_layout (self);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (engram_session_get_selection (self->session), self);
      g_signal_handlers_disconnect_by_func (self->session, query_changed_cb, self);
      self->recalled = FALSE;
    }
  g_set_object (&self->session, session);
  engram_point_texts_set_database (self->texts, session != NULL ? engram_session_get_database (session) : NULL);
  reset_options (self);
  engram_graph_view_want_scene (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    open (self);
  engram_network_view_set_session (self->network_view, session);
  if (session != NULL)
    {
      g_signal_connect_object (engram_session_get_selection (session), "changed", G_CALLBACK (selection_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::query", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
    }
  engram_graph_view_update_actions (self);
}

static void
engram_graph_view_map (GtkWidget *widget)
{
  open (ENGRAM_GRAPH_VIEW (widget));
  GTK_WIDGET_CLASS (engram_graph_view_parent_class)->map (widget);
}

static void
engram_graph_view_dispose (GObject *object)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (object);

  if (self->session != NULL)
    engram_graph_view_set_session (self, NULL);
  g_clear_pointer (&self->path, engram_graph_path_popover_free);
  g_clear_object (&self->motion);
  g_clear_object (&self->texts);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_graph_view_parent_class)->dispose (object);
}

static void
engram_graph_view_finalize (GObject *object)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (object);

  engram_graph_options_free (self->options);
  engram_row_set_unref (self->shown);
  g_free (self->status);
  g_free (self->problem);

  G_OBJECT_CLASS (engram_graph_view_parent_class)->finalize (object);
}

static void
engram_graph_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (object);

  switch (property_id)
    {
    case PROP_LAYING_OUT:
      g_value_set_boolean (value, self->job != NULL);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_graph_view_class_init (EngramGraphViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = engram_graph_view_dispose;
  object_class->finalize = engram_graph_view_finalize;
  object_class->get_property = engram_graph_view_get_property;
  widget_class->map = engram_graph_view_map;

  properties[PROP_LAYING_OUT] = g_param_spec_boolean ("laying-out", NULL, NULL, FALSE, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[OPTIONS_CHANGED] = g_signal_new ("options-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  engram_graph_view_class_add_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* Under the picture: what it shows. */
static GtkWidget *
make_status (EngramGraphView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->status_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->status_label, TRUE);
  /* It takes the room that there is, and asks for little: else a long text would fold the panes beside the picture. */
  gtk_label_set_max_width_chars (self->status_label, 20);
  gtk_label_set_xalign (self->status_label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->status_label), TRUE);
  self->all_button = gtk_button_new_with_mnemonic ("");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all_button), "graph.all");
  gtk_widget_set_visible (self->all_button, FALSE);
  gtk_widget_add_css_class (self->all_button, "flat");
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  engram_control_set_tooltip (self->spinner, _("Laying out the graph"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status_label));
  gtk_box_append (GTK_BOX (box), self->all_button);
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_widget_add_css_class (box, "engram-graph-status");
  return box;
}

static void
engram_graph_view_init (EngramGraphView *self)
{
  self->options = engram_graph_options_new ();
  self->shown = engram_row_set_new_empty ();
  self->texts = engram_point_texts_new ();
  self->network_view = ENGRAM_NETWORK_VIEW (engram_network_view_new (_("Graph"), engram_graph_scene_make));
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self->network_view), TRUE);
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->network_view));
  gtk_box_append (GTK_BOX (self->content), make_status (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));

  engram_graph_view_make_controls (self);
  engram_graph_view_add_keys (self);
  engram_graph_view_make_motion (self);
  engram_graph_view_connect_dragging (self);
  engram_graph_view_connect_menu (self);
  g_signal_connect_object (self->texts, "changed", G_CALLBACK (engram_graph_view_update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network_view, "scene-changed", G_CALLBACK (scene_changed_cb), self, G_CONNECT_SWAPPED);
  engram_graph_view_want_scene (self);
}
