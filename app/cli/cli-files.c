/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-command.h"
#include "cli-output.h"

#include <engram.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* create, info, vacuum and generate: what is done with a file as a whole. */

#define LARGEST_DIMENSION 65536

/* What create and generate say. */
static int
finish_made (CliCall *call,
             guint64  neurons,
             guint64  synapses,
             double   seconds)
{
  g_autoptr (GString) text = g_string_new (NULL);

  call->done = g_strdup (_("the network is made"));
  if (call->json)
    {
      cli_json_begin (text);
      cli_json_path (text, call->file);
      cli_json_integer (text, "neurons", neurons);
      cli_json_integer (text, "synapses", synapses);
      cli_json_real (text, "seconds", seconds);
      cli_json_end (text);
    }
  else
    {
      g_autofree char *file = cli_clean_text (call->file, G_MAXSIZE);

      /* Translators: the name of a new file, its numbers of neurons and synapses, and how long it took. */
      g_string_append_printf (text, _("Created %s: neurons %'u, synapses %'u, %.2f seconds"), file,
                              (guint) neurons, (guint) synapses, seconds);
    }
  return cli_call_finish (call, text, CLI_DONE);
}

static int
run_create (CliCall  *call,
            int       argc,
            char    **argv)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  if (!cli_call_parse (call, NULL, NULL, argc, argv))
    return CLI_USAGE;

  database = engram_database_create (call->file, call->cancellable, &error);
  if (database == NULL)
    return cli_call_fail (call, error);
  g_clear_object (&database);
  return finish_made (call, 0, 0, cli_seconds_since (start));
}

static void
append_info_json (EngramDatabase                 *database,
                  const EngramDatabaseStatistics *statistics,
                  GString                        *json)
{
  cli_json_begin (json);
  cli_json_path (json, engram_database_get_path (database));
  cli_json_integer (json, "neurons", statistics->neurons);
  cli_json_integer (json, "synapses", statistics->synapses);
  cli_json_name (json, "types");
  cli_json_begin (json);
  for (guint i = 0; i < statistics->types->len; i++)
    {
      const EngramCount *count = &g_array_index (statistics->types, EngramCount, i);

      cli_json_integer (json, count->name, count->count);
    }
  cli_json_end (json);
  cli_json_integer (json, "dimension", statistics->dimension);
  cli_json_integer (json, "size_bytes", statistics->size_bytes);
  cli_json_integer (json, "schema_version", statistics->schema_version);
  cli_json_text (json, "journal_mode", statistics->journal_mode);
  cli_json_integer (json, "application_id", statistics->application_id);
  cli_json_end (json);
}

static const char *
describe_access (EngramDatabaseAccess access)
{
  switch (access)
    {
    case ENGRAM_DATABASE_ACCESS_NEWER:
      return _("can be looked at; a newer program wrote it");
    case ENGRAM_DATABASE_ACCESS_READ_ONLY:
      return _("can be looked at; it may not be written here");
    case ENGRAM_DATABASE_ACCESS_SNAPSHOT:
      return _("can be looked at, as a private copy");
    case ENGRAM_DATABASE_ACCESS_LINKED:
      return _("can be looked at; the file has several names (hard links)");
    case ENGRAM_DATABASE_ACCESS_PORTAL:
      return _("can be looked at, as a private copy: it lies outside of the sandbox");
    case ENGRAM_DATABASE_ACCESS_WRITE:
    default:
      return _("can be written");
    }
}

static void
append_info_text (EngramDatabase                 *database,
                  const EngramDatabaseStatistics *statistics,
                  GString                        *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  const char * const *triggers = engram_database_get_foreign_triggers (database);

  cli_rows_add (rows, _("File"), cli_clean_text (engram_database_get_path (database), G_MAXSIZE));
  cli_rows_add (rows, _("Neurons"), g_strdup_printf ("%" G_GUINT64_FORMAT, statistics->neurons));
  for (guint i = 0; i < statistics->types->len; i++)
    {
      const EngramCount *count = &g_array_index (statistics->types, EngramCount, i);
      g_autofree char *name = cli_clean_text (count->name, G_MAXSIZE);
      /* A type without a name is still a line. */
      g_autofree char *label = g_strdup_printf ("  %s", *name != '\0' ? name : "“”");

      cli_rows_add (rows, label, g_strdup_printf ("%" G_GUINT64_FORMAT, count->count));
    }
  cli_rows_add (rows, _("Synapses"), g_strdup_printf ("%" G_GUINT64_FORMAT, statistics->synapses));
  cli_rows_add (rows, _("Dimension"), g_strdup_printf ("%u", statistics->dimension));
  cli_rows_add (rows, _("Size"), g_format_size_full (statistics->size_bytes, G_FORMAT_SIZE_LONG_FORMAT));
  cli_rows_add (rows, _("Schema"), g_strdup_printf ("%d", statistics->schema_version));
  cli_rows_add (rows, _("Journal"), g_strdup (statistics->journal_mode));
  cli_rows_add (rows, _("Application"), g_strdup_printf ("0x%08X", statistics->application_id));
  cli_rows_add (rows, _("Access"), g_strdup (describe_access (engram_database_get_access (database))));
  for (gsize i = 0; triggers != NULL && triggers[i] != NULL; i++)
    /* Translators: a trigger (a program inside a database) that some other program put there. */
    cli_rows_add (rows, _("Foreign trigger"), cli_clean_text (triggers[i], G_MAXSIZE));
  cli_rows_format (rows, text);
}

