/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/engram-record-cells-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "json/engram-number.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"

/* Characters of a label. */
#define LABEL_LENGTH 80

/* The digits of 2^63 and those below it. */
#define MAX_INTEGER_LENGTH 19

struct _EngramRecordCells {
  EngramRecordKind             kind;
  const EngramAttributes      *attributes;
  guint                        n_cells;
  EngramCell                  *cells;
  EngramCell                   id;
  EngramCell                   source;
  EngramCell                   target;
  char                       (*numbers)[ENGRAM_NUMBER_LENGTH]; /* of each attribute, where it is computed */
  GString                     *label;
  EngramRecordNumbers        **analyses;    /* by attribute, or NULL */
  GPtrArray                   *group_names; /* char *, those that cells point to */
  GArray                      *guesses;     /* int: which attribute the members of the record before had, in order */
  guint                        n_members;
  EngramRecordJsonWriter       writer;
  char                        *record_id;   /* for problems */
};

EngramRecordCells *
engram_record_cells_new (EngramRecordKind             kind,
                         const EngramAttributes      *attributes,
                         EngramSearcher              *searcher,
                         EngramRecordJsonProblemFunc  problem,
                         gpointer                     user_data)
{
  EngramRecordCells *self = g_new0 (EngramRecordCells, 1);

  self->kind = kind;
  self->attributes = attributes;
  self->n_cells = engram_attributes_count (attributes);
  self->cells = g_new (EngramCell, self->n_cells);
  self->numbers = g_malloc_n (self->n_cells, sizeof *self->numbers);
  self->label = g_string_new (NULL);
  self->analyses = g_new0 (EngramRecordNumbers *, self->n_cells);
  for (guint i = 0; i < self->n_cells; i++)
    if (engram_attributes_get (attributes, i)->analysis >= 0)
      self->analyses[i] = engram_searcher_get_analysis (searcher, engram_attributes_get (attributes, i)->analysis);
  self->group_names = g_ptr_array_new_with_free_func (g_free);
  self->guesses = g_array_new (FALSE, FALSE, sizeof (int));
  self->writer = (EngramRecordJsonWriter) {
    .document = g_string_new (NULL),
    .registry = engram_type_registry_get_default (),
    .problem = problem,
    .user_data = user_data,
  };
  return self;
}

void
engram_record_cells_free (EngramRecordCells *self)
{
  g_string_free (self->writer.document, TRUE);
  engram_record_json_writer_clear (&self->writer);
  for (guint i = 0; i < self->n_cells; i++)
    g_clear_pointer (&self->analyses[i], engram_record_numbers_unref);
  g_free (self->analyses);
  g_ptr_array_unref (self->group_names);
  g_array_unref (self->guesses);
  g_string_free (self->label, TRUE);
  g_free (self->numbers);
  g_free (self->cells);
  g_free (self->record_id);
  g_free (self);
}

const EngramAttributes *
engram_record_cells_get_attributes (EngramRecordCells *self)
{
  return self->attributes;
}

const EngramCell *
engram_record_cells_get (EngramRecordCells *self,
                         guint              index)
{
  return &self->cells[index];
}

const EngramCell *
engram_record_cells_get_id (EngramRecordCells *self)
{
  return &self->id;
}

const EngramCell *
engram_record_cells_get_source (EngramRecordCells *self)
{
  return &self->source;
}

const EngramCell *
engram_record_cells_get_target (EngramRecordCells *self)
{
  return &self->target;
}

void
engram_record_cells_note (EngramRecordCells *self,
                          const char        *field,
                          const char        *message)
{
  self->writer.problem (self->record_id, field, message, self->writer.user_data);
}

/* Values */

const char *
engram_cell_get_text (const EngramCell *self,
                      GString          *scratch,
                      gsize            *length,
                      gboolean         *exact)
{
  g_autofree char *text = NULL;
  gboolean unescaped = TRUE;

  if (self->token != ENGRAM_JSON_TOKEN_STRING)
    {
      *length = self->length;
      return self->bytes;
    }
  if (!self->escaped)
    {
      *length = self->length - strlen ("\"\"");
      return self->bytes + 1;
    }
  text = engram_json_unescape (self->bytes, self->length, &unescaped);
  if (!unescaped)
    *exact = FALSE;
  g_string_assign (scratch, text);
  *length = scratch->len;
  return scratch->str;
}

gboolean
engram_cell_is_integer (const char *token,
                        gsize       length)
{
  const char *digits = *token == '-' ? token + 1 : token;
  gsize n_digits = length - (digits - token);

  for (gsize i = 0; i < n_digits; i++)
    if (!g_ascii_isdigit (digits[i]))
      return FALSE;
  return n_digits < MAX_INTEGER_LENGTH ||
         (n_digits == MAX_INTEGER_LENGTH && strncmp (digits, "9223372036854775807", MAX_INTEGER_LENGTH) <= 0);
}

static void
set_text (EngramCell *cell,
          const char *text,
          gsize       length)
{
  *cell = (EngramCell) { ENGRAM_JSON_TOKEN_NUMBER, text, length, FALSE };
}

