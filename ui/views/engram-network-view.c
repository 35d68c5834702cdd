/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-status-page.h"
#include "scene/engram-camera-cloud.h"

/* So many points have the full size, a radius in pixels. */
#define FULL_POINTS 200.0
#define GREATEST_POINT_SIZE 7
#define GREATEST_FLAT_POINT_SIZE 5
/* Where they are crowded they have this share of it at least. How crowded that is, is told in a picture of this
 * size. */
#define LEAST_SIZE_SHARE 0.6f
#define USUAL_WIDTH 1000
#define USUAL_HEIGHT 700

enum { SCENE_CHANGED, APPEARANCE_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramNetworkView, engram_network_view, GTK_TYPE_WIDGET)

/* For those who cannot see the picture. */
static void
describe (EngramNetworkView *self)
{
  EngramNetworkScene *scene = engram_scene_source_get_scene (self->source);
  g_autofree char *text = NULL, *neurons = NULL, *synapses = NULL;

  if (scene == NULL)
    return;
  neurons = g_strdup_printf (ngettext ("%'u neuron", "%'u neurons", scene->scene->n_points), scene->scene->n_points);
  synapses = g_strdup_printf (ngettext ("%'u synapse", "%'u synapses", scene->scene->n_edges), scene->scene->n_edges);
  /* Translators: what a picture shows: its name, "300 neurons" and "1,200 synapses". */
  text = g_strdup_printf (_("%s: %s, %s"), self->name, neurons, synapses);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scene_view), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Many points leave as much room between them as few. */
static void
adapt_style (EngramNetworkView *self)
{
  EngramScene *scene = engram_scene_source_get_scene (self->source)->scene;
  EngramSceneStyle *style = engram_scene_view_get_style (self->scene_view);
  double crowd = sqrt (sqrt (FULL_POINTS / MAX (scene->n_points, FULL_POINTS)));

  style->point_size = (float) ((scene->flat ? GREATEST_FLAT_POINT_SIZE : GREATEST_POINT_SIZE) * crowd);
  /* Where they stand close together in a space they are smaller. */
  if (!scene->flat)
    {
      float radius = engram_camera_choose_radius (scene, USUAL_WIDTH, USUAL_HEIGHT);

      style->point_size = CLAMP (radius, LEAST_SIZE_SHARE * style->point_size, style->point_size);
    }
  engram_scene_view_style_changed (self->scene_view);
}

static void
source_changed_cb (EngramNetworkView *self)
{
  EngramNetworkScene *scene = engram_scene_source_get_scene (self->source);

  /* What the pointer is on has another number now. */
  self->hovered_kind = ENGRAM_PICKED_NOTHING;
  engram_network_view_colour (self);
  if (scene != NULL)
    adapt_style (self);
  engram_scene_view_set_scene (self->scene_view, scene != NULL ? scene->scene : NULL);
  engram_network_view_show_selection (self);
  engram_network_view_update_weights (self);
  engram_network_view_show_labels (self);
  describe (self);
  if (self->flight_awaited)
    engram_network_view_fly_to_selection (self);
  g_signal_emit (self, signals[SCENE_CHANGED], 0);
}

static void
source_failed_cb (EngramNetworkView *self,
                  const GError      *error)
{
  engram_network_view_set_empty_action (self, NULL, NULL);
  engram_network_view_set_empty_text (self, _("This Cannot Be Shown"), error->message);
}

static void
loading_changed_cb (EngramNetworkView *self)
{
  gboolean loading = engram_scene_source_get_loading (self->source);

  /* While there is a picture, another simply takes its place. */
  gtk_widget_set_visible (self->spinner, loading && engram_scene_source_get_scene (self->source) == NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), gtk_widget_get_visible (self->spinner));
}

static void
texts_changed_cb (EngramNetworkView *self)
{
  engram_scene_view_labels_changed (self->scene_view);
  engram_network_view_show_walk (self);
  if (self->hovered_kind != ENGRAM_PICKED_NOTHING)
    engram_network_view_show_hint (self, self->hovered_kind, self->hovered_index);
}

static void
drawn_changed_cb (EngramNetworkView *self)
{
  const char *text = engram_scene_view_get_drawn_text (self->scene_view);

  gtk_label_set_text (GTK_LABEL (self->drawn_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->drawn_label, text != NULL);
}

void
engram_network_view_set_empty_action (EngramNetworkView *self,
                                      const char        *label,
                                      const char        *action)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  self->empty_action = action != NULL ? g_intern_string (action) : NULL;
  gtk_button_set_label (GTK_BUTTON (self->empty_button), label != NULL ? label : "");
  gtk_widget_set_visible (self->empty_button, label != NULL);
}

