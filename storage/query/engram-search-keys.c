/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-keys-private.h"

#include <math.h>
#include <string.h>

#include "query/engram-row-columns-private.h"

static double
read_number (sqlite3_stmt *row,
             int           column)
{
  int type = sqlite3_column_type (row, column);

  return type == SQLITE_FLOAT || type == SQLITE_INTEGER ? sqlite3_column_double (row, column) : NAN;
}

static double
read_strength (sqlite3_stmt *row,
               int           column)
{
  return fabs (read_number (row, column));
}

/* A double tells microseconds apart for some centuries. */
static double
read_time (sqlite3_stmt *row,
           int           column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? engram_row_parse_seconds (text) : NAN;
}

static double
read_importance (sqlite3_stmt *row,
                 int           column)
{
  const char *fields = (const char *) sqlite3_column_text (row, column);

  return fields != NULL ? engram_row_parse_member (fields, sqlite3_column_bytes (row, column), "importance") : NAN;
}

/* As records have it, see engram_record_read(): what is not UTF-8 is made so. */
static const char *
get_text (sqlite3_stmt  *row,
          int            column,
          char         **made)
{
  const char *text = (const char *) sqlite3_column_text (row, column);
  gsize length = text != NULL ? (gsize) sqlite3_column_bytes (row, column) : 0;

  if (text == NULL || g_utf8_validate_len (text, length, NULL))
    return text;
  *made = g_utf8_make_valid (text, length);
  return *made;
}

/* What engram_neuron_get_summary() gives: the first text that is not empty. */
static const char *
get_summary (sqlite3_stmt  *row,
             int            column,
             char         **made)
{
  for (int i = 0; i < 3; i++)
    {
      const char *text = get_text (row, column + i, made);

      if (text != NULL && *text != '\0')
        return text;
      g_clear_pointer (made, g_free);
    }
  return NULL;
}

/* All of them, one after the other, as a list shows them. */
static const char *
get_tags (sqlite3_stmt  *row,
          int            column,
          char         **made)
{
  g_autofree char *made_json = NULL;
  const char *json = get_text (row, column, &made_json);
  g_autoptr (GString) tags = g_string_new (NULL);
  EngramTagReader reader;

  if (json == NULL)
    return NULL;
  engram_tag_reader_init (&reader, json, strlen (json));
  while (engram_tag_reader_next (&reader))
    {
      g_autofree char *tag = engram_tag_reader_dup_tag (&reader);

      if (tags->len > 0)
        g_string_append (tags, ", ");
      g_string_append (tags, tag);
    }
  if (!reader.is_valid || tags->len == 0)
    return NULL;
  *made = g_string_free (g_steal_pointer (&tags), FALSE);
  return *made;
}

static const EngramSearchKey by_nothing = { ENGRAM_SEARCH_BY_NOTHING, NULL, NULL, NULL };
static const EngramSearchKey by_importance = { ENGRAM_SEARCH_BY_NUMBER, "engram_fields", read_importance, NULL };

