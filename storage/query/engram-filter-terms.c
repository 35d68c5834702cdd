/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-filter-terms-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "json/engram-json.h"
#include "query/engram-similarity-private.h"

/* More candidates than one row in so many are no help: looking at all rows is as quick, and sooner so where it takes
 * little. */
#define ROWS_PER_INDEXED_ROW 8
#define ROWS_PER_TEXT_CANDIDATE 2
/* In a table whose rowids lie far apart too. */
#define MAX_CANDIDATES (8 * 1024 * 1024)

#define REPLACEMENT_CHARACTER "\357\277\275"

/* An id may be one of a list that is given as JSON: one statement for any number of them, which uses the index where
 * there is one, and one pass over the table where there is none. */
#define IN_LIST " IN (SELECT value FROM json_each (?1))"
#define NEURONS_OF_IDS "SELECT rowid FROM neurons WHERE id" IN_LIST
#define SYNAPSES_FROM "SELECT rowid FROM synapses WHERE source_neuron_id" IN_LIST
#define SYNAPSES_TO "SELECT rowid FROM synapses WHERE target_neuron_id" IN_LIST
#define SYNAPSES_OF_IDS \
  "SELECT rowid FROM synapses WHERE id" IN_LIST " UNION ALL " SYNAPSES_FROM " UNION ALL " SYNAPSES_TO

static char *
make_list (char **values)
{
  GString *list = g_string_new ("[");

  for (char **value = values; *value != NULL; value++)
    {
      g_autofree char *quoted = engram_json_quote (*value);

      if (value != values)
        g_string_append_c (list, ',');
      g_string_append (list, quoted);
    }
  g_string_append_c (list, ']');
  return g_string_free (list, FALSE);
}

/* The rows that a statement gives, of how many that it looks at; of @times, where it gives a time too, those whose time
 * is asked for. */
static GArray *
collect_rows (EngramStatement        *statement,
              const EngramQueryTerm  *times,
              guint64                *n_rows,
              GError                **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *row = engram_statement_get_handle (statement);
  int status;

  for (*n_rows = 0; (status = engram_statement_step (statement, error)) > 0; ++*n_rows)
    {
      gint64 rowid = sqlite3_column_int64 (row, 0);

      if (times == NULL || engram_row_time_is_within ((const char *) sqlite3_column_text (row, 1), times->since,
                                                      times->until))
        g_array_append_val (rowids, rowid);
    }
  return status == 0 ? g_steal_pointer (&rowids) : NULL;
}

static gboolean
look_up_rows (const EngramFilterContext  *context,
              const char                 *sql,
              EngramRowTerm              *term,
              GError                    **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (context->scan->readers[0], sql, error);
  g_autoptr (GArray) rowids = NULL;
  g_autofree char *list = make_list (term->term->values);
  guint64 n_rows;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, list);
  rowids = collect_rows (statement, NULL, &n_rows, error);
  if (rowids == NULL)
    return FALSE;
  engram_row_term_take_rows (term, engram_row_set_new ((const gint64 *) rowids->data, rowids->len));
  return TRUE;
}

/* Of a table that holds about one row for each rowid. */
static gboolean
get_max_candidates (EngramReader      *reader,
                    EngramRecordKind   kind,
                    guint              rows_per_candidate,
                    guint64           *max,
                    GError           **error)
{
  g_autofree char *least = g_strdup_printf ("SELECT min(rowid) FROM %s", engram_row_get_table (kind));
  g_autofree char *greatest = g_strdup_printf ("SELECT max(rowid) FROM %s", engram_row_get_table (kind));
  gint64 first, last;

  if (!engram_connection_get_integer (reader, least, &first, error) ||
      !engram_connection_get_integer (reader, greatest, &last, error))
    return FALSE;
  *max = MIN (((guint64) last - (guint64) first) / rows_per_candidate, MAX_CANDIDATES);
  return TRUE;
}