/* No name of an action of its own: it stays, and the focus with it, until what it brings is there. */
static void
empty_clicked_cb (EngramNetworkView *self)
{
  if (self->empty_action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->empty_action, NULL);
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The picture, or the page in its place, which takes over its focus: whoever uses keys is not to be led elsewhere. */
static void
show_either (EngramNetworkView *self,
             gboolean           empty)
{
  GtkWidget *picture = GTK_WIDGET (self->scene_view);
  GtkWidget *shown = empty ? self->empty_page : picture, *hidden = empty ? picture : self->empty_page;
  gboolean focused = has_focus_within (hidden);

  gtk_widget_set_visible (shown, TRUE);
  if (focused && !empty)
    gtk_widget_grab_focus (picture);
  else if (focused && gtk_widget_get_visible (self->empty_button))
    gtk_widget_grab_focus (self->empty_button);
  else if (focused)
    gtk_widget_child_focus (self->empty_page, GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (hidden, FALSE);
}

void
engram_network_view_set_empty_text (EngramNetworkView *self,
                                    const char        *title,
                                    const char        *description)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  if (title != NULL)
    {
      escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;
      adw_status_page_set_title (ADW_STATUS_PAGE (self->empty_page), title);
      adw_status_page_set_description (ADW_STATUS_PAGE (self->empty_page), escaped);
      engram_status_page_set_name (ADW_STATUS_PAGE (self->empty_page));
    }
  show_either (self, title != NULL);
}

static void
network_changed_cb (EngramNetworkView *self)
{
  engram_point_texts_refresh (self->texts);
  engram_network_view_refresh_values (self);
  engram_network_view_update_analyse (self);
}

/* Differences that are to be shown become the colours, and leave them when they are not. */
static void
show_differences (EngramNetworkView *self)
{
  gboolean any = engram_session_get_differences (self->session) != NULL;

  if (any || self->colour_by == ENGRAM_COLOUR_BY_CHANGE)
    engram_network_view_set_colours (self, any ? ENGRAM_COLOUR_BY_CHANGE : ENGRAM_COLOUR_BY_TYPE, self->size_by);
}

static void
analysed_cb (EngramNetworkView *self,
             guint              analysis)
{
  if (analysis == ENGRAM_ANALYSIS_CHANGE)
    show_differences (self);
  engram_network_view_colour (self);
  engram_network_view_update_analyse (self);
  engram_network_view_show_selection (self);
}

void
engram_network_view_set_session (EngramNetworkView *self,
                                 EngramSession     *session)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (engram_session_get_selection (self->session), self);
    }
  engram_network_view_set_walk (self, session != NULL ? engram_walk_of (session) : NULL);
  engram_network_view_forget_values (self);
  g_set_object (&self->session, session);
  engram_point_texts_set_database (self->texts, session != NULL ? engram_session_get_database (session) : NULL);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "analysed", G_CALLBACK (analysed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (engram_session_get_selection (session), "changed",
                               G_CALLBACK (engram_network_view_show_selection), self, G_CONNECT_SWAPPED);
    }
  engram_scene_source_set_session (self->source, session);
  engram_network_view_refresh_values (self);
  engram_network_view_begin_values (self);
}

EngramSceneView *
engram_network_view_get_scene_view (EngramNetworkView *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  return self->scene_view;
}

EngramSceneSource *
engram_network_view_get_source (EngramNetworkView *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  return self->source;
}

EngramSession *
engram_network_view_get_session (EngramNetworkView *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  return self->session;
}

EngramNetworkScene *
engram_network_view_get_scene (EngramNetworkView *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  return engram_scene_source_get_scene (self->source);
}

static void
engram_network_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (engram_network_view_parent_class)->map (widget);
  engram_scene_source_set_active (ENGRAM_NETWORK_VIEW (widget)->source, TRUE);
  engram_network_view_begin_values (ENGRAM_NETWORK_VIEW (widget));
}

static void
engram_network_view_unmap (GtkWidget *widget)
{
  engram_scene_source_set_active (ENGRAM_NETWORK_VIEW (widget)->source, FALSE);
  GTK_WIDGET_CLASS (engram_network_view_parent_class)->unmap (widget);
}

