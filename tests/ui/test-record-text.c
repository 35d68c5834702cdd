/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "lists/engram-record-layout.h"
#include "lists/engram-record-text.h"

#define ID "00000000-0000-4000-8000-000000000001"
#define OTHER_ID "00000000-0000-4000-8000-000000000002"

/* Layout */

static char *
normalize (EngramRecordKind  kind,
           const char       *text)
{
  g_autoptr (EngramRecordLayout) layout = engram_record_layout_parse (kind, text);

  return engram_record_layout_dup_text (layout);
}

static void
test_layout_default (void)
{
  g_autofree char *neurons = normalize (ENGRAM_RECORD_NEURON, NULL);
  g_autofree char *synapses = normalize (ENGRAM_RECORD_SYNAPSE, "");

  g_assert_cmpstr (neurons, ==,
                   "type text score tags -x -y -z activation -importance synapses -incoming -outgoing community component pagerank "
                   "betweenness faithfulness change moved drift -executions "
                   "-created modified -id sort=rows");
  g_assert_cmpstr (synapses, ==,
                   "from to weight -strength change weight-change type usage last-traversed -created -modified -id sort=rows");
}

/* What was written comes back. */
static void
test_layout_kept (void)
{
  const char *text = "id:210 -from to:90 weight -strength change -weight-change type usage -last-traversed created modified sort=-weight";
  g_autofree char *kept = normalize (ENGRAM_RECORD_SYNAPSE, text);

  g_assert_cmpstr (kept, ==, text);
}

static void
test_layout_missing (void)
{
  g_autofree char *layout = normalize (ENGRAM_RECORD_SYNAPSE, "weight from sort=source");

  /* Behind those that they follow at first. */
  g_assert_cmpstr (layout, ==,
                   "weight -strength change weight-change type usage last-traversed -created -modified -id from to "
                   "sort=source");
}

static void
test_layout_unknown (void)
{
  g_autofree char *layout = normalize (ENGRAM_RECORD_SYNAPSE,
                                       "from: from:20 -x to:-5 colour:9 weight:9999999 type:80px  - : sort=colour");

  g_assert_cmpstr (layout, ==,
                   "from to weight -strength change weight-change type usage last-traversed -created -modified -id sort=rows");
}

/* A key of the other kind is none; neither is a direction without a key. */
static void
test_layout_sort (void)
{
  g_autofree char *other = normalize (ENGRAM_RECORD_NEURON, "sort=-weight");
  g_autofree char *unknown = normalize (ENGRAM_RECORD_NEURON, "sort=-");
  g_autofree char *descending = normalize (ENGRAM_RECORD_NEURON, "sort=-degree");
  g_autofree char *rows = normalize (ENGRAM_RECORD_NEURON, "sort=-rows");

  g_assert_true (g_str_has_suffix (other, " sort=rows"));
  g_assert_true (g_str_has_suffix (unknown, " sort=rows"));
  g_assert_true (g_str_has_suffix (descending, " sort=-degree"));
  g_assert_true (g_str_has_suffix (rows, " sort=-rows"));
}

static void
test_layout_nothing_shown (void)
{
  g_autofree char *layout = normalize (ENGRAM_RECORD_SYNAPSE,
                                       "-from -to -weight -strength -type -usage -last-traversed -created -modified "
                                       "-id sort=rows");

  g_assert_cmpstr (layout, ==,
                   "from to weight -strength change weight-change type usage last-traversed -created -modified -id "
                   "sort=rows");
}

/* Every column can be sorted by, and each by something else. */
static void
test_columns_sortable (void)
{
  for (guint kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      gsize n_columns;
      const EngramColumn *columns = engram_columns_list (kind, &n_columns);
      guint64 keys = 0;

      for (gsize i = 0; i < n_columns; i++)
        {
          g_assert_cmpint (columns[i].key, !=, ENGRAM_SORT_ROWS);
          g_assert_true (engram_sort_key_fits (columns[i].key, kind));
          g_assert_cmpuint (keys & (G_GUINT64_CONSTANT (1) << columns[i].key), ==, 0);
          keys |= G_GUINT64_CONSTANT (1) << columns[i].key;
          g_assert_true (engram_columns_find (kind, columns[i].name) == &columns[i]);
        }
    }
}

