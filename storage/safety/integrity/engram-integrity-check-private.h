/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/integrity/engram-id-list-private.h"
#include "safety/integrity/engram-integrity-private.h"
#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/* The parts of one run of engram_integrity_check(). */

/* Ids of what is of each kind; NULL where there are none. */
typedef struct {
  EngramIdList *lists[ENGRAM_N_KINDS];
} EngramFindingLists;

EngramIdList       *engram_finding_lists_get         (EngramFindingLists *self,
                                                      EngramFindingKind   kind);
/* Adds a row as engram_id_list_add_row() takes it to all of @kinds. */
void                engram_finding_lists_add_row     (EngramFindingLists *self,
                                                      EngramFindingKinds  kinds,
                                                      sqlite3_stmt       *row);
/* Moves what @other has to the end of what is there. */
void                engram_finding_lists_take        (EngramFindingLists *self,
                                                      EngramFindingLists *other);
void                engram_finding_lists_clear       (EngramFindingLists *self);

/* So many names of types that are not registered are told apart. */
#define ENGRAM_MAX_STRANGE_TYPES 1000

/* What is known of the run. What threads share is behind the mutex. */
typedef struct {
  EngramScan          scan;
  EngramProgressFunc  progress;
  gpointer            user_data;
  double              share;      /* of all work, how much is not SQLite's own check */
  GCancellable       *cancellable;

  GMutex              mutex;
  EngramFindingLists  neurons;
  EngramFindingLists  synapses;
  EngramFindingLists  others;     /* of the file and its schema */
  guint64             n_neurons;
  guint64             n_synapses;
  EngramNeuronIds    *ids;
  gboolean            is_partial; /* some neurons could not be read */
  gboolean            with_sqlite; /* whether SQLite's own checks are made too */
  guint               dimension;
  int                 n_infinite; /* weights; atomic */
  GHashTable         *types;      /* names of types that are not registered -> how many neurons */
} EngramIntegrityRun;

/* Each finds what its part of the network has; FALSE with @error set where that is impossible. */
gboolean            engram_integrity_check_schema    (EngramIntegrityRun       *run,
                                                      GError                  **error);
gboolean            engram_integrity_check_neurons   (EngramIntegrityRun       *run,
                                                      GError                  **error);
gboolean            engram_integrity_check_synapses  (EngramIntegrityRun       *run,
                                                      GError                  **error);

/* Scans a table as engram_scan_table() does, and goes on where a part of it is damaged: *@is_partial is set then. */
gboolean            engram_integrity_scan            (EngramIntegrityRun       *run,
                                                      const char               *table,
                                                      EngramScanFunc            func,
                                                      gpointer                  data,
                                                      const char               *phase,
                                                      double                    from,
                                                      double                    to,
                                                      gboolean                 *is_partial,
                                                      GError                  **error);
/* Where the file is damaged, according to @error, frees it and returns TRUE. */
gboolean            engram_integrity_forgive_damage  (GError                  **error);
void                engram_integrity_note_damage     (EngramIntegrityRun       *run,
                                                      const char               *message);

/* SQLite's own checks, in a thread of their own. */
typedef struct _EngramPageCheck EngramPageCheck;

/* Takes the reader, which is in the snapshot that is to be checked. */
EngramPageCheck    *engram_page_check_start          (EngramReader             *reader);
/* Waits until it is over, or until @microseconds have gone by: FALSE then. */
gboolean            engram_page_check_wait           (EngramPageCheck          *self,
                                                      gint64                    microseconds);
/* Ends it, whether it is over or not, and frees it. (transfer full): what was found, or NULL with @error set. */
EngramIdList       *engram_page_check_end            (EngramPageCheck          *self,
                                                      GError                  **error);

/* What is to be known of a vector beside what is wrong with it. */
typedef struct {
  guint   length; /* how many numbers, or 0 where they cannot be counted */
  guint64 hash;   /* the same for equal vectors, or 0 where it is not to be compared */
} EngramVectorTraits;

EngramFindingKinds  engram_integrity_judge_vector    (sqlite3_stmt             *row,
                                                      guint64                   seed,
                                                      EngramVectorTraits       *traits);
EngramFindingKinds  engram_integrity_judge_neuron_but_vector (sqlite3_stmt     *row);

/* Which of the ends of a synapse are missing, and whether they are one. *@pair is the same for synapses with the same
 * ends, or ENGRAM_NO_PAIR where one is missing. */
#define ENGRAM_NO_PAIR G_MAXUINT64
EngramFindingKinds  engram_integrity_judge_ends      (sqlite3_stmt             *row,
                                                      const EngramNeuronIds    *ids,
                                                      guint64                  *pair);
EngramFindingKinds  engram_integrity_judge_synapse_but_ends (sqlite3_stmt      *row);

/* A sentence about what is of one kind: so many neurons and so many synapses, or other things. @detail is what the
 * kind has to add, or NULL. */
char               *engram_finding_kind_format_message (EngramFindingKind       kind,
                                                      guint64                   n_neurons,
                                                      guint64                   n_others,
                                                      const char               *detail);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramFindingLists, engram_finding_lists_clear)

G_END_DECLS
