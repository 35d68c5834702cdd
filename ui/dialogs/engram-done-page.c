/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/engram-done-page.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"

struct _EngramDonePage {
  AdwBin         parent_instance;

  AdwStatusPage *status;
  AdwBin        *child;
  GtkWidget     *undo;
  EngramSession *session;
  char          *undo_label; /* of what was done, or NULL */
};

enum {
  UNDOING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramDonePage, engram_done_page, ADW_TYPE_BIN)

/* Not where something else was done since. */
static void
update_undo (EngramDonePage *self)
{
  const char *label = engram_session_get_undo_label (self->session);

  gtk_widget_set_sensitive (self->undo, self->undo_label != NULL && g_strcmp0 (label, self->undo_label) == 0);
}

static void
undo_cb (EngramDonePage *self)
{
  g_clear_pointer (&self->undo_label, g_free);
  update_undo (self);
  engram_session_undo (self->session);
  g_signal_emit (self, signals[UNDOING], 0);
}

static void
engram_done_page_dispose (GObject *object)
{
  g_clear_object (&ENGRAM_DONE_PAGE (object)->session);

  G_OBJECT_CLASS (engram_done_page_parent_class)->dispose (object);
}

static void
engram_done_page_finalize (GObject *object)
{
  g_free (ENGRAM_DONE_PAGE (object)->undo_label);

  G_OBJECT_CLASS (engram_done_page_parent_class)->finalize (object);
}

static void
engram_done_page_class_init (EngramDonePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_done_page_dispose;
  object_class->finalize = engram_done_page_finalize;
  signals[UNDOING] = g_signal_new ("undoing", ENGRAM_TYPE_DONE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
engram_done_page_init (EngramDonePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  self->child = ADW_BIN (adw_bin_new ());
  self->undo = gtk_button_new_with_mnemonic (_("_Undo"));
  gtk_widget_set_halign (self->undo, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->undo, "pill");
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (undo_cb), self);
  gtk_widget_set_visible (GTK_WIDGET (self->child), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->child));
  gtk_box_append (GTK_BOX (box), self->undo);
  adw_status_page_set_icon_name (self->status, "object-select-symbolic");
  adw_status_page_set_child (self->status, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->status));
}

GtkWidget *
engram_done_page_new (EngramSession *session)
{
  EngramDonePage *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  self = g_object_new (ENGRAM_TYPE_DONE_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::undo-label", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
engram_done_page_set_done (EngramDonePage *self,
                           EngramJob      *job,
                           const char     *title,
                           const char     *description)
{
  g_autofree char *escaped_title = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (ENGRAM_IS_DONE_PAGE (self));
  g_return_if_fail (ENGRAM_IS_JOB (job));
  g_return_if_fail (title != NULL && description != NULL);

  escaped_title = g_markup_escape_text (title, -1);
  escaped = g_markup_escape_text (description, -1);
  adw_status_page_set_title (self->status, escaped_title);
  adw_status_page_set_description (self->status, escaped);
  engram_status_page_set_name (self->status);
  g_free (self->undo_label);
  self->undo_label = engram_job_is_undoable (job) ? g_strdup (engram_session_get_undo_label (self->session)) : NULL;
  gtk_widget_set_visible (self->undo, self->undo_label != NULL);
  update_undo (self);
}

void
engram_done_page_set_child (EngramDonePage *self,
                            GtkWidget      *child)
{
  g_return_if_fail (ENGRAM_IS_DONE_PAGE (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  adw_bin_set_child (self->child, child);
  gtk_widget_set_visible (GTK_WIDGET (self->child), child != NULL);
}
