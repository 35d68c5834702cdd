/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <math.h>

static const EngramField gain = { "gain", "Gain", ENGRAM_FIELD_REAL, 0, "1.5" };

static void
test_builtin (void)
{
  static const char *const names[] = { "knowledge", "tool", "memory", "sensor", "decision", "reasoning" };
  static const gsize counts[] = { 4, 7, 8, 0, 0, 0 };
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GPtrArray) types = engram_type_registry_list (registry);

  g_assert_cmpuint (types->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < types->len; i++)
    {
      EngramNeuronType *type = g_ptr_array_index (types, i);
      gsize n_fields;
      const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

      g_assert_cmpstr (engram_neuron_type_get_name (type), ==, names[i]);
      g_assert_cmpstr (engram_neuron_type_get_label (type), !=, "");
      g_assert_cmpuint (n_fields, ==, counts[i]);
      for (gsize j = 0; j < n_fields; j++)
        {
          g_assert_cmpstr (fields[j].label, !=, "");
          g_assert_true (engram_neuron_type_find_field (type, fields[j].name) == &fields[j]);
        }
      g_assert_true (engram_type_registry_lookup (registry, names[i]) == type);
    }
  g_assert_null (engram_type_registry_lookup (registry, "chronos"));
  g_assert_null (engram_type_registry_lookup (registry, ""));
  g_assert_null (engram_type_registry_lookup (registry, NULL));
  g_assert_true (engram_type_registry_get_default () == engram_type_registry_get_default ());
}

static void
test_register (void)
{
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = NULL;
  EngramNeuronType *found;

  {
    g_autofree char *name = g_strdup ("chronos");
    g_autofree char *field_name = g_strdup ("gain");
    g_autofree char *json = g_strdup ("1.5");
    const EngramField fields[] = {
      { field_name, NULL, ENGRAM_FIELD_REAL, 0, json },
      { "note", "Note", ENGRAM_FIELD_TIME, ENGRAM_NEURON_SOURCE_DATA, NULL },
      { "flag", "Flag", ENGRAM_FIELD_BOOLEAN, 0, NULL },
    };
    g_autoptr (EngramNeuronType) type = engram_neuron_type_new (name, NULL, fields, G_N_ELEMENTS (fields));

    g_assert_true (engram_type_registry_register (registry, type, &error));
    g_assert_no_error (error);
    /* Everything was copied. */
    name[0] = field_name[0] = json[0] = 'X';
  }

  found = engram_type_registry_lookup (registry, "chronos");
  g_assert_nonnull (found);
  g_assert_cmpstr (engram_neuron_type_get_label (found), ==, "chronos");
  g_assert_cmpstr (engram_neuron_type_find_field (found, "gain")->label, ==, "gain");
  g_assert_cmpstr (engram_neuron_type_find_field (found, "gain")->default_json, ==, "1.5");
  g_assert_cmpint (engram_neuron_type_find_field (found, "note")->column, ==, ENGRAM_NEURON_SOURCE_DATA);
  g_assert_null (engram_neuron_type_find_field (found, "other"));

  types = engram_type_registry_list (registry);
  g_assert_cmpuint (types->len, ==, 7);
  g_assert_true (g_ptr_array_index (types, 6) == found);
  /* What was listed outlives the registry. */
  g_clear_object (&registry);
  g_assert_cmpstr (engram_neuron_type_get_name (g_ptr_array_index (types, 6)), ==, "chronos");
}

static void
assert_register_refused (const char        *name,
                         const EngramField *fields,
                         gsize              n_fields,
                         EngramError        code,
                         const char        *field)
{
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (EngramNeuronType) type = engram_neuron_type_new (name, NULL, fields, n_fields);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = NULL;

  g_assert_false (engram_type_registry_register (registry, type, &error));
  g_assert_error (error, ENGRAM_ERROR, (int) code);
  g_assert_cmpstr (engram_error_get_field (error), ==, field);
  types = engram_type_registry_list (registry);
  g_assert_cmpuint (types->len, ==, 6);
}

