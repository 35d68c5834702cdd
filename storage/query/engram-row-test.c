/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-row-test-private.h"

#include <math.h>
#include <string.h>

#include "model/engram-network-private.h"

#define BIT(column) ENGRAM_ROW_BIT (ENGRAM_ROW_##column)
#define PLACE_BITS (BIT (X) | BIT (Y) | BIT (Z))
#define TEXT_BITS \
  (BIT (SOURCE_DATA) | BIT (SIGNATURE) | BIT (CODE) | BIT (TAGS) | BIT (METADATA) | BIT (FIELDS) | BIT (ID))

gboolean
engram_range_contains (const EngramRange *range,
                       double             number)
{
  return (range->low_excluded ? number > range->low : number >= range->low) &&
         (range->high_excluded ? number < range->high : number <= range->high);
}

static guint32
find_place (EngramRow    *row,
            const gint64 *rowids,
            guint32       n_rowids)
{
  guint32 low = 0, high = n_rowids;

  for (guint32 place = row->neuron; place < MIN ((guint64) row->neuron + 2, n_rowids); place++)
    if (rowids[place] == row->rowid)
      return row->neuron = place;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (rowids[middle] < row->rowid)
        low = middle + 1;
      else
        high = middle;
    }
  row->neuron = low;
  return low < n_rowids && rowids[low] == row->rowid ? low : ENGRAM_ID_TABLE_NONE;
}

guint32
engram_row_find_neuron (EngramRow           *row,
                        const EngramNetwork *network)
{
  return find_place (row, network->neuron_rowids, network->n_neurons);
}

guint32
engram_row_find_degrees (EngramRow           *row,
                         const EngramDegrees *degrees)
{
  return find_place (row, degrees->rowids, degrees->n_neurons);
}

guint32
engram_row_get_degree (EngramRow           *row,
                       const EngramDegrees *degrees,
                       EngramQueryField     field)
{
  guint32 place = engram_row_find_degrees (row, degrees);

  return place != ENGRAM_ID_TABLE_NONE ? engram_degrees_get (degrees, place, field) : 0;
}

/* Terms */

static gboolean
holds_rows (const EngramRowTerm *self,
            EngramRow           *row)
{
  return engram_row_set_contains (self->rows, row->rowid);
}

static gboolean
holds_bits (const EngramRowTerm *self,
            EngramRow           *row)
{
  return engram_row_bits_contains (self->bits, row->rowid);
}

static gboolean
holds_number (const EngramRowTerm *self,
              EngramRow           *row)
{
  EngramRowColumn column;

  switch (self->field)
    {
    case ENGRAM_QUERY_ACTIVATION:
      column = ENGRAM_ROW_ACTIVATION;
      break;
    case ENGRAM_QUERY_EXECUTIONS:
      column = ENGRAM_ROW_EXECUTIONS;
      break;
    case ENGRAM_QUERY_WEIGHT:
      column = ENGRAM_ROW_WEIGHT;
      break;
    case ENGRAM_QUERY_USAGE:
    default:
      column = ENGRAM_ROW_USAGE;
      break;
    }
  return engram_range_contains (&self->term->range, engram_row_get_number (row, column));
}

static gboolean
holds_importance (const EngramRowTerm *self,
                  EngramRow           *row)
{
  gsize length;
  const char *fields = engram_row_get_text (row, ENGRAM_ROW_FIELDS, &length);

  return fields != NULL &&
         engram_range_contains (&self->term->range, engram_row_parse_member (fields, length, "importance"));
}

static gboolean
holds_degree (const EngramRowTerm *self,
              EngramRow           *row)
{
  return engram_range_contains (&self->term->range, engram_row_get_degree (row, self->degrees, self->field));
}

static gboolean
holds_value (const EngramRowTerm *self,
             EngramRow           *row)
{
  double value = engram_record_numbers_get (self->values, row->rowid);

  if (self->groups == NULL)
    return engram_range_contains (&self->term->range, value);
  for (guint i = 0; i < self->groups->len; i++)
    if (value == g_array_index (self->groups, double, i))
      return TRUE;
  return FALSE;
}

