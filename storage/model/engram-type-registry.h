/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"
#include "model/engram-neuron.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramFieldKind:
 * @ENGRAM_FIELD_TEXT: a JSON string
 * @ENGRAM_FIELD_CODE: a JSON string that holds program text
 * @ENGRAM_FIELD_REAL: a JSON number
 * @ENGRAM_FIELD_INTEGER: a JSON number without a fraction
 * @ENGRAM_FIELD_BOOLEAN: true or false
 * @ENGRAM_FIELD_TIME: a JSON string that holds a time as Python's isoformat() writes it, or null
 * @ENGRAM_FIELD_TEXT_LIST: a JSON list of strings
 * @ENGRAM_FIELD_OBJECT: a JSON object
 *
 * What a field of a neuron type holds.
 */
typedef enum {
  ENGRAM_FIELD_TEXT,
  ENGRAM_FIELD_CODE,
  ENGRAM_FIELD_REAL,
  ENGRAM_FIELD_INTEGER,
  ENGRAM_FIELD_BOOLEAN,
  ENGRAM_FIELD_TIME,
  ENGRAM_FIELD_TEXT_LIST,
  ENGRAM_FIELD_OBJECT,
} EngramFieldKind;

/**
 * EngramField:
 * @name: its name in the JSON document
 * @label: its name for people, translated
 * @kind: what it holds
 * @column: the column that holds it, or 0 where it has none and lives in #EngramNeuron.fields
 * @default_json: (nullable): its value in a new neuron as JSON text, or %NULL for null
 * @stand_in: the column of text whose value it has where the neuron has none for it, before @default_json; or 0
 *
 * One field of a neuron type.
 */
typedef struct {
  const char          *name;
  const char          *label;
  EngramFieldKind      kind;
  EngramNeuronColumns  column;
  const char          *default_json;
  EngramNeuronColumns  stand_in;
} EngramField;

#define ENGRAM_TYPE_NEURON_TYPE (engram_neuron_type_get_type ())

/**
 * EngramNeuronType:
 *
 * A type of neurons: its name, its name for people, and the fields that neurons of this type have beside the
 * common ones. Immutable and atomically counted. Any thread.
 */
typedef struct _EngramNeuronType EngramNeuronType;

GType               engram_neuron_type_get_type     (void) G_GNUC_CONST;

/**
 * engram_neuron_type_new:
 * @name: its name in the file, `knowledge` for example
 * @label: (nullable): its name for people, translated; @name where there is none
 * @fields: (array length=n_fields) (nullable): its fields, in the order in which they are shown; copied with
 *   all their texts. A label that is %NULL is the field's name.
 * @n_fields: how many
 *
 * Describes a type. Whether the description makes sense is checked by engram_type_registry_register().
 *
 * Returns: (transfer full): the type
 */
EngramNeuronType   *engram_neuron_type_new          (const char             *name,
                                                     const char             *label,
                                                     const EngramField      *fields,
                                                     gsize                   n_fields);

/**
 * engram_neuron_type_ref:
 * @self: a type
 *
 * Returns: (transfer full): the same type, held once more
 */
EngramNeuronType   *engram_neuron_type_ref          (EngramNeuronType       *self);

/**
 * engram_neuron_type_unref:
 * @self: (transfer full): a type
 *
 * Lets go of a type; the last one to do so frees it.
 */
void                engram_neuron_type_unref        (EngramNeuronType       *self);

/**
 * engram_neuron_type_get_name:
 * @self: a type
 *
 * Returns: (transfer none): its name in the file
 */
const char         *engram_neuron_type_get_name     (EngramNeuronType       *self);

/**
 * engram_neuron_type_get_label:
 * @self: a type
 *
 * Returns: (transfer none): its name for people
 */
const char         *engram_neuron_type_get_label    (EngramNeuronType       *self);

/**
 * engram_neuron_type_get_fields:
 * @self: a type
 * @n_fields: (out): how many
 *
 * Returns: (transfer none) (array length=n_fields): its fields, which live as long as the type
 */
const EngramField  *engram_neuron_type_get_fields   (EngramNeuronType       *self,
                                                     gsize                  *n_fields);

