/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramSynapseColumns:
 *
 * The columns of the table `synapses`, in its order, as bits. %ENGRAM_SYNAPSE_FIELDS came with schema version 3.
 */
typedef enum {
  ENGRAM_SYNAPSE_ID             = 1 << 0,
  ENGRAM_SYNAPSE_SOURCE         = 1 << 1,
  ENGRAM_SYNAPSE_TARGET         = 1 << 2,
  ENGRAM_SYNAPSE_WEIGHT         = 1 << 3,
  ENGRAM_SYNAPSE_USAGE_COUNT    = 1 << 4,
  ENGRAM_SYNAPSE_LAST_TRAVERSED = 1 << 5,
  ENGRAM_SYNAPSE_TYPE           = 1 << 6,
  ENGRAM_SYNAPSE_METADATA       = 1 << 7,
  ENGRAM_SYNAPSE_CREATED_AT     = 1 << 8,
  ENGRAM_SYNAPSE_MODIFIED_AT    = 1 << 9,
  ENGRAM_SYNAPSE_FIELDS         = 1 << 10,
  ENGRAM_SYNAPSE_ALL            = (1 << 11) - 1,
} EngramSynapseColumns;

#define ENGRAM_TYPE_SYNAPSE (engram_synapse_get_type ())

typedef struct _EngramSynapse EngramSynapse;

/**
 * EngramSynapse:
 * @rowid: its place in the order of rows, or 0 where it has not been stored
 * @id: UUID, lower case, with hyphens
 * @source_id: id of the neuron it starts from
 * @target_id: id of the neuron it leads to
 * @weight: -1 to 1; negative inhibits
 * @usage_count: how often it was used; see @nulls
 * @last_traversed: (nullable): local time as Python's isoformat() writes it
 * @type: `knowledge`, `tool_input`, `tool_output` or another name
 * @metadata: (nullable): a JSON object as text
 * @created_at: local time as Python's isoformat() writes it
 * @modified_at: likewise
 * @fields: (nullable): a JSON object as text: what an imported document holds and no other column can
 * @nulls: numbers that are NULL in the table; their members are 0
 * @odd: see #EngramNeuron
 *
 * One synapse, as plain memory; the same rules as for #EngramNeuron.
 */
struct _EngramSynapse {
  gint64                rowid;
  EngramSynapseColumns  nulls;
  EngramSynapseColumns  odd;
  /*< private >*/
  gsize                 block_size;
  /*< public >*/
  const char           *id;
  const char           *source_id;
  const char           *target_id;
  double                weight;
  gint64                usage_count;
  const char           *last_traversed;
  const char           *type;
  const char           *metadata;
  const char           *created_at;
  const char           *modified_at;
  const char           *fields;
};

GType                 engram_synapse_get_type (void) G_GNUC_CONST;

/**
 * engram_synapse_new:
 * @source_id: the neuron it starts from
 * @target_id: the neuron it leads to
 * @weight: -1 to 1
 * @type: `knowledge`, `tool_input`, `tool_output` or another name
 *
 * Returns: (transfer full): a new synapse with a new id (UUID version 4), created now, not stored anywhere
 */
EngramSynapse        *engram_synapse_new      (const char           *source_id,
                                               const char           *target_id,
                                               double                weight,
                                               const char           *type);

/**
 * engram_synapse_copy:
 * @self: a synapse
 *
 * Returns: (transfer full): a synapse with the same values, rowid included
 */
EngramSynapse        *engram_synapse_copy     (const EngramSynapse  *self);

/**
 * engram_synapse_free:
 * @self: (nullable): a synapse
 *
 * Frees it and all that it holds.
 */
void                  engram_synapse_free     (EngramSynapse        *self);

/**
 * engram_synapse_set_text:
 * @self: a synapse
 * @column: a column of text
 * @text: (nullable): what it shall hold; copied
 *
 * Sets a text; %NULL where the column shall hold none.
 */
void                  engram_synapse_set_text (EngramSynapse        *self,
                                               EngramSynapseColumns  column,
                                               const char           *text);

/**
 * engram_synapse_compare:
 * @self: a synapse
 * @other: another, or an older form of it
 *
 * Returns: the columns in which they differ
 */
EngramSynapseColumns  engram_synapse_compare  (const EngramSynapse  *self,
                                               const EngramSynapse  *other);

/**
 * engram_synapse_validate:
 * @self: a synapse
 * @columns: what is to be looked at
 * @error: return location, or %NULL
 *
 * Whether these columns may be written: an id that is a UUID, a weight within [-1, 1], text that is UTF-8, metadata
 * that is a JSON object, times that are times. Whether its neurons exist is for the store to judge.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_INVALID
 */
gboolean              engram_synapse_validate (const EngramSynapse  *self,
                                               EngramSynapseColumns  columns,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramSynapse, engram_synapse_free)

ENGRAM_END_DECLS
