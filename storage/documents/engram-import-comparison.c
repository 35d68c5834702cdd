/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "documents/engram-record-json-private.h"
#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"

/* One of the two tables. */
typedef struct {
  const EngramRecordClass *class;
  EngramStatement         *find;    /* once it is needed */
  EngramStatement         *walk;
  gint64                   next;    /* the walk goes on with the rows behind this one */
  gboolean                 is_there; /* it stands at a row that nobody has asked for yet */
} Table;

struct _EngramImportComparison {
  EngramConnection       *connection;
  gboolean                is_walking;
  Table                   tables[2]; /* by EngramRecordKind */
  EngramRecordJsonWriter  writer;
  GString                *texts[2];  /* canonical: of the document, of the row */
};

static const EngramRecordClass *const classes[2] = {
  [ENGRAM_RECORD_NEURON] = &engram_neuron_class,
  [ENGRAM_RECORD_SYNAPSE] = &engram_synapse_class,
};

/* Columns of JSON: the same may be written in several ways. */
static const guint json_columns[2] = {
  [ENGRAM_RECORD_NEURON] = ENGRAM_NEURON_METADATA | ENGRAM_NEURON_SEMANTIC_TAGS | ENGRAM_NEURON_INPUT_SCHEMA |
                           ENGRAM_NEURON_OUTPUT_SCHEMA | ENGRAM_NEURON_FIELDS,
  [ENGRAM_RECORD_SYNAPSE] = ENGRAM_SYNAPSE_METADATA | ENGRAM_SYNAPSE_FIELDS,
};

EngramImportComparison *
engram_import_comparison_new (EngramConnection *connection,
                              gboolean          is_walking)
{
  EngramImportComparison *self = g_new0 (EngramImportComparison, 1);

  self->connection = connection;
  self->is_walking = is_walking;
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      self->tables[kind] = (Table) { .class = classes[kind], .next = G_MININT64 };
      self->texts[kind] = g_string_new (NULL);
    }
  /* Vectors are compared as they are in memory. */
  self->writer = (EngramRecordJsonWriter) { .registry = engram_type_registry_get_default (), .skip_vector = TRUE };
  return self;
}

void
engram_import_comparison_free (EngramImportComparison *self)
{
  if (self == NULL)
    return;

  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      g_clear_pointer (&self->tables[kind].find, engram_statement_release);
      g_clear_pointer (&self->tables[kind].walk, engram_statement_release);
      g_string_free (self->texts[kind], TRUE);
    }
  engram_record_json_writer_clear (&self->writer);
  g_free (self);
}

/* Finding */

static EngramStatement *
prepare (EngramImportComparison  *self,
         EngramRecordKind         kind,
         const char              *rest,
         GError                 **error)
{
  const char *columns = kind == ENGRAM_RECORD_NEURON
    ? engram_neuron_select_columns (TRUE, engram_connection_neurons_have_fields (self->connection))
    : engram_synapse_select_columns (engram_connection_synapses_have_fields (self->connection));
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s", columns,
                                          kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses", rest);

  return engram_connection_prepare (self->connection, sql, error);
}

static gboolean
has_id (sqlite3_stmt *row,
        const char   *id)
{
  return sqlite3_column_type (row, 1) == SQLITE_TEXT &&
         g_strcmp0 ((const char *) sqlite3_column_text (row, 1), id) == 0;
}

/* Goes to the row behind the one that was found last. @row is NULL where it is not the one of that id. */
static gboolean
walk_to (EngramImportComparison  *self,
         EngramRecordKind         kind,
         const char              *id,
         sqlite3_stmt           **row,
         GError                 **error)
{
  Table *table = &self->tables[kind];
  int status = 1;

  *row = NULL;
  if (table->walk == NULL)
    {
      table->walk = prepare (self, kind, "rowid > ? ORDER BY rowid", error);
      if (table->walk == NULL)
        return FALSE;
      engram_statement_bind_int64 (table->walk, 1, table->next);
    }
  if (!table->is_there)
    status = engram_statement_step (table->walk, error);
  if (status < 0)
    return FALSE;
  table->is_there = status > 0;
  if (!table->is_there || !has_id (engram_statement_get_handle (table->walk), id))
    return TRUE;
  table->is_there = FALSE;
  *row = engram_statement_get_handle (table->walk);
  return TRUE;
}

/* The next one will be looked for behind @rowid. */
static void
walk_on_from (Table  *table,
              gint64  rowid)
{
  if (table->walk == NULL)
    return;
  sqlite3_reset (engram_statement_get_handle (table->walk));
  engram_statement_bind_int64 (table->walk, 1, rowid);
  table->is_there = FALSE;
}

