/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-batch-edit-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "editing/engram-tag-list-private.h"
#include "engram-error-private.h"
#include "json/engram-json.h"

/* What is wrong with the edit itself */

static gboolean
refuse (GError     **error,
        const char  *field,
        const char  *reason)
{
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, NULL, field, "%s", reason);
  return FALSE;
}

static gboolean
check_number (EngramBatchNumber   what,
              double              number,
              double              lowest,
              const char         *field,
              GError            **error)
{
  if (what == ENGRAM_BATCH_KEEP)
    return TRUE;
  if (!isfinite (number))
    return refuse (error, field, _("it is not a finite number"));
  if (what == ENGRAM_BATCH_SET && (number < lowest || number > 1))
    return refuse (error, field, lowest < 0 ? _("it must be from -1 to 1") : _("it must be from 0 to 1"));
  return TRUE;
}

static gboolean
check_text (const char  *text,
            const char  *field,
            GError     **error)
{
  if (text == NULL)
    return TRUE;
  if (*text == '\0')
    return refuse (error, field, _("it is empty"));
  return g_utf8_validate (text, -1, NULL) || refuse (error, field, _("the text is not UTF-8"));
}

static gboolean
check_tags (const EngramBatchEdit  *self,
            GError                **error)
{
  for (gsize i = 0; self->add_tags != NULL && self->add_tags[i] != NULL; i++)
    {
      if (!check_text (self->add_tags[i], "semantic_tags", error))
        return FALSE;
      if (self->remove_tags != NULL && g_strv_contains (self->remove_tags, self->add_tags[i]))
        return refuse (error, "semantic_tags", _("the same tag cannot be added and removed"));
    }
  return TRUE;
}

static gboolean
check_metadata (const EngramBatchEdit  *self,
                GError                **error)
{
  if (self->metadata_json != NULL && self->metadata_name == NULL)
    return refuse (error, "metadata", _("the value has no name"));
  if (!check_text (self->metadata_name, "metadata", error))
    return FALSE;
  return self->metadata_json == NULL ||
         engram_json_check (self->metadata_json, -1, NULL, NULL) != ENGRAM_JSON_INVALID ||
         refuse (error, "metadata", _("the value is not JSON; a text stands between quotes"));
}

gboolean
engram_batch_edit_validate (const EngramBatchEdit  *self,
                            GError                **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!isfinite (self->move[0]) || !isfinite (self->move[1]) || !isfinite (self->move[2]))
    return refuse (error, "position", _("it is not a finite number"));
  return check_number (self->activation, self->activation_number, 0, "activation_level", error) &&
         check_number (self->weight, self->weight_number, -1, "weight", error) &&
         check_text (self->type, "type", error) && check_tags (self, error) && check_metadata (self, error);
}

/* What it makes of a record */

/* Whether the number changes. NULL is no number to be multiplied, and 0 to be added to. What a damaged file holds
 * beyond the bounds comes within them, also where 0 is added. */
static gboolean
change_number (EngramBatchNumber  what,
               double             number,
               double             lowest,
               gboolean           is_null,
               double            *value)
{
  switch (what)
    {
    case ENGRAM_BATCH_SET:
      *value = number;
      return TRUE;
    case ENGRAM_BATCH_ADD:
      *value = CLAMP (*value + number, lowest, 1);
      return TRUE;
    case ENGRAM_BATCH_MULTIPLY:
      *value = CLAMP (*value * number, lowest, 1);
      return !is_null;
    case ENGRAM_BATCH_KEEP:
    default:
      return FALSE;
    }
}

static gboolean
refuse_number (EngramRecordKind   kind,
               const char        *id,
               const char        *field,
               GError           **error)
{
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, kind, id, field,
                           _("what is stored there is not a number, and can only be set to one"));
  return FALSE;
}

