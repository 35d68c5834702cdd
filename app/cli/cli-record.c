/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-record.h"

#include "cli-output.h"

#define SUMMARY_LENGTH 72

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

void
cli_neuron_append_json (const EngramNeuron *neuron,
                        gboolean            with_vector,
                        GString            *json)
{
  g_autofree char *line = engram_neuron_to_json (neuron, with_vector);

  g_string_append (json, line);
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
  g_autofree char *line = engram_synapse_to_json (synapse);

  g_string_append (json, line);
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
