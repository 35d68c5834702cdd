/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "text-index-fixture.h"

static void
test_not_built (TextIndexFixture *fixture,
                gconstpointer     data)
{
  g_autoptr (GError) error = NULL;

  text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "axon");
  g_assert_false (engram_text_index_is_current (fixture->index));
  text_index_assert_cannot_say (fixture, "axon");
  g_assert_cmpuint (engram_text_index_get_disk_size (fixture->folder), ==, 0);
  g_assert_true (engram_text_index_clear (fixture->index, &error));
  g_assert_no_error (error);
  g_assert_true (engram_text_index_clear_all (fixture->folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

static void
test_columns (TextIndexFixture *fixture,
              gconstpointer     data)
{
  g_autoptr (EngramNeuron) neuron = NULL;
  gint64 source = text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "An Axon of the first layer");
  gint64 signature = text_index_add (fixture, ENGRAM_NEURON_FUNCTION_SIGNATURE, "def signal(x)");
  gint64 code = text_index_add (fixture, ENGRAM_NEURON_EXECUTABLE_CODE, "return spike");
  gint64 tags = text_index_add (fixture, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"Cortex\"]");
  gint64 metadata = text_index_add (fixture, ENGRAM_NEURON_METADATA, "{\"species\": \"\\u00f6rtlich\"}");
  g_autofree char *id = NULL;

  neuron = engram_neuron_new ("knowledge");
  store_fixture_create (&fixture->store, neuron);
  id = g_ascii_strup (neuron->id, -1);
  text_index_update (fixture);

  text_index_assert_finds (fixture, "aXoN", source);
  text_index_assert_finds (fixture, "xon of the FIRST", source);
  text_index_assert_finds (fixture, "signal(", signature);
  text_index_assert_finds (fixture, "spike", code);
  text_index_assert_finds (fixture, "orte", tags);
  text_index_assert_finds (fixture, "\"Cortex\"]", tags);
  text_index_assert_finds (fixture, "\\u00f6", metadata);
  text_index_assert_finds (fixture, "Örtlich", metadata);
  g_assert_cmpuint (text_index_assert_complete (fixture, id), ==, 1);
  text_index_assert_finds_none (fixture, "axons");
}

static void
test_cannot_say (TextIndexFixture *fixture,
                 gconstpointer     data)
{
  static const char *const words[] = { "", "a", "ax", "ß", "\xff\xfe\xfd" };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  text_index_fill (fixture, 10, "axon");
  text_index_update (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    text_index_assert_cannot_say (fixture, words[i]);

  rows = engram_text_index_find (fixture->index, "axon", text_index_get_stamp (fixture), 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rows);
  rows = engram_text_index_find (fixture->index, "axon", text_index_get_stamp (fixture) + 1, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (rows);
  rows = engram_text_index_find (fixture->index, "axon", text_index_get_stamp (fixture), 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 10);
}

static void
test_moved_on (TextIndexFixture *fixture,
               gconstpointer     data)
{
  gint64 first = text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "dendrite");
  gint64 second = text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "synapse");
  gint64 third = text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "axon of another");

  text_index_update (fixture);
  text_index_assert_finds (fixture, "dendrite", first);
  text_index_assert_finds (fixture, "synapse", second);

  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET source_data='axon'"
                                                  " WHERE source_data='dendrite'"));
  g_assert_false (engram_text_index_is_current (fixture->index));
  text_index_assert_cannot_say (fixture, "dendrite");
  g_free (store_fixture_run_sql (&fixture->store, "DELETE FROM neurons WHERE source_data='synapse'"));
  text_index_update (fixture);
  text_index_assert_finds_none (fixture, "dendrite");
  text_index_assert_finds_none (fixture, "synapse");
  text_index_assert_finds (fixture, "of another", third);
  /* Ascending, though the first has been indexed after the third. */
  g_assert_cmpuint (text_index_assert_complete (fixture, "axon"), ==, 2);
  g_assert_cmpuint (text_index_assert_complete (fixture, "another"), ==, 1);
}

/* Only what has changed is indexed again. */
static void
test_unchanged (TextIndexFixture *fixture,
                gconstpointer     data)
{
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;

  text_index_fill (fixture, 50, "axon");
  text_index_update (fixture);
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET source_data='soma' WHERE rowid IN (3, 9)"));
  text_index_update (fixture);
  before = text_index_list (fixture);
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET activation_level=0.75"));
  g_assert_false (engram_text_index_is_current (fixture->index));
  text_index_update (fixture);
  after = text_index_list (fixture);
  g_assert_cmpuint (after->len, ==, 50);
  g_assert_cmpmem (before->data, before->len * sizeof (EngramTextIndexEntry),
                   after->data, after->len * sizeof (EngramTextIndexEntry));
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpint (g_array_index (after, EngramTextIndexEntry, i).document, ==, i == 2 ? 51 : i == 8 ? 52 : i + 1);
}