/**
 * engram_neuron_type_find_field:
 * @self: a type
 * @name: the name of a field in the JSON document
 *
 * Returns: (transfer none) (nullable): the field, which lives as long as the type, or %NULL where the type
 *   has none of that name
 */
const EngramField  *engram_neuron_type_find_field   (EngramNeuronType       *self,
                                                     const char             *name);

#define ENGRAM_TYPE_TYPE_REGISTRY (engram_type_registry_get_type ())

/**
 * EngramTypeRegistry:
 *
 * The types of neurons that are known: those that every network has, and others that a program registers at
 * run time. A type is never taken away again. A neuron whose type is not registered is read, shown and
 * written all the same; only its own fields are not known by name.
 *
 * Any thread.
 */
G_DECLARE_FINAL_TYPE (EngramTypeRegistry, engram_type_registry, ENGRAM, TYPE_REGISTRY, GObject)

/**
 * engram_type_registry_get_default:
 *
 * The registry that a program shares. Its labels are in the language that was set when it was first asked
 * for.
 *
 * Returns: (transfer none): the registry
 */
EngramTypeRegistry *engram_type_registry_get_default (void);

/**
 * engram_type_registry_new:
 *
 * Returns: (transfer full): a registry of its own with the types that every network has
 */
EngramTypeRegistry *engram_type_registry_new         (void);

/**
 * engram_type_registry_register:
 * @self: a registry
 * @type: (transfer none): a type
 * @error: return location, or %NULL
 *
 * Makes a type known. A field may have one of the columns from %ENGRAM_NEURON_SOURCE_DATA to
 * %ENGRAM_NEURON_ACTIVATION_THRESHOLD that can hold what it holds, or none.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_EXISTS where a type of that name is registered, and with
 *   %ENGRAM_ERROR_INVALID where it or a field has no name, two fields share a name or a column, a field has
 *   the name of something that every neuron has, a column cannot hold the field, or a default does not fit
 */
gboolean            engram_type_registry_register    (EngramTypeRegistry    *self,
                                                      EngramNeuronType      *type,
                                                      GError               **error);

/**
 * engram_type_registry_lookup:
 * @self: a registry
 * @name: (nullable): the name of a type in the file
 *
 * Returns: (transfer none) (nullable): the type, which lives as long as the registry, or %NULL where none of
 *   that name is registered
 */
EngramNeuronType   *engram_type_registry_lookup      (EngramTypeRegistry    *self,
                                                      const char            *name);

/**
 * engram_type_registry_list:
 * @self: a registry
 *
 * Returns: (transfer container) (element-type EngramNeuronType): the types that are registered now, in the order
 *   in which they were
 */
GPtrArray          *engram_type_registry_list        (EngramTypeRegistry    *self);

/* The value of a field, with or without a column, as JSON text */

/**
 * engram_neuron_get_field:
 * @neuron: a neuron
 * @field: a field, of the neuron's type or of another one
 *
 * The value of a field as JSON text, from its column or from #EngramNeuron.fields. A column that is NULL, and
 * a number that is not finite, give `null`; a field without a column that the neuron does not have gives its
 * default; JSON that is damaged gives a JSON string with that text. One thread at a time for a neuron.
 *
 * Returns: (transfer full): JSON text
 */
char               *engram_neuron_get_field          (const EngramNeuron    *neuron,
                                                      const EngramField     *field);

/**
 * engram_neuron_set_field:
 * @neuron: a neuron
 * @field: a field, of the neuron's type or of another one
 * @json: its new value as JSON text, which must fit the kind of the field, or `null`
 * @error: return location, or %NULL
 *
 * Sets a field, in its column or in #EngramNeuron.fields. JSON is kept as it is written, but for white space
 * around it. One thread at a time for a neuron.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_INVALID (with id and field) where the value does not fit;
 *   nothing has changed then
 */
gboolean            engram_neuron_set_field          (EngramNeuron          *neuron,
                                                      const EngramField     *field,
                                                      const char            *json,
                                                      GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronType, engram_neuron_type_unref)

ENGRAM_END_DECLS
