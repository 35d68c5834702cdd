/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-record-field.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What types keep in columns of their own, in the order of the table. */
#define FIRST_TYPE_COLUMN ENGRAM_NEURON_SOURCE_DATA
#define LAST_TYPE_COLUMN ENGRAM_NEURON_ACTIVATION_THRESHOLD

enum {
  PART_FIELD,
  PART_MEMBER,      /* of the neuron's fields that nobody knows */
  PART_ALL_MEMBERS, /* the fields where they are no JSON object */
  PART_TYPE,
  PART_ACTIVATION,
  PART_X,
  PART_Y,
  PART_Z,
  PART_METADATA,
  PART_WEIGHT,
  PART_SYNAPSE_TYPE,
  PART_USAGE_COUNT,
  PART_LAST_TRAVERSED,
  PART_SYNAPSE_METADATA,
};

static const char *const memory_types[] = { "short-term", "long-term", "episodic", "semantic", NULL };
static const char *const synapse_types[] = { "knowledge", "tool_input", "tool_output", NULL };

static void
record_field_free (gpointer data)
{
  EngramRecordField *self = data;

  g_free (self->name);
  g_free (self->label);
  g_free (self);
}

EngramRecordField *
engram_record_field_copy (const EngramRecordField *self)
{
  EngramRecordField *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->label = g_strdup (self->label);
  copy->field.name = copy->name;
  copy->field.label = copy->label;
  return copy;
}

static EngramRecordField *
add (GPtrArray        *list,
     guint             part,
     EngramFieldGroup  group,
     const char       *name,
     const char       *label)
{
  EngramRecordField *self = g_new0 (EngramRecordField, 1);

  self->part = part;
  self->group = group;
  self->name = g_strdup (name);
  self->label = g_strdup (label);
  g_ptr_array_add (list, self);
  return self;
}

static void
add_as (GPtrArray         *list,
        guint              part,
        EngramFieldGroup   group,
        const char        *name,
        const char        *label,
        EngramControlKind  control,
        gboolean           required)
{
  EngramRecordField *self = add (list, part, group, name, label);

  self->control = control;
  self->required = required;
}

/* Neurons */

static void
add_field (GPtrArray          *list,
           EngramFieldGroup    group,
           const EngramNeuron *neuron,
           const EngramField  *field)
{
  EngramRecordField *self;
  g_autofree char *json = NULL;

  /* What cannot be read is told elsewhere, and stays as it is. */
  if ((neuron->odd & field->column) != 0)
    return;
  self = add (list, PART_FIELD, group, field->name, field->label);
  json = engram_neuron_get_field (neuron, field);
  self->field = *field;
  self->field.name = self->name;
  self->field.label = self->label;
  self->control = engram_field_text_choose (field->kind, json);
  if (g_str_equal (field->name, "memory_type") && self->control == ENGRAM_CONTROL_TEXT)
    self->control = ENGRAM_CONTROL_CHOICE;
}

static gboolean
is_filled (const EngramNeuron *neuron,
           const EngramField  *field)
{
  if (field->kind == ENGRAM_FIELD_REAL || field->kind == ENGRAM_FIELD_INTEGER)
    return (neuron->nulls & field->column) == 0;
  return engram_neuron_get_text (neuron, field->column) != NULL;
}

/* The columns of other types, where something stands in them. A new row has numbers in three of them by itself: with a
 * registered type these say nothing. */
static void
add_other_columns (GPtrArray           *list,
                   const EngramNeuron  *neuron,
                   gboolean             is_registered,
                   EngramNeuronColumns  without)
{
  g_autoptr (GPtrArray) types = engram_type_registry_list (engram_type_registry_get_default ());

  for (guint i = 0; i < types->len; i++)
    {
      gsize n_fields;
      const EngramField *fields = engram_neuron_type_get_fields (g_ptr_array_index (types, i), &n_fields);

      for (gsize j = 0; j < n_fields; j++)
        {
          gboolean is_number = fields[j].kind == ENGRAM_FIELD_REAL || fields[j].kind == ENGRAM_FIELD_INTEGER;

          if (fields[j].column == 0 || (without & fields[j].column) != 0 || (is_registered && is_number) ||
              (neuron->odd & fields[j].column) != 0 || !is_filled (neuron, &fields[j]))
            continue;
          without |= fields[j].column;
          add_field (list, is_registered ? ENGRAM_GROUP_OTHER : ENGRAM_GROUP_OWN, neuron, &fields[j]);
        }
    }
}

typedef struct {
  GPtrArray *list;
  EngramNeuronType *type;
} Members;