/* The same text means something else in a document. */
static void
test_other_column (TextIndexFixture *fixture,
                   gconstpointer     data)
{
  gint64 row = text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, "\\u00e9t\\u00e9");

  text_index_update (fixture);
  text_index_assert_finds_none (fixture, "été");
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET metadata=source_data, source_data=metadata"));
  text_index_update (fixture);
  text_index_assert_finds (fixture, "été", row);
}

/* What SQLite can hold where a text should be. */
static void
test_odd_texts (TextIndexFixture *fixture,
                gconstpointer     data)
{
  static const char *const texts[] = {
    "'Straße und STRASSE'", "'İstanbul ıI'", "'Ὀδυσσεύς ΣΑΣ'", "'na' || char(0x308) || 'ive e' || char(0x301) || 't'",
    "'K' || char(0x212a) || 'elvin'", "CAST (x'6162ff63c3646566' AS TEXT)", "CAST (x'61626300646566ff' AS TEXT)",
    "x'626c6f62c3bc'", "1234567", "12.5e10", "'\"quo\"\"ted\" AND (NEAR* ^x:y)'", "'🧠🧠🧠 ﬁnal ﬁx'",
    "char(0xfffe, 0xffff, 0xfffd, 0x10ffff)",
    "'[\"\\u00e9t\\u00c9\", \"\\ud83e\\udde0abc\", \"\\ud83eabc\\u0000\\n\\\"\\\\\"]'",
    "'{\"a\\'", "'tab' || char(9) || 'line' || char(10) || 'end'",
  };
  static const char *const columns[] = {
    "source_data", "executable_code", "semantic_tags", "metadata", "engram_fields",
  };
  static const char *const words[] = {
    "strasse", "STRASSE", "straße", "ßeu", "i̇stanbul", "İSTANBUL", "ıi", "σεύς", "ΣΕΎΣ", "σας", "ΣΑΣ",
    "näiv", "ive", "NAÏVE",
    "kkelvin", "KELVIN", "abc", "def", "ab\357\277\275c", "\357\277\275def", "blobü", "234567", "125000", "\"quo\"\"",
    "AND (NEAR* ^", "x:y", "🧠🧠🧠", "ﬁnal", "final", "FIX", "\357\277\276\357\277\277\357\277\275", "été", "ÉTÉ", "🧠ABC",
    "\357\277\275abc", "\\u00e9", "\\ud83e", "abc\357\277\275\n", "\"\\", "{\"a\\", "tab\tline", "line\nend",
  };
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (columns); j++)
      {
        g_autofree char *sql = g_strdup_printf (
          "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at, %s)"
          " VALUES ('%02x-%02x', 0, 0, 0, 'knowledge', '2025-11-01', '2025-11-01', %s)",
          columns[j], (guint) i, (guint) j, texts[i]);

        g_free (store_fixture_run_sql (&fixture->store, sql));
      }
  text_index_update (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    n_found += text_index_assert_complete (fixture, words[i]);
  g_assert_cmpuint (n_found, >, 100);
}

/* A letter, or two, from where things are not plain. */
static void
append_random_letter (GString *text,
                      GRand   *random)
{
  static const char *const letters[] = {
    "a", "B", "c", "ß", "ẞ", "S", "s", "ſ", "İ", "ı", "i", "I", "σ", "ς", "Σ", "ü", "U\314\210", "ﬃ", "\"", "'", "\\",
    "\\u00df", "\\u0130", "\\ud83e", "\\udde0", "\\n", "\\\\", " ", "\357\277\275", "\357\277\276", "🧠", "ǅ", "K",
  };

  g_string_append (text, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
}

static char *
make_random_text (GRand *random,
                  guint  max_length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint length = g_rand_int_range (random, 1, max_length + 1);

  for (guint i = 0; i < length; i++)
    append_random_letter (text, random);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A part of a text, in another letter case now and then. */
static char *
make_random_word (GRand      *random,
                  const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  glong start = g_rand_int_range (random, 0, length);
  g_autofree char *part = g_utf8_substring (text, start, MIN (length, start + g_rand_int_range (random, 2, 9)));

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return g_utf8_strup (part, -1);
    case 1:
      return g_utf8_strdown (part, -1);
    case 2:
      return g_utf8_casefold (part, -1);
    default:
      return g_steal_pointer (&part);
    }
}

static void
test_random_words (TextIndexFixture *fixture,
                   gconstpointer     data)
{
  static const EngramNeuronColumns columns[] = { ENGRAM_NEURON_SOURCE_DATA, ENGRAM_NEURON_EXECUTABLE_CODE };
  g_autoptr (GRand) random = g_rand_new_with_seed (20251123);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n_found = 0;

  for (guint i = 0; i < 300; i++)
    {
      char *text = make_random_text (random, 40);

      g_ptr_array_add (texts, text);
      text_index_add (fixture, columns[i % G_N_ELEMENTS (columns)], text);
    }
  /* The documents too, in which another program may have put anything. */
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET metadata=source_data,"
                                                  " semantic_tags=executable_code"));
  text_index_update (fixture);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *word = make_random_word (random, texts->pdata[g_rand_int_range (random, 0, texts->len)]);

      n_found += text_index_assert_complete (fixture, word);
    }
  g_assert_cmpuint (n_found, >, 2000);
}

