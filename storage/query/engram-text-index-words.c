/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-text-index-words-private.h"

#include <string.h>

#include "stores/engram-text-search-private.h"

/* More letters of a word than these trigrams hold narrow nothing down that is worth the time. */
#define MAX_TRIGRAMS 16

#define LETTERS 3

/* The last three are documents, in which letters may be escaped. */
#define COLUMNS "id, source_data, function_signature, executable_code, semantic_tags, metadata"
#define N_PLAIN_COLUMNS 4

const char *
engram_text_index_columns (gboolean has_fields)
{
  return has_fields ? COLUMNS ", engram_fields" : COLUMNS ", NULL";
}

/* The finalizer of MurmurHash3: every bit of the result depends on every bit of @bits. Austin Appleby, public domain,
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (fmix64). */
static inline guint64
mix (guint64 bits)
{
  bits = (bits ^ (bits >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  bits = (bits ^ (bits >> 33)) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return bits ^ (bits >> 33);
}

static guint64
hash_bytes (guint64     hash,
            const char *bytes,
            gsize       length)
{
  guint64 word;

  hash = mix (hash ^ length) + 1;
  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = mix (hash ^ word) + 1;
    }
  word = 0;
  memcpy (&word, bytes, length);
  return mix (hash ^ word) + 1;
}

guint64
engram_text_index_hash_row (sqlite3_stmt *row)
{
  guint64 hash = 0;

  for (int i = 0; i < ENGRAM_TEXT_INDEX_N_COLUMNS; i++)
    {
      const char *bytes = (const char *) sqlite3_column_text (row, i);

      hash = hash_bytes (hash, bytes != NULL ? bytes : "", bytes != NULL ? sqlite3_column_bytes (row, i) : 0);
    }
  return hash;
}

/* Where two texts meet, letters stand side by side that do not in either: that finds too much, never too little. */
static void
append_folded (GString    *text,
               const char *part)
{
  g_autofree char *folded = engram_text_search_fold (part);

  g_string_append (text, folded);
  g_string_append_c (text, '\n');
}

static void
append_column (GString    *text,
               const char *bytes,
               gsize       length,
               gboolean    is_json)
{
  g_autofree char *valid = g_utf8_make_valid (bytes, length);

  append_folded (text, valid);
  if (is_json && strchr (valid, '\\') != NULL)
    {
      g_autofree char *unescaped = engram_text_search_read_escapes (valid);

      append_folded (text, unescaped);
    }
}

void
engram_text_index_append_row (GString      *text,
                              sqlite3_stmt *row)
{
  for (int i = 0; i < ENGRAM_TEXT_INDEX_N_COLUMNS; i++)
    {
      const char *bytes = (const char *) sqlite3_column_text (row, i);
      int length = sqlite3_column_bytes (row, i);

      if (bytes != NULL && length > 0)
        append_column (text, bytes, length, i >= N_PLAIN_COLUMNS);
    }
}

/* Appends three letters from @start on as a string of FTS5's query language. */
static void
append_trigram (GString    *match,
                const char *start)
{
  const char *end = g_utf8_offset_to_pointer (start, LETTERS);

  g_string_append (match, match->len > 0 ? " AND \"" : "\"");
  for (; start < end; start++)
    {
      if (*start == '"')
        g_string_append_c (match, '"');
      g_string_append_c (match, *start);
    }
  g_string_append_c (match, '"');
}

/* Every third trigram and the last hold all letters. */
char *
engram_text_index_make_match (const char *word)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_autofree char *folded = NULL;
  glong n_letters;

  if (!g_utf8_validate (word, -1, NULL))
    return NULL;
  folded = engram_text_search_fold (word);
  n_letters = g_utf8_strlen (folded, -1);
  if (n_letters < LETTERS)
    return NULL;

  for (glong i = 0; i < n_letters && i < LETTERS * MAX_TRIGRAMS; i += LETTERS)
    append_trigram (match, g_utf8_offset_to_pointer (folded, MIN (i, n_letters - LETTERS)));
  return g_string_free (g_steal_pointer (&match), FALSE);
}
