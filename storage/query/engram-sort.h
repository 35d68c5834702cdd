/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"
#include "model/engram-record-kind.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramSortKey:
 *
 * By what a list is sorted. Texts are compared in the person's collation, numbers and times as values; what is not
 * there, or no number, comes last in either direction; equal ones stay in the order of rows. %ENGRAM_SORT_ROWS, the
 * order of rows, is that of `like` where the query has such a term: the nearest first.
 */
typedef enum {
  ENGRAM_SORT_ROWS,
  /* both */
  ENGRAM_SORT_ID,
  ENGRAM_SORT_TYPE,
  ENGRAM_SORT_CREATED,
  ENGRAM_SORT_MODIFIED,
  ENGRAM_SORT_CHANGE, /* a difference, as those below: none has one before another file has been compared */
  /* neurons */
  ENGRAM_SORT_SUMMARY,
  ENGRAM_SORT_TAGS,
  ENGRAM_SORT_X,
  ENGRAM_SORT_Y,
  ENGRAM_SORT_Z,
  ENGRAM_SORT_ACTIVATION,
  ENGRAM_SORT_IMPORTANCE,
  ENGRAM_SORT_EXECUTIONS,
  ENGRAM_SORT_DEGREE,
  ENGRAM_SORT_IN,
  ENGRAM_SORT_OUT,
  ENGRAM_SORT_SCORE,
  ENGRAM_SORT_COMMUNITY, /* results of analyses: none has one before that has been made */
  ENGRAM_SORT_COMPONENT,
  ENGRAM_SORT_PAGE_RANK,
  ENGRAM_SORT_BETWEENNESS,
  ENGRAM_SORT_FAITHFULNESS,
  ENGRAM_SORT_MOVED,
  ENGRAM_SORT_DRIFT,
  /* synapses */
  ENGRAM_SORT_SOURCE, /* what stands for the neuron there, as ENGRAM_SORT_SUMMARY */
  ENGRAM_SORT_TARGET,
  ENGRAM_SORT_WEIGHT,
  ENGRAM_SORT_STRENGTH, /* |weight| */
  ENGRAM_SORT_USAGE,
  ENGRAM_SORT_LAST_TRAVERSED,
  ENGRAM_SORT_WEIGHT_CHANGE,
  ENGRAM_SORT_N_KEYS,
} EngramSortKey;

/**
 * EngramSort:
 * @key: by what
 * @descending: the greatest first
 *
 * In which order records are listed.
 */
typedef struct {
  EngramSortKey key;
  gboolean      descending;
} EngramSort;

/**
 * engram_sort_key_get_name:
 * @key: a key
 *
 * Returns: (transfer none): a fixed name, for files: "activation"
 */
const char    *engram_sort_key_get_name  (EngramSortKey     key);

/**
 * engram_sort_key_from_name:
 * @name: a fixed name
 *
 * Returns: the key of that name, or %ENGRAM_SORT_ROWS
 */
EngramSortKey  engram_sort_key_from_name (const char       *name);

/**
 * engram_sort_key_fits:
 * @key: a key
 * @kind: neurons or synapses
 *
 * Returns: whether these can be sorted by it
 */
gboolean       engram_sort_key_fits      (EngramSortKey     key,
                                          EngramRecordKind  kind);

ENGRAM_END_DECLS