/* All rows that a search leaves, one after the other. */
static char *
search (EngramSearcher *searcher,
        const char     *word)
{
  const EngramSort sort = { ENGRAM_SORT_ROWS, FALSE };
  g_autofree char *text = engram_query_quote (word);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (GString) rows = g_string_new (NULL);

  g_assert_no_error (error);
  found = engram_searcher_find (searcher, ENGRAM_RECORD_NEURON, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < engram_row_order_get_size (found->order); i++)
    g_string_append_printf (rows, "%" G_GINT64_FORMAT " ", engram_row_order_get (found->order, i));
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

/* By the searcher, whose index lies where those of a person lie. */
static void
test_same_results (TextIndexFixture *fixture,
                   gconstpointer     data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->store.database);
  EngramTextIndex *text_index = engram_searcher_get_text_index (searcher);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = make_random_text (random, 40);

      text_index_add (fixture, ENGRAM_NEURON_SOURCE_DATA, text);
      g_ptr_array_add (words, make_random_word (random, text));
      g_strstrip (words->pdata[i]);
    }
  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (before, *(char *) words->pdata[i] != '\0' ? search (searcher, words->pdata[i]) : g_strdup (""));

  g_assert_true (engram_text_index_update (text_index, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (engram_text_index_is_current (text_index));
  g_assert_cmpuint (engram_text_index_get_disk_size (NULL), >, 0);
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *after = *(char *) words->pdata[i] != '\0' ? search (searcher, words->pdata[i]) : g_strdup ("");

      g_assert_cmpstr (after, ==, before->pdata[i]);
    }
}

static void
test_cancelled (TextIndexFixture *fixture,
                gconstpointer     data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TextIndexWatch cancelled = { cancellable, 0.5, 0 };
  TextIndexWatch whole = { NULL, 0, 0 };
  g_autoptr (GArray) kept = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GError) error = NULL;

  text_index_fill (fixture, 400, "axon");
  g_assert_false (engram_text_index_update (fixture->index, text_index_watch, &cancelled, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (engram_text_index_is_current (fixture->index));
  text_index_assert_cannot_say (fixture, "axon");
  kept = text_index_list (fixture);
  g_assert_cmpuint (kept->len, >, 100);
  g_assert_cmpuint (kept->len, <, 400);
  g_clear_error (&error);

  g_assert_true (engram_text_index_update (fixture->index, text_index_watch, &whole, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (whole.reached, ==, 1);
  all = text_index_list (fixture);
  g_assert_cmpuint (all->len, ==, 400);
  /* What was kept was not written again. */
  for (guint i = 0; i < kept->len; i++)
    g_assert_cmpint (g_array_index (kept, EngramTextIndexEntry, i).document, ==,
                     g_array_index (all, EngramTextIndexEntry, i).document);

  g_clear_object (&fixture->index);
  fixture->index = engram_text_index_new (fixture->store.database, fixture->folder);
  g_assert_false (engram_text_index_update (fixture->index, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_find_cancelled (TextIndexFixture *fixture,
                     gconstpointer     data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  text_index_fill (fixture, 3000, "axon");
  text_index_update (fixture);
  g_cancellable_cancel (cancellable);
  rows = engram_text_index_find (fixture->index, "axon", text_index_get_stamp (fixture), G_MAXSIZE, cancellable,
                                 &error);
  g_assert_null (rows);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (engram_text_index_is_current (fixture->index));
}

/* In several transactions, by several threads. */
static void
test_batches (TextIndexFixture *fixture,
              gconstpointer     data)
{
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) entries = NULL;

  engram_text_index_store_set_batch (700);
  text_index_fill (fixture, 6000, "axon number");
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET rowid = -rowid WHERE rowid % 3 = 0"));
  text_index_update (fixture);
  rows = text_index_find (fixture, "axon");
  g_assert_cmpuint (rows->len, ==, 6000);
  g_assert_cmpuint (text_index_assert_complete (fixture, "number 59"), ==, 111);
  entries = text_index_list (fixture);
  g_assert_cmpuint (entries->len, ==, 6000);
}

#define ADD(path, function) \
  g_test_add ("/text-index/" path, TextIndexFixture, NULL, text_index_set_up, function, text_index_tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_folder_new ();

  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("not-built", test_not_built);
  ADD ("columns", test_columns);
  ADD ("cannot-say", test_cannot_say);
  ADD ("moved-on", test_moved_on);
  ADD ("unchanged", test_unchanged);
  ADD ("other-column", test_other_column);
  ADD ("odd-texts", test_odd_texts);
  ADD ("random-words", test_random_words);
  ADD ("same-results", test_same_results);
  ADD ("cancelled", test_cancelled);
  ADD ("find-cancelled", test_find_cancelled);
  ADD ("batches", test_batches);

  return g_test_run ();
}
