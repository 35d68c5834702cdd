/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

#define ENGRAM_BROKEN_JSON_MEMBER "engram_broken"

/* Keeps what stood in a field that should hold JSON and does not, in the metadata of the record:
 *
 *   {"engram_broken": {"semantic_tags": "the old text"}}
 *
 * and where it is not UTF-8, {"engram_broken": {"semantic_tags": {"base64": "..."}}}. What is kept already stays: a
 * second text of the same field is called "semantic_tags 2", and an `engram_broken` that is no object moves into one,
 * under its own name.
 *
 * @metadata is a JSON object, or NULL (also where the broken field is the metadata: they start anew); @bytes need not
 * end with a NUL, and may have some in them. Returns the new metadata, or NULL where @metadata is not a JSON object
 * or what is to be kept is too long (ENGRAM_JSON_MAX_STRING_LENGTH) or nested too deeply. */
char *engram_broken_json_keep (const char *metadata,
                               const char *field,
                               const char *bytes,
                               gsize       length);

G_END_DECLS
