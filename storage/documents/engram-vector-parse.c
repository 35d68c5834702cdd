/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-vector-parse-private.h"

#include <math.h>
#include <string.h>

#include "json/engram-json.h"
#include "json/engram-number.h"

/* A number's text is its own canonical text in the ordinary case, a float32 value that Python's repr() wrote. Seeing
 * that it is costs less than writing the number anew, and gives its value too. */

/* No number that is read the quick way is longer; so many bytes are looked at. */
#define PLAIN_LENGTH 40

/* Room that is made in the canonical text at a time, and for one number. */
#define CANONICAL_STEP 16384
#define CANONICAL_ROOM 64

/* So many digits always read back as the same digits (DBL_DIG); with two more it takes a closer look. */
#define SAFE_DIGITS 15
#define PLAIN_DIGITS 17

#define MANTISSA_BITS 52
#define HIDDEN_BIT (G_GUINT64_CONSTANT (1) << MANTISSA_BITS)
#define EXPONENT_BIAS 1023

/* More of them mean that the number is small, and has an exponent. */
#define MAX_DECIMALS 20

typedef unsigned __int128 Wide;
typedef __int128 SignedWide;

#define POWER(n) G_GUINT64_CONSTANT (1##n)

static const guint64 powers_of_ten[] = {
  POWER (), POWER (0), POWER (00), POWER (000), POWER (0000), POWER (00000), POWER (000000), POWER (0000000),
  POWER (00000000), POWER (000000000), POWER (0000000000), POWER (00000000000), POWER (000000000000),
  POWER (0000000000000), POWER (00000000000000), POWER (000000000000000), POWER (0000000000000000),
  POWER (00000000000000000), POWER (000000000000000000),
};

static const double real_powers_of_ten[MAX_DECIMALS + 1] = {
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
};

/* A number written with a point and without an exponent. */
typedef struct {
  guint64  digits;     /* all of them, as one whole number */
  guint    n_decimals; /* those behind the point */
  gboolean negative;
} Plain;

/* The digits that eight bytes start with, as a whole number, and how many. The arithmetic is that of fast_float's
 * parse_eight_digits_unrolled() by Daniel Lemire, https://github.com/fastfloat/fast_float (MIT). Numbers have no
 * common length, so a branch for each digit would be guessed wrong again and again. */
static inline guint
read_eight_digits (const char *cursor,
                   guint64    *value)
{
  const guint64 mask = G_GUINT64_CONSTANT (0x000000ff000000ff);
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 word, others;
  guint n_digits = 8;

  memcpy (&word, cursor, sizeof word);
  word = GUINT64_FROM_LE (word) ^ G_GUINT64_CONSTANT (0x3030303030303030);
  others = ((word + G_GUINT64_CONSTANT (0x7676767676767676)) | word) & highs;
  if (others != 0)
    {
      n_digits = (guint) __builtin_ctzll (others) / 8;
      /* Right-aligned; in two steps, as a shift by 64 is none. */
      word = word << 8 << (56 - 8 * n_digits);
    }
  word = word * 10 + (word >> 8);
  *value = ((word & mask) * G_GUINT64_CONSTANT (0x000f424000000064) +
            ((word >> 16) & mask) * G_GUINT64_CONSTANT (0x0000271000000001)) >> 32;
  return n_digits;
}

static inline gboolean
is_digit (char character)
{
  return character >= '0' && character <= '9';
}

/* Reads a number of at most 17 digits, with at least one on either side of the point, in the form that repr() gives
 * numbers from 0.0001 on: no zeros too many, no exponent. NULL where it is anything else. PLAIN_LENGTH bytes can be
 * read. */
