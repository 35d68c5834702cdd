/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-bar.h"

#include <glib/gi18n.h>

/* What ends sooner is not worth a look. */
#define MILLISECONDS_UNTIL_SHOWN 500

struct _EngramJobBar {
  GtkWidget       parent_instance;

  GtkWidget      *revealer;
  GtkLabel       *label;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
  GPtrArray      *jobs;   /* that run, the oldest first */
  guint           timer;
};

G_DEFINE_FINAL_TYPE (EngramJobBar, engram_job_bar, GTK_TYPE_WIDGET)

static EngramJob *
get_shown (EngramJobBar *self)
{
  return self->jobs->len > 0 ? g_ptr_array_index (self->jobs, 0) : NULL;
}

static void
update (EngramJobBar *self)
{
  EngramJob *job = get_shown (self);
  const char *phase = job != NULL ? engram_job_get_phase (job) : NULL;
  double fraction = job != NULL ? engram_job_get_fraction (job) : -1;
  g_autofree char *text = NULL;

  if (job == NULL)
    return;
  text = phase != NULL
           /* Translators: what a job is, and what it is doing just now: "Deleting 12 neurons: Noting rows". */
           ? g_strdup_printf (_("%s: %s"), engram_job_get_title (job), phase)
           : g_strdup (engram_job_get_title (job));
  gtk_label_set_text (self->label, text);
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
  update (self);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  return G_SOURCE_REMOVE;
}

static void
job_changed_cb (EngramJobBar *self)
{
  update (self);
}

static void
job_ended_cb (EngramJobBar *self,
              EngramJob    *job)
{
  g_signal_handlers_disconnect_by_data (job, self);
  g_ptr_array_remove (self->jobs, job);
  if (self->jobs->len > 0)
    {
      update (self);
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static void
cancel_cb (EngramJobBar *self)
{
  EngramJob *job = get_shown (self);

  if (job != NULL)
    engram_job_cancel (job);
}

static void
engram_job_bar_dispose (GObject *object)
{
  EngramJobBar *self = ENGRAM_JOB_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
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
engram_job_bar_init (EngramJobBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->revealer = gtk_revealer_new ();
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 100, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);

  gtk_widget_add_css_class (box, "toolbar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), self->cancel);
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
  if (self->timer == 0 && self->jobs->len == 1)
    self->timer = g_timeout_add (MILLISECONDS_UNTIL_SHOWN, show_cb, self);
}
