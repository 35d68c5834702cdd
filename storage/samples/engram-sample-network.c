/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-sample-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "arrange/engram-principal-components.h"
#include "json/engram-json.h"
#include "model/engram-type-registry.h"
#include "samples/engram-random-private.h"
#include "samples/engram-sample-synapses-private.h"
#include "samples/engram-sample-text-private.h"
#include "samples/engram-sample-time-private.h"
#include "samples/engram-text-embedding.h"
#include "stores/engram-network-writer.h"
#include "stores/engram-network-writer.h"

/* The farthest neuron from the centre, along any axis. */
#define GREATEST_COORDINATE 95.0
#define TIME_BETWEEN_NEURONS (7 * 60 * (gint64) G_USEC_PER_SEC)
#define SECONDS_OF_CHANGES (7 * 86400)

/* A value as it stands in the text, as JSON text for a field of that kind. Between the parts of JSON a line
 * break means nothing. */
static char *
value_to_json (const char      *value,
               EngramFieldKind  kind)
{
  g_autoptr (GString) list = NULL;
  g_auto (GStrv) members = NULL;

  switch (kind)
    {
    case ENGRAM_FIELD_TEXT:
    case ENGRAM_FIELD_CODE:
    case ENGRAM_FIELD_TIME:
      return engram_json_quote (value);
    case ENGRAM_FIELD_TEXT_LIST:
      list = g_string_new ("[");
      members = g_strsplit (value, ", ", -1);
      for (guint i = 0; members[i] != NULL; i++)
        {
          g_autofree char *member = engram_json_quote (members[i]);

          g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", member);
        }
      g_string_append_c (list, ']');
      return g_string_free (g_steal_pointer (&list), FALSE);
    case ENGRAM_FIELD_REAL:
    case ENGRAM_FIELD_INTEGER:
    case ENGRAM_FIELD_BOOLEAN:
    case ENGRAM_FIELD_OBJECT:
    default:
      return g_strdelimit (g_strdup (value), "\n", ' ');
    }
}

static gboolean
set_field (EngramNeuron      *neuron,
           const EngramField *field,
           const char        *value,
           guint              line,
           GError           **error)
{
  g_autofree char *json = value_to_json (value, field->kind);
  g_autoptr (GError) reason = NULL;

  if (engram_neuron_set_field (neuron, field, json, &reason))
    return TRUE;
  engram_sample_text_set_error (error, line, "%s", reason->message);
  return FALSE;
}

/* Sets the fields of the type that the text gives, and its defaults for those it does not give. */
static gboolean
set_fields (EngramNeuron             *neuron,
            EngramNeuronType         *type,
            const EngramSampleBlock  *block,
            GError                  **error)
{
  gsize n_fields;
  const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].default_json != NULL &&
        !engram_neuron_set_field (neuron, &fields[i], fields[i].default_json, error))
      return FALSE;

  for (guint i = 0; i < block->fields->len; i++)
    {
      const EngramSampleField *given = &g_array_index (block->fields, EngramSampleField, i);
      const EngramField *field = engram_neuron_type_find_field (type, given->name);

      if (field == NULL)
        {
          engram_sample_text_set_error (error, given->line, _("neurons of type “%s” have no field “%s”"),
                                        block->type, given->name);
          return FALSE;
        }
      if (!set_field (neuron, field, given->value, given->line, error))
        return FALSE;
    }
  return TRUE;
}

/* The text and the tags go where the type has a field for them, and into the metadata where it has none. */
static gboolean
set_words (EngramNeuron             *neuron,
           EngramNeuronType         *type,
           const EngramSampleBlock  *block,
           GError                  **error)
{
  const EngramField *text_field = engram_neuron_type_find_field (type, "source_data");
  const EngramField *tags_field = engram_neuron_type_find_field (type, "semantic_tags");
  g_autofree char *tags = g_strjoinv (", ", block->tags);
  g_autofree char *name_json = engram_json_quote (block->name);
  g_autofree char *topic_json = engram_json_quote (block->topic);
  g_autoptr (GString) metadata = g_string_new (NULL);

  g_string_append_printf (metadata, "{\"name\": %s, \"topic\": %s", name_json, topic_json);
  if (text_field == NULL)
    {
      g_autofree char *json = engram_json_quote (block->text);

      g_string_append_printf (metadata, ", \"description\": %s", json);
    }
  if (tags_field == NULL)
    {
      g_autofree char *json = value_to_json (tags, ENGRAM_FIELD_TEXT_LIST);

      g_string_append_printf (metadata, ", \"tags\": %s", json);
    }
  g_string_append_c (metadata, '}');
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, metadata->str);

  return (text_field == NULL || set_field (neuron, text_field, block->text, block->line, error)) &&
         (tags_field == NULL || set_field (neuron, tags_field, tags, block->line, error));
}