static inline const char *
read_plain (const char *cursor,
            Plain      *plain)
{
  const char *start, *point;
  guint64 digits = 0;
  guint n_digits = 8;

  plain->negative = *cursor == '-';
  cursor += plain->negative;
  start = cursor;
  while (is_digit (*cursor) && cursor - start < 8)
    digits = digits * 10 + (guint64) (*cursor++ - '0');
  if (*cursor != '.' || cursor == start || (*start == '0' && cursor - start > 1))
    return NULL;

  point = cursor++;
  for (guint i = 0; i < 3 && n_digits == 8; i++)
    {
      guint64 value;

      n_digits = read_eight_digits (cursor, &value);
      if (digits >= powers_of_ten[PLAIN_DIGITS - n_digits])
        return NULL;
      digits = digits * powers_of_ten[n_digits] + value;
      cursor += n_digits;
    }
  plain->digits = digits;
  plain->n_decimals = cursor - point - 1;
  if (plain->n_decimals == 0 || plain->n_decimals > MAX_DECIMALS || *cursor == 'e' || *cursor == 'E' ||
      (cursor[-1] == '0' && plain->n_decimals > 1))
    return NULL;
  /* Below 0.0001 repr() writes an exponent. */
  if (*start == '0' && plain->n_decimals > 4 && digits < powers_of_ten[plain->n_decimals - 4])
    return NULL;
  return cursor;
}

