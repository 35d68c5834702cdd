/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-screen.h"

#include <string.h>

#include "dialogs/engram-failure-page.h"
#include "dialogs/import/engram-import-check-page.h"

#define MANY 20000

void
import_screen_present (DialogScreen *screen)
{
  engram_import_dialog_present (screen->parent, screen->session, NULL);
  dialog_screen_take (screen, ENGRAM_TYPE_IMPORT_DIALOG);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

void
import_screen_open_fixture (DialogScreen *screen,
                            UiFixture    *fixture)
{
  dialog_screen_begin (screen, fixture);
  import_screen_present (screen);
}

void
import_screen_open_over (DialogScreen *screen,
                         guint         n_neurons)
{
  import_screen_open_fixture (screen, ui_fixture_new (n_neurons));
}

void
import_screen_open (DialogScreen *screen)
{
  import_screen_open_over (screen, 3);
}

/* What a person does */

char *
import_screen_write (DialogScreen *screen,
                     const char   *name,
                     const char   *text)
{
  char *path = g_build_filename (screen->fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

void
import_screen_add_path (DialogScreen *screen,
                        const char   *path)
{
  const char *paths[] = { path, NULL };

  engram_import_dialog_present (screen->parent, screen->session, paths);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

void
import_screen_add (DialogScreen *screen,
                   const char   *name,
                   const char   *text)
{
  g_autofree char *path = import_screen_write (screen, name, text);

  import_screen_add_path (screen, path);
}

void
import_screen_add_many (DialogScreen *screen)
{
  g_autoptr (GString) text = g_string_new ("{\"neurons\": [");

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "%s{\"id\": \"c%07x-0000-4000-8000-000000000000\", \"type\": \"knowledge\","
                            " \"position\": {\"x\": 1.0, \"y\": 2.0, \"z\": 3.0}, " TIMES "}", i > 0 ? ", " : "", i);
  g_string_append (text, "]}");
  import_screen_add (screen, "many.json", text->str);
}

void
import_screen_check (DialogScreen *screen)
{
  dialog_screen_click (screen, "C_heck");
  dialog_screen_await_job (screen);
}

void
import_screen_import (DialogScreen *screen)
{
  dialog_screen_click (screen, "_Import");
  dialog_screen_await_job (screen);
}

gpointer
import_screen_get_control (DialogScreen *screen,
                           const char   *name)
{
  GtkWidget *page = widget_test_find (screen->dialog, ENGRAM_TYPE_IMPORT_CHECK_PAGE);
  GObject *control = gtk_widget_get_template_child (page, ENGRAM_TYPE_IMPORT_CHECK_PAGE, name);

  g_assert_nonnull (control);
  return control;
}

void
import_screen_choose_policy (DialogScreen         *screen,
                             EngramImportConflict  conflict)
{
  AdwComboRow *row = import_screen_get_control (screen, "policy_row");

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  adw_combo_row_set_selected (row, conflict);
}

/* What is shown */

void
import_screen_assert_page (DialogScreen *screen,
                           const char   *name)
{
  g_assert_cmpstr (engram_dialog_get_page (screen->dialog), ==, name);
}

void
import_screen_assert_failure (DialogScreen *screen,
                              const char   *text)
{
  g_assert_nonnull (widget_test_find (screen->dialog, ENGRAM_TYPE_FAILURE_PAGE));
  assert_shows (screen->dialog, text);
}
