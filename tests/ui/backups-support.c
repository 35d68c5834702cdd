/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backups-support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const keys[] = {
  "backup-folder", "backup-keep", "backup-automatic", "backup-before-bulk-changes",
};

static void
reset_preferences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (engram_settings_get (), keys[i]);
}

static gboolean
is_reading (BackupsScreen *self)
{
  GtkSpinner *spinner = widget_test_find (self->dialog, GTK_TYPE_SPINNER);

  return spinner != NULL && gtk_spinner_get_spinning (spinner);
}

static void
present (BackupsScreen *self,
         gboolean       creating)
{
  self->dialog = creating ? engram_backups_dialog_present_creating (self->parent, self->session)
                          : engram_backups_dialog_present (self->parent, self->session);
  widget_test_draw (self->dialog);
  wait_until (!is_reading (self));
}

static void
open_screen (BackupsScreen *self,
             UiFixture     *fixture,
             gboolean       creating)
{
  reset_preferences ();
  *self = (BackupsScreen) { .fixture = fixture };
  self->session = engram_session_new (self->fixture->database);
  self->parent = widget_test_show (gtk_label_new ("Network"), 800, 700);
  present (self, creating);
}

void
backups_screen_open (BackupsScreen *self,
                     guint          n_neurons,
                     gboolean       creating)
{
  open_screen (self, ui_fixture_new (n_neurons), creating);
}

gboolean
backups_screen_open_shared (BackupsScreen *self,
                            const char    *name)
{
  UiFixture *fixture = ui_fixture_new_shared (name);

  if (fixture != NULL)
    open_screen (self, fixture, FALSE);
  return fixture != NULL;
}

void
backups_screen_open_again (BackupsScreen *self)
{
  g_autoptr (GError) error = NULL;

  self->fixture->database = engram_database_open (self->fixture->path, NULL, &error);
  g_assert_no_error (error);
  self->fixture->neurons = engram_neuron_store_new (self->fixture->database);
  self->fixture->synapses = engram_synapse_store_new (self->fixture->database);
  self->session = engram_session_new (self->fixture->database);
  present (self, FALSE);
}

void
backups_screen_reopen (BackupsScreen *self,
                       gboolean       creating)
{
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  present (self, creating);
}

static void
close_session (BackupsScreen *self)
{
  if (self->session != NULL)
    engram_session_close (self->session);
  g_clear_object (&self->session);
}

void
backups_screen_break (BackupsScreen *self,
                      const char    *broken)
{
  const char *const suffixes[] = { "", "-wal", "-shm" };

  gtk_window_destroy (GTK_WINDOW (self->dialog));
  close_session (self);
  ui_fixture_close_network (self->fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->fixture->path, suffixes[i], NULL);

      g_unlink (name);
    }
  if (broken != NULL)
    test_copy_file (broken, self->fixture->path);
}

void
backups_screen_close (BackupsScreen *self)
{
  close_session (self);
  gtk_window_destroy (self->parent);
  ui_fixture_free (self->fixture);
  reset_preferences ();
}

void
backups_screen_await_job (BackupsScreen *self)
{
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (self->dialog)) == NULL);
  widget_test_draw (self->dialog);
}

void
backups_screen_cancel (BackupsScreen *self)
{
  engram_job_cancel (engram_dialog_get_job (ENGRAM_DIALOG (self->dialog)));
  backups_screen_await_job (self);
}

gboolean
backups_screen_is_on (BackupsScreen *self,
                      const char    *title)
{
  return g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self->dialog)), title) == 0;
}

void
backups_screen_await (BackupsScreen *self,
                      const char    *title)
{
  wait_until (engram_dialog_get_job (ENGRAM_DIALOG (self->dialog)) == NULL && backups_screen_is_on (self, title));
  wait_until (!is_reading (self));
  widget_test_draw (self->dialog);
}

static gboolean
shows (BackupsScreen *self,
       const char    *part)
{
  g_autofree char *text = widget_test_dup_text (self->dialog);

  return strstr (text, part) != NULL;
}

void
backups_screen_await_text (BackupsScreen *self,
                           const char    *part)
{
  wait_until (shows (self, part));
  backups_screen_await_job (self);
}

typedef gboolean (*Matches) (GtkWidget  *widget,
                             const char *text);

static GtkWidget *
find (GtkWidget  *widget,
      Matches     matches,
      const char *text)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (matches (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, matches, text);
  return found;
}

static gboolean
is_button (GtkWidget  *widget,
           const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_row_of (GtkWidget  *widget,
           const char *part)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_has_css_class (widget, "engram-backup-row") &&
         strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), part) != NULL;
}

static gboolean
is_row (GtkWidget  *widget,
        const char *title)
{
  return ADW_IS_ACTION_ROW (widget) &&
         g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

GtkWidget *
backups_screen_find (BackupsScreen *self,
                     const char    *label)
{
  GtkWidget *button = find (self->dialog, is_button, label);

  if (button == NULL)
    g_error ("There is no button “%s”", label);
  return button;
}

void
backups_screen_click (BackupsScreen *self,
                      const char    *label)
{
  g_signal_emit_by_name (backups_screen_find (self, label), "clicked");
}

void
backups_screen_go_on (BackupsScreen *self)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (self->dialog));

  g_assert_true (gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
backups_screen_type (BackupsScreen *self,
                     const char    *note)
{
  gtk_editable_set_text (GTK_EDITABLE (widget_test_find (self->dialog, ADW_TYPE_ENTRY_ROW)), note);
}

static void
activate (BackupsScreen *self,
          GtkWidget     *row)
{
  g_assert_nonnull (row);
  adw_action_row_activate (ADW_ACTION_ROW (row));
}

void
backups_screen_choose (BackupsScreen *self,
                       const char    *part)
{
  activate (self, find (self->dialog, is_row_of, part));
  widget_test_draw (self->dialog);
}

void
backups_screen_activate_row (BackupsScreen *self,
                             const char    *title)
{
  activate (self, find (self->dialog, is_row, title));
}

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

void
backups_screen_answer (BackupsScreen *self,
                       const char    *response)
{
  GtkWidget *question;

  wait_until (find_question () != NULL);
  question = find_question ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  gtk_window_destroy (GTK_WINDOW (question));
}

char *
backups_screen_make (BackupsScreen *self,
                     const char    *note)
{
  const EngramBackupOptions options = { .note = note, .reason = ENGRAM_BACKUP_REASON_AUTOMATIC };
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramBackup) backup = engram_backup_create (self->fixture->database, &options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (backup->path);
}

GPtrArray *
backups_screen_list (BackupsScreen *self)
{
  g_autofree char *folder = engram_backup_get_default_folder (self->fixture->path);
  g_autoptr (GError) error = NULL;
  GPtrArray *backups = engram_backup_list (folder, NULL, &error);

  g_assert_no_error (error);
  return backups;
}

void
backups_screen_damage (const char *path)
{
  int file = open (path, O_RDWR | O_CLOEXEC);
  struct stat status;
  guint8 byte;

  g_assert_cmpint (fstat (file, &status), ==, 0);
  g_assert_cmpint (pread (file, &byte, 1, status.st_size / 2), ==, 1);
  byte ^= 0xff;
  g_assert_cmpint (pwrite (file, &byte, 1, status.st_size / 2), ==, 1);
  close (file);
}

guint64
backups_screen_count (BackupsScreen *self)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  g_assert_true (engram_neuron_store_count (self->fixture->neurons, &count, NULL, &error));
  g_assert_no_error (error);
  return count;
}
