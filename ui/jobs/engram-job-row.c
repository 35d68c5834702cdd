/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-row.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "jobs/engram-job-text.h"

/* Lines of a text that explains. */
#define STATUS_LINES 3
#define LINE_CHARACTERS 24

struct _EngramJobRow {
  GtkListBoxRow   parent_instance;

  EngramJob      *job;
  GtkImage       *icon;
  GtkLabel       *title;
  GtkLabel       *status;
  GtkProgressBar *progress;
  GtkLabel       *note;     /* how fast it is, or when it ended */
  GtkWidget      *cancel;
};

G_DEFINE_FINAL_TYPE (EngramJobRow, engram_job_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_icon_name (EngramJobState state)
{
  switch (state)
    {
    case ENGRAM_JOB_DONE:
      return "object-select-symbolic";
    case ENGRAM_JOB_CANCELLED:
      return "process-stop-symbolic";
    case ENGRAM_JOB_FAILED:
      return "dialog-error-symbolic";
    case ENGRAM_JOB_WAITING:
    case ENGRAM_JOB_RUNNING:
    default:
      return NULL;
    }
}

/* When it ended and how long it took: "14:05, 2 minutes". */
static char *
dup_end (EngramJob *job)
{
  GDateTime *end = engram_job_get_end (job);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = g_date_time_get_day_of_year (end) == g_date_time_get_day_of_year (now) &&
                   g_date_time_get_year (end) == g_date_time_get_year (now);
  /* Translators: a time of today. */
  g_autofree char *time = g_date_time_format (end, today ? _("%H:%M") : "%x %H:%M");
  g_autofree char *duration = NULL;

  if (engram_job_get_seconds (job) == 0)
    return g_steal_pointer (&time);
  duration = engram_job_dup_duration (engram_job_get_seconds (job));
  /* Translators: when a job ended ("14:05"), and how long it took ("2 minutes"). */
  return g_strdup_printf (_("%s, took %s"), time, duration);
}

static void
show_progress (EngramJobRow *self)
{
  double fraction = engram_job_get_fraction (self->job);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), engram_job_get_state (self->job) == ENGRAM_JOB_RUNNING);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
}

/* As one sentence: what stands in the row is not read piece by piece. */
static void
name_row (EngramJobRow *self)
{
  const char *note = gtk_label_get_text (self->note);
  g_autofree char *name = g_strdup_printf ("%s. %s. %s", gtk_label_get_text (self->title),
                                           gtk_label_get_text (self->status), note);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
engram_job_row_update (EngramJobRow *self)
{
  EngramJobState state;
  gboolean active;
  g_autofree char *status = NULL;
  g_autofree char *note = NULL;

  g_return_if_fail (ENGRAM_IS_JOB_ROW (self));

  state = engram_job_get_state (self->job);
  active = engram_job_is_active (self->job);
  status = engram_job_dup_status (self->job);
  note = active ? engram_job_dup_pace (self->job) : dup_end (self->job);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !active);
  gtk_image_set_from_icon_name (self->icon, get_icon_name (state));
  gtk_label_set_text (self->status, status);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), state != ENGRAM_JOB_WAITING);
  gtk_widget_set_visible (self->cancel, active);
  gtk_widget_set_sensitive (self->cancel, !engram_job_is_cancelling (self->job));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), state == ENGRAM_JOB_FAILED);
  show_progress (self);
  name_row (self);
}

static void
job_changed_cb (EngramJobRow *self)
{
  engram_job_row_update (self);
}

static void
cancel_cb (EngramJobRow *self)
{
  engram_job_cancel (self->job);
}

static void
engram_job_row_dispose (GObject *object)
{
  EngramJobRow *self = ENGRAM_JOB_ROW (object);

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (engram_job_row_parent_class)->dispose (object);
}

static void
engram_job_row_class_init (EngramJobRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_job_row_dispose;
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), STATUS_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  /* It takes the room that there is; what scrolls the list asks for the height of lines of this width. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARACTERS);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_texts (EngramJobRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->title = add_label (box, "heading");
  self->status = add_label (box, "caption");
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  self->note = add_label (box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "numeric");
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
engram_job_row_init (EngramJobRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  self->cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  gtk_widget_add_css_class (self->cancel, "flat");
  gtk_widget_add_css_class (self->cancel, "circular");
  gtk_widget_set_valign (self->cancel, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);

  gtk_widget_add_css_class (box, "engram-job");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), new_texts (self));
  gtk_box_append (GTK_BOX (box), self->cancel);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
engram_job_row_new (EngramJob *job)
{
  EngramJobRow *self;
  g_autofree char *cancel = NULL;

  g_return_val_if_fail (ENGRAM_IS_JOB (job), NULL);

  self = g_object_new (ENGRAM_TYPE_JOB_ROW, NULL);
  self->job = g_object_ref (job);
  gtk_label_set_text (self->title, engram_job_get_title (job));
  /* Translators: what a job does: "Importing 3 documents". */
  cancel = g_strdup_printf (_("Cancel “%s”"), engram_job_get_title (job));
  engram_control_set_tooltip (self->cancel, cancel);
  engram_control_set_name (GTK_WIDGET (self->progress), engram_job_get_title (job));
  g_signal_connect_object (job, "notify", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  engram_job_row_update (self);
  return GTK_WIDGET (self);
}

EngramJob *
engram_job_row_get_job (EngramJobRow *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOB_ROW (self), NULL);

  return self->job;
}
