/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-record.h"

#include "cli-output.h"

#define SUMMARY_LENGTH 72

/* The columns that belong to some type, under the names they have in the file and in the JSON document. */
static const struct {
  const char          *name;
  EngramNeuronColumns  column;
  enum { TEXT, JSON, NUMBER } kind;
} type_columns[] = {
  { "source_data", ENGRAM_NEURON_SOURCE_DATA, TEXT },
  { "compression_ratio", ENGRAM_NEURON_COMPRESSION_RATIO, NUMBER },
  { "semantic_tags", ENGRAM_NEURON_SEMANTIC_TAGS, JSON },
  { "function_signature", ENGRAM_NEURON_FUNCTION_SIGNATURE, TEXT },
  { "executable_code", ENGRAM_NEURON_EXECUTABLE_CODE, TEXT },
  { "input_schema", ENGRAM_NEURON_INPUT_SCHEMA, JSON },
  { "output_schema", ENGRAM_NEURON_OUTPUT_SCHEMA, JSON },
  { "execution_count", ENGRAM_NEURON_EXECUTION_COUNT, NUMBER },
  { "average_execution_time", ENGRAM_NEURON_AVERAGE_EXECUTION_TIME, NUMBER },
  { "activation_threshold", ENGRAM_NEURON_ACTIVATION_THRESHOLD, NUMBER },
};

static const char * const common_names[] = {
  "id", "type", "position", "vector", "metadata", "activation_level", "created_at", "modified_at",
};

static void
append_vector (GString            *text,
               const EngramNeuron *neuron)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < neuron->vector_length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      cli_json_append_real (text, neuron->vector[i]);
    }
  g_string_append_c (text, ']');
}

/* A number may be NULL in the table, or be something else there. */
static void
append_number (GString             *json,
               const char          *name,
               const EngramNeuron  *neuron,
               EngramNeuronColumns  column)
{
  if ((neuron->nulls | neuron->odd) & column)
    cli_json_value (json, name, NULL);
  else if (column == ENGRAM_NEURON_EXECUTION_COUNT)
    cli_json_integer (json, name, neuron->execution_count);
  else
    cli_json_real (json, name, engram_neuron_get_number (neuron, column));
}

static void
append_common_members (const EngramNeuron *neuron,
                       gboolean            with_vector,
                       GString            *json)
{
  cli_json_text (json, "id", neuron->id);
  cli_json_text (json, "type", neuron->type);
  cli_json_name (json, "position");
  cli_json_begin (json);
  cli_json_real (json, "x", neuron->position[0]);
  cli_json_real (json, "y", neuron->position[1]);
  cli_json_real (json, "z", neuron->position[2]);
  cli_json_end (json);
  if (with_vector && neuron->vector != NULL)
    {
      cli_json_name (json, "vector");
      append_vector (json, neuron);
    }
  else if (with_vector)
    {
      cli_json_value (json, "vector", NULL);
    }
  /* As the Python program has it: no metadata is an empty object. */
  cli_json_value (json, "metadata", neuron->metadata != NULL ? neuron->metadata : "{}");
  append_number (json, "activation_level", neuron, ENGRAM_NEURON_ACTIVATION_LEVEL);
  cli_json_text (json, "created_at", neuron->created_at);
  cli_json_text (json, "modified_at", neuron->modified_at);
}

typedef struct {
  GString          *json;
  EngramNeuronType *type; /* NULL where it is not registered */
} ExtraMembers;

static gboolean
is_printed (ExtraMembers *extra,
            const char   *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (common_names); i++)
    if (g_str_equal (name, common_names[i]))
      return TRUE;
  return extra->type != NULL && engram_neuron_type_find_field (extra->type, name) != NULL;
}

static void
append_extra_member (const char     *name,
                     const char     *value,
                     EngramJsonType  type,
                     gpointer        user_data)
{
  ExtraMembers *extra = user_data;

  if (!is_printed (extra, name))
    cli_json_value (extra->json, name, value);
}

static void
append_registered_fields (const EngramNeuron *neuron,
                          EngramNeuronType   *type,
                          GString            *json)
{
  gsize n_fields;
  const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *value = engram_neuron_get_field (neuron, &fields[i]);

      cli_json_value (json, fields[i].name, value);
    }
}