static gboolean
look_up (EngramImportComparison  *self,
         EngramRecordKind         kind,
         const char              *id,
         sqlite3_stmt           **row,
         GError                 **error)
{
  Table *table = &self->tables[kind];
  int status;

  *row = NULL;
  if (table->find == NULL)
    table->find = prepare (self, kind, "id = ?", error);
  if (table->find == NULL)
    return FALSE;
  engram_statement_note_bind (table->find, sqlite3_bind_text (engram_statement_get_handle (table->find), 1, id, -1,
                                                              SQLITE_STATIC));
  status = engram_statement_step (table->find, error);
  if (status < 0)
    return FALSE;
  if (status > 0)
    {
      *row = engram_statement_get_handle (table->find);
      walk_on_from (table, sqlite3_column_int64 (*row, 0));
    }
  return TRUE;
}

/* The row of that id, or NULL; valid until the next call. */
static gboolean
find (EngramImportComparison  *self,
      EngramRecordKind         kind,
      const char              *id,
      sqlite3_stmt           **row,
      GError                 **error)
{
  if (self->tables[kind].find != NULL)
    sqlite3_reset (engram_statement_get_handle (self->tables[kind].find));
  *row = NULL;
  if (self->is_walking && !walk_to (self, kind, id, row, error))
    return FALSE;
  return *row != NULL || look_up (self, kind, id, row, error);
}

/* Comparing */

static void
write_record (EngramImportComparison *self,
              EngramRecordKind        kind,
              gconstpointer           record,
              GString                *text)
{
  g_string_truncate (text, 0);
  self->writer.canonical = text;
  if (kind == ENGRAM_RECORD_NEURON)
    engram_record_json_write_neuron (&self->writer, record);
  else
    engram_record_json_write_synapse (&self->writer, record);
}

/* Whether records whose columns differ say the same: an older schema, or another program's way to write JSON. */
static gboolean
mean_the_same (EngramImportComparison *self,
               EngramRecordKind        kind,
               gconstpointer           record,
               gconstpointer           stored)
{
  write_record (self, kind, record, self->texts[0]);
  write_record (self, kind, stored, self->texts[1]);
  return g_string_equal (self->texts[0], self->texts[1]);
}

static void
compare (EngramImportComparison   *self,
         EngramRecordKind          kind,
         gconstpointer             record,
         gconstpointer             stored,
         EngramImportRecordMatch  *match)
{
  gboolean is_same;

  match->columns = engram_record_compare (classes[kind], record, stored) | ((const EngramRecord *) stored)->odd;
  if (match->columns == 0)
    is_same = TRUE;
  else if (((const EngramRecord *) stored)->odd != 0 ||
           (kind == ENGRAM_RECORD_NEURON && (match->columns & ENGRAM_NEURON_VECTOR) != 0))
    is_same = FALSE;
  else
    is_same = mean_the_same (self, kind, record, stored);
  match->state = is_same ? ENGRAM_IMPORT_RECORD_SAME : ENGRAM_IMPORT_RECORD_DIFFERENT;
}

gboolean
engram_import_comparison_match (EngramImportComparison   *self,
                                EngramRecordKind          kind,
                                gconstpointer             record,
                                EngramImportRecordMatch  *match,
                                GError                  **error)
{
  const char *id = kind == ENGRAM_RECORD_NEURON ? ((const EngramNeuron *) record)->id
                                                : ((const EngramSynapse *) record)->id;
  sqlite3_stmt *row;
  gpointer stored;

  *match = (EngramImportRecordMatch) { ENGRAM_IMPORT_RECORD_NEW, 0, 0 };
  if (!find (self, kind, id, &row, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  match->rowid = sqlite3_column_int64 (row, 0);
  stored = engram_record_read (classes[kind], row);
  compare (self, kind, record, stored, match);
  engram_record_free (classes[kind], stored);
  return TRUE;
}

static const char *
get_name (EngramRecordKind    kind,
          const EngramColumn *column)
{
  return column->bit == (kind == ENGRAM_RECORD_NEURON ? (guint) ENGRAM_NEURON_FIELDS : (guint) ENGRAM_SYNAPSE_FIELDS)
         ? _("fields without a column") : column->field;
}

/* Columns of JSON are named only where nothing else differs, for they may mean the same. */
char *
engram_import_comparison_describe (EngramRecordKind kind,
                                   guint            columns)
{
  const EngramRecordClass *class = classes[kind];
  guint plain = columns & ~json_columns[kind];
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < class->n_columns; i++)
    if (((plain != 0 ? plain : columns) & class->columns[i].bit) != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", get_name (kind, &class->columns[i]));
  /* Translators: names of fields, joined by commas. */
  return g_strdup_printf (_("the network has it with another content: %s"), names->str);
}