static int
run_info (CliCall  *call,
          int       argc,
          char    **argv)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramDatabaseStatistics) statistics = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, NULL, NULL, argc, argv))
    return CLI_USAGE;

  database = engram_database_open (call->file, call->cancellable, &error);
  if (database != NULL)
    statistics = engram_database_get_statistics (database, call->cancellable, &error);
  if (statistics == NULL)
    return cli_call_fail (call, error);

  if (call->json)
    append_info_json (database, statistics, text);
  else
    append_info_text (database, statistics, text);
  return cli_call_finish (call, text, CLI_DONE);
}

/* The file and what waits in its WAL. */
static guint64
measure_file (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  guint64 size = 0;
  GStatBuf status;

  if (g_stat (path, &status) == 0)
    size += status.st_size;
  if (g_stat (wal, &status) == 0)
    size += status.st_size;
  return size;
}

static void
append_vacuum (CliCall *call,
               guint64  before,
               guint64  after,
               double   seconds,
               GString *text)
{
  if (call->json)
    {
      cli_json_begin (text);
      cli_json_integer (text, "before_bytes", before);
      cli_json_integer (text, "after_bytes", after);
      cli_json_real (text, "seconds", seconds);
      cli_json_end (text);
    }
  else
    {
      g_autofree char *file = cli_clean_text (call->file, G_MAXSIZE);
      g_autofree char *size_before = g_format_size (before);
      g_autofree char *size_after = g_format_size (after);

      /* Translators: the name of a file, its size before and after, and how long it took. */
      g_string_append_printf (text, _("Vacuumed %s: %s before, %s after, %.2f seconds"), file, size_before,
                              size_after, seconds);
    }
}

static int
run_vacuum (CliCall  *call,
            int       argc,
            char    **argv)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 start = g_get_monotonic_time ();
  guint64 before;

  if (!cli_call_parse (call, NULL, NULL, argc, argv))
    return CLI_USAGE;

  database = engram_database_open (call->file, call->cancellable, &error);
  if (database == NULL)
    return cli_call_fail (call, error);
  path = g_strdup (engram_database_get_path (database));
  before = measure_file (path);
  if (!engram_database_vacuum (database, cli_progress, NULL, call->cancellable, &error))
    return cli_call_fail (call, error);

  /* Closing moves what waits in the WAL into the file. */
  g_clear_object (&database);
  call->done = g_strdup (_("the vacuum is done"));
  append_vacuum (call, before, measure_file (path), cli_seconds_since (start), text);
  return cli_call_finish (call, text, CLI_DONE);
}

static int
run_generate (CliCall  *call,
              int       argc,
              char    **argv)
{
  g_autofree char *neurons = NULL;
  g_autofree char *synapses = NULL;
  g_autofree char *dimensions = NULL;
  g_autofree char *seed = NULL;
  guint64 dimension = 384;
  EngramGeneratorOptions options = { .seed = 1 };
  const GOptionEntry entries[] = {
    { "neurons", 0, 0, G_OPTION_ARG_STRING, &neurons, N_("How many neurons"), N_("N") },
    { "synapses", 0, 0, G_OPTION_ARG_STRING, &synapses, N_("How many synapses"), N_("N") },
    { "dimensions", 0, 0, G_OPTION_ARG_STRING, &dimensions,
      N_("How many numbers each vector has (384); 0 for no vectors"), N_("N") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed, N_("The same seed makes the same network (1)"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries, NULL, argc, argv)
      || !cli_parse_count (call, "--neurons", neurons, 0, G_MAXINT32, &options.neurons)
      || !cli_parse_count (call, "--synapses", synapses, 0, G_MAXINT32, &options.synapses)
      || !cli_parse_count (call, "--dimensions", dimensions, 0, LARGEST_DIMENSION, &dimension)
      || !cli_parse_count (call, "--seed", seed, 0, G_MAXUINT64, &options.seed))
    return CLI_USAGE;
  if (neurons == NULL || synapses == NULL)
    return cli_usage (call->command->name, _("--neurons and --synapses are both needed"));
  if (options.neurons < 2 && options.synapses > 0)
    return cli_usage (call->command->name, _("synapses need at least 2 neurons to join"));

  options.dimension = dimension;
  if (!engram_generate (call->file, &options, cli_progress, NULL, call->cancellable, &error))
    return cli_call_fail (call, error);
  return finish_made (call, options.neurons, options.synapses, cli_seconds_since (start));
}

const CliCommand cli_command_create = {
  "create", N_("FILE"), N_("Make a new, empty network"), run_create,
};

const CliCommand cli_command_info = {
  "info", N_("FILE"), N_("Tell what is in a network"), run_info,
};

const CliCommand cli_command_vacuum = {
  "vacuum", N_("FILE"), N_("Give the space of deleted rows back"), run_vacuum,
};

const CliCommand cli_command_generate = {
  "generate", N_("FILE"), N_("Make a network of clusters for trials"), run_generate,
};