/* Formats */

static EngramNeuron *
neuron_new (void)
{
  EngramNeuron *neuron = engram_neuron_new ("memory");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, ID);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Say \"no\",\tthen\r\nleave");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"one\", \"two, three\"]");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"importance\": 0.75}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, "2025-11-01T09:00:00.123456");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_MODIFIED_AT, "2025-11-02T10:00:00");
  neuron->position[0] = -12.125;
  neuron->position[1] = 1.0 / 3;
  neuron->activation_level = 0.1;
  neuron->execution_count = 1234567;
  return neuron;
}

static EngramSynapse *
synapse_new (void)
{
  EngramSynapse *synapse = engram_synapse_new (ID, OTHER_ID, -0.25, "tool_input");

  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, "00000000-0000-4000-8000-00000000000a");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, "2025-11-01T09:00:00");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, "2025-11-02T10:00:00");
  synapse->usage_count = 7;
  return synapse;
}

/* Takes the columns of a list of names, NULL at the end. */
static GPtrArray *
pick_columns (EngramRecordKind    kind,
              const char * const *names)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (columns, (gpointer) engram_columns_find (kind, names[i]));
  return columns;
}

static char *
write_neurons (EngramRecordFormat  format,
               GPtrArray          *columns,
               guint               n_neurons)
{
  g_autoptr (EngramNeuron) neuron = neuron_new ();
  EngramRecordValues values = { neuron, .outgoing = 3, .incoming = 2, .score = NAN };
  EngramRecordText *text = engram_record_text_new (format, ENGRAM_RECORD_NEURON, columns);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n_neurons; i++)
    engram_record_text_append (text, &values);
  bytes = engram_record_text_free_to_bytes (text);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
