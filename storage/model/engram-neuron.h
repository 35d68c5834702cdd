/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramNeuronColumns:
 *
 * The parts of a neuron, as bits: what differs, what is NULL, what is to be set. All but
 * %ENGRAM_NEURON_POSITION (three columns) and %ENGRAM_NEURON_FIELDS (schema version 2) are one column of the
 * table `neurons`, in its order.
 */
typedef enum {
  ENGRAM_NEURON_ID                     = 1 << 0,
  ENGRAM_NEURON_POSITION               = 1 << 1,
  ENGRAM_NEURON_VECTOR                 = 1 << 2,
  ENGRAM_NEURON_TYPE                   = 1 << 3,
  ENGRAM_NEURON_METADATA               = 1 << 4,
  ENGRAM_NEURON_ACTIVATION_LEVEL       = 1 << 5,
  ENGRAM_NEURON_CREATED_AT             = 1 << 6,
  ENGRAM_NEURON_MODIFIED_AT            = 1 << 7,
  ENGRAM_NEURON_SOURCE_DATA            = 1 << 8,
  ENGRAM_NEURON_COMPRESSION_RATIO      = 1 << 9,
  ENGRAM_NEURON_SEMANTIC_TAGS          = 1 << 10,
  ENGRAM_NEURON_FUNCTION_SIGNATURE     = 1 << 11,
  ENGRAM_NEURON_EXECUTABLE_CODE        = 1 << 12,
  ENGRAM_NEURON_INPUT_SCHEMA           = 1 << 13,
  ENGRAM_NEURON_OUTPUT_SCHEMA          = 1 << 14,
  ENGRAM_NEURON_EXECUTION_COUNT        = 1 << 15,
  ENGRAM_NEURON_AVERAGE_EXECUTION_TIME = 1 << 16,
  ENGRAM_NEURON_ACTIVATION_THRESHOLD   = 1 << 17,
  ENGRAM_NEURON_FIELDS                 = 1 << 18,
  ENGRAM_NEURON_ALL                    = (1 << 19) - 1,
} EngramNeuronColumns;

#define ENGRAM_TYPE_NEURON (engram_neuron_get_type ())

typedef struct _EngramNeuron EngramNeuron;

/**
 * EngramNeuron:
 * @rowid: its place in the order of rows, or 0 where it has not been stored
 * @id: UUID, lower case, with hyphens (a damaged network may hold others)
 * @position: x, y, z
 * @vector: (array length=vector_length) (nullable): the embedding
 * @vector_length: how many numbers @vector has
 * @type: name of its type, registered or not
 * @metadata: (nullable): a JSON object as text
 * @activation_level: 0 to 1
 * @created_at: local time as Python's isoformat() writes it
 * @modified_at: likewise
 * @source_data: (nullable): text
 * @compression_ratio: see @nulls
 * @semantic_tags: (nullable): a JSON list of strings as text
 * @function_signature: (nullable): text
 * @executable_code: (nullable): text
 * @input_schema: (nullable): a JSON object as text
 * @output_schema: (nullable): a JSON object as text
 * @execution_count: see @nulls
 * @average_execution_time: in milliseconds, see @nulls
 * @activation_threshold: see @nulls
 * @fields: (nullable): a JSON object as text: the fields that have no column
 * @nulls: numbers that are NULL in the table; their members are 0
 * @odd: what the table holds in a form that the record cannot carry (a position that is text, a vector of 7 bytes,
 *   text that is not UTF-8): the member is the nearest there is, NaN for a number, and storing the record leaves
 *   the column as it is, unless the member was set to something else
 *
 * One neuron, as plain memory. Members that are not pointers may be written at will (clear their bits in @nulls and
 * @odd too, or use engram_neuron_set_number()); text and vector are owned by the record and changed by
 * engram_neuron_set_text() and engram_neuron_set_vector(). Not thread-safe: one thread at a time.
 */
struct _EngramNeuron {
  gint64               rowid;
  EngramNeuronColumns  nulls;
  EngramNeuronColumns  odd;
  /*< private >*/
  gsize                block_size;
  /*< public >*/
  const char          *id;
  double               position[3];
  const float         *vector;
  guint                vector_length;
  const char          *type;
  const char          *metadata;
  double               activation_level;
  const char          *created_at;
  const char          *modified_at;
  const char          *source_data;
  double               compression_ratio;
  const char          *semantic_tags;
  const char          *function_signature;
  const char          *executable_code;
  const char          *input_schema;
  const char          *output_schema;
  gint64               execution_count;
  double               average_execution_time;
  double               activation_threshold;
  const char          *fields;
};

