/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* What of a neuron is indexed, and what of a word is looked up. All text is folded as engram_text_search_matches()
 * folds it, and a word stands in a text only where every three letters of it in a row do. */

/* The columns of neurons that a row must begin with. */
const char *engram_text_index_columns    (gboolean        has_fields);

/* Of the texts as they are stored: rows of which it differs are to be indexed anew. */
guint64     engram_text_index_hash_row   (sqlite3_stmt   *row);
/* Appends everything in which a search may find a word. */
void        engram_text_index_append_row (GString        *text,
                                          sqlite3_stmt   *row);

#define ENGRAM_TEXT_INDEX_N_COLUMNS 7

/* (transfer full) (nullable): what FTS5 is to be asked for, NULL where the word is too short. */
char       *engram_text_index_make_match (const char     *word);

G_END_DECLS
