/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <math.h>
#include <string.h>

#include "documents/engram-broken-json-private.h"
#include "documents/engram-kept-members-private.h"
#include "documents/engram-record-json-private.h"
#include "json/engram-json-canonical-private.h"

#define ID "11111111-1111-4111-8111-111111111111"

/* What a record becomes, compact, canonical, and its problems. */
typedef struct {
  EngramTypeRegistry *registry;
  char               *document;
  char               *canonical;
  GString            *problems;
} Texts;

static void
texts_clear (Texts *self)
{
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->canonical, g_free);
  if (self->problems != NULL)
    g_string_free (g_steal_pointer (&self->problems), TRUE);
  g_clear_object (&self->registry);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Texts, texts_clear)

static void
note_problem (const char *id,
              const char *field,
              const char *message,
              gpointer    data)
{
  GString *problems = data;

  g_test_message ("%s, %s: %s", id, field, message);
  g_assert_cmpstr (id, ==, ID);
  g_string_append_printf (problems, "%s ", field);
}

static void
write_texts (Texts               *self,
             const EngramNeuron  *neuron,
             const EngramSynapse *synapse)
{
  g_autoptr (GString) document = g_string_new (NULL);
  g_autoptr (GString) canonical = g_string_new (NULL);
  g_autoptr (GString) checked = g_string_new (NULL);
  g_auto (EngramRecordJsonWriter) writer = { .document = document, .canonical = canonical, .problem = note_problem };

  if (self->registry == NULL)
    self->registry = engram_type_registry_new ();
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->canonical, g_free);
  if (self->problems == NULL)
    self->problems = g_string_new (NULL);
  g_string_truncate (self->problems, 0);
  writer.registry = self->registry;
  writer.user_data = self->problems;
  if (neuron != NULL)
    engram_record_json_write_neuron (&writer, neuron);
  else
    engram_record_json_write_synapse (&writer, synapse);

  /* The two texts say the same. */
  g_assert_cmpint (engram_json_check (document->str, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  engram_json_append_canonical (checked, document->str, document->len);
  g_assert_cmpstr (canonical->str, ==, checked->str);
  self->document = g_strdup (document->str);
  self->canonical = g_strdup (canonical->str);
}

static void
assert_member (const char *object,
               const char *name,
               const char *expected)
{
  g_autofree char *value = engram_json_object_get (object, name);

  if (g_strcmp0 (value, expected) != 0)
    g_error ("“%s” is %s and not %s in %s", name, value, expected, object);
}

static EngramNeuron *
make_neuron (const char *type)
{
  EngramNeuron *neuron = engram_neuron_new (type);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, ID);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, "2025-11-01T09:00:00");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, "2025-11-02T09:00:00");
  return neuron;
}

static EngramSynapse *
make_synapse (void)
{
  EngramSynapse *synapse = engram_synapse_new ("s", "t", 1.0, "knowledge");

  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, ID);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, "c");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, "m");
  return synapse;
}

#define COMMON(type, metadata)                                                                           \
  "{\"id\": \"" ID "\", \"type\": \"" type "\", \"position\": {\"x\": 0.0, \"y\": 0.0, \"z\": 0.0},"     \
  " \"vector\": null, \"metadata\": " metadata ", \"activation_level\": 0.0,"                            \
  " \"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-02T09:00:00\""