/* Without the index, or where it has nothing to say, every row may hold the word. */
static gboolean
look_up_candidates (const EngramFilterContext  *context,
                    EngramRowTerm              *term,
                    GError                    **error)
{
  EngramReader *reader = context->scan->readers[0];
  EngramTextIndex *text_index = engram_searcher_get_text_index (context->searcher);
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GError) index_error = NULL;
  guint64 limit;
  gsize n_rowids;

  if (!get_max_candidates (reader, ENGRAM_RECORD_NEURON, ROWS_PER_TEXT_CANDIDATE, &limit, error))
    return FALSE;

  rowids = engram_text_index_find (text_index, term->term->values[0], engram_connection_get_stamp (reader),
                                   limit, context->cancellable, &index_error);
  if (g_error_matches (index_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&index_error));
      return FALSE;
    }
  if (index_error != NULL)
    g_message ("The text index cannot be used: %s", index_error->message);
  if (rowids == NULL)
    return TRUE;

  n_rowids = rowids->len;
  term->rows = engram_row_set_new_take (n_rowids > 0 ? g_array_steal (rowids, NULL) : NULL, n_rowids);
  return TRUE;
}

/* Values that an index holds */

static gboolean
has_index (EngramReader  *reader,
           const char    *name,
           gboolean      *found,
           GError       **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (reader, "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?", error);
  int status;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, name);
  status = engram_statement_step (statement, error);
  *found = status > 0;
  return status >= 0;
}

/* The statement that finds the rows of a term in an index; its third parameter is a limit. */
static EngramStatement *
prepare_indexed (EngramReader         *reader,
                 EngramRecordKind      kind,
                 const EngramRowTerm  *term,
                 GError              **error)
{
  const EngramQueryTerm *asked = term->term;
  const char *table = engram_row_get_table (kind);
  g_autofree char *list = term->field == ENGRAM_QUERY_TYPE ? make_list (asked->values) : NULL;
  g_autofree char *sql = NULL;
  EngramStatement *statement;

  if (term->field == ENGRAM_QUERY_TYPE)
    sql = g_strdup ("SELECT rowid FROM neurons WHERE neuron_type" IN_LIST
                    " AND typeof (neuron_type) = 'text' LIMIT ?3");
  else if (term->field == ENGRAM_QUERY_MODIFIED)
    /* A time with a zone may be written as another day. No text is beyond a blob. */
    sql = g_strdup_printf ("SELECT rowid, modified_at FROM %s WHERE modified_at >= coalesce (date (?1, '-2 days'), '')"
                           " AND modified_at < coalesce (date (?2, '+3 days'), x'')"
                           " AND typeof (modified_at) = 'text' LIMIT ?3", table);
  else
    /* What is no number is beyond every number. */
    sql = g_strdup_printf ("SELECT rowid FROM %s WHERE weight %s ?1 AND weight %s ?2 LIMIT ?3", table,
                           asked->range.low_excluded ? ">" : ">=", asked->range.high_excluded ? "<" : "<=");

  statement = engram_connection_prepare (reader, sql, error);
  if (statement == NULL)
    return NULL;
  if (term->field == ENGRAM_QUERY_WEIGHT)
    {
      engram_statement_bind_double (statement, 1, asked->range.low);
      engram_statement_bind_double (statement, 2, asked->range.high);
      return statement;
    }
  if (list != NULL || asked->since != NULL)
    engram_statement_bind_text (statement, 1, list != NULL ? list : asked->since);
  if (asked->until != NULL)
    engram_statement_bind_text (statement, 2, asked->until);
  return statement;
}

/* A type that a person sees with U+FFFD in it may be other bytes in the table. */
static gboolean
may_be_damaged (char **names)
{
  for (char **name = names; name != NULL && *name != NULL; name++)
    if (strstr (*name, REPLACEMENT_CHARACTER) != NULL)
      return TRUE;
  return FALSE;
}

