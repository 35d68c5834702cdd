/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-error.h"

ENGRAM_BEGIN_DECLS

/* Strict JSON (RFC 8259) inside the fields of a network: checked and carried as text, never printed anew, so that
 * numbers keep their digits and members their order. */

/**
 * ENGRAM_JSON_MAX_DEPTH:
 *
 * So many levels a JSON text may have.
 */
#define ENGRAM_JSON_MAX_DEPTH 1024

/**
 * ENGRAM_JSON_MAX_NUMBER_LENGTH:
 *
 * Digits of a number, without its sign. Python reads no whole number of more (it takes quadratic time), and no double
 * needs as many.
 */
#define ENGRAM_JSON_MAX_NUMBER_LENGTH 4300

/**
 * ENGRAM_JSON_MAX_STRING_LENGTH:
 *
 * Bytes of a text, as it stands between its quotes. Whoever reads a document as a stream holds a text whole, beside
 * what it is made into.
 */
#define ENGRAM_JSON_MAX_STRING_LENGTH (64 * 1024 * 1024)

/**
 * EngramJsonType:
 *
 * What a JSON text is.
 */
typedef enum {
  ENGRAM_JSON_INVALID,
  ENGRAM_JSON_NULL,
  ENGRAM_JSON_BOOLEAN,
  ENGRAM_JSON_NUMBER,
  ENGRAM_JSON_STRING,
  ENGRAM_JSON_LIST,
  ENGRAM_JSON_OBJECT,
} EngramJsonType;

/**
 * engram_json_check:
 * @text: a text, which need not be UTF-8
 * @length: its length in bytes, or -1 where it ends with a NUL
 * @error_offset: (out) (optional): where it goes wrong, in bytes from its start; set only where it does
 * @reason: (out) (optional) (transfer none): what is wrong there, translated, as a part of a sentence; set
 *   only where it goes wrong
 *
 * Checks that a text is one JSON document as RFC 8259 has it, in UTF-8, nested no deeper than
 * %ENGRAM_JSON_MAX_DEPTH, with no number longer than %ENGRAM_JSON_MAX_NUMBER_LENGTH and no text longer than
 * %ENGRAM_JSON_MAX_STRING_LENGTH. Neither NaN, nor comments, nor a byte order mark, nor a second document pass. A
 * name that stands twice in an object does (its last member counts), and so does half a surrogate pair as an
 * escape (`"\ud800"`): both can be carried as they are. Allocates nothing; any thread.
 *
 * Returns: what the document is, or %ENGRAM_JSON_INVALID
 */
EngramJsonType engram_json_check         (const char   *text,
                                          gssize        length,
                                          gsize        *error_offset,
                                          const char  **reason);

/**
 * engram_json_compact:
 * @text: a JSON text
 *
 * The same document without white space between its parts, which stay as they are, byte for byte. Any thread.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where @text is not JSON as engram_json_check() has
 *   it
 */
char          *engram_json_compact       (const char   *text);

/**
 * engram_json_pretty:
 * @text: a JSON text
 * @indent: how many spaces for each level
 *
 * The same document with a line for each member and item, for people to read. Its parts stay as they are,
 * byte for byte. Beyond 64 levels lines are indented no further. Any thread.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where @text is not JSON as engram_json_check() has
 *   it
 */
char          *engram_json_pretty        (const char   *text,
                                          guint         indent);

/**
 * engram_json_quote:
 * @text: a text
 *
 * A text as a JSON string, in ASCII alone, exactly as Python's `json.dumps()` writes it. (DEL is escaped too,
 * as `\u007f`.) What is not UTF-8 becomes U+FFFD. Any thread.
 *
 * Returns: (transfer full): the JSON text, quotes included
 */
char          *engram_json_quote         (const char   *text);

/**
 * engram_json_get_string:
 * @text: a JSON text
 *
 * The text that a JSON string stands for. What C and UTF-8 cannot hold, `\u0000` and half a surrogate pair,
 * becomes U+FFFD. Any thread.
 *
 * Returns: (transfer full) (nullable): the text in UTF-8, or %NULL where @text is not one JSON string
 */
char          *engram_json_get_string    (const char   *text);

/**
 * engram_json_object_get:
 * @object: (nullable): a JSON object as text; %NULL is `{}`
 * @name: the name of a member
 *
 * Finds a member of an object. Where a name stands twice, the last one counts, as in Python. Any thread.
 *
 * Returns: (transfer full) (nullable): the value as JSON text, byte for byte as it stands, or %NULL where
 *   there is no such member or @object is not a JSON object
 */
char          *engram_json_object_get    (const char   *object,
                                          const char   *name);

/**
 * engram_json_object_set:
 * @object: (nullable): a JSON object as text; %NULL is `{}`
 * @name: the name of a member, in UTF-8
 * @value: (nullable): its value as JSON text, or %NULL to remove the member
 *
 * Sets or removes one member of an object. A member that is there already keeps its place (where the name
 * stands twice, the last one, which is the one that counts, is set, and all are removed); a new one comes
 * last. Everything else stays as it is, byte for byte. Any thread.
 *
 * Returns: (transfer full) (nullable): the new object as text, or %NULL where @object is not a JSON object,
 *   @value is not JSON, or the result would be nested too deeply
 */
char          *engram_json_object_set    (const char   *object,
                                          const char   *name,
                                          const char   *value);

/**
 * EngramJsonMemberFunc:
 * @name: (nullable): the name of a member of an object; %NULL for an item of a list
 * @value: its value as JSON text
 * @type: what that is
 * @user_data: what the caller gave
 *
 * Called by engram_json_foreach().
 */
typedef void (*EngramJsonMemberFunc) (const char     *name,
                                      const char     *value,
                                      EngramJsonType  type,
                                      gpointer        user_data);

/**
 * engram_json_foreach:
 * @text: a JSON object or list as text
 * @func: (scope call): called with each member or item
 * @user_data: data for @func
 *
 * Calls a function with each member of an object (its name and its value) or item of a list (whose name is
 * %NULL), in their order. The value is JSON text, byte for byte as it stands; a name is the text it stands
 * for, as engram_json_get_string() gives it. Both are valid during the call only. The whole text is checked
 * first. Any thread.
 *
 * Returns: %FALSE where @text is not JSON or neither object nor list; @func was then not called
 */
gboolean       engram_json_foreach       (const char   *text,
                                          EngramJsonMemberFunc func,
                                          gpointer      user_data);

ENGRAM_END_DECLS