static void
test_register_refused (void)
{
  static const EngramField two_names[] = {
    { "gain", NULL, ENGRAM_FIELD_REAL, 0, NULL }, { "gain", NULL, ENGRAM_FIELD_TEXT, 0, NULL },
  };
  static const EngramField two_columns[] = {
    { "one", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA, NULL },
    { "two", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA, NULL },
  };
  static const EngramField misfits[] = {
    { "x", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_ID, NULL },
    { "x", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_ACTIVATION_LEVEL, NULL },
    { "x", NULL, ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_METADATA, NULL },
    { "x", NULL, ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_FIELDS, NULL },
    { "x", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA | ENGRAM_NEURON_EXECUTABLE_CODE, NULL },
    { "x", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_SOURCE_DATA, NULL },
    { "x", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_COMPRESSION_RATIO, NULL },
    { "x", NULL, ENGRAM_FIELD_INTEGER, ENGRAM_NEURON_ACTIVATION_THRESHOLD, NULL },
    { "x", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_EXECUTION_COUNT, NULL },
    { "x", NULL, ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_SEMANTIC_TAGS, NULL },
    { "x", NULL, ENGRAM_FIELD_TEXT_LIST, ENGRAM_NEURON_INPUT_SCHEMA, NULL },
    { "x", NULL, ENGRAM_FIELD_BOOLEAN, ENGRAM_NEURON_EXECUTION_COUNT, NULL },
    { "x", NULL, (EngramFieldKind) 99, 0, NULL },
    { "x", NULL, ENGRAM_FIELD_REAL, 0, "high" },
    { "x", NULL, ENGRAM_FIELD_REAL, 0, "\"high\"" },
  };
  static const EngramField nameless = { "", NULL, ENGRAM_FIELD_REAL, 0, NULL };
  static const EngramField missing = { NULL, NULL, ENGRAM_FIELD_REAL, 0, NULL };
  static const EngramField common = { "position", NULL, ENGRAM_FIELD_OBJECT, 0, NULL };

  assert_register_refused ("knowledge", NULL, 0, ENGRAM_ERROR_EXISTS, NULL);
  assert_register_refused ("sensor", &gain, 1, ENGRAM_ERROR_EXISTS, NULL);
  assert_register_refused ("", NULL, 0, ENGRAM_ERROR_INVALID, NULL);
  assert_register_refused ("\xff", NULL, 0, ENGRAM_ERROR_INVALID, NULL);
  assert_register_refused ("new", two_names, 2, ENGRAM_ERROR_INVALID, "gain");
  assert_register_refused ("new", two_columns, 2, ENGRAM_ERROR_INVALID, "two");
  assert_register_refused ("new", &nameless, 1, ENGRAM_ERROR_INVALID, NULL);
  assert_register_refused ("new", &missing, 1, ENGRAM_ERROR_INVALID, NULL);
  assert_register_refused ("new", &common, 1, ENGRAM_ERROR_INVALID, "position");
  for (gsize i = 0; i < G_N_ELEMENTS (misfits); i++)
    assert_register_refused ("new", &misfits[i], 1, ENGRAM_ERROR_INVALID, "x");
}

typedef struct {
  EngramTypeRegistry *registry;
  int                 registered;
} Contest;

static gpointer
register_in_thread (gpointer data)
{
  Contest *contest = data;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("type-%u", i);
      g_autoptr (EngramNeuronType) type = engram_neuron_type_new (name, NULL, &gain, 1);
      g_autoptr (GPtrArray) types = NULL;

      if (engram_type_registry_register (contest->registry, type, NULL))
        g_atomic_int_inc (&contest->registered);
      g_assert_nonnull (engram_type_registry_lookup (contest->registry, name));
      types = engram_type_registry_list (contest->registry);
      g_assert_cmpuint (types->len, >, 6);
    }
  return NULL;
}

static void
test_threads (void)
{
  Contest contest = { engram_type_registry_new (), 0 };
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("register", register_in_thread, &contest);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (contest.registered, ==, 200);
  g_object_unref (contest.registry);
}

/* Fields of neurons */

static const EngramField *
get_field (const char *type,
           const char *name)
{
  EngramNeuronType *found = engram_type_registry_lookup (engram_type_registry_get_default (), type);
  const EngramField *field = engram_neuron_type_find_field (found, name);

  g_assert_nonnull (field);
  return field;
}

static void
assert_field (const EngramNeuron *neuron,
              const EngramField  *field,
              const char         *expected)
{
  g_autofree char *json = engram_neuron_get_field (neuron, field);

  g_assert_cmpstr (json, ==, expected);
}

