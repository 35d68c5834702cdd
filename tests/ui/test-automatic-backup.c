/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "backups/engram-automatic-backup.h"
#include "common/engram-settings.h"
#include "ui-fixture.h"

typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  guint          n_failures;
} Setting;

static void
note_failure (EngramSession *session,
              const char    *title,
              const GError  *error,
              Setting       *setting)
{
  g_assert_nonnull (strstr (error->message, "Connect the disk"));
  setting->n_failures++;
}

static void
setting_open (Setting    *self,
              const char *when)
{
  *self = (Setting) { .fixture = ui_fixture_new (5) };
  self->session = engram_session_new (self->fixture->database);
  g_signal_connect (self->session, "failed", G_CALLBACK (note_failure), self);
  g_settings_set_string (engram_settings_get (), "backup-automatic", when);
}

static void
setting_close (Setting *self)
{
  engram_session_close (self->session);
  g_object_unref (self->session);
  ui_fixture_free (self->fixture);
  g_settings_reset (engram_settings_get (), "backup-automatic");
  g_settings_reset (engram_settings_get (), "backup-folder");
}

static EngramJobState
open_once (Setting *self)
{
  g_autoptr (EngramJob) job = engram_automatic_backup_start (self->session);

  g_assert_nonnull (job);
  g_assert_true (engram_job_is_background (job));
  wait_until (!engram_job_is_active (job));
  return engram_job_get_state (job);
}

/* How many there are, all of them made by themselves. */
static guint
count (Setting *self)
{
  g_autofree char *folder = engram_backup_get_default_folder (self->fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = engram_backup_list (folder, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < backups->len; i++)
    g_assert_cmpint (((const EngramBackup *) backups->pdata[i])->reason, ==, ENGRAM_BACKUP_REASON_AUTOMATIC);
  return backups->len;
}

static void
change (Setting *self)
{
  g_autofree char *id = ui_fixture_add (self->fixture, "Something new");
}

static void
test_never (void)
{
  Setting setting;

  setting_open (&setting, "never");
  g_assert_null (engram_automatic_backup_start (setting.session));
  g_assert_cmpuint (count (&setting), ==, 0);
  setting_close (&setting);
}

static void
test_at_opening (void)
{
  Setting setting;

  setting_open (&setting, "at-opening");
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (count (&setting), ==, 1);
  /* Nothing has changed. */
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (count (&setting), ==, 1);
  change (&setting);
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (count (&setting), ==, 2);
  setting_close (&setting);
}

static void
test_daily (void)
{
  Setting setting;

  setting_open (&setting, "daily");
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (count (&setting), ==, 1);
  change (&setting);
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_DONE);
  g_assert_cmpuint (count (&setting), ==, 1);
  setting_close (&setting);
}

/* Told once, not at each opening. */
static void
test_failure (void)
{
  Setting setting;
  g_autofree char *gone = NULL;

  setting_open (&setting, "at-opening");
  gone = g_build_filename (setting.fixture->folder, "disk", "backups", NULL);
  g_settings_set_string (engram_settings_get (), "backup-folder", gone);
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_FAILED);
  g_assert_cmpint (open_once (&setting), ==, ENGRAM_JOB_FAILED);
  g_assert_cmpuint (setting.n_failures, ==, 1);
  setting_close (&setting);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/automatic-backup/never", test_never);
  g_test_add_func ("/automatic-backup/at-opening", test_at_opening);
  g_test_add_func ("/automatic-backup/daily", test_daily);
  g_test_add_func ("/automatic-backup/failure", test_failure);
  return g_test_run ();
}
