/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-neuron-field-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engram-error-private.h"
#include "json/engram-json-reader-private.h"
#include "json/engram-number.h"
#include "model/engram-time.h"

/* The columns that belong to types, and what each can hold. */
static const struct {
  EngramNeuronColumns column;
  EngramFieldKind     kind;
} type_columns[] = {
  { ENGRAM_NEURON_SOURCE_DATA, ENGRAM_FIELD_TEXT },
  { ENGRAM_NEURON_COMPRESSION_RATIO, ENGRAM_FIELD_REAL },
  { ENGRAM_NEURON_SEMANTIC_TAGS, ENGRAM_FIELD_TEXT_LIST },
  { ENGRAM_NEURON_FUNCTION_SIGNATURE, ENGRAM_FIELD_TEXT },
  { ENGRAM_NEURON_EXECUTABLE_CODE, ENGRAM_FIELD_TEXT },
  { ENGRAM_NEURON_INPUT_SCHEMA, ENGRAM_FIELD_OBJECT },
  { ENGRAM_NEURON_OUTPUT_SCHEMA, ENGRAM_FIELD_OBJECT },
  { ENGRAM_NEURON_EXECUTION_COUNT, ENGRAM_FIELD_INTEGER },
  { ENGRAM_NEURON_AVERAGE_EXECUTION_TIME, ENGRAM_FIELD_REAL },
  { ENGRAM_NEURON_ACTIVATION_THRESHOLD, ENGRAM_FIELD_REAL },
};

static gboolean
get_column_kind (EngramNeuronColumns  column,
                 EngramFieldKind     *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_columns); i++)
    if (type_columns[i].column == column)
      {
        *kind = type_columns[i].kind;
        return TRUE;
      }
  return FALSE;
}

gboolean
engram_field_kind_fits_column (EngramFieldKind     kind,
                               EngramNeuronColumns column)
{
  EngramFieldKind holds;

  if (!get_column_kind (column, &holds))
    return FALSE;
  if (holds == ENGRAM_FIELD_TEXT)
    return kind == ENGRAM_FIELD_TEXT || kind == ENGRAM_FIELD_CODE || kind == ENGRAM_FIELD_TIME;
  return kind == holds;
}

/* Checking */

static void
note_other_than_text (const char     *name,
                      const char     *value,
                      EngramJsonType  type,
                      gpointer        user_data)
{
  gboolean *all_text = user_data;

  if (type != ENGRAM_JSON_STRING)
    *all_text = FALSE;
}

static gboolean
is_text_list (const char *json)
{
  gboolean all_text = TRUE;

  engram_json_foreach (json, note_other_than_text, &all_text);
  return all_text;
}

static gboolean
is_time (const char *json)
{
  g_autofree char *text = engram_json_get_string (json);

  return engram_time_is_valid (text);
}

static gboolean
is_finite_number (const char *json)
{
  g_autofree char *number = g_strstrip (g_strdup (json));
  double value;

  return engram_number_parse (number, strlen (number), &value);
}

