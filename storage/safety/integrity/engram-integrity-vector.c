/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <string.h>

/* The bits of a float32: those of the exponent, all of them set where it is not finite, and all but the sign. */
#define EXPONENT_BITS 0x7f800000u
#define NUMBER_BITS 0x7fffffffu

/* Odd, without a pattern: 2^64 divided by the golden ratio. */
#define MULTIPLIER G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static inline guint32
read_word (const guint8 *bytes,
           guint         index)
{
  guint32 word;

  memcpy (&word, bytes + (gsize) index * sizeof word, sizeof word);
  return GUINT32_FROM_LE (word);
}

static EngramFindingKinds
judge_numbers (const guint8 *bytes,
               guint         length)
{
  guint32 any = 0;
  guint not_finite = 0;

  for (guint i = 0; i < length; i++)
    {
      guint32 word = read_word (bytes, i);

      any |= word & NUMBER_BITS;
      not_finite |= (word & EXPONENT_BITS) == EXPONENT_BITS;
    }
  return (not_finite ? ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_NOT_FINITE) : 0) |
         (any == 0 ? ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_ZERO) : 0);
}

/* Two halves that do not wait for one another. The seed keeps anyone from making vectors of one hash. */
static guint64
hash_numbers (const guint8 *bytes,
              guint         length,
              guint64       seed)
{
  guint64 even = seed, odd = ~seed;

  for (guint i = 0; i + 1 < length; i += 2)
    {
      even = (even ^ read_word (bytes, i)) * MULTIPLIER;
      odd = (odd ^ read_word (bytes, i + 1)) * MULTIPLIER;
      even ^= even >> 32;
      odd ^= odd >> 32;
    }
  if (length % 2 != 0)
    even = (even ^ read_word (bytes, length - 1)) * MULTIPLIER;
  even ^= (odd ^ length) * MULTIPLIER;
  return (even ^ (even >> 32)) | 1;
}

EngramFindingKinds
engram_integrity_judge_vector (sqlite3_stmt       *row,
                               guint64             seed,
                               EngramVectorTraits *traits)
{
  EngramFindingKinds kinds;
  const guint8 *bytes;
  guint size;

  *traits = (EngramVectorTraits) { 0, 0 };
  switch (sqlite3_column_type (row, ENGRAM_NEURON_ROW_VECTOR))
    {
    case SQLITE_NULL:
      return 0;
    case SQLITE_BLOB:
      break;
    default:
      return ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_NOT_BLOB);
    }

  bytes = sqlite3_column_blob (row, ENGRAM_NEURON_ROW_VECTOR);
  size = sqlite3_column_bytes (row, ENGRAM_NEURON_ROW_VECTOR);
  if (bytes == NULL || size == 0 || size % sizeof (float) != 0)
    return ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_LENGTH);

  traits->length = size / sizeof (float);
  kinds = judge_numbers (bytes, traits->length);
  if ((kinds & ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_ZERO)) == 0)
    traits->hash = hash_numbers (bytes, traits->length, seed);
  return kinds;
}

gboolean
engram_integrity_find_dimension (EngramConnection  *connection,
                                 guint             *dimension,
                                 GError           **error)
{
  gint64 length;

  if (!engram_connection_get_integer (connection,
                                      "SELECT length(vector) FROM neurons"
                                      " WHERE typeof(vector)='blob' AND length(vector)>0 AND length(vector)%4=0"
                                      " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", &length, error))
    return FALSE;
  *dimension = length / sizeof (float);
  return TRUE;
}
