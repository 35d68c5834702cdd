/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-prune-dialog.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "dialogs/engram-done-page.h"
#include "dialogs/prune/engram-prune-job.h"
#include "dialogs/prune/engram-prune-page.h"

#define DEFAULT_WIDTH 600
#define DEFAULT_HEIGHT 760

struct _EngramPruneDialog {
  EngramDialog     parent_instance;

  EngramPrunePage *page;
  GtkWidget       *prune;
  EngramDonePage  *done;
  EngramSession   *session;
};

G_DEFINE_FINAL_TYPE (EngramPruneDialog, engram_prune_dialog, ENGRAM_TYPE_DIALOG)

/* What has become of it */

static void
undoing_cb (EngramPruneDialog *self)
{
  engram_dialog_show_page (ENGRAM_DIALOG (self), "rehearsal");
}

static void
append_line (GString    *text,
             const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* Others have written meanwhile, and what is weak is decided when it is deleted. */
static void
append_difference (GString               *text,
                   const EngramPruneDone *done)
{
  g_autofree char *expected = engram_format_count (done->expected);
  g_autofree char *line = NULL;

  if (done->expected == done->result.pruned)
    return;
  line = g_strdup_printf (_("The rehearsal said %s: another program has changed the network meanwhile."), expected);
  append_line (text, line);
}

static void
append_figures (GString                 *text,
                const EngramPruneResult *result)
{
  g_autofree char *remaining = engram_format_count (result->remaining);
  g_autofree char *isolated = engram_format_count (result->isolated);
  g_autofree char *stay = g_strdup_printf (ngettext ("%s synapse stays.", "%s synapses stay.",
                                                     (gulong) result->remaining), remaining);
  g_autofree char *alone = g_strdup_printf (ngettext ("%s neuron has no synapse.", "%s neurons have no synapse.",
                                                      (gulong) result->isolated), isolated);

  append_line (text, stay);
  append_line (text, alone);
}

static char *
dup_description (const EngramPruneDone *done)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shown = done->backup != NULL ? g_filename_display_name (done->backup) : NULL;
  g_autofree char *line = NULL;

  append_figures (text, &done->result);
  append_difference (text, done);
  line = shown != NULL ? g_strdup_printf (_("The backup of before is “%s”."), shown)
                       : g_strdup (_("No backup was made."));
  append_line (text, line);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
done_cb (EngramDialog *dialog,
         EngramJob    *job,
         gpointer      user_data)
{
  EngramPruneDialog *self = ENGRAM_PRUNE_DIALOG (dialog);
  const EngramPruneDone *done = engram_prune_job_get_done (job);
  g_autofree char *count = engram_format_count (done->result.pruned);
  g_autofree char *title = g_strdup_printf (ngettext ("%s Synapse Pruned", "%s Synapses Pruned",
                                                      (gulong) done->result.pruned), count);
  g_autofree char *description = dup_description (done);

  engram_done_page_set_done (self->done, job, title, description);
  engram_dialog_show_page (dialog, "done");
}

/* Pruning */

static void
update_prune (EngramPruneDialog *self)
{
  gtk_widget_set_sensitive (self->prune, engram_prune_page_get_can_prune (self->page) &&
                                         engram_dialog_get_job (ENGRAM_DIALOG (self)) == NULL);
}

static void
prune (EngramDialog *dialog,
       gpointer      user_data)
{
  EngramPruneDialog *self = ENGRAM_PRUNE_DIALOG (dialog);
  g_autoptr (EngramJob) job = NULL;

  if (!engram_prune_page_get_can_prune (self->page))
    return;
  job = engram_prune_job_start (self->session, engram_prune_page_get_threshold (self->page),
                                engram_prune_page_get_n_pruned (self->page), engram_prune_page_dup_plan (self->page));
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_GOES_ON, done_cb, prune, NULL);
  engram_prune_page_follow (self->page, job);
}

static void
prune_cb (EngramPruneDialog *self)
{
  prune (ENGRAM_DIALOG (self), NULL);
}

/* GObject */

static void
engram_prune_dialog_dispose (GObject *object)
{
  EngramPruneDialog *self = ENGRAM_PRUNE_DIALOG (object);

  G_OBJECT_CLASS (engram_prune_dialog_parent_class)->dispose (object);

  g_clear_object (&self->session);
}

static void
engram_prune_dialog_class_init (EngramPruneDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_prune_dialog_dispose;
}

static void
engram_prune_dialog_init (EngramPruneDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

static void
fill (EngramPruneDialog *self,
      EngramSession     *session)
{
  EngramDialog *dialog = ENGRAM_DIALOG (self);
  GtkWidget *page = engram_prune_page_new (session), *done = engram_done_page_new (session);
  GtkWidget *close = gtk_button_new_with_mnemonic (_("_Close"));

  self->session = g_object_ref (session);
  self->page = ENGRAM_PRUNE_PAGE (page);
  self->done = ENGRAM_DONE_PAGE (done);
  self->prune = gtk_button_new_with_mnemonic (_("_Prune"));
  gtk_widget_add_css_class (self->prune, "suggested-action");
  g_signal_connect_swapped (self->prune, "clicked", G_CALLBACK (prune_cb), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  engram_dialog_add_page (dialog, "rehearsal", _("Prune"), page, self->prune, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (dialog, "done", _("Prune"), done, close, ENGRAM_DIALOG_PAGE_END);
  g_signal_connect_object (page, "notify::can-prune", G_CALLBACK (update_prune), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (done, "undoing", G_CALLBACK (undoing_cb), self, G_CONNECT_SWAPPED);
  update_prune (self);
}

void
engram_prune_dialog_present (GtkWindow     *parent,
                             EngramSession *session)
{
  EngramPruneDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (ENGRAM_IS_SESSION (session));

  if (engram_dialog_find (parent, ENGRAM_TYPE_PRUNE_DIALOG) != NULL)
    return;
  self = g_object_new (ENGRAM_TYPE_PRUNE_DIALOG, NULL);
  fill (self, session);
  engram_dialog_present (ENGRAM_DIALOG (self), parent, session);
}
