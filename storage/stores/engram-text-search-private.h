/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Looks for a part of a text, letter case ignored as Unicode has it. */
typedef struct _EngramTextSearch EngramTextSearch;

EngramTextSearch *engram_text_search_new          (const char             *part);
void              engram_text_search_free         (EngramTextSearch       *self);
gboolean          engram_text_search_matches      (const EngramTextSearch *self,
                                                   const char             *text);
/* In a JSON document, where a letter may stand as it is or as an escape. */
gboolean          engram_text_search_matches_json (const EngramTextSearch *self,
                                                   const char             *json);

/* For an index, what is compared: a part is in a text where its folded form is in the folded form of the text, or, of a
 * JSON document, in that of the document with its escapes read (no JSON any more, but the letters that a person sees).
 * Both take valid UTF-8. (transfer full) */
char             *engram_text_search_fold         (const char             *text);
char             *engram_text_search_read_escapes (const char             *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramTextSearch, engram_text_search_free)

G_END_DECLS