static const char *
check_type (EngramFieldKind  kind,
            EngramJsonType   type,
            const char      *json)
{
  switch (kind)
    {
    case ENGRAM_FIELD_TEXT:
    case ENGRAM_FIELD_CODE:
      return type == ENGRAM_JSON_STRING ? NULL : _("it is not text");
    case ENGRAM_FIELD_REAL:
      if (type != ENGRAM_JSON_NUMBER)
        return _("it is not a number");
      return is_finite_number (json) ? NULL : _("the number is too big");
    case ENGRAM_FIELD_INTEGER:
      return type == ENGRAM_JSON_NUMBER && strpbrk (json, ".eE") == NULL
             ? NULL : _("it is not a whole number");
    case ENGRAM_FIELD_BOOLEAN:
      return type == ENGRAM_JSON_BOOLEAN ? NULL : _("it is neither true nor false");
    case ENGRAM_FIELD_TIME:
      return type == ENGRAM_JSON_STRING && is_time (json)
             ? NULL : _("the time is not written like 2025-11-01T09:00:00");
    case ENGRAM_FIELD_TEXT_LIST:
      return type == ENGRAM_JSON_LIST && is_text_list (json) ? NULL : _("it is not a JSON list of texts");
    case ENGRAM_FIELD_OBJECT:
      return type == ENGRAM_JSON_OBJECT ? NULL : _("it is not a JSON object");
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
engram_field_kind_check (EngramFieldKind  kind,
                         const char      *json)
{
  const char *reason = NULL;
  gsize offset = 0;
  EngramJsonType type = engram_json_check (json, -1, &offset, &reason);

  if (type == ENGRAM_JSON_INVALID)
    /* Translators: what is wrong, then where. */
    return g_strdup_printf (_("it is not JSON: %s at byte %zu"), reason, offset);
  if (type == ENGRAM_JSON_NULL)
    return NULL;
  return g_strdup (check_type (kind, type, json));
}

/* Getting */

static char *
format_number (double number)
{
  char text[ENGRAM_NUMBER_LENGTH];

  return g_strdup (engram_number_format (number, text) > 0 ? text : "null");
}

/* Damaged JSON is shown as the text that it is: whatever is returned is JSON. */
static char *
copy_json (const char *json)
{
  if (engram_json_check (json, -1, NULL, NULL) == ENGRAM_JSON_INVALID)
    return engram_json_quote (json);
  return g_strdup (json);
}

static char *
get_text_column (const EngramNeuron *neuron,
                 const EngramField  *field,
                 EngramFieldKind     holds)
{
  const char *text = engram_neuron_get_text (neuron, field->column);

  if (text == NULL)
    return g_strdup ("null");
  return holds == ENGRAM_FIELD_TEXT ? engram_json_quote (text) : copy_json (text);
}

static char *
get_column (const EngramNeuron *neuron,
            const EngramField  *field)
{
  EngramFieldKind holds;

  if (!get_column_kind (field->column, &holds))
    g_return_val_if_reached (g_strdup ("null"));

  if (holds != ENGRAM_FIELD_INTEGER && holds != ENGRAM_FIELD_REAL)
    return get_text_column (neuron, field, holds);
  if ((neuron->nulls & field->column) != 0)
    return g_strdup ("null");
  /* The one column of whole numbers; a double would round them. */
  if (holds == ENGRAM_FIELD_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, neuron->execution_count);
  return format_number (engram_neuron_get_number (neuron, field->column));
}

char *
engram_neuron_get_field (const EngramNeuron *neuron,
                         const EngramField  *field)
{
  char *value;

  g_return_val_if_fail (neuron != NULL, NULL);
  g_return_val_if_fail (field != NULL && field->name != NULL, NULL);

  if (field->column != 0)
    return get_column (neuron, field);

  value = engram_json_object_get (neuron->fields, field->name);
  if (value != NULL)
    return value;
  if (field->stand_in != 0 && engram_neuron_get_text (neuron, field->stand_in) != NULL)
    return engram_json_quote (engram_neuron_get_text (neuron, field->stand_in));
  return g_strdup (field->default_json != NULL ? field->default_json : "null");
}

/* Setting */

static gboolean
refuse (const EngramNeuron  *neuron,
        const EngramField   *field,
        const char          *reason,
        GError             **error)
{
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, neuron->id, field->name,
                           "%s", reason);
  return FALSE;
}

/* Text in a column ends at the first NUL and is UTF-8; rather than losing a part of it, it is refused. */
static gboolean
set_text_column (EngramNeuron       *neuron,
                 const EngramField  *field,
                 const char         *value,
                 GError            **error)
{
  gboolean exact;
  g_autofree char *text = engram_json_unescape (value, strlen (value), &exact);

  if (!exact)
    return refuse (neuron, field, _("the text has a NUL character or half a surrogate pair in it"), error);
  engram_neuron_set_text (neuron, field->column, text);
  return TRUE;
}

static gboolean
set_integer_column (EngramNeuron       *neuron,
                    const EngramField  *field,
                    const char         *value,
                    GError            **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return refuse (neuron, field, _("the number is too big"), error);
  engram_neuron_set_number (neuron, field->column, 0);
  neuron->execution_count = number;
  return TRUE;
}

static void
set_column_null (EngramNeuron      *neuron,
                 const EngramField *field,
                 EngramFieldKind    holds)
{
  if (holds == ENGRAM_FIELD_INTEGER || holds == ENGRAM_FIELD_REAL)
    {
      engram_neuron_set_number (neuron, field->column, 0);
      neuron->nulls |= field->column;
    }
  else
    {
      engram_neuron_set_text (neuron, field->column, NULL);
    }
}

static gboolean
set_column (EngramNeuron       *neuron,
            const EngramField  *field,
            const char         *value,
            GError            **error)
{
  EngramFieldKind holds;
  double number;

  if (!get_column_kind (field->column, &holds))
    g_return_val_if_reached (FALSE);

  if (strcmp (value, "null") == 0)
    {
      set_column_null (neuron, field, holds);
      return TRUE;
    }
  switch (holds)
    {
    case ENGRAM_FIELD_TEXT:
      return set_text_column (neuron, field, value, error);
    case ENGRAM_FIELD_INTEGER:
      return set_integer_column (neuron, field, value, error);
    case ENGRAM_FIELD_REAL:
      engram_number_parse (value, strlen (value), &number);
      engram_neuron_set_number (neuron, field->column, number);
      return TRUE;
    case ENGRAM_FIELD_CODE:
    case ENGRAM_FIELD_BOOLEAN:
    case ENGRAM_FIELD_TIME:
    case ENGRAM_FIELD_TEXT_LIST:
    case ENGRAM_FIELD_OBJECT:
    default:
      engram_neuron_set_text (neuron, field->column, value);
      return TRUE;
    }
}

static gboolean
set_in_fields (EngramNeuron       *neuron,
               const EngramField  *field,
               const char         *value,
               GError            **error)
{
  g_autofree char *fields = engram_json_object_set (neuron->fields, field->name, value);

  if (fields != NULL)
    {
      engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields);
      return TRUE;
    }
  if (neuron->fields != NULL && engram_json_check (neuron->fields, -1, NULL, NULL) != ENGRAM_JSON_OBJECT)
    return refuse (neuron, field,
                   _("the fields stored with the neuron are not a JSON object; mend them first"), error);
  return refuse (neuron, field, _("lists and objects are nested too deeply"), error);
}

gboolean
engram_neuron_set_field (EngramNeuron       *neuron,
                         const EngramField  *field,
                         const char         *json,
                         GError            **error)
{
  g_autofree char *reason = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (neuron != NULL, FALSE);
  g_return_val_if_fail (field != NULL && field->name != NULL, FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  reason = engram_field_kind_check (field->kind, json);
  if (reason != NULL)
    return refuse (neuron, field, reason, error);

  value = g_strstrip (g_strdup (json));
  if (field->column != 0)
    return set_column (neuron, field, value, error);
  return set_in_fields (neuron, field, value, error);
}
