/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "test-support.h"

#define HEAD "\"format\": \"engram-type\", \"version\": 1"
#define SENSOR "{" HEAD ", \"name\": \"sensor_array\", \"label\": \"Sensor array\", \"fields\": ["                \
  "{\"name\": \"gain\", \"label\": \"Gain\", \"kind\": \"real\", \"default\": 12345678901234567890},"               \
  "{\"name\": \"model\", \"kind\": \"text\", \"column\": \"source_data\", \"default\": null, \"unit\": [1, {}]}," \
  "{\"name\": \"seen\", \"kind\": \"time\", \"stand_in\": \"created_at\"},"                                       \
  "{\"name\": \"setup\", \"kind\": \"object\", \"default\": { \"a\" : [1e-07, 1.0, \"\\u0041\"] }}],"              \
  "\"author\": \"ü\"}"

static EngramNeuronType *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  EngramNeuronType *type = engram_type_description_parse (json, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (type);
  return type;
}

static void
assert_field (const EngramField   *field,
              const char          *name,
              const char          *label,
              EngramFieldKind      kind,
              EngramNeuronColumns  column,
              const char          *default_json,
              EngramNeuronColumns  stand_in)
{
  g_assert_cmpstr (field->name, ==, name);
  g_assert_cmpstr (field->label, ==, label);
  g_assert_cmpint (field->kind, ==, kind);
  g_assert_cmpint (field->column, ==, column);
  g_assert_cmpstr (field->default_json, ==, default_json);
  g_assert_cmpint (field->stand_in, ==, stand_in);
}

static void
assert_sensor_array (EngramNeuronType *type)
{
  gsize n_fields;
  const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);

  g_assert_cmpstr (engram_neuron_type_get_name (type), ==, "sensor_array");
  g_assert_cmpstr (engram_neuron_type_get_label (type), ==, "Sensor array");
  g_assert_cmpuint (n_fields, ==, 4);
  assert_field (&fields[0], "gain", "Gain", ENGRAM_FIELD_REAL, 0, "12345678901234567890", 0);
  assert_field (&fields[1], "model", "model", ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA, NULL, 0);
  assert_field (&fields[2], "seen", "seen", ENGRAM_FIELD_TIME, 0, NULL, ENGRAM_NEURON_CREATED_AT);
  assert_field (&fields[3], "setup", "setup", ENGRAM_FIELD_OBJECT, 0, "{\"a\":[1e-07,1.0,\"\\u0041\"]}", 0);
}

/* Numbers keep their digits, and so they do on the way out and in again. */
static void
test_parse (void)
{
  g_autoptr (EngramNeuronType) type = parse (SENSOR);
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autofree char *formatted = engram_type_description_format (type);
  g_autofree char *formatted_again = NULL;
  g_autoptr (EngramNeuronType) again = parse (formatted);
  g_autoptr (GError) error = NULL;

  assert_sensor_array (type);
  assert_sensor_array (again);
  formatted_again = engram_type_description_format (again);
  g_assert_cmpstr (formatted_again, ==, formatted);
  g_assert_true (engram_type_registry_register (registry, type, &error));
  g_assert_no_error (error);
}

static void
test_kinds (void)
{
  static const char *const names[] = {
    "text", "code", "real", "integer", "boolean", "time", "text-list", "object",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *json = g_strdup_printf ("{" HEAD ", \"name\": \"a\", \"fields\":"
                                               " [{\"name\": \"b\", \"kind\": \"%s\"}]}", names[i]);
      g_autoptr (EngramNeuronType) type = parse (json);

      g_assert_cmpint (engram_neuron_type_find_field (type, "b")->kind, ==, i);
    }
}

/* The types that every network has, too, are described whole. */
static void
test_builtin (void)
{
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GPtrArray) types = engram_type_registry_list (registry);

  for (guint i = 0; i < types->len; i++)
    {
      EngramNeuronType *type = g_ptr_array_index (types, i);
      g_autofree char *json = engram_type_description_format (type);
      g_autoptr (EngramNeuronType) again = parse (json);
      gsize n_fields, n_again;
      const EngramField *fields = engram_neuron_type_get_fields (type, &n_fields);
      const EngramField *fields_again = engram_neuron_type_get_fields (again, &n_again);

      g_assert_cmpstr (engram_neuron_type_get_label (again), ==, engram_neuron_type_get_label (type));
      g_assert_cmpuint (n_again, ==, n_fields);
      for (gsize j = 0; j < n_fields; j++)
        assert_field (&fields_again[j], fields[j].name, fields[j].label, fields[j].kind, fields[j].column,
                      fields[j].default_json, fields[j].stand_in);
    }
}

