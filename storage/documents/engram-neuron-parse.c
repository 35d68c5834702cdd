/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-record-parse-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "json/engram-number.h"
#include "model/engram-neuron-field-private.h"
#include "model/engram-neuron-private.h"

const char *const engram_neuron_member_names[] = {
  "id", "type", "position", "vector", "metadata", "activation_level", "created_at", "modified_at", NULL
};

/* Columns that the Python program fills in each row it makes, whatever the neuron's type. */
#define ALWAYS_FILLED \
  (ENGRAM_NEURON_EXECUTION_COUNT | ENGRAM_NEURON_AVERAGE_EXECUTION_TIME | ENGRAM_NEURON_ACTIVATION_THRESHOLD)

#define USUAL_THRESHOLD 0.5

/* Surely within 64 bits. */
#define SAFE_INTEGER 1e18

static const EngramRecordMember *
get (EngramRecordParser *self,
     EngramNeuronMember  name)
{
  return engram_record_scan_get (self->scan, name);
}

/* Position */

static const char *const axes[3] = { "x", "y", "z" };

/* A coordinate's place in a position, or -1. */
static int
find_axis (EngramJsonReader *reader)
{
  g_autofree char *name = NULL;
  gboolean exact;

  if (!reader->token_escaped && (reader->token_length != 3 || reader->token[1] < 'x' || reader->token[1] > 'z'))
    return -1;
  if (!reader->token_escaped)
    return reader->token[1] - 'x';
  name = engram_json_unescape (reader->token, reader->token_length, &exact);
  for (int axis = 0; axis < 3; axis++)
    if (exact && strcmp (name, axes[axis]) == 0)
      return axis;
  return -1;
}

/* The coordinates of a position; *as_usual where it holds them, as reals, and nothing else. */
static guint
read_coordinates (const EngramRecordMember *member,
                  double                    position[3],
                  gboolean                 *as_usual)
{
  EngramJsonReader reader;
  guint found = 0;

  *as_usual = TRUE;
  engram_json_reader_init (&reader, member->value, member->length);
  engram_json_reader_next (&reader);
  while (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_NAME)
    {
      int axis = find_axis (&reader);
      EngramJsonToken token = engram_json_reader_next (&reader);

      if (axis < 0 || (found & (1u << axis)) != 0)
        *as_usual = FALSE;
      if (axis < 0)
        {
          engram_json_reader_skip (&reader, token);
          continue;
        }
      /* The last one counts, whatever it is. */
      found &= ~(1u << axis);
      if (token != ENGRAM_JSON_TOKEN_NUMBER)
        engram_json_reader_skip (&reader, token);
      else if (engram_number_parse (reader.token, reader.token_length, &position[axis]))
        found |= 1u << axis;
      if (token == ENGRAM_JSON_TOKEN_NUMBER &&
          engram_record_must_keep_number (reader.token, reader.token_length, position[axis]))
        *as_usual = FALSE;
    }
  return found;
}