static gboolean
change_activation (const EngramBatchEdit  *self,
                   EngramNeuron           *neuron,
                   GError                **error)
{
  double level = neuron->activation_level;

  if (self->activation != ENGRAM_BATCH_KEEP && self->activation != ENGRAM_BATCH_SET && isnan (level))
    return refuse_number (ENGRAM_RECORD_NEURON, neuron->id, "activation_level", error);
  if (change_number (self->activation, self->activation_number, 0,
                     (neuron->nulls & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0, &level))
    engram_neuron_set_number (neuron, ENGRAM_NEURON_ACTIVATION_LEVEL, level);
  return TRUE;
}

static gboolean
move (const EngramBatchEdit  *self,
      EngramNeuron           *neuron,
      GError                **error)
{
  for (int axis = 0; axis < 3; axis++)
    {
      if (self->move[axis] == 0)
        continue;
      if (isnan (neuron->position[axis]) || (neuron->odd & ENGRAM_NEURON_POSITION) != 0)
        return refuse_number (ENGRAM_RECORD_NEURON, neuron->id, "position", error);
      neuron->position[axis] += self->move[axis];
    }
  return TRUE;
}

static gboolean
change_tags (const EngramBatchEdit  *self,
             EngramNeuron           *neuron,
             GError                **error)
{
  g_autofree char *tags = NULL;

  if (self->add_tags == NULL && self->remove_tags == NULL)
    return TRUE;
  if (!engram_neuron_validate (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, error))
    return FALSE;
  tags = engram_tag_list_change (neuron->semantic_tags, self->add_tags, self->remove_tags);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, tags);
  return TRUE;
}

/* (transfer full) (nullable): the metadata with the member set or taken away, NULL with @error set where that is not
 * possible. */
static char *
change_metadata (const EngramBatchEdit  *self,
                 EngramRecordKind        kind,
                 const char             *id,
                 const char             *metadata,
                 GError                **error)
{
  char *changed = engram_json_object_set (metadata, self->metadata_name, self->metadata_json);

  if (changed == NULL)
    engram_set_record_error (error, ENGRAM_ERROR_INVALID, kind, id, "metadata",
                             _("with the new value it would be nested too deeply"));
  return changed;
}

static gboolean
has_metadata_to_change (const EngramBatchEdit *self,
                        const char            *metadata)
{
  return self->metadata_name != NULL && (metadata != NULL || self->metadata_json != NULL);
}

gboolean
engram_batch_edit_neuron (const EngramBatchEdit  *self,
                          EngramNeuron           *neuron,
                          GError                **error)
{
  g_autofree char *metadata = NULL;

  if (self->type != NULL)
    engram_neuron_set_text (neuron, ENGRAM_NEURON_TYPE, self->type);
  if (!change_activation (self, neuron, error) || !move (self, neuron, error) || !change_tags (self, neuron, error))
    return FALSE;
  if (!has_metadata_to_change (self, neuron->metadata))
    return TRUE;
  if (!engram_neuron_validate (neuron, ENGRAM_NEURON_METADATA, error))
    return FALSE;
  metadata = change_metadata (self, ENGRAM_RECORD_NEURON, neuron->id, neuron->metadata, error);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, metadata);
  return metadata != NULL;
}

static gboolean
change_weight (const EngramBatchEdit  *self,
               EngramSynapse          *synapse,
               GError                **error)
{
  gboolean is_null = (synapse->nulls & ENGRAM_SYNAPSE_WEIGHT) != 0;

  if (self->weight != ENGRAM_BATCH_KEEP && self->weight != ENGRAM_BATCH_SET && isnan (synapse->weight))
    return refuse_number (ENGRAM_RECORD_SYNAPSE, synapse->id, "weight", error);
  if (!change_number (self->weight, self->weight_number, -1, is_null, &synapse->weight))
    return TRUE;
  synapse->nulls &= ~ENGRAM_SYNAPSE_WEIGHT;
  synapse->odd &= ~ENGRAM_SYNAPSE_WEIGHT;
  return TRUE;
}

gboolean
engram_batch_edit_synapse (const EngramBatchEdit  *self,
                           EngramSynapse          *synapse,
                           GError                **error)
{
  g_autofree char *metadata = NULL;

  if (self->type != NULL)
    engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_TYPE, self->type);
  if (!change_weight (self, synapse, error))
    return FALSE;
  if (!has_metadata_to_change (self, synapse->metadata))
    return TRUE;
  if (!engram_synapse_validate (synapse, ENGRAM_SYNAPSE_METADATA, error))
    return FALSE;
  metadata = change_metadata (self, ENGRAM_RECORD_SYNAPSE, synapse->id, synapse->metadata, error);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, metadata);
  return metadata != NULL;
}
