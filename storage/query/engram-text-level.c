/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-text-private.h"

#include <string.h>

/* A piece of a text is at least so long, and ends after a space: nothing that is compared as one unit goes across a
 * space, be it letters ("ch") or a letter with its accents. */
#define MIN_PIECE 32

/* Most collation keys of a piece fit in here. */
#define KEY_ROOM 1024

/* What separates the levels in a collation key; no weight has such a byte. Where collation is by bytes, there is but
 * one level: what is cut off here, whole texts decide. */
#define LEVEL_END "\1"

typedef struct {
  guint8 *bytes;
  gsize   room;
  gsize   skip;
} Output;

static gsize
find_piece_end (const char *text,
                gsize       length)
{
  const char *space = length > MIN_PIECE ? memchr (text + MIN_PIECE, ' ', length - MIN_PIECE) : NULL;

  return space != NULL ? (gsize) (space + 1 - text) : length;
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

static void
put (Output     *output,
     const char *key)
{
  gsize length = strcspn (key, LEVEL_END);
  gsize skipped = MIN (length, output->skip);
  gsize taken = MIN (length - skipped, output->room);

  output->skip -= skipped;
  memcpy (output->bytes, key + skipped, taken);
  output->bytes += taken;
  output->room -= taken;
}

/* Normalized as g_utf8_collate() does it, which leaves ASCII as it is. */
static void
put_piece (Output     *output,
           const char *text,
           gsize       length)
{
  char piece[KEY_ROOM], key[KEY_ROOM];
  g_autofree char *long_piece = NULL;
  g_autofree char *long_key = NULL;
  const char *normal = piece;
  gsize size;

  if (length < sizeof piece)
    {
      memcpy (piece, text, length);
      piece[length] = '\0';
    }
  if (length >= sizeof piece || !is_ascii (piece))
    normal = long_piece = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL_COMPOSE);

  size = strxfrm (key, normal, sizeof key);
  if (size >= sizeof key)
    {
      long_key = g_malloc (size + 1);
      strxfrm (long_key, normal, size + 1);
    }
  put (output, long_key != NULL ? long_key : key);
}

void
engram_text_get_level (const char *text,
                       gsize       skip,
                       guint8     *bytes,
                       gsize       n_bytes)
{
  Output output = { bytes, n_bytes, skip };
  /* Where texts are not collated as UTF-8, they are compared whole. */
  gsize left = g_get_charset (NULL) ? strlen (text) : 0;

  while (left > 0 && output.room > 0)
    {
      gsize length = find_piece_end (text, left);

      put_piece (&output, text, length);
      text += length;
      left -= length;
    }
  memset (output.bytes, 0, output.room);
}

EngramTextStart
engram_text_start_make (const char *text)
{
  EngramTextStart start;

  engram_text_get_level (text, 0, (guint8 *) &start, sizeof start);
  return (EngramTextStart) { GUINT64_FROM_BE (start.high), GUINT64_FROM_BE (start.low) };
}
