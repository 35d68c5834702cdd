/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-locale.h"

#include <gio/gio.h>
#include <libintl.h>
#include <locale.h>

/* Where translations lie, seen from the folder that the program is in: installed under any prefix, and built. */
static const char * const folders[] = { "../share/locale", "../po", "../../po" };

static char *
find_folder (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (own_folder, folders[i], NULL);
      /* What is there where any translation of this program is. */
      g_autofree char *known = g_build_filename (folder, "de", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

      if (g_file_test (known, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&folder);
    }
  return g_strdup (ENGRAM_LOCALE_DIR);
}

void
engram_locale_set_up (void)
{
  g_autofree char *folder = find_folder ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