GType                engram_neuron_get_type   (void) G_GNUC_CONST;

/**
 * engram_neuron_new:
 * @type: the name of a type, registered or not
 *
 * A neuron with a new id (UUID version 4), at the origin, created now, with what the table gives a new row:
 * an activation level of 0, an execution count of 0, an average execution time of 0 ms and an activation threshold of
 * 0.5; all else is not there.
 *
 * Returns: (transfer full): a new neuron, not stored anywhere
 */
EngramNeuron        *engram_neuron_new        (const char          *type);

/**
 * engram_neuron_copy:
 * @self: a neuron
 *
 * Returns: (transfer full): a neuron with the same values, rowid included
 */
EngramNeuron        *engram_neuron_copy       (const EngramNeuron  *self);

/**
 * engram_neuron_free:
 * @self: (nullable): a neuron
 *
 * Frees it and all that it holds.
 */
void                 engram_neuron_free       (EngramNeuron        *self);

/**
 * engram_neuron_get_text:
 * @self: a neuron
 * @column: a column of text
 *
 * Returns: (nullable) (transfer none): what it holds, valid until it is set
 */
const char          *engram_neuron_get_text   (const EngramNeuron  *self,
                                               EngramNeuronColumns  column);

/**
 * engram_neuron_set_text:
 * @self: a neuron
 * @column: a column of text
 * @text: (nullable): what it shall hold; copied
 *
 * Sets a text; %NULL where the column shall hold none.
 */
void                 engram_neuron_set_text   (EngramNeuron        *self,
                                               EngramNeuronColumns  column,
                                               const char          *text);

/**
 * engram_neuron_get_number:
 * @self: a neuron
 * @column: a column of one number
 *
 * Returns: the number, 0 where it is NULL, NaN where it cannot be read
 */
double               engram_neuron_get_number (const EngramNeuron  *self,
                                               EngramNeuronColumns  column);

/**
 * engram_neuron_set_number:
 * @self: a neuron
 * @column: a column of one number
 * @number: what it shall hold; in a column of whole numbers, a whole number
 *
 * Sets a number that is then no longer NULL.
 */
void                 engram_neuron_set_number (EngramNeuron        *self,
                                               EngramNeuronColumns  column,
                                               double               number);

/**
 * engram_neuron_set_vector:
 * @self: a neuron
 * @vector: (array length=length) (nullable): its new embedding; copied
 * @length: how many numbers, 0 for none
 *
 * Sets the vector.
 */
void                 engram_neuron_set_vector (EngramNeuron        *self,
                                               const float         *vector,
                                               guint                length);

/**
 * engram_neuron_compare:
 * @self: a neuron
 * @other: another, or an older form of it
 *
 * Numbers are compared as values, texts and vectors byte by byte. A vector that @self does not carry (see
 * #EngramNeuron.odd) does not differ.
 *
 * Returns: the columns in which they differ
 */
EngramNeuronColumns  engram_neuron_compare    (const EngramNeuron  *self,
                                               const EngramNeuron  *other);

/**
 * engram_neuron_validate:
 * @self: a neuron
 * @columns: what is to be looked at
 * @error: return location, or %NULL
 *
 * Whether these columns may be written: an id that is a UUID, numbers that are finite, text that is UTF-8, JSON that
 * is what the column wants, times that are times, and nothing that could not be read. The length of the vector is for
 * the network to judge.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_INVALID
 */
gboolean             engram_neuron_validate   (const EngramNeuron  *self,
                                               EngramNeuronColumns  columns,
                                               GError             **error);

/**
 * engram_neuron_find_column:
 * @name: the name of a member in the JSON document
 *
 * Returns: the column that holds it in every neuron or in those of some type, or 0 where none does. A member of
 *   #EngramNeuron.fields of such a name is the exact text of a document whose value the column holds, or held once
 */
EngramNeuronColumns  engram_neuron_find_column (const char         *name);

/**
 * engram_neuron_get_summary:
 * @self: a neuron
 *
 * What stands for it in a list: its source data, else its signature, else its id.
 *
 * Returns: (transfer none): text, valid until the neuron changes
 */
const char          *engram_neuron_get_summary (const EngramNeuron *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuron, engram_neuron_free)

ENGRAM_END_DECLS
