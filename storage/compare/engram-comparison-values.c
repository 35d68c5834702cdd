/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "json/engram-number.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "stores/engram-store-private.h"

/* So many numbers of a vector are shown. */
#define MAX_NUMBERS 8

/* One record in both files, each within a snapshot; and how its table stands in them. */
typedef struct {
  EngramReader         *readers[ENGRAM_COMPARE_N_SIDES];
  EngramCompareTable   *table;
  EngramStatement      *statements[ENGRAM_COMPARE_N_SIDES];
  sqlite3_stmt         *rows[ENGRAM_COMPARE_N_SIDES];       /* NULL in the file that has it not */
  GPtrArray            *values;
} Description;

void
engram_comparison_value_free (EngramComparisonValue *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
description_clear (Description *self)
{
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_clear_pointer (&self->statements[side], engram_statement_release);
  g_clear_pointer (&self->table, engram_compare_table_free);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_clear_pointer (&self->readers[side], engram_reader_release);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Description, description_clear)

static gboolean
description_begin (Description      *self,
                   EngramRecordKind  kind,
                   EngramDatabase   *today,
                   EngramDatabase   *other,
                   GCancellable     *cancellable,
                   GError          **error)
{
  EngramDatabase *databases[ENGRAM_COMPARE_N_SIDES] = { today, other };

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    {
      self->readers[side] = engram_store_begin_read (databases[side], cancellable, error);
      if (self->readers[side] == NULL)
        return FALSE;
    }
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_comparison_value_free);
  self->table = engram_compare_table_new (kind == ENGRAM_RECORD_NEURON ? &engram_neuron_class : &engram_synapse_class,
                                          self->readers[ENGRAM_COMPARE_TODAY], self->readers[ENGRAM_COMPARE_OTHER],
                                          error);
  return self->table != NULL;
}

/* Takes the texts. What neither record has is left out. */
static void
add_value (Description *self,
           const char  *name,
           char        *before,
           char        *after,
           gboolean     differs)
{
  EngramComparisonValue *value;

  if (before == NULL && after == NULL)
    return;
  value = g_new (EngramComparisonValue, 1);
  *value = (EngramComparisonValue) { g_utf8_make_valid (name, -1), before, after, differs };
  g_ptr_array_add (self->values, value);
}

/* Values as text */

static char *
format_number (double number)
{
  char text[ENGRAM_NUMBER_LENGTH];

  if (engram_number_format (number, text) == 0)
    return g_strdup (isnan (number) ? _("not a number") : _("not finite"));
  return g_strdup (text);
}

static char *
format_vector (sqlite3_stmt *row,
               int           index)
{
  const guint8 *bytes = sqlite3_column_blob (row, index);
  gsize n = (gsize) sqlite3_column_bytes (row, index) / sizeof (guint32);
  g_autoptr (GString) text = g_string_new (NULL);
  double square = 0;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *number = NULL;
      guint32 word;
      float value;

      memcpy (&word, bytes + i * sizeof word, sizeof word);
      word = GUINT32_FROM_LE (word);
      memcpy (&value, &word, sizeof value);
      square += (double) value * value;
      if (i >= MAX_NUMBERS)
        continue;
      number = format_number (value);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
    }
  if (n > MAX_NUMBERS)
    g_string_append (text, ", …");
  /* Translators: a vector: how many numbers it has, its length, and the first of its numbers. */
  return g_strdup_printf (ngettext ("%u number, length %g: %s", "%u numbers, length %g: %s", (gulong) n), (guint) n,
                          sqrt (square), text->str);
}

static char *
format_text (sqlite3_stmt *row,
             int           index)
{
  const char *text = (const char *) sqlite3_column_text (row, index);

  return g_utf8_make_valid (text != NULL ? text : "", sqlite3_column_bytes (row, index));
}

static char *
format_value (const Description *self,
              guint              side,
              int                index)
{
  sqlite3_stmt *row = self->rows[side];
  gboolean is_vector = self->table->vector == index;
  int length;

  if (row == NULL)
    return NULL;
  switch (sqlite3_column_type (row, index))
    {
    case SQLITE_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (row, index));
    case SQLITE_FLOAT:
      return format_number (sqlite3_column_double (row, index));
    case SQLITE_TEXT:
      return format_text (row, index);
    case SQLITE_BLOB:
      length = sqlite3_column_bytes (row, index);
      if (is_vector && length > 0 && length % (int) sizeof (guint32) == 0)
        return format_vector (row, index);
      return g_strdup_printf (ngettext ("%d byte", "%d bytes", (gulong) length), length);
    default:
      return NULL;
    }
}