static void
assert_set (EngramNeuron      *neuron,
            const EngramField *field,
            const char        *json,
            const char        *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_neuron_set_field (neuron, field, json, &error));
  g_assert_no_error (error);
  assert_field (neuron, field, expected);
}

static void
assert_set_refused (EngramNeuron      *neuron,
                    const EngramField *field,
                    const char        *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) before = engram_neuron_copy (neuron);

  if (engram_neuron_set_field (neuron, field, json, &error))
    g_error ("%s was set to %s", field->name, json);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_cmpstr (engram_error_get_id (error), ==, neuron->id);
  g_assert_cmpstr (engram_error_get_field (error), ==, field->name);
  g_assert_cmpint (engram_neuron_compare (neuron, before), ==, 0);
  g_assert_cmpint (neuron->nulls, ==, before->nulls);
}

static void
test_column_fields (void)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("tool");
  const EngramField *text = get_field ("knowledge", "source_data");
  const EngramField *real = get_field ("knowledge", "compression_ratio");
  const EngramField *tags = get_field ("knowledge", "semantic_tags");
  const EngramField *schema = get_field ("tool", "input_schema");
  const EngramField *count = get_field ("tool", "execution_count");

  assert_field (neuron, text, "null");
  assert_set (neuron, text, " \"na\\u00efve \\ud83e\\udde0\" ", "\"na\\u00efve \\ud83e\\udde0\"");
  g_assert_cmpstr (neuron->source_data, ==, "naïve 🧠");
  assert_set (neuron, text, "null", "null");
  g_assert_null (neuron->source_data);

  assert_field (neuron, real, "null");
  assert_set (neuron, real, "1e-07", "1e-07");
  assert_set (neuron, real, " 3 ", "3.0");
  g_assert_cmpfloat (neuron->compression_ratio, ==, 3.0);
  g_assert_false (neuron->nulls & ENGRAM_NEURON_COMPRESSION_RATIO);
  assert_set (neuron, real, "null", "null");
  g_assert_true (neuron->nulls & ENGRAM_NEURON_COMPRESSION_RATIO);
  g_assert_cmpfloat (neuron->compression_ratio, ==, 0.0);
  neuron->nulls &= ~ENGRAM_NEURON_COMPRESSION_RATIO;
  neuron->compression_ratio = NAN;
  assert_field (neuron, real, "null");

  assert_set (neuron, tags, " [ \"a\" ,\"b\"] ", "[ \"a\" ,\"b\"]");
  g_assert_cmpstr (neuron->semantic_tags, ==, "[ \"a\" ,\"b\"]");
  assert_set (neuron, schema, "{\"big\":12345678901234567890}", "{\"big\":12345678901234567890}");
  /* Damaged text is given as text. */
  engram_neuron_set_text (neuron, ENGRAM_NEURON_INPUT_SCHEMA, "{'a': 1}");
  assert_field (neuron, schema, "\"{'a': 1}\"");

  assert_field (neuron, count, "0");
  assert_set (neuron, count, "9223372036854775807", "9223372036854775807");
  g_assert_cmpint (neuron->execution_count, ==, G_MAXINT64);
  assert_set (neuron, count, "-12", "-12");
  assert_set (neuron, count, "null", "null");
  assert_field (neuron, get_field ("tool", "activation_threshold"), "0.5");
  g_assert_null (neuron->fields);
}

static void
test_column_fields_refused (void)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("tool");
  const EngramField *text = get_field ("knowledge", "source_data");
  const EngramField *real = get_field ("knowledge", "compression_ratio");
  const EngramField *tags = get_field ("knowledge", "semantic_tags");
  const EngramField *schema = get_field ("tool", "input_schema");
  const EngramField *count = get_field ("tool", "execution_count");

  assert_set_refused (neuron, text, "text");
  assert_set_refused (neuron, text, "1");
  assert_set_refused (neuron, text, "");
  assert_set_refused (neuron, text, "\"a\\u0000b\"");
  assert_set_refused (neuron, text, "\"\\ud800\"");
  assert_set_refused (neuron, real, "\"1\"");
  assert_set_refused (neuron, real, "1e400");
  assert_set_refused (neuron, real, "NaN");
  assert_set_refused (neuron, tags, "{}");
  assert_set_refused (neuron, tags, "[\"a\", 1]");
  assert_set_refused (neuron, tags, "[\"a\"");
  assert_set_refused (neuron, schema, "[]");
  assert_set_refused (neuron, schema, "{'a': 1}");
  assert_set_refused (neuron, count, "1.0");
  assert_set_refused (neuron, count, "1e3");
  assert_set_refused (neuron, count, "true");
  assert_set_refused (neuron, count, "9223372036854775808");
}