static gboolean
holds_type (const EngramRowTerm *self,
            EngramRow           *row)
{
  g_autofree char *made = NULL;
  gsize length;
  const char *type = engram_row_get_type (row, &length, &made);

  return type != NULL && g_strv_contains ((const char *const *) self->term->values, type);
}

static gboolean
is_tag (const EngramTagReader *tags,
        const char            *value)
{
  g_autofree char *tag = NULL;

  if (!tags->tag_escaped)
    return strncmp (value, tags->tag, tags->tag_length) == 0 && value[tags->tag_length] == '\0';
  tag = engram_tag_reader_dup_tag (tags);
  return g_str_equal (tag, value);
}

static gboolean
holds_tag (const EngramRowTerm *self,
           EngramRow           *row)
{
  g_autofree char *made = NULL;
  gsize length;
  const char *json = engram_row_get_valid_text (row, ENGRAM_ROW_TAGS, &length, &made);
  EngramTagReader tags;
  gboolean found = FALSE;

  if (json == NULL)
    return FALSE;
  engram_tag_reader_init (&tags, json, length);
  while (engram_tag_reader_next (&tags))
    for (char **value = self->term->values; !found && *value != NULL; value++)
      found = is_tag (&tags, *value);
  return found && tags.is_valid;
}

static gboolean
holds_time (const EngramRowTerm *self,
            EngramRow           *row)
{
  EngramRowColumn column = self->field == ENGRAM_QUERY_CREATED ? ENGRAM_ROW_CREATED : ENGRAM_ROW_MODIFIED;
  const char *time = engram_row_get_exact_text (row, column);

  return time != NULL && engram_row_time_is_within (time, self->term->since, self->term->until);
}

static gboolean
holds_near (const EngramRowTerm *self,
            EngramRow           *row)
{
  double square = 0;

  for (int axis = 0; axis < 3; axis++)
    {
      double difference = engram_row_get_number (row, ENGRAM_ROW_X + axis) - self->place[axis];

      square += difference * difference;
    }
  return engram_range_contains (&self->term->range, sqrt (square));
}