/* Of each type, what a neuron has that nobody has told anything. */
static void
test_types (void)
{
  static const struct {
    const char *type;
    const char *document;
  } types[] = {
    { "knowledge", COMMON ("knowledge", "{}") ", \"source_data\": null, \"compression_ratio\": null,"
                   " \"semantic_tags\": [], \"importance\": 0.5}" },
    { "tool", COMMON ("tool", "{}") ", \"function_signature\": null, \"executable_code\": null, \"input_schema\": {},"
              " \"output_schema\": {}, \"execution_count\": 0, \"average_execution_time\": 0.0,"
              " \"activation_threshold\": 0.5}" },
    { "memory", COMMON ("memory", "{}") ", \"neuron_class\": \"MemoryNeuron\", \"memory_type\": \"short-term\","
                " \"timestamp\": \"2025-11-01T09:00:00\", \"context\": {}, \"importance\": 0.5, \"access_count\": 0,"
                " \"last_accessed\": null, \"source_data\": null}" },
    { "sensor", COMMON ("sensor", "{}") "}" },
    { "chronos", COMMON ("chronos", "{}") ", \"execution_count\": 0, \"average_execution_time\": 0.0,"
                 " \"activation_threshold\": 0.5}" },
  };
  g_auto (Texts) texts = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (EngramNeuron) neuron = make_neuron (types[i].type);

      write_texts (&texts, neuron, NULL);
      g_assert_cmpstr (texts.document, ==, types[i].document);
      g_assert_cmpstr (texts.problems->str, ==, "");
    }
}

static void
test_synapse (void)
{
  g_autoptr (EngramSynapse) synapse = make_synapse ();
  g_auto (Texts) texts = { NULL };

  write_texts (&texts, NULL, synapse);
  g_assert_cmpstr (texts.document, ==,
                   "{\"id\": \"" ID "\", \"source_neuron_id\": \"s\", \"target_neuron_id\": \"t\", \"weight\": 1.0,"
                   " \"usage_count\": 0, \"last_traversed\": null, \"synapse_type\": \"knowledge\", \"metadata\": {},"
                   " \"created_at\": \"c\", \"modified_at\": \"m\"}");
}

/* As the Python program lays it out, deep in a document. */
static void
test_layout (void)
{
  static const float vector[] = { 1.0f, 0.1f, -2.5e-8f };
  g_autoptr (EngramNeuron) neuron = make_neuron ("sensor");
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GString) document = g_string_new (NULL);
  g_auto (EngramRecordJsonWriter) writer = { .document = document, .indent = 2, .level = 2, .registry = registry };

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"a\":[],\"b\":{\"c\":1}}");
  neuron->position[1] = -1e-7;
  engram_record_json_write_neuron (&writer, neuron);
  g_assert_cmpstr (document->str, ==,
                   "{\n      \"id\": \"" ID "\",\n      \"type\": \"sensor\",\n      \"position\": {\n"
                   "        \"x\": 0.0,\n        \"y\": -1e-07,\n        \"z\": 0.0\n      },\n"
                   "      \"vector\": [\n        1.0,\n        0.10000000149011612,\n        -2.5000000292152436e-08\n"
                   "      ],\n      \"metadata\": {\n        \"a\": [],\n        \"b\": {\n          \"c\": 1\n"
                   "        }\n      },\n      \"activation_level\": 0.0,\n"
                   "      \"created_at\": \"2025-11-01T09:00:00\",\n"
                   "      \"modified_at\": \"2025-11-02T09:00:00\"\n    }");
}

/* Members that nobody knows come last, in their order, under their names as they stand; sorted, by code point. */
static void
test_others (void)
{
  g_autoptr (EngramNeuron) neuron = make_neuron ("sensor");
  g_auto (Texts) texts = { NULL };

  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS,
                          "{\"zulu\": [1, 1.0], \"\\ud800\": 1, \"ü\":{\"b\" : 1,\"a\":2E1}, \"\\u0061\": \"\\/\","
                          " \"fields\": true, \"execution_count\": 7, \"zulu\": null, \"metadata\": 5}");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.document, ==,
                   COMMON ("sensor", "{}") ", \"zulu\": [1, 1.0], \"\\ud800\": 1, \"ü\": {\"b\": 1, \"a\": 2E1},"
                   " \"\\u0061\": \"\\/\", \"fields\": true, \"execution_count\": 7, \"zulu\": null}");
  g_assert_true (g_str_has_prefix (texts.canonical, "{\"a\": \"/\", \"activation_level\": 0.0, "));
  g_assert_true (g_str_has_suffix (texts.canonical,
                                   "\"vector\": null, \"zulu\": null, \"\\u00fc\": {\"a\": 20.0, \"b\": 1},"
                                   " \"\\ud800\": 1}"));
  g_assert_cmpstr (texts.problems->str, ==, "");
}

