/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-place-page.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>
#include <inttypes.h>

#include "common/engram-control.h"
#include "details/engram-source-view.h"

/* Read before and behind the place, however long the document is. */
#define BYTES_AROUND (16 * 1024)

#define CUT "…"

/* Colouring takes too long where a line is longer, or brackets within brackets are more. */
#define MAX_COLOURED_LINE 2048
#define MAX_COLOURED_DEPTH 32

struct _EngramImportPlacePage {
  AdwBin         parent_instance;

  GtkLabel      *message;
  GtkStack      *stack;
  GtkTextView   *view;
  AdwStatusPage *failure;
  GtkSourceGutterRenderer *numbers;
  GtkSourceLanguage       *language; /* borrowed; NULL where its file is missing */

  GCancellable  *cancellable; /* of the reading, or NULL */
  guint64        first_line;
  guint          line;        /* the one that is marked, in the view */
};

G_DEFINE_FINAL_TYPE (EngramImportPlacePage, engram_import_place_page, ADW_TYPE_BIN)

/* Line numbers of the document, not of the view; the marked one has an arrow. */
static void
query_number_cb (GtkSourceGutterRendererText *renderer,
                 GtkSourceGutterLines        *lines,
                 guint                        line,
                 EngramImportPlacePage       *self)
{
  g_autofree char *text = g_strdup_printf ("%s%" PRIu64, line == self->line ? "→ " : "", self->first_line + line);

  gtk_source_gutter_renderer_text_set_text (renderer, text, -1);
}

static void
set_numbers_width (EngramImportPlacePage *self,
                   guint                  n_lines)
{
  g_autofree char *longest = g_strdup_printf ("→ %" PRIu64, self->first_line + n_lines);
  int width;

  gtk_source_gutter_renderer_text_measure (GTK_SOURCE_GUTTER_RENDERER_TEXT (self->numbers), longest, &width, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->numbers), width, -1);
}

/* The view scrolls there once it has its size. */
static gboolean
scroll_cb (gpointer user_data)
{
  EngramImportPlacePage *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  gtk_text_view_scroll_to_mark (self->view, gtk_text_buffer_get_insert (buffer), 0.1, TRUE, 0, 0.3);
  return G_SOURCE_REMOVE;
}

static gboolean
is_quickly_coloured (const char *text)
{
  guint length = 0, depth = 0;

  for (; *text != '\0'; text++)
    {
      length = *text == '\n' ? 0 : length + 1;
      if (*text == '[' || *text == '{')
        depth++;
      else if ((*text == ']' || *text == '}') && depth > 0)
        depth--;
      if (length > MAX_COLOURED_LINE || depth > MAX_COLOURED_DEPTH)
        return FALSE;
    }
  return TRUE;
}

static void
show_excerpt (EngramImportPlacePage     *self,
              const EngramImportExcerpt *excerpt)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = g_strconcat (excerpt->is_cut_before ? CUT : "", excerpt->text,
                                       excerpt->is_cut_after ? CUT : "", NULL);
  guint offset = excerpt->offset + (excerpt->is_cut_before && excerpt->line == 0 ? 1 : 0);
  GtkTextIter place;

  self->first_line = excerpt->first_line;
  self->line = excerpt->line;
  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (buffer), is_quickly_coloured (text) ? self->language : NULL);
  gtk_text_buffer_set_text (buffer, text, -1);
  set_numbers_width (self, gtk_text_buffer_get_line_count (buffer));
  gtk_text_buffer_get_iter_at_line_offset (buffer, &place, excerpt->line, offset);
  gtk_text_buffer_place_cursor (buffer, &place);
  gtk_stack_set_visible_child_name (self->stack, "text");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_idle_add_full (G_PRIORITY_LOW, scroll_cb, g_object_ref (self), g_object_unref);
}

/* Reading */

static void
read_excerpt (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  EngramImportExcerpt *excerpt = engram_import_excerpt_read (task_data, BYTES_AROUND, &error);

  if (excerpt != NULL)
    g_task_return_pointer (task, excerpt, (GDestroyNotify) engram_import_excerpt_free);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EngramImportPlacePage *self = ENGRAM_IMPORT_PLACE_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramImportExcerpt) excerpt = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *escaped = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (excerpt != NULL)
    {
      show_excerpt (self, excerpt);
      return;
    }
  escaped = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failure, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

static void
stop_reading (EngramImportPlacePage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
engram_import_place_page_show (EngramImportPlacePage *self,
                               const EngramProblem   *problem)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (ENGRAM_IS_IMPORT_PLACE_PAGE (self));
  g_return_if_fail (problem != NULL && problem->line > 0);

  stop_reading (self);
  message = engram_problem_describe (problem);
  gtk_label_set_text (self->message, message);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_source_tag (task, engram_import_place_page_show);
  g_task_set_task_data (task, engram_problem_copy (problem), (GDestroyNotify) engram_problem_free);
  g_task_run_in_thread (task, read_excerpt);
}

/* GObject */

static void
engram_import_place_page_dispose (GObject *object)
{
  stop_reading (ENGRAM_IMPORT_PLACE_PAGE (object));

  G_OBJECT_CLASS (engram_import_place_page_parent_class)->dispose (object);
}

static void
engram_import_place_page_class_init (EngramImportPlacePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_import_place_page_dispose;
}

static void
add_numbers (EngramImportPlacePage *self)
{
  GtkSourceGutter *gutter = gtk_source_view_get_gutter (GTK_SOURCE_VIEW (self->view), GTK_TEXT_WINDOW_LEFT);

  self->numbers = gtk_source_gutter_renderer_text_new ();
  gtk_source_gutter_renderer_set_xalign (self->numbers, 1);
  gtk_source_gutter_renderer_set_xpad (self->numbers, 6);
  g_signal_connect_object (self->numbers, "query-data", G_CALLBACK (query_number_cb), self, 0);
  gtk_source_gutter_insert (gutter, self->numbers, 0);
}

static GtkWidget *
create_view (EngramImportPlacePage *self)
{
  GtkWidget *view = engram_source_view_new ("json", "");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (view);
  self->language = gtk_source_buffer_get_language (GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (self->view)));
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_CHAR);
  gtk_source_view_set_highlight_current_line (GTK_SOURCE_VIEW (view), TRUE);
  engram_control_set_name (view, _("The document around the problem"));
  add_numbers (self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  /* The view inside has the focus and the name. */
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}

static GtkWidget *
create_failure (EngramImportPlacePage *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->failure = ADW_STATUS_PAGE (page);
  adw_status_page_set_icon_name (self->failure, "dialog-error-symbolic");
  adw_status_page_set_title (self->failure, _("The Document Cannot Be Shown"));
  return page;
}

static void
engram_import_place_page_init (EngramImportPlacePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *message = gtk_label_new (NULL);
  GtkWidget *stack = gtk_stack_new ();

  self->message = GTK_LABEL (message);
  self->stack = GTK_STACK (stack);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_wrap_mode (self->message, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_set_margin_top (message, 12);
  gtk_widget_set_margin_bottom (message, 12);
  gtk_widget_set_margin_start (message, 12);
  gtk_widget_set_margin_end (message, 12);
  gtk_stack_add_named (self->stack, gtk_label_new (_("Reading the document")), "reading");
  gtk_stack_add_named (self->stack, create_view (self), "text");
  gtk_stack_add_named (self->stack, create_failure (self), "failure");
  gtk_box_append (GTK_BOX (box), message);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), stack);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
engram_import_place_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_IMPORT_PLACE_PAGE, NULL);
}
