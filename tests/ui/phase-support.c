/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "phase-support.h"

#include <string.h>

#include "dialogs/engram-failure-page.h"
#include "dialogs/engram-job-page.h"

void __real_engram_job_progress (const char *phase,
                                 double      fraction,
                                 gpointer    job);
void __wrap_engram_job_progress (const char *phase,
                                 double      fraction,
                                 gpointer    job);

gboolean __real_engram_page_check_wait (gpointer check,
                                        gint64   microseconds);
gboolean __wrap_engram_page_check_wait (gpointer check,
                                        gint64   microseconds);
gint64 __real_g_get_monotonic_time (void);
gint64 __wrap_g_get_monotonic_time (void);

static char *folder;

static struct {
  GMutex      mutex;    /* guards all of it */
  GCond       changed;
  const char *title;    /* of the job that is watched, or NULL */
  GPtrArray  *phases;   /* those that it has come to */
  guint       held_at;  /* the number of the one at which it is held */
  gboolean    is_held;
  gboolean    is_cancelled;
} gate;

/* The worker */

/* With the mutex. */
static const char *
get_last_phase (void)
{
  return gate.phases->len > 0 ? g_ptr_array_index (gate.phases, gate.phases->len - 1) : NULL;
}

/* With the mutex. */
static void
note_phase (const char *phase)
{
  if (g_strcmp0 (phase, get_last_phase ()) == 0)
    return;
  g_ptr_array_add (gate.phases, g_strdup (phase));
  if (gate.phases->len == gate.held_at + 1)
    {
      gate.is_held = TRUE;
      g_main_context_wakeup (NULL);
    }
}

void
__wrap_engram_job_progress (const char *phase,
                            double      fraction,
                            gpointer    job)
{
  __real_engram_job_progress (phase, fraction, job);

  g_mutex_lock (&gate.mutex);
  if (gate.title != NULL && g_str_has_prefix (engram_job_get_title (job), gate.title))
    {
      note_phase (phase);
      while (gate.is_held)
        g_cond_wait (&gate.changed, &gate.mutex);
    }
  g_mutex_unlock (&gate.mutex);
}

/* For the library each look at the clock is long after the one before: it leaves no report out for being too soon. */
gint64
__wrap_g_get_monotonic_time (void)
{
  static int n_looks;

  return __real_g_get_monotonic_time () + (gint64) g_atomic_int_add (&n_looks, 1) * (G_USEC_PER_SEC / 5);
}

/* SQLite is never done so soon that nobody has to wait for it, nor before it is cancelled. */
gboolean
__wrap_engram_page_check_wait (gpointer check,
                               gint64   microseconds)
{
  gboolean is_waited_for;

  g_mutex_lock (&gate.mutex);
  is_waited_for = gate.title == NULL ||
                  (!gate.is_cancelled && g_strcmp0 (get_last_phase (), "Checking the file’s pages") == 0);
  g_mutex_unlock (&gate.mutex);
  return is_waited_for && __real_engram_page_check_wait (check, microseconds);
}

static void
watch (const char *title,
       guint       held_at)
{
  g_mutex_lock (&gate.mutex);
  g_clear_pointer (&gate.phases, g_ptr_array_unref);
  gate.phases = g_ptr_array_new_with_free_func (g_free);
  gate.title = title;
  gate.held_at = held_at;
  gate.is_held = FALSE;
  gate.is_cancelled = FALSE;
  g_mutex_unlock (&gate.mutex);
}

static gboolean
is_held (void)
{
  gboolean held;

  g_mutex_lock (&gate.mutex);
  held = gate.is_held;
  g_mutex_unlock (&gate.mutex);
  return held;
}

static void
let_go (gboolean is_cancelled)
{
  g_mutex_lock (&gate.mutex);
  gate.is_held = FALSE;
  gate.is_cancelled = is_cancelled;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.mutex);
}

/* As it was before */

typedef struct {
  char *content; /* a hash of the network, or NULL where it is not open */
  char *files;
  char *undo;    /* or NULL */
  guint n_told;
} Snapshot;

/* SQLite's own files beside a network that is open, and the history's, come and go. */
static gboolean
is_of_sqlite (const char *name)
{
  return g_str_has_suffix (name, "-wal") || g_str_has_suffix (name, "-shm") || g_str_has_suffix (name, "-journal");
}

static void
list_files (const char *path,
            GPtrArray  *files)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      char *child = g_build_filename (path, name, NULL);

      if (is_of_sqlite (name))
        {
          g_free (child);
          continue;
        }
      g_ptr_array_add (files, child);
      list_files (child, files);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static char *
dup_files (void)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  list_files (folder, files);
  g_ptr_array_sort (files, compare_names);
  g_ptr_array_add (files, NULL);
  return g_strjoinv ("\n", (char **) files->pdata);
}

