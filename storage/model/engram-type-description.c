/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-type-description.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "engram-error-private.h"
#include "json/engram-json-reader-private.h"
#include "model/engram-neuron-private.h"

#define FORMAT "engram-type"
#define VERSION 1

#define MAX_BYTES (1024 * 1024)
#define MAX_DEPTH 64
#define MAX_FIELDS 1000

/* In the order of EngramFieldKind. */
static const char *const kind_names[] = {
  "text", "code", "real", "integer", "boolean", "time", "text-list", "object",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == ENGRAM_FIELD_OBJECT + 1);

/* Columns that can stand in for a field of text, or of time. */
#define TIMES (ENGRAM_NEURON_CREATED_AT | ENGRAM_NEURON_MODIFIED_AT)
#define TEXTS (TIMES | ENGRAM_NEURON_SOURCE_DATA | ENGRAM_NEURON_FUNCTION_SIGNATURE | ENGRAM_NEURON_EXECUTABLE_CODE)

static gboolean
refuse (GError     **error,
        const char  *field,
        const char  *reason)
{
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, NULL, field, "%s", reason);
  return FALSE;
}

/* Reading */

/* Strict JSON, not too deep, and all texts such as json-glib takes whole: it would cut them at U+0000 and write half a
 * surrogate pair as bytes that are no UTF-8. */
static gboolean
check_text (const char  *json,
            gsize        length,
            GError     **error)
{
  EngramJsonReader reader;
  EngramJsonToken token;

  engram_json_reader_init (&reader, json, length);
  while ((token = engram_json_reader_next (&reader)) != ENGRAM_JSON_TOKEN_END)
    {
      gboolean exact = TRUE;

      if (token == ENGRAM_JSON_TOKEN_INVALID)
        {
          g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                       /* Translators: what is wrong, then where. */
                       _("It is not JSON: %s at byte %zu."), _(reader.reason),
                       (gsize) (reader.cursor - reader.start));
          return FALSE;
        }
      if (reader.depth > MAX_DEPTH)
        return refuse (error, NULL, _("Lists and objects are nested too deeply."));
      if ((token == ENGRAM_JSON_TOKEN_NAME || token == ENGRAM_JSON_TOKEN_STRING) && reader.token_escaped)
        g_free (engram_json_unescape (reader.token, reader.token_length, &exact));
      if (!exact)
        return refuse (error, NULL, _("A text has a NUL character or half a surrogate pair in it."));
    }
  return TRUE;
}

/* The text of a member, or NULL where there is none; a member that is no text is an error. */
static gboolean
read_text (JsonObject  *object,
           const char  *member,
           const char **text,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *text = NULL;
  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   /* Translators: a member of a JSON object. */
                   _("“%s” is not text."), member);
      return FALSE;
    }
  *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_kind (JsonObject   *object,
           EngramField  *field,
           GError      **error)
{
  const char *name;

  if (!read_text (object, "kind", &name, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (name, kind_names[i]) == 0)
      {
        field->kind = i;
        return TRUE;
      }
  return refuse (error, field->name, _("there is no such kind of field"));
}

/* The column that a member names, or 0 where there is no such member. */
static gboolean
read_column (JsonObject           *object,
             const char           *member,
             const char           *field,
             EngramNeuronColumns  *column,
             GError              **error)
{
  const char *name;

  *column = 0;
  if (!read_text (object, member, &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < engram_neuron_class.n_columns; i++)
    if (strcmp (engram_neuron_class.columns[i].name, name) == 0)
      {
        *column = engram_neuron_class.columns[i].bit;
        return TRUE;
      }
  return refuse (error, field, _("there is no such column"));
}

static gboolean
read_stand_in (JsonObject   *object,
               EngramField  *field,
               GError      **error)
{
  EngramNeuronColumns fitting = 0;

  if (!read_column (object, "stand_in", field->name, &field->stand_in, error))
    return FALSE;
  if (field->kind == ENGRAM_FIELD_TEXT || field->kind == ENGRAM_FIELD_CODE)
    fitting = TEXTS;
  else if (field->kind == ENGRAM_FIELD_TIME)
    fitting = TIMES;
  if ((field->stand_in & ~fitting) == 0)
    return TRUE;
  return refuse (error, field->name, _("the column cannot stand in for the field"));
}

/* @default_json: as it stands in the description, for json-glib would round its numbers. */
static gboolean
read_field (JsonNode     *node,
            const char   *default_json,
            EngramField  *field,
            GError      **error)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, NULL, _("A field of a neuron type is not a JSON object."));

  object = json_node_get_object (node);
  if (!read_text (object, "name", &field->name, error))
    return FALSE;
  if (field->name == NULL)
    return refuse (error, NULL, _("A field of a neuron type has no name."));
  if (!read_kind (object, field, error) || !read_text (object, "label", &field->label, error) ||
      !read_column (object, "column", field->name, &field->column, error) || !read_stand_in (object, field, error))
    return FALSE;
  field->default_json = g_strcmp0 (default_json, "null") == 0 ? NULL : default_json;
  return TRUE;
}

