/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-field-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-text-format.h"
#include "details/engram-group.h"
#include "details/engram-tag-list.h"

/* What types keep in columns of their own, in the order of the table. */
#define FIRST_TYPE_COLUMN ENGRAM_NEURON_SOURCE_DATA
#define LAST_TYPE_COLUMN ENGRAM_NEURON_ACTIVATION_THRESHOLD
#define NUMBER_COLUMNS                                                       \
  (ENGRAM_NEURON_COMPRESSION_RATIO | ENGRAM_NEURON_EXECUTION_COUNT |         \
   ENGRAM_NEURON_AVERAGE_EXECUTION_TIME | ENGRAM_NEURON_ACTIVATION_THRESHOLD)

/* A group that is made when its first row comes. */
typedef struct {
  GtkBox *box;
  const char *title;
  GtkListBox *rows;
} Group;

static GtkListBox *
get_rows (Group *group)
{
  if (group->rows == NULL)
    gtk_box_append (group->box, engram_group_new (group->title, &group->rows));
  return group->rows;
}

/* Values */

static void
add_json (GtkListBox *rows,
          const char *title,
          const char *json)
{
  engram_group_add_below (rows, title, engram_value_json_new (json));
}

static void
add_number (GtkListBox *rows,
            const char *title,
            const char *json)
{
  g_autofree char *shown = NULL;
  double number;

  /* Whole numbers keep all their figures. */
  if (strpbrk (json, ".eE") != NULL && engram_number_parse (json, strlen (json), &number))
    shown = engram_format_real (number);
  engram_group_add_text (rows, title, shown != NULL ? shown : json);
}

static void
collect_string (const char     *name,
                const char     *value,
                EngramJsonType  type,
                gpointer        user_data)
{
  GPtrArray *strings = user_data;
  char *string = engram_json_get_string (value);

  g_ptr_array_add (strings, string != NULL ? string : g_strdup (value));
}

static void
add_list (GtkListBox *rows,
          const char *title,
          const char *json)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *list;

  if (engram_json_check (json, -1, NULL, NULL) != ENGRAM_JSON_LIST)
    {
      add_json (rows, title, json);
      return;
    }
  engram_json_foreach (json, collect_string, strings);
  g_ptr_array_add (strings, NULL);
  list = engram_tag_list_new ((const char *const *) strings->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  engram_group_add_below (rows, title, list);
}

/* @text is what a JSON string holds, or NULL where @json is something else. */
static void
add_string (GtkListBox      *rows,
            const char      *title,
            EngramFieldKind  kind,
            const char      *text)
{
  if (kind == ENGRAM_FIELD_CODE)
    engram_group_add_below (rows, title, engram_value_code_new (text));
  else if (kind == ENGRAM_FIELD_TIME)
    engram_group_add_below (rows, title, engram_value_time_new (text));
  else
    engram_group_add_text (rows, title, text);
}

static gboolean
is_empty (const char *json)
{
  g_autofree char *compact = engram_json_compact (json);

  return g_strcmp0 (compact, "{}") == 0 || g_strcmp0 (compact, "[]") == 0;
}

/* What the JSON is decides; @kind says more about strings and lists. */
static void
add_value (GtkListBox      *rows,
           const char      *title,
           EngramFieldKind  kind,
           const char      *json)
{
  EngramJsonType type = engram_json_check (json, -1, NULL, NULL);
  g_autofree char *text = type == ENGRAM_JSON_STRING ? engram_json_get_string (json) : NULL;

  if (type == ENGRAM_JSON_NULL || (text != NULL && *text == '\0') ||
      (type >= ENGRAM_JSON_LIST && is_empty (json)))
    engram_group_add_beside (rows, title, engram_value_none_new ());
  else if (type == ENGRAM_JSON_BOOLEAN)
    engram_group_add_text (rows, title, g_str_has_prefix (json, "t") ? _("Yes") : _("No"));
  else if (type == ENGRAM_JSON_NUMBER)
    add_number (rows, title, json);
  else if (text != NULL && (kind == ENGRAM_FIELD_OBJECT || kind == ENGRAM_FIELD_TEXT_LIST))
    add_json (rows, title, text);
  else if (text != NULL)
    add_string (rows, title, kind, text);
  else if (kind == ENGRAM_FIELD_TEXT_LIST)
    add_list (rows, title, json);
  else
    add_json (rows, title, json);
}

/* Fields */

static const EngramField *
find_field_of_column (EngramNeuronColumns column)
{
  g_autoptr (GPtrArray) types = engram_type_registry_list (engram_type_registry_get_default ());

  for (guint i = 0; i < types->len; i++)
    {
      gsize n_fields;
      const EngramField *fields = engram_neuron_type_get_fields (g_ptr_array_index (types, i), &n_fields);

      for (gsize j = 0; j < n_fields; j++)
        if (fields[j].column == column)
          return &fields[j];
    }
  return NULL;
}

