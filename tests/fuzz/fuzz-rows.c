/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-support.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "fuzz-network.h"

/* The input is values, each with the place that it gets in a small network: a byte for the row, one for the column,
 * one for the kind, one for the length, and the bytes of the value. So what no program would write gets into rows
 * whose pages are sound. */

#define HEAD_BYTES 4
#define NEURONS 4
#define SYNAPSES 4

static const char *const neuron_columns[] = {
  "id", "position_x", "position_y", "position_z", "vector", "neuron_type", "metadata", "activation_level", "created_at",
  "modified_at", "source_data", "compression_ratio", "semantic_tags", "function_signature", "executable_code",
  "input_schema", "output_schema", "execution_count", "average_execution_time", "activation_threshold", "engram_fields",
  "rowid",
};

static const char *const synapse_columns[] = {
  "id", "source_neuron_id", "target_neuron_id", "weight", "usage_count", "last_traversed", "synapse_type", "metadata",
  "created_at", "modified_at", "engram_fields", "rowid",
};

typedef struct {
  const uint8_t *cursor;
  const uint8_t *end;
} Input;

static char *template_path;
static guint8 *template_bytes;
static gsize template_length;

/* A network of two pairs of neurons, whose pages are as small as can be. */
static void
make_template (void)
{
  g_autoptr (EngramContents) contents = engram_contents_new ();
  static const char *const types[] = { "knowledge", "tool", "memory", "sensor" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < NEURONS; i++)
    {
      EngramNeuron *neuron = engram_neuron_new (types[i]);
      const float vector[] = { i, 1, -0.5f };

      engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
      engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"a\": 1}");
      g_ptr_array_add (contents->neurons, neuron);
    }
  for (guint i = 0; i < SYNAPSES; i++)
    {
      const EngramNeuron *source = g_ptr_array_index (contents->neurons, i);
      const EngramNeuron *target = g_ptr_array_index (contents->neurons, (i + 1) % NEURONS);

      g_ptr_array_add (contents->synapses, engram_synapse_new (source->id, target->id, 0.5, "knowledge"));
    }
  g_remove (fuzz_network_get_path ());
  engram_save_new (fuzz_network_get_path (), contents, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (fuzz_network_get_path (), (char **) &template_bytes, &template_length, &error);
  g_assert_no_error (error);
  template_path = g_strconcat (fuzz_network_get_path (), "-template", NULL);
  g_file_set_contents (template_path, (const char *) template_bytes, (gssize) template_length, &error);
  g_assert_no_error (error);
}

static sqlite3 *
open_file (void)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (fuzz_network_get_path (), &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;"
                                 "PRAGMA synchronous=OFF; BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
  return handle;
}

static void
bind_value (sqlite3_stmt  *statement,
            guint8         kind,
            const guint8  *value,
            guint8         length)
{
  gint64 bits = 0;
  double number;

  memcpy (&bits, value, MIN (length, sizeof bits));
  memcpy (&number, &bits, sizeof number);
  switch (kind % 5)
    {
    case 0:
      sqlite3_bind_text (statement, 1, (const char *) value, length, SQLITE_STATIC);
      break;
    case 1:
      sqlite3_bind_blob (statement, 1, value, length, SQLITE_STATIC);
      break;
    case 2:
      sqlite3_bind_int64 (statement, 1, bits);
      break;
    case 3:
      sqlite3_bind_double (statement, 1, number);
      break;
    default:
      sqlite3_bind_null (statement, 1);
      break;
    }
}

/* A value that the table does not take (two ids that are equal) is passed over. */
static gboolean
set_value (sqlite3 *handle,
           Input   *input)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  guint8 row, column, kind, length;

  if (input->end - input->cursor < HEAD_BYTES)
    return FALSE;
  row = input->cursor[0];
  column = input->cursor[1];
  kind = input->cursor[2];
  length = MIN (input->cursor[3], input->end - input->cursor - HEAD_BYTES);
  input->cursor += HEAD_BYTES;
  if ((row & 0x80) != 0)
    sql = g_strdup_printf ("UPDATE synapses SET %s=? WHERE rowid=?",
                           synapse_columns[column % G_N_ELEMENTS (synapse_columns)]);
  else
    sql = g_strdup_printf ("UPDATE neurons SET %s=? WHERE rowid=?",
                           neuron_columns[column % G_N_ELEMENTS (neuron_columns)]);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  bind_value (statement, kind, input->cursor, length);
  sqlite3_bind_int (statement, 2, 1 + row % NEURONS);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  input->cursor += length;
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  Input input = { data, data + size };
  sqlite3 *handle;

  if (template_bytes == NULL)
    make_template ();
  fuzz_network_write (template_bytes, template_length);
  handle = open_file ();
  while (set_value (handle, &input))
    ;
  g_assert_cmpint (sqlite3_exec (handle, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  fuzz_network_look ();
  fuzz_network_compare (template_path);
  fuzz_network_repair ();
  return 0;
}
