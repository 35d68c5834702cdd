/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-analysis-note.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"

struct _EngramAnalysisNote {
  GtkWidget       parent_instance;

  EngramAnalysis  analysis;
  GtkWidget      *box;
  GtkWidget      *again;
  EngramSession  *session;
  GSignalGroup   *session_signals;
};

G_DEFINE_FINAL_TYPE (EngramAnalysisNote, engram_analysis_note, GTK_TYPE_WIDGET)

static void
update (EngramAnalysisNote *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->session != NULL && engram_session_is_analysis_stale (self->session, self->analysis));
  gtk_widget_set_sensitive (self->again,
                            self->session != NULL && !engram_session_is_analysing (self->session, self->analysis));
}

static void
job_ended_cb (EngramAnalysisNote *self)
{
  update (self);
}

/* Whatever it is that a job does, the analysis may be at work now, and not any more when it ends. */
static void
job_added_cb (EngramAnalysisNote *self,
                EngramJob          *job)
{
  update (self);
  g_signal_connect_object (job, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
again_cb (EngramAnalysisNote *self)
{
  if (engram_analysis_is_difference (self->analysis))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.compare", NULL);
  else if (self->session != NULL)
    engram_session_analyse (self->session, self->analysis);
}

static void
engram_analysis_note_dispose (GObject *object)
{
  EngramAnalysisNote *self = ENGRAM_ANALYSIS_NOTE (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_analysis_note_parent_class)->dispose (object);
}

static void
engram_analysis_note_class_init (EngramAnalysisNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_analysis_note_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_analysis_note_init (EngramAnalysisNote *self)
{
  GtkWidget *label = gtk_label_new (_("Before the last change"));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->again = gtk_button_new_with_label (_("Again"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "warning");
  gtk_widget_set_valign (self->again, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->again, "clicked", G_CALLBACK (again_cb), self);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_box_append (GTK_BOX (self->box), self->again);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->session_signals, "analysed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->session_signals, "job-added", G_CALLBACK (job_added_cb), self);
}

GtkWidget *
engram_analysis_note_new (EngramAnalysis analysis)
{
  EngramAnalysisNote *self = g_object_new (ENGRAM_TYPE_ANALYSIS_NOTE, NULL);
  /* Translators: makes an analysis anew: "Communities again". */
  g_autofree char *name = g_strdup_printf (_("%s again"), engram_analysis_get_title (analysis));

  self->analysis = analysis;
  engram_control_set_tooltip (self->again, name);
  update (self);
  return GTK_WIDGET (self);
}

void
engram_analysis_note_set_session (EngramAnalysisNote *self,
                                  EngramSession      *session)
{
  g_return_if_fail (ENGRAM_IS_ANALYSIS_NOTE (self));

  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  update (self);
}