static gboolean
is_column_filled (const EngramNeuron  *neuron,
                  EngramNeuronColumns  column)
{
  if ((column & NUMBER_COLUMNS) != 0)
    return (neuron->nulls & column) == 0;
  return engram_neuron_get_text (neuron, column) != NULL;
}

/* The columns that the neuron's type does not know, where something stands in them. A new row has numbers in
 * three of them by itself: with a registered type these say nothing. */
static void
add_other_columns (Group               *group,
                   const EngramNeuron  *neuron,
                   EngramNeuronColumns  without)
{
  for (EngramNeuronColumns column = FIRST_TYPE_COLUMN; column <= LAST_TYPE_COLUMN; column <<= 1)
    {
      const EngramField *field;
      g_autofree char *json = NULL;

      if ((without & column) != 0 || (neuron->odd & column) != 0 || !is_column_filled (neuron, column))
        continue;
      field = find_field_of_column (column);
      if (field == NULL)
        continue;
      json = engram_neuron_get_field (neuron, field);
      add_value (get_rows (group), field->label, field->kind, json);
    }
}

typedef struct {
  Group *group;
  EngramNeuronType *type;
} OtherFields;

static void
add_other_field (const char     *name,
                 const char     *value,
                 EngramJsonType  type,
                 gpointer        user_data)
{
  const OtherFields *other = user_data;

  if (engram_neuron_find_column (name) == 0 &&
      (other->type == NULL || engram_neuron_type_find_field (other->type, name) == NULL))
    add_value (get_rows (other->group), name, ENGRAM_FIELD_TEXT, value);
}

/* The fields without a column that the neuron's type does not know. What a column holds is shown as the column has
 * it. */
static void
add_other_fields (Group              *group,
                  const EngramNeuron *neuron,
                  EngramNeuronType   *type)
{
  OtherFields other = { group, type };

  if (neuron->fields == NULL)
    return;
  if (engram_json_check (neuron->fields, -1, NULL, NULL) == ENGRAM_JSON_OBJECT)
    engram_json_foreach (neuron->fields, add_other_field, &other);
  else
    add_json (get_rows (group), _("Fields"), neuron->fields);
}

/**
 * engram_field_list_add_fields:
 * @box: where groups are added
 * @neuron: a neuron
 * @without: columns that are shown elsewhere
 *
 * Adds the fields of the neuron's type, and whatever else stands in the columns and fields of other types.
 */
void
engram_field_list_add_fields (GtkBox              *box,
                              const EngramNeuron  *neuron,
                              EngramNeuronColumns  without)
{
  EngramNeuronType *type = engram_type_registry_lookup (engram_type_registry_get_default (), neuron->type);
  Group own = { box, _("Fields"), NULL }, other = { box, _("Other Fields"), NULL };
  const EngramField *fields = NULL;
  gsize n_fields = 0;

  if (type != NULL)
    {
      fields = engram_neuron_type_get_fields (type, &n_fields);
      without |= NUMBER_COLUMNS;
    }
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *json = engram_neuron_get_field (neuron, &fields[i]);

      if ((without & ~NUMBER_COLUMNS & fields[i].column) == 0 && (neuron->odd & fields[i].column) == 0)
        add_value (get_rows (&own), fields[i].label, fields[i].kind, json);
      without |= fields[i].column;
    }
  add_other_columns (type != NULL ? &other : &own, neuron, without);
  add_other_fields (type != NULL ? &other : &own, neuron, type);
}

/* Metadata */

static void
add_metadata_member (const char     *name,
                     const char     *value,
                     EngramJsonType  type,
                     gpointer        user_data)
{
  g_autofree char *title = engram_format_line (name, 100);

  add_value (get_rows (user_data), title, ENGRAM_FIELD_TEXT, value);
}

/**
 * engram_field_list_add_metadata:
 * @box: where groups are added
 * @metadata: (nullable): the metadata of a neuron or a synapse as JSON
 *
 * Adds the members of metadata; nothing where there are none.
 */
void
engram_field_list_add_metadata (GtkBox     *box,
                                const char *metadata)
{
  Group group = { box, _("Metadata"), NULL };

  if (metadata == NULL)
    return;
  if (engram_json_check (metadata, -1, NULL, NULL) == ENGRAM_JSON_OBJECT)
    engram_json_foreach (metadata, add_metadata_member, &group);
  else
    engram_group_add_below (get_rows (&group), _("JSON"), engram_value_json_new (metadata));
}
