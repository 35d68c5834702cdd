/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-neuron-field-private.h"

#include <glib/gi18n-lib.h>

#include "engram-error-private.h"

struct _EngramTypeRegistry {
  GObject     parent_instance;

  GMutex      mutex;
  GHashTable *by_name;  /* borrows from `types` */
  GPtrArray  *types;    /* in the order of registering */
};

G_DEFINE_FINAL_TYPE (EngramTypeRegistry, engram_type_registry, G_TYPE_OBJECT)

/* The types that every network has; labels are translated when they are registered. */

static const EngramField knowledge_fields[] = {
  { "source_data", N_("Source data"), ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA, NULL },
  { "compression_ratio", N_("Compression ratio"), ENGRAM_FIELD_REAL, ENGRAM_NEURON_COMPRESSION_RATIO, NULL },
  { "semantic_tags", N_("Tags"), ENGRAM_FIELD_TEXT_LIST, ENGRAM_NEURON_SEMANTIC_TAGS, "[]" },
  { "importance", N_("Importance"), ENGRAM_FIELD_REAL, 0, "0.5" },
};

static const EngramField tool_fields[] = {
  { "function_signature", N_("Signature"), ENGRAM_FIELD_CODE, ENGRAM_NEURON_FUNCTION_SIGNATURE, NULL },
  { "executable_code", N_("Code"), ENGRAM_FIELD_CODE, ENGRAM_NEURON_EXECUTABLE_CODE, NULL },
  /* Translators: a JSON schema of what a tool takes. */
  { "input_schema", N_("Input schema"), ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_INPUT_SCHEMA, "{}" },
  /* Translators: a JSON schema of what a tool gives back. */
  { "output_schema", N_("Output schema"), ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_OUTPUT_SCHEMA, "{}" },
  { "execution_count", N_("Executions"), ENGRAM_FIELD_INTEGER, ENGRAM_NEURON_EXECUTION_COUNT, "0" },
  { "average_execution_time", N_("Average execution time (ms)"), ENGRAM_FIELD_REAL,
    ENGRAM_NEURON_AVERAGE_EXECUTION_TIME, "0.0" },
  { "activation_threshold", N_("Activation threshold"), ENGRAM_FIELD_REAL,
    ENGRAM_NEURON_ACTIVATION_THRESHOLD, "0.5" },
};

/* In the order of the documents of the Python program, as all of them. */
static const EngramField memory_fields[] = {
  /* Translators: a class of a Python program. */
  { "neuron_class", N_("Class"), ENGRAM_FIELD_TEXT, 0, "\"MemoryNeuron\"" },
  { "memory_type", N_("Kind of memory"), ENGRAM_FIELD_TEXT, 0, "\"short-term\"" },
  { "timestamp", N_("Time"), ENGRAM_FIELD_TIME, 0, NULL, ENGRAM_NEURON_CREATED_AT },
  { "context", N_("Context"), ENGRAM_FIELD_OBJECT, 0, "{}" },
  { "importance", N_("Importance"), ENGRAM_FIELD_REAL, 0, "0.5" },
  { "access_count", N_("Times accessed"), ENGRAM_FIELD_INTEGER, 0, "0" },
  { "last_accessed", N_("Last accessed"), ENGRAM_FIELD_TIME, 0, NULL },
  { "source_data", N_("Source data"), ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA, NULL },
};

static const struct {
  const char        *name;
  const char        *label;
  const EngramField *fields;
  gsize              n_fields;
} builtin_types[] = {
  { "knowledge", N_("Knowledge"), knowledge_fields, G_N_ELEMENTS (knowledge_fields) },
  { "tool", N_("Tool"), tool_fields, G_N_ELEMENTS (tool_fields) },
  { "memory", N_("Memory"), memory_fields, G_N_ELEMENTS (memory_fields) },
  { "sensor", N_("Sensor"), NULL, 0 },
  { "decision", N_("Decision"), NULL, 0 },
  { "reasoning", N_("Reasoning"), NULL, 0 },
};

/* What every neuron has in the JSON document, whatever its type. */
static const char *const common_names[] = {
  "id", "type", "position", "vector", "metadata", "activation_level", "created_at", "modified_at", NULL
};

/* Keeps a type; the mutex is held, or nobody else knows the registry yet. */
static void
add_type (EngramTypeRegistry *self,
          EngramNeuronType   *type)
{
  g_ptr_array_add (self->types, engram_neuron_type_ref (type));
  g_hash_table_insert (self->by_name, (gpointer) engram_neuron_type_get_name (type), type);
}

static void
add_builtin_type (EngramTypeRegistry *self,
                  const char         *name,
                  const char         *label,
                  const EngramField  *fields,
                  gsize               n_fields)
{
  g_autoptr (EngramNeuronType) type = NULL;
  g_autofree EngramField *translated = g_new0 (EngramField, n_fields);

  for (gsize i = 0; i < n_fields; i++)
    {
      translated[i] = fields[i];
      translated[i].label = _(fields[i].label);
    }
  type = engram_neuron_type_new (name, _(label), translated, n_fields);
  add_type (self, type);
}

