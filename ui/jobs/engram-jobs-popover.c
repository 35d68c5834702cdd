/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-jobs-popover.h"

#include <glib/gi18n.h>

#include "jobs/engram-job-row.h"

/* How often is looked how fast jobs are. */
#define MILLISECONDS_BETWEEN_LOOKS 500

/* A window of 360 pixels has room for it. */
#define WIDTH 290
#define MOST_HEIGHT 420

struct _EngramJobsPopover {
  GtkPopover     parent_instance;

  EngramJobList *jobs;  /* or NULL */
  GtkListBox    *list;
  GtkWidget     *empty;
  GtkWidget     *clear;
  guint          timer; /* while it is shown */
};

enum {
  FAILURE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramJobsPopover, engram_jobs_popover, GTK_TYPE_POPOVER)

static EngramJobRow *
get_row (EngramJobsPopover *self,
         int                position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  return row != NULL ? ENGRAM_JOB_ROW (row) : NULL;
}

static gboolean
look_cb (gpointer user_data)
{
  EngramJobsPopover *self = user_data;
  EngramJobRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (engram_job_is_active (engram_job_row_get_job (row)))
      engram_job_row_update (row);
  return G_SOURCE_CONTINUE;
}

static void
update (EngramJobsPopover *self)
{
  GListModel *model = G_LIST_MODEL (self->jobs);
  guint n_jobs = model != NULL ? g_list_model_get_n_items (model) : 0;
  gboolean has_ended = FALSE;

  for (guint i = 0; i < n_jobs && !has_ended; i++)
    {
      g_autoptr (EngramJob) job = g_list_model_get_item (model, i);

      has_ended = !engram_job_is_active (job);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_jobs > 0);
  gtk_widget_set_visible (self->empty, n_jobs == 0);
  gtk_widget_set_visible (self->clear, has_ended);
  gtk_list_box_invalidate_headers (self->list);
}

static void
row_activated_cb (EngramJobsPopover *self,
                  GtkListBoxRow     *row)
{
  g_autoptr (EngramJob) job = g_object_ref (engram_job_row_get_job (ENGRAM_JOB_ROW (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[FAILURE_ACTIVATED], 0, job);
}

static void
clear_cb (EngramJobsPopover *self)
{
  if (self->jobs != NULL)
    engram_job_list_clear (self->jobs);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_row (gpointer job,
          gpointer user_data)
{
  return engram_job_row_new (job);
}

static gboolean
is_active_row (GtkListBoxRow *row)
{
  return engram_job_is_active (engram_job_row_get_job (ENGRAM_JOB_ROW (row)));
}

/* A line between them, and a title where those begin that have ended. */
static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  gboolean begins = !is_active_row (row) && (before == NULL || is_active_row (before));
  GtkWidget *label;

  if (!begins)
    {
      gtk_list_box_row_set_header (row, before != NULL ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
      return;
    }
  label = gtk_label_new (_("Ended"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "engram-jobs-title");
  gtk_list_box_row_set_header (row, label);
}

static void
engram_jobs_popover_map (GtkWidget *widget)
{
  EngramJobsPopover *self = ENGRAM_JOBS_POPOVER (widget);

  GTK_WIDGET_CLASS (engram_jobs_popover_parent_class)->map (widget);

  look_cb (self);
  if (self->timer == 0)
    self->timer = g_timeout_add (MILLISECONDS_BETWEEN_LOOKS, look_cb, self);
}

static void
engram_jobs_popover_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&ENGRAM_JOBS_POPOVER (widget)->timer, g_source_remove);

  GTK_WIDGET_CLASS (engram_jobs_popover_parent_class)->unmap (widget);
}

static void
engram_jobs_popover_dispose (GObject *object)
{
  EngramJobsPopover *self = ENGRAM_JOBS_POPOVER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (engram_jobs_popover_parent_class)->dispose (object);
}

static void
engram_jobs_popover_class_init (EngramJobsPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_jobs_popover_dispose;
  GTK_WIDGET_CLASS (klass)->map = engram_jobs_popover_map;
  GTK_WIDGET_CLASS (klass)->unmap = engram_jobs_popover_unmap;

  signals[FAILURE_ACTIVATED] = g_signal_new ("failure-activated", ENGRAM_TYPE_JOBS_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, ENGRAM_TYPE_JOB);
}

static GtkWidget *
make_list (EngramJobsPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (self->list, set_header, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Jobs"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "engram-jobs");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Jobs"), -1);
  return scroller;
}

static void
engram_jobs_popover_init (EngramJobsPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->empty = gtk_label_new (_("Nothing has been done yet that took a while."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_add_css_class (self->empty, "engram-popover-content");
  self->clear = gtk_button_new_with_mnemonic (_("C_lear History"));
  gtk_widget_add_css_class (self->clear, "flat");
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);

  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), make_list (self));
  gtk_box_append (GTK_BOX (box), self->clear);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  update (self);
}

GtkWidget *
engram_jobs_popover_new (void)
{
  return g_object_new (ENGRAM_TYPE_JOBS_POPOVER, NULL);
}

void
engram_jobs_popover_set_jobs (EngramJobsPopover *self,
                              EngramJobList     *jobs)
{
  g_return_if_fail (ENGRAM_IS_JOBS_POPOVER (self));
  g_return_if_fail (ENGRAM_IS_JOB_LIST (jobs));
  g_return_if_fail (self->jobs == NULL);

  self->jobs = g_object_ref (jobs);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (jobs), make_row, NULL, NULL);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);
}
