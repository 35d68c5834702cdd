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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramTextSearch, engram_text_search_free)

G_END_DECLS
