/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "common/engram-wrap-layout.h"
#include "space/engram-faithfulness-text.h"

/* Where the arrangement has the points, or where the file has them. */
static float *
dup_places (EngramSpaceView *self,
            gboolean         after)
{
  const EngramNetworkScene *scene = engram_space_view_get_scene (self);
  float *places = engram_space_view_dup_file_places (self);

  for (guint32 i = 0; i < scene->scene->n_points && after; i++)
    {
      guint32 index;

      if (engram_arrangement_find (self->arrangement, engram_network_scene_get_rowid (scene, i), &index))
        for (int axis = 0; axis < 3; axis++)
          places[3 * (gsize) i + axis] = self->arrangement->positions[3 * (gsize) index + axis];
    }
  return places;
}

/* What is said */

static char *
dup_title (EngramSpaceView *self)
{
  guint32 n_kept = self->arrangement->n_kept, n_moved = self->arrangement->n_neurons - n_kept;
  const char *how = engram_arranging_get_label (self->how);
  g_autofree char *moved = g_strdup_printf (ngettext ("%'u neuron moved", "%'u neurons moved", n_moved), n_moved);
  g_autofree char *kept = g_strdup_printf (ngettext ("%'u kept its place", "%'u kept their place", n_kept), n_kept);

  if (n_kept == 0)
    /* Translators: "Principal Components: 279 neurons moved". */
    return g_strdup_printf (_("%s: %s"), how, moved);
  /* Translators: "Principal Components: 279 neurons moved, 3 kept their place". */
  return g_strdup_printf (_("%s: %s, %s"), how, moved, kept);
}

static void
add_fact (GString *facts,
          char    *fact) /* (transfer full) */
{
  if (facts->len > 0)
    g_string_append_c (facts, '\n');
  g_string_append (facts, fact);
  g_free (fact);
}

static void
show_facts (EngramSpaceView *self)
{
  g_autoptr (GString) facts = g_string_new (NULL);

  if (self->facts.explained >= 0)
    {
      g_autofree char *share = engram_format_decimals (100 * self->facts.explained, 0);

      add_fact (facts, g_strdup_printf (_("The three axes have %s %% of the variance of the vectors."), share));
    }
  if (self->facts.sign == ENGRAM_GRAPH_SIGN_DROPPED)
    add_fact (facts, g_strdup (_("Synapses count by their strength alone, not by their sign.")));
  else if (self->facts.sign == ENGRAM_GRAPH_SIGN_LEFT_OUT)
    add_fact (facts, g_strdup (_("Inhibiting synapses are left out.")));
  if (self->n_judged == 2)
    {
      g_autofree char *before = engram_faithfulness_dup_share (&self->judged[0]);
      g_autofree char *after = engram_faithfulness_dup_share (&self->judged[1]);

      /* Translators: two shares, "12 % ± 1 %": of the neurons that are nearest by their vectors, how many are nearest
       * in space. */
      add_fact (facts, g_strdup_printf (_("Of the ten nearest by vector are near: before %s, after %s"), before, after));
    }
  gtk_label_set_text (self->facts_label, facts->str);
  gtk_widget_set_visible (GTK_WIDGET (self->facts_label), facts->len > 0);
}

/* How faithful both arrangements are, one after the other: each reads all vectors. */

static void
stop_judging (EngramSpaceView *self)
{
  g_cancellable_cancel (self->judging);
  g_clear_object (&self->judging);
  self->n_judged = 0;
}

static void judge_next (EngramSpaceView *self);

static void
judged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EngramSpaceView) self = user_data;
  EngramFaithfulness faithfulness;
  g_autoptr (GError) error = NULL;
  gboolean known = engram_faithfulness_ask_finish (result, &faithfulness, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->judging)
    return;
  /* Without vectors there is nothing to be faithful to. */
  if (!known && g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID))
    return;
  if (!known)
    {
      gtk_label_set_text (self->facts_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->facts_label), TRUE);
      return;
    }
  self->judged[self->n_judged++] = faithfulness;
  if (self->n_judged == 1)
    judge_next (self);
  else
    show_facts (self);
}

static void
judge_next (EngramSpaceView *self)
{
  engram_faithfulness_ask_async (engram_session_get_database (self->session),
                                 self->n_judged == 1 ? self->arrangement : NULL, self->judging, judged_cb,
                                 g_object_ref (self));
}

/* The preview */

static void
show_side (EngramSpaceView *self)
{
  gboolean after = gtk_toggle_button_get_active (self->after_button);

  if (self->arrangement == NULL || self->after == after)
    return;
  self->after = after;
  engram_space_view_move_to (self, dup_places (self, after));
}

