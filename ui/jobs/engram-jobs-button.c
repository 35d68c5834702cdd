/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-jobs-button.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "jobs/engram-job-ring.h"
#include "jobs/engram-jobs-popover.h"

struct _EngramJobsButton {
  GtkWidget          parent_instance;

  EngramJobList     *jobs;           /* or NULL */
  GtkWidget         *button;
  EngramJobsPopover *popover;
  EngramJobRing     *ring;
  GtkImage          *icon;
  GtkLabel          *count;
  GPtrArray         *followed;       /* of EngramJob: whose progress is shown */
  gboolean           has_room;
  gboolean           unseen_failure; /* nobody has looked since one failed */
};

enum {
  FAILURE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramJobsButton, engram_jobs_button, GTK_TYPE_WIDGET)

/* What it says */

static char *
dup_name (EngramJobsButton *self)
{
  guint n_active = self->followed->len;

  if (n_active > 0)
    return g_strdup_printf (ngettext ("%u job running", "%u jobs running", n_active), n_active);
  return g_strdup (self->unseen_failure ? _("A job has failed") : _("Jobs"));
}

/* Of all together; one that has not begun is at its beginning. */
static double
get_fraction (EngramJobsButton *self)
{
  double sum = 0;
  gboolean known = FALSE;

  for (guint i = 0; i < self->followed->len; i++)
    {
      double fraction = engram_job_get_fraction (g_ptr_array_index (self->followed, i));

      known = known || fraction >= 0;
      sum += MAX (fraction, 0);
    }
  return known ? sum / self->followed->len : -1;
}

static void
show_fraction (EngramJobsButton *self)
{
  engram_job_ring_set_fraction (self->ring, get_fraction (self));
}

static void
update_visible (EngramJobsButton *self)
{
  gboolean has_jobs = self->jobs != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->jobs)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self), self->followed->len > 0 || self->unseen_failure ||
                          gtk_widget_get_visible (GTK_WIDGET (self->popover)) || (self->has_room && has_jobs));
}

static void
update (EngramJobsButton *self)
{
  guint n_active = self->followed->len;
  g_autofree char *name = dup_name (self);
  g_autofree char *count = g_strdup_printf ("%u", n_active);

  gtk_widget_set_visible (GTK_WIDGET (self->ring), n_active > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), n_active == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_active > 1);
  gtk_label_set_text (self->count, count);
  gtk_image_set_from_icon_name (self->icon,
                                self->unseen_failure ? "dialog-warning-symbolic" : "object-select-symbolic");
  engram_control_set_tooltip (self->button, name);
  show_fraction (self);
  update_visible (self);
}

/* The jobs */

static void
forget_followed (EngramJobsButton *self)
{
  for (guint i = 0; i < self->followed->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->followed, i), show_fraction, self);
  g_ptr_array_set_size (self->followed, 0);
}

static void
follow_active (EngramJobsButton *self)
{
  GListModel *model = G_LIST_MODEL (self->jobs);

  forget_followed (self);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EngramJob) job = g_list_model_get_item (model, i);

      if (!engram_job_is_active (job) || engram_job_is_background (job))
        continue;
      g_signal_connect_object (job, "notify::fraction", G_CALLBACK (show_fraction), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->followed, g_steal_pointer (&job));
    }
  update (self);
}

static void
job_ended_cb (EngramJobsButton *self,
              EngramJob        *job)
{
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED && !engram_job_is_attended (job) &&
      !gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    self->unseen_failure = TRUE;
  update (self);
}

static void
failure_activated_cb (EngramJobsButton *self,
                      EngramJob        *job)
{
  g_signal_emit (self, signals[FAILURE_ACTIVATED], 0, job);
}

static void
popover_changed_cb (EngramJobsButton *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    self->unseen_failure = FALSE;
  update (self);
}

static void
engram_jobs_button_dispose (GObject *object)
{
  EngramJobsButton *self = ENGRAM_JOBS_BUTTON (object);

  if (self->followed != NULL)
    forget_followed (self);
  g_clear_pointer (&self->followed, g_ptr_array_unref);
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  if (self->button != NULL)
    g_signal_handlers_disconnect_by_data (self->popover, self);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_jobs_button_parent_class)->dispose (object);
}

static void
engram_jobs_button_class_init (EngramJobsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_jobs_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[FAILURE_ACTIVATED] = g_signal_new ("failure-activated", ENGRAM_TYPE_JOBS_BUTTON, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, ENGRAM_TYPE_JOB);
}

static void
engram_jobs_button_init (EngramJobsButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  self->ring = ENGRAM_JOB_RING (engram_job_ring_new ());
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ring));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));

  self->popover = ENGRAM_JOBS_POPOVER (engram_jobs_popover_new ());
  g_signal_connect_swapped (self->popover, "failure-activated", G_CALLBACK (failure_activated_cb), self);
  g_signal_connect_swapped (self->popover, "notify::visible", G_CALLBACK (popover_changed_cb), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->popover));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  update (self);
}

GtkWidget *
engram_jobs_button_new (void)
{
  return g_object_new (ENGRAM_TYPE_JOBS_BUTTON, NULL);
}

void
engram_jobs_button_set_jobs (EngramJobsButton *self,
                             EngramJobList    *jobs)
{
  g_return_if_fail (ENGRAM_IS_JOBS_BUTTON (self));
  g_return_if_fail (ENGRAM_IS_JOB_LIST (jobs));
  g_return_if_fail (self->jobs == NULL);

  self->jobs = g_object_ref (jobs);
  engram_jobs_popover_set_jobs (self->popover, jobs);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (follow_active), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
  follow_active (self);
}

void
engram_jobs_button_set_has_room (EngramJobsButton *self,
                                 gboolean          has_room)
{
  g_return_if_fail (ENGRAM_IS_JOBS_BUTTON (self));

  self->has_room = has_room;
  update_visible (self);
}

void
engram_jobs_button_popup (EngramJobsButton *self)
{
  g_return_if_fail (ENGRAM_IS_JOBS_BUTTON (self));

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

GtkWidget *
engram_jobs_button_get_popover (EngramJobsButton *self)
{
  g_return_val_if_fail (ENGRAM_IS_JOBS_BUTTON (self), NULL);

  return GTK_WIDGET (self->popover);
}
