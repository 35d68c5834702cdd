/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-findings-button.h"

#include "common/engram-control.h"
#include "dialogs/integrity/engram-integrity-dialog.h"
#include "dialogs/integrity/engram-integrity-text.h"

struct _EngramFindingsButton {
  AdwBin         parent_instance;

  GtkWidget     *button;
  EngramSession *session; /* or NULL */
};

G_DEFINE_FINAL_TYPE (EngramFindingsButton, engram_findings_button, ADW_TYPE_BIN)

static void
update (EngramFindingsButton *self)
{
  EngramIntegrityReport *report = self->session != NULL ? engram_session_get_findings (self->session) : NULL;
  g_autofree char *name = NULL;
  EngramSeverity worst;

  gtk_widget_set_visible (GTK_WIDGET (self), report != NULL);
  if (report == NULL)
    return;
  name = engram_integrity_report_dup_problems (report);
  engram_integrity_report_get_worst (report, &worst);
  gtk_button_set_icon_name (GTK_BUTTON (self->button), engram_severity_get_icon (worst));
  engram_control_set_tooltip (self->button, name);
}

static void
clicked_cb (EngramFindingsButton *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->session != NULL && GTK_IS_WINDOW (root))
    engram_integrity_dialog_present_findings (GTK_WINDOW (root), self->session);
}

void
engram_findings_button_set_session (EngramFindingsButton *self,
                                    EngramSession        *session)
{
  g_return_if_fail (ENGRAM_IS_FINDINGS_BUTTON (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, update, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "notify::findings", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
engram_findings_button_dispose (GObject *object)
{
  EngramFindingsButton *self = ENGRAM_FINDINGS_BUTTON (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_findings_button_parent_class)->dispose (object);
}

static void
engram_findings_button_class_init (EngramFindingsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_findings_button_dispose;
}

static void
engram_findings_button_init (EngramFindingsButton *self)
{
  self->button = gtk_button_new_from_icon_name ("dialog-warning-symbolic");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
