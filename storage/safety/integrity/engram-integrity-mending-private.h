/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/integrity/engram-integrity-repair-private.h"

G_BEGIN_DECLS

/* What becomes of a row in which something is broken: found out in the same way for a repair and for its preview. */

/* What differs between the two tables. */
typedef struct {
  const char             *name;
  EngramRecordKind        record;
  const EngramJsonColumn *json;
  guint                   n_json;
  int                     created_index;
  int                     modified_index;
} EngramRepairTable;

extern const EngramRepairTable engram_repair_neuron_table;
extern const EngramRepairTable engram_repair_synapse_table;

/* A row of a table in which something is to be repaired. */
typedef struct {
  gint64             rowid;
  EngramFindingKinds kinds;
} EngramBrokenRow;

/* The greatest number of columns that are set in one row: all that hold JSON, the vector or the weight, the time. */
#define ENGRAM_MAX_MENDINGS (ENGRAM_N_NEURON_JSON + 2)

/* The column that tells when a row was changed last: it changes in every row that is mended. */
#define ENGRAM_REPAIR_TIME "modified_at"

/* What a row's columns become. */
typedef struct {
  struct {
    const char *column;
    char       *before; /* for people; only where the preview tells it */
    char       *text;   /* NULL for @number or, where that is 0, for NULL */
    double      number;
  } changes[ENGRAM_MAX_MENDINGS];
  guint n_changes;
  char *id;             /* only where the preview tells it */
} EngramMending;

void             engram_mending_clear       (EngramMending            *self);

/* A statement for whole rows, as engram_integrity_judge_neuron() or _synapse() has them. */
EngramStatement *engram_repair_prepare_rows (EngramRepair             *self,
                                             const EngramRepairTable  *table,
                                             const char               *where,
                                             GError                  **error);
/* What becomes of a row that stays. Where broken metadata are mended because they must keep something, their kind is
 * added to those of @broken. */
gboolean         engram_repair_mend_row     (EngramRepair             *self,
                                             const EngramRepairTable  *table,
                                             EngramBrokenRow          *broken,
                                             EngramMending            *mending,
                                             GError                  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramMending, engram_mending_clear)

G_END_DECLS