static void
append_type_columns (const EngramNeuron *neuron,
                     GString            *json)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_columns); i++)
    {
      EngramNeuronColumns column = type_columns[i].column;

      if (type_columns[i].kind == NUMBER && (neuron->nulls & column) == 0)
        append_number (json, type_columns[i].name, neuron, column);
      else if (type_columns[i].kind == TEXT && engram_neuron_get_text (neuron, column) != NULL)
        cli_json_text (json, type_columns[i].name, engram_neuron_get_text (neuron, column));
      else if (type_columns[i].kind == JSON && engram_neuron_get_text (neuron, column) != NULL)
        cli_json_value (json, type_columns[i].name, engram_neuron_get_text (neuron, column));
    }
}

void
cli_neuron_append_json (const EngramNeuron *neuron,
                        gboolean            with_vector,
                        GString            *json)
{
  EngramTypeRegistry *registry = engram_type_registry_get_default ();
  EngramNeuronType *type = engram_type_registry_lookup (registry, neuron->type);
  ExtraMembers extra = { json, type };

  cli_json_begin (json);
  append_common_members (neuron, with_vector, json);
  if (type != NULL)
    append_registered_fields (neuron, type, json);
  else
    append_type_columns (neuron, json);
  /* What another program or a newer type keeps with the neuron. */
  if (neuron->fields != NULL)
    engram_json_foreach (neuron->fields, append_extra_member, &extra);
  cli_json_end (json);
}

void
cli_neuron_append_text (const EngramNeuron *neuron,
                        gboolean            with_vector,
                        GString            *text)
{
  g_autofree char *id = cli_clean_text (neuron->id != NULL ? neuron->id : "-", G_MAXSIZE);
  g_autofree char *type = cli_clean_text (neuron->type != NULL ? neuron->type : "-", G_MAXSIZE);
  g_autofree char *summary = cli_clean_text (engram_neuron_get_summary (neuron), SUMMARY_LENGTH);

  g_string_append_printf (text, "%-36s  %-9s  %9.3f %9.3f %9.3f  %5.3f  %s", id, type, neuron->position[0],
                          neuron->position[1], neuron->position[2], neuron->activation_level, summary);
  if (with_vector && neuron->vector != NULL)
    {
      g_string_append (text, "  ");
      append_vector (text, neuron);
    }
}

void
cli_synapse_append_json (const EngramSynapse *synapse,
                         GString             *json)
{
  cli_json_begin (json);
  cli_json_text (json, "id", synapse->id);
  cli_json_text (json, "source_neuron_id", synapse->source_id);
  cli_json_text (json, "target_neuron_id", synapse->target_id);
  if ((synapse->nulls | synapse->odd) & ENGRAM_SYNAPSE_WEIGHT)
    cli_json_value (json, "weight", NULL);
  else
    cli_json_real (json, "weight", synapse->weight);
  if ((synapse->nulls | synapse->odd) & ENGRAM_SYNAPSE_USAGE_COUNT)
    cli_json_value (json, "usage_count", NULL);
  else
    cli_json_integer (json, "usage_count", synapse->usage_count);
  cli_json_text (json, "last_traversed", synapse->last_traversed);
  cli_json_text (json, "synapse_type", synapse->type);
  cli_json_value (json, "metadata", synapse->metadata != NULL ? synapse->metadata : "{}");
  cli_json_text (json, "created_at", synapse->created_at);
  cli_json_text (json, "modified_at", synapse->modified_at);
  cli_json_end (json);
}

void
cli_synapse_append_text (const EngramSynapse *synapse,
                         GString             *text)
{
  const char *texts[] = { synapse->id, synapse->source_id, synapse->target_id, synapse->type };
  char *clean[G_N_ELEMENTS (texts)];

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    clean[i] = cli_clean_text (texts[i] != NULL ? texts[i] : "-", G_MAXSIZE);
  g_string_append_printf (text, "%-36s  %-36s -> %-36s  %+9.6f  %-11s  %" G_GINT64_FORMAT, clean[0], clean[1],
                          clean[2], synapse->weight, clean[3], synapse->usage_count);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (clean[i]);
}
