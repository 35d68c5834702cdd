/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/engram-job-page.h"

#include <glib/gi18n.h>

#include "jobs/engram-job-text.h"

struct _EngramJobPage {
  AdwBin          parent_instance;

  GtkLabel       *title;
  GtkLabel       *status;
  GtkProgressBar *progress;
  GtkLabel       *pace;
  GtkWidget      *cancel;
  EngramJob      *job;   /* or NULL */
  guint           timer; /* while there is one: its pace changes, and an unknown fraction pulses */
};

#define MILLISECONDS_BETWEEN_LOOKS 200

G_DEFINE_FINAL_TYPE (EngramJobPage, engram_job_page, ADW_TYPE_BIN)

static void
update (EngramJobPage *self)
{
  g_autofree char *status = engram_job_dup_status (self->job);
  g_autofree char *pace = engram_job_dup_pace (self->job);
  double fraction = engram_job_get_fraction (self->job);

  gtk_label_set_text (self->status, status);
  /* Its line stays, so that nothing jumps. */
  gtk_label_set_text (self->pace, pace != NULL ? pace : "");
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
  gtk_widget_set_sensitive (self->cancel, engram_job_is_active (self->job) && !engram_job_is_cancelling (self->job));
}

static gboolean
look_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (EngramJobPage *self)
{
  g_autoptr (EngramJob) job = g_object_ref (self->job);

  /* One that waits ends at once, and is shown no more. */
  engram_job_cancel (job);
  if (self->job == job)
    update (self);
}

void
engram_job_page_set_job (EngramJobPage *self,
                         EngramJob     *job)
{
  g_return_if_fail (ENGRAM_IS_JOB_PAGE (self));

  g_set_object (&self->job, job);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (job == NULL)
    return;
  self->timer = g_timeout_add (MILLISECONDS_BETWEEN_LOOKS, look_cb, self);
  gtk_label_set_text (self->title, engram_job_get_title (job));
  gtk_progress_bar_set_fraction (self->progress, 0);
  update (self);
}

static void
engram_job_page_dispose (GObject *object)
{
  engram_job_page_set_job (ENGRAM_JOB_PAGE (object), NULL);

  G_OBJECT_CLASS (engram_job_page_parent_class)->dispose (object);
}

static void
engram_job_page_class_init (EngramJobPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_job_page_dispose;
}

static GtkLabel *
add_label (GtkBox     *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
engram_job_page_init (EngramJobPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  self->title = add_label (box, "title-2");
  self->status = add_label (box, "body");
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  gtk_box_append (box, GTK_WIDGET (self->progress));
  self->pace = add_label (box, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->pace), "numeric");
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->cancel, "pill");
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_box_append (box, self->cancel);

  gtk_widget_set_valign (GTK_WIDGET (box), GTK_ALIGN_CENTER);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 400);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (box));
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  adw_bin_set_child (ADW_BIN (self), clamp);
}

GtkWidget *
engram_job_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_JOB_PAGE, NULL);
}