static char *
format_position (const Description *self,
                 guint              side,
                 int                index)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->rows[side] == NULL)
    return NULL;
  for (int axis = 0; axis < 3; axis++)
    {
      g_autofree char *number = format_value (self, side, index + axis);

      g_string_append_printf (text, "%s%s", axis > 0 ? ", " : "", number != NULL ? number : _("none"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Fields without a column */

typedef struct {
  GPtrArray  *names;                           /* of both, in the order in which they come */
  GHashTable *members[ENGRAM_COMPARE_N_SIDES]; /* name -> JSON */
  guint       side;
} Members;

static void
note_member (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        data)
{
  Members *self = data;

  if (!g_hash_table_contains (self->members[ENGRAM_COMPARE_TODAY], name) &&
      !g_hash_table_contains (self->members[ENGRAM_COMPARE_OTHER], name))
    g_ptr_array_add (self->names, g_strdup (name));
  g_hash_table_insert (self->members[self->side], g_strdup (name), g_strdup (value));
}

/* FALSE where there is something that is no JSON object. */
static gboolean
read_members (const Description *self,
              int                index,
              Members           *members)
{
  for (members->side = 0; members->side < ENGRAM_COMPARE_N_SIDES; members->side++)
    {
      sqlite3_stmt *row = self->rows[members->side];
      const char *text;

      if (row == NULL || sqlite3_column_type (row, index) == SQLITE_NULL)
        continue;
      text = (const char *) sqlite3_column_text (row, index);
      if (sqlite3_column_type (row, index) != SQLITE_TEXT || text == NULL ||
          engram_json_check (text, -1, NULL, NULL) != ENGRAM_JSON_OBJECT ||
          !engram_json_foreach (text, note_member, members))
        return FALSE;
    }
  return TRUE;
}

static char *
format_member (const char *json)
{
  char *text = json != NULL ? engram_json_get_string (json) : NULL;

  return text != NULL ? text : g_strdup (json);
}

/* What a member named like a column says is how the column's value is spelled: just where that is more than the column
 * can hold, and not the same, does it say something. */
static gboolean
is_spelling (const Description *self,
             const char        *name,
             const char        *before,
             const char        *after)
{
  const EngramRecordClass *class = self->table->class;

  if ((before != NULL && before[0] == '"') || (after != NULL && after[0] == '"'))
    return FALSE;
  for (guint i = 0; i < class->n_columns; i++)
    if (g_str_equal (class->columns[i].field, name))
      return TRUE;
  return FALSE;
}

static void
add_members (Description   *self,
             const Members *members)
{
  for (guint i = 0; i < members->names->len; i++)
    {
      const char *name = g_ptr_array_index (members->names, i);
      const char *before = g_hash_table_lookup (members->members[ENGRAM_COMPARE_OTHER], name);
      const char *after = g_hash_table_lookup (members->members[ENGRAM_COMPARE_TODAY], name);
      gboolean is_same = before != NULL && after != NULL &&
                         engram_compare_json_is_same (before, strlen (before), after, strlen (after));

      if (!is_spelling (self, name, before, after))
        add_value (self, name, format_member (before), format_member (after), !is_same);
    }
}

static void
describe_members (Description *self,
                  const char  *name,
                  int          index,
                  gboolean     differs)
{
  Members members = { g_ptr_array_new_with_free_func (g_free), { NULL }, 0 };

  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    members.members[side] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (read_members (self, index, &members))
    add_members (self, &members);
  else
    add_value (self, name, format_value (self, ENGRAM_COMPARE_OTHER, index),
               format_value (self, ENGRAM_COMPARE_TODAY, index), differs);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    g_hash_table_unref (members.members[side]);
  g_ptr_array_unref (members.names);
}

/* All fields */

static gboolean
differs_at (const Description         *self,
            const EngramCompareColumn *column,
            int                        index)
{
  sqlite3_stmt *today = self->rows[ENGRAM_COMPARE_TODAY], *other = self->rows[ENGRAM_COMPARE_OTHER];

  return today == NULL || other == NULL || engram_compare_column_differs (column, today, other, index);
}

static const char *
get_field_name (const Description         *self,
                const EngramCompareColumn *column)
{
  return column->bit != 0 ? engram_record_find_column (self->table->class, (guint) column->bit)->field
                          : column->name;
}

static void
describe_columns (Description *self)
{
  const EngramCompareTable *table = self->table;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const EngramCompareColumn *column = g_ptr_array_index (table->columns, i);
      const char *name = get_field_name (self, column);
      int index = ENGRAM_COMPARE_FIRST + (int) i;
      gboolean differs = differs_at (self, column, index);

      if (column->bit == ENGRAM_NEURON_POSITION && table->class->kind == ENGRAM_RECORD_NEURON)
        {
          differs = differs || differs_at (self, column, index + 1) || differs_at (self, column, index + 2);
          add_value (self, name, format_position (self, ENGRAM_COMPARE_OTHER, index),
                     format_position (self, ENGRAM_COMPARE_TODAY, index), differs);
          i += 2;
        }
      else if (column->how == ENGRAM_COMPARE_MEMBERS)
        describe_members (self, name, index, differs);
      else
        add_value (self, name, format_value (self, ENGRAM_COMPARE_OTHER, index),
                   format_value (self, ENGRAM_COMPARE_TODAY, index), differs);
    }
}

/* (transfer full): those that differ first, else as they are */
static GPtrArray *
put_differing_first (GPtrArray *values)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_comparison_value_free);

  g_ptr_array_set_free_func (values, NULL);
  for (int differs = TRUE; differs >= FALSE; differs--)
    for (guint i = 0; i < values->len; i++)
      {
        EngramComparisonValue *value = g_ptr_array_index (values, i);

        if (value->differs == differs)
          g_ptr_array_add (ordered, value);
      }
  return ordered;
}