static void
set_real (EngramRecordCells *self,
          guint              index,
          double             number)
{
  gsize length = engram_number_format (number, self->numbers[index]);

  if (length > 0)
    set_text (&self->cells[index], self->numbers[index], length);
}

static void
set_integer (EngramRecordCells *self,
             guint              index,
             gint64             number)
{
  g_snprintf (self->numbers[index], ENGRAM_NUMBER_LENGTH, "%" G_GINT64_FORMAT, number);
  set_text (&self->cells[index], self->numbers[index], strlen (self->numbers[index]));
}

/* A number where whole ones are wanted: 5.0 is one. */
static gboolean
make_integer (EngramRecordCells *self,
              guint              index,
              const EngramCell  *cell)
{
  double number;

  if (engram_cell_is_integer (cell->bytes, cell->length))
    {
      self->cells[index] = *cell;
      return TRUE;
    }
  if (!engram_number_parse (cell->bytes, cell->length, &number) || number != trunc (number) || fabs (number) > 1e15)
    return FALSE;
  set_integer (self, index, (gint64) number);
  return TRUE;
}

static gboolean
fits (EngramRecordCells *self,
      guint              index,
      const EngramCell  *cell)
{
  gboolean is_boolean = cell->token == ENGRAM_JSON_TOKEN_TRUE || cell->token == ENGRAM_JSON_TOKEN_FALSE;
  EngramAttributeKind kind = engram_attributes_get (self->attributes, index)->kind;
  double number;

  if (kind == ENGRAM_ATTRIBUTE_TEXT || cell->token == ENGRAM_JSON_TOKEN_NULL)
    self->cells[index] = *cell;
  else if (kind == ENGRAM_ATTRIBUTE_INTEGER)
    return cell->token == ENGRAM_JSON_TOKEN_NUMBER && make_integer (self, index, cell);
  else if ((kind == ENGRAM_ATTRIBUTE_REAL && cell->token == ENGRAM_JSON_TOKEN_NUMBER &&
            (cell->length < ENGRAM_NUMBER_LENGTH || engram_number_parse (cell->bytes, cell->length, &number))) ||
           (kind == ENGRAM_ATTRIBUTE_BOOLEAN && is_boolean))
    self->cells[index] = *cell;
  else
    return FALSE;
  return TRUE;
}

static void
set_cell (EngramRecordCells *self,
          guint              index,
          const EngramCell  *cell)
{
  if (!fits (self, index, cell))
    engram_record_cells_note (self, engram_attributes_get (self->attributes, index)->name,
                              _("it is not of the kind that this attribute has elsewhere, and was left out"));
}

/* Members */

static EngramCell
read_cell (EngramJsonReader *reader)
{
  EngramJsonToken token = engram_json_reader_next (reader);
  gboolean escaped = reader->token_escaped;

  engram_json_reader_skip (reader, token);
  return (EngramCell) { token, reader->token, reader->token_length, escaped };
}

