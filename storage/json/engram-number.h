/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_NUMBER_LENGTH:
 *
 * Room for any number that engram_number_format() writes.
 */
#define ENGRAM_NUMBER_LENGTH 40

/**
 * engram_number_format: (skip)
 * @number: a number
 * @text: (out caller-allocates): room for %ENGRAM_NUMBER_LENGTH bytes
 *
 * Writes a number as Python's `repr(float)` does, which is also JSON: the shortest digits that read back as
 * the same double, with `.0` where there is neither point nor exponent, and with an exponent of at least two
 * digits below 1e-4 and from 1e16 on. @text is terminated by a NUL. Any thread.
 *
 * Returns: how many bytes were written, the NUL not counted; 0 where @number is not finite, and then @text is
 *   empty
 */
gsize    engram_number_format (double      number,
                               char        text[ENGRAM_NUMBER_LENGTH]);

/**
 * engram_number_parse:
 * @text: bytes, a NUL at the end not needed
 * @length: how many bytes
 * @number: (out): the double that is nearest
 *
 * Reads a number as JSON writes it; all of @text must be that number, without white space. What is too small
 * for a double is 0. Any thread.
 *
 * Returns: %FALSE where @text is no JSON number or is beyond the range of a double; @number is then undefined
 */
gboolean engram_number_parse  (const char *text,
                               gsize       length,
                               double     *number);

ENGRAM_END_DECLS
