/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-type-registry.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_type_description_parse:
 * @json: a type description as text
 * @length: its length in bytes, or -1 where it ends with a NUL
 * @error: return location, or %NULL
 *
 * Reads the description of a neuron type:
 * |[
 * { "format": "engram-type", "version": 1, "name": "sensor_array", "label": "Sensor array",
 *   "fields": [ { "name": "gain", "label": "Gain", "kind": "real", "default": 1.0 }, ... ] }
 * ]|
 * A kind is one of text, code, real, integer, boolean, time, text-list, object; `column` names the column that holds
 * the field, where it has one, `stand_in` a column of text that has its value where a neuron has none. Labels, defaults
 * and the list of fields may be left out. Unknown members are passed over. At most 1 MiB, 64 levels and 1,000 fields.
 *
 * Whether the type makes sense (a column that can hold the field, a default that fits) is for
 * engram_type_registry_register() to say. Any thread.
 *
 * Returns: (transfer full): the type, not registered, or %NULL with %ENGRAM_ERROR_INVALID
 */
EngramNeuronType *engram_type_description_parse  (const char          *json,
                                                  gssize               length,
                                                  GError             **error);

/**
 * engram_type_description_format:
 * @type: a type that makes sense
 *
 * Returns: (transfer full): its description as engram_type_description_parse() reads it
 */
char             *engram_type_description_format (EngramNeuronType    *type);

/**
 * engram_type_registry_load_folder:
 * @self: a registry
 * @folder: (type filename): its files `*.json` are type descriptions; it need not be there
 * @problems: (out) (transfer container) (element-type utf8) (optional): a translated line for each file that was
 *   passed over because something is wrong with it
 *
 * Registers the types that are described in a folder, in the order of file names. Hidden files are passed over. Any
 * thread; it waits for the disk.
 *
 * Returns: how many were registered
 */
guint             engram_type_registry_load_folder (EngramTypeRegistry *self,
                                                    const char         *folder,
                                                    GPtrArray         **problems);

ENGRAM_END_DECLS
