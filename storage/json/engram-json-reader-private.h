/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "json/engram-json.h"

G_BEGIN_DECLS

/* A strict reader of JSON (RFC 8259) that is asked for one token after the other. It allocates nothing,
 * builds nothing and recurses nowhere: its whole state is this struct, which may lie on the stack. One thread
 * at a time. */

typedef enum {
  ENGRAM_JSON_TOKEN_INVALID,
  ENGRAM_JSON_TOKEN_END,
  ENGRAM_JSON_TOKEN_BEGIN_OBJECT,
  ENGRAM_JSON_TOKEN_END_OBJECT,
  ENGRAM_JSON_TOKEN_BEGIN_LIST,
  ENGRAM_JSON_TOKEN_END_LIST,
  ENGRAM_JSON_TOKEN_NAME,
  ENGRAM_JSON_TOKEN_STRING,
  ENGRAM_JSON_TOKEN_NUMBER,
  ENGRAM_JSON_TOKEN_TRUE,
  ENGRAM_JSON_TOKEN_FALSE,
  ENGRAM_JSON_TOKEN_NULL,
} EngramJsonToken;

/* What may come next. */
typedef enum {
  ENGRAM_JSON_EXPECT_VALUE,
  ENGRAM_JSON_EXPECT_FIRST_ITEM,
  ENGRAM_JSON_EXPECT_FIRST_NAME,
  ENGRAM_JSON_EXPECT_SEPARATOR,
} EngramJsonExpectation;

typedef struct {
  /* Of the latest token: its bytes (text with its quotes), and whether a text has an escape in it */
  const char            *token;
  gsize                  token_length;
  gboolean               token_escaped;

  /* Objects and lists that are open */
  guint                  depth;

  /* After ENGRAM_JSON_TOKEN_INVALID: what is wrong, to be translated; the place is `cursor` */
  const char            *reason;

  const char            *start;
  const char            *cursor;
  const char            *end;
  EngramJsonExpectation  expectation;
  guint8                 objects[ENGRAM_JSON_MAX_DEPTH / 8];
} EngramJsonReader;

void             engram_json_reader_init (EngramJsonReader *self,
                                          const char       *text,
                                          gsize             length);
EngramJsonToken  engram_json_reader_next (EngramJsonReader *self);
EngramJsonToken  engram_json_reader_skip (EngramJsonReader *self,
                                          EngramJsonToken   token);
EngramJsonType   engram_json_token_type  (EngramJsonToken   token);

/* The character that starts at *cursor within a string token that ends (without its quote) at @end; moves past it. What
 * stands there as half a surrogate pair is returned as it is. */
gunichar         engram_json_read_character (const char   **cursor,
                                          const char       *end);

/* The text of a string token. *exact is FALSE where something had to be replaced by U+FFFD. */
char            *engram_json_unescape    (const char       *token,
                                          gsize             length,
                                          gboolean         *exact);

G_END_DECLS
