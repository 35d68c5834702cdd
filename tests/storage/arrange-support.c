/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange-support.h"

#include <math.h>
#include <sqlite3.h>

static void
check (sqlite3 *handle,
       int      result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (handle));
}

static void
make_id (char  id[37],
         guint number)
{
  g_snprintf (id, 37, "%08x-0000-4000-8000-000000000000", number);
}

void
arrange_add_neurons (StoreFixture *fixture,
                     guint         n,
                     guint         dimension,
                     const float  *vectors,
                     const float  *places)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;

  check (NULL, sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, NULL));
  check (handle, sqlite3_exec (handle, "BEGIN", NULL, NULL, NULL));
  check (handle, sqlite3_prepare_v2 (handle,
    "INSERT INTO neurons (rowid, id, position_x, position_y, position_z, vector, neuron_type, source_data, created_at,"
    " modified_at) VALUES (?, ?, ?, ?, ?, ?, 'knowledge', 'text', '2025-11-01T09:00:00', '2025-11-01T09:00:00')",
    -1, &statement, NULL));
  for (guint i = 0; i < n; i++)
    {
      char id[37];

      make_id (id, i);
      sqlite3_bind_int64 (statement, 1, ARRANGE_ROWID (i));
      sqlite3_bind_text (statement, 2, id, -1, SQLITE_TRANSIENT);
      for (int axis = 0; axis < 3; axis++)
        sqlite3_bind_double (statement, 3 + axis, (double) places[3 * i + axis]);
      sqlite3_bind_blob (statement, 6, vectors + (gsize) i * dimension, (int) (dimension * sizeof (float)),
                         SQLITE_STATIC);
      check (handle, sqlite3_step (statement));
      check (handle, sqlite3_reset (statement));
    }
  sqlite3_finalize (statement);
  check (handle, sqlite3_exec (handle, "COMMIT", NULL, NULL, NULL));
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

void
arrange_append_synapse (GString *sql,
                        guint    source,
                        guint    target,
                        double   weight)
{
  char source_id[37], target_id[37], number[G_ASCII_DTOSTR_BUF_SIZE];

  make_id (source_id, source);
  make_id (target_id, target);
  g_ascii_dtostr (number, sizeof number, weight);
  g_string_append_printf (sql,
    "INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at, modified_at)"
    " VALUES ('s%" G_GSIZE_FORMAT "', '%s', '%s', %s, 'knowledge', '2025-11-01T09:00:00', '2025-11-01T09:00:00');",
    sql->len, source_id, target_id, number);
}

void
arrange_run_sql (StoreFixture *fixture,
                 const char   *sql)
{
  sqlite3 *handle;

  check (NULL, sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, NULL));
  check (handle, sqlite3_exec (handle, "BEGIN", NULL, NULL, NULL));
  check (handle, sqlite3_exec (handle, sql, NULL, NULL, NULL));
  check (handle, sqlite3_exec (handle, "COMMIT", NULL, NULL, NULL));
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

float *
arrange_make_numbers (guint32 seed,
                      gsize   n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  float *numbers = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = (float) (g_rand_double (random) + g_rand_double (random) + g_rand_double (random) - 1.5);
  return numbers;
}

double
arrange_get_cosine (const float *a,
                    const float *b,
                    guint        dimension)
{
  double dot = 0, a_square = 0, b_square = 0;

  for (guint i = 0; i < dimension; i++)
    {
      dot += (double) a[i] * (double) b[i];
      a_square += (double) a[i] * (double) a[i];
      b_square += (double) b[i] * (double) b[i];
    }
  return dot / sqrt (a_square) / sqrt (b_square);
}

void
arrange_check_progress (const char *phase,
                        double      fraction,
                        gpointer    user_data)
{
  double *reached = user_data;

  g_assert_cmpstr (phase, !=, NULL);
  g_assert_cmpfloat (fraction, >=, *reached);
  g_assert_cmpfloat (fraction, <=, 1);
  *reached = fraction;
}

void
arrange_cancel (const char *phase,
                double      fraction,
                gpointer    user_data)
{
  if (fraction > 0.3)
    g_cancellable_cancel (user_data);
}
