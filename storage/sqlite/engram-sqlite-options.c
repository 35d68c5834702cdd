/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-sqlite-options-private.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

#include "engram-error.h"

/* What a network needs of SQLite, all in one place: a version, and that nothing of this was left out when it was built.
 * All else that a SQLite can be built with is not needed, and FTS5 alone is used where it is there: for the index of
 * words. A new function, pragma or kind of statement in storage/ may need a line here; test-sqlite-options.c runs what storage/
 * does on a SQLite without the rest. */

#define OLDEST_VERSION 3040000
#define OLDEST_VERSION_TEXT "3.40"

static const struct {
  const char *option;  /* that must not be there */
  const char *purpose; /* what is missing with it */
} fatal[] = {
  { "THREADSAFE=0", N_("use by several threads") },
  { "OMIT_WAL", N_("write-ahead logs") },
  { "OMIT_JSON", N_("JSON") },
  { "OMIT_FOREIGN_KEY", N_("foreign keys") },
  { "OMIT_PROGRESS_CALLBACK", N_("cancelling") },
  { "OMIT_INTEGRITY_CHECK", N_("checks of integrity") },
  { "OMIT_VACUUM", N_("VACUUM") },
  { "OMIT_ATTACH", N_("ATTACH") },
  { "OMIT_VIRTUALTABLE", N_("virtual tables") },
  { "OMIT_CTE", N_("common table expressions") },
  { "OMIT_WINDOWFUNC", N_("window functions") },
  { "OMIT_BLOB_LITERAL", N_("binary values") },
  { "OMIT_FLOATING_POINT", N_("fractions") },
};

static gboolean
has (const char * const *options,
     const char         *option)
{
  return g_strv_contains (options, option);
}

gboolean
engram_sqlite_check_options (int                  version,
                             const char * const  *options,
                             GError             **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  if (version < OLDEST_VERSION)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                   /* Translators: two versions. */
                   _("Engram needs SQLite %s or newer; this one is %d.%d."), OLDEST_VERSION_TEXT, version / 1000000,
                   version / 1000 % 1000);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fatal); i++)
    if (has (options, fatal[i].option))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", _(fatal[i].purpose));
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               /* Translators: what is missing, several with commas between. */
               _("SQLite was built without what Engram needs: %s. Install another SQLite."), missing->str);
  return FALSE;
}

gboolean
engram_sqlite_check (GError **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  const char *option;

  for (int i = 0; (option = sqlite3_compileoption_get (i)) != NULL; i++)
    g_ptr_array_add (options, (char *) option);
  g_ptr_array_add (options, NULL);
  return engram_sqlite_check_options (sqlite3_libversion_number (), (const char * const *) options->pdata, error);
}

gboolean
engram_sqlite_has_text_index (void)
{
  return sqlite3_compileoption_used ("ENABLE_FTS5") != 0;
}
