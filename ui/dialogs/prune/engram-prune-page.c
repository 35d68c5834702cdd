/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-prune-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-status-page.h"
#include "common/engram-text-format.h"
#include "dialogs/engram-failure-page.h"
#include "dialogs/prune/engram-prune-rehearsal.h"
#include "dialogs/prune/engram-prune-showing.h"
#include "dialogs/prune/engram-prune-victims.h"
#include "dialogs/prune/engram-threshold-view.h"
#include "pages/engram-network-notices.h"

/* What is read sooner shows no spinner. */
#define MILLISECONDS_UNTIL_SPINNER 100

struct _EngramPrunePage {
  AdwBin                parent_instance;

  GtkStack             *stack;
  GtkWidget            *reading;
  EngramFailurePage    *failure;
  AdwStatusPage        *nothing;
  GtkBox               *notices;
  EngramThresholdView  *view;
  GtkSpinButton        *spin;
  GtkAdjustment        *adjustment;
  GtkLabel             *goes;
  AdwActionRow         *goes_row;
  GtkLabel             *stays;
  GtkLabel             *alone;
  AdwActionRow         *alone_row;
  GtkLabel             *parts;
  AdwActionRow         *parts_row;
  AdwBin               *victims_bin;
  GtkSwitch            *show;
  GtkWidget            *filter_row;
  GtkSwitch            *filter;
  AdwActionRow         *backup_row;
  GtkSwitch            *backup;

  EngramSession        *session;
  EngramPruneRehearsal *rehearsal;
  EngramPruneVictims   *victims;
  EngramPruneShowing   *showing;
  guint                 spinner_timer; /* or 0 */
  gboolean              is_pruning;
  gboolean              can_prune;
};

enum {
  PROP_0,
  PROP_CAN_PRUNE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramPrunePage, engram_prune_page, ADW_TYPE_BIN)

static void
set_can_prune (EngramPrunePage *self,
               gboolean         can_prune)
{
  if (self->can_prune == can_prune)
    return;
  self->can_prune = can_prune;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_PRUNE]);
}

/* Figures */

static void
set_count (GtkLabel *label,
           guint64   count)
{
  g_autofree char *text = engram_format_count (count);

  gtk_label_set_text (label, text);
}

static char *
format_share (guint64 part,
              guint64 whole)
{
  double percent = whole > 0 ? 100.0 * (double) part / (double) whole : 0;
  g_autofree char *number = engram_format_rounded (percent);
  g_autofree char *count = engram_format_count (whole);

  /* Translators: a share ("2.5 %") of so many synapses. */
  return g_strdup_printf (ngettext ("%s\302\240%% of %s synapse", "%s\302\240%% of %s synapses", (gulong) whole),
                          number, count);
}

static void
show_counts (EngramPrunePage          *self,
             const EngramPruneOutcome *outcome,
             const EngramPruneOutcome *today)
{
  g_autofree char *share = format_share (outcome->pruned, today->remaining);
  g_autofree char *isolated = engram_format_count (outcome->isolated);
  g_autofree char *parts_today = engram_format_count (today->parts);
  g_autofree char *alone = g_strdup_printf (ngettext ("With those that are alone today: %s neuron without a synapse",
                                                      "With those that are alone today: %s neurons without a synapse",
                                                      (gulong) outcome->isolated), isolated);
  g_autofree char *parts = g_strdup_printf (_("Lone neurons are counted; today: %s"), parts_today);

  set_count (self->goes, outcome->pruned);
  set_count (self->stays, outcome->remaining);
  set_count (self->alone, outcome->newly_isolated);
  set_count (self->parts, outcome->parts);
  adw_action_row_set_subtitle (self->goes_row, share);
  adw_action_row_set_subtitle (self->alone_row, alone);
  adw_action_row_set_subtitle (self->parts_row, parts);
}

static char *
dup_meaning (const EngramPruneOutcome *outcome)
{
  g_autofree char *pruned = engram_format_count (outcome->pruned);
  g_autofree char *alone = engram_format_count (outcome->newly_isolated);
  g_autofree char *parts = engram_format_count (outcome->parts);

  /* Translators: what a screen reader says of a threshold: how many synapses go, how many neurons lose their last one,
   * and how many parts the network falls into. */
  return g_strdup_printf (_("synapses that go: %s, neurons left alone: %s, parts: %s"), pruned, alone, parts);
}