static void
test_other_fields (void)
{
  static const EngramField flag = { "flag", "Flag", ENGRAM_FIELD_BOOLEAN, 0, NULL };
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("memory");
  const EngramField *kind = get_field ("memory", "memory_type");
  const EngramField *importance = get_field ("memory", "importance");
  const EngramField *count = get_field ("memory", "access_count");
  const EngramField *time = get_field ("memory", "last_accessed");

  assert_field (neuron, kind, "\"short-term\"");
  assert_field (neuron, importance, "0.5");
  assert_field (neuron, get_field ("knowledge", "importance"), "0.5");
  /* A version 1 file has no place for it. */
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, "2025-11-01T09:00:00");
  assert_field (neuron, get_field ("memory", "timestamp"), "\"2025-11-01T09:00:00\"");
  assert_field (neuron, get_field ("memory", "context"), "{}");
  assert_field (neuron, count, "0");
  assert_field (neuron, time, "null");
  assert_field (neuron, get_field ("memory", "neuron_class"), "\"MemoryNeuron\"");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"unknown\": 1e-07, \"importance\": 1}");
  assert_field (neuron, importance, "1");
  assert_set (neuron, importance, "0.70", "0.70");
  assert_set (neuron, count, "123456789012345678901234567890", "123456789012345678901234567890");
  assert_set (neuron, kind, "\"a\\u0000\"", "\"a\\u0000\"");
  assert_set (neuron, time, "\"2025-11-01T09:00:00\"", "\"2025-11-01T09:00:00\"");
  assert_set (neuron, time, "null", "null");
  assert_set (neuron, &flag, " true ", "true");
  g_assert_cmpstr (neuron->fields, ==,
                   "{\"unknown\": 1e-07, \"importance\": 0.70, "
                   "\"access_count\": 123456789012345678901234567890, "
                   "\"memory_type\": \"a\\u0000\", \"last_accessed\": null, \"flag\": true}");

  assert_set_refused (neuron, importance, "\"high\"");
  assert_set_refused (neuron, importance, "1e400");
  assert_set_refused (neuron, count, "0.5");
  assert_set_refused (neuron, time, "\"2025-02-30T09:00:00\"");
  assert_set_refused (neuron, time, "5");
  assert_set_refused (neuron, &flag, "1");
  assert_set_refused (neuron, get_field ("memory", "context"), "[]");
}

static void
test_other_fields_damaged (void)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("memory");
  const EngramField *importance = get_field ("memory", "importance");
  g_autofree char *open = g_strnfill (ENGRAM_JSON_MAX_DEPTH - 1, '[');
  g_autofree char *close = g_strnfill (ENGRAM_JSON_MAX_DEPTH - 1, ']');
  g_autofree char *deep = g_strconcat ("{\"a\":", open, close, "}", NULL);

  /* As a value it fits, within the fields it would be one level too deep. */
  assert_set_refused (neuron, get_field ("memory", "context"), deep);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "[1]");
  assert_field (neuron, importance, "0.5");
  assert_set_refused (neuron, importance, "0.7");
  g_assert_cmpstr (neuron->fields, ==, "[1]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/type-registry/builtin", test_builtin);
  g_test_add_func ("/type-registry/register", test_register);
  g_test_add_func ("/type-registry/register-refused", test_register_refused);
  g_test_add_func ("/type-registry/threads", test_threads);
  g_test_add_func ("/neuron-field/column", test_column_fields);
  g_test_add_func ("/neuron-field/column-refused", test_column_fields_refused);
  g_test_add_func ("/neuron-field/other", test_other_fields);
  g_test_add_func ("/neuron-field/other-damaged", test_other_fields_damaged);

  return g_test_run ();
}