/* Finding the rows */

static gboolean
set_changed (GError **error)
{
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED,
                       _("This neuron or synapse is no longer where it was when the files were compared. Compare them "
                         "again."));
  return FALSE;
}

static gboolean
find_row (Description  *self,
          guint         side,
          gint64        rowid,
          GError      **error)
{
  int status;

  self->statements[side] = engram_connection_prepare (self->readers[side], self->table->selects[side],
                                                      error);
  if (self->statements[side] == NULL)
    return FALSE;
  engram_statement_bind_int64 (self->statements[side], 1, rowid);
  engram_statement_bind_int64 (self->statements[side], 2, rowid);
  status = engram_statement_step (self->statements[side], error);
  if (status <= 0)
    return status == 0 ? set_changed (error) : FALSE;
  self->rows[side] = engram_statement_get_handle (self->statements[side]);
  return TRUE;
}

/* Of a row that is the same in both files: where the other one has it. One without an id is where today has it. */
static gboolean
find_same_row (Description  *self,
               gint64        rowid,
               GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid FROM %s WHERE id=?", self->table->name);
  sqlite3_stmt *row = self->rows[ENGRAM_COMPARE_TODAY];
  const char *id = sqlite3_column_type (row, ENGRAM_COMPARE_ID) == SQLITE_TEXT
                     ? (const char *) sqlite3_column_text (row, ENGRAM_COMPARE_ID)
                     : NULL;
  gint64 other_rowid = rowid;
  int found = id != NULL ? engram_store_find_rowid (self->readers[ENGRAM_COMPARE_OTHER], sql, id, &other_rowid,
                                                    error)
                         : 1;

  if (found <= 0)
    return found == 0 ? set_changed (error) : FALSE;
  return find_row (self, ENGRAM_COMPARE_OTHER, other_rowid, error);
}

static gboolean
find_rows (Description                *self,
           const EngramComparisonRow  *row,
           GError                    **error)
{
  if (engram_comparison_row_stands_in (row, ENGRAM_COMPARE_TODAY) &&
      !find_row (self, ENGRAM_COMPARE_TODAY, row->rowid, error))
    return FALSE;
  if (row->status == ENGRAM_COMPARISON_SAME)
    return find_same_row (self, row->rowid, error);
  if (engram_comparison_row_stands_in (row, ENGRAM_COMPARE_OTHER) &&
      !find_row (self, ENGRAM_COMPARE_OTHER, row->other_rowid, error))
    return FALSE;
  return TRUE;
}

/* Whether the rows are still those of the record that was compared. */
static gboolean
check_ids (const Description          *self,
           EngramComparison           *comparison,
           const EngramComparisonRow  *row,
           GError                    **error)
{
  const EngramComparedRow *changed = engram_comparison_find_changed (comparison, row->kind, row->rowid);
  guint32 hash;

  if (row->status == ENGRAM_COMPARISON_CHANGED && changed != NULL)
    hash = changed->hash;
  else if (row->status != ENGRAM_COMPARISON_REMOVED ||
           !engram_comparison_find_removed (comparison, row->kind, row->other_rowid, &hash))
    return TRUE;
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    if (self->rows[side] != NULL && !engram_comparison_has_hash (self->rows[side], hash))
      return set_changed (error);
  return TRUE;
}

GPtrArray *
engram_comparison_describe (EngramComparison           *self,
                            const EngramComparisonRow  *row,
                            EngramDatabase             *database,
                            EngramDatabase             *other,
                            GCancellable               *cancellable,
                            GError                    **error)
{
  g_auto (Description) description = { .values = NULL };

  g_return_val_if_fail (self != NULL && row != NULL, NULL);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database) && ENGRAM_IS_DATABASE (other), NULL);

  if (!description_begin (&description, row->kind, database, other, cancellable, error) ||
      !find_rows (&description, row, error) || !check_ids (&description, self, row, error))
    return NULL;
  describe_columns (&description);
  for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
    if (!engram_compare_check_memory (description.readers[side], error))
      return NULL;
  return put_differing_first (description.values);
}
