/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-source-view.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

static void
follow_darkness (GtkSourceBuffer *buffer,
                 GParamSpec      *pspec,
                 AdwStyleManager *manager)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  const char *name = adw_style_manager_get_dark (manager) ? "Adwaita-dark" : "Adwaita";

  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (schemes, name));
}

/* What a language is made of is read when its first text is shown, which takes long, and forgotten with the last
 * one. */
static void
keep_language (GtkSourceLanguage *language)
{
  const char *key = "engram-kept-buffer";

  if (g_object_get_data (G_OBJECT (language), key) == NULL)
    g_object_set_data_full (G_OBJECT (language), key, gtk_source_buffer_new_with_language (language), g_object_unref);
}

static void
set_language (GtkSourceBuffer *buffer,
              const char      *id)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (languages, id);

  /* Without its file, text is shown in one colour. */
  if (language == NULL)
    return;
  keep_language (language);
  gtk_source_buffer_set_language (buffer, language);
}

/**
 * engram_source_view_new:
 * @language: (nullable): the id of a language of GtkSourceView, `python3` for example
 * @text: what it shows
 *
 * Returns: (transfer floating): a text view, which can be written in
 */
GtkWidget *
engram_source_view_new (const char *language,
                        const char *text)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GtkSourceBuffer) buffer = gtk_source_buffer_new (NULL);
  GtkWidget *view;

  if (language != NULL)
    set_language (buffer, language);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_source_buffer_set_implicit_trailing_newline (buffer, FALSE);
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), TRUE);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, -1);
  view = gtk_source_view_new_with_buffer (buffer);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (follow_darkness), buffer, G_CONNECT_SWAPPED);
  follow_darkness (buffer, NULL, manager);
  gtk_source_view_set_tab_width (GTK_SOURCE_VIEW (view), 4);
  gtk_source_view_set_insert_spaces_instead_of_tabs (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_auto_indent (GTK_SOURCE_VIEW (view), TRUE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), language != NULL);
  /* Tab goes on to the next field. */
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "engram-source");
  return view;
}

/**
 * engram_source_view_wrap:
 * @view: a text view
 * @wrap_lines: whether a line may be broken; where not, long ones are scrolled to
 *
 * Returns: (transfer floating): a widget around it that is as high as its text
 */
GtkWidget *
engram_source_view_wrap (GtkWidget *view,
                         gboolean   wrap_lines)
{
  GtkWidget *scroller;

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), wrap_lines ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
  if (wrap_lines)
    return view;
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  /* The view inside has the focus and the name. */
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}
