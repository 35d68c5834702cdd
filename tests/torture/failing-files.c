/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded before the C library (LD_PRELOAD) it stands between a program and the files of one folder: counts what the
 * program does to them, and at the call of one number kills the program or lets the call fail. By the environment:
 *
 * ENGRAM_FAULT_FOLDER  the folder: an absolute path without links
 * ENGRAM_FAULT_CALLS   which calls count: letters, see FailingCall, or "*" for all
 * ENGRAM_FAULT_NUMBER  the number of the call, from 1; or 0: just count
 * ENGRAM_FAULT_ACTION  "kill", or a number: the errno with which the call fails
 * ENGRAM_FAULT_LASTS   all calls from then on fail
 * ENGRAM_FAULT_REPORT  a file outside of the folder: how many calls there were, when the program ends
 *
 * A write that is hit has written half. */

/* Both names of a call are wanted, not one for the other. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

typedef enum {
  CALL_WRITE    = 'w',
  CALL_SYNC     = 's',
  CALL_TRUNCATE = 't',
  CALL_RENAME   = 'r',
  CALL_UNLINK   = 'u',
  CALL_OPEN     = 'o', /* what is there: to write, or a folder */
  CALL_CREATE   = 'c',
  CALL_MKDIR    = 'm',
} FailingCall;

static atomic_uint count;

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static int
is_below (const char *path)
{
  const char *folder = getenv ("ENGRAM_FAULT_FOLDER");
  size_t length = folder != NULL ? strlen (folder) : 0;

  return length > 0 && strncmp (path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int
is_descriptor_below (int fd)
{
  char name[64], path[PATH_MAX];
  ssize_t length;

  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  length = readlink (name, path, sizeof path - 1);
  if (length < 0)
    return 0;
  path[length] = '\0';
  return is_below (path);
}

/* Whether this call is hit. It is killed later, when it is half done. */
static int
is_hit (FailingCall call)
{
  const char *calls = getenv ("ENGRAM_FAULT_CALLS");
  const char *number_text = getenv ("ENGRAM_FAULT_NUMBER");
  unsigned number = number_text != NULL ? (unsigned) atoi (number_text) : 0;
  unsigned now;

  if (calls == NULL || (*calls != '*' && strchr (calls, call) == NULL))
    return 0;
  now = atomic_fetch_add (&count, 1) + 1;
  return number > 0 && (now == number || (now > number && getenv ("ENGRAM_FAULT_LASTS") != NULL));
}

static int
fail (void)
{
  const char *action = getenv ("ENGRAM_FAULT_ACTION");

  if (action == NULL || strcmp (action, "kill") == 0)
    raise (SIGKILL);
  errno = atoi (action);
  return -1;
}

__attribute__ ((destructor)) static void
report (void)
{
  const char *path = getenv ("ENGRAM_FAULT_REPORT");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "%u\n", atomic_load (&count));
  fclose (file);
}

/* Writing */

ssize_t
write (int         fd,
       const void *buffer,
       size_t      size)
{
  if (!is_descriptor_below (fd) || !is_hit (CALL_WRITE))
    return REAL (write) (fd, buffer, size);
  if (size > 1)
    REAL (write) (fd, buffer, size / 2);
  return fail ();
}

ssize_t
pwrite (int         fd,
        const void *buffer,
        size_t      size,
        off_t       offset)
{
  if (!is_descriptor_below (fd) || !is_hit (CALL_WRITE))
    return REAL (pwrite) (fd, buffer, size, offset);
  if (size > 1)
    REAL (pwrite) (fd, buffer, size / 2, offset);
  return fail ();
}

ssize_t
pwrite64 (int         fd,
          const void *buffer,
          size_t      size,
          off64_t     offset)
{
  if (!is_descriptor_below (fd) || !is_hit (CALL_WRITE))
    return REAL (pwrite64) (fd, buffer, size, offset);
  if (size > 1)
    REAL (pwrite64) (fd, buffer, size / 2, offset);
  return fail ();
}

ssize_t
writev (int                 fd,
        const struct iovec *parts,
        int                 n_parts)
{
  if (!is_descriptor_below (fd) || !is_hit (CALL_WRITE))
    return REAL (writev) (fd, parts, n_parts);
  return fail ();
}

ssize_t
copy_file_range (int      from,
                 off64_t *from_offset,
                 int      to,
                 off64_t *to_offset,
                 size_t   length,
                 unsigned flags)
{
  if (!is_descriptor_below (to) || !is_hit (CALL_WRITE))
    return REAL (copy_file_range) (from, from_offset, to, to_offset, length, flags);
  return fail ();
}

int
fsync (int fd)
{
  return is_descriptor_below (fd) && is_hit (CALL_SYNC) ? fail () : REAL (fsync) (fd);
}

int
fdatasync (int fd)
{
  return is_descriptor_below (fd) && is_hit (CALL_SYNC) ? fail () : REAL (fdatasync) (fd);
}

int
ftruncate (int   fd,
           off_t size)
{
  return is_descriptor_below (fd) && is_hit (CALL_TRUNCATE) ? fail () : REAL (ftruncate) (fd, size);
}

int
ftruncate64 (int     fd,
             off64_t size)
{
  return is_descriptor_below (fd) && is_hit (CALL_TRUNCATE) ? fail () : REAL (ftruncate64) (fd, size);
}

/* Names */

int
rename (const char *from,
        const char *to)
{
  return is_below (to) && is_hit (CALL_RENAME) ? fail () : REAL (rename) (from, to);
}

int
renameat2 (int         from_folder,
           const char *from,
           int         to_folder,
           const char *to,
           unsigned    flags)
{
  return is_below (to) && is_hit (CALL_RENAME) ? fail () : REAL (renameat2) (from_folder, from, to_folder, to, flags);
}

int
link (const char *from,
      const char *to)
{
  return is_below (to) && is_hit (CALL_RENAME) ? fail () : REAL (link) (from, to);
}

int
unlink (const char *path)
{
  return is_below (path) && is_hit (CALL_UNLINK) ? fail () : REAL (unlink) (path);
}

int
mkdir (const char *path,
       mode_t      mode)
{
  return is_below (path) && is_hit (CALL_MKDIR) ? fail () : REAL (mkdir) (path, mode);
}

/* Opening */

static int
is_open_hit (const char *path,
             int         flags)
{
  if (((flags & O_ACCMODE) == O_RDONLY && (flags & O_DIRECTORY) == 0) || !is_below (path))
    return 0;
  return is_hit ((flags & O_CREAT) != 0 && access (path, F_OK) != 0 ? CALL_CREATE : CALL_OPEN);
}

/* The mode is there only where a file may be made. */
#define GET_MODE(mode, flags)                            \
  do                                                     \
    {                                                    \
      va_list arguments;                                 \
                                                         \
      va_start (arguments, flags);                       \
      mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0; \
      va_end (arguments);                                \
    }                                                    \
  while (0)

int
open (const char *path,
      int         flags,
      ...)
{
  mode_t mode;

  GET_MODE (mode, flags);
  return is_open_hit (path, flags) ? fail () : REAL (open) (path, flags, mode);
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  mode_t mode;

  GET_MODE (mode, flags);
  return is_open_hit (path, flags) ? fail () : REAL (open64) (path, flags, mode);
}

int
openat (int         folder,
        const char *path,
        int         flags,
        ...)
{
  mode_t mode;

  GET_MODE (mode, flags);
  return is_open_hit (path, flags) ? fail () : REAL (openat) (folder, path, flags, mode);
}
