/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "space/engram-faithfulness-text.h"

/* What is told of today's places is one line, unless it is an error. */
#define FAITHFUL_CHARACTERS 46

/* One run, shared by the view and the worker. */
typedef struct {
  EngramArranging how;
  EngramSearcher *searcher;
  EngramDatabase *database;
  EngramArrangement *arrangement; /* the result, or NULL */
  EngramArrangingFacts facts;
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  g_object_unref (self->searcher);
  g_object_unref (self->database);
  g_clear_pointer (&self->arrangement, engram_arrangement_unref);
  g_free (self);
}

static gboolean
work (EngramJob     *job,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Run *run = data;

  run->arrangement = engram_arranging_run (run->how, run->searcher, run->database, &run->facts, engram_job_progress, job,
                                           cancellable, error);
  return run->arrangement != NULL;
}

static void
ended_cb (EngramSpaceView *self,
          EngramJob       *job)
{
  g_autoptr (EngramJob) ended = g_steal_pointer (&self->job);
  const Run *run = engram_job_get_data (job);

  if (engram_job_get_state (job) == ENGRAM_JOB_DONE && engram_space_view_get_scene (self) != NULL)
    engram_space_view_show_preview (self, run->arrangement, run->how, &run->facts);
  else if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    g_signal_emit_by_name (self->session, "failed", engram_job_get_title (job), engram_job_get_error (job));
}

void
engram_space_view_stop_arranging (EngramSpaceView *self)
{
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->job, ended_cb, self);
  engram_job_cancel (self->job);
  g_clear_object (&self->job);
}

void
engram_space_view_arrange (EngramSpaceView *self,
                           EngramArranging  how)
{
  Run *run;
  g_autofree char *title = NULL;

  g_return_if_fail (self->session != NULL);

  engram_space_view_stop_arranging (self);
  engram_space_view_discard_preview (self);
  run = g_new0 (Run, 1);
  run->how = how;
  run->searcher = g_object_ref (engram_session_get_searcher (self->session));
  run->database = g_object_ref (engram_session_get_database (self->session));
  /* Translators: what is being done: "Arranging: Principal Components". */
  title = g_strdup_printf (_("Arranging: %s"), engram_arranging_get_label (how));
  self->job = engram_job_new (title, work, run, run_free);
  engram_job_set_disposable (self->job, TRUE);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  engram_job_start (self->job);
  g_signal_emit_by_name (self->session, "job-added", self->job);
}

/* The popover */

/* What is told may need more lines than what was told before. */
static void
tell (EngramSpaceView *self,
      const char      *text)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self->faithful_label), GTK_TYPE_POPOVER);

  gtk_label_set_text (self->faithful_label, text);
  if (gtk_widget_get_mapped (popover))
    gtk_popover_present (GTK_POPOVER (popover));
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (EngramSpaceView) self = user_data;
  EngramFaithfulness faithfulness;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!engram_faithfulness_ask_finish (result, &faithfulness, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tell (self, error->message);
      return;
    }
  text = engram_faithfulness_dup_text (&faithfulness);
  tell (self, text);
}

static void
ask_cb (EngramSpaceView *self)
{
  if (self->session == NULL)
    return;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  gtk_label_set_text (self->faithful_label, _("Looking at a sample…"));
  engram_faithfulness_ask_async (engram_session_get_database (self->session), NULL, self->asking, asked_cb,
                                 g_object_ref (self));
}

/* Nobody looks any more. */
static void
stop_asking_cb (EngramSpaceView *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static GtkLabel *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static GtkWidget *
make_choice (EngramSpaceView *self,
             GtkWidget       *popover,
             EngramArranging  how,
             const char      *title,
             const char      *description)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (make_label (description, "dim-label")));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "engram-choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "space.arrange");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", how);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
engram_space_view_make_arrange (EngramSpaceView *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkBox *box = GTK_BOX (widget);

  gtk_widget_add_css_class (widget, "engram-popover-content");
  gtk_box_append (box, GTK_WIDGET (make_label (_("How faithful are today’s places to the vectors?"), "heading")));
  self->faithful_label = make_label (NULL, "dim-label");
  gtk_label_set_wrap (self->faithful_label, TRUE);
  gtk_label_set_width_chars (self->faithful_label, FAITHFUL_CHARACTERS);
  gtk_label_set_max_width_chars (self->faithful_label, FAITHFUL_CHARACTERS);
  gtk_box_append (box, GTK_WIDGET (self->faithful_label));
  gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (box, make_choice (self, popover, ENGRAM_ARRANGING_COMPONENTS, _("By _Principal Components"),
                                    _("The directions in which the vectors differ most")));
  gtk_box_append (box, make_choice (self, popover, ENGRAM_ARRANGING_UMAP, _("By _UMAP"),
                                    _("What is near by its vector stands near")));
  gtk_box_append (box, make_choice (self, popover, ENGRAM_ARRANGING_SYNAPSES, _("By _Synapses"),
                                    _("What is strongly connected stands near")));
  gtk_popover_set_child (GTK_POPOVER (popover), widget);
  g_signal_connect_object (popover, "map", G_CALLBACK (ask_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "unmap", G_CALLBACK (stop_asking_cb), self, G_CONNECT_SWAPPED);

  self->arrange_button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->arrange_button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->arrange_button), "engram-arrange-symbolic");
  engram_control_set_tooltip (self->arrange_button, _("Arrange the Neurons"));
  return self->arrange_button;
}
