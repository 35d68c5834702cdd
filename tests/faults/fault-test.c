/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <engram.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "fault-jobs.h"
#include "fault-state.h"
#include "test-support.h"

typedef struct {
  const FaultJob *job;
  const Fault    *fault;
  char           *root;     /* where all copies lie */
  char           *original; /* what the job begins with */
  char           *before;   /* the state of that */
  char           *after;    /* the state when the job is done */
} FaultTest;

/* In memory where that can be had: syncing a disk some ten thousand times takes its time. */
static char *
make_root (void)
{
  g_autoptr (GError) error = NULL;
  char *root;

  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    root = g_mkdtemp (g_strdup ("/dev/shm/engram test ü XXXXXX"));
  else
    root = NULL;
  return root != NULL ? root : test_folder_new ();
}

/* Where all is done, for the history of a network knows its path. */
static char *
get_work_folder (FaultTest *self)
{
  return g_build_filename (self->root, "work", NULL);
}

/* A copy to work on; the one before is removed. */
static char *
make_work_folder (FaultTest *self)
{
  char *folder = get_work_folder (self);

  test_folder_free (g_strdup (folder));
  fault_state_copy (self->original, folder);
  return folder;
}

static void
prepare (FaultTest *self)
{
  g_autofree char *folder = NULL;

  self->root = make_root ();
  self->original = g_build_filename (self->root, "original", NULL);
  folder = get_work_folder (self);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  self->job->prepare (folder);
  self->before = fault_state_read (folder);
  fault_state_copy (folder, self->original);
}

/* Returns how many calls there are that could fail. */
static guint
run_undisturbed (FaultTest *self)
{
  g_autofree char *folder = make_work_folder (self);
  g_autoptr (GError) error = NULL;
  gboolean has_failed, done;
  guint count;

  self->fault->arm (0, self->fault->system_error, FALSE);
  done = self->job->run (folder, &error);
  count = self->fault->disarm (&has_failed);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_false (has_failed);
  self->after = fault_state_read (folder);
  return count;
}

static void
check_error (FaultTest    *self,
             guint         number,
             const GError *error)
{
  if (error == NULL || error->domain != ENGRAM_ERROR || *error->message == '\0'
      || strstr (error->message, "SQL logic error") != NULL || !g_utf8_validate (error->message, -1, NULL))
    g_test_fail_printf ("at call %u: no plain error but %s", number, error != NULL ? error->message : "none");
  else if (self->fault->system_error == ENOSPC && error->code != ENGRAM_ERROR_NO_SPACE)
    g_test_fail_printf ("at call %u: no word of space in %s", number, error->message);
}

/* A job that makes a backup before its change may leave that. */
static char *
drop_good_backups (const char *state,
                   const char *before)
{
  g_auto (GStrv) lines = g_strsplit (state, "\n", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_good = lines[i + 1] != NULL && g_str_has_suffix (lines[i + 1], ".json: manifest of the backup");

      if (is_good && g_str_has_prefix (lines[i], "backups/") && strstr (before, lines[i + 1]) == NULL)
        i++;
      else if (*lines[i] != '\0')
        g_string_append_printf (kept, "%s\n", lines[i]);
    }
  return g_string_free (kept, FALSE);
}

/* Undone, all is as it was; what was not done leaves nothing to undo. */
static void
check_undo (FaultTest  *self,
            guint       number,
            gboolean    is_done,
            const char *folder)
{
  g_autofree char *all = NULL, *state = NULL;

  if (fault_job_undo (folder) != is_done)
    g_test_fail_printf ("call %u failed, and it can%s be undone", number, is_done ? "not" : "");
  all = fault_state_read (folder);
  state = drop_good_backups (all, self->before);
  if (!g_str_equal (state, self->before))
    {
      g_test_message ("call %u failed; undone, there is\n%sinstead of\n%s", number, state, self->before);
      g_test_fail ();
    }
}

/* A restore looks at what it has done once more; that it could not is an error, which says what is there now. */
static gboolean
says_that_it_is_done (const GError *error)
{
  return error == NULL || strstr (error->message, "was replaced, but could not be checked afterwards") != NULL;
}

/* The job is done and says so, or nothing has changed and there is an error. */
static void
check_state (FaultTest    *self,
             guint         number,
             const GError *error,
             const char   *folder)
{
  g_autofree char *all = fault_state_read (folder);
  gboolean is_done = says_that_it_is_done (error);
  g_autofree char *state = is_done ? g_strdup (all) : drop_good_backups (all, self->before);
  const char *expected = is_done ? self->after : self->before;
  gboolean came_back = self->fault->is_the_end && g_str_equal (all, self->after);

  if (!came_back && !g_str_equal (state, expected))
    {
      g_test_message ("call %u failed and the job said: %s. But there is\n%sinstead of\n%s", number,
                      error != NULL ? error->message : "done", all, expected);
      g_test_fail ();
    }
  else if (self->job->can_be_undone)
    {
      check_undo (self, number, is_done || came_back, folder);
    }
}

static void
run_disturbed (FaultTest *self,
               guint      number)
{
  g_autofree char *folder = make_work_folder (self);
  g_autoptr (GError) error = NULL;
  gboolean done;

  self->fault->arm (number, self->fault->system_error, self->fault->for_good);
  done = self->job->run (folder, &error);
  self->fault->disarm (NULL);
  g_assert_true (done == (error == NULL));
  if (!done)
    check_error (self, number, error);
  check_state (self, number, error, folder);
}

static gboolean
is_whole (void)
{
  return g_getenv ("ENGRAM_TORTURE") != NULL;
}

static void
run_test (gconstpointer data)
{
  const FaultTest *description = data;
  FaultTest self = *description;
  guint count, points;

  prepare (&self);
  count = run_undisturbed (&self);
  points = is_whole () ? count : MIN (count, self.fault->quick_points);
  g_test_message ("%u calls, %u of them fail in turn", count, points);
  for (guint i = 0; i < points && !g_test_failed (); i++)
    run_disturbed (&self, points == count ? i + 1 : 1 + (guint64) i * (count - 1) / (points - 1));

  test_folder_free (self.root);
  g_free (self.original);
  g_free (self.before);
  g_free (self.after);
}

void
fault_job_add_test (const FaultJob *job,
                    const Fault    *fault)
{
  g_autofree char *path = g_strdup_printf ("/faults/%s/%s", job->name, fault->name);
  FaultTest *test = g_new0 (FaultTest, 1);

  test->job = job;
  test->fault = fault;
  g_test_add_data_func_full (path, test, run_test, g_free);
}
