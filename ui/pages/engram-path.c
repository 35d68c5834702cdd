/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-path.h"

#include <engram.h>
#include <glib/gi18n.h>
#include <string.h>

/**
 * engram_path_dup_folder_label:
 * @path: absolute path of a file
 *
 * Returns: (transfer full): the folder that it lies in, the person's home as `~`, in UTF-8; of what the document portal
 *   handed over, whose folder is known to nobody, that
 */
char *
engram_path_dup_folder_label (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *label = NULL;
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (engram_portal_has_file (path))
    /* Translators: instead of the folder of a file that was handed over to the program in its sandbox. */
    return g_strdup (_("Outside of the sandbox"));
  if (length > 1 && g_str_has_prefix (folder, home) && (folder[length] == '/' || folder[length] == '\0'))
    label = g_strconcat ("~", folder + length, NULL);
  else
    label = g_steal_pointer (&folder);
  return g_filename_display_name (label);
}
