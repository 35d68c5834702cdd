/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/engram-failure-page.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "jobs/engram-job-text.h"

struct _EngramFailurePage {
  AdwBin         parent_instance;

  AdwStatusPage *status;
  GtkLabel      *advice;
  GtkWidget     *try_again;
  GtkWidget     *copy;
  char          *details;
};

enum {
  TRY_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramFailurePage, engram_failure_page, ADW_TYPE_BIN)

static void
set_texts (EngramFailurePage *self,
           const char        *title,
           const GError      *error,
           char              *details)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  engram_status_page_set_name (self->status);
  gtk_label_set_text (self->advice, engram_error_get_advice (error));
  g_free (self->details);
  self->details = details;
}

void
engram_failure_page_set_job (EngramFailurePage *self,
                             EngramJob         *job)
{
  g_autofree char *escaped = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (ENGRAM_IS_FAILURE_PAGE (self));
  g_return_if_fail (engram_job_get_error (job) != NULL);

  escaped = g_markup_escape_text (engram_job_get_title (job), -1);
  /* Translators: what the program was doing, for instance "Undoing" or "Saving the change". */
  title = g_strdup_printf (_("%s Did Not Work"), escaped);
  set_texts (self, title, engram_job_get_error (job), engram_job_dup_details (job));
}

void
engram_failure_page_set_error (EngramFailurePage *self,
                               const char        *title,
                               const GError      *error)
{
  g_return_if_fail (ENGRAM_IS_FAILURE_PAGE (self));
  g_return_if_fail (title != NULL && error != NULL);

  set_texts (self, title, error, g_strdup_printf ("%s\n%s", title, error->message));
}

void
engram_failure_page_set_can_try_again (EngramFailurePage *self,
                                       gboolean           can_try_again)
{
  g_return_if_fail (ENGRAM_IS_FAILURE_PAGE (self));

  gtk_widget_set_visible (self->try_again, can_try_again);
}

static void
try_again_cb (EngramFailurePage *self)
{
  g_signal_emit (self, signals[TRY_AGAIN], 0);
}

static void
copy_cb (EngramFailurePage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->details);
  gtk_button_set_label (GTK_BUTTON (self->copy), _("Copied"));
}

/* Whoever has read what went wrong goes on by the button that helps, or copies. */
static void
engram_failure_page_map (GtkWidget *widget)
{
  EngramFailurePage *self = ENGRAM_FAILURE_PAGE (widget);

  GTK_WIDGET_CLASS (engram_failure_page_parent_class)->map (widget);

  gtk_button_set_label (GTK_BUTTON (self->copy), _("Copy _Details"));
  gtk_button_set_use_underline (GTK_BUTTON (self->copy), TRUE);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->try_again) ? self->try_again : self->copy);
}

static void
engram_failure_page_finalize (GObject *object)
{
  g_free (ENGRAM_FAILURE_PAGE (object)->details);

  G_OBJECT_CLASS (engram_failure_page_parent_class)->finalize (object);
}

static void
engram_failure_page_class_init (EngramFailurePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_failure_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = engram_failure_page_map;

  signals[TRY_AGAIN] = g_signal_new ("try-again", ENGRAM_TYPE_FAILURE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static GtkWidget *
new_button (EngramFailurePage *self,
            const char        *label,
            GCallback          clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
engram_failure_page_init (EngramFailurePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  self->advice = GTK_LABEL (gtk_label_new (NULL));
  self->try_again = new_button (self, _("_Try Again"), G_CALLBACK (try_again_cb));
  self->copy = new_button (self, _("Copy _Details"), G_CALLBACK (copy_cb));
  gtk_widget_add_css_class (self->try_again, "suggested-action");
  gtk_label_set_wrap (self->advice, TRUE);
  gtk_label_set_wrap_mode (self->advice, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (self->advice, GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->advice), 12);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice));
  gtk_box_append (GTK_BOX (box), self->try_again);
  gtk_box_append (GTK_BOX (box), self->copy);
  adw_status_page_set_icon_name (self->status, "dialog-error-symbolic");
  adw_status_page_set_child (self->status, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->status));
}

GtkWidget *
engram_failure_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_FAILURE_PAGE, NULL);
}
