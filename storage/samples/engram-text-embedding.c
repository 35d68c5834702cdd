/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-text-embedding.h"

#include <math.h>
#include <string.h>

#include "samples/engram-random-private.h"

/* Feature hashing (Weinberger, Dasgupta, Langford, Smola and Attenberg, "Feature Hashing for Large Scale
 * Multitask Learning", 2009) of character n-grams:
 *
 * 1. The text is brought to NFKC, case-folded and brought to NFKC again; a word is a run of letters, digits
 *    and marks.
 * 2. The features are all runs of 3, 4 and 5 characters of each word with a "<" before it and a ">" behind
 *    it.
 * 3. A feature that stands n times in the text weighs sqrt (n).
 * 4. The feature's hash (FNV-1a over its UTF-8, mixed by splitmix64) says which of the 384 numbers it is
 *    added to, and one more bit of it whether it is added or subtracted: so what collides cancels out on the
 *    average, and the dot product of two texts is near to that of their true features.
 * 5. The vector is scaled to length 1. A text without a word gives the zero vector.
 *
 * Texts that share words, or parts of words ("synapse", "synaptic"), have vectors with a high cosine. It
 * knows nothing of meaning. Long words have more features than short ones, so little words ("of the") weigh
 * little.
 *
 * Sums are of whole numbers (a weight of 1 counts 4096), so the order of addition does not matter, and what
 * remains (square root, division, rounding to single precision) IEEE 754 fixes to the last bit. */

#define SHORTEST_RUN 3
#define LONGEST_RUN 5
#define UNIT 4096.0

static guint64
hash_bytes (const char *bytes,
            gsize       length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return engram_random_mix (hash);
}

static char *
fold_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (composed, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
}

static gboolean
is_part_of_word (gunichar character)
{
  return g_unichar_isalnum (character) || g_unichar_ismark (character);
}

/* The hashes of all runs of a word that has its boundary signs already. */
static void
add_word (GString *word,
          GArray  *features)
{
  const char *last = word->str + word->len;

  for (const char *start = word->str; start < last; start = g_utf8_next_char (start))
    {
      const char *end = start;

      for (guint n_characters = 1; n_characters <= LONGEST_RUN && end < last; n_characters++)
        {
          end = g_utf8_next_char (end);
          if (n_characters >= SHORTEST_RUN)
            {
              guint64 hash = hash_bytes (start, end - start);

              g_array_append_val (features, hash);
            }
        }
    }
}

static GArray *
list_features (const char *folded)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GString) word = g_string_new (NULL);
  const char *text = folded;

  while (*text != '\0')
    {
      if (!is_part_of_word (g_utf8_get_char (text)))
        {
          text = g_utf8_next_char (text);
          continue;
        }
      g_string_assign (word, "<");
      while (*text != '\0' && is_part_of_word (g_utf8_get_char (text)))
        {
          const char *next = g_utf8_next_char (text);

          g_string_append_len (word, text, next - text);
          text = next;
        }
      g_string_append_c (word, '>');
      add_word (word, features);
    }
  return features;
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return first < second ? -1 : first > second;
}

static void
sum_features (GArray *features,
              gint64  sums[ENGRAM_EMBEDDING_DIMENSION])
{
  memset (sums, 0, ENGRAM_EMBEDDING_DIMENSION * sizeof (gint64));
  g_array_sort (features, compare_hashes);

  for (guint i = 0, next; i < features->len; i = next)
    {
      guint64 hash = g_array_index (features, guint64, i);
      gint64 weight;

      for (next = i + 1; next < features->len && g_array_index (features, guint64, next) == hash; next++)
        ;
      weight = (gint64) (sqrt (next - i) * UNIT);
      sums[(hash >> 1) % ENGRAM_EMBEDDING_DIMENSION] += hash & 1 ? weight : -weight;
    }
}

void
engram_text_embedding (const char *text,
                       float       vector[ENGRAM_EMBEDDING_DIMENSION])
{
  g_autofree char *folded = NULL;
  g_autoptr (GArray) features = NULL;
  gint64 sums[ENGRAM_EMBEDDING_DIMENSION];
  double squares = 0.0;
  double length;

  g_return_if_fail (text != NULL);

  folded = fold_text (text);
  features = list_features (folded);
  sum_features (features, sums);

  for (guint i = 0; i < ENGRAM_EMBEDDING_DIMENSION; i++)
    squares += (double) sums[i] * (double) sums[i];
  length = sqrt (squares);
  for (guint i = 0; i < ENGRAM_EMBEDDING_DIMENSION; i++)
    vector[i] = length > 0.0 ? (float) ((double) sums[i] / length) : 0.0f;
}