static void
set_vector (EngramNeuron            *neuron,
            const EngramSampleBlock *block)
{
  g_autofree char *tags = g_strjoinv (" ", block->tags);
  g_autofree char *text = g_strjoin (" ", block->text, tags, NULL);
  float vector[ENGRAM_EMBEDDING_DIMENSION];

  engram_text_embedding (text, vector);
  engram_neuron_set_vector (neuron, vector, ENGRAM_EMBEDDING_DIMENSION);
}

/* What the text does not say, but a network that has been used for a while has: made from the neuron's
 * name. */
static void
set_common_columns (EngramNeuron            *neuron,
                    const EngramSampleBlock *block,
                    guint                    index)
{
  gint64 created = ENGRAM_SAMPLE_TIME_START + index * TIME_BETWEEN_NEURONS;
  char id[ENGRAM_UUID_TEXT_LENGTH + 1];
  char time[ENGRAM_SAMPLE_TIME_LENGTH];
  EngramRandom random;
  gint64 modified;

  engram_sample_make_id (id, &random, "neuron", block->name, NULL);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  neuron->activation_level = engram_random_below (&random, 1001) / 1000.0;

  engram_sample_time_format (created, time);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, time);
  modified = created + (gint64) engram_random_below (&random, SECONDS_OF_CHANGES) * G_USEC_PER_SEC;
  engram_sample_time_format (modified, time);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, time);
  if (g_str_equal (block->type, "knowledge"))
    engram_neuron_set_number (neuron, ENGRAM_NEURON_COMPRESSION_RATIO,
                              strlen (block->text) / (ENGRAM_EMBEDDING_DIMENSION * 4.0));
}

static EngramNeuron *
make_neuron (const EngramSampleBlock  *block,
             guint                     index,
             GError                  **error)
{
  EngramNeuronType *type = engram_type_registry_lookup (engram_type_registry_get_default (), block->type);
  g_autoptr (EngramNeuron) neuron = NULL;

  if (type == NULL)
    {
      engram_sample_text_set_error (error, block->line, _("there is no type of neuron “%s”"), block->type);
      return NULL;
    }
  neuron = engram_neuron_new (block->type);
  set_common_columns (neuron, block, index);
  set_vector (neuron, block);
  if (!set_fields (neuron, type, block, error) || !set_words (neuron, type, block, error))
    return NULL;
  return g_steal_pointer (&neuron);
}

/* Places the neurons along the three directions in which their vectors differ most, to a thousandth, so that
 * the last bits of the arithmetic are not seen. */
static void
place_neurons (GPtrArray *neurons)
{
  g_autofree float *vectors = g_new (float, (gsize) neurons->len * ENGRAM_EMBEDDING_DIMENSION);
  g_autofree float *coordinates = g_new (float, (gsize) neurons->len * 3);
  double greatest = 0.0;

  for (guint i = 0; i < neurons->len; i++)
    {
      const EngramNeuron *neuron = g_ptr_array_index (neurons, i);

      memcpy (vectors + (gsize) i * ENGRAM_EMBEDDING_DIMENSION, neuron->vector,
              ENGRAM_EMBEDDING_DIMENSION * sizeof (float));
    }
  engram_principal_components (vectors, neurons->len, ENGRAM_EMBEDDING_DIMENSION, 3, coordinates);

  for (guint i = 0; i < neurons->len * 3; i++)
    greatest = MAX (greatest, fabs ((double) coordinates[i]));
  for (guint i = 0; i < neurons->len && greatest > 0.0; i++)
    {
      EngramNeuron *neuron = g_ptr_array_index (neurons, i);

      for (guint axis = 0; axis < 3; axis++)
        neuron->position[axis] =
          round ((double) coordinates[i * 3 + axis] / greatest * GREATEST_COORDINATE * 1000.0) / 1000.0;
    }
}

static gboolean
write_network (GPtrArray     *neurons,
               GPtrArray     *synapses,
               const char    *path,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (EngramNetworkWriter) writer = engram_network_writer_new (path, cancellable, error);

  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < neurons->len; i++)
    if (!engram_network_writer_add_neuron (writer, g_ptr_array_index (neurons, i), error))
      return FALSE;
  for (guint i = 0; i < synapses->len; i++)
    if (!engram_network_writer_add_synapse (writer, g_ptr_array_index (synapses, i), error))
      return FALSE;
  return engram_network_writer_finish (writer, NULL, NULL, error);
}

gboolean
engram_sample_network_build (const char    *text,
                             gssize         length,
                             const char    *path,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (GPtrArray) blocks = NULL;
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autoptr (GPtrArray) synapses = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  blocks = engram_sample_text_parse (text, length, error);
  if (blocks == NULL)
    return FALSE;

  for (guint i = 0; i < blocks->len; i++)
    {
      EngramNeuron *neuron = make_neuron (g_ptr_array_index (blocks, i), i, error);

      if (neuron == NULL)
        return FALSE;
      g_ptr_array_add (neurons, neuron);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  place_neurons (neurons);
  synapses = engram_sample_synapses_new (blocks, neurons);
  return write_network (neurons, synapses, path, cancellable, error);
}
