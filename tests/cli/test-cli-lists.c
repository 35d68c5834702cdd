/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

/* engram-cli neurons and synapses: which rows, and what of them. */

static GStrv
run_lines (CliRun *run)
{
  cli_assert_status (run, 0);
  return cli_run_lines (run);
}

static void
assert_member (const char *object,
               const char *name,
               const char *expected)
{
  g_autofree char *value = cli_member (object, name);

  g_assert_cmpstr (value, ==, expected);
}

/* Three neurons and three synapses with known values, the oddest that a file may hold. */
static char *
make_known_network (const char *folder)
{
  char *path = g_build_filename (folder, "known ü.db", NULL);
  g_autoptr (CliRun) run = cli_run ("create", path, NULL);

  cli_assert_status (run, 0);
  cli_execute_sql (path,
    "INSERT INTO neurons (id, position_x, position_y, position_z, vector, neuron_type, metadata,"
    " activation_level, created_at, modified_at, source_data, compression_ratio, semantic_tags) VALUES"
    " ('11111111-1111-4111-8111-111111111111', 1, -2.5, 1e-7, x'0000803fcdcccc3d', 'knowledge',"
    "  '{ \"big\": 12345678901234567890, \"x\": 1e-07 }', 0.25, '2025-11-01T09:00:00', '2025-11-01T09:00:00',"
    "  'Größe' || char (10, 27) || '[31m', 2.0, '[\"a\", \"b\"]'),"
    " ('22222222-2222-4222-8222-222222222222', 9e999, 0, 0, NULL, 'chronos', '{''a'': 1}', NULL,"
    "  '2025-11-02T09:00:00', '2025-11-02T09:00:00.500000', 'text of chronos', NULL, '[broken'),"
    " ('33333333-3333-4333-8333-333333333333', 0, 0, 0, NULL, 'tool', NULL, 1,"
    "  '2025-11-03T09:00:00', '2025-11-03T09:00:00', NULL, NULL, NULL);"
    "INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, usage_count, last_traversed,"
    " synapse_type, metadata, created_at, modified_at) VALUES"
    " ('aaaaaaaa-1111-4111-8111-111111111111', '11111111-1111-4111-8111-111111111111',"
    "  '22222222-2222-4222-8222-222222222222', -0.5, 3, NULL, 'knowledge', '{\"why\": [1.0, 1]}',"
    "  '2025-11-01T09:00:00', '2025-11-01T09:00:00'),"
    " ('bbbbbbbb-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222',"
    "  '33333333-3333-4333-8333-333333333333', 0.1, NULL, '2025-11-01T09:00:00', 'tool_input', 'no JSON',"
    "  '2025-11-01T09:00:00', '2025-11-01T09:00:00'),"
    " ('cccccccc-1111-4111-8111-111111111111', '11111111-1111-4111-8111-111111111111',"
    "  '33333333-3333-4333-8333-333333333333', 1, 0, NULL, 'knowledge', NULL,"
    "  '2025-11-01T09:00:00', '2025-11-01T09:00:00');");
  return path;
}

static void
test_neuron_members (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_known_network (folder);
  g_autoptr (CliRun) run = cli_run ("neurons", path, "--json", "--vectors", NULL);
  g_auto (GStrv) lines = run_lines (run);
  g_autofree char *position = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_member (lines[0], "id", "\"11111111-1111-4111-8111-111111111111\"");
  assert_member (lines[0], "type", "\"knowledge\"");
  position = cli_member (lines[0], "position");
  assert_member (position, "x", "1.0");
  assert_member (position, "y", "-2.5");
  assert_member (position, "z", "1e-07");
  assert_member (lines[0], "vector", "[1.0,0.10000000149011612]");
  g_assert_nonnull (strstr (lines[0], "12345678901234567890"));
  g_assert_nonnull (strstr (lines[0], "1e-07"));
  assert_member (lines[0], "activation_level", "0.25");
  assert_member (lines[0], "created_at", "\"2025-11-01T09:00:00\"");
  assert_member (lines[0], "modified_at", "\"2025-11-01T09:00:00\"");
  assert_member (lines[0], "compression_ratio", "2.0");
  assert_member (lines[0], "importance", "0.5");
  g_assert_nonnull (strstr (lines[0], "\"semantic_tags\":"));
  assert_member (lines[0], "executable_code", NULL);

  /* Not registered: what its row holds, by column; what is no JSON, as text in the metadata; what is not finite, null.
   * All as a document has it. */
  assert_member (lines[1], "type", "\"chronos\"");
  assert_member (lines[1], "vector", "null");
  assert_member (lines[1], "metadata", "{\"engram_broken\":{\"metadata\":\"{'a': 1}\",\"semantic_tags\":\"[broken\"}}");
  assert_member (lines[1], "activation_level", "null");
  assert_member (lines[1], "source_data", "\"text of chronos\"");
  assert_member (lines[1], "semantic_tags", "[]");
  assert_member (lines[1], "compression_ratio", NULL);
  assert_member (lines[1], "execution_count", "0");
  g_clear_pointer (&position, g_free);
  position = cli_member (lines[1], "position");
  assert_member (position, "x", "null");

  assert_member (lines[2], "metadata", "{}");
  assert_member (lines[2], "activation_threshold", "0.5");
  assert_member (lines[2], "function_signature", "null");
}