static void
add_member (const char     *name,
            const char     *value,
            EngramJsonType  type,
            gpointer        user_data)
{
  const Members *members = user_data;
  g_autofree char *own_name = NULL;

  if (engram_neuron_find_column (name) != 0 ||
      (members->type != NULL && engram_neuron_type_find_field (members->type, name) != NULL))
    return;
  for (guint i = 0; i < members->list->len; i++)
    {
      const EngramRecordField *other = g_ptr_array_index (members->list, i);

      /* A name that stands twice is one member. */
      if (other->part == PART_MEMBER && g_str_equal (other->label, name))
        return;
    }
  own_name = g_strconcat ("fields.", name, NULL);
  add_as (members->list, PART_MEMBER, members->type != NULL ? ENGRAM_GROUP_OTHER : ENGRAM_GROUP_OWN, own_name, name,
          ENGRAM_CONTROL_JSON, FALSE);
}

static void
add_members (GPtrArray          *list,
             const EngramNeuron *neuron,
             EngramNeuronType   *type)
{
  Members members = { list, type };

  if (neuron->fields == NULL || (neuron->odd & ENGRAM_NEURON_FIELDS) != 0)
    return;
  if (engram_json_check (neuron->fields, -1, NULL, NULL) == ENGRAM_JSON_OBJECT)
    engram_json_foreach (neuron->fields, add_member, &members);
  else
    add_as (list, PART_ALL_MEMBERS, ENGRAM_GROUP_OTHER, "fields", _("Fields"), ENGRAM_CONTROL_OBJECT, FALSE);
}

static void
add_common (GPtrArray          *list,
            const EngramNeuron *neuron)
{
  if ((neuron->odd & ENGRAM_NEURON_TYPE) == 0)
    add_as (list, PART_TYPE, ENGRAM_GROUP_COMMON, "type", _("Type"), ENGRAM_CONTROL_TYPE, TRUE);
  add_as (list, PART_ACTIVATION, ENGRAM_GROUP_COMMON, "activation_level", _("Activation"), ENGRAM_CONTROL_LEVEL, TRUE);
  add_as (list, PART_X, ENGRAM_GROUP_COMMON, "position.x", _("Position x"), ENGRAM_CONTROL_NUMBER, TRUE);
  add_as (list, PART_Y, ENGRAM_GROUP_COMMON, "position.y", _("Position y"), ENGRAM_CONTROL_NUMBER, TRUE);
  add_as (list, PART_Z, ENGRAM_GROUP_COMMON, "position.z", _("Position z"), ENGRAM_CONTROL_NUMBER, TRUE);
  if ((neuron->odd & ENGRAM_NEURON_METADATA) == 0)
    add_as (list, PART_METADATA, ENGRAM_GROUP_METADATA, "metadata", _("Metadata"), ENGRAM_CONTROL_OBJECT, FALSE);
}

static void
list_neuron (GPtrArray          *list,
             const EngramNeuron *neuron)
{
  EngramNeuronType *type = engram_type_registry_lookup (engram_type_registry_get_default (), neuron->type);
  EngramNeuronColumns without = 0;
  gsize n_fields = 0;
  const EngramField *fields = type != NULL ? engram_neuron_type_get_fields (type, &n_fields) : NULL;

  for (gsize i = 0; i < n_fields; i++)
    {
      add_field (list, ENGRAM_GROUP_OWN, neuron, &fields[i]);
      without |= fields[i].column;
    }
  add_other_columns (list, neuron, type != NULL, without);
  add_members (list, neuron, type);
  add_common (list, neuron);
}

/* Synapses */

static void
list_synapse (GPtrArray           *list,
              const EngramSynapse *synapse)
{
  add_as (list, PART_WEIGHT, ENGRAM_GROUP_COMMON, "weight", _("Weight"), ENGRAM_CONTROL_WEIGHT, TRUE);
  if ((synapse->odd & ENGRAM_SYNAPSE_TYPE) == 0)
    add_as (list, PART_SYNAPSE_TYPE, ENGRAM_GROUP_COMMON, "synapse_type", _("Type"), ENGRAM_CONTROL_CHOICE, TRUE);
  if ((synapse->odd & ENGRAM_SYNAPSE_USAGE_COUNT) == 0)
    add_as (list, PART_USAGE_COUNT, ENGRAM_GROUP_COMMON, "usage_count", _("Times used"), ENGRAM_CONTROL_INTEGER, TRUE);
  if ((synapse->odd & ENGRAM_SYNAPSE_LAST_TRAVERSED) == 0)
    add_as (list, PART_LAST_TRAVERSED, ENGRAM_GROUP_COMMON, "last_traversed", _("Last traversed"), ENGRAM_CONTROL_TIME,
            FALSE);
  if ((synapse->odd & ENGRAM_SYNAPSE_METADATA) == 0)
    add_as (list, PART_SYNAPSE_METADATA, ENGRAM_GROUP_METADATA, "metadata", _("Metadata"), ENGRAM_CONTROL_OBJECT,
            FALSE);
}