write_synapse (EngramRecordFormat  format,
               GPtrArray          *columns,
               const char         *target_summary)
{
  g_autoptr (EngramSynapse) synapse = synapse_new ();
  EngramRecordValues values = {
    .score = NAN, .synapse = synapse, .source_summary = "The source", .source_type = "tool",
    .target_summary = target_summary,
  };
  EngramRecordText *text = engram_record_text_new (format, ENGRAM_RECORD_SYNAPSE, columns);
  g_autoptr (GBytes) bytes = NULL;

  engram_record_text_append (text, &values);
  bytes = engram_record_text_free_to_bytes (text);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_text (void)
{
  const char *const names[] = { "text", "x", "synapses", "id", NULL };
  g_autoptr (GPtrArray) columns = pick_columns (ENGRAM_RECORD_NEURON, names);
  g_autofree char *text = write_neurons (ENGRAM_RECORD_TEXT, columns, 2);

  /* No field breaks a line or begins another field; numbers are such as programs read. */
  g_assert_cmpstr (text, ==,
                   "Text\tX\tSynapses\tId\n"
                   "Say \"no\", then  leave\t-12.125\t5\t" ID "\n"
                   "Say \"no\", then  leave\t-12.125\t5\t" ID "\n");
}

static void
test_csv (void)
{
  g_autofree char *text = write_neurons (ENGRAM_RECORD_CSV, NULL, 1);

  g_assert_cmpstr (text, ==,
                   "type,text,score,tags,x,y,z,activation,importance,synapses,incoming,outgoing,executions,created,"
                   "modified,id\r\n"
                   "memory,\"Say \"\"no\"\",\tthen\r\nleave\",,\"one, two, three\",-12.125,0.3333333333333333,0.0,0.1,"
                   "0.75,5,2,3,1234567,2025-11-01T09:00:00.123456,2025-11-02T10:00:00," ID "\r\n");
}

/* The ids of both ends come with them, also where a neuron is missing. */
static void
test_csv_synapse (void)
{
  g_autofree char *text = write_synapse (ENGRAM_RECORD_CSV, NULL, NULL);

  g_assert_cmpstr (text, ==,
                   "from,to,weight,strength,type,usage,last-traversed,created,modified,id,from-id,to-id\r\n"
                   "The source,,-0.25,0.25,tool_input,7,,2025-11-01T09:00:00,2025-11-02T10:00:00,"
                   "00000000-0000-4000-8000-00000000000a," ID "," OTHER_ID "\r\n");
}

static void
count_record (const char     *name,
              const char     *value,
              EngramJsonType  type,
              gpointer        user_data)
{
  guint *n_records = user_data;
  g_autofree char *id = engram_json_object_get (value, "id");

  g_assert_cmpstr (id, ==, "\"" ID "\"");
  ++*n_records;
}

static void
test_json (void)
{
  for (guint n_neurons = 0; n_neurons <= 2; n_neurons++)
    {
      g_autofree char *text = write_neurons (ENGRAM_RECORD_JSON, NULL, n_neurons);
      guint n_records = 0;

      g_assert_true (engram_json_foreach (text, count_record, &n_records));
      g_assert_cmpuint (n_records, ==, n_neurons);
      g_assert_null (strstr (text, "\"vector\""));
    }
}

static void
test_json_synapse (void)
{
  g_autofree char *text = write_synapse (ENGRAM_RECORD_JSON, NULL, "The target");
  g_autoptr (EngramSynapse) synapse = synapse_new ();
  g_autofree char *record = engram_synapse_to_json (synapse);
  g_autofree char *expected = g_strdup_printf ("[\n%s\n]\n", record);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_ids (void)
{
  g_autofree char *text = write_neurons (ENGRAM_RECORD_IDS, NULL, 2);

  g_assert_cmpstr (text, ==, ID "\n" ID "\n");
}

/* What is not there is empty, never "nan" or "(null)". */
static void
test_empty_values (void)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("decision");
  EngramRecordValues values = { neuron, .score = NAN };
  EngramRecordText *text;
  const char *const names[] = { "score", "importance", "x", "activation", "tags", "executions", NULL };
  g_autoptr (GPtrArray) columns = pick_columns (ENGRAM_RECORD_NEURON, names);
  g_autoptr (GBytes) bytes = NULL;

  neuron->position[0] = NAN;
  neuron->nulls = ENGRAM_NEURON_ACTIVATION_LEVEL | ENGRAM_NEURON_EXECUTION_COUNT;
  text = engram_record_text_new (ENGRAM_RECORD_CSV, ENGRAM_RECORD_NEURON, columns);
  engram_record_text_append (text, &values);
  bytes = engram_record_text_free_to_bytes (text);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   "score,importance,x,activation,tags,executions\r\n,,,,,\r\n",
                   strlen ("score,importance,x,activation,tags,executions\r\n,,,,,\r\n"));
}

static void
test_format_names (void)
{
  EngramRecordFormat format;

  g_assert_true (engram_record_format_from_name ("csv", &format));
  g_assert_cmpint (format, ==, ENGRAM_RECORD_CSV);
  g_assert_cmpstr (engram_record_format_get_mime_type (format), ==, "text/csv");
  g_assert_true (engram_record_format_from_name ("json", &format));
  g_assert_cmpstr (engram_record_format_get_mime_type (format), ==, "application/json");
  g_assert_false (engram_record_format_from_name ("xml", &format));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-layout/default", test_layout_default);
  g_test_add_func ("/record-layout/kept", test_layout_kept);
  g_test_add_func ("/record-layout/missing", test_layout_missing);
  g_test_add_func ("/record-layout/unknown", test_layout_unknown);
  g_test_add_func ("/record-layout/sort", test_layout_sort);
  g_test_add_func ("/record-layout/nothing-shown", test_layout_nothing_shown);
  g_test_add_func ("/record-columns/sortable", test_columns_sortable);
  g_test_add_func ("/record-text/text", test_text);
  g_test_add_func ("/record-text/csv", test_csv);
  g_test_add_func ("/record-text/csv-synapse", test_csv_synapse);
  g_test_add_func ("/record-text/json", test_json);
  g_test_add_func ("/record-text/json-synapse", test_json_synapse);
  g_test_add_func ("/record-text/ids", test_ids);
  g_test_add_func ("/record-text/empty-values", test_empty_values);
  g_test_add_func ("/record-text/format-names", test_format_names);

  return g_test_run ();
}