static const EngramSearchKey neuron_keys[ENGRAM_SORT_N_KEYS] = {
  [ENGRAM_SORT_ROWS] = { ENGRAM_SEARCH_BY_ROWS, NULL, NULL, NULL },
  [ENGRAM_SORT_ID] = { ENGRAM_SEARCH_BY_TEXT, "id", NULL, get_text },
  [ENGRAM_SORT_TYPE] = { ENGRAM_SEARCH_BY_NAME, "neuron_type", NULL, get_text },
  [ENGRAM_SORT_CREATED] = { ENGRAM_SEARCH_BY_NUMBER, "created_at", read_time, NULL },
  [ENGRAM_SORT_MODIFIED] = { ENGRAM_SEARCH_BY_NUMBER, "modified_at", read_time, NULL },
  [ENGRAM_SORT_SUMMARY] = { ENGRAM_SEARCH_BY_TEXT, "source_data, function_signature, id", NULL, get_summary },
  [ENGRAM_SORT_TAGS] = { ENGRAM_SEARCH_BY_TEXT, "semantic_tags", NULL, get_tags },
  [ENGRAM_SORT_X] = { ENGRAM_SEARCH_BY_NUMBER, "position_x", read_number, NULL },
  [ENGRAM_SORT_Y] = { ENGRAM_SEARCH_BY_NUMBER, "position_y", read_number, NULL },
  [ENGRAM_SORT_Z] = { ENGRAM_SEARCH_BY_NUMBER, "position_z", read_number, NULL },
  [ENGRAM_SORT_ACTIVATION] = { ENGRAM_SEARCH_BY_NUMBER, "activation_level", read_number, NULL },
  [ENGRAM_SORT_EXECUTIONS] = { ENGRAM_SEARCH_BY_NUMBER, "execution_count", read_number, NULL },
  [ENGRAM_SORT_DEGREE] = { ENGRAM_SEARCH_BY_DEGREE, NULL, NULL, NULL },
  [ENGRAM_SORT_IN] = { ENGRAM_SEARCH_BY_DEGREE, NULL, NULL, NULL },
  [ENGRAM_SORT_OUT] = { ENGRAM_SEARCH_BY_DEGREE, NULL, NULL, NULL },
  [ENGRAM_SORT_SCORE] = { ENGRAM_SEARCH_BY_SCORE, NULL, NULL, NULL },
  [ENGRAM_SORT_COMMUNITY] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_COMPONENT] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_PAGE_RANK] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_BETWEENNESS] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_FAITHFULNESS] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_CHANGE] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_MOVED] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_DRIFT] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
};

static const EngramSearchKey synapse_keys[ENGRAM_SORT_N_KEYS] = {
  [ENGRAM_SORT_ROWS] = { ENGRAM_SEARCH_BY_ROWS, NULL, NULL, NULL },
  [ENGRAM_SORT_ID] = { ENGRAM_SEARCH_BY_TEXT, "id", NULL, get_text },
  [ENGRAM_SORT_TYPE] = { ENGRAM_SEARCH_BY_NAME, "synapse_type", NULL, get_text },
  [ENGRAM_SORT_CREATED] = { ENGRAM_SEARCH_BY_NUMBER, "created_at", read_time, NULL },
  [ENGRAM_SORT_MODIFIED] = { ENGRAM_SEARCH_BY_NUMBER, "modified_at", read_time, NULL },
  [ENGRAM_SORT_SOURCE] = { ENGRAM_SEARCH_BY_END, "source_neuron_id", NULL, NULL },
  [ENGRAM_SORT_TARGET] = { ENGRAM_SEARCH_BY_END, "target_neuron_id", NULL, NULL },
  [ENGRAM_SORT_WEIGHT] = { ENGRAM_SEARCH_BY_NUMBER, "weight", read_number, NULL },
  [ENGRAM_SORT_STRENGTH] = { ENGRAM_SEARCH_BY_NUMBER, "weight", read_strength, NULL },
  [ENGRAM_SORT_USAGE] = { ENGRAM_SEARCH_BY_NUMBER, "usage_count", read_number, NULL },
  [ENGRAM_SORT_LAST_TRAVERSED] = { ENGRAM_SEARCH_BY_NUMBER, "last_traversed", read_time, NULL },
  [ENGRAM_SORT_CHANGE] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
  [ENGRAM_SORT_WEIGHT_CHANGE] = { ENGRAM_SEARCH_BY_VALUE, NULL, NULL, NULL },
};

const EngramSearchKey *
engram_search_key_get (EngramSortKey    key,
                       EngramRecordKind kind,
                       gboolean         has_fields)
{
  if (key == ENGRAM_SORT_IMPORTANCE && kind == ENGRAM_RECORD_NEURON)
    return has_fields ? &by_importance : &by_nothing;
  return kind == ENGRAM_RECORD_NEURON ? &neuron_keys[key] : &synapse_keys[key];
}