/* Where an index says that few rows have what is asked for, these are all that need to be looked at. */
static gboolean
look_up_indexed (const EngramFilterContext  *context,
                 EngramRecordKind            kind,
                 const char                 *index,
                 EngramRowTerm              *term,
                 GError                    **error)
{
  EngramReader *reader = context->scan->readers[0];
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (GArray) rowids = NULL;
  gboolean found;
  guint64 limit, n_rows;

  if (term->negated || may_be_damaged (term->term->values))
    return TRUE;
  if (!has_index (reader, index, &found, error) ||
      !get_max_candidates (reader, kind, ROWS_PER_INDEXED_ROW, &limit, error))
    return FALSE;
  if (!found)
    return TRUE;
  statement = prepare_indexed (reader, kind, term, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 3, (gint64) limit + 1);
  rowids = collect_rows (statement, term->field == ENGRAM_QUERY_MODIFIED ? term->term : NULL, &n_rows, error);
  if (rowids == NULL)
    return FALSE;
  if (n_rows <= limit)
    engram_row_term_take_rows (term, engram_row_set_new ((const gint64 *) rowids->data, rowids->len));
  return TRUE;
}

/* A statement on the row of the neuron that a `near` or `like` names. */
static EngramStatement *
find_neuron (const EngramFilterContext  *context,
             const char                 *columns,
             const char                 *id,
             GError                    **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM neurons WHERE id = ?", columns);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (context->scan->readers[0], sql, error);
  int status;

  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, id);
  status = engram_statement_step (statement, error);
  if (status > 0)
    return g_steal_pointer (&statement);
  if (status == 0)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                 _("This network has no neuron “%s”. Copy the id of one of its neurons into the search."), id);
  return NULL;
}

static gboolean
look_up_place (const EngramFilterContext  *context,
               EngramRowTerm              *term,
               GError                    **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  const char *id;

  if (term->term->values == NULL)
    {
      memcpy (term->place, term->term->box[0], sizeof term->place);
      return TRUE;
    }
  id = term->term->values[0];
  statement = find_neuron (context, "position_x, position_y, position_z", id, error);
  if (statement == NULL)
    return FALSE;
  for (int axis = 0; axis < 3; axis++)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      int type = sqlite3_column_type (row, axis);

      term->place[axis] = sqlite3_column_double (row, axis);
      if ((type != SQLITE_FLOAT && type != SQLITE_INTEGER) || !isfinite (term->place[axis]))
        {
          g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                       _("Neuron “%s” has no place in space, so that nothing is near it. Search near another one."),
                       id);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
look_up_vector (const EngramFilterContext  *context,
                EngramRowTerm              *term,
                GError                    **error)
{
  const char *id = term->term->values[0];
  g_autoptr (EngramStatement) statement = find_neuron (context, "rowid", id, error);
  g_auto (EngramSimilarity) similarity = { NULL, 0, 0 };

  if (statement == NULL || !engram_similarity_init (&similarity, context->scan->readers[0], id, error))
    return FALSE;
  term->vector_bytes = similarity.length * sizeof (float);
  return TRUE;
}

/* All neurons have been counted: no other row needs to be looked at. */
static EngramRowSet *
find_degrees (const EngramRowTerm *term)
{
  const EngramDegrees *degrees = term->degrees;
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint32 i = 0; i < degrees->n_neurons; i++)
    if (engram_range_contains (&term->term->range, engram_degrees_get (degrees, i, term->field)))
      g_array_append_val (rowids, degrees->rowids[i]);
  return engram_row_set_new ((const gint64 *) rowids->data, rowids->len);
}

static gboolean
look_up_degrees (const EngramFilterContext  *context,
                 EngramRowTerm              *term,
                 GError                    **error)
{
  term->degrees = engram_searcher_get_degrees_for (context->searcher, context->scan, context->cancellable, error);
  if (term->degrees != NULL && term->degrees->is_whole && !term->negated)
    term->rows = find_degrees (term);
  return term->degrees != NULL;
}

