/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-command.h"
#include "cli-output.h"
#include "cli-record.h"

#include <glib/gi18n.h>
#include <math.h>

/* neurons and synapses: rows are printed as they are read, so that a list of any length takes no memory. */

typedef struct {
  gboolean  json;
  gboolean  with_vectors;
  GString  *line;
} List;

static gboolean
print_neuron (const EngramNeuron  *neuron,
              gpointer             user_data,
              GError             **error)
{
  List *list = user_data;

  g_string_truncate (list->line, 0);
  if (list->json)
    cli_neuron_append_json (neuron, list->with_vectors, list->line);
  else
    cli_neuron_append_text (neuron, list->with_vectors, list->line);
  return cli_print_line (list->line, error);
}

static gboolean
print_synapse (const EngramSynapse  *synapse,
               gpointer              user_data,
               GError              **error)
{
  List *list = user_data;

  g_string_truncate (list->line, 0);
  if (list->json)
    cli_synapse_append_json (synapse, list->line);
  else
    cli_synapse_append_text (synapse, list->line);
  return cli_print_line (list->line, error);
}

/* --limit, --offset */
static gboolean
parse_range (CliCall    *call,
             const char *limit_text,
             const char *offset_text,
             gint64     *limit,
             guint64    *offset)
{
  guint64 count = 0;

  if (!cli_parse_count (call, "--limit", limit_text, 0, G_MAXINT64, &count)
      || !cli_parse_count (call, "--offset", offset_text, 0, G_MAXINT64, offset))
    return FALSE;
  *limit = limit_text != NULL ? (gint64) count : -1;
  return TRUE;
}

static gboolean
print_neurons (CliCall                   *call,
               const EngramNeuronFilter  *filter,
               GError                   **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  List list = { call->json, filter->with_vectors, line };

  if (database == NULL)
    return FALSE;
  store = engram_neuron_store_new (database);
  return engram_neuron_store_foreach (store, filter, print_neuron, &list, call->cancellable, error)
         && cli_print_flush (error);
}

static int
run_neurons (CliCall  *call,
             int       argc,
             char    **argv)
{
  g_autofree char *type = NULL;
  g_autofree char *text = NULL;
  g_autofree char *since_text = NULL;
  g_autofree char *since = NULL;
  g_autofree char *limit_text = NULL;
  g_autofree char *offset_text = NULL;
  EngramNeuronFilter filter = { 0 };
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING, &type, N_("Only neurons of this type"), N_("TYPE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, N_("Only neurons that hold this text, letter case ignored"),
      N_("TEXT") },
    { "modified-since", 0, 0, G_OPTION_ARG_STRING, &since_text,
      N_("Only neurons modified at or after this local time"), N_("TIME") },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &limit_text, N_("At most so many"), N_("N") },
    { "offset", 0, 0, G_OPTION_ARG_STRING, &offset_text, N_("Pass over the first so many"), N_("N") },
    { "vectors", 0, 0, G_OPTION_ARG_NONE, &filter.with_vectors, N_("With their vectors"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries,
                       _("One neuron a line, in the order of the rows: id, type, x y z, activation, text.\n"
                         "With --json, one JSON object a line."), argc, argv)
      || !parse_range (call, limit_text, offset_text, &filter.limit, &filter.offset)
      || !cli_parse_time (call, "--modified-since", since_text, &since))
    return CLI_USAGE;

  filter.type = type;
  filter.text = text;
  filter.modified_since = since;
  return print_neurons (call, &filter, &error) ? CLI_DONE : cli_call_fail (call, error);
}

static gboolean
print_synapses (CliCall                    *call,
                const EngramSynapseFilter  *filter,
                GError                    **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, error);
  g_autoptr (EngramSynapseStore) store = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  List list = { call->json, FALSE, line };

  if (database == NULL)
    return FALSE;
  store = engram_synapse_store_new (database);
  return engram_synapse_store_foreach (store, filter, print_synapse, &list, call->cancellable, error)
         && cli_print_flush (error);
}

static int
run_synapses (CliCall  *call,
              int       argc,
              char    **argv)
{
  g_autofree char *source = NULL;
  g_autofree char *target = NULL;
  g_autofree char *low_text = NULL;
  g_autofree char *high_text = NULL;
  g_autofree char *limit_text = NULL;
  g_autofree char *offset_text = NULL;
  EngramSynapseFilter filter = { .min_weight = -INFINITY, .max_weight = INFINITY };
  const GOptionEntry entries[] = {
    { "source", 0, 0, G_OPTION_ARG_STRING, &source, N_("Only synapses from this neuron"), N_("ID") },
    { "target", 0, 0, G_OPTION_ARG_STRING, &target, N_("Only synapses to this neuron"), N_("ID") },
    { "min-weight", 0, 0, G_OPTION_ARG_STRING, &low_text,
      N_("Only weights from this one up, with their sign"), N_("WEIGHT") },
    { "max-weight", 0, 0, G_OPTION_ARG_STRING, &high_text,
      N_("Only weights up to this one, with their sign"), N_("WEIGHT") },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &limit_text, N_("At most so many"), N_("N") },
    { "offset", 0, 0, G_OPTION_ARG_STRING, &offset_text, N_("Pass over the first so many"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries,
                       _("One synapse a line, in the order of the rows: id, source -> target, weight, type,\n"
                         "usage. With --json, one JSON object a line."), argc, argv)
      || !parse_range (call, limit_text, offset_text, &filter.limit, &filter.offset)
      || !cli_parse_weight (call, "--min-weight", low_text, &filter.min_weight)
      || !cli_parse_weight (call, "--max-weight", high_text, &filter.max_weight))
    return CLI_USAGE;
  if (filter.min_weight > filter.max_weight)
    return cli_usage (call->command->name, _("--min-weight is above --max-weight"));

  filter.source_id = source;
  filter.target_id = target;
  return print_synapses (call, &filter, &error) ? CLI_DONE : cli_call_fail (call, error);
}

const CliCommand cli_command_neurons = {
  "neurons", N_("FILE"), N_("List neurons"), run_neurons,
};

const CliCommand cli_command_synapses = {
  "synapses", N_("FILE"), N_("List synapses"), run_synapses,
};