static void
note_default (const char     *name,
              const char     *item,
              EngramJsonType  type,
              gpointer        defaults)
{
  g_autofree char *value = type == ENGRAM_JSON_OBJECT ? engram_json_object_get (item, "default") : NULL;

  g_ptr_array_add (defaults, value != NULL ? engram_json_compact (value) : NULL);
}

static EngramNeuronType *
read_fields (const char  *name,
             const char  *label,
             JsonArray   *list,
             GPtrArray   *defaults,
             GError     **error)
{
  guint n_fields = list != NULL ? json_array_get_length (list) : 0;
  g_autofree EngramField *fields = NULL;

  if (n_fields > MAX_FIELDS)
    {
      refuse (error, NULL, _("A neuron type has too many fields."));
      return NULL;
    }
  fields = g_new0 (EngramField, n_fields);
  for (guint i = 0; i < n_fields; i++)
    if (!read_field (json_array_get_element (list, i), g_ptr_array_index (defaults, i), &fields[i], error))
      return NULL;
  return engram_neuron_type_new (name, label, fields, n_fields);
}

static EngramNeuronType *
read_type (const char  *json,
           JsonObject  *object,
           GError     **error)
{
  g_autofree char *fields = engram_json_object_get (json, "fields");
  g_autoptr (GPtrArray) defaults = g_ptr_array_new_with_free_func (g_free);
  JsonNode *list = json_object_get_member (object, "fields");
  const char *name, *label;

  if (!read_text (object, "name", &name, error) || !read_text (object, "label", &label, error))
    return NULL;
  if (name == NULL || *name == '\0')
    {
      refuse (error, NULL, _("A neuron type has no name."));
      return NULL;
    }
  if (list != NULL && !JSON_NODE_HOLDS_ARRAY (list))
    {
      refuse (error, NULL, _("The fields of a neuron type are not a JSON list."));
      return NULL;
    }
  if (list != NULL)
    engram_json_foreach (fields, note_default, defaults);
  return read_fields (name, label, list != NULL ? json_node_get_array (list) : NULL, defaults, error);
}

static gboolean
check_version (JsonObject  *object,
               GError     **error)
{
  JsonNode *version = json_object_get_member (object, "version");
  const char *format;

  if (!read_text (object, "format", &format, error))
    return FALSE;
  if (g_strcmp0 (format, FORMAT) != 0)
    return refuse (error, NULL, _("It is not the description of a neuron type: “format” is not “engram-type”."));
  if (version == NULL || json_node_get_value_type (version) != G_TYPE_INT64)
    return refuse (error, NULL, _("The description of a neuron type has no version."));
  if (json_node_get_int (version) != VERSION)
    return refuse (error, NULL, _("The description of a neuron type is of a version that this program does not know."));
  return TRUE;
}

EngramNeuronType *
engram_type_description_parse (const char  *json,
                               gssize       length,
                               GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;
  gsize size;

  g_return_val_if_fail (json != NULL, NULL);

  size = length < 0 ? strlen (json) : (gsize) length;
  if (size > MAX_BYTES)
    {
      refuse (error, NULL, _("The description of a neuron type is too big."));
      return NULL;
    }
  if (!check_text (json, size, error))
    return NULL;

  text = g_strndup (json, size);
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, size, &parse_error))
    {
      refuse (error, NULL, parse_error->message);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse (error, NULL, _("It is not a JSON object."));
      return NULL;
    }
  object = json_node_get_object (json_parser_get_root (parser));
  return check_version (object, error) ? read_type (text, object, error) : NULL;
}