/* A type's own names for columns, and names that are not ASCII. */
static void
test_registered_type (void)
{
  static const EngramField fields[] = {
    { "größe", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_COMPRESSION_RATIO, NULL, 0 },
    { "labels", NULL, ENGRAM_FIELD_TEXT_LIST, ENGRAM_NEURON_SEMANTIC_TAGS, NULL, 0 },
    { "gain", NULL, ENGRAM_FIELD_REAL, 0, "2.50", 0 },
  };
  g_auto (Texts) texts = { engram_type_registry_new () };
  g_autoptr (EngramNeuronType) type = engram_neuron_type_new ("chronos", NULL, fields, G_N_ELEMENTS (fields));
  g_autoptr (EngramNeuron) neuron = make_neuron ("chronos");

  g_assert_true (engram_type_registry_register (texts.registry, type, NULL));
  engram_neuron_set_number (neuron, ENGRAM_NEURON_COMPRESSION_RATIO, 4);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"a\"]");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"gr\\u00f6\\u00dfe\": 4, \"semantic_tags\": 0}");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.document, ==,
                   COMMON ("chronos", "{}") ", \"gr\\u00f6\\u00dfe\": 4, \"labels\": [\"a\"], \"gain\": 2.50,"
                   " \"semantic_tags\": 0}");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "no list");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.problems->str, ==, "labels ");
  assert_member (texts.document, "labels", "[]");
  assert_member (texts.document, "metadata", "{\"engram_broken\": {\"labels\": \"no list\"}}");
}

/* A type that nobody knows: its columns that are there, and what a document had where a column could not hold it. */
static void
test_unregistered_type (void)
{
  g_autoptr (EngramNeuron) neuron = make_neuron ("chronos");
  g_auto (Texts) texts = { NULL };

  neuron->nulls |= ENGRAM_NEURON_EXECUTION_COUNT | ENGRAM_NEURON_AVERAGE_EXECUTION_TIME |
                   ENGRAM_NEURON_ACTIVATION_THRESHOLD;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "a");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS,
                          "{\"gain\": 1, \"execution_count\": null, \"activation_threshold\": {\"a\": 1},"
                          " \"semantic_tags\": \"x\", \"source_data\": \"\\u0061\", \"average_execution_time\": 3,"
                          " \"executable_code\": \"removed since\"}");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.document, ==,
                   COMMON ("chronos", "{}") ", \"source_data\": \"\\u0061\", \"semantic_tags\": \"x\","
                   " \"execution_count\": null, \"activation_threshold\": {\"a\": 1}, \"gain\": 1}");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS,
                          "{\"execution_count\": 2.5, \"input_schema\": {}, \"output_schema\": []}");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.document, ==,
                   COMMON ("chronos", "{}") ", \"source_data\": \"a\", \"output_schema\": [], \"execution_count\": 2.5}");
}

/* Kept texts */

