/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-welcome-page.h"

#include "pages/engram-recent-list.h"

struct _EngramWelcomePage {
  AdwBin parent_instance;
};

enum {
  FILE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramWelcomePage, engram_welcome_page, ADW_TYPE_BIN)

static void
file_activated_cb (EngramWelcomePage *self,
                   const char        *path)
{
  g_signal_emit (self, signals[FILE_ACTIVATED], 0, path);
}

static void
engram_welcome_page_class_init (EngramWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ENGRAM_TYPE_RECENT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/pages/engram-welcome-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, file_activated_cb);

  signals[FILE_ACTIVATED] = g_signal_new ("file-activated", ENGRAM_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
engram_welcome_page_init (EngramWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * engram_welcome_page_new:
 *
 * Returns: the page
 */
GtkWidget *
engram_welcome_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_WELCOME_PAGE, NULL);
}
