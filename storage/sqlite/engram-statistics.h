/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramCount:
 * @name: what is counted
 * @count: how many
 *
 * A name and how often it occurs.
 */
typedef struct {
  char    *name;
  guint64  count;
} EngramCount;

/**
 * EngramDimensionCount:
 * @dimension: how many numbers the vectors have
 * @count: how many neurons have such a vector
 *
 * A length of vectors and how often it occurs.
 */
typedef struct {
  guint   dimension;
  guint64 count;
} EngramDimensionCount;

#define ENGRAM_TYPE_DATABASE_STATISTICS (engram_database_statistics_get_type ())

/**
 * EngramDatabaseStatistics:
 * @neurons: how many neurons there are
 * @synapses: how many synapses there are
 * @types: (element-type EngramCount): neurons by type, the most frequent first
 * @dimension: the most frequent length of a vector, or 0 where there is none
 * @dimensions: (element-type EngramDimensionCount): neurons by length of their vector, the most frequent first
 * @size_bytes: the file and what waits in its WAL
 * @free_bytes: what a vacuum would give back
 * @schema_version: 1, 2 or, where a newer program wrote it, more
 * @journal_mode: `wal`, `delete` or another of SQLite's names
 * @application_id: SQLite's application id, 0x456E6772 in files of Engram
 *
 * Figures of one snapshot of a network.
 */
typedef struct {
  guint64  neurons;
  guint64  synapses;
  GArray  *types;
  guint    dimension;
  GArray  *dimensions;
  guint64  size_bytes;
  guint64  free_bytes;
  int      schema_version;
  char    *journal_mode;
  guint32  application_id;
} EngramDatabaseStatistics;

GType                     engram_database_statistics_get_type (void) G_GNUC_CONST;

/**
 * engram_database_statistics_copy:
 * @self: statistics
 *
 * Returns: (transfer full): the same statistics
 */
EngramDatabaseStatistics *engram_database_statistics_copy     (const EngramDatabaseStatistics *self);

/**
 * engram_database_statistics_free:
 * @self: (nullable): statistics
 *
 * Frees them and all that they hold.
 */
void                      engram_database_statistics_free     (EngramDatabaseStatistics       *self);

/**
 * engram_database_get_statistics:
 * @database: a network
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Reads the whole table of neurons, so it takes a while where they are many.
 *
 * Returns: (transfer full): figures of one snapshot, or %NULL with @error set
 */
EngramDatabaseStatistics *engram_database_get_statistics      (EngramDatabase                 *database,
                                                               GCancellable                   *cancellable,
                                                               GError                        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramDatabaseStatistics, engram_database_statistics_free)

ENGRAM_END_DECLS
