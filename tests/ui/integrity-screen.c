/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "integrity-screen.h"

#include <sqlite3.h>
#include <string.h>

static void
note_change (Screen *screen)
{
  screen->has_changed = TRUE;
}

static void
note_shown (Screen *screen,
            guint   kind)
{
  screen->shown_kind = (int) kind;
}

void
screen_run_sql (const char *path,
                const char *sql)
{
  char *message = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, "PRAGMA ignore_check_constraints=ON; PRAGMA synchronous=OFF", NULL, NULL, NULL);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

gint64
screen_get_number (Screen     *screen,
                   const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  gint64 number;

  g_assert_cmpint (sqlite3_open_v2 (screen->fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return number;
}

void
screen_begin (Screen    *screen,
              UiFixture *fixture)
{
  *screen = (Screen) { .fixture = fixture, .shown_kind = -1 };
  screen->session = engram_session_new (fixture->database);
  engram_session_set_active (screen->session, TRUE);
  g_signal_connect_swapped (screen->session, "changed", G_CALLBACK (note_change), screen);
  g_signal_connect_swapped (screen->session, "show", G_CALLBACK (note_shown), screen);
  wait_until (screen->has_changed);
  screen->parent = widget_test_show (gtk_label_new ("Parent"), 300, 200);
}

gboolean
screen_is_at (Screen     *screen,
              const char *page)
{
  return engram_dialog_get_job (screen->dialog) == NULL &&
         g_strcmp0 (engram_dialog_get_page (screen->dialog), page) == 0;
}

void
screen_open (Screen    *screen,
             UiFixture *fixture)
{
  screen_begin (screen, fixture);
  screen->dialog = ENGRAM_DIALOG (engram_integrity_dialog_present (screen->parent, screen->session));
  wait_until (screen_is_at (screen, "report"));
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

void
screen_close (Screen *screen)
{
  gboolean busy = TRUE;

  if (screen->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (screen->dialog));
  while (busy)
    {
      g_object_get (screen->session, "busy", &busy, NULL);
      if (busy)
        g_main_context_iteration (NULL, TRUE);
    }
  gtk_window_destroy (screen->parent);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  ui_fixture_free (screen->fixture);
}

gpointer
screen_find_button (gpointer    widget,
                    const char *label)
{
  gpointer found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = screen_find_button (child, label);
  return found;
}

gboolean
screen_can_click (Screen     *screen,
                  const char *label)
{
  GtkWidget *button = screen_find_button (screen->dialog, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
screen_click (Screen     *screen,
              const char *label)
{
  wait_until (screen_can_click (screen, label));
  g_signal_emit_by_name (screen_find_button (screen->dialog, label), "clicked");
}

EngramFindingRow *
screen_find_row (gpointer    widget,
                 const char *kind)
{
  EngramFindingRow *found = NULL;

  if (ENGRAM_IS_FINDING_ROW (widget) &&
      g_str_equal (engram_finding_get_kind (engram_finding_row_get_finding (widget)), kind))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = screen_find_row (child, kind);
  return found;
}

GtkCheckButton *
screen_find_choice (Screen     *screen,
                    const char *kind)
{
  EngramFindingRow *row = screen_find_row (screen->dialog, kind);

  g_assert_nonnull (row);
  return widget_test_find (row, GTK_TYPE_CHECK_BUTTON);
}

gboolean
screen_shows (Screen     *screen,
              const char *text)
{
  g_autofree char *shown = widget_test_dup_text (screen->dialog);

  return strstr (shown, text) != NULL;
}

UiFixture *
screen_open_damaged (const char *name)
{
  g_autofree char *path = g_build_filename ("damaged", name, NULL);

  return ui_fixture_new_shared (path);
}
