/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-space-private.h"

#include <string.h>
#include <sys/statvfs.h>

#include "model/engram-neuron-private.h"
#include "model/engram-synapse-private.h"
#include "model/engram-uuid.h"
#include "sqlite/engram-file-private.h"

/* SQLite's format: the head of a page; of a cell its length, its rowid and its place in the page; of a row a type for
 * each column, of two bytes where the value is long; of a page of a long row the number of the next one; of an entry of
 * an index all of that but its values. */
#define PAGE_HEAD 8
#define CELL_HEAD 8
#define LONG_VALUE 58
#define NEXT_PAGE 4
#define ENTRY_HEAD 10

/* How full the pages of an index are where its keys come in no order. */
#define INDEX_FILL 0.67

/* Those of a row of each table. */
#define INDEXES_PER_ROW 4

/* A row of the undo history that was not there before, and how much of the history is written twice at most before the
 * journal is begun anew. */
#define HISTORY_ROW 28
#define HISTORY_JOURNAL (20 * 1024 * 1024)

static const EngramRecordClass *const classes[2] = {
  [ENGRAM_RECORD_NEURON] = &engram_neuron_class,
  [ENGRAM_RECORD_SYNAPSE] = &engram_synapse_class,
};

void
engram_import_sizes_init (EngramImportSizes *self,
                          guint              page_size)
{
  *self = (EngramImportSizes) { .page_size = page_size };
}

static gsize
get_value_size (const EngramColumn *column,
                gconstpointer       record)
{
  const char *member = (const char *) record + column->offset;
  const char *text;

  switch (column->kind)
    {
    case ENGRAM_COLUMN_TEXT:
      text = *(const char *const *) member;
      return text != NULL ? strlen (text) : 0;
    case ENGRAM_COLUMN_VECTOR:
      return ((const EngramRecordVector *) member)->length * sizeof (float);
    case ENGRAM_COLUMN_POSITION:
      return 3 * sizeof (double) + 2;
    case ENGRAM_COLUMN_DOUBLE:
    case ENGRAM_COLUMN_INTEGER:
    default:
      return (((const EngramRecord *) record)->nulls & column->bit) != 0 ? 0 : sizeof (double);
    }
}

static gsize
get_row_size (const EngramRecordClass *class,
              gconstpointer            record)
{
  gsize size = 1;

  for (guint i = 0; i < class->n_columns; i++)
    {
      gsize value = get_value_size (&class->columns[i], record);

      size += value + (value < LONG_VALUE ? 1 : 2);
    }
  return size;
}

/* Rows come one behind the other: each goes to the last page, or to a new one. Of a row that is longer than a page the
 * first part stands there. */
static void
add_row (EngramImportSizes *self,
         EngramRecordKind   kind,
         gsize              row)
{
  gsize room = self->page_size - PAGE_HEAD;
  gsize cell = row + CELL_HEAD;

  if (cell > room)
    {
      gsize part = self->page_size - NEXT_PAGE;

      self->pages += row / part;
      cell = CELL_HEAD + NEXT_PAGE + row % part;
    }
  if (self->page_used[kind] == 0 || self->page_used[kind] + cell > room)
    {
      self->pages++;
      self->page_used[kind] = 0;
    }
  self->page_used[kind] += cell;
}

static gsize
get_index_size (EngramRecordKind kind,
                gconstpointer    record)
{
  const EngramNeuron *neuron = record;
  const EngramSynapse *synapse = record;
  const gsize id = ENGRAM_UUID_TEXT_LENGTH + ENTRY_HEAD;

  if (kind == ENGRAM_RECORD_NEURON)
    return id + 3 * sizeof (double) + ENTRY_HEAD + strlen (neuron->type) + ENTRY_HEAD +
           strlen (neuron->modified_at) + ENTRY_HEAD;
  return 3 * id + sizeof (double) + ENTRY_HEAD + strlen (synapse->modified_at) + ENTRY_HEAD;
}

void
engram_import_sizes_add (EngramImportSizes *self,
                         EngramRecordKind   kind,
                         gconstpointer      record)
{
  self->n_added[kind]++;
  add_row (self, kind, get_row_size (classes[kind], record));
  self->index_bytes[kind] += get_index_size (kind, record);
}

void
engram_import_sizes_replace (EngramImportSizes *self,
                             EngramRecordKind   kind,
                             gconstpointer      record)
{
  self->n_replaced++;
  self->replaced_bytes += get_row_size (classes[kind], record);
}

/* What stands in the file already and is written again: of each index a page or so for a row, until all of its pages
 * were. How much they are is told by what the new rows take. */
static guint64
estimate_rewritten (const EngramImportSizes *self,
                    guint64                  file_size)
{
  guint64 bytes = self->n_replaced * 2 * self->page_size;

  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    if (self->n_added[kind] > 0)
      {
        guint64 touched = self->n_added[kind] * INDEXES_PER_ROW * self->page_size;
        guint64 all = self->index_bytes[kind] / INDEX_FILL * self->n_rows[kind] / self->n_added[kind];

        bytes += MIN (touched, all);
      }
  return MIN (bytes, file_size);
}

static guint64
get_available (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs status;

  if (statvfs (folder, &status) != 0 || status.f_blocks == 0)
    return G_MAXUINT64;
  return (guint64) status.f_bavail * status.f_frsize;
}

void
engram_import_sizes_finish (const EngramImportSizes *self,
                            const char              *path,
                            EngramImportSpace       *space)
{
  guint64 indexes = self->index_bytes[ENGRAM_RECORD_NEURON] + self->index_bytes[ENGRAM_RECORD_SYNAPSE];
  guint64 added = self->n_added[ENGRAM_RECORD_NEURON] + self->n_added[ENGRAM_RECORD_SYNAPSE];
  guint64 history = added * HISTORY_ROW + self->replaced_bytes + self->n_replaced * HISTORY_ROW;

  *space = (EngramImportSpace) { .available = get_available (path) };
  space->growth = self->pages * self->page_size + indexes / INDEX_FILL;
  /* A new network is written without a journal, and has nothing to be undone. */
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  space->history = history + MIN (history, HISTORY_JOURNAL);
  if (added + self->n_replaced > 0)
    space->journal = space->growth + estimate_rewritten (self, engram_file_get_size (path));
}