static void
test_neuron_filters (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_known_network (folder);
  const struct {
    const char *options[4];
    const char *first; /* how the id of the first begins, or NULL where there is none */
    guint       count;
  } cases[] = {
    { { NULL }, "1111", 3 },
    { { "--limit=2" }, "1111", 2 },
    { { "--limit", "0" }, NULL, 0 },
    { { "--offset=2" }, "3333", 1 },
    { { "--offset=1", "--limit=1" }, "2222", 1 },
    { { "--offset=99" }, NULL, 0 },
    { { "--type", "chronos" }, "2222", 1 },
    { { "--type", "" }, NULL, 0 },
    { { "--text", "GRÖßE" }, "1111", 1 },
    { { "--text", "CHRONOS" }, "2222", 1 },
    { { "--text", "%" }, NULL, 0 },
    { { "--modified-since", "2025-11-02" }, "2222", 2 },
    { { "--modified-since", "2025-11-02T09:00:00.500000" }, "2222", 2 },
    { { "--modified-since", "2025-11-02T09:00:00.600000" }, "3333", 1 },
    { { "--type=tool", "--modified-since=2025-11-02", "--limit=5" }, "3333", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char * const *options = cases[i].options;
      g_autoptr (CliRun) run = cli_run ("neurons", path, "--json", options[0], options[1], options[2], NULL);
      g_auto (GStrv) lines = run_lines (run);
      g_autofree char *id = NULL;

      g_assert_cmpuint (*run->output == '\0' ? 0 : g_strv_length (lines), ==, cases[i].count);
      if (cases[i].first == NULL)
        continue;
      id = cli_member (lines[0], "id");
      g_assert_true (g_str_has_prefix (id + 1, cases[i].first));
    }
}

static void
test_synapse_members (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_known_network (folder);
  g_autoptr (CliRun) run = cli_run ("synapses", path, "--json", NULL);
  g_auto (GStrv) lines = run_lines (run);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_member (lines[0], "id", "\"aaaaaaaa-1111-4111-8111-111111111111\"");
  assert_member (lines[0], "source_neuron_id", "\"11111111-1111-4111-8111-111111111111\"");
  assert_member (lines[0], "target_neuron_id", "\"22222222-2222-4222-8222-222222222222\"");
  assert_member (lines[0], "weight", "-0.5");
  assert_member (lines[0], "usage_count", "3");
  assert_member (lines[0], "last_traversed", "null");
  assert_member (lines[0], "synapse_type", "\"knowledge\"");
  g_assert_nonnull (strstr (lines[0], "1.0"));
  assert_member (lines[0], "created_at", "\"2025-11-01T09:00:00\"");
  assert_member (lines[1], "metadata", "{\"engram_broken\":{\"metadata\":\"no JSON\"}}");
  assert_member (lines[1], "usage_count", "null");
  assert_member (lines[1], "last_traversed", "\"2025-11-01T09:00:00\"");
  assert_member (lines[2], "metadata", "{}");
}

static void
test_synapse_filters (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_known_network (folder);
  const struct {
    const char *options[4];
    const char *ids; /* the first letters, in order */
  } cases[] = {
    { { NULL }, "abc" },
    { { "--source", "11111111-1111-4111-8111-111111111111" }, "ac" },
    { { "--target", "33333333-3333-4333-8333-333333333333" }, "bc" },
    { { "--source=11111111-1111-4111-8111-111111111111",
        "--target=33333333-3333-4333-8333-333333333333" }, "c" },
    { { "--source", "nobody" }, "" },
    { { "--min-weight", "-0.5" }, "abc" },
    { { "--min-weight", "-0.49" }, "bc" },
    { { "--max-weight", "0.1" }, "ab" },
    { { "--min-weight=0.1", "--max-weight=0.1" }, "b" },
    { { "--offset=1", "--limit=1" }, "b" },
    { { "--min-weight=0", "--offset=1" }, "c" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char * const *options = cases[i].options;
      g_autoptr (CliRun) run = cli_run ("synapses", path, "--json", options[0], options[1], NULL);
      g_auto (GStrv) lines = run_lines (run);
      g_autoptr (GString) ids = g_string_new (NULL);

      for (gsize j = 0; lines[j] != NULL && *lines[j] != '\0'; j++)
        {
          g_autofree char *id = cli_member (lines[j], "id");

          g_string_append_c (ids, id[1]);
        }
      g_assert_cmpstr (ids->str, ==, cases[i].ids);
    }
}

/* For people: one line each, whatever the text holds. */
static void
test_text (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_known_network (folder);
  g_autoptr (CliRun) neurons = cli_run ("neurons", path, "--vectors", NULL);
  g_autoptr (CliRun) synapses = cli_run ("synapses", path, NULL);
  g_auto (GStrv) neuron_lines = run_lines (neurons);
  g_auto (GStrv) synapse_lines = run_lines (synapses);

  g_assert_cmpuint (g_strv_length (neuron_lines), ==, 3);
  g_assert_cmpuint (g_strv_length (synapse_lines), ==, 3);
  g_assert_nonnull (strstr (neuron_lines[0], "Größe"));
  g_assert_null (strchr (neuron_lines[0], '\033'));
  g_assert_nonnull (strstr (neuron_lines[0], "0.10000000149011612"));
  g_assert_nonnull (strstr (synapse_lines[0], "-0.5"));
}

/* A JSON reader that is not ours agrees. */
static void
test_python (void)
{
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_known_network (folder);
  const char *commands[] = { "neurons", "synapses", "info" };

  if (python == NULL)
    {
      g_test_skip ("python3 is not there");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) run = cli_run (commands[i], path, "--json", NULL);
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GError) error = NULL;

      cli_assert_status (run, 0);
      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, python, "-c",
                                  "import json, sys\n"
                                  "def pairs(p):\n"
                                  "  assert len(dict(p)) == len(p)\n"
                                  "  return dict(p)\n"
                                  "for line in sys.stdin.buffer:\n"
                                  "  value = json.loads(line, object_pairs_hook=pairs, parse_constant=int)\n"
                                  "  assert isinstance(value, dict)\n", NULL);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, run->output, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_get_successful (process));
    }
}

