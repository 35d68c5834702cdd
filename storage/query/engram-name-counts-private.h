/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-facets.h"
#include "query/engram-row-columns-private.h"

G_BEGIN_DECLS

/* How often each of many names comes: of types, of tags. One thread at a time. */
typedef struct _EngramNameCounts EngramNameCounts;

EngramNameCounts *engram_name_counts_new      (void);
void              engram_name_counts_free     (EngramNameCounts       *self);
/* @count may be 0, for a name that is to be there. */
void              engram_name_counts_add      (EngramNameCounts       *self,
                                               const char             *name,
                                               gsize                   length,
                                               guint64                 count);
/* Counts a name once only for each @row, a number that is not that of the row before. */
void              engram_name_counts_add_once (EngramNameCounts       *self,
                                               const char             *name,
                                               gsize                   length,
                                               guint64                 row);
/* The type of a row, if it has one, as engram_name_counts_add(). */
void              engram_name_counts_add_type (EngramNameCounts       *self,
                                               const EngramRow        *row,
                                               guint64                 count);
/* The tags of a row, as engram_name_counts_add_once() with @number as the row's; none where what is there is no
 * list. */
void              engram_name_counts_add_tags (EngramNameCounts       *self,
                                               const EngramRow        *row,
                                               guint64                 number);
void              engram_name_counts_merge    (EngramNameCounts       *self,
                                               const EngramNameCounts *other);
/* Names that came at least once. */
guint             engram_name_counts_get_used (const EngramNameCounts *self);
/* (transfer full) (element-type EngramFacetValue): the most frequent first, equal ones by name; @max of them, and those
 * in @keep, which may be NULL, wherever they stand. */
GPtrArray        *engram_name_counts_list     (const EngramNameCounts *self,
                                               guint                   max,
                                               GHashTable             *keep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNameCounts, engram_name_counts_free)

G_END_DECLS