/* What stands in the place of the list: NULL where there is a list. */
static char *
dup_none_text (EngramPrunePage          *self,
               const EngramPruneOutcome *outcome)
{
  double weakest;
  g_autofree char *threshold = engram_threshold_format (outcome->threshold);
  g_autofree char *weakest_text = NULL;

  if (outcome->pruned > 0 || !engram_prune_rehearsal_get_weakest (self->rehearsal, &weakest))
    return NULL;
  weakest_text = engram_format_real (weakest);
  /* Translators: a threshold, and the least weight of all, its sign left out. */
  return g_strdup_printf (_("No synapse is weaker than %s. The weakest one has a weight of %s."), threshold,
                          weakest_text);
}

static void
show_outcome (EngramPrunePage *self)
{
  EngramPruneOutcome outcome, today;
  g_autofree char *meaning = NULL;
  g_autofree char *none = NULL;

  if (!engram_prune_rehearsal_get_outcome (self->rehearsal, &outcome, &today))
    {
      set_can_prune (self, FALSE);
      return;
    }
  show_counts (self, &outcome, &today);
  meaning = dup_meaning (&outcome);
  engram_threshold_view_set_meaning (self->view, meaning);
  none = dup_none_text (self, &outcome);
  engram_prune_victims_set_none (self->victims, none);
  engram_prune_victims_set_threshold (self->victims, outcome.threshold);
  set_can_prune (self, outcome.pruned > 0 && engram_session_get_editable (self->session));
}

static void
show_figures (EngramPrunePage *self)
{
  guint64 counts[ENGRAM_PRUNE_BINS];
  double weakest;
  const GError *error = engram_prune_rehearsal_get_error (self->rehearsal);

  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  if (error != NULL)
    {
      engram_failure_page_set_error (self->failure, _("The Network Cannot Be Read"), error);
      engram_failure_page_set_can_try_again (self->failure, TRUE);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else if (engram_prune_rehearsal_get_histogram (self->rehearsal, counts) &&
           engram_prune_rehearsal_get_weakest (self->rehearsal, &weakest))
    {
      engram_threshold_view_set_histogram (self->view, counts);
      gtk_stack_set_visible_child_name (self->stack, isnan (weakest) ? "nothing" : "figures");
    }
  show_outcome (self);
}

static gboolean
spinner_cb (gpointer user_data)
{
  EngramPrunePage *self = user_data;

  self->spinner_timer = 0;
  gtk_widget_set_visible (self->reading, TRUE);
  return G_SOURCE_REMOVE;
}

static void
try_again_cb (EngramPrunePage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "reading");
  engram_prune_rehearsal_refresh (self->rehearsal);
}

static gboolean
output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = engram_threshold_format (gtk_spin_button_get_value (spin));

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* In the views */

static void
show_in_views (EngramPrunePage *self)
{
  EngramPruneOutcome outcome, today;
  g_autoptr (EngramRowOrder) none = NULL;
  EngramRowOrder *order;

  if (self->is_pruning || !gtk_switch_get_active (self->show) ||
      !engram_prune_rehearsal_get_outcome (self->rehearsal, &outcome, &today))
    return;
  order = engram_prune_victims_get_order (self->victims);
  if (outcome.pruned == 0)
    order = none = engram_row_order_new (NULL, 0);
  if (order == NULL)
    return;
  engram_prune_showing_select (self->showing, order);
  engram_prune_showing_filter (self->showing, gtk_switch_get_active (self->filter) ? outcome.threshold : 0);
}

static void
show_cb (EngramPrunePage *self)
{
  gboolean shows = gtk_switch_get_active (self->show);

  gtk_widget_set_sensitive (self->filter_row, shows);
  if (shows)
    show_in_views (self);
  else
    engram_prune_showing_end (self->showing, FALSE);
}

static void
threshold_cb (EngramPrunePage *self)
{
  show_outcome (self);
  /* Others are shown as soon as they are listed. */
  if (!self->can_prune)
    show_in_views (self);
}

/* GObject */

static void
engram_prune_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_CAN_PRUNE:
      g_value_set_boolean (value, ENGRAM_PRUNE_PAGE (object)->can_prune);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_prune_page_dispose (GObject *object)
{
  EngramPrunePage *self = ENGRAM_PRUNE_PAGE (object);

  g_clear_handle_id (&self->spinner_timer, g_source_remove);
  if (self->rehearsal != NULL)
    engram_prune_rehearsal_stop (self->rehearsal);
  if (self->showing != NULL)
    engram_prune_showing_end (self->showing, FALSE);
  g_clear_object (&self->rehearsal);
  g_clear_object (&self->showing);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_prune_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, reading);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, failure);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, nothing);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, notices);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, view);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, spin);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, adjustment);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, goes);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, goes_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, stays);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, alone);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, alone_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, parts);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, parts_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, victims_bin);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, show);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, filter_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, filter);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, backup_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPrunePage, backup);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