static gboolean
holds_box (const EngramRowTerm *self,
           EngramRow           *row)
{
  for (int axis = 0; axis < 3; axis++)
    {
      double number = engram_row_get_number (row, ENGRAM_ROW_X + axis);

      if (!(number >= self->term->box[0][axis] && number <= self->term->box[1][axis]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
holds_like (const EngramRowTerm *self,
            EngramRow           *row)
{
  return engram_row_get_number (row, ENGRAM_ROW_VECTOR_BYTES) == self->vector_bytes;
}

static gboolean
text_matches (const EngramRowTerm *self,
              const EngramRow     *row,
              EngramRowColumn      column)
{
  gboolean is_json = column == ENGRAM_ROW_TAGS || column == ENGRAM_ROW_METADATA || column == ENGRAM_ROW_FIELDS;
  g_autofree char *made = NULL;
  gsize length;
  const char *text = engram_row_get_valid_text (row, column, &length, &made);

  if (length == 0)
    return FALSE;
  return is_json ? engram_text_search_matches_json (self->search, text)
                 : engram_text_search_matches (self->search, text);
}

static gboolean
holds_word (const EngramRowTerm *self,
            EngramRow           *row)
{
  return (self->rows == NULL || engram_row_set_contains (self->rows, row->rowid)) &&
         (text_matches (self, row, ENGRAM_ROW_SOURCE_DATA) ||
          text_matches (self, row, ENGRAM_ROW_SIGNATURE) ||
          text_matches (self, row, ENGRAM_ROW_CODE) ||
          text_matches (self, row, ENGRAM_ROW_TAGS) ||
          text_matches (self, row, ENGRAM_ROW_METADATA) ||
          text_matches (self, row, ENGRAM_ROW_FIELDS) ||
          text_matches (self, row, ENGRAM_ROW_ID));
}

static gboolean
holds_mark (const EngramRowTerm *self,
            EngramRow           *row)
{
  guint32 neuron = engram_row_find_neuron (row, self->network);

  return neuron != ENGRAM_ID_TABLE_NONE && self->marks[neuron];
}

static gboolean
end_is_marked (const EngramRowTerm *self,
               const EngramRow     *row,
               EngramRowColumn      end)
{
  const char *id = engram_row_get_text (row, end, NULL);
  guint32 neuron;

  return id != NULL && engram_network_find_neuron (self->network, id, &neuron) && self->marks[neuron];
}

static gboolean
holds_mark_at_end (const EngramRowTerm *self,
                   EngramRow           *row)
{
  return end_is_marked (self, row, ENGRAM_ROW_SOURCE) || end_is_marked (self, row, ENGRAM_ROW_TARGET);
}

/* How each field is looked at, what that takes, and what it costs beside the others. */
static const struct {
  EngramRowHoldsFunc holds;
  guint              columns;
  guint              cost;
} fields[ENGRAM_QUERY_N_FIELDS] = {
  [ENGRAM_QUERY_WORD] = { holds_word, TEXT_BITS, 9 },
  [ENGRAM_QUERY_ID] = { holds_rows, 0, 0 },
  [ENGRAM_QUERY_TYPE] = { holds_type, BIT (TYPE), 4 },
  [ENGRAM_QUERY_TAG] = { holds_tag, BIT (TAGS), 7 },
  [ENGRAM_QUERY_ACTIVATION] = { holds_number, BIT (ACTIVATION), 3 },
  [ENGRAM_QUERY_IMPORTANCE] = { holds_importance, BIT (FIELDS), 8 },
  [ENGRAM_QUERY_EXECUTIONS] = { holds_number, BIT (EXECUTIONS), 3 },
  [ENGRAM_QUERY_DEGREE] = { holds_degree, 0, 1 },
  [ENGRAM_QUERY_IN] = { holds_degree, 0, 1 },
  [ENGRAM_QUERY_OUT] = { holds_degree, 0, 1 },
  [ENGRAM_QUERY_COMMUNITY] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_COMPONENT] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_PAGE_RANK] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_BETWEENNESS] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_FAITHFULNESS] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_CHANGE] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_MOVED] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_DRIFT] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_WEIGHT_CHANGE] = { holds_value, 0, 1 },
  [ENGRAM_QUERY_CREATED] = { holds_time, BIT (CREATED), 5 },
  [ENGRAM_QUERY_MODIFIED] = { holds_time, BIT (MODIFIED), 5 },
  [ENGRAM_QUERY_NEAR] = { holds_near, PLACE_BITS, 3 },
  [ENGRAM_QUERY_BOX] = { holds_box, PLACE_BITS, 3 },
  [ENGRAM_QUERY_LIKE] = { holds_like, BIT (VECTOR_BYTES), 3 },
  [ENGRAM_QUERY_WEIGHT] = { holds_number, BIT (WEIGHT), 3 },
  [ENGRAM_QUERY_USAGE] = { holds_number, BIT (USAGE), 3 },
  [ENGRAM_QUERY_SYNAPSE] = { holds_type, BIT (TYPE), 4 },
  [ENGRAM_QUERY_FROM] = { holds_rows, 0, 0 },
  [ENGRAM_QUERY_TO] = { holds_rows, 0, 0 },
};

gboolean
engram_row_field_is_own (EngramQueryField field,
                         EngramRecordKind kind)
{
  switch (field)
    {
    case ENGRAM_QUERY_ID:
    case ENGRAM_QUERY_CREATED:
    case ENGRAM_QUERY_MODIFIED:
    case ENGRAM_QUERY_CHANGE:
      return TRUE;
    case ENGRAM_QUERY_WEIGHT:
    case ENGRAM_QUERY_USAGE:
    case ENGRAM_QUERY_WEIGHT_CHANGE:
    case ENGRAM_QUERY_SYNAPSE:
    case ENGRAM_QUERY_FROM:
    case ENGRAM_QUERY_TO:
      return kind == ENGRAM_RECORD_SYNAPSE;
    default:
      return kind == ENGRAM_RECORD_NEURON;
    }
}

/* The test */

static void
clear_term (gpointer data)
{
  EngramRowTerm *term = data;

  g_clear_pointer (&term->rows, engram_row_set_unref);
  g_clear_pointer (&term->bits, engram_row_bits_free);
  g_clear_pointer (&term->search, engram_text_search_free);
  g_clear_pointer (&term->degrees, engram_degrees_unref);
  g_clear_pointer (&term->network, engram_network_unref);
  g_clear_pointer (&term->values, engram_record_numbers_unref);
  g_clear_pointer (&term->groups, g_array_unref);
  g_clear_pointer (&term->marks, g_free);
}