static void
snapshot_take (Snapshot     *self,
               DialogScreen *screen)
{
  gboolean is_open = screen->session != NULL;

  *self = (Snapshot) { .files = dup_files (), .n_told = screen->told->len };
  self->content = is_open ? dialog_screen_dup_hash (screen) : NULL;
  self->undo = is_open ? g_strdup (engram_session_get_undo_label (screen->session)) : NULL;
}

static void
snapshot_clear (Snapshot *self)
{
  g_free (self->content);
  g_free (self->files);
  g_free (self->undo);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Snapshot, snapshot_clear)

static void
assert_unchanged (const Snapshot *before,
                  DialogScreen   *screen,
                  const PhaseJob *job)
{
  g_auto (Snapshot) now = { NULL };

  snapshot_take (&now, screen);
  g_assert_cmpstr (now.content, ==, before->content);
  g_assert_cmpstr (now.files, ==, before->files);
  g_assert_cmpstr (now.undo, ==, before->undo);
  g_assert_cmpuint (now.n_told, ==, before->n_told);
  g_assert_cmpuint (screen->n_failed, ==, 0);
  g_assert_true (dialog_screen_is_at (screen, job->page));
  g_assert_null (widget_test_find (screen->dialog, ENGRAM_TYPE_JOB_PAGE));
  g_assert_null (widget_test_find (screen->dialog, ENGRAM_TYPE_FAILURE_PAGE));
}

/* The job */

/* Starts it and lets it come to a phase. Returns it held there. */
static EngramJob *
start (DialogScreen   *screen,
       const PhaseJob *job,
       guint           number)
{
  g_test_message ("%s: %s", job->title, job->phases[number]);
  watch (job->title, number);
  job->start (screen);
  wait_until (is_held ());
  g_assert_cmpstr (g_ptr_array_index (gate.phases, number), ==, job->phases[number]);
  return g_object_ref (engram_dialog_get_job (screen->dialog));
}

/* By the button of the page that shows how far it is. */
static void
cancel (DialogScreen *screen,
        EngramJob    *started,
        const char   *phase)
{
  wait_until (dialog_screen_shows (screen, phase));
  dialog_screen_click (screen, "_Cancel");
  g_assert_true (engram_job_is_cancelling (started));
}

static void
cancel_in_phase (DialogScreen   *screen,
                 const PhaseJob *job,
                 guint           number)
{
  g_auto (Snapshot) before = { NULL };
  g_autoptr (EngramJob) started = NULL;

  snapshot_take (&before, screen);
  started = start (screen, job, number);
  cancel (screen, started, job->phases[number]);
  let_go (TRUE);
  dialog_screen_await_job (screen);
  g_assert_cmpint (engram_job_get_state (started), ==, ENGRAM_JOB_CANCELLED);
  assert_unchanged (&before, screen, job);
}

static void
assert_phases (const PhaseJob *job)
{
  g_autofree char *expected = g_strjoinv ("\n", (char **) job->phases), *found = NULL;

  g_ptr_array_add (gate.phases, NULL);
  found = g_strjoinv ("\n", (char **) gate.phases->pdata);
  g_assert_cmpstr (found, ==, expected);
}

/* Also where it is cancelled too late. */
static void
let_it_work (DialogScreen   *screen,
             const PhaseJob *job,
             guint           n_phases)
{
  guint number = job->n_too_late > 0 ? n_phases - job->n_too_late : 0;
  g_autoptr (EngramJob) started = start (screen, job, number);

  if (job->n_too_late > 0)
    cancel (screen, started, job->phases[number]);
  let_go (FALSE);
  wait_until (!engram_job_is_active (started));
  g_assert_cmpint (engram_job_get_state (started), ==, ENGRAM_JOB_DONE);
  dialog_screen_await_job (screen);
  assert_phases (job);
}

void
phase_test_cancel_each (DialogScreen   *screen,
                        const PhaseJob *job)
{
  guint n_phases = g_strv_length ((char **) job->phases);

  /* Pages come and go at once. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  for (guint i = 0; i + job->n_too_late < n_phases; i++)
    cancel_in_phase (screen, job, i);
  let_it_work (screen, job, n_phases);
}

void
phase_test_begin (void)
{
  const char *parent = g_getenv ("TMPDIR");

  /* Before GLib asks for it. */
  folder = g_mkdtemp (g_build_filename (parent != NULL ? parent : "/tmp", "engram phases XXXXXX", NULL));
  g_assert_nonnull (folder);
  g_setenv ("TMPDIR", folder, TRUE);
}

int
phase_test_end (int status)
{
  g_clear_pointer (&gate.phases, g_ptr_array_unref);
  g_clear_pointer (&folder, test_folder_free);
  return status;
}
