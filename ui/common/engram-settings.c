/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-settings.h"

/* Where schemas lie, seen from the folder that the program is in: installed, and built. */
static const char * const folders[] = { "../share/glib-2.0/schemas", "../data", "../../data" };

static GSettingsSchema *
look_beside_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *program_folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (program_folder, folders[i], NULL);
      g_autoptr (GSettingsSchemaSource) source = g_settings_schema_source_new_from_directory (folder, NULL, FALSE, NULL);
      GSettingsSchema *schema =
        source != NULL ? g_settings_schema_source_lookup (source, ENGRAM_SCHEMA_ID_TEXT, FALSE) : NULL;

      if (schema != NULL)
        return schema;
    }
  return NULL;
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema =
    source != NULL ? g_settings_schema_source_lookup (source, ENGRAM_SCHEMA_ID_TEXT, TRUE) : NULL;

  return schema != NULL ? schema : look_beside_program ();
}

GSettings *
engram_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    {
      g_autoptr (GSettingsSchema) schema = find_schema ();

      if (schema == NULL)
        g_error ("Engram is not wholly installed: the schema %s.gschema.xml is missing.", ENGRAM_SCHEMA_ID_TEXT);
      settings = g_settings_new_full (schema, NULL, NULL);
    }
  return settings;
}
