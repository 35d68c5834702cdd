/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-record-private.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* One of the two tables in both files, and what differs between two of its rows. */

typedef enum {
  ENGRAM_COMPARE_VALUE,    /* as a value of SQLite */
  ENGRAM_COMPARE_JSON,     /* text that is JSON: by what it says */
  ENGRAM_COMPARE_MEMBERS,  /* engram_fields: member by member */
} EngramCompareHow;

typedef struct {
  char             *name;
  EngramCompareHow  how;
  guint64           bit;
} EngramCompareColumn;

/* The two files, in arrays of two. */
enum {
  ENGRAM_COMPARE_TODAY,
  ENGRAM_COMPARE_OTHER,
  ENGRAM_COMPARE_N_SIDES,
};

/* What a select gives: the rowid, then the columns; in a file that lacks one NULL stands for it. */
enum {
  ENGRAM_COMPARE_ROWID,
  ENGRAM_COMPARE_FIRST,
  ENGRAM_COMPARE_ID = ENGRAM_COMPARE_FIRST,
};

#define ENGRAM_COMPARE_MAX_FIELDS 64

/* The names of what can differ, a bit each; new ones are added in any thread. */
typedef struct {
  GMutex      mutex;
  GPtrArray  *names;
  GHashTable *bits;     /* name -> its number */
  guint       n_fixed;  /* those of Engram's columns, which come first */
  guint64     overflow; /* the bit of all that have none of their own */
} EngramCompareFields;

typedef struct {
  const EngramRecordClass *class;
  const char              *name;
  GPtrArray               *columns;   /* of EngramCompareColumn: those of Engram, then those that both files have */
  char                    *selects[ENGRAM_COMPARE_N_SIDES];  /* of rowids from first to last, in their order */
  GStrv                    unshared[ENGRAM_COMPARE_N_SIDES]; /* columns that just this one has */
  guint64                  touched;   /* the bit of modified_at */
  int                      position;  /* where columns that are measured stand in a select; of neurons */
  int                      vector;
  int                      change;    /* the activation level, or the weight */
  EngramCompareFields      fields;
} EngramCompareTable;

/* What differs in numbers; NaN where that cannot be said. */
typedef struct {
  guint64 fields;
  double  moved;
  double  drift;
  double  drift_length;
  double  change;       /* of the activation level, or of the weight */
} EngramDifference;

EngramCompareTable *engram_compare_table_new       (const EngramRecordClass  *class,
                                                    EngramConnection         *today,
                                                    EngramConnection         *other,
                                                    GError                  **error);
void                engram_compare_table_free      (EngramCompareTable       *self);

/* What differs between two rows, of today and of the other file; any thread. */
void                engram_compare_table_compare   (EngramCompareTable       *self,
                                                    sqlite3_stmt             *today,
                                                    sqlite3_stmt             *other,
                                                    EngramDifference         *difference);
/* Whether two values differ, for what the column is. */
gboolean            engram_compare_column_differs  (const EngramCompareColumn *self,
                                                    sqlite3_stmt             *today,
                                                    sqlite3_stmt             *other,
                                                    int                       index);
/* Whether two values are the same to the bit; numbers, as numbers. */
gboolean            engram_compare_is_same_value   (sqlite3_stmt             *today,
                                                    sqlite3_stmt             *other,
                                                    int                       index);
/* FALSE with @error set where SQLite had no memory for a value, which then looks like an empty one. */
gboolean            engram_compare_check_memory    (EngramConnection         *connection,
                                                    GError                  **error);

/* The bit of a name, which gets one where it has none. */
guint64             engram_compare_fields_get_bit  (EngramCompareFields      *self,
                                                    const char               *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramCompareTable, engram_compare_table_free)

/* Two objects of fields that have no column: which of their members differ. */
guint64             engram_compare_members         (EngramCompareTable       *table,
                                                    const char               *today,
                                                    gsize                     today_length,
                                                    const char               *other,
                                                    gsize                     other_length);
/* Whether two texts are JSON, and say the same. */
gboolean            engram_compare_json_is_same    (const char               *text,
                                                    gsize                     length,
                                                    const char               *other,
                                                    gsize                     other_length);

G_END_DECLS
