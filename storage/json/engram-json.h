/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-error.h"

G_BEGIN_DECLS

/* Strict JSON (RFC 8259) inside the fields of a network: checked and carried as text, never printed anew, so that
 * numbers keep their digits and members their order. */

#define ENGRAM_JSON_MAX_DEPTH 1024

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

EngramJsonType engram_json_check         (const char   *text,
                                          gssize        length,
                                          gsize        *error_offset,
                                          const char  **reason);
char          *engram_json_compact       (const char   *text);
char          *engram_json_pretty        (const char   *text,
                                          guint         indent);
char          *engram_json_quote         (const char   *text);
char          *engram_json_get_string    (const char   *text);
char          *engram_json_object_get    (const char   *object,
                                          const char   *name);
char          *engram_json_object_set    (const char   *object,
                                          const char   *name,
                                          const char   *value);

typedef void (*EngramJsonMemberFunc) (const char     *name,
                                      const char     *value,
                                      EngramJsonType  type,
                                      gpointer        user_data);

gboolean       engram_json_foreach       (const char   *text,
                                          EngramJsonMemberFunc func,
                                          gpointer      user_data);

G_END_DECLS
