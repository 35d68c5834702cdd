/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-type-registry.h"

struct _EngramNeuronType {
  gatomicrefcount  references;
  char            *name;
  char            *label;
  EngramField     *fields;  /* with texts of their own */
  gsize            n_fields;
};

G_DEFINE_BOXED_TYPE (EngramNeuronType, engram_neuron_type, engram_neuron_type_ref, engram_neuron_type_unref)

/**
 * EngramNeuronType:
 *
 * A type of neurons: its name, its name for people, and the fields that neurons of this type have beside the
 * common ones. Immutable and atomically counted. Any thread.
 */

/**
 * engram_neuron_type_new:
 * @name: its name in the file, `knowledge` for example
 * @label: (nullable): its name for people, translated; @name where there is none
 * @fields: (array length=n_fields) (nullable): its fields, in the order in which they are shown; copied with
 *   all their texts. A label that is %NULL is the field's name.
 * @n_fields: how many
 *
 * Describes a type. Whether the description makes sense is checked by engram_type_registry_register().
 *
 * Returns: (transfer full): the type
 */
EngramNeuronType *
engram_neuron_type_new (const char        *name,
                        const char        *label,
                        const EngramField *fields,
                        gsize              n_fields)
{
  EngramNeuronType *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (fields != NULL || n_fields == 0, NULL);

  self = g_new0 (EngramNeuronType, 1);
  g_atomic_ref_count_init (&self->references);
  self->name = g_strdup (name);
  self->label = g_strdup (label != NULL ? label : name);
  self->fields = g_new0 (EngramField, n_fields);
  self->n_fields = n_fields;
  for (gsize i = 0; i < n_fields; i++)
    {
      self->fields[i] = fields[i];
      self->fields[i].name = g_strdup (fields[i].name);
      self->fields[i].label = g_strdup (fields[i].label != NULL ? fields[i].label : fields[i].name);
      self->fields[i].default_json = g_strdup (fields[i].default_json);
    }
  return self;
}

/**
 * engram_neuron_type_ref:
 * @self: a type
 *
 * Returns: (transfer full): the same type, held once more
 */
EngramNeuronType *
engram_neuron_type_ref (EngramNeuronType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * engram_neuron_type_unref:
 * @self: (transfer full): a type
 *
 * Lets go of a type; the last one to do so frees it.
 */
void
engram_neuron_type_unref (EngramNeuronType *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (gsize i = 0; i < self->n_fields; i++)
    {
      g_free ((char *) self->fields[i].name);
      g_free ((char *) self->fields[i].label);
      g_free ((char *) self->fields[i].default_json);
    }
  g_free (self->fields);
  g_free (self->label);
  g_free (self->name);
  g_free (self);
}

/**
 * engram_neuron_type_get_name:
 * @self: a type
 *
 * Returns: (transfer none): its name in the file
 */
const char *
engram_neuron_type_get_name (EngramNeuronType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * engram_neuron_type_get_label:
 * @self: a type
 *
 * Returns: (transfer none): its name for people
 */
const char *
engram_neuron_type_get_label (EngramNeuronType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}

/**
 * engram_neuron_type_get_fields:
 * @self: a type
 * @n_fields: (out): how many
 *
 * Returns: (transfer none) (array length=n_fields): its fields, which live as long as the type
 */
const EngramField *
engram_neuron_type_get_fields (EngramNeuronType *self,
                               gsize            *n_fields)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_fields != NULL, NULL);

  *n_fields = self->n_fields;
  return self->fields;
}

/**
 * engram_neuron_type_find_field:
 * @self: a type
 * @name: the name of a field in the JSON document
 *
 * Returns: (transfer none) (nullable): the field, which lives as long as the type, or %NULL where the type
 *   has none of that name
 */
const EngramField *
engram_neuron_type_find_field (EngramNeuronType *self,
                               const char       *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < self->n_fields; i++)
    if (g_strcmp0 (self->fields[i].name, name) == 0)
      return &self->fields[i];
  return NULL;
}
