/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-bar.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-status-label.h"
#include "jobs/engram-job-text.h"

/* What ends sooner is not worth a look. */
#define MILLISECONDS_UNTIL_SHOWN 500

struct _EngramJobBar {
  GtkWidget       parent_instance;

  GtkWidget      *revealer;
  GtkLabel       *label;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
  GtkWidget      *show_all;
  GPtrArray      *jobs;   /* that run or wait, the oldest first */
  guint           timer;
};

G_DEFINE_FINAL_TYPE (EngramJobBar, engram_job_bar, GTK_TYPE_WIDGET)

/* Those that are spoken of: (transfer container) */
static GPtrArray *
list_shown (EngramJobBar *self,
            gboolean      background)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < self->jobs->len; i++)
    {
      EngramJob *job = g_ptr_array_index (self->jobs, i);

      if (!engram_job_is_attended (job) && engram_job_is_background (job) == background)
        g_ptr_array_add (shown, job);
    }
  return shown;
}

static GPtrArray *
get_shown (EngramJobBar *self)
{
  GPtrArray *shown = list_shown (self, FALSE);

  if (shown->len > 0)
    return shown;
  g_ptr_array_unref (shown);
  return list_shown (self, TRUE);
}

/* What it does, where it stands and how fast it is: "Importing 3 documents: Writing — 48 MB/s, about 2 minutes left" */
static char *
describe_one (EngramJob *job)
{
  g_autofree char *status = engram_job_dup_status (job);
  g_autofree char *pace = engram_job_dup_pace (job);

  if (pace != NULL)
    /* Translators: what a job is, what it is doing just now, and how fast and how long. */
    return g_strdup_printf (_("%s: %s — %s"), engram_job_get_title (job), status, pace);
  /* Translators: what a job is, and what it is doing just now: "Deleting 12 neurons: Noting rows". */
  return g_strdup_printf (_("%s: %s"), engram_job_get_title (job), status);
}

static char *
describe_several (GPtrArray *jobs)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autofree char *all = NULL;

  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (titles, (char *) engram_job_get_title (g_ptr_array_index (jobs, i)));
  g_ptr_array_add (titles, NULL);
  /* Translators: between things that are done at the same time. */
  all = g_strjoinv (_(", "), (char **) titles->pdata);
  return g_strdup_printf (ngettext ("%u job: %s", "%u jobs: %s", jobs->len), jobs->len, all);
}

/* Of all together; negative where it is known of none. */
static double
get_fraction (GPtrArray *jobs)
{
  double sum = 0;
  gboolean known = FALSE;

  for (guint i = 0; i < jobs->len; i++)
    {
      double fraction = engram_job_get_fraction (g_ptr_array_index (jobs, i));

      known = known || fraction >= 0;
      sum += MAX (fraction, 0);
    }
  return known ? sum / jobs->len : -1;
}

static void
update (EngramJobBar *self)
{
  g_autoptr (GPtrArray) shown = get_shown (self);
  gboolean several = shown->len > 1;
  g_autofree char *text = NULL;
  double fraction;

  if (shown->len == 0)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
      return;
    }
  text = several ? describe_several (shown) : describe_one (g_ptr_array_index (shown, 0));
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  gtk_widget_set_visible (self->cancel, !several);
  gtk_widget_set_visible (self->show_all, several);
  gtk_widget_set_sensitive (self->cancel, !engram_job_is_cancelling (g_ptr_array_index (shown, 0)));
  fraction = get_fraction (shown);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
}

static gboolean
show_cb (gpointer user_data)
{
  EngramJobBar *self = user_data;

  self->timer = 0;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  update (self);
  return G_SOURCE_REMOVE;
}

/* Shows what there is to be shown, soon. */
static void
follow (EngramJobBar *self)
{
  g_autoptr (GPtrArray) shown = get_shown (self);

  if (shown->len > 0 && self->timer == 0 && !gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)))
    self->timer = g_timeout_add (MILLISECONDS_UNTIL_SHOWN, show_cb, self);
  update (self);
}

static void
job_changed_cb (EngramJobBar *self)
{
  follow (self);
}

static void
job_ended_cb (EngramJobBar *self,
              EngramJob    *job)
{
  g_signal_handlers_disconnect_by_data (job, self);
  g_ptr_array_remove (self->jobs, job);
  follow (self);
}

static void
cancel_cb (EngramJobBar *self)
{
  g_autoptr (GPtrArray) shown = get_shown (self);

  if (shown->len > 0)
    engram_job_cancel (g_ptr_array_index (shown, 0));
}

static void
engram_job_bar_dispose (GObject *object)
{
  EngramJobBar *self = ENGRAM_JOB_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->jobs, i), self);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_job_bar_parent_class)->dispose (object);
}

static void
engram_job_bar_class_init (EngramJobBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_job_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_controls (EngramJobBar *self,
              GtkWidget    *box)
{
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  self->show_all = gtk_button_new_with_mnemonic (_("S_how All"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show_all), "win.jobs");
  gtk_widget_set_visible (self->show_all, FALSE);
  gtk_box_append (GTK_BOX (box), self->cancel);
  gtk_box_append (GTK_BOX (box), self->show_all);
}

static void
engram_job_bar_init (EngramJobBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->revealer = gtk_revealer_new ();
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());

  engram_status_label_set_up (self->label);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 100, -1);
  engram_control_set_name (GTK_WIDGET (self->progress), _("Progress"));

  gtk_widget_add_css_class (box, "toolbar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  add_controls (self, box);
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
engram_job_bar_new (void)
{
  return g_object_new (ENGRAM_TYPE_JOB_BAR, NULL);
}

void
engram_job_bar_add (EngramJobBar *self,
                    EngramJob    *job)
{
  g_return_if_fail (ENGRAM_IS_JOB_BAR (self));
  g_return_if_fail (ENGRAM_IS_JOB (job));

  g_ptr_array_add (self->jobs, g_object_ref (job));
  g_signal_connect_object (job, "notify", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
  follow (self);
}
