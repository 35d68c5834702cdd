/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-support.h"

#include <engram.h>
#include <string.h>

static void
assert_same_fields (EngramNeuronType *a,
                    EngramNeuronType *b)
{
  gsize n_a, n_b;
  const EngramField *fields_a = engram_neuron_type_get_fields (a, &n_a);
  const EngramField *fields_b = engram_neuron_type_get_fields (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  for (gsize i = 0; i < n_a; i++)
    {
      g_assert_cmpstr (fields_a[i].name, ==, fields_b[i].name);
      g_assert_cmpstr (fields_a[i].label, ==, fields_b[i].label);
      g_assert_cmpstr (fields_a[i].default_json, ==, fields_b[i].default_json);
      g_assert_true (fields_a[i].kind == fields_b[i].kind && fields_a[i].column == fields_b[i].column &&
                     fields_a[i].stand_in == fields_b[i].stand_in);
    }
}

/* A type that was registered is written and read again as it is, and every field works. */
static void
use (EngramTypeRegistry *registry,
     EngramNeuronType   *type)
{
  g_autofree char *json = engram_type_description_format (type);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuronType) again = engram_type_description_parse (json, -1, &error);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (engram_neuron_type_get_name (type));
  const EngramField *fields;
  gsize n_fields;

  g_assert_no_error (error);
  g_assert_cmpstr (engram_neuron_type_get_name (again), ==, engram_neuron_type_get_name (type));
  g_assert_cmpstr (engram_neuron_type_get_label (again), ==, engram_neuron_type_get_label (type));
  assert_same_fields (again, type);
  g_assert_false (engram_type_registry_register (registry, again, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);

  fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *value = engram_neuron_get_field (neuron, &fields[i]);
      g_autoptr (GError) set_error = NULL;

      g_assert_cmpint (engram_json_check (value, -1, NULL, NULL), !=, ENGRAM_JSON_INVALID);
      g_assert_true (engram_neuron_set_field (neuron, &fields[i], value, &set_error));
      g_assert_no_error (set_error);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = g_memdup2 (data, size);
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuronType) type = engram_type_description_parse (bytes != NULL ? bytes : "", size, &error);

  if (type == NULL || !engram_type_registry_register (registry, type, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == ENGRAM_ERROR && g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpstr (error->message, !=, "");
    }
  else
    {
      use (registry, type);
    }
  return 0;
}
