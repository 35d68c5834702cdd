/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "test-support.h"

/* What a save makes of what is to stay, to come and to go: a copy of version-1.db, in which synapse 4 leads to neuron 4
 * and synapse 5 from neuron 4 to neuron 5. */

typedef struct {
  char           *folder;
  char           *path;
  EngramDatabase *database;
  EngramContents *contents;
} Fixture;

static void
execute (Fixture    *fixture,
         const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* The first column of all rows. */
static char *
query (Fixture    *fixture,
       const char *sql)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (rows, "%s\n", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static EngramContents *
load_all (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EngramContents *contents = engram_load_all (fixture->database, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return contents;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  sql)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = test_folder_new ();
  fixture->path = test_version_1 (fixture->folder, "a.db");
  if (sql != NULL)
    execute (fixture, sql);
  fixture->database = engram_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  fixture->contents = load_all (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  sql)
{
  engram_contents_free (fixture->contents);
  g_object_unref (fixture->database);
  g_free (fixture->path);
  test_folder_free (fixture->folder);
}

static EngramNeuron *
get_neuron (EngramContents *contents,
            guint           i)
{
  return g_ptr_array_index (contents->neurons, i);
}

static EngramSynapse *
get_synapse (EngramContents *contents,
             guint           i)
{
  return g_ptr_array_index (contents->synapses, i);
}

static void
save_all (Fixture        *fixture,
          EngramTransfer *transfer)
{
  g_autoptr (GError) error = NULL;

  engram_save_all (fixture->database, fixture->contents, transfer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
save_changes (Fixture             *fixture,
              EngramChangeTracker *tracker,
              EngramTransfer      *transfer)
{
  g_autoptr (GError) error = NULL;

  engram_save_changes (fixture->database, fixture->contents, tracker, transfer, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture             *fixture,
                EngramChangeTracker *tracker,
                EngramError          code,
                const char          *id,
                const char          *field)
{
  g_autoptr (GError) error = NULL;

  if (tracker == NULL)
    g_assert_false (engram_save_all (fixture->database, fixture->contents, NULL, NULL, NULL, NULL, &error));
  else
    g_assert_false (engram_save_changes (fixture->database, fixture->contents, tracker, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, (int) code);
  g_assert_cmpstr (engram_error_get_id (error), ==, id);
  g_assert_cmpstr (engram_error_get_field (error), ==, field);
}

static void
assert_saved (Fixture *fixture)
{
  g_autoptr (EngramContents) read = load_all (fixture);

  g_assert_cmpuint (read->neurons->len, ==, fixture->contents->neurons->len);
  g_assert_cmpuint (read->synapses->len, ==, fixture->contents->synapses->len);
  for (guint i = 0; i < read->neurons->len; i++)
    g_assert_cmphex (engram_neuron_compare (get_neuron (read, i), get_neuron (fixture->contents, i)), ==, 0);
  for (guint i = 0; i < read->synapses->len; i++)
    g_assert_cmphex (engram_synapse_compare (get_synapse (read, i), get_synapse (fixture->contents, i)), ==, 0);
}

/* Neuron 4 goes, a new one comes, and what was at neuron 4 is led there. */
static void
replace_neuron (Fixture             *fixture,
                EngramChangeTracker *tracker)
{
  EngramNeuron *neuron = engram_neuron_new ("knowledge");
  const EngramSynapse *in = get_synapse (fixture->contents, 3);
  const EngramSynapse *out = get_synapse (fixture->contents, 4);

  engram_synapse_set_text (get_synapse (fixture->contents, 3), ENGRAM_SYNAPSE_TARGET, neuron->id);
  engram_synapse_set_text (get_synapse (fixture->contents, 4), ENGRAM_SYNAPSE_SOURCE, neuron->id);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, in->id, ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, out->id, ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, get_neuron (fixture->contents, 3)->id,
                              ENGRAM_CHANGE_DELETED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, neuron->id, ENGRAM_CHANGE_CREATED);
  g_ptr_array_remove_index (fixture->contents->neurons, 3);
  g_ptr_array_add (fixture->contents->neurons, neuron);
}

static void
test_led_elsewhere (Fixture       *fixture,
                    gconstpointer  sql)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  EngramTransfer transfer;

  replace_neuron (fixture, tracker);
  save_all (fixture, &transfer);
  g_assert_cmpuint (transfer.synapses_modified, ==, 2);
  g_assert_cmpuint (transfer.synapses_deleted, ==, 0);
  g_assert_cmpuint (transfer.neurons_deleted, ==, 1);
  assert_saved (fixture);
}

static void
test_led_elsewhere_by_changes (Fixture       *fixture,
                               gconstpointer  sql)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  EngramTransfer transfer;

  replace_neuron (fixture, tracker);
  save_changes (fixture, tracker, &transfer);
  g_assert_cmpuint (transfer.synapses_modified, ==, 2);
  g_assert_cmpuint (transfer.synapses_deleted, ==, 0);
  g_assert_cmpuint (transfer.neurons_deleted, ==, 1);
  assert_saved (fixture);
}

/* A synapse that is to stay does not silently go with its neuron. */
static void
test_end_goes (Fixture       *fixture,
               gconstpointer  sql)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  g_autoptr (EngramContents) read = NULL;
  const EngramSynapse *synapse = get_synapse (fixture->contents, 3);

  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, get_neuron (fixture->contents, 3)->id,
                              ENGRAM_CHANGE_DELETED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, synapse->id, ENGRAM_CHANGE_MODIFIED);
  g_ptr_array_remove_index (fixture->contents->neurons, 3);
  assert_refused (fixture, NULL, ENGRAM_ERROR_NOT_FOUND, synapse->id, "target_neuron_id");
  assert_refused (fixture, tracker, ENGRAM_ERROR_NOT_FOUND, synapse->id, "target_neuron_id");
  read = load_all (fixture);
  g_assert_cmpuint (read->neurons->len, ==, 5);
  g_assert_cmpuint (read->synapses->len, ==, 6);
}

static EngramNeuron *
new_with_vector (void)
{
  EngramNeuron *neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_vector (neuron, (float[]) { 1, 2, 3 }, 3);
  return neuron;
}

/* Neurons that go have no say in the length of vectors. */
static void
test_other_dimension (Fixture       *fixture,
                      gconstpointer  sql)
{
  g_ptr_array_set_size (fixture->contents->synapses, 0);
  g_ptr_array_set_size (fixture->contents->neurons, 0);
  g_ptr_array_add (fixture->contents->neurons, new_with_vector ());
  g_ptr_array_add (fixture->contents->neurons, new_with_vector ());
  save_all (fixture, NULL);
  assert_saved (fixture);
}

static void
test_other_dimension_by_changes (Fixture       *fixture,
                                 gconstpointer  sql)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  EngramNeuron *kept = get_neuron (fixture->contents, 3);
  EngramNeuron *neuron = new_with_vector ();
  EngramTransfer transfer;

  /* Neuron 4 has no vector until now. */
  engram_neuron_set_vector (kept, neuron->vector, neuron->vector_length);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, kept->id, ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, neuron->id, ENGRAM_CHANGE_CREATED);
  for (guint i = 0; i < 5; i++)
    if (i != 3)
      engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, get_neuron (fixture->contents, i)->id,
                                  ENGRAM_CHANGE_DELETED);
  g_ptr_array_remove_index (fixture->contents->neurons, 4);
  g_ptr_array_remove_range (fixture->contents->neurons, 0, 3);
  g_ptr_array_add (fixture->contents->neurons, neuron);
  g_ptr_array_set_size (fixture->contents->synapses, 0);
  save_changes (fixture, tracker, &transfer);
  g_assert_cmpuint (transfer.neurons_modified, ==, 1);
  g_assert_cmpuint (transfer.neurons_deleted, ==, 4);
  assert_saved (fixture);
}

