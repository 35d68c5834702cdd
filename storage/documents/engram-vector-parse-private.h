/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Reads a vector as a document has it, and writes its canonical text on the way. Vectors are nine tenths of a document,
 * so this knows nothing but lists of numbers: @cursor stands behind the opening bracket. The numbers are appended to
 * @numbers (of float), the list to @canonical. *@has_integers says that a number is written without point and
 * exponent, which a float32 does not tell.
 *
 * Returns where the list ends, or NULL where it is not a list of numbers that float32 can hold, or not in JSON's
 * grammar, or the text ends within it: the ordinary reader then finds what is wrong. */
const char *engram_vector_parse (const char *cursor,
                                 const char *end,
                                 GArray     *numbers,
                                 GString    *canonical,
                                 gboolean   *has_integers);

G_END_DECLS