/* The groups that a term names; none where it asks for a range of them. */
static void
take_groups (EngramRowTerm  *term,
             EngramAnalysis  analysis)
{
  if (term->term->values == NULL)
    return;
  term->groups = g_array_new (FALSE, FALSE, sizeof (double));
  for (char **value = term->term->values; *value != NULL; value++)
    {
      double group = engram_analysis_find_group (analysis, *value);

      g_array_append_val (term->groups, group);
    }
}

static gboolean
look_up_values (const EngramFilterContext  *context,
                EngramRecordKind            kind,
                EngramRowTerm              *term,
                GError                    **error)
{
  EngramAnalysis analysis;

  if (!engram_analysis_from_field (term->field, kind, &analysis))
    g_assert_not_reached ();
  take_groups (term, analysis);
  term->values = engram_searcher_get_analysis (context->searcher, analysis);
  if (term->values == NULL && engram_analysis_is_difference (analysis))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                 /* Translators: the name of a search field; the menu item is "Compare With…". */
                 _("“%s:” looks at what differs from another file, and none has been compared yet. Choose “Compare "
                   "With…” in the menu."), engram_query_field_get_name (term->field));
  else if (term->values == NULL)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                 /* Translators: the name of a search field, and that of an analysis: "Communities". */
                 _("“%s:” looks at the result of an analysis that has not been made yet. Choose “%s” in the Analyse "
                   "menu of the graph or the space."),
                 engram_query_field_get_name (term->field), engram_analysis_get_title (analysis));
  return term->values != NULL;
}

gboolean
engram_filter_look_up (const EngramFilterContext  *context,
                       EngramRecordKind            kind,
                       EngramRowTerm              *term,
                       GError                    **error)
{
  gboolean is_neuron = kind == ENGRAM_RECORD_NEURON;

  switch ((EngramQueryField) term->field)
    {
    case ENGRAM_QUERY_ID:
      return look_up_rows (context, is_neuron ? NEURONS_OF_IDS : SYNAPSES_OF_IDS, term, error);
    case ENGRAM_QUERY_FROM:
      return look_up_rows (context, SYNAPSES_FROM, term, error);
    case ENGRAM_QUERY_TO:
      return look_up_rows (context, SYNAPSES_TO, term, error);
    case ENGRAM_QUERY_TYPE:
      return look_up_indexed (context, kind, "idx_neurons_type", term, error);
    case ENGRAM_QUERY_MODIFIED:
      return look_up_indexed (context, kind, is_neuron ? "idx_neurons_modified" : "idx_synapses_modified", term, error);
    case ENGRAM_QUERY_WEIGHT:
      return look_up_indexed (context, kind, "idx_synapses_weight", term, error);
    case ENGRAM_QUERY_WORD:
      return look_up_candidates (context, term, error);
    case ENGRAM_QUERY_NEAR:
      return look_up_place (context, term, error);
    case ENGRAM_QUERY_LIKE:
      return look_up_vector (context, term, error);
    case ENGRAM_QUERY_DEGREE:
    case ENGRAM_QUERY_IN:
    case ENGRAM_QUERY_OUT:
      return look_up_degrees (context, term, error);
    case ENGRAM_QUERY_COMMUNITY:
    case ENGRAM_QUERY_COMPONENT:
    case ENGRAM_QUERY_PAGE_RANK:
    case ENGRAM_QUERY_BETWEENNESS:
    case ENGRAM_QUERY_FAITHFULNESS:
    case ENGRAM_QUERY_CHANGE:
    case ENGRAM_QUERY_MOVED:
    case ENGRAM_QUERY_DRIFT:
    case ENGRAM_QUERY_WEIGHT_CHANGE:
      return look_up_values (context, kind, term, error);
    default:
      return TRUE;
    }
}