static void
test_kept_of_neuron (void)
{
  static const float vector[] = { 1.0f, 0.1f };
  g_autoptr (EngramNeuron) neuron = make_neuron ("tool");
  g_auto (Texts) texts = { NULL };

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_EXECUTABLE_CODE, "a\357\277\275b");
  neuron->execution_count = 5;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS,
                          "{\"position\": {\"w\": 4, \"z\": 0, \"x\": 0.0, \"y\": 0e0}, \"vector\": [1, 0.1],"
                          " \"metadata\": null, \"activation_level\": 0, \"executable_code\": \"a\\u0000b\","
                          " \"execution_count\": 5.0, \"input_schema\": null, \"activation_threshold\": 5e-1}");
  write_texts (&texts, neuron, NULL);
  assert_member (texts.document, "position", "{\"w\": 4, \"z\": 0, \"x\": 0.0, \"y\": 0e0}");
  assert_member (texts.document, "vector", "[1, 0.1]");
  assert_member (texts.document, "metadata", "null");
  assert_member (texts.document, "activation_level", "0");
  assert_member (texts.document, "executable_code", "\"a\\u0000b\"");
  assert_member (texts.document, "execution_count", "5.0");
  assert_member (texts.document, "input_schema", "null");
  assert_member (texts.document, "output_schema", "{}");
  assert_member (texts.document, "activation_threshold", "5e-1");

  /* What has changed since counts, and nothing is written twice. */
  neuron->position[2] = 1;
  engram_neuron_set_vector (neuron, vector, 1);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"a\": 1}");
  neuron->activation_level = 0.5;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_EXECUTABLE_CODE, "ab");
  neuron->execution_count = 6;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_INPUT_SCHEMA, "{}");
  neuron->nulls |= ENGRAM_NEURON_ACTIVATION_THRESHOLD;
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.document, ==,
                   "{\"id\": \"" ID "\", \"type\": \"tool\", \"position\": {\"x\": 0.0, \"y\": 0.0, \"z\": 1.0},"
                   " \"vector\": [1.0], \"metadata\": {\"a\": 1}, \"activation_level\": 0.5,"
                   " \"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-02T09:00:00\","
                   " \"function_signature\": null, \"executable_code\": \"ab\", \"input_schema\": {},"
                   " \"output_schema\": {}, \"execution_count\": 6, \"average_execution_time\": 0.0,"
                   " \"activation_threshold\": null}");
}

static void
test_kept_of_synapse (void)
{
  g_autoptr (EngramSynapse) synapse = make_synapse ();
  g_auto (Texts) texts = { NULL };

  synapse->usage_count = G_MAXINT64;
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_FIELDS,
                           "{\"weight\": 1, \"usage_count\": 9223372036854775808, \"semantic_tags\": [],"
                           " \"last_traversed\": null, \"metadata\": null, \"id\": \"other\"}");
  write_texts (&texts, NULL, synapse);
  g_assert_cmpstr (texts.document, ==,
                   "{\"id\": \"" ID "\", \"source_neuron_id\": \"s\", \"target_neuron_id\": \"t\", \"weight\": 1,"
                   " \"usage_count\": 9223372036854775808, \"last_traversed\": null,"
                   " \"synapse_type\": \"knowledge\", \"metadata\": null, \"created_at\": \"c\","
                   " \"modified_at\": \"m\", \"semantic_tags\": []}");

  synapse->weight = -1;
  synapse->usage_count = 1;
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, "t");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, "{}");
  write_texts (&texts, NULL, synapse);
  assert_member (texts.document, "weight", "-1.0");
  assert_member (texts.document, "usage_count", "1");
  assert_member (texts.document, "last_traversed", "\"t\"");
  assert_member (texts.document, "metadata", "{}");

  /* Another program has written 1.5 where the document had 1.0: the record carries 1, which is not what is there. */
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_FIELDS, "{\"usage_count\": 1.0}");
  synapse->odd |= ENGRAM_SYNAPSE_USAGE_COUNT;
  write_texts (&texts, NULL, synapse);
  assert_member (texts.document, "usage_count", "null");
  g_assert_cmpstr (texts.problems->str, ==, "usage_count ");
}

