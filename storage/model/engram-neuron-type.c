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

EngramNeuronType *
engram_neuron_type_ref (EngramNeuronType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

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

const char *
engram_neuron_type_get_name (EngramNeuronType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
engram_neuron_type_get_label (EngramNeuronType *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}

const EngramField *
engram_neuron_type_get_fields (EngramNeuronType *self,
                               gsize            *n_fields)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_fields != NULL, NULL);

  *n_fields = self->n_fields;
  return self->fields;
}

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
