/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "json/engram-json.h"
#include "safety/integrity/engram-integrity.h"
#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* What the report and the repairs share: the kinds of findings, and what makes a row one of them. */

/* In the order in which findings of one severity are listed. */
typedef enum {
  ENGRAM_KIND_SQLITE_CORRUPTION,
  ENGRAM_KIND_ORPHAN_SOURCE,
  ENGRAM_KIND_ORPHAN_TARGET,
  ENGRAM_KIND_WEIGHT_RANGE,
  ENGRAM_KIND_WEIGHT_NOT_NUMBER,
  ENGRAM_KIND_VECTOR_LENGTH,
  ENGRAM_KIND_VECTOR_DIMENSION,
  ENGRAM_KIND_VECTOR_NOT_FINITE,
  ENGRAM_KIND_VECTOR_ZERO,
  ENGRAM_KIND_VECTOR_NOT_BLOB,
  ENGRAM_KIND_POSITION_NOT_FINITE,
  ENGRAM_KIND_METADATA_JSON,
  ENGRAM_KIND_TAGS_JSON,
  ENGRAM_KIND_SCHEMA_JSON,
  ENGRAM_KIND_ID_NOT_UUID,
  ENGRAM_KIND_TIMESTAMP_FORMAT,
  ENGRAM_KIND_TIMESTAMP_ORDER,
  ENGRAM_KIND_SYNAPSE_REPEATED,
  ENGRAM_KIND_SYNAPSE_SELF,
  ENGRAM_KIND_TYPE_UNREGISTERED,
  ENGRAM_KIND_FOREIGN_TRIGGER,
  ENGRAM_KIND_FOREIGN_VIEW,
  ENGRAM_KIND_FOREIGN_TABLE,
  ENGRAM_KIND_INDEX_MISSING,
  ENGRAM_KIND_SAME_PLACE,
  ENGRAM_KIND_SAME_VECTOR,
  ENGRAM_N_KINDS,
} EngramFindingKind;

/* Kinds as a set of bits. */
typedef guint32 EngramFindingKinds;
#define ENGRAM_KIND_BIT(kind) (1u << (kind))

const char         *engram_finding_kind_get_name     (EngramFindingKind   kind);
/* FALSE where there is no kind of that name. */
gboolean            engram_finding_kind_find         (const char         *name,
                                                      EngramFindingKind  *kind);
EngramSeverity      engram_finding_kind_get_severity (EngramFindingKind   kind);
/* What is done about it, translated ("Delete these synapses"), or NULL where nothing is. */
const char         *engram_finding_kind_get_repair   (EngramFindingKind   kind);

/* One column that holds JSON. */
typedef struct {
  const char         *name;  /* in the table */
  int                 index; /* in a row as the functions below have it */
  EngramJsonType      type;  /* what it must be; NULL is always good */
  EngramFindingKind   kind;
} EngramJsonColumn;

gboolean            engram_integrity_is_json_broken  (sqlite3_stmt           *row,
                                                      const EngramJsonColumn *column);

/* A row of neurons as SELECT gives it with engram_integrity_get_neuron_columns(). */
enum {
  ENGRAM_NEURON_ROW_ROWID,
  ENGRAM_NEURON_ROW_ID,
  ENGRAM_NEURON_ROW_X,
  ENGRAM_NEURON_ROW_Y,
  ENGRAM_NEURON_ROW_Z,
  ENGRAM_NEURON_ROW_VECTOR,
  ENGRAM_NEURON_ROW_TYPE,
  ENGRAM_NEURON_ROW_METADATA,
  ENGRAM_NEURON_ROW_CREATED_AT,
  ENGRAM_NEURON_ROW_MODIFIED_AT,
  ENGRAM_NEURON_ROW_SEMANTIC_TAGS,
  ENGRAM_NEURON_ROW_INPUT_SCHEMA,
  ENGRAM_NEURON_ROW_OUTPUT_SCHEMA,
  ENGRAM_NEURON_ROW_FIELDS,
};

extern const EngramJsonColumn engram_integrity_neuron_json[];
#define ENGRAM_N_NEURON_JSON 5

/* @has_fields: engram_connection_neurons_have_fields() */
const char         *engram_integrity_get_neuron_columns (gboolean             has_fields);
/* Of which kinds the row is: of all that one row can show, but for ENGRAM_KIND_TYPE_UNREGISTERED. @dimension is how
 * many numbers a vector must have; with 0 none is of ENGRAM_KIND_VECTOR_DIMENSION. */
EngramFindingKinds  engram_integrity_judge_neuron    (sqlite3_stmt           *row,
                                                      guint                   dimension);
/* The most frequent number of numbers of a vector (of several, the smallest), or 0 where there is no vector. */
gboolean            engram_integrity_find_dimension  (EngramConnection       *connection,
                                                      guint                  *dimension,
                                                      GError                **error);

/* The ids of all neurons, as SQLite's foreign keys tell them apart. Finding is safe in several threads once adding has
 * ended. */
typedef struct _EngramNeuronIds EngramNeuronIds;

EngramNeuronIds    *engram_neuron_ids_new            (void);
void                engram_neuron_ids_free           (EngramNeuronIds        *self);
/* Adds what a column of a row holds. FALSE where it is NULL or there already. */
gboolean            engram_neuron_ids_add            (EngramNeuronIds        *self,
                                                      sqlite3_stmt           *row,
                                                      int                     column);
/* Adds those of the whole table. */
gboolean            engram_neuron_ids_read           (EngramNeuronIds        *self,
                                                      EngramConnection       *connection,
                                                      GError                **error);

/* A row of synapses as SELECT gives it with engram_integrity_get_synapse_columns(). */
enum {
  ENGRAM_SYNAPSE_ROW_ROWID,
  ENGRAM_SYNAPSE_ROW_ID,
  ENGRAM_SYNAPSE_ROW_SOURCE,
  ENGRAM_SYNAPSE_ROW_TARGET,
  ENGRAM_SYNAPSE_ROW_WEIGHT,
  ENGRAM_SYNAPSE_ROW_LAST_TRAVERSED,
  ENGRAM_SYNAPSE_ROW_METADATA,
  ENGRAM_SYNAPSE_ROW_CREATED_AT,
  ENGRAM_SYNAPSE_ROW_MODIFIED_AT,
  ENGRAM_SYNAPSE_ROW_FIELDS,
};

extern const EngramJsonColumn engram_integrity_synapse_json[];
#define ENGRAM_N_SYNAPSE_JSON 2

/* @has_fields: engram_connection_synapses_have_fields() */
const char         *engram_integrity_get_synapse_columns (gboolean            has_fields);
/* Of which kinds the row is: of all that one row can show. Without @ids no synapse is an orphan. */
EngramFindingKinds  engram_integrity_judge_synapse   (sqlite3_stmt           *row,
                                                      const EngramNeuronIds  *ids);

/* (transfer full) (element-type utf8): the statements that make the missing indexes, or NULL with @error set. */
GPtrArray          *engram_integrity_find_missing_indexes (EngramConnection  *connection,
                                                      GError                **error);
/* (transfer full): the name of the index that such a statement makes. */
char               *engram_integrity_get_index_name  (const char             *statement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronIds, engram_neuron_ids_free)

G_END_DECLS