static void
test_still_means (void)
{
  static const char json[] =
    "{\"one\": 1, \"one again\": 1.00, \"zero\": -0, \"beyond\": 1e999, \"half\": 0.5, \"null\": null,"
    " \"digit\": \"1\", \"odd\": \"\\u0000\\ud800\", \"t\\u0077ice\": 1, \"twice\": 2, \"\\u0000\": 3}";
  g_auto (EngramKeptMembers) kept = { NULL };

  engram_kept_members_init (&kept);
  g_assert_true (engram_kept_members_read (&kept, json, strlen (json)));
  g_assert_true (engram_kept_member_is_number (engram_kept_members_find (&kept, "one"), 1));
  g_assert_false (engram_kept_member_is_number (engram_kept_members_find (&kept, "one"), 2));
  g_assert_true (engram_kept_member_is_number (engram_kept_members_find (&kept, "one again"), 1));
  g_assert_true (engram_kept_member_is_number (engram_kept_members_find (&kept, "zero"), 0));
  g_assert_false (engram_kept_member_is_number (engram_kept_members_find (&kept, "beyond"), INFINITY));
  g_assert_false (engram_kept_member_is_number (engram_kept_members_find (&kept, "digit"), 1));
  g_assert_true (engram_kept_member_is_integer (engram_kept_members_find (&kept, "one again")));
  g_assert_false (engram_kept_member_is_integer (engram_kept_members_find (&kept, "half")));
  g_assert_true (engram_kept_member_is_text (engram_kept_members_find (&kept, "digit"), "1"));
  g_assert_true (engram_kept_member_is_text (engram_kept_members_find (&kept, "odd"), "\357\277\275\357\277\275"));
  g_assert_false (engram_kept_member_is_text (engram_kept_members_find (&kept, "one"), "1"));
  g_assert_true (engram_kept_member_is_null (engram_kept_members_find (&kept, "null")));
  g_assert_false (engram_kept_member_is_null (engram_kept_members_find (&kept, "zero")));
  g_assert_true (engram_kept_member_is_number (engram_kept_members_find (&kept, "twice"), 2));
  g_assert_null (engram_kept_members_find (&kept, ""));
  g_assert_null (engram_kept_members_find (&kept, "on"));

  g_assert_false (engram_kept_members_read (&kept, "{\"a\": 1", 7));
  g_assert_null (engram_kept_members_find (&kept, "a"));
  g_assert_false (engram_kept_members_read (&kept, "[]", 2));
  g_assert_true (engram_kept_members_read (&kept, "{}", 2));
}

/* What cannot be written as it is */

static void
test_not_finite (void)
{
  static const float vector[] = { 1.0f, NAN, -INFINITY };
  g_autoptr (EngramNeuron) neuron = make_neuron ("knowledge");
  g_autoptr (EngramSynapse) synapse = make_synapse ();
  g_auto (Texts) texts = { NULL };

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  neuron->position[0] = INFINITY;
  neuron->position[2] = NAN;
  engram_neuron_set_number (neuron, ENGRAM_NEURON_COMPRESSION_RATIO, -INFINITY);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"b\": 1E400, \"a\": [-1e400, 0]}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"importance\": 1e999, \"h\\u00f6he\": 1e999}");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.problems->str, ==, "position vector metadata compression_ratio importance höhe ");
  assert_member (texts.document, "position", "{\"x\": null, \"y\": 0.0, \"z\": null}");
  assert_member (texts.document, "vector", "[1.0, null, null]");
  assert_member (texts.document, "compression_ratio", "null");
  assert_member (texts.document, "metadata", "{\"a\": [null, 0], \"b\": null}");
  assert_member (texts.document, "importance", "null");
  assert_member (texts.document, "höhe", "null");

  synapse->weight = NAN;
  synapse->nulls |= ENGRAM_SYNAPSE_USAGE_COUNT;
  write_texts (&texts, NULL, synapse);
  g_assert_cmpstr (texts.problems->str, ==, "weight ");
  assert_member (texts.document, "weight", "null");
  assert_member (texts.document, "usage_count", "null");
}

