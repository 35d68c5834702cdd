/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-sqlite-version.h"

#include <sqlite3.h>
#include <stdio.h>

const char *
engram_sqlite_get_version (void)
{
  return sqlite3_libversion ();
}

gboolean
engram_sqlite_has_wal_reset_fault (const char *version)
{
  int major, minor, patch = 0;

  g_return_val_if_fail (version != NULL, TRUE);

  if (sscanf (version, "%d.%d.%d", &major, &minor, &patch) < 2)
    return TRUE;
  if (major != 3)
    return major < 3;
  switch (minor)
    {
    case 44:
      return patch < 6;
    case 50:
      return patch < 7;
    case 51:
      return patch < 3;
    default:
      return minor < 51;
    }
}