/* A coordinate that is null has none; one beyond the third belongs to no axis. */
static void
take_position (EngramRecordCells *self,
               EngramJsonReader  *reader)
{
  EngramJsonToken token = engram_json_reader_next (reader);

  if (token != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    {
      engram_json_reader_skip (reader, token);
      return;
    }
  while (engram_json_reader_next (reader) == ENGRAM_JSON_TOKEN_NAME)
    {
      const char *name = reader->token;
      gsize length = reader->token_length;
      EngramCell cell = read_cell (reader);

      if (length == strlen ("\"x\"") && name[1] >= 'x' && name[1] <= 'z')
        set_cell (self, ENGRAM_NODE_X + (name[1] - 'x'), &cell);
    }
}

static gboolean
is_member (const char *name,
           gsize       length,
           const char *member)
{
  return member != NULL && strncmp (name, member, length) == 0 && member[length] == '\0';
}

/* One record is mostly like the one before. */
static int
find_attribute (EngramRecordCells *self,
                const char        *name,
                gsize              length)
{
  guint place = self->n_members++;
  int index = place < self->guesses->len ? g_array_index (self->guesses, int, place) : -1;

  if (index >= 0 && is_member (name, length, engram_attributes_get (self->attributes, index)->member))
    return index;
  index = engram_attributes_find (self->attributes, name, length);
  if (place >= self->guesses->len)
    g_array_set_size (self->guesses, place + 1);
  g_array_index (self->guesses, int, place) = index;
  return index;
}

static EngramCell *
find_end (EngramRecordCells *self,
          const char        *name,
          gsize              length)
{
  if (is_member (name, length, "id"))
    return &self->id;
  if (self->kind == ENGRAM_RECORD_SYNAPSE && is_member (name, length, "source_neuron_id"))
    return &self->source;
  if (self->kind == ENGRAM_RECORD_SYNAPSE && is_member (name, length, "target_neuron_id"))
    return &self->target;
  return NULL;
}

static void
take_member (EngramRecordCells *self,
             EngramJsonReader  *reader)
{
  g_autofree char *unescaped = NULL;
  gboolean exact;
  const char *name = reader->token + 1;
  gsize length = reader->token_length - strlen ("\"\"");
  EngramCell *end, cell;
  int index;

  if (reader->token_escaped)
    {
      name = unescaped = engram_json_unescape (reader->token, reader->token_length, &exact);
      length = strlen (unescaped);
    }
  if (self->kind == ENGRAM_RECORD_NEURON && is_member (name, length, "position"))
    {
      take_position (self, reader);
      return;
    }
  cell = read_cell (reader);
  end = find_end (self, name, length);
  index = end == NULL ? find_attribute (self, name, length) : -1;
  if (end != NULL)
    *end = cell;
  else if (index >= 0)
    set_cell (self, index, &cell);
  else if (cell.token != ENGRAM_JSON_TOKEN_NULL)
    engram_record_cells_note (self, name, _("there are too many different members; it was left out"));
}

static void
clear_cells (EngramRecordCells *self)
{
  const EngramCell nothing = { ENGRAM_JSON_TOKEN_NULL, NULL, 0, FALSE };

  for (guint i = 0; i < self->n_cells; i++)
    self->cells[i] = nothing;
  self->id = self->source = self->target = nothing;
  self->n_members = 0;
  g_string_truncate (self->writer.document, 0);
  g_ptr_array_set_size (self->group_names, 0);
}

static void
take_members (EngramRecordCells *self,
              const char        *id)
{
  EngramJsonReader reader;

  g_free (self->record_id);
  self->record_id = g_strdup (id);
  engram_json_reader_init (&reader, self->writer.document->str, self->writer.document->len);
  engram_json_reader_next (&reader);
  while (engram_json_reader_next (&reader) == ENGRAM_JSON_TOKEN_NAME)
    take_member (self, &reader);
}

/* What is computed */

static void
take_analyses (EngramRecordCells *self,
               gint64             rowid)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      EngramAttributeKind kind = engram_attributes_get (self->attributes, i)->kind;
      double number = self->analyses[i] != NULL ? engram_record_numbers_get (self->analyses[i], rowid) : NAN;
      char *name;

      if (isnan (number))
        continue;
      if (kind != ENGRAM_ATTRIBUTE_TEXT)
        {
          if (kind == ENGRAM_ATTRIBUTE_INTEGER)
            set_integer (self, i, (gint64) number);
          else
            set_real (self, i, number);
          continue;
        }
      name = engram_analysis_dup_group_name (engram_attributes_get (self->attributes, i)->analysis, number);
      g_ptr_array_add (self->group_names, name);
      set_text (&self->cells[i], name, strlen (name));
    }
}

/* One line, and not all of a long text: other programs draw it beside the node. */
static void
take_label (EngramRecordCells  *self,
            const EngramNeuron *neuron)
{
  const char *cursor = engram_neuron_get_summary (neuron);
  guint n_characters = 0;

  g_string_truncate (self->label, 0);
  for (; *cursor != '\0' && n_characters < LABEL_LENGTH; cursor = g_utf8_next_char (cursor))
    {
      gunichar character = g_utf8_get_char (cursor);
      gboolean is_blank = g_unichar_isspace (character) || g_unichar_iscntrl (character) || character == 0xfffe ||
                          character == 0xffff;

      if (is_blank && (n_characters == 0 || self->label->str[self->label->len - 1] == ' '))
        continue;
      g_string_append_unichar (self->label, is_blank ? ' ' : character);
      n_characters++;
    }
  if (*cursor != '\0')
    g_string_append (self->label, "…");
  set_text (&self->cells[ENGRAM_NODE_LABEL], self->label->str, self->label->len);
}

void
engram_record_cells_take_neuron (EngramRecordCells *self,
                                 sqlite3_stmt      *row,
                                 gboolean           with_vector)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_read (row);

  clear_cells (self);
  self->writer.row = row;
  self->writer.skip_vector = !with_vector;
  engram_record_json_write_neuron (&self->writer, neuron);
  self->writer.row = NULL;
  take_members (self, neuron->id);
  take_label (self, neuron);
  take_analyses (self, neuron->rowid);
}

/* The digits stay as they are, so the number stays exactly what it is. */
static void
take_sign (EngramRecordCells *self,
           gboolean           unsigned_weight)
{
  EngramCell *weight = &self->cells[ENGRAM_EDGE_WEIGHT];
  double number;

  if (weight->token != ENGRAM_JSON_TOKEN_NUMBER || !engram_number_parse (weight->bytes, weight->length, &number))
    return;
  set_integer (self, ENGRAM_EDGE_SIGN, number > 0 ? 1 : number < 0 ? -1 : 0);
  if (unsigned_weight && *weight->bytes == '-')
    set_text (weight, weight->bytes + 1, weight->length - 1);
}

void
engram_record_cells_take_synapse (EngramRecordCells *self,
                                  sqlite3_stmt      *row,
                                  gboolean           unsigned_weight)
{
  g_autoptr (EngramSynapse) synapse = engram_synapse_read (row);

  clear_cells (self);
  self->writer.row = row;
  engram_record_json_write_synapse (&self->writer, synapse);
  self->writer.row = NULL;
  take_members (self, synapse->id);
  take_sign (self, unsigned_weight);
  take_analyses (self, synapse->rowid);
}
