/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramControlKind:
 *
 * How a value is edited: as text of several lines, as Python code, as JSON, as a JSON object or list, as a number, as
 * one of 0 to 1, as one of -1 to 1, as a whole number, by a switch, as a time, as a list of words, as one of some known
 * texts, as one of the types of neurons. */
typedef enum {
  ENGRAM_CONTROL_TEXT,
  ENGRAM_CONTROL_CODE,
  ENGRAM_CONTROL_JSON,
  ENGRAM_CONTROL_OBJECT,
  ENGRAM_CONTROL_LIST,
  ENGRAM_CONTROL_NUMBER,
  ENGRAM_CONTROL_LEVEL,
  ENGRAM_CONTROL_WEIGHT,
  ENGRAM_CONTROL_INTEGER,
  ENGRAM_CONTROL_BOOLEAN,
  ENGRAM_CONTROL_TIME,
  ENGRAM_CONTROL_TAGS,
  ENGRAM_CONTROL_CHOICE,
  ENGRAM_CONTROL_TYPE,
} EngramControlKind;

/* Values as JSON, and as the text that a control holds of them. */

EngramControlKind  engram_field_text_choose     (EngramFieldKind     kind,
                                                 const char         *json);
char              *engram_field_text_from_json  (EngramControlKind   kind,
                                                 const char         *json);
char              *engram_field_text_to_json    (EngramControlKind   kind,
                                                 const char         *text,
                                                 char              **problem);
gboolean           engram_field_text_is_long    (EngramControlKind   kind);
char              *engram_field_text_from_tags  (const char * const *tags);
char             **engram_field_text_to_tags    (const char         *json);

G_END_DECLS
