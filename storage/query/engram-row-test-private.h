/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-network.h"
#include "query/engram-degrees-private.h"
#include "query/engram-query.h"
#include "query/engram-record-numbers.h"
#include "query/engram-row-bits-private.h"
#include "query/engram-row-columns-private.h"
#include "stores/engram-row-set.h"
#include "stores/engram-text-search-private.h"

G_BEGIN_DECLS

/* The terms of a query as one kind of records is tested by them, row by row. Read only once it is made; any number of
 * threads then use it, each with an EngramRow of its own. */

/* What is asked of the records at the other end of a synapse is one term more, which is never negated. */
#define ENGRAM_ROW_OTHER_END ENGRAM_QUERY_N_FIELDS

typedef struct _EngramRowTerm EngramRowTerm;

typedef gboolean (*EngramRowHoldsFunc) (const EngramRowTerm *self,
                                        EngramRow           *row);

struct _EngramRowTerm {
  const EngramQueryTerm *term;    /* NULL for ENGRAM_ROW_OTHER_END */
  guint                  field;
  gboolean               negated;
  EngramRowHoldsFunc     holds;
  guint                  columns; /* what it reads, as bits */
  guint                  cost;    /* the least first */

  EngramRowSet          *rows;    /* the rows for which it holds, or, of words, may hold; or NULL */
  EngramRowBits         *bits;    /* the same, or NULL */
  EngramTextSearch      *search;  /* of words */
  double                 place[3]; /* of `near` */
  double                 vector_bytes; /* of `like` */
  EngramDegrees         *degrees;
  EngramNetwork         *network;
  EngramRecordNumbers   *values;  /* of an analysis */
  GArray                *groups;  /* of double: which of these values will do; NULL for those in a range */
  guint8                *marks;   /* of each neuron in @network: whether it has what is asked of the other end */
};

typedef struct {
  EngramQuery     *query;
  GArray          *terms; /* of EngramRowTerm, cheap ones first */
  EngramRowLayout  layout;
} EngramRowTest;

void           engram_row_test_init       (EngramRowTest         *self,
                                           EngramRecordKind       kind,
                                           gboolean               has_fields,
                                           EngramQuery           *query);
void           engram_row_test_clear      (EngramRowTest         *self);

/* A term that looks at the record itself. The caller fills in what must be looked up: rows, place, vector_bytes,
 * degrees, values. */
EngramRowTerm *engram_row_test_add        (EngramRowTest         *self,
                                           const EngramQueryTerm *term);
/* Takes all rows for which the term holds: it then looks at no column. */
void           engram_row_term_take_rows  (EngramRowTerm         *self,
                                           EngramRowSet          *rows);
/* What is asked of the other end: takes the rows for which it holds. */
void           engram_row_test_add_bits   (EngramRowTest         *self,
                                           EngramRowBits         *bits);
/* The same: takes @marks, a byte for each neuron of @network. For neurons, the neuron's own mark
 * counts; for synapses, that of either of its ends. */
void           engram_row_test_add_marks  (EngramRowTest         *self,
                                           EngramNetwork         *network,
                                           guint8                *marks);
/* When all terms are there. @columns: more bits, for who reads more of a row. */
void           engram_row_test_finish     (EngramRowTest         *self,
                                           guint                  columns);

/* Each for @row on a statement with the columns of the layout, or without one where no column is needed. */
gboolean       engram_row_test_passes     (const EngramRowTest   *self,
                                           EngramRow             *row);
/* The fields whose terms do not hold, as bits. Once there are two of them, with one that is not of @common, no more are
 * looked for. */
guint          engram_row_test_get_failed (const EngramRowTest   *self,
                                           EngramRow             *row,
                                           guint                  common);

/* Where the neuron of a row stands in the columns of the network; ENGRAM_ID_TABLE_NONE where it does not. Quick for
 * rows that come in their order. */
guint32        engram_row_find_neuron     (EngramRow             *row,
                                           const EngramNetwork   *network);
/* The same of degrees. */
guint32        engram_row_find_degrees    (EngramRow             *row,
                                           const EngramDegrees   *degrees);
/* 0 where the neuron has no place in @degrees. */
guint32        engram_row_get_degree      (EngramRow             *row,
                                           const EngramDegrees   *degrees,
                                           EngramQueryField       field);

gboolean       engram_range_contains      (const EngramRange     *range,
                                           double                 number);
/* Whether a field is looked at in records of a kind themselves; else it is asked of those at the other end. */
gboolean       engram_row_field_is_own    (EngramQueryField       field,
                                           EngramRecordKind       kind);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramRowTest, engram_row_test_clear)

G_END_DECLS