GPtrArray *
engram_record_fields_list (EngramRecordKind  kind,
                           gconstpointer     record)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (record_field_free);

  if (kind == ENGRAM_RECORD_NEURON)
    list_neuron (list, record);
  else
    list_synapse (list, record);
  return list;
}

char **
engram_record_field_dup_choices (const EngramRecordField *self,
                                 EngramRecordKind         kind)
{
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (self->control != ENGRAM_CONTROL_CHOICE && self->control != ENGRAM_CONTROL_TYPE)
    return NULL;
  if (kind == ENGRAM_RECORD_SYNAPSE)
    return g_strdupv ((char **) synapse_types);
  if (self->part != PART_TYPE)
    return g_strdupv ((char **) memory_types);
  types = engram_type_registry_list (engram_type_registry_get_default ());
  names = g_ptr_array_new ();
  for (guint i = 0; i < types->len; i++)
    g_ptr_array_add (names, g_strdup (engram_neuron_type_get_name (g_ptr_array_index (types, i))));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Values */

static char *
number_to_json (double   number,
                gboolean is_null)
{
  char text[ENGRAM_NUMBER_LENGTH];

  return g_strdup (!is_null && engram_number_format (number, text) > 0 ? text : "null");
}

static char *
text_to_json (const char *text)
{
  return text != NULL ? engram_json_quote (text) : g_strdup ("null");
}

/* What is damaged becomes a JSON string with that text. */
static char *
document_to_json (const char *text)
{
  if (text != NULL && engram_json_check (text, -1, NULL, NULL) != ENGRAM_JSON_INVALID)
    return g_strdup (text);
  return text_to_json (text);
}

static char *
member_to_json (const EngramRecordField *self,
                const EngramNeuron      *neuron)
{
  char *json = engram_json_object_get (neuron->fields, self->label);

  return json != NULL ? json : g_strdup ("null");
}

static char *
get_of_neuron (const EngramRecordField *self,
               const EngramNeuron      *neuron)
{
  EngramNeuronColumns missing = neuron->nulls | neuron->odd;

  switch (self->part)
    {
    case PART_FIELD:
      return engram_neuron_get_field (neuron, &self->field);
    case PART_MEMBER:
      return member_to_json (self, neuron);
    case PART_ALL_MEMBERS:
      return document_to_json (neuron->fields);
    case PART_TYPE:
      return text_to_json (neuron->type);
    case PART_ACTIVATION:
      return number_to_json (neuron->activation_level, (missing & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0);
    case PART_METADATA:
      return document_to_json (neuron->metadata);
    default:
      return number_to_json (neuron->position[self->part - PART_X], FALSE);
    }
}

static char *
get_of_synapse (const EngramRecordField *self,
                const EngramSynapse     *synapse)
{
  EngramSynapseColumns missing = synapse->nulls | synapse->odd;

  switch (self->part)
    {
    case PART_WEIGHT:
      return number_to_json (synapse->weight, (missing & ENGRAM_SYNAPSE_WEIGHT) != 0);
    case PART_SYNAPSE_TYPE:
      return text_to_json (synapse->type);
    case PART_USAGE_COUNT:
      if ((missing & ENGRAM_SYNAPSE_USAGE_COUNT) != 0)
        return g_strdup ("null");
      return g_strdup_printf ("%" G_GINT64_FORMAT, synapse->usage_count);
    case PART_LAST_TRAVERSED:
      return text_to_json (synapse->last_traversed);
    default:
      return document_to_json (synapse->metadata);
    }
}

char *
engram_record_field_get (const EngramRecordField *self,
                         gconstpointer            record)
{
  return self->part >= PART_WEIGHT ? get_of_synapse (self, record) : get_of_neuron (self, record);
}

/* Setting */

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
json_to_number (const char  *json,
                double      *number,
                GError     **error)
{
  if (engram_number_parse (json, strlen (json), number))
    return TRUE;
  return refuse (error, _("Type a number, such as 0.5."));
}

static gboolean
set_position (EngramNeuron  *neuron,
              guint          axis,
              const char    *json,
              GError       **error)
{
  double number;

  if (!json_to_number (json, &number, error))
    return FALSE;
  neuron->position[axis] = number;
  /* What cannot be read has to be made whole. */
  if (isfinite (neuron->position[0]) && isfinite (neuron->position[1]) && isfinite (neuron->position[2]))
    neuron->odd &= ~ENGRAM_NEURON_POSITION;
  return TRUE;
}

static gboolean
set_member (const EngramRecordField  *self,
            EngramNeuron             *neuron,
            const char               *json,
            GError                  **error)
{
  g_autofree char *fields = engram_json_object_set (neuron->fields, self->label, json);

  if (fields == NULL)
    return refuse (error, _("Lists and objects are nested too deeply."));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields);
  return TRUE;
}

static const char *
null_to_none (const char *json)
{
  return g_str_equal (json, "null") ? NULL : json;
}

static gboolean
set_in_neuron (const EngramRecordField  *self,
               EngramNeuron             *neuron,
               const char               *json,
               GError                  **error)
{
  g_autofree char *text = NULL;
  double number;

  switch (self->part)
    {
    case PART_FIELD:
      return engram_neuron_set_field (neuron, &self->field, json, error);
    case PART_MEMBER:
      return set_member (self, neuron, json, error);
    case PART_ALL_MEMBERS:
      engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, null_to_none (json));
      return TRUE;
    case PART_TYPE:
      text = engram_json_get_string (json);
      engram_neuron_set_text (neuron, ENGRAM_NEURON_TYPE, text);
      return TRUE;
    case PART_ACTIVATION:
      if (!json_to_number (json, &number, error))
        return FALSE;
      engram_neuron_set_number (neuron, ENGRAM_NEURON_ACTIVATION_LEVEL, number);
      return TRUE;
    case PART_METADATA:
      engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, null_to_none (json));
      return TRUE;
    default:
      return set_position (neuron, self->part - PART_X, json, error);
    }
}

