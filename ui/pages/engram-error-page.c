/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-error-page.h"

#include <glib/gi18n.h>

#include <engram.h>

struct _EngramErrorPage {
  AdwBin         parent_instance;

  /* Template */
  AdwStatusPage *status;
  GtkLabel      *details;
  GtkWidget     *try_again;
  GtkWidget     *restore;
  GtkWidget     *open_another;
};

enum {
  TRY_AGAIN,
  RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramErrorPage, engram_error_page, ADW_TYPE_BIN)

/* What each error of opening means to a person: the file's name stands for %s in the text. */
typedef struct {
  EngramError code;
  const char *title;
  const char *text;
  gboolean    try_again; /* whether it may go well without another file */
  gboolean    restore;   /* whether a backup in its place may help */
} Explanation;

static const Explanation explanations[] = {
  { ENGRAM_ERROR_NO_FILE, N_("The File Cannot Be Read"),
    N_("There is no file “%s”, or you may not read it. Look for it in another folder, or ask its owner for "
       "access. Where it was lost, a backup of it can be restored."),
    TRUE, TRUE },
  { ENGRAM_ERROR_NOT_A_NETWORK, N_("Not a Neuron Network"),
    N_("“%s” cannot be opened as one. It has not been changed. Choose another file, or restore a backup, if it was one."),
    FALSE, TRUE },
  { ENGRAM_ERROR_NEWER, N_("Made by a Newer Program"),
    N_("“%s” can be opened with a newer version of Engram."), FALSE, FALSE },
  { ENGRAM_ERROR_BUSY, N_("In Use by Another Program"),
    N_("Another program keeps “%s” to itself. Close it there, or wait until it is done, then try again."),
    TRUE, FALSE },
  { ENGRAM_ERROR_READ_ONLY, N_("Not Possible in This Folder"),
    N_("“%s” cannot be opened where it is. Copy it to a folder of yours and open the copy."), FALSE, FALSE },
  { ENGRAM_ERROR_NO_SPACE, N_("No Space Left"),
    N_("“%s” could not be opened, because the disk is full. Make some space, then try again."), TRUE, FALSE },
  { ENGRAM_ERROR_DAMAGED, N_("Damaged File"),
    N_("“%s” is broken or cut short and cannot be read. It has not been changed. Restore a backup of "
       "it, if there is one: the damaged file is kept beside it."), FALSE, TRUE },
  { ENGRAM_ERROR_FAILED, N_("Could Not Open the File"),
    N_("“%s” could not be opened. Try again, or choose another file."), TRUE, FALSE },
};

static const Explanation *
explain (const GError *error)
{
  const Explanation *last = &explanations[G_N_ELEMENTS (explanations) - 1];

  if (error->domain != ENGRAM_ERROR)
    return last;
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    {
      if ((int) explanations[i].code == error->code)
        return &explanations[i];
    }
  return last;
}

static void
try_again_clicked_cb (EngramErrorPage *self)
{
  g_signal_emit (self, signals[TRY_AGAIN], 0);
}

static void
restore_clicked_cb (EngramErrorPage *self)
{
  g_signal_emit (self, signals[RESTORE], 0);
}

static GtkWidget *
get_first_button (EngramErrorPage *self)
{
  if (gtk_widget_get_visible (self->try_again))
    return self->try_again;
  return gtk_widget_get_visible (self->restore) ? self->restore : self->open_another;
}

/* The details can be selected, and would be, all of them, as the first that can have the focus. */
static void
engram_error_page_map (GtkWidget *widget)
{
  EngramErrorPage *self = ENGRAM_ERROR_PAGE (widget);

  GTK_WIDGET_CLASS (engram_error_page_parent_class)->map (widget);

  gtk_widget_grab_focus (get_first_button (self));
}

static void
engram_error_page_class_init (EngramErrorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = engram_error_page_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/pages/engram-error-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramErrorPage, status);
  gtk_widget_class_bind_template_child (widget_class, EngramErrorPage, details);
  gtk_widget_class_bind_template_child (widget_class, EngramErrorPage, try_again);
  gtk_widget_class_bind_template_child (widget_class, EngramErrorPage, restore);
  gtk_widget_class_bind_template_child (widget_class, EngramErrorPage, open_another);
  gtk_widget_class_bind_template_callback (widget_class, try_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_clicked_cb);

  signals[TRY_AGAIN] = g_signal_new ("try-again", ENGRAM_TYPE_ERROR_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORE] = g_signal_new ("restore", ENGRAM_TYPE_ERROR_PAGE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_error_page_init (EngramErrorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * engram_error_page_new:
 *
 * Returns: the page, for engram_error_page_set_error() to fill
 */
GtkWidget *
engram_error_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_ERROR_PAGE, NULL);
}

/**
 * engram_error_page_set_error:
 * @self: the page
 * @name: name of the file, in UTF-8
 * @has_path: whether it has a place in the file system, where a backup could be put
 * @error: what the library said
 *
 * Says in a person's words what @error means for that file and what can be done; the library's own words
 * stand below and can be copied.
 */
void
engram_error_page_set_error (EngramErrorPage *self,
                             const char      *name,
                             gboolean         has_path,
                             const GError    *error)
{
  const Explanation *explanation;
  g_autofree char *escaped = NULL;
  g_autoptr (GString) text = NULL;

  g_return_if_fail (ENGRAM_IS_ERROR_PAGE (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (error != NULL);

  explanation = explain (error);
  escaped = g_markup_escape_text (name, -1);
  text = g_string_new (_(explanation->text));
  g_string_replace (text, "%s", escaped, 1);

  adw_status_page_set_title (self->status, _(explanation->title));
  adw_status_page_set_description (self->status, text->str);
  gtk_label_set_label (self->details, error->message);
  gtk_widget_set_visible (self->try_again, explanation->try_again);
  gtk_widget_set_visible (self->restore, explanation->restore && has_path);
}

/**
 * engram_error_page_get_title:
 * @self: the page
 *
 * Returns: (nullable): what is wrong, in a few words for people
 */
const char *
engram_error_page_get_title (EngramErrorPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_ERROR_PAGE (self), NULL);

  return adw_status_page_get_title (self->status);
}

/**
 * engram_error_page_get_details:
 * @self: the page
 *
 * Returns: the library's own words
 */
const char *
engram_error_page_get_details (EngramErrorPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_ERROR_PAGE (self), NULL);

  return gtk_label_get_label (self->details);
}