static void
test_broken_json (void)
{
  g_autoptr (EngramNeuron) neuron = make_neuron ("tool");
  g_auto (Texts) texts = { NULL };

  engram_neuron_set_text (neuron, ENGRAM_NEURON_INPUT_SCHEMA, "[1, ]");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "of no concern to a tool");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.problems->str, ==, "input_schema ");
  assert_member (texts.document, "input_schema", "{}");
  assert_member (texts.document, "metadata", "{\"engram_broken\": {\"input_schema\": \"[1, ]\"}}");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"a\": 1}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_OUTPUT_SCHEMA, "[\"a list\"]");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "\"text\"");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.problems->str, ==, "input_schema output_schema fields ");
  assert_member (texts.document, "output_schema", "{}");
  assert_member (texts.document, "metadata",
                 "{\"a\": 1, \"engram_broken\": {\"input_schema\": \"[1, ]\", \"output_schema\": \"[\\\"a list\\\"]\","
                 " \"fields\": \"\\\"text\\\"\"}}");

  /* What the metadata were in the document no longer matters. */
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, NULL);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"metadata\": null}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_OUTPUT_SCHEMA, NULL);
  write_texts (&texts, neuron, NULL);
  assert_member (texts.document, "metadata", "{\"engram_broken\": {\"input_schema\": \"[1, ]\"}}");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_INPUT_SCHEMA, NULL);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{'a': 1}");
  write_texts (&texts, neuron, NULL);
  g_assert_cmpstr (texts.problems->str, ==, "metadata ");
  assert_member (texts.document, "metadata", "{\"engram_broken\": {\"metadata\": \"{'a': 1}\"}}");
}

/* It is written all the same. */
static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (ENGRAM_JSON_MAX_STRING_LENGTH + 1, 'x');
  g_autoptr (EngramNeuron) neuron = make_neuron ("knowledge");
  g_autoptr (EngramTypeRegistry) registry = engram_type_registry_new ();
  g_autoptr (GString) document = g_string_new (NULL);
  g_autoptr (GString) problems = g_string_new (NULL);
  g_auto (EngramRecordJsonWriter) writer = { .document = document, .registry = registry, .problem = note_problem };

  writer.user_data = problems;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text + 1);
  engram_record_json_write_neuron (&writer, neuron);
  g_assert_cmpstr (problems->str, ==, "");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  g_string_truncate (document, 0);
  engram_record_json_write_neuron (&writer, neuron);
  g_assert_cmpstr (problems->str, ==, "source_data ");
  g_assert_nonnull (strstr (document->str, text));
}

static char *
make_deep (guint depth)
{
  GString *json = g_string_new ("{\"a\": ");

  for (guint i = 1; i < depth; i++)
    g_string_append_c (json, '[');
  for (guint i = 1; i < depth; i++)
    g_string_append_c (json, ']');
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* A document holds objects in lists in an object, and is nested no deeper than others. */
static void
test_deep (void)
{
  g_autoptr (EngramSynapse) synapse = make_synapse ();
  g_autofree char *deepest = make_deep (ENGRAM_JSON_MAX_DEPTH - 3);
  g_autofree char *too_deep = make_deep (ENGRAM_JSON_MAX_DEPTH - 2);
  g_auto (Texts) texts = { NULL };

  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, deepest);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_FIELDS, too_deep);
  write_texts (&texts, NULL, synapse);
  g_assert_cmpstr (texts.problems->str, ==, "");
  assert_member (texts.document, "metadata", deepest);

  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, too_deep);
  write_texts (&texts, NULL, synapse);
  g_assert_cmpstr (texts.problems->str, ==, "metadata ");
}

static void
assert_kept (const char *metadata,
             const char *field,
             const char *bytes,
             gsize       length,
             const char *expected)
{
  g_autofree char *kept = engram_broken_json_keep (metadata, field, bytes, length);

  g_assert_cmpstr (kept, ==, expected);
}