/* Writing */

static const char *
get_column_name (EngramNeuronColumns column)
{
  return engram_record_find_column (&engram_neuron_class, column)->name;
}

/* (transfer full): one field. The default goes in as text, for json-glib would round its numbers. */
static char *
format_field (const EngramField *field)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  JsonObject *object = json_object_new ();
  g_autofree char *json = NULL;

  json_node_init_object (node, object);
  json_object_set_string_member (object, "name", field->name);
  json_object_set_string_member (object, "label", field->label);
  json_object_set_string_member (object, "kind", kind_names[field->kind]);
  if (field->column != 0)
    json_object_set_string_member (object, "column", get_column_name (field->column));
  if (field->stand_in != 0)
    json_object_set_string_member (object, "stand_in", get_column_name (field->stand_in));
  json_object_unref (object);

  json = json_to_string (node, FALSE);
  return field->default_json != NULL ? engram_json_object_set (json, "default", field->default_json)
                                     : g_steal_pointer (&json);
}

char *
engram_type_description_format (EngramNeuronType *type)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autoptr (GString) list = g_string_new ("[");
  g_autofree char *head = NULL;
  g_autofree char *whole = NULL;
  const EngramField *fields;
  JsonObject *object;
  gsize n_fields;

  g_return_val_if_fail (type != NULL, NULL);

  fields = engram_neuron_type_get_fields (type, &n_fields);
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *field = format_field (&fields[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", field);
    }
  g_string_append_c (list, ']');

  object = json_object_new ();
  json_node_init_object (node, object);
  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "name", engram_neuron_type_get_name (type));
  json_object_set_string_member (object, "label", engram_neuron_type_get_label (type));
  json_object_unref (object);

  head = json_to_string (node, FALSE);
  whole = engram_json_object_set (head, "fields", list->str);
  return engram_json_pretty (whole, 2);
}

/* A folder of descriptions */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): names of files, sorted. Hidden ones are what an editor left. */
static GPtrArray *
list_descriptions (const char  *folder,
                   GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && *name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* Reads no more than can be a description, and waits for no pipe. */
static char *
read_description (const char  *path,
                  gsize       *length,
                  GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    {
      refuse (error, NULL, _("It is no regular file."));
      return NULL;
    }
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  text = g_malloc (MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES + 1, length, NULL, error))
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
load_description (EngramTypeRegistry  *self,
                  const char          *path,
                  GError             **error)
{
  g_autoptr (EngramNeuronType) type = NULL;
  gsize length;
  g_autofree char *text = read_description (path, &length, error);

  if (text == NULL)
    return FALSE;
  type = engram_type_description_parse (text, length, error);
  return type != NULL && engram_type_registry_register (self, type, error);
}

static void
note_problem (GPtrArray    *problems,
              const char   *path,
              const GError *error)
{
  g_autofree char *name = g_filename_display_name (path);

  /* Translators: a file or folder, then what is wrong with it. */
  g_ptr_array_add (problems, g_strdup_printf (_("No neuron type was taken from “%s”: %s"), name, error->message));
}

guint
engram_type_registry_load_folder (EngramTypeRegistry *self,
                                  const char         *folder,
                                  GPtrArray         **problems)
{
  g_autoptr (GPtrArray) noted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  guint n_loaded = 0;

  g_return_val_if_fail (ENGRAM_IS_TYPE_REGISTRY (self), 0);
  g_return_val_if_fail (folder != NULL, 0);

  names = list_descriptions (folder, &error);
  if (names == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    note_problem (noted, folder, error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr (GError) file_error = NULL;

      if (load_description (self, path, &file_error))
        n_loaded++;
      else
        note_problem (noted, path, file_error);
    }
  if (problems != NULL)
    *problems = g_steal_pointer (&noted);
  return n_loaded;
}