void
engram_row_test_init (EngramRowTest    *self,
                      EngramRecordKind  kind,
                      gboolean          has_fields,
                      EngramQuery      *query)
{
  *self = (EngramRowTest) { .query = query != NULL ? engram_query_ref (query) : NULL };
  self->terms = g_array_new (FALSE, TRUE, sizeof (EngramRowTerm));
  g_array_set_clear_func (self->terms, clear_term);
  engram_row_layout_init (&self->layout, kind, has_fields, 0);
}

void
engram_row_test_clear (EngramRowTest *self)
{
  g_clear_pointer (&self->terms, g_array_unref);
  g_clear_pointer (&self->query, engram_query_unref);
}

EngramRowTerm *
engram_row_test_add (EngramRowTest         *self,
                     const EngramQueryTerm *term)
{
  EngramRowTerm added = {
    .term = term,
    .field = term->field,
    .negated = term->negated,
    .holds = fields[term->field].holds,
    .columns = fields[term->field].columns,
    .cost = fields[term->field].cost,
  };

  if (term->field == ENGRAM_QUERY_WORD)
    added.search = engram_text_search_new (term->values[0]);
  g_array_append_val (self->terms, added);
  return &g_array_index (self->terms, EngramRowTerm, self->terms->len - 1);
}

void
engram_row_term_take_rows (EngramRowTerm *self,
                           EngramRowSet  *rows)
{
  self->rows = rows;
  self->holds = holds_rows;
  self->columns = 0;
  self->cost = fields[ENGRAM_QUERY_ID].cost;
}

void
engram_row_test_add_bits (EngramRowTest *self,
                          EngramRowBits *bits)
{
  EngramRowTerm added = {
    .field = ENGRAM_ROW_OTHER_END,
    .holds = holds_bits,
    .rows = engram_row_bits_dup_set (bits),
    .bits = bits,
  };

  g_array_append_val (self->terms, added);
}

void
engram_row_test_add_marks (EngramRowTest *self,
                           EngramNetwork *network,
                           guint8        *marks)
{
  gboolean is_neuron = self->layout.kind == ENGRAM_RECORD_NEURON;
  EngramRowTerm added = {
    .field = ENGRAM_ROW_OTHER_END,
    .holds = is_neuron ? holds_mark : holds_mark_at_end,
    .columns = is_neuron ? 0 : BIT (SOURCE) | BIT (TARGET),
    .cost = is_neuron ? 2 : 6,
    .network = engram_network_ref (network),
    .marks = marks,
  };

  g_array_append_val (self->terms, added);
}

static int
compare_costs (gconstpointer a,
               gconstpointer b)
{
  const EngramRowTerm *first = a;
  const EngramRowTerm *second = b;

  return (first->cost > second->cost) - (first->cost < second->cost);
}

void
engram_row_test_finish (EngramRowTest *self,
                        guint          columns)
{
  g_array_sort (self->terms, compare_costs);
  for (guint i = 0; i < self->terms->len; i++)
    columns |= g_array_index (self->terms, EngramRowTerm, i).columns;
  engram_row_layout_init (&self->layout, self->layout.kind, self->layout.has_fields, columns);
}

gboolean
engram_row_test_passes (const EngramRowTest *self,
                        EngramRow           *row)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const EngramRowTerm *term = &g_array_index (self->terms, EngramRowTerm, i);

      if (term->holds (term, row) == term->negated)
        return FALSE;
    }
  return TRUE;
}

guint
engram_row_test_get_failed (const EngramRowTest *self,
                            EngramRow           *row,
                            guint                common)
{
  guint failed = 0;

  for (guint i = 0; i < self->terms->len && ((failed & (failed - 1)) == 0 || (failed & ~common) == 0); i++)
    {
      const EngramRowTerm *term = &g_array_index (self->terms, EngramRowTerm, i);

      if (term->holds (term, row) == term->negated)
        failed |= 1u << term->field;
    }
  return failed;
}
