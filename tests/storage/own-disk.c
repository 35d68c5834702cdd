/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "own-disk.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "test-support.h"

static gboolean
write_text (const char *path,
            const char *text)
{
  int fd = g_open (path, O_WRONLY, 0);
  gboolean done = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return done;
}

/* Whoever is not root needs to be it in a name space of its own. */
static gboolean
enter_own_mounts (void)
{
  g_autofree char *map = g_strdup_printf ("0 %d 1", (int) getuid ());

  if (geteuid () == 0)
    return unshare (CLONE_NEWNS) == 0;
  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text ("/proc/self/setgroups", "deny") &&
         write_text ("/proc/self/uid_map", map);
}

gboolean
own_disk_mount (const char *folder,
                const char *options)
{
  return enter_own_mounts () && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("none", folder, "tmpfs", 0, options) == 0;
}

/* What the child says by its status: not all systems let a process mount anything. */
#define NO_DISK 77

#define FOLDER "ENGRAM_TEST_DISK"
#define OPTIONS "ENGRAM_TEST_DISK_OPTIONS"

/* Before main(): a thread that is there already does not see what is mounted. */
static void __attribute__ ((constructor))
mount_in_child (void)
{
  if (g_getenv (FOLDER) != NULL && !own_disk_mount (g_getenv (FOLDER), g_getenv (OPTIONS)))
    _exit (NO_DISK);
}

void
own_disk_run (OwnDiskFunc  func,
              const char  *options)
{
  g_autoptr (TestFolder) folder = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;

  if (g_getenv (FOLDER) != NULL)
    {
      func (g_getenv (FOLDER));
      return;
    }

  folder = test_folder_new ();
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_setenv (launcher, FOLDER, folder, TRUE);
  g_subprocess_launcher_setenv (launcher, OPTIONS, options, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "-p", g_test_get_path (), NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_exited (child) && g_subprocess_get_exit_status (child) == NO_DISK)
    g_test_skip ("nothing can be mounted here");
  else
    g_assert_true (g_subprocess_get_successful (child));
}

void
own_disk_make_read_only (const char *folder)
{
  g_assert_cmpint (mount ("none", folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
}
