/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_EMBEDDING_DIMENSION:
 *
 * How many numbers the vector of a text has.
 */
#define ENGRAM_EMBEDDING_DIMENSION 384

/**
 * engram_text_embedding:
 * @text: any text; what is not UTF-8 in it counts as a character that no word has
 * @vector: (out caller-allocates) (array fixed-size=384): where the embedding goes
 *
 * Makes a vector of length 1 from a text, such that texts with words or parts of words in common have vectors
 * with a high cosine. The same text gives the same vector, bit for bit, on every machine. A text without
 * letters and digits gives zeros. Any thread.
 */
void engram_text_embedding (const char *text,
                            float       vector[ENGRAM_EMBEDDING_DIMENSION]);

ENGRAM_END_DECLS