static void
test_keep (void)
{
  g_autofree char *too_long = g_strnfill (ENGRAM_JSON_MAX_STRING_LENGTH + 1, 'x');

  assert_kept (NULL, "metadata", "{'a'}", 5, "{\"engram_broken\": {\"metadata\": \"{'a'}\"}}");
  assert_kept ("{ }", "metadata", "", 0, "{\"engram_broken\": {\"metadata\": \"\"} }");
  assert_kept ("{\"a\": 1.0}", "t", "a\0\303\251\"", 5,
               "{\"a\": 1.0, \"engram_broken\": {\"t\": \"a\\u0000\\u00e9\\\"\"}}");
  assert_kept (NULL, "t", "a\377b", 3, "{\"engram_broken\": {\"t\": {\"base64\": \"Yf9i\"}}}");
  /* What is kept already stays. */
  assert_kept ("{\"engram_broken\": {\"a\": 1}}", "t", "x", 1, "{\"engram_broken\": {\"a\": 1, \"t\": \"x\"}}");
  assert_kept ("{\"engram_broken\": {\"t\": \"x\"}}", "t", "x", 1, "{\"engram_broken\": {\"t\": \"x\"}}");
  assert_kept ("{\"engram_broken\": {\"t\": \"x\", \"t 2\": \"y\"}}", "t", "z", 1,
               "{\"engram_broken\": {\"t\": \"x\", \"t 2\": \"y\", \"t 3\": \"z\"}}");
  assert_kept ("{\"engram_broken\": [5]}", "t", "x", 1,
               "{\"engram_broken\": {\"engram_broken\": [5], \"t\": \"x\"}}");
  assert_kept ("[]", "t", "x", 1, NULL);
  assert_kept ("{", "t", "x", 1, NULL);
  assert_kept (NULL, "t", too_long, strlen (too_long), NULL);
}

static void
test_to_json (void)
{
  static const float vector[] = { 1.0f, 0.5f };
  g_autoptr (EngramNeuron) neuron = make_neuron ("knowledge");
  g_autoptr (EngramSynapse) synapse = make_synapse ();
  g_autofree char *with_vector = NULL, *without = NULL, *line = NULL;

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"a b\" : [ 1.0, \"x y\" ]}");
  with_vector = engram_neuron_to_json (neuron, TRUE);
  without = engram_neuron_to_json (neuron, FALSE);
  line = engram_synapse_to_json (synapse);
  assert_member (with_vector, "vector", "[1.0,0.5]");
  assert_member (without, "vector", NULL);
  assert_member (without, "metadata", "{\"a b\":[1.0,\"x y\"]}");
  g_assert_true (g_str_has_prefix (without, "{\"id\":\"" ID "\",\"type\":\"knowledge\",\"position\":{\"x\":0.0,"));
  g_assert_cmpstr (line, ==,
                   "{\"id\":\"" ID "\",\"source_neuron_id\":\"s\",\"target_neuron_id\":\"t\",\"weight\":1.0,"
                   "\"usage_count\":0,\"last_traversed\":null,\"synapse_type\":\"knowledge\",\"metadata\":{},"
                   "\"created_at\":\"c\",\"modified_at\":\"m\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-json/types", test_types);
  g_test_add_func ("/record-json/synapse", test_synapse);
  g_test_add_func ("/record-json/layout", test_layout);
  g_test_add_func ("/record-json/others", test_others);
  g_test_add_func ("/record-json/registered-type", test_registered_type);
  g_test_add_func ("/record-json/unregistered-type", test_unregistered_type);
  g_test_add_func ("/record-json/kept/neuron", test_kept_of_neuron);
  g_test_add_func ("/record-json/kept/synapse", test_kept_of_synapse);
  g_test_add_func ("/record-json/kept/still-means", test_still_means);
  g_test_add_func ("/record-json/not-finite", test_not_finite);
  g_test_add_func ("/record-json/broken-json", test_broken_json);
  g_test_add_func ("/record-json/long-text", test_long_text);
  g_test_add_func ("/record-json/deep", test_deep);
  g_test_add_func ("/record-json/keep", test_keep);
  g_test_add_func ("/record-json/to-json", test_to_json);

  return g_test_run ();
}