static void
assert_list_of_damaged (const char *command,
                        const char *path)
{
  g_autofree char *hash = test_hash_file (path);
  g_autoptr (CliRun) run = cli_run (command, path, "--json", NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_auto (GStrv) lines = cli_run_lines (run);

  g_test_message ("%s %s: %d", command, path, run->status);
  g_assert_true (run->status == 0 || run->status == 1);
  g_assert_true (run->status == 0 ? *run->errors == '\0' : g_str_has_prefix (run->errors, "engram-cli: "));
  g_assert_cmpstr (hash_after, ==, hash);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_cmpint (engram_json_check (lines[i], -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
}

/* Whatever a file holds, each line is JSON, and the file stays as it is. */
static void
test_damaged (void)
{
  g_autofree char *damaged = test_shared_data ("damaged");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "damaged.db", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (damaged == NULL)
    return;
  dir = g_dir_open (damaged, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      const char *commands[] = { "info", "neurons", "synapses" };
      g_autofree char *source = g_build_filename (damaged, name, NULL);
      g_autofree char *names = NULL;

      if (!g_str_has_suffix (name, ".db"))
        continue;
      g_test_message ("%s", name);
      test_copy_file (source, path);
      for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        assert_list_of_damaged (commands[i], path);
      names = cli_list_folder (folder);
      g_assert_cmpstr (names, ==, "damaged.db");
    }
}

void
cli_lists_add_tests (void)
{
  g_test_add_func ("/cli/neurons/members", test_neuron_members);
  g_test_add_func ("/cli/neurons/filters", test_neuron_filters);
  g_test_add_func ("/cli/synapses/members", test_synapse_members);
  g_test_add_func ("/cli/synapses/filters", test_synapse_filters);
  g_test_add_func ("/cli/text", test_text);
  g_test_add_func ("/cli/python", test_python);
  g_test_add_func ("/cli/damaged", test_damaged);
}
