/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "faulty-vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

/* A file of ours, followed in memory by the file of the file system that it stands for. */
typedef struct {
  sqlite3_file  base;
  sqlite3_file *real;
} FaultyFile;

static struct {
  FaultyCalls calls;
  guint       number;
  int         system_error;
  gboolean    for_good;
  gint        count;   /* atomic */
  gint        failed;  /* atomic */
} faulty;

static sqlite3_vfs *real_vfs;

static gboolean
is_to_fail (FaultyCalls call)
{
  guint number;

  if ((faulty.calls & call) == 0)
    return FALSE;
  number = g_atomic_int_add (&faulty.count, 1) + 1;
  if (faulty.number == 0 || (faulty.for_good ? number < faulty.number : number != faulty.number))
    return FALSE;
  g_atomic_int_set (&faulty.failed, TRUE);
  return TRUE;
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((FaultyFile *) file)->real;
}

/* Methods of files */

static int
faulty_close (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
faulty_read (sqlite3_file  *file,
             void          *buffer,
             int            amount,
             sqlite3_int64  offset)
{
  if (faulty.system_error == EIO && is_to_fail (FAULTY_READ))
    return SQLITE_IOERR_READ;
  return get_real (file)->pMethods->xRead (get_real (file), buffer, amount, offset);
}

static int
faulty_write (sqlite3_file  *file,
              const void    *buffer,
              int            amount,
              sqlite3_int64  offset)
{
  sqlite3_file *real = get_real (file);

  if (!is_to_fail (FAULTY_WRITE))
    return real->pMethods->xWrite (real, buffer, amount, offset);
  if (faulty.system_error == ENOSPC)
    real->pMethods->xWrite (real, buffer, amount / 2, offset);
  return faulty.system_error == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
faulty_truncate (sqlite3_file  *file,
                 sqlite3_int64  size)
{
  if (is_to_fail (FAULTY_TRUNCATE))
    return SQLITE_IOERR_TRUNCATE;
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
faulty_sync (sqlite3_file *file,
             int           flags)
{
  if (is_to_fail (FAULTY_SYNC))
    return SQLITE_IOERR_FSYNC;
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
faulty_file_size (sqlite3_file  *file,
                  sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
faulty_lock (sqlite3_file *file,
             int           level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
faulty_unlock (sqlite3_file *file,
               int           level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
faulty_check_reserved_lock (sqlite3_file *file,
                            int          *is_reserved)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), is_reserved);
}

static int
faulty_file_control (sqlite3_file *file,
                     int           operation,
                     void         *argument)
{
  if (operation == SQLITE_FCNTL_LAST_ERRNO && g_atomic_int_get (&faulty.failed))
    {
      *(int *) argument = faulty.system_error;
      return SQLITE_OK;
    }
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
faulty_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
faulty_device_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
faulty_shm_map (sqlite3_file   *file,
                int             region,
                int             size,
                int             extend,
                void volatile **memory)
{
  if (is_to_fail (FAULTY_SHM))
    return faulty.system_error == ENOSPC ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP;
  return get_real (file)->pMethods->xShmMap (get_real (file), region, size, extend, memory);
}

static int
faulty_shm_lock (sqlite3_file *file,
                 int           offset,
                 int           count,
                 int           flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, count, flags);
}

static void
faulty_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
faulty_shm_unmap (sqlite3_file *file,
                  int           delete)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), delete);
}

/* No memory maps of files: everything is read and written by calls. */
static const sqlite3_io_methods faulty_methods = {
  .iVersion = 2,
  .xClose = faulty_close,
  .xRead = faulty_read,
  .xWrite = faulty_write,
  .xTruncate = faulty_truncate,
  .xSync = faulty_sync,
  .xFileSize = faulty_file_size,
  .xLock = faulty_lock,
  .xUnlock = faulty_unlock,
  .xCheckReservedLock = faulty_check_reserved_lock,
  .xFileControl = faulty_file_control,
  .xSectorSize = faulty_sector_size,
  .xDeviceCharacteristics = faulty_device_characteristics,
  .xShmMap = faulty_shm_map,
  .xShmLock = faulty_shm_lock,
  .xShmBarrier = faulty_shm_barrier,
  .xShmUnmap = faulty_shm_unmap,
};

/* The file system */

static int
faulty_open (sqlite3_vfs  *vfs,
             const char   *name,
             sqlite3_file *file,
             int           flags,
             int          *out_flags)
{
  FaultyFile *self = (FaultyFile *) file;
  int result;

  self->base.pMethods = NULL;
  self->real = (sqlite3_file *) (self + 1);
  if (is_to_fail (FAULTY_OPEN))
    return SQLITE_CANTOPEN;
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &faulty_methods;
  return result;
}

static int
faulty_delete (sqlite3_vfs *vfs,
               const char  *name,
               int          sync_folder)
{
  if (is_to_fail (FAULTY_DELETE))
    return SQLITE_IOERR_DELETE;
  return real_vfs->xDelete (real_vfs, name, sync_folder);
}

static int
faulty_get_last_error (sqlite3_vfs *vfs,
                       int          length,
                       char        *text)
{
  if (g_atomic_int_get (&faulty.failed))
    return faulty.system_error;
  return real_vfs->xGetLastError (real_vfs, length, text);
}

void
faulty_vfs_install (void)
{
  static sqlite3_vfs vfs;

  real_vfs = sqlite3_vfs_find (NULL);
  g_assert_nonnull (real_vfs);
  /* All else is the real one's: it does not look at which VFS it is given but for its data. */
  vfs = *real_vfs;
  vfs.szOsFile = sizeof (FaultyFile) + real_vfs->szOsFile;
  vfs.zName = "faulty";
  vfs.xOpen = faulty_open;
  vfs.xDelete = faulty_delete;
  vfs.xGetLastError = faulty_get_last_error;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}

void
faulty_vfs_arm (FaultyCalls calls,
                guint       number,
                int         system_error,
                gboolean    for_good)
{
  faulty.number = number;
  faulty.system_error = system_error;
  faulty.for_good = for_good;
  g_atomic_int_set (&faulty.count, 0);
  g_atomic_int_set (&faulty.failed, FALSE);
  faulty.calls = calls;
}

guint
faulty_vfs_disarm (gboolean *has_failed)
{
  guint count = g_atomic_int_get (&faulty.count);

  faulty.calls = 0;
  if (has_failed != NULL)
    *has_failed = g_atomic_int_get (&faulty.failed);
  g_atomic_int_set (&faulty.failed, FALSE);
  return count;
}