engram_prune_page_class_init (EngramPrunePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = engram_prune_page_get_property;
  object_class->dispose = engram_prune_page_dispose;

  properties[PROP_CAN_PRUNE] =
    g_param_spec_boolean ("can-prune", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (ENGRAM_TYPE_FAILURE_PAGE);
  g_type_ensure (ENGRAM_TYPE_THRESHOLD_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/dialogs/prune/engram-prune-page.ui");
  bind_children (widget_class);
}

static void
engram_prune_page_init (EngramPrunePage *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_page_set_name (self->nothing);
  /* What has the focus is the text within. */
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->spin));
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Threshold"), -1);
}

static void
show_plan (EngramPrunePage *self)
{
  g_autoptr (EngramBackupPlan) plan = engram_backup_plan_new ();
  const char *path = engram_database_get_path (engram_session_get_database (self->session));
  g_autofree char *folder = engram_backup_plan_dup_folder (plan, path);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->backup_row, escaped);
  gtk_switch_set_active (self->backup, plan->before_bulk_changes);
}

static void
connect (EngramPrunePage *self)
{
  g_object_bind_property (self->rehearsal, "threshold", self->view, "threshold",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->rehearsal, "threshold", self->adjustment, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->rehearsal, "notify::threshold", G_CALLBACK (threshold_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rehearsal, "figures-changed", G_CALLBACK (show_figures), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->victims, "listed", G_CALLBACK (show_in_views), self, G_CONNECT_SWAPPED);
}

GtkWidget *
engram_prune_page_new (EngramSession *session)
{
  EngramPrunePage *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  self = g_object_new (ENGRAM_TYPE_PRUNE_PAGE, NULL);
  self->session = g_object_ref (session);
  self->rehearsal = engram_prune_rehearsal_new (session);
  self->showing = engram_prune_showing_new (session);
  self->victims = ENGRAM_PRUNE_VICTIMS (engram_prune_victims_new (session));
  adw_bin_set_child (self->victims_bin, GTK_WIDGET (self->victims));
  engram_network_notices_fill (self->notices, engram_session_get_database (session), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->notices),
                          gtk_widget_get_first_child (GTK_WIDGET (self->notices)) != NULL);
  show_plan (self);
  connect (self);
  self->spinner_timer = g_timeout_add (MILLISECONDS_UNTIL_SPINNER, spinner_cb, self);
  return GTK_WIDGET (self);
}

gboolean
engram_prune_page_get_can_prune (EngramPrunePage *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_PAGE (self), FALSE);

  return self->can_prune;
}

double
engram_prune_page_get_threshold (EngramPrunePage *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_PAGE (self), 0);

  return engram_prune_rehearsal_get_threshold (self->rehearsal);
}

guint64
engram_prune_page_get_n_pruned (EngramPrunePage *self)
{
  EngramPruneOutcome outcome, today;

  g_return_val_if_fail (ENGRAM_IS_PRUNE_PAGE (self), 0);

  return engram_prune_rehearsal_get_outcome (self->rehearsal, &outcome, &today) ? outcome.pruned : 0;
}

EngramBackupPlan *
engram_prune_page_dup_plan (EngramPrunePage *self)
{
  g_return_val_if_fail (ENGRAM_IS_PRUNE_PAGE (self), NULL);

  return gtk_switch_get_active (self->backup) ? engram_backup_plan_new () : NULL;
}

static void
ended_cb (EngramPrunePage *self,
          EngramJob       *job)
{
  self->is_pruning = FALSE;
  if (engram_job_get_state (job) == ENGRAM_JOB_DONE)
    {
      engram_prune_showing_end (self->showing, TRUE);
      gtk_switch_set_active (self->show, FALSE);
    }
  else
    show_in_views (self);
  /* Whoever has a button for it, has not let it be used meanwhile. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_PRUNE]);
}

void
engram_prune_page_follow (EngramPrunePage *self,
                          EngramJob       *job)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_PAGE (self));
  g_return_if_fail (ENGRAM_IS_JOB (job));

  self->is_pruning = TRUE;
  g_signal_connect_object (job, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