static void
parse_position (EngramRecordParser *self,
                EngramNeuron       *neuron)
{
  const EngramRecordMember *member = get (self, ENGRAM_NEURON_MEMBER_POSITION);
  gboolean as_usual;
  guint found;

  if (member == NULL)
    engram_record_parser_fail (self, NULL, "position", _("it is missing"));
  else if (member->token != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    engram_record_parser_fail (self, member, "position", _("it is not an object with x, y and z"));
  if (member == NULL || member->token != ENGRAM_JSON_TOKEN_BEGIN_OBJECT || member->bad_number != NULL)
    return;

  found = read_coordinates (member, neuron->position, &as_usual);
  for (int axis = 0; axis < 3; axis++)
    if ((found & (1u << axis)) == 0)
      engram_record_parser_fail (self, member, "position",
                                 /* Translators: x, y or z. */
                                 _("the coordinate %s is missing or is not a number"), axes[axis]);
  if (!as_usual)
    engram_record_parser_keep (self, member);
}

/* Vector */

/* What is wrong with a list that is no vector. */
static void
fail_vector (EngramRecordParser       *self,
             const EngramRecordMember *member)
{
  EngramJsonReader reader;
  EngramJsonToken token;
  guint number = 0;

  engram_json_reader_init (&reader, member->value, member->length);
  engram_json_reader_next (&reader);
  while ((token = engram_json_reader_next (&reader)) != ENGRAM_JSON_TOKEN_END_LIST)
    {
      EngramRecordMember item = { .value = reader.token };
      double value;

      number++;
      if (token != ENGRAM_JSON_TOKEN_NUMBER)
        engram_record_parser_fail (self, &item, "vector", _("number %u of the vector is not a number"), number);
      else if (!engram_number_parse (reader.token, reader.token_length, &value) || !isfinite ((float) value))
        engram_record_parser_fail (self, &item, "vector", _("number %u of the vector is too big"), number);
      else
        continue;
      return;
    }
}

static void
parse_vector (EngramRecordParser *self,
              EngramNeuron       *neuron)
{
  const EngramRecordMember *member = get (self, ENGRAM_NEURON_MEMBER_VECTOR);
  const GArray *vector = self->scan->vector;

  if (member == NULL || member->token == ENGRAM_JSON_TOKEN_NULL || member->bad_number != NULL)
    return;
  if (member->token != ENGRAM_JSON_TOKEN_BEGIN_LIST)
    {
      engram_record_parser_fail (self, member, "vector", _("it is not a list of numbers"));
      return;
    }
  if (self->scan->vector_place < 0)
    {
      fail_vector (self, member);
      return;
    }

  if (vector->len > 0)
    {
      gsize size = vector->len * sizeof (float);

      neuron->vector = memcpy (engram_arena_take (self->arena, size), vector->data, size);
      neuron->vector_length = vector->len;
    }
  if (vector->len == 0 || self->scan->has_integers)
    engram_record_parser_keep (self, member);
}

/* Fields of types */

static void
set_text (EngramNeuron        *neuron,
          EngramNeuronColumns  column,
          const char          *text)
{
  const EngramColumn *found = engram_record_find_column (&engram_neuron_class, column);

  *(const char **) (gpointer) ((char *) neuron + found->offset) = text;
}

static void
parse_real_column (EngramRecordParser       *self,
                   EngramNeuron             *neuron,
                   const EngramField        *field,
                   const EngramRecordMember *member)
{
  double number = 0;

  if (engram_record_parser_real (self, member, field->name, &number))
    engram_neuron_set_number (neuron, field->column, number);
}

static void
parse_column (EngramRecordParser       *self,
              EngramNeuron             *neuron,
              const EngramField        *field,
              const EngramRecordMember *member)
{
  switch (field->kind)
    {
    case ENGRAM_FIELD_REAL:
      parse_real_column (self, neuron, field, member);
      return;
    case ENGRAM_FIELD_INTEGER:
      neuron->nulls &= ~field->column;
      engram_record_parser_integer (self, member, field->name, &neuron->execution_count);
      return;
    case ENGRAM_FIELD_TEXT_LIST:
    case ENGRAM_FIELD_OBJECT:
      set_text (neuron, field->column, engram_record_parser_json (self, member));
      return;
    case ENGRAM_FIELD_TEXT:
    case ENGRAM_FIELD_CODE:
    case ENGRAM_FIELD_TIME:
      set_text (neuron, field->column, engram_record_parser_text (self, member));
      return;
    case ENGRAM_FIELD_BOOLEAN:
    default:
      g_return_if_reached ();
    }
}

/* A null is what a number or a text that is NULL is written as; for JSON it is another than that. */
static void
parse_null (EngramRecordParser       *self,
            EngramNeuron             *neuron,
            const EngramField        *field,
            const EngramRecordMember *member)
{
  gboolean is_json = field->kind == ENGRAM_FIELD_TEXT_LIST || field->kind == ENGRAM_FIELD_OBJECT;

  if (field->column == 0 || is_json)
    engram_record_parser_keep (self, member);
  if (field->kind == ENGRAM_FIELD_REAL || field->kind == ENGRAM_FIELD_INTEGER)
    neuron->nulls |= field->column;
}

/* Whether a value is of the kind that a field has. */
static const char *
check_kind (const EngramField        *field,
            const EngramRecordMember *member)
{
  EngramJsonToken token = member->token;

  switch (field->kind)
    {
    case ENGRAM_FIELD_TEXT:
    case ENGRAM_FIELD_CODE:
    case ENGRAM_FIELD_TIME:
      return token == ENGRAM_JSON_TOKEN_STRING ? NULL : _("it is not text");
    case ENGRAM_FIELD_REAL:
    case ENGRAM_FIELD_INTEGER:
      return token == ENGRAM_JSON_TOKEN_NUMBER ? NULL : _("it is not a number");
    case ENGRAM_FIELD_BOOLEAN:
      return token == ENGRAM_JSON_TOKEN_TRUE || token == ENGRAM_JSON_TOKEN_FALSE
             ? NULL : _("it is neither true nor false");
    case ENGRAM_FIELD_TEXT_LIST:
      return token == ENGRAM_JSON_TOKEN_BEGIN_LIST ? NULL : _("it is not a JSON list");
    case ENGRAM_FIELD_OBJECT:
      return token == ENGRAM_JSON_TOKEN_BEGIN_OBJECT ? NULL : _("it is not a JSON object");
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
parse_field (EngramRecordParser       *self,
             EngramNeuron             *neuron,
             const EngramField        *field,
             const EngramRecordMember *member)
{
  const char *reason;

  if (member->token == ENGRAM_JSON_TOKEN_NULL)
    {
      parse_null (self, neuron, field, member);
      return;
    }
  reason = check_kind (field, member);
  if (reason != NULL)
    engram_record_parser_fail (self, member, field->name, "%s", reason);
  else if (field->column == 0)
    engram_record_parser_keep (self, member);
  else
    parse_column (self, neuron, field, member);
}

/* The columns that any type may have, under their own names, for types that nobody has registered. */
static const EngramField free_fields[] = {
  { "source_data", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_SOURCE_DATA },
  { "compression_ratio", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_COMPRESSION_RATIO },
  { "semantic_tags", NULL, ENGRAM_FIELD_TEXT_LIST, ENGRAM_NEURON_SEMANTIC_TAGS },
  { "function_signature", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_FUNCTION_SIGNATURE },
  { "executable_code", NULL, ENGRAM_FIELD_TEXT, ENGRAM_NEURON_EXECUTABLE_CODE },
  { "input_schema", NULL, ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_INPUT_SCHEMA },
  { "output_schema", NULL, ENGRAM_FIELD_OBJECT, ENGRAM_NEURON_OUTPUT_SCHEMA },
  { "execution_count", NULL, ENGRAM_FIELD_INTEGER, ENGRAM_NEURON_EXECUTION_COUNT },
  { "average_execution_time", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_AVERAGE_EXECUTION_TIME },
  { "activation_threshold", NULL, ENGRAM_FIELD_REAL, ENGRAM_NEURON_ACTIVATION_THRESHOLD },
};

static const EngramField *
find_free_field (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (free_fields); i++)
    if (strcmp (free_fields[i].name, name) == 0)
      return &free_fields[i];
  return NULL;
}

/* Whether a column can hold a value, whatever its meaning. */
static gboolean
fits_column (const EngramField        *field,
             const EngramRecordMember *member)
{
  double number;

  if (member->token == ENGRAM_JSON_TOKEN_NULL || member->bad_number != NULL || check_kind (field, member) != NULL)
    return FALSE;
  if (member->token != ENGRAM_JSON_TOKEN_NUMBER)
    return TRUE;
  if (!engram_number_parse (member->value, member->length, &number))
    return FALSE;
  return field->kind == ENGRAM_FIELD_REAL || (number == floor (number) && fabs (number) < SAFE_INTEGER);
}

static void
parse_member (EngramRecordParser       *self,
              EngramNeuron             *neuron,
              EngramNeuronType         *type,
              const EngramRecordMember *member,
              EngramNeuronColumns      *given)
{
  gboolean exact;
  g_autofree char *name = engram_json_unescape (member->name, member->name_length, &exact);
  const EngramField *field = NULL;

  if (exact)
    field = type != NULL ? engram_neuron_type_find_field (type, name) : find_free_field (name);
  if (field != NULL && (type != NULL || fits_column (field, member)))
    {
      *given |= field->column;
      parse_field (self, neuron, field, member);
    }
  else
    {
      engram_record_parser_keep (self, member);
    }
}

/* What a type's field without a value is in the Python program. */
static void
set_default (EngramRecordParser *self,
             EngramNeuron       *neuron,
             const EngramField  *field)
{
  const char *json = field->default_json;
  g_autofree char *text = NULL;
  double number;

  if (json == NULL)
    return;
  switch (field->kind)
    {
    case ENGRAM_FIELD_REAL:
    case ENGRAM_FIELD_INTEGER:
      if (engram_number_parse (json, strlen (json), &number))
        engram_neuron_set_number (neuron, field->column, number);
      return;
    case ENGRAM_FIELD_TEXT_LIST:
    case ENGRAM_FIELD_OBJECT:
      set_text (neuron, field->column, engram_arena_take_text (self->arena, json, strlen (json)));
      return;
    case ENGRAM_FIELD_TEXT:
    case ENGRAM_FIELD_CODE:
    case ENGRAM_FIELD_TIME:
      text = engram_json_get_string (json);
      if (text != NULL)
        set_text (neuron, field->column, engram_arena_take_text (self->arena, text, strlen (text)));
      return;
    case ENGRAM_FIELD_BOOLEAN:
    default:
      return;
    }
}

/* All members that not every neuron has. */
static void
parse_fields (EngramRecordParser *self,
              EngramNeuron       *neuron)
{
  EngramNeuronType *type = engram_type_registry_lookup (self->registry, neuron->type);
  const EngramField *fields = NULL;
  EngramNeuronColumns given = 0;
  gsize n_fields = 0;

  neuron->nulls = ENGRAM_NEURON_COMPRESSION_RATIO;
  if (type == NULL)
    neuron->nulls |= ALWAYS_FILLED;
  else
    neuron->activation_threshold = USUAL_THRESHOLD;

  for (guint i = 0; i < self->scan->members->len; i++)
    {
      const EngramRecordMember *member = &g_array_index (self->scan->members, EngramRecordMember, i);

      if (!member->is_known && !engram_record_scan_is_superseded (self->scan, i))
        parse_member (self, neuron, type, member, &given);
    }
  if (type != NULL)
    fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].column != 0 && (given & fields[i].column) == 0)
      set_default (self, neuron, &fields[i]);
}

