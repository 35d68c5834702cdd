/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-network.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_NUMBERS (engram_record_numbers_get_type ())

/**
 * ENGRAM_METADATA_MAX_KEYS:
 *
 * As many keys as engram_metadata_list_number_keys() gives at most.
 */
#define ENGRAM_METADATA_MAX_KEYS 100

/**
 * EngramRecordNumbers:
 * @n_records: how many neurons, or synapses
 * @rowids: (array length=n_records): their rows, ascending
 * @numbers: (array length=n_records): of each; NaN where it has none
 *
 * A number for each neuron or each synapse of a network, as it was once, or for some of them. Read only, atomically
 * counted; any thread.
 */
typedef struct {
  gsize   n_records;
  gint64 *rowids;
  double *numbers;
} EngramRecordNumbers;

GType                engram_record_numbers_get_type  (void) G_GNUC_CONST;

/**
 * engram_record_numbers_new: (skip)
 * @network: a network
 * @numbers: (array zero-terminated=0): of each neuron, by its index
 *
 * Returns: (transfer full): the same by the neurons' rows
 */
EngramRecordNumbers *engram_record_numbers_new       (EngramNetwork        *network,
                                                      const double         *numbers);

/**
 * engram_record_numbers_new_take:
 * @rowids: (transfer full) (array length=n_records): rows, ascending, from g_malloc()
 * @numbers: (transfer full) (array length=n_records): the number of each, from g_malloc()
 * @n_records: how many
 *
 * Returns: (transfer full): these numbers
 */
EngramRecordNumbers *engram_record_numbers_new_take  (gint64               *rowids,
                                                      double               *numbers,
                                                      gsize                 n_records);

/**
 * engram_record_numbers_ref:
 * @self: numbers
 *
 * Returns: (transfer full): the same, held once more
 */
EngramRecordNumbers *engram_record_numbers_ref       (EngramRecordNumbers  *self);

/**
 * engram_record_numbers_unref:
 * @self: (transfer full): numbers
 *
 * Lets go of it; the last one to do so frees it.
 */
void                 engram_record_numbers_unref     (EngramRecordNumbers  *self);

/**
 * engram_record_numbers_get:
 * @self: numbers
 * @rowid: a row
 *
 * Returns: the number of a record by its row; NaN where it has none, or was not there
 */
double               engram_record_numbers_get       (EngramRecordNumbers  *self,
                                                      gint64                rowid);

/**
 * engram_record_numbers_find:
 * @self: numbers
 * @rowid: a row
 *
 * Returns: the first place in its arrays whose row is not before @rowid; how many there are where there is none
 */
gsize                engram_record_numbers_find      (EngramRecordNumbers  *self,
                                                      gint64                rowid);

/**
 * engram_record_numbers_load_metadata:
 * @database: a network
 * @key: a name in the metadata of neurons, at the top
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * One pass over the table, on all cores; waits for the disk.
 *
 * Returns: (transfer full): the numbers of that name, or %NULL with @error set
 */
EngramRecordNumbers *engram_record_numbers_load_metadata   (EngramDatabase  *database,
                                                            const char      *key,
                                                            GCancellable    *cancellable,
                                                            GError         **error);

/**
 * engram_record_numbers_load_importance:
 * @database: a network
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * As engram_record_numbers_load_metadata(), of the importance that neurons have of their own; all NaN in a file of
 * schema version 1.
 *
 * Returns: (transfer full): the numbers, or %NULL with @error set
 */
EngramRecordNumbers *engram_record_numbers_load_importance (EngramDatabase  *database,
                                                            GCancellable    *cancellable,
                                                            GError         **error);

/**
 * engram_metadata_list_number_keys: (skip)
 * @database: a network
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (element-type EngramFacetValue): the names at the top of neurons' metadata that hold
 *   numbers, those of the most neurons first, %ENGRAM_METADATA_MAX_KEYS at most; or %NULL with @error set
 */
GPtrArray           *engram_metadata_list_number_keys      (EngramDatabase  *database,
                                                            GCancellable    *cancellable,
                                                            GError         **error);

/**
 * EngramNeuronTags:
 * @names: (element-type EngramFacetValue): all tags, the most frequent first
 * @values: of each neuron, which of @names it is shown as: of its tags the most frequent in the whole network; NaN
 *   where it has none
 *
 * Tags as categories, of which each neuron has one.
 */
typedef struct {
  GPtrArray           *names;
  EngramRecordNumbers *values;
} EngramNeuronTags;

/**
 * engram_neuron_tags_load: (skip)
 * @database: a network
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * One pass over the table; waits for the disk.
 *
 * Returns: (transfer full): the tags, or %NULL with @error set
 */
EngramNeuronTags    *engram_neuron_tags_load         (EngramDatabase       *database,
                                                      GCancellable         *cancellable,
                                                      GError              **error);

/**
 * engram_neuron_tags_free:
 * @self: (transfer full) (nullable): tags
 *
 * Frees it and all that it holds.
 */
void                 engram_neuron_tags_free         (EngramNeuronTags     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordNumbers, engram_record_numbers_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronTags, engram_neuron_tags_free)

ENGRAM_END_DECLS
