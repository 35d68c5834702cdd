/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-similarity-private.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "engram-error-private.h"

/* Numbers that are worked on at once; their sums are kept apart, which also keeps the error of each small. The machine
 * has fewer at a time, and the compiler takes several steps for one. */
#define LANES 16

typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));

/* Sums within these bounds have lost nothing to the limits of single precision. */
#define LEAST_SUM 1e-20f
#define GREATEST_SUM 1e30f

typedef struct {
  double dot;
  double square; /* of the other vector with itself */
} Sums;

static float
load_number (const char *bytes)
{
  union {
    guint32 word;
    float   number;
  } value;

  memcpy (&value.word, bytes, sizeof value.word);
  value.word = GUINT32_FROM_LE (value.word);
  return value.number;
}

static Sums
add_exactly (const EngramSimilarity *self,
             const char             *bytes)
{
  Sums sums = { 0, 0 };

  for (guint i = 0; i < self->length; i++)
    {
      double number = (double) load_number (bytes + i * sizeof (float));

      sums.dot += number * (double) self->numbers[i];
      sums.square += number * number;
    }
  return sums;
}

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
static Sums
add_quickly (const EngramSimilarity *self,
             const char             *bytes)
{
  Lanes dots = { 0 }, squares = { 0 };
  Sums sums = { 0, 0 };
  guint i = 0;

  for (; i + LANES <= self->length; i += LANES)
    {
      Lanes number, own;

      memcpy (&number, bytes + i * sizeof (float), sizeof number);
      memcpy (&own, self->numbers + i, sizeof own);
      dots += number * own;
      squares += number * number;
    }
  for (guint lane = 0; lane < LANES; lane++)
    {
      sums.dot += (double) dots[lane];
      sums.square += (double) squares[lane];
    }
  for (; i < self->length; i++)
    {
      double number = (double) load_number (bytes + i * sizeof (float));

      sums.dot += number * (double) self->numbers[i];
      sums.square += number * number;
    }
  return sums;
}

static gboolean
is_within_bounds (const Sums *sums,
                  double      norm)
{
  return sums->square > LEAST_SUM && sums->square < GREATEST_SUM && norm > sqrt (LEAST_SUM) &&
         norm < sqrt (GREATEST_SUM);
}
#endif

static Sums
add_up (const EngramSimilarity *self,
        const char             *bytes)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  Sums sums = add_quickly (self, bytes);

  if (is_within_bounds (&sums, self->norm))
    return sums;
#endif
  return add_exactly (self, bytes);
}

gboolean
engram_similarity_score (const EngramSimilarity *self,
                         gconstpointer           blob,
                         gsize                   size,
                         float                  *score)
{
  double cosine;
  Sums sums;

  if (blob == NULL || size != self->length * sizeof (float))
    return FALSE;
  sums = add_up (self, blob);
  cosine = sums.dot / sqrt (sums.square) / self->norm;
  if (!isfinite (cosine) || !isfinite (sums.square) || sums.square == 0)
    return FALSE;
  *score = (float) CLAMP (cosine, -1, 1);
  return TRUE;
}

gboolean
engram_similarity_score_row (const EngramSimilarity *self,
                             sqlite3_stmt           *row,
                             int                     column,
                             float                  *score)
{
  gconstpointer blob;

  if (sqlite3_column_type (row, column) != SQLITE_BLOB)
    return FALSE;
  blob = sqlite3_column_blob (row, column);
  return engram_similarity_score (self, blob, (gsize) sqlite3_column_bytes (row, column), score);
}

static gboolean
set_error (GError      **error,
           EngramError   code,
           const char   *id,
           const char   *reason)
{
  engram_set_record_error (error, code, ENGRAM_RECORD_NEURON, id, code == ENGRAM_ERROR_INVALID ? "vector" : NULL, "%s",
                           reason);
  return FALSE;
}

static gboolean
take_vector (EngramSimilarity  *self,
             sqlite3_stmt      *row,
             const char        *id,
             GError           **error)
{
  const char *bytes = sqlite3_column_type (row, 0) == SQLITE_BLOB ? sqlite3_column_blob (row, 0) : NULL;
  gsize size = bytes != NULL ? (gsize) sqlite3_column_bytes (row, 0) : 0;

  if (size == 0 || size % sizeof (float) != 0)
    return set_error (error, ENGRAM_ERROR_INVALID, id,
                      _("it has no vector, so nothing can be compared with it. Choose another neuron."));
  self->length = size / sizeof (float);
  self->numbers = g_new (float, self->length);
  for (guint i = 0; i < self->length; i++)
    self->numbers[i] = load_number (bytes + i * sizeof (float));
  self->norm = sqrt (add_exactly (self, bytes).square);
  if (isfinite (self->norm) && self->norm > 0)
    return TRUE;
  return set_error (error, ENGRAM_ERROR_INVALID, id,
                    _("its vector is all zeros or holds what is no number, so nothing can be compared with it. Choose "
                      "another neuron."));
}

gboolean
engram_similarity_init (EngramSimilarity  *self,
                        EngramReader      *reader,
                        const char        *id,
                        GError           **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (reader, "SELECT vector FROM neurons WHERE id = ?", error);
  int step;

  *self = (EngramSimilarity) { NULL, 0, 0 };
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, id);
  step = engram_statement_step (statement, error);
  if (step > 0)
    return take_vector (self, engram_statement_get_handle (statement), id, error);
  return step == 0 && set_error (error, ENGRAM_ERROR_NOT_FOUND, id, _("there is no such neuron in this network"));
}

void
engram_similarity_clear (EngramSimilarity *self)
{
  g_clear_pointer (&self->numbers, g_free);
}
