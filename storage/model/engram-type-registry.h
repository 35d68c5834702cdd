/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/engram-neuron.h"

G_BEGIN_DECLS

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
 *
 * One field of a neuron type.
 */
typedef struct {
  const char          *name;
  const char          *label;
  EngramFieldKind      kind;
  EngramNeuronColumns  column;
  const char          *default_json;
} EngramField;

#define ENGRAM_TYPE_NEURON_TYPE (engram_neuron_type_get_type ())

typedef struct _EngramNeuronType EngramNeuronType;

GType               engram_neuron_type_get_type     (void) G_GNUC_CONST;
EngramNeuronType   *engram_neuron_type_new          (const char             *name,
                                                     const char             *label,
                                                     const EngramField      *fields,
                                                     gsize                   n_fields);
EngramNeuronType   *engram_neuron_type_ref          (EngramNeuronType       *self);
void                engram_neuron_type_unref        (EngramNeuronType       *self);
const char         *engram_neuron_type_get_name     (EngramNeuronType       *self);
const char         *engram_neuron_type_get_label    (EngramNeuronType       *self);
const EngramField  *engram_neuron_type_get_fields   (EngramNeuronType       *self,
                                                     gsize                  *n_fields);
const EngramField  *engram_neuron_type_find_field   (EngramNeuronType       *self,
                                                     const char             *name);

#define ENGRAM_TYPE_TYPE_REGISTRY (engram_type_registry_get_type ())

G_DECLARE_FINAL_TYPE (EngramTypeRegistry, engram_type_registry, ENGRAM, TYPE_REGISTRY, GObject)

EngramTypeRegistry *engram_type_registry_get_default (void);
EngramTypeRegistry *engram_type_registry_new         (void);
gboolean            engram_type_registry_register    (EngramTypeRegistry    *self,
                                                      EngramNeuronType      *type,
                                                      GError               **error);
EngramNeuronType   *engram_type_registry_lookup      (EngramTypeRegistry    *self,
                                                      const char            *name);
GPtrArray          *engram_type_registry_list        (EngramTypeRegistry    *self);

/* The value of a field, with or without a column, as JSON text */
char               *engram_neuron_get_field          (const EngramNeuron    *neuron,
                                                      const EngramField     *field);
gboolean            engram_neuron_set_field          (EngramNeuron          *neuron,
                                                      const EngramField     *field,
                                                      const char            *json,
                                                      GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronType, engram_neuron_type_unref)

G_END_DECLS