static void
test_lenient (void)
{
  g_autoptr (EngramNeuronType) bare = parse ("{" HEAD ", \"name\": \"a\"}");
  g_autoptr (EngramNeuronType) empty = parse ("{" HEAD ", \"name\": \"a\", \"fields\": []}");
  g_autoptr (EngramNeuronType) twice = parse ("{" HEAD ", \"name\": \"b\", \"name\": \"a\", \"fields\": 1, \"fields\":"
                                              " [{\"name\": \"x\", \"kind\": \"real\", \"default\": 1,"
                                              " \"default\": 2}]}");
  g_autoptr (EngramNeuronType) cut = engram_type_description_parse ("{" HEAD ", \"name\": \"a\"}, more",
                                                                    strlen ("{" HEAD ", \"name\": \"a\"}"), NULL);

  g_assert_cmpstr (engram_neuron_type_get_label (bare), ==, "a");
  g_assert_cmpstr (engram_neuron_type_get_name (empty), ==, "a");
  /* The last member of a name counts, as everywhere. */
  g_assert_cmpstr (engram_neuron_type_get_name (twice), ==, "a");
  g_assert_cmpstr (engram_neuron_type_find_field (twice, "x")->default_json, ==, "2");
  g_assert_nonnull (cut);
}

static void
assert_refused (const char *json,
                const char *field)
{
  g_autofree char *shown = g_strescape (json, NULL);
  g_autoptr (GError) error = NULL;

  g_test_message ("%.200s", shown);
  g_assert_null (engram_type_description_parse (json, -1, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_cmpstr (engram_error_get_field (error), ==, field);
}

static void
test_refused (void)
{
  static const char *const descriptions[] = {
    "", "null", "[]", "\"engram-type\"", "{}", "{'format': 'engram-type'}", "{" HEAD ", \"name\": \"a\"} {}",
    "{\"format\": \"engram-backup\", \"version\": 1, \"name\": \"a\"}",
    "{\"format\": \"engram-type\", \"name\": \"a\"}",
    "{\"format\": \"engram-type\", \"version\": 2, \"name\": \"a\"}",
    "{\"format\": \"engram-type\", \"version\": 1.0, \"name\": \"a\"}",
    "{\"format\": \"engram-type\", \"version\": \"1\", \"name\": \"a\"}",
    "{\"format\": \"engram-type\", \"version\": 18446744073709551617, \"name\": \"a\"}",
    "{" HEAD "}", "{" HEAD ", \"name\": \"\"}", "{" HEAD ", \"name\": null}", "{" HEAD ", \"name\": 1}",
    "{" HEAD ", \"name\": \"a\\u0000b\"}", "{" HEAD ", \"name\": \"\\ud800x\"}", "{" HEAD ", \"name\": \"\xff\"}",
    "{" HEAD ", \"name\": \"a\", \"\\u0000\": 1}",
    "{" HEAD ", \"name\": \"a\", \"label\": 1}", "{" HEAD ", \"name\": \"a\", \"fields\": {}}",
    "{" HEAD ", \"name\": \"a\", \"fields\": null}", "{" HEAD ", \"name\": \"a\", \"fields\": [1]}",
    "{" HEAD ", \"name\": \"a\", \"fields\": [{}]}", "{" HEAD ", \"name\": \"a\", \"fields\": [{\"name\": 1}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (descriptions); i++)
    assert_refused (descriptions[i], NULL);
}

static void
test_refused_fields (void)
{
  static const char *const members[] = {
    "\"name\": \"x\"", "\"name\": \"x\", \"kind\": null", "\"name\": \"x\", \"kind\": \"number\"",
    "\"name\": \"x\", \"kind\": \"Text\"", "\"name\": \"x\", \"kind\": \"text\", \"column\": \"rowid\"",
    "\"name\": \"x\", \"kind\": \"text\", \"stand_in\": \"vector\"",
    "\"name\": \"x\", \"kind\": \"text\", \"stand_in\": \"position_x\"",
    "\"name\": \"x\", \"kind\": \"time\", \"stand_in\": \"source_data\"",
    "\"name\": \"x\", \"kind\": \"real\", \"stand_in\": \"created_at\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *json = g_strdup_printf ("{" HEAD ", \"name\": \"a\", \"fields\": [{%s}]}", members[i]);

      /* What is no text is told by the member's name in the message. */
      assert_refused (json, strstr (members[i], "null") != NULL ? NULL : "x");
    }
}

/* What one byte or one level more makes too much. */
static void
test_limits (void)
{
  g_autofree char *levels = g_strnfill (63, '[');
  g_autofree char *ends = g_strnfill (63, ']');
  g_autofree char *deep = g_strdup_printf ("{" HEAD ", \"name\": \"a\", \"x\": %s%s}", levels, ends);
  g_autofree char *too_deep = g_strdup_printf ("{" HEAD ", \"name\": \"a\", \"x\": [%s%s]}", levels, ends);
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autoptr (GString) fields = g_string_new ("");
  g_autofree char *many = NULL, *too_many = NULL;
  g_autoptr (EngramNeuronType) type = parse (deep), type_of_many = NULL, big = NULL;

  assert_refused (too_deep, NULL);
  memcpy (spaces, "{" HEAD ", \"name\": \"a\"}", strlen ("{" HEAD ", \"name\": \"a\"}"));
  big = parse (spaces);
  g_free (spaces);
  spaces = g_strnfill (1024 * 1024 + 1, ' ');
  memcpy (spaces, "{" HEAD ", \"name\": \"a\"}", strlen ("{" HEAD ", \"name\": \"a\"}"));
  assert_refused (spaces, NULL);

  for (int i = 1; i < 1000; i++)
    g_string_append_printf (fields, "{\"name\": \"f%d\", \"kind\": \"real\"},", i);
  g_string_append (fields, "{\"name\": \"f0\", \"kind\": \"real\"}");
  many = g_strdup_printf ("{" HEAD ", \"name\": \"a\", \"fields\": [%s]}", fields->str);
  too_many = g_strdup_printf ("{" HEAD ", \"name\": \"a\", \"fields\": [{\"name\": \"x\", \"kind\": \"real\"},%s]}",
                              fields->str);
  type_of_many = parse (many);
  g_assert_nonnull (engram_neuron_type_find_field (type_of_many, "f999"));
  assert_refused (too_many, NULL);
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_folder (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autofree char *subfolder = g_build_filename (folder, "d.json", NULL);
  g_autofree char *pipe = g_build_filename (folder, "e.json", NULL);
  g_autofree char *endless = g_build_filename (folder, "g.json", NULL);

  write_file (folder, "b.json", SENSOR);
  write_file (folder, "a.json", "{" HEAD ", \"name\": \"first\"}");
  write_file (folder, "c.json", "{");
  write_file (folder, "f.json", "{" HEAD ", \"name\": \"knowledge\"}");
  write_file (folder, "h.json", "{" HEAD ", \"name\": \"h\", \"fields\":"
                                " [{\"name\": \"x\", \"kind\": \"real\", \"default\": \"no number\"}]}");
  write_file (folder, ".hidden.json", "{");
  write_file (folder, "notes.txt", "{");
  g_assert_cmpint (g_mkdir (subfolder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", endless), ==, 0);

  g_assert_cmpuint (engram_type_registry_load_folder (registry, folder, &problems), ==, 2);
  types = engram_type_registry_list (registry);
  g_assert_cmpuint (types->len, ==, 8);
  g_assert_cmpstr (engram_neuron_type_get_name (types->pdata[6]), ==, "first");
  assert_sensor_array (types->pdata[7]);

  g_assert_cmpuint (problems->len, ==, 6);
  for (guint i = 0; i < problems->len; i++)
    {
      const char name[] = { "cdefgh"[i], '.', 'j', 's', 'o', 'n', '\0' };

      g_test_message ("%s", (const char *) problems->pdata[i]);
      g_assert_nonnull (strstr (problems->pdata[i], name));
    }
  /* Once more: all that was good is registered already. */
  g_assert_cmpuint (engram_type_registry_load_folder (registry, folder, NULL), ==, 0);
}

static void
test_no_folder (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autofree char *path = g_build_filename (folder, "types", NULL);

  g_assert_cmpuint (engram_type_registry_load_folder (registry, path, &none), ==, 0);
  g_assert_cmpuint (none->len, ==, 0);
  write_file (folder, "types", "not a folder");
  g_assert_cmpuint (engram_type_registry_load_folder (registry, path, &one), ==, 0);
  g_assert_cmpuint (one->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/type-description/parse", test_parse);
  g_test_add_func ("/type-description/kinds", test_kinds);
  g_test_add_func ("/type-description/builtin", test_builtin);
  g_test_add_func ("/type-description/lenient", test_lenient);
  g_test_add_func ("/type-description/refused", test_refused);
  g_test_add_func ("/type-description/refused-fields", test_refused_fields);
  g_test_add_func ("/type-description/limits", test_limits);
  g_test_add_func ("/type-description/folder", test_folder);
  g_test_add_func ("/type-description/no-folder", test_no_folder);
  return g_test_run ();
}
