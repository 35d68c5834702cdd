/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "json/engram-json.h"

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

G_BEGIN_DECLS

/* JSON text in the two forms that a network's document has: the canonical text, of which its checksum is made (what
 * Python's json.dumps(value, sort_keys=True) gives for what json.loads() has read), and the text of the file (what
 * json.dump() writes, with an indent or without). All append to a GString and take only text that engram_json_check()
 * has passed, or that is known to be good. No recursion deeper than ENGRAM_JSON_MAX_DEPTH; any thread. */

/* g_string_append_len() without the call, for the short pieces that documents are made of; @bytes are not of @text. */
static inline void
engram_json_append_bytes (GString    *text,
                          const char *bytes,
                          gsize       length)
{
  if (G_UNLIKELY (length >= text->allocated_len - text->len))
    {
      g_string_append_len (text, bytes, length);
      return;
    }
  memcpy (text->str + text->len, bytes, length);
  text->len += length;
  text->str[text->len] = '\0';
}

/* Members sorted by code point at every level (of a name that stands twice, the last counts), numbers as Python's
 * repr() writes them, ASCII alone. A real beyond the range of a double (1e999), which Python could not write as JSON,
 * becomes null, and FALSE is returned: refuse it, or write that null into the document too. */
gboolean engram_json_append_canonical    (GString     *text,
                                          const char  *json,
                                          gsize        length);

/* The name of a member (a string token, quotes included) as what names are compared by: its code points in UTF-8,
 * halves of surrogate pairs too, NUL too. Comparing such names byte by byte sorts them as Python does. */
void engram_json_append_code_points      (GString     *name,
                                          const char  *token,
                                          gsize        length);

/* Compares two such names. */
static inline int
engram_json_compare_names (const char *name,
                           gsize       length,
                           const char *other,
                           gsize       other_length)
{
  int order = memcmp (name, other, MIN (length, other_length));

  if (order != 0)
    return order;
  return length < other_length ? -1 : length > other_length;
}

/* Whether bytes are UTF-8, in which NUL is a character like others. */
gboolean engram_json_is_utf8             (const char  *bytes,
                                          gsize        length);

/* A string's canonical text, quotes included, from the raw UTF-8 of a database's column (@length -1: up to the NUL).
 * What is not UTF-8 becomes U+FFFD. */
void engram_json_append_quoted           (GString     *text,
                                          const char  *utf8,
                                          gssize       length);

/* The same for a real; what is not finite becomes null. And for an integer. */
void engram_json_append_real             (GString     *text,
                                          double       number);
void engram_json_append_integer          (GString     *text,
                                          gint64       number);

/* A document's value in the file: members in their order, parts byte for byte as they stand, with Python's white space:
 * @indent spaces for each level below @level, on lines of their own, or, where @indent is 0, ", " and ": ". */
void engram_json_append_value            (GString     *text,
                                          const char  *json,
                                          gsize        length,
                                          guint        indent,
                                          guint        level);

G_END_DECLS
