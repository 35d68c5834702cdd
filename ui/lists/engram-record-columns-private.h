/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-columns.h"
#include "lists/engram-record-page.h"

G_BEGIN_DECLS

/* EngramCellStyle:
 * @ENGRAM_CELL_FIGURES: figures, which are all of one width
 * @ENGRAM_CELL_RIGHT: they end below each other
 * @ENGRAM_CELL_EXPAND: takes the room that is left
 * @ENGRAM_CELL_TYPE: has the dot of a neuron's type
 * @ENGRAM_CELL_WEIGHT: has the bar of a weight
 * @ENGRAM_CELL_LATE: comes once in a while, and has no widget before */
typedef enum {
  ENGRAM_CELL_PLAIN   = 0,
  ENGRAM_CELL_FIGURES = 1 << 0,
  ENGRAM_CELL_RIGHT   = 1 << 1,
  ENGRAM_CELL_EXPAND  = 1 << 2,
  ENGRAM_CELL_TYPE    = 1 << 3,
  ENGRAM_CELL_WEIGHT  = 1 << 4,
  ENGRAM_CELL_LATE    = 1 << 5,
} EngramCellStyle;

#define ENGRAM_CELL_NUMBER (ENGRAM_CELL_FIGURES | ENGRAM_CELL_RIGHT)

typedef char       *(*EngramCellFunc) (const EngramRecordValues *values);
typedef const char *(*EngramTypeFunc) (const EngramRecordValues *values);

/* EngramColumnDetails:
 * @column: the column; its title is not translated here
 * @min_characters: how narrow it may be
 * @characters: how wide it is at first
 * @style: how its cells look
 * @format: (transfer full): what they show
 * @exact: (transfer full): the value for other programs
 * @explain: (transfer full) (nullable): what the tooltip says
 * @get_type: (nullable): the type whose dot it has
 *
 * How a column is made. */
typedef struct {
  EngramColumn    column;
  guint           min_characters;
  guint           characters;
  EngramCellStyle style;
  EngramCellFunc  format;
  EngramCellFunc  exact;
  EngramCellFunc  explain;
  EngramTypeFunc  get_type;
} EngramColumnDetails;

const EngramColumnDetails *engram_columns_list_neurons  (gsize              *n_columns);
const EngramColumnDetails *engram_columns_list_synapses (gsize              *n_columns);
const EngramColumnDetails *engram_columns_get_details   (const EngramColumn *column);

/* @values are @item's, as long as it lives; both members are NULL where there is no record. */
void engram_record_values_init (EngramRecordValues     *values,
                                const EngramRecordItem *item,
                                float                   score);

/* What an analysis gives a record; NaN for one of the other kind, or one that has not been made. Any thread. */
double engram_columns_look_up  (EngramSearcher   *searcher,
                                EngramAnalysis    analysis,
                                EngramRecordKind  kind,
                                gint64            rowid);
/* Looks up the results of analyses for the record; any thread. */
void engram_record_values_look_up (EngramRecordValues  *values,
                                   EngramSearcher      *searcher);

/* What several columns have in common. */
char *engram_columns_dup_number (double      number);
char *engram_columns_dup_count  (gint64      number);
char *engram_columns_dup_text   (const char *text);
/* The name of the group that a category gives a record: "Added", and the same for other programs: "added". */
char *engram_columns_format_change (const EngramRecordValues *values,
                                    EngramAnalysis            analysis);
char *engram_columns_exact_change  (const EngramRecordValues *values,
                                    EngramAnalysis            analysis);

G_END_DECLS
