/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-portal.h"

#include <string.h>

/* Where Flatpak shows the files of the portal within a sandbox. */
#define SANDBOX_FOLDER "/run/flatpak/doc/"

/* Where the portal shows them to everybody: in each user's folder of run-time files, and this is where these are. */
#define USERS_FOLDER "/run/user/"

/* "/run/user/1000/doc/…" */
static gboolean
is_in_folder_of_user (const char *path)
{
  if (!g_str_has_prefix (path, USERS_FOLDER))
    return FALSE;
  path += strlen (USERS_FOLDER);
  while (g_ascii_isdigit (*path))
    path++;
  return g_str_has_prefix (path, "/doc/");
}

gboolean
engram_portal_has_file (const char *path)
{
  g_autofree char *canonical = NULL;
  g_autofree char *own = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  canonical = g_canonicalize_filename (path, NULL);
  own = g_build_filename (g_get_user_runtime_dir (), "doc", "", NULL);
  return g_str_has_prefix (canonical, SANDBOX_FOLDER) || is_in_folder_of_user (canonical) ||
         (g_path_is_absolute (own) && g_str_has_prefix (canonical, own));
}
