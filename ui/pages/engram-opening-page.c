/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-opening-page.h"

/* A page that comes and goes within this time only flickers. */
#define MOMENT_IN_MILLISECONDS 300

struct _EngramOpeningPage {
  AdwBin     parent_instance;

  /* Template */
  GtkWidget *content;
  GtkWidget *text;

  guint      timer;
};

enum {
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramOpeningPage, engram_opening_page, ADW_TYPE_BIN)

static void
cancel_clicked_cb (EngramOpeningPage *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static gboolean
moment_passed_cb (gpointer user_data)
{
  EngramOpeningPage *self = user_data;

  self->timer = 0;
  gtk_widget_set_visible (self->content, TRUE);
  return G_SOURCE_REMOVE;
}

static void
engram_opening_page_map (GtkWidget *widget)
{
  EngramOpeningPage *self = ENGRAM_OPENING_PAGE (widget);

  GTK_WIDGET_CLASS (engram_opening_page_parent_class)->map (widget);

  self->timer = g_timeout_add (MOMENT_IN_MILLISECONDS, moment_passed_cb, self);
}

static void
engram_opening_page_unmap (GtkWidget *widget)
{
  EngramOpeningPage *self = ENGRAM_OPENING_PAGE (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (self->content, FALSE);

  GTK_WIDGET_CLASS (engram_opening_page_parent_class)->unmap (widget);
}

static void
engram_opening_page_dispose (GObject *object)
{
  g_clear_handle_id (&ENGRAM_OPENING_PAGE (object)->timer, g_source_remove);

  G_OBJECT_CLASS (engram_opening_page_parent_class)->dispose (object);
}

static void
engram_opening_page_class_init (EngramOpeningPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_opening_page_dispose;
  widget_class->map = engram_opening_page_map;
  widget_class->unmap = engram_opening_page_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/pages/engram-opening-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramOpeningPage, content);
  gtk_widget_class_bind_template_child (widget_class, EngramOpeningPage, text);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);

  signals[CANCELLED] = g_signal_new ("cancelled", ENGRAM_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_opening_page_init (EngramOpeningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * engram_opening_page_new:
 *
 * Returns: the page
 */
GtkWidget *
engram_opening_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_OPENING_PAGE, NULL);
}

/**
 * engram_opening_page_set_text:
 * @self: the page
 * @text: what is being done, for people
 */
void
engram_opening_page_set_text (EngramOpeningPage *self,
                              const char        *text)
{
  g_return_if_fail (ENGRAM_IS_OPENING_PAGE (self));

  gtk_label_set_label (GTK_LABEL (self->text), text);
}