static inline double
join_double (guint64 mantissa,
             int     scale)
{
  guint64 bits = (mantissa & (HIDDEN_BIT - 1)) | (guint64) (EXPONENT_BIAS + MANTISSA_BITS - scale) << MANTISSA_BITS;
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

static inline SignedWide
magnitude (SignedWide number)
{
  return number < 0 ? -number : number;
}

/* The double that is nearest to digits of 16 or 17 places, and whether they are the ones that repr() writes for it:
 * the nearest of their number, and none fewer would do. With number = mantissa / 2^scale and text = digits /
 * 10^decimals, everything is compared exactly, multiplied by 2^scale × 10^decimals. FALSE where that is not clear, at
 * the edges. */
static inline gboolean
measure (const Plain *plain,
         double      *number)
{
  double guess = (double) ((long double) (gint64) plain->digits / (long double) real_powers_of_ten[plain->n_decimals]);
  guint64 bits, mantissa;
  SignedWide text_unit, number_unit, distance, shorter;
  int scale;

  memcpy (&bits, &guess, sizeof bits);
  mantissa = (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
  scale = EXPONENT_BIAS + MANTISSA_BITS - (int) (bits >> MANTISSA_BITS);
  if (scale < 0 || scale > 66)
    return FALSE;

  text_unit = (SignedWide) 1 << scale;
  number_unit = (SignedWide) powers_of_ten[MIN (plain->n_decimals, 18)];
  if (plain->n_decimals > 18)
    number_unit *= powers_of_ten[plain->n_decimals - 18];
  distance = (SignedWide) ((Wide) plain->digits << scale) - number_unit * (SignedWide) mantissa;

  /* The guess was rounded more than once: it may lie beside the nearest. */
  for (; 2 * distance > number_unit; distance -= number_unit)
    mantissa++;
  for (; 2 * distance < -number_unit; distance += number_unit)
    mantissa--;
  /* At a power of two the neighbours are not equally far. */
  if (mantissa <= HIDDEN_BIT || mantissa >= 2 * HIDDEN_BIT)
    return FALSE;
  *number = join_double (mantissa, scale);

  /* One digit fewer, rounded down and up */
  shorter = distance - (SignedWide) (plain->digits % 10) * text_unit;
  return 2 * magnitude (distance) < text_unit && 2 * magnitude (distance) < number_unit &&
         2 * magnitude (shorter) > number_unit && 2 * magnitude (shorter + 10 * text_unit) > number_unit;
}

/* The value of a number whose text is its canonical text; FALSE where it may be another. */
static inline gboolean
convert_plain (const Plain *plain,
               double      *number)
{
  if (plain->digits < powers_of_ten[SAFE_DIGITS])
    *number = (double) plain->digits / real_powers_of_ten[plain->n_decimals];
  else if (!measure (plain, number))
    return FALSE;
  *number = plain->negative ? -*number : *number;
  return TRUE;
}

static const char *
find_number_end (const char *cursor,
                 const char *end)
{
  while (cursor < end && (is_digit (*cursor) || *cursor == '-' || *cursor == '+' || *cursor == '.' || *cursor == 'e' ||
                          *cursor == 'E'))
    cursor++;
  return cursor;
}

/* Any number that JSON allows. @canonical has room for a real; an integer may be longer. */
static const char *
read_any (const char *cursor,
          const char *end,
          double     *number,
          GString    *canonical,
          gboolean   *has_integers)
{
  const char *after = find_number_end (cursor, end);
  gsize length = after - cursor;
  char text[ENGRAM_NUMBER_LENGTH];

  /* Where the text ends there may be more of the number. */
  if (after == end || length > ENGRAM_JSON_MAX_NUMBER_LENGTH || !engram_number_parse (cursor, length, number))
    return NULL;
  if (memchr (cursor, '.', length) == NULL && memchr (cursor, 'e', length) == NULL &&
      memchr (cursor, 'E', length) == NULL)
    {
      *has_integers = TRUE;
      /* The one integer that has two forms */
      if (length == 2 && memcmp (cursor, "-0", 2) == 0)
        g_string_append_c (canonical, '0');
      else
        g_string_append_len (canonical, cursor, length);
    }
  else
    {
      g_string_append_len (canonical, text, engram_number_format (*number, text));
    }
  return after;
}

static inline const char *
skip_white_space (const char *cursor,
                  const char *end)
{
  /* An indent of eight: what a vector has in the ordinary document. */
  if (end - cursor >= 9 && *cursor == '\n' && memcmp (cursor + 1, "        ", 8) == 0)
    cursor += 9;
  while (cursor < end && (*cursor == ' ' || *cursor == '\n' || *cursor == '\r' || *cursor == '\t'))
    cursor++;
  return cursor;
}

static inline const char *
read_number (const char *cursor,
             const char *end,
             float      *number,
             GString    *canonical,
             gboolean   *has_integers)
{
  const char *after = NULL;
  double value;
  Plain plain;

  if (end - cursor >= PLAIN_LENGTH)
    after = read_plain (cursor, &plain);
  if (after != NULL && convert_plain (&plain, &value))
    {
      /* More than needed, as that is quicker; there is room: see make_room(). */
      memcpy (canonical->str + canonical->len, cursor, PLAIN_LENGTH);
      canonical->len += after - cursor;
    }
  else
    {
      after = read_any (cursor, end, &value, canonical, has_integers);
      if (after == NULL)
        return NULL;
    }
  *number = (float) value;
  return isfinite (*number) ? after : NULL;
}

static inline void
make_room (GString *text)
{
  gsize length = text->len;

  if (text->allocated_len - length >= CANONICAL_ROOM)
    return;
  g_string_set_size (text, length + CANONICAL_STEP);
  text->len = length;
}

static const char *
read_items (const char *cursor,
            const char *end,
            GArray     *numbers,
            GString    *canonical,
            gboolean   *has_integers)
{
  cursor = skip_white_space (cursor, end);
  if (cursor < end && *cursor == ']')
    return cursor + 1;

  for (;;)
    {
      float number;

      make_room (canonical);
      cursor = read_number (cursor, end, &number, canonical, has_integers);
      if (cursor == NULL)
        return NULL;
      g_array_append_val (numbers, number);

      cursor = skip_white_space (cursor, end);
      if (cursor == end)
        return NULL;
      if (*cursor == ']')
        return cursor + 1;
      if (*cursor != ',')
        return NULL;
      cursor = skip_white_space (cursor + 1, end);
      make_room (canonical);
      memcpy (canonical->str + canonical->len, ", ", 2);
      canonical->len += 2;
    }
}

const char *
engram_vector_parse (const char *cursor,
                     const char *end,
                     GArray     *numbers,
                     GString    *canonical,
                     gboolean   *has_integers)
{
  *has_integers = FALSE;
  g_string_append_c (canonical, '[');
  cursor = read_items (cursor, end, numbers, canonical, has_integers);
  g_string_append_c (canonical, ']');
  return cursor;
}
