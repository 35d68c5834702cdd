/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/engram-number.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

/* The one file in C++: std::to_chars and std::from_chars are exact, know no locale, and are several times as
 * fast as what C offers. Nothing in it throws. */

/* repr() of Python leaves the plain form below 1e-4 and from 1e16 on. */
constexpr int PLAIN_EXPONENT_MIN = -4;
constexpr int PLAIN_EXPONENT_MAX = 15;

/* The shortest digits of a double are 17 at most; copies of a size that the compiler knows are of 24. */
constexpr gsize DIGITS_ROOM = 24;

namespace {

/* A number as digits and a decimal exponent: d.ddd × 10^exponent */
struct Decimal {
  char  digits[DIGITS_ROOM];
  gsize n_digits;
  int   exponent;
};

void
decimal_from_magnitude (Decimal *decimal,
                        double   magnitude) noexcept
{
  char scientific[2 + DIGITS_ROOM];
  const std::to_chars_result result = std::to_chars (scientific, scientific + sizeof scientific, magnitude,
                                                     std::chars_format::scientific);
  /* The exponent has two digits, or three. */
  const char *e = result.ptr[-4] == 'e' ? result.ptr - 4 : result.ptr - 5;
  int exponent = 0;

  decimal->digits[0] = scientific[0];
  memcpy (decimal->digits + 1, scientific + 2, DIGITS_ROOM - 1);
  decimal->n_digits = e == scientific + 1 ? 1 : e - scientific - 1;
  for (const char *cursor = e + 2; cursor < result.ptr; cursor++)
    exponent = exponent * 10 + (*cursor - '0');
  decimal->exponent = e[1] == '-' ? -exponent : exponent;
}

char *
append_bytes (char       *cursor,
              const char *bytes,
              gsize       length) noexcept
{
  memcpy (cursor, bytes, length);
  return cursor + length;
}

char *
append_zeros (char *cursor,
              gsize length) noexcept
{
  memset (cursor, '0', length);
  return cursor + length;
}

/* Writes up to DIGITS_ROOM bytes from @cursor on, wherever the number ends. */
char *
append_plain (char          *cursor,
              const Decimal *decimal) noexcept
{
  if (decimal->exponent < 0)
    {
      const int zeros = -decimal->exponent - 1;

      memcpy (cursor, "0.000", 5);
      memcpy (cursor + 2 + zeros, decimal->digits, DIGITS_ROOM);
      return cursor + 2 + zeros + decimal->n_digits;
    }

  const gsize whole = decimal->exponent + 1;

  if (decimal->n_digits <= whole)
    {
      cursor = append_bytes (cursor, decimal->digits, decimal->n_digits);
      cursor = append_zeros (cursor, whole - decimal->n_digits);
      return append_bytes (cursor, ".0", 2);
    }
  memcpy (cursor + 1, decimal->digits, DIGITS_ROOM);
  memmove (cursor, decimal->digits, whole);
  cursor[whole] = '.';
  return cursor + 1 + decimal->n_digits;
}

char *
append_scientific (char          *cursor,
                   const Decimal *decimal) noexcept
{
  const int magnitude = std::abs (decimal->exponent);

  *cursor++ = decimal->digits[0];
  if (decimal->n_digits > 1)
    {
      *cursor++ = '.';
      cursor = append_bytes (cursor, decimal->digits + 1, decimal->n_digits - 1);
    }
  *cursor++ = 'e';
  *cursor++ = decimal->exponent < 0 ? '-' : '+';
  if (magnitude < 10)
    *cursor++ = '0';
  return std::to_chars (cursor, cursor + 3, magnitude).ptr;
}

const char *
skip_digits (const char *cursor,
             const char *end) noexcept
{
  while (cursor < end && g_ascii_isdigit (*cursor))
    cursor++;
  return cursor;
}

/* std::from_chars also takes "inf", "1." and ".5". */
bool
is_json_number (const char *cursor,
                const char *end) noexcept
{
  const char *start;

  if (cursor < end && *cursor == '-')
    cursor++;
  start = cursor;
  cursor = skip_digits (cursor, end);
  if (cursor == start || (*start == '0' && cursor - start > 1))
    return false;
  if (cursor < end && *cursor == '.')
    {
      start = ++cursor;
      cursor = skip_digits (cursor, end);
      if (cursor == start)
        return false;
    }
  if (cursor < end && (*cursor == 'e' || *cursor == 'E'))
    {
      cursor++;
      if (cursor < end && (*cursor == '+' || *cursor == '-'))
        cursor++;
      start = cursor;
      cursor = skip_digits (cursor, end);
      if (cursor == start)
        return false;
    }
  return cursor == end;
}

/* std::from_chars says "out of range" both of what is too big and of what is too small; strtod() tells them
 * apart. */
bool
parse_extreme (const char *text,
               gsize       length,
               double     *number) noexcept
{
  char *copy = g_strndup (text, length);

  *number = g_ascii_strtod (copy, nullptr);
  g_free (copy);
  return std::isfinite (*number);
}

}

extern "C" gsize
engram_number_format (double number,
                      char   text[ENGRAM_NUMBER_LENGTH])
{
  Decimal decimal;
  char *cursor = text;

  if (!std::isfinite (number))
    {
      *text = '\0';
      return 0;
    }

  if (std::signbit (number))
    *cursor++ = '-';
  decimal_from_magnitude (&decimal, std::fabs (number));
  if (decimal.exponent >= PLAIN_EXPONENT_MIN && decimal.exponent <= PLAIN_EXPONENT_MAX)
    cursor = append_plain (cursor, &decimal);
  else
    cursor = append_scientific (cursor, &decimal);
  *cursor = '\0';
  return cursor - text;
}

extern "C" gboolean
engram_number_parse (const char *text,
                     gsize       length,
                     double     *number)
{
  if (!is_json_number (text, text + length))
    return FALSE;

  const std::from_chars_result result = std::from_chars (text, text + length, *number);

  if (result.ec == std::errc::result_out_of_range)
    return parse_extreme (text, length, number);
  return result.ec == std::errc () && std::isfinite (*number);
}
