/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "query/engram-query.h"

G_BEGIN_DECLS

/* What may stand after the colon of a field. */
typedef enum {
  ENGRAM_QUERY_FORM_WORD,
  ENGRAM_QUERY_FORM_IDS,
  ENGRAM_QUERY_FORM_ID,
  ENGRAM_QUERY_FORM_NAMES,
  ENGRAM_QUERY_FORM_NUMBERS,
  ENGRAM_QUERY_FORM_GROUPS, /* numbers that are names, or a range of them */
  ENGRAM_QUERY_FORM_CHOICES, /* names of which there are few: engram_query_field_get_choices() */
  ENGRAM_QUERY_FORM_TIMES,
  ENGRAM_QUERY_FORM_NEAR,
  ENGRAM_QUERY_FORM_BOX,
} EngramQueryForm;

EngramQueryForm engram_query_field_get_form  (EngramQueryField    field);
/* The field of a name, letter case ignored; FALSE where there is none. */
gboolean        engram_query_field_from_name (const char         *name,
                                              gsize               length,
                                              EngramQueryField   *field);
/* What somebody may have meant who wrote that name; ENGRAM_QUERY_WORD where nothing comes near. */
EngramQueryField engram_query_field_suggest  (const char         *name);

/* Reading a text from the left to the right. What is wrong is kept with its place. */
typedef struct {
  const char *text;
  const char *cursor;
  GDateTime  *now;
  const char *wrong_start;
  const char *wrong_end;
  GError     *error;
} EngramQueryReader;

/* Keeps the message, and returns FALSE. */
gboolean        engram_query_fail            (EngramQueryReader  *self,
                                              const char         *start,
                                              const char         *end,
                                              const char         *format,
                                              ...) G_GNUC_PRINTF (4, 5);

/* Where the white space from there on ends, or, where what is not white space does. */
const char     *engram_query_skip_space      (const char         *cursor);
const char     *engram_query_skip_solid      (const char         *cursor);

/* The colon of "field:value"; NULL where no field is written there. Names that do not exist count, but not what merely
 * holds a colon: http://x, std::string, 9:30. */
const char     *engram_query_find_colon      (const char         *cursor);

/* What stands between two quotation marks, "" being one of them within. */
char           *engram_query_read_quoted     (EngramQueryReader  *self);

/* Each reads what follows the colon into the term, with the cursor on it. */
gboolean        engram_query_read_names      (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_id         (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_numbers    (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_groups     (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_choices    (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_times      (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_near       (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);
gboolean        engram_query_read_box        (EngramQueryReader  *self,
                                              EngramQueryTerm    *term);

/* Ids as they were pasted, in whatever separators. Without an id at the cursor nothing is read, and the term has no
 * values. @over_space: whether the list goes on after white space. */
gboolean        engram_query_read_ids        (EngramQueryReader  *self,
                                              EngramQueryTerm    *term,
                                              gboolean            over_space);
/* An id that a person wrote, as networks write it; anything else as it is. */
char           *engram_query_normalize_id    (const char         *text);

/* EngramQueryBounds:
 * @low: text of the lower bound, NULL for none
 * @high: text of the upper bound
 * @single: whether one value was written, which is both
 *
 * The bounds of ">a", "a..b", "a" and the like. */
typedef struct {
  char     *low;
  char     *high;
  gboolean  low_excluded;
  gboolean  high_excluded;
  gboolean  single;
} EngramQueryBounds;

/* Reads up to the next white space. */
gboolean        engram_query_read_bounds     (EngramQueryReader  *self,
                                              EngramQueryTerm    *term,
                                              EngramQueryBounds  *bounds);
void            engram_query_bounds_clear    (EngramQueryBounds  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramQueryBounds, engram_query_bounds_clear)

/* The same as the text of a term, as engram_query_parse() reads it. */
char           *engram_query_format_range    (EngramQueryField    field,
                                              const EngramRange  *range);
char           *engram_query_format_times    (EngramQueryField    field,
                                              const char         *since,
                                              const char         *until);
char           *engram_query_format_values   (EngramQueryField    field,
                                              const char *const  *values);

/* Parses as if it were that moment. */
EngramQuery    *engram_query_parse_at        (const char         *text,
                                              GDateTime          *now,
                                              gsize              *start,
                                              gsize              *end,
                                              GError            **error);
/* Takes @text, trimmed, and @terms. */
EngramQuery    *engram_query_new             (char               *text,
                                              GArray             *terms);
void            engram_query_term_clear      (EngramQueryTerm    *self);

G_END_DECLS