/* Those that stay do. */
static void
test_dimension_of_the_rest (Fixture       *fixture,
                            gconstpointer  sql)
{
  EngramNeuron *neuron = new_with_vector ();

  g_ptr_array_set_size (fixture->contents->synapses, 0);
  g_ptr_array_remove_range (fixture->contents->neurons, 1, 4);
  g_ptr_array_add (fixture->contents->neurons, neuron);
  assert_refused (fixture, NULL, ENGRAM_ERROR_INVALID, neuron->id, "vector");
}

/* Rows whose ids are NULL, a blob, or bytes that are no text. */
#define NAMELESS                                                                                         \
  "PRAGMA foreign_keys=OFF;"                                                                             \
  "UPDATE neurons SET id=NULL WHERE rowid IN (2, 3);"                                                    \
  "UPDATE neurons SET id=x'0102' WHERE rowid=4; UPDATE neurons SET id=CAST(x'61ff62' AS TEXT) WHERE rowid=5;" \
  "UPDATE synapses SET id=NULL WHERE rowid IN (1, 2, 3); UPDATE synapses SET id=x'03' WHERE rowid=4"

#define ALL_ROWS                                                                                         \
  "SELECT rowid || quote(id) || position_x || quote(vector) || quote(source_data) || modified_at FROM neurons" \
  " WHERE rowid > 1 UNION ALL"                                                                           \
  " SELECT rowid || quote(id) || source_neuron_id || weight || modified_at FROM synapses WHERE rowid < 5"

