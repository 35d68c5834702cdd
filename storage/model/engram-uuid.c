/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-uuid.h"

#include <string.h>

/* Where the two digits of each byte stand in the text. */
static const guint8 byte_places[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };

/* The value of a lower-case hexadecimal digit plus one, so that 0 is what is none. */
static const guint8 digit_values[256] = {
  ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8,
  ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

gboolean
engram_uuid_is_valid (const char *text)
{
  EngramUuid uuid;
  guint version;

  if (!engram_uuid_parse (text, -1, &uuid))
    return FALSE;

  version = uuid.bytes[6] >> 4;
  return version >= 1 && version <= 8;
}

gboolean
engram_uuid_parse (const char *text,
                   gssize      length,
                   EngramUuid *uuid)
{
  const guint8 *bytes = (const guint8 *) text;
  guint bad = 0;

  g_return_val_if_fail (uuid != NULL, FALSE);

  if (text == NULL)
    return FALSE;
  if (length < 0)
    length = strnlen (text, ENGRAM_UUID_TEXT_LENGTH + 1);
  if (length != ENGRAM_UUID_TEXT_LENGTH)
    return FALSE;
  if (bytes[8] != '-' || bytes[13] != '-' || bytes[18] != '-' || bytes[23] != '-')
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (byte_places); i++)
    {
      guint high = digit_values[bytes[byte_places[i]]] - 1u;
      guint low = digit_values[bytes[byte_places[i] + 1]] - 1u;

      bad |= high | low;
      uuid->bytes[i] = high << 4 | low;
    }
  /* What is no digit has become UINT_MAX. */
  return bad <= 0xf && (uuid->bytes[8] & 0xc0) == 0x80;
}

void
engram_uuid_format (const EngramUuid *uuid,
                    char              text[ENGRAM_UUID_TEXT_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";

  g_return_if_fail (uuid != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (byte_places); i++)
    {
      text[byte_places[i]] = digits[uuid->bytes[i] >> 4];
      text[byte_places[i] + 1] = digits[uuid->bytes[i] & 0xf];
    }
  text[8] = text[13] = text[18] = text[23] = '-';
  text[ENGRAM_UUID_TEXT_LENGTH] = '\0';
}