/* All of both arrangements is to be seen, so that the camera stays while one goes there and back. */
static void
fit_both (EngramSpaceView *self,
          const float     *places)
{
  EngramSceneView *scene_view = engram_network_view_get_scene_view (self->network_view);
  EngramScene *scene = engram_space_view_get_scene (self)->scene;
  int width = gtk_widget_get_width (GTK_WIDGET (scene_view)), height = gtk_widget_get_height (GTK_WIDGET (scene_view));
  float low[2][3] = { 0 }, high[2][3] = { 0 };
  g_autofree float *now = NULL;
  EngramCamera camera;

  if (width == 0 || height == 0 || !engram_scene_get_bounds (scene, low[0], high[0]))
    return;
  now = engram_scene_copy_places (scene);
  engram_scene_set_places (scene, places);
  engram_scene_get_bounds (scene, low[1], high[1]);
  engram_scene_set_places (scene, now);
  for (int axis = 0; axis < 3; axis++)
    {
      low[0][axis] = MIN (low[0][axis], low[1][axis]);
      high[0][axis] = MAX (high[0][axis], high[1][axis]);
    }
  engram_scene_view_get_camera (scene_view, &camera);
  engram_camera_fit (&camera, low[0], high[0], (float) width, (float) height, 32);
  engram_scene_view_set_camera (scene_view, &camera, TRUE);
}

void
engram_space_view_show_preview (EngramSpaceView            *self,
                                EngramArrangement          *arrangement,
                                EngramArranging             how,
                                const EngramArrangingFacts *facts)
{
  g_autofree char *title = NULL;
  float *places;

  engram_space_view_drop_preview (self);
  self->arrangement = engram_arrangement_ref (arrangement);
  self->how = how;
  self->facts = *facts;
  self->after = TRUE;
  gtk_toggle_button_set_active (self->after_button, TRUE);
  title = dup_title (self);
  gtk_label_set_text (self->preview_label, title);
  show_facts (self);
  gtk_widget_set_visible (self->preview_bar, TRUE);
  engram_space_view_update (self);

  places = dup_places (self, TRUE);
  fit_both (self, places);
  engram_space_view_move_to (self, places);
  self->judging = g_cancellable_new ();
  judge_next (self);
}

static void
end_preview (EngramSpaceView *self)
{
  stop_judging (self);
  g_clear_pointer (&self->arrangement, engram_arrangement_unref);
  gtk_widget_set_visible (self->preview_bar, FALSE);
  engram_space_view_update (self);
}

void
engram_space_view_discard_preview (EngramSpaceView *self)
{
  if (self->arrangement == NULL)
    return;
  if (engram_space_view_get_scene (self) != NULL)
    engram_space_view_move_to (self, engram_space_view_dup_file_places (self));
  end_preview (self);
}

void
engram_space_view_drop_preview (EngramSpaceView *self)
{
  engram_place_motion_stop (self->motion);
  if (self->arrangement == NULL)
    return;
  if (engram_space_view_get_scene (self) != NULL)
    {
      g_autofree float *places = engram_space_view_dup_file_places (self);

      engram_space_view_jump_to (self, places);
    }
  end_preview (self);
}

void
engram_space_view_keep_preview (EngramSpaceView *self)
{
  g_autoptr (EngramArrangement) arrangement = NULL;

  if (self->arrangement == NULL || !engram_session_get_editable (self->session))
    return;
  gtk_toggle_button_set_active (self->after_button, TRUE);
  arrangement = engram_arrangement_ref (self->arrangement);
  end_preview (self);
  engram_space_view_write (self, arrangement, engram_arranging_get_step_label (self->how));
}

void
engram_space_view_repeat_preview (EngramSpaceView *self)
{
  g_autofree float *places = NULL;

  if (self->arrangement == NULL || engram_space_view_get_scene (self) == NULL)
    return;
  places = dup_places (self, self->after);
  engram_space_view_jump_to (self, places);
}

/* The bar */

static GtkLabel *
make_label (GtkBox *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static GtkToggleButton *
make_side (GtkBox          *box,
           const char      *label,
           GtkToggleButton *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (label);

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  gtk_box_append (box, button);
  return GTK_TOGGLE_BUTTON (button);
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_buttons (EngramSpaceView *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *discard = make_button (_("_Discard"), "space.discard");

  gtk_widget_set_layout_manager (buttons, engram_wrap_layout_new (6));
  gtk_widget_add_css_class (sides, "linked");
  self->before_button = make_side (GTK_BOX (sides), _("_Before"), NULL);
  self->after_button = make_side (GTK_BOX (sides), _("_After"), self->before_button);
  g_signal_connect_object (self->after_button, "toggled", G_CALLBACK (show_side), self, G_CONNECT_SWAPPED);
  gtk_widget_set_tooltip_text (discard, _("Discard (Esc)"));
  self->keep_button = make_button (_("_Keep"), "space.keep");
  gtk_widget_add_css_class (self->keep_button, "suggested-action");
  gtk_box_append (GTK_BOX (buttons), sides);
  gtk_box_append (GTK_BOX (buttons), discard);
  gtk_box_append (GTK_BOX (buttons), self->keep_button);
  return buttons;
}

GtkWidget *
engram_space_view_make_preview (EngramSpaceView *self)
{
  self->preview_bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->preview_bar, "engram-preview");
  gtk_widget_set_halign (self->preview_bar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->preview_bar, GTK_ALIGN_END);
  self->preview_label = make_label (GTK_BOX (self->preview_bar));
  gtk_widget_add_css_class (GTK_WIDGET (self->preview_label), "heading");
  self->facts_label = make_label (GTK_BOX (self->preview_bar));
  gtk_widget_add_css_class (GTK_WIDGET (self->facts_label), "dim-label");
  gtk_box_append (GTK_BOX (self->preview_bar), make_buttons (self));
  gtk_widget_set_visible (self->preview_bar, FALSE);
  return self->preview_bar;
}