static void
test_nameless (Fixture       *fixture,
               gconstpointer  sql)
{
  g_autofree char *before = query (fixture, ALL_ROWS);
  g_autofree char *after = NULL;
  EngramTransfer transfer;

  g_assert_cmpuint (fixture->contents->neurons->len, ==, 5);
  save_all (fixture, &transfer);
  g_assert_cmpuint (transfer.neurons_modified + transfer.neurons_created + transfer.neurons_deleted, ==, 0);
  g_assert_cmpuint (transfer.synapses_modified + transfer.synapses_created + transfer.synapses_deleted, ==, 0);

  get_neuron (fixture->contents, 0)->activation_level = 0.75;
  g_ptr_array_set_size (fixture->contents->synapses, 5);
  save_all (fixture, &transfer);
  g_assert_cmpuint (transfer.neurons_modified, ==, 1);
  g_assert_cmpuint (transfer.synapses_deleted, ==, 1);
  after = query (fixture, ALL_ROWS);
  g_assert_cmpstr (after, ==, before);
  assert_saved (fixture);
}

static void
test_nameless_by_changes (Fixture       *fixture,
                          gconstpointer  sql)
{
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  g_autofree char *before = query (fixture, ALL_ROWS);
  g_autofree char *after = NULL;
  EngramNeuron *neuron = engram_neuron_new ("knowledge");
  EngramTransfer transfer;

  g_ptr_array_add (fixture->contents->neurons, neuron);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, neuron->id, ENGRAM_CHANGE_CREATED);
  get_synapse (fixture->contents, 5)->weight = 0.75;
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, get_synapse (fixture->contents, 5)->id,
                              ENGRAM_CHANGE_MODIFIED);
  save_changes (fixture, tracker, &transfer);
  g_assert_cmpuint (transfer.neurons_created, ==, 1);
  g_assert_cmpuint (transfer.synapses_modified, ==, 1);
  execute (fixture, "DELETE FROM neurons WHERE rowid > 5");
  after = query (fixture, ALL_ROWS);
  g_assert_cmpstr (after, ==, before);
}

/* Nobody else may come without an id. */
static void
test_new_without_id (Fixture       *fixture,
                     gconstpointer  sql)
{
  EngramNeuron *neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, NULL);
  g_ptr_array_add (fixture->contents->neurons, neuron);
  assert_refused (fixture, NULL, ENGRAM_ERROR_INVALID, NULL, "id");
}

#define ADD(name, sql, function) g_test_add ("/save-plan/" name, Fixture, sql, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("led-elsewhere", NULL, test_led_elsewhere);
  ADD ("led-elsewhere-by-changes", NULL, test_led_elsewhere_by_changes);
  ADD ("end-goes", NULL, test_end_goes);
  ADD ("other-dimension", NULL, test_other_dimension);
  ADD ("other-dimension-by-changes", NULL, test_other_dimension_by_changes);
  ADD ("dimension-of-the-rest", NULL, test_dimension_of_the_rest);
  ADD ("nameless", NAMELESS, test_nameless);
  ADD ("nameless-by-changes", NAMELESS, test_nameless_by_changes);
  ADD ("new-without-id", NULL, test_new_without_id);
  return g_test_run ();
}