static void
engram_type_registry_finalize (GObject *object)
{
  EngramTypeRegistry *self = ENGRAM_TYPE_REGISTRY (object);

  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->types);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (engram_type_registry_parent_class)->finalize (object);
}

static void
engram_type_registry_class_init (EngramTypeRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_type_registry_finalize;
}

static void
engram_type_registry_init (EngramTypeRegistry *self)
{
  g_mutex_init (&self->mutex);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_type_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (builtin_types); i++)
    add_builtin_type (self, builtin_types[i].name, builtin_types[i].label,
                      builtin_types[i].fields, builtin_types[i].n_fields);
}

EngramTypeRegistry *
engram_type_registry_get_default (void)
{
  static EngramTypeRegistry *registry = NULL;

  if (g_once_init_enter (&registry))
    g_once_init_leave (&registry, engram_type_registry_new ());
  return registry;
}

EngramTypeRegistry *
engram_type_registry_new (void)
{
  return g_object_new (ENGRAM_TYPE_TYPE_REGISTRY, NULL);
}

static gboolean
refuse (GError     **error,
        EngramError  code,
        const char  *field,
        const char  *reason)
{
  engram_set_record_error (error, code, ENGRAM_RECORD_NEURON, NULL, field, "%s", reason);
  return FALSE;
}

static gboolean
check_names (const EngramField  *fields,
             gsize               index,
             GError            **error)
{
  const char *name = fields[index].name;

  if (name == NULL || *name == '\0')
    return refuse (error, ENGRAM_ERROR_INVALID, NULL, _("A field of a neuron type has no name."));
  if (!g_utf8_validate (name, -1, NULL))
    return refuse (error, ENGRAM_ERROR_INVALID, NULL, _("The name of a field is not UTF-8."));
  if (g_strv_contains (common_names, name))
    return refuse (error, ENGRAM_ERROR_INVALID, name, _("every neuron has a field of that name"));
  for (gsize i = 0; i < index; i++)
    {
      if (g_str_equal (fields[i].name, name))
        return refuse (error, ENGRAM_ERROR_INVALID, name, _("two fields have that name"));
      if (fields[index].column != 0 && fields[i].column == fields[index].column)
        return refuse (error, ENGRAM_ERROR_INVALID, name, _("another field has the same column"));
    }
  return TRUE;
}

static gboolean
check_field (const EngramField  *field,
             GError            **error)
{
  g_autofree char *reason = NULL;

  if (field->kind > ENGRAM_FIELD_OBJECT)
    return refuse (error, ENGRAM_ERROR_INVALID, field->name, _("there is no such kind of field"));
  if (field->column != 0 && !engram_field_kind_fits_column (field->kind, field->column))
    return refuse (error, ENGRAM_ERROR_INVALID, field->name,
                   _("the column cannot hold the field; choose another one or none"));
  if (field->default_json == NULL)
    return TRUE;

  reason = engram_field_kind_check (field->kind, field->default_json);
  return reason == NULL || refuse (error, ENGRAM_ERROR_INVALID, field->name, reason);
}

static gboolean
check_neuron_type (EngramNeuronType  *type,
                   GError           **error)
{
  const char *name = engram_neuron_type_get_name (type);
  gsize n_fields;
  const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

  if (*name == '\0')
    return refuse (error, ENGRAM_ERROR_INVALID, NULL, _("A neuron type has no name."));
  if (!g_utf8_validate (name, -1, NULL))
    return refuse (error, ENGRAM_ERROR_INVALID, NULL, _("The name of a neuron type is not UTF-8."));
  for (gsize i = 0; i < n_fields; i++)
    if (!check_names (fields, i, error) || !check_field (&fields[i], error))
      return FALSE;
  return TRUE;
}

gboolean
engram_type_registry_register (EngramTypeRegistry  *self,
                               EngramNeuronType    *type,
                               GError             **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  const char *name;

  g_return_val_if_fail (ENGRAM_IS_TYPE_REGISTRY (self), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  if (!check_neuron_type (type, error))
    return FALSE;

  locker = g_mutex_locker_new (&self->mutex);
  name = engram_neuron_type_get_name (type);
  if (g_hash_table_contains (self->by_name, name))
    {
      engram_set_record_error (error, ENGRAM_ERROR_EXISTS, ENGRAM_RECORD_NEURON, NULL, NULL,
                               _("A neuron type “%s” is registered already."), name);
      return FALSE;
    }
  add_type (self, type);
  return TRUE;
}

EngramNeuronType *
engram_type_registry_lookup (EngramTypeRegistry *self,
                             const char         *name)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (ENGRAM_IS_TYPE_REGISTRY (self), NULL);

  if (name == NULL)
    return NULL;
  locker = g_mutex_locker_new (&self->mutex);
  return g_hash_table_lookup (self->by_name, name);
}

static gpointer
ref_type (gconstpointer type,
          gpointer      user_data)
{
  return engram_neuron_type_ref ((EngramNeuronType *) type);
}

GPtrArray *
engram_type_registry_list (EngramTypeRegistry *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (ENGRAM_IS_TYPE_REGISTRY (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);
  return g_ptr_array_copy (self->types, ref_type, NULL);
}