static void
engram_network_view_dispose (GObject *object)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (object);

  if (self->session != NULL)
    engram_network_view_set_session (self, NULL);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->source);
  g_clear_object (&self->texts);
  g_clear_object (&self->analyse_menu);

  G_OBJECT_CLASS (engram_network_view_parent_class)->dispose (object);
}

static void
engram_network_view_finalize (GObject *object)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (object);

  g_free (self->name);
  g_free (self->colour_key);
  g_clear_pointer (&self->marked_neurons, engram_row_set_unref);
  g_clear_pointer (&self->marked_synapses, engram_row_set_unref);

  G_OBJECT_CLASS (engram_network_view_parent_class)->finalize (object);
}

static void
engram_network_view_class_init (EngramNetworkViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_network_view_dispose;
  object_class->finalize = engram_network_view_finalize;
  widget_class->map = engram_network_view_map;
  widget_class->unmap = engram_network_view_unmap;

  signals[SCENE_CHANGED] = g_signal_new ("scene-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[APPEARANCE_CHANGED] = g_signal_new ("appearance-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 0);
  engram_network_view_install_analyse (widget_class);
  engram_network_view_install_walk (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "networkview");
}

static void
add_overlay (EngramNetworkView *self,
             GtkWidget         *widget,
             GtkAlign           halign,
             GtkAlign           valign)
{
  gtk_widget_set_halign (widget, halign);
  gtk_widget_set_valign (widget, valign);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), widget);
}

static void
make_empty_page (EngramNetworkView *self)
{
  self->empty_page = adw_status_page_new ();
  self->empty_button = gtk_button_new_with_mnemonic ("");
  gtk_widget_set_halign (self->empty_button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->empty_button, FALSE);
  gtk_widget_add_css_class (self->empty_button, "pill");
  g_signal_connect_swapped (self->empty_button, "clicked", G_CALLBACK (empty_clicked_cb), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty_page), self->empty_button);
  gtk_widget_set_visible (self->empty_page, FALSE);
  add_overlay (self, self->empty_page, GTK_ALIGN_FILL, GTK_ALIGN_FILL);
}

static void
make_picture (EngramNetworkView *self)
{
  self->scene_view = g_object_new (ENGRAM_TYPE_SCENE_VIEW, NULL);
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->scene_view));

  self->legend_view = g_object_new (ENGRAM_TYPE_LEGEND_VIEW, "visible", FALSE, NULL);
  add_overlay (self, self->legend_view, GTK_ALIGN_START, GTK_ALIGN_END);
  self->drawn_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->drawn_label), TRUE);
  gtk_widget_add_css_class (self->drawn_label, "engram-drawn");
  gtk_widget_set_visible (self->drawn_label, FALSE);
  gtk_widget_set_can_target (self->drawn_label, FALSE);
  add_overlay (self, self->drawn_label, GTK_ALIGN_END, GTK_ALIGN_START);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 32, 32);
  gtk_widget_set_visible (self->spinner, FALSE);
  add_overlay (self, self->spinner, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
  make_empty_page (self);
  gtk_widget_set_vexpand (self->overlay, TRUE);
}

static void
engram_network_view_init (EngramNetworkView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->labelled = TRUE;
  self->texts = engram_point_texts_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  make_picture (self);
  engram_network_view_make_bar (self);
  gtk_box_append (GTK_BOX (self->content), self->bar);
  gtk_box_append (GTK_BOX (self->content), self->overlay);
  gtk_box_append (GTK_BOX (self->content), engram_network_view_make_walk (self));

  engram_network_view_connect_picking (self);
  g_signal_connect_object (self->scene_view, "notify::drawn-text", G_CALLBACK (drawn_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->texts, "changed", G_CALLBACK (texts_changed_cb), self, G_CONNECT_SWAPPED);
  /* After the style sheet of the other colours is there. */
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (engram_network_view_colour), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

GtkWidget *
engram_network_view_new (const char       *name,
                         EngramSceneMaker  maker)
{
  EngramNetworkView *self = g_object_new (ENGRAM_TYPE_NETWORK_VIEW, NULL);

  self->name = g_strdup (name);
  self->source = engram_scene_source_new (maker);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scene_view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->source, "changed", G_CALLBACK (source_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "failed", G_CALLBACK (source_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "notify::loading", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