EngramNeuron *
engram_record_parser_neuron (EngramRecordParser *self,
                             EngramRecordScan   *scan,
                             EngramArena        *arena,
                             gboolean           *good)
{
  EngramNeuron *neuron = engram_arena_take (arena, sizeof *neuron);
  const EngramRecordMember *activation;

  *neuron = (EngramNeuron) { .block_size = sizeof *neuron };
  engram_record_parser_begin (self, scan, arena);
  neuron->id = engram_record_parser_id (self, get (self, ENGRAM_NEURON_MEMBER_ID));
  engram_record_parser_check_numbers (self);
  neuron->type = engram_record_parser_required_text (self, get (self, ENGRAM_NEURON_MEMBER_TYPE), "type");
  parse_position (self, neuron);
  parse_vector (self, neuron);
  neuron->metadata = engram_record_parser_metadata (self, get (self, ENGRAM_NEURON_MEMBER_METADATA));
  activation = get (self, ENGRAM_NEURON_MEMBER_ACTIVATION_LEVEL);
  if (activation != NULL)
    engram_record_parser_real (self, activation, "activation_level", &neuron->activation_level);
  neuron->created_at = engram_record_parser_required_time (self, get (self, ENGRAM_NEURON_MEMBER_CREATED_AT),
                                                           "created_at");
  neuron->modified_at = engram_record_parser_required_time (self, get (self, ENGRAM_NEURON_MEMBER_MODIFIED_AT),
                                                            "modified_at");
  if (neuron->type != NULL)
    parse_fields (self, neuron);
  neuron->fields = engram_record_parser_take_fields (self);
  *good = !self->has_problems;
  return neuron;
}
