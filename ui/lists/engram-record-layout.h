/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-columns.h"

G_BEGIN_DECLS

/* How a list of records is laid out: its columns in their order, which of them are shown, how wide, and by what it is
 * sorted. As text: "type text:340 -tags weight sort=-weight", hidden columns with a hyphen, widths in pixels where a
 * person has set one. Reading passes over what it does not know and repeated names; a column that is not named (it may
 * be newer) stands behind the one that it follows at first. */

/* EngramColumnLayout:
 * @column: which
 * @shown: whether it is shown
 * @width: in pixels, -1 for what it needs */
typedef struct {
  const EngramColumn *column;
  gboolean            shown;
  int                 width;
} EngramColumnLayout;

typedef struct {
  EngramRecordKind  kind;
  GArray           *columns; /* EngramColumnLayout, all of the kind */
  EngramSort        sort;
} EngramRecordLayout;

/* @text: (nullable): NULL and "" for how it is at first */
EngramRecordLayout *engram_record_layout_parse    (EngramRecordKind          kind,
                                                   const char               *text);
char               *engram_record_layout_dup_text (const EngramRecordLayout *self);
void                engram_record_layout_free     (EngramRecordLayout       *self);

/* A view whose columns engram_columns_create() made */
EngramRecordLayout *engram_record_layout_take     (EngramRecordKind          kind,
                                                   GtkColumnView            *view,
                                                   EngramSort                sort);
void                engram_record_layout_apply    (const EngramRecordLayout *self,
                                                   GtkColumnView            *view);

/* The view's column, which is the view's */
GtkColumnViewColumn *engram_record_layout_find    (GtkColumnView            *view,
                                                   const EngramColumn       *column,
                                                   guint                    *position);
/* Moves a column by that many places, over those that are not there now; FALSE where it is at the end already. */
gboolean            engram_record_layout_move     (GtkColumnView            *view,
                                                   const EngramColumn       *column,
                                                   int                       by);

/* Whether a person wants to see a column; it is seen where it is there too: the score is, while the query has one. */
gboolean            engram_record_layout_get_shown (GtkColumnViewColumn     *column);
void                engram_record_layout_set_shown (GtkColumnViewColumn     *column,
                                                    gboolean                 shown);
gboolean            engram_record_layout_get_there (GtkColumnViewColumn     *column);
void                engram_record_layout_set_there (GtkColumnViewColumn     *column,
                                                    gboolean                 there);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordLayout, engram_record_layout_free)

G_END_DECLS
