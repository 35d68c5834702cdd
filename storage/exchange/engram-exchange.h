/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-export.h"
#include "engram-declarations.h"
#include "query/engram-searcher.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramExchangeFormat:
 * @ENGRAM_EXCHANGE_JSON: the document of engram_export(), which alone holds all of a network and can be imported
 * @ENGRAM_EXCHANGE_GRAPHML: GraphML, for NetworkX, igraph, Cytoscape and yEd
 * @ENGRAM_EXCHANGE_GEXF: GEXF 1.3, for Gephi
 * @ENGRAM_EXCHANGE_CSV: tables (RFC 4180, UTF-8), for spreadsheets, Gephi and Cytoscape
 *
 * In which form a network is handed to another program.
 *
 * But for JSON, a neuron is a node and a synapse a directed edge, also where several join the same two neurons or one
 * joins a neuron to itself. What else they have are attributes, named as in the document, each with one type: text,
 * real, whole number or boolean. `position` is `x`, `y` and `z` (in GEXF `viz:position`), `label` what stands for a
 * neuron, `sign` -1 or 1 as the weight is, 0 where that is 0. Lists and objects, so tags and metadata, are JSON text.
 * Fields of a type, of types that nobody knows too, and members that nobody knows are attributes of those that have
 * them; null is no value at all. Numbers have the shortest digits that read back as the same number.
 */
typedef enum {
  ENGRAM_EXCHANGE_JSON,
  ENGRAM_EXCHANGE_GRAPHML,
  ENGRAM_EXCHANGE_GEXF,
  ENGRAM_EXCHANGE_CSV,
  ENGRAM_N_EXCHANGE_FORMATS,
} EngramExchangeFormat;

/**
 * EngramExchangeTables:
 * @ENGRAM_EXCHANGE_BOTH_TABLES: two files beside each other, one of neurons and one of synapses
 * @ENGRAM_EXCHANGE_NEURON_TABLE: one file of neurons
 * @ENGRAM_EXCHANGE_SYNAPSE_TABLE: one file of synapses
 *
 * Which tables %ENGRAM_EXCHANGE_CSV writes.
 */
typedef enum {
  ENGRAM_EXCHANGE_BOTH_TABLES,
  ENGRAM_EXCHANGE_NEURON_TABLE,
  ENGRAM_EXCHANGE_SYNAPSE_TABLE,
} EngramExchangeTables;

/**
 * EngramExchangeOptions:
 * @format: in which form
 * @part: (nullable): what of the network; %NULL for all
 * @compact: JSON: without an indent
 * @vectors: the others: with vectors, as JSON text; a JSON document has them always
 * @unsigned_weights: the others: the attribute that programs take for the weight is without its sign (it stands in
 *   `sign`): Gephi does not draw edges of negative weight, and its layouts do not know them
 * @tables: CSV: which
 * @searcher: (nullable): the others: the results of analyses that it keeps become attributes of neurons
 *
 * What is written, and how. What is not mentioned in an initializer is the ordinary.
 */
typedef struct {
  EngramExchangeFormat    format;
  const EngramExportPart *part;
  gboolean                compact;
  gboolean                vectors;
  gboolean                unsigned_weights;
  EngramExchangeTables    tables;
  EngramSearcher         *searcher;
} EngramExchangeOptions;

/**
 * engram_exchange_format_get_name:
 * @format: a format
 *
 * Returns: (transfer none): its name for programs: "json", "graphml", "gexf", "csv"
 */
const char *engram_exchange_format_get_name   (EngramExchangeFormat   format);

/**
 * engram_exchange_format_from_name:
 * @name: as engram_exchange_format_get_name() gives it
 * @format: (out): the format
 *
 * Returns: %FALSE where no format has that name
 */
gboolean    engram_exchange_format_from_name  (const char            *name,
                                               EngramExchangeFormat  *format);

/**
 * engram_exchange_format_from_path:
 * @path: (type filename): a file
 * @format: (out): the format that the ending of its name stands for, in capitals too
 *
 * Returns: %FALSE where no format has it
 */
gboolean    engram_exchange_format_from_path  (const char            *path,
                                               EngramExchangeFormat  *format);

/**
 * engram_exchange_format_prefers_unsigned:
 * @format: a format
 *
 * Returns: whether the programs that it is for do better with weights without their signs: Gephi does
 */
gboolean    engram_exchange_format_prefers_unsigned (EngramExchangeFormat format);

/**
 * engram_exchange_list_files:
 * @path: (type filename): what a person has called the export
 * @options: how it is written
 *
 * Returns: (transfer full) (array zero-terminated=1): the files that engram_exchange_export() writes: @path itself, or,
 *   for two tables, `NAME-nodes.csv` and `NAME-edges.csv` where @path is `NAME.csv`
 */
char      **engram_exchange_list_files        (const char                  *path,
                                               const EngramExchangeOptions *options);

/**
 * engram_exchange_export:
 * @database: a network
 * @path: (type filename): the file to write, or what two are named after (see engram_exchange_list_files()); files that
 *   are there are replaced, unless they are or belong to databases
 * @options: what is written, and how
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Writes a snapshot of a network, or a part of it, for another program. The memory it takes does not grow with the
 * network, but for some times 8 bytes for each row of a part. All files are written beside where they go, synced and
 * renamed: there lies what was there before or what is new, never half of it, and of two files never one alone, unless
 * the machine stops between the two renames.
 *
 * What a format cannot hold is told in the report: what JSON cannot (see engram_export()), characters that XML cannot
 * (they become U+FFFD), synapses without one of their ends and neurons without an id (left out). In formats other than
 * JSON the report has no checksum.
 *
 * Returns: (transfer full): what was done, or %NULL with an error as of engram_export()
 */
EngramExportReport *engram_exchange_export    (EngramDatabase              *database,
                                               const char                  *path,
                                               const EngramExchangeOptions *options,
                                               EngramProgressFunc           progress,
                                               gpointer                     user_data,
                                               GCancellable                *cancellable,
                                               GError                     **error);

ENGRAM_END_DECLS