static gboolean
set_usage_count (EngramSynapse  *synapse,
                 const char     *json,
                 GError        **error)
{
  gint64 count;

  if (!g_ascii_string_to_signed (json, 10, 0, G_MAXINT64, &count, NULL))
    return refuse (error, _("Type a whole number from 0 on."));
  synapse->usage_count = count;
  synapse->nulls &= ~ENGRAM_SYNAPSE_USAGE_COUNT;
  return TRUE;
}

static gboolean
set_in_synapse (const EngramRecordField  *self,
                EngramSynapse            *synapse,
                const char               *json,
                GError                  **error)
{
  g_autofree char *text = engram_json_get_string (json);

  switch (self->part)
    {
    case PART_WEIGHT:
      if (!json_to_number (json, &synapse->weight, error))
        return FALSE;
      synapse->nulls &= ~ENGRAM_SYNAPSE_WEIGHT;
      synapse->odd &= ~ENGRAM_SYNAPSE_WEIGHT;
      return TRUE;
    case PART_SYNAPSE_TYPE:
      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_TYPE, text);
      return TRUE;
    case PART_USAGE_COUNT:
      return set_usage_count (synapse, json, error);
    case PART_LAST_TRAVERSED:
      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, text);
      return TRUE;
    default:
      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, null_to_none (json));
      return TRUE;
    }
}

gboolean
engram_record_field_set (const EngramRecordField  *self,
                         gpointer                  record,
                         const char               *json,
                         GError                  **error)
{
  if (self->required && g_str_equal (json, "null"))
    return refuse (error, _("This cannot be left empty."));
  return self->part >= PART_WEIGHT ? set_in_synapse (self, record, json, error)
                                   : set_in_neuron (self, record, json, error);
}

/* Records of either kind */

gpointer
engram_any_record_copy (EngramRecordKind kind,
                        gconstpointer    record)
{
  return kind == ENGRAM_RECORD_NEURON ? (gpointer) engram_neuron_copy (record)
                                      : (gpointer) engram_synapse_copy (record);
}

void
engram_any_record_free (EngramRecordKind kind,
                        gpointer         record)
{
  if (record == NULL)
    return;
  if (kind == ENGRAM_RECORD_NEURON)
    engram_neuron_free (record);
  else
    engram_synapse_free (record);
}

guint
engram_any_record_compare (EngramRecordKind kind,
                           gconstpointer    one,
                           gconstpointer    other)
{
  return kind == ENGRAM_RECORD_NEURON ? (guint) engram_neuron_compare (one, other)
                                      : (guint) engram_synapse_compare (one, other);
}

gboolean
engram_any_record_validate (EngramRecordKind   kind,
                            gconstpointer      record,
                            guint              columns,
                            GError           **error)
{
  return kind == ENGRAM_RECORD_NEURON ? engram_neuron_validate (record, columns, error)
                                      : engram_synapse_validate (record, columns, error);
}
