/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-reading-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* When a batch goes on its way. */
#define BATCH_BYTES (256 * 1024)

static guint64
get_byte (const EngramImportReading *self,
          const char                *place)
{
  return self->byte + (guint64) (place - self->text);
}

static void
tell (EngramImportReading *self,
      guint64              byte,
      const char          *id,
      const char          *field,
      const char          *message)
{
  engram_import_problems_add (self->problems, self->file, byte, id, field, message, FALSE);
  g_atomic_int_set (&self->job->has_problems, TRUE);
}

static void
tell_of_record (const char *place,
                const char *id,
                const char *field,
                const char *message,
                gpointer    user_data)
{
  EngramImportReading *self = user_data;

  tell (self, get_byte (self, place), id, field, message);
}

static void
tell_of_document (guint64     byte,
                  const char *field,
                  const char *message,
                  gboolean    in_grammar,
                  gpointer    user_data)
{
  EngramImportReading *self = user_data;

  engram_import_problems_add (self->problems, self->file, byte, NULL, field, message, in_grammar);
  g_atomic_int_set (&self->job->has_problems, TRUE);
}

static guint64
get_member_byte (const EngramImportReading *self,
                 const EngramRecordScan    *scan,
                 guint                      name)
{
  const EngramRecordMember *member = engram_record_scan_get (scan, name);

  return member != NULL ? get_byte (self, member->value) : self->byte;
}

/* Neurons */

static gboolean
check_dimension (EngramImportReading    *self,
                 const EngramRecordScan *scan,
                 const EngramNeuron     *neuron)
{
  EngramImportJob *job = self->job;
  g_autofree char *message = NULL;

  if (neuron->vector_length == 0)
    return TRUE;
  if (job->dimension == 0)
    job->dimension = neuron->vector_length;
  if (job->dimension == neuron->vector_length)
    return TRUE;
  message = g_strdup_printf (_("it has %u numbers, but the vectors of this network have %u"), neuron->vector_length,
                             job->dimension);
  tell (self, get_member_byte (self, scan, ENGRAM_NEURON_MEMBER_VECTOR), neuron->id, "vector", message);
  return FALSE;
}

/* Whether a neuron is to be written, as far as its id says. */
static gboolean
check_neuron_id (EngramImportReading    *self,
                 const EngramRecordScan *scan,
                 const EngramNeuron     *neuron,
                 gboolean               *exists)
{
  guint64 byte = get_member_byte (self, scan, ENGRAM_NEURON_MEMBER_ID);

  *exists = FALSE;
  switch (engram_import_ids_add (self->job->ids, neuron->id))
    {
    case ENGRAM_IMPORT_ID_IN_BATCH:
      tell (self, byte, neuron->id, "id", _("this id stands twice in what is to be imported"));
      return FALSE;
    case ENGRAM_IMPORT_ID_IN_NETWORK:
      *exists = TRUE;
      if (self->job->options->compare)
        return TRUE;
      if (self->job->options->conflict == ENGRAM_IMPORT_CONFLICT_FAIL)
        tell (self, byte, neuron->id, "id", _("there is a neuron with this id already"));
      return self->job->options->conflict == ENGRAM_IMPORT_CONFLICT_REPLACE;
    case ENGRAM_IMPORT_ID_NEW:
    default:
      return TRUE;
    }
}

static void
add_neuron (EngramImportReading *self,
            EngramRecordScan    *scan)
{
  EngramImportCounts *counts = &self->job->report->neurons;
  EngramImportItem item = { .kind = ENGRAM_RECORD_NEURON, .file = self->file };
  gboolean is_good, is_wanted;
  EngramNeuron *neuron = engram_record_parser_neuron (&self->parser, scan, &self->batch->arena, &is_good);

  if (neuron->id == NULL)
    return;
  is_wanted = check_neuron_id (self, scan, neuron, &item.exists);
  if (item.exists && !is_wanted && self->job->options->conflict == ENGRAM_IMPORT_CONFLICT_SKIP)
    counts->skipped++;
  if (!is_good || !is_wanted || !check_dimension (self, scan, neuron))
    return;

  /* Where contents are compared, whoever does it counts. */
  if (!item.exists)
    counts->created++;
  else if (!self->job->options->compare)
    counts->replaced++;
  item.record = neuron;
  item.id_byte = get_member_byte (self, scan, ENGRAM_NEURON_MEMBER_ID);
  g_array_append_val (self->batch->items, item);
}

/* Synapses */

/* Whether the neuron of an end is there, or may still come; *neuron_id becomes the id that it has, or will have. */
static gboolean
check_end (EngramImportReading     *self,
           const EngramRecordScan  *scan,
           const EngramSynapse     *synapse,
           gboolean                 is_target,
           const char             **neuron_id,
           GError                 **error)
{
  guint name = is_target ? ENGRAM_SYNAPSE_MEMBER_TARGET : ENGRAM_SYNAPSE_MEMBER_SOURCE;
  EngramImportEnd end = { .file = self->file, .is_target = is_target };
  g_autofree char *message = NULL;

  if (*neuron_id == NULL || engram_import_ids_contain (self->job->ids, *neuron_id))
    return TRUE;
  end.byte = get_member_byte (self, scan, name);
  if (!engram_uuid_is_valid (*neuron_id) && self->job->options->make_ids)
    {
      end.is_made = TRUE;
      *neuron_id = engram_record_parser_make_id (&self->parser, &self->batch->arena, *neuron_id, strlen (*neuron_id));
      if (engram_import_ids_contain (self->job->ids, *neuron_id))
        return TRUE;
    }
  if (engram_uuid_parse (*neuron_id, -1, &end.neuron))
    {
      end.has_synapse = synapse->id != NULL && engram_uuid_parse (synapse->id, -1, &end.synapse);
      return engram_import_ids_wait (self->job->ids, &end, error);
    }
  message = g_strdup_printf (_("there is no neuron %s"), *neuron_id);
  tell (self, end.byte, synapse->id, engram_synapse_member_names[name], message);
  return TRUE;
}

static gboolean
add_synapse (EngramImportReading  *self,
             EngramRecordScan     *scan,
             GError              **error)
{
  EngramImportItem item = { .kind = ENGRAM_RECORD_SYNAPSE, .file = self->file };
  gboolean is_good;
  EngramSynapse *synapse = engram_record_parser_synapse (&self->parser, scan, &self->batch->arena, &is_good);

  if (!check_end (self, scan, synapse, FALSE, &synapse->source_id, error) ||
      !check_end (self, scan, synapse, TRUE, &synapse->target_id, error))
    return FALSE;
  if (!is_good)
    return TRUE;
  item.record = synapse;
  item.id_byte = get_member_byte (self, scan, ENGRAM_SYNAPSE_MEMBER_ID);
  g_array_append_val (self->batch->items, item);
  return TRUE;
}

/* Batches */

/* Hands over what there is; FALSE where nobody wants more. */
static gboolean
hand_over (EngramImportReading *self)
{
  self->batch->bytes_read = self->file_start + self->byte;
  engram_import_queue_push (self->job->queue, self->batch);
  self->batch = engram_import_queue_get_empty (self->job->queue);
  return self->batch != NULL;
}

static gboolean
take_record (EngramRecordKind    kind,
             EngramRecordScan   *scan,
             guint64             byte,
             gpointer            user_data,
             GError            **error)
{
  EngramImportReading *self = user_data;

  self->text = scan->start;
  self->byte = byte;
  if (kind == ENGRAM_RECORD_NEURON)
    add_neuron (self, scan);
  else if (!add_synapse (self, scan, error))
    return FALSE;
  if (self->batch->arena.total < BATCH_BYTES || hand_over (self))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
  return FALSE;
}

static const EngramDocumentHandler handler = { take_record, tell_of_document };

static gboolean
read_file (EngramImportReading  *self,
           GError              **error)
{
  EngramImportJob *job = self->job;
  EngramImportFile *file = g_ptr_array_index (job->report->files, self->file);
  EngramDocumentSummary summary;
  gboolean done = engram_document_read (job->files[self->file], job->options->ignore_checksum, &handler, self, &summary,
                                        job->cancellable, error);

  file->neurons = summary.counts[ENGRAM_RECORD_NEURON];
  file->synapses = summary.counts[ENGRAM_RECORD_SYNAPSE];
  file->checksum = summary.checksum;
  file->is_whole = done && summary.is_whole;
  self->lacks_neurons = self->lacks_neurons || summary.lacks_neurons;
  return done;
}

gpointer
engram_import_reading_run (gpointer data)
{
  EngramImportReading *self = data;
  EngramImportJob *job = self->job;
  gboolean done = TRUE;

  engram_record_parser_init (&self->parser);
  self->parser.make_ids = job->options->make_ids;
  self->parser.problem = tell_of_record;
  self->parser.user_data = self;
  self->batch = engram_import_queue_get_empty (job->queue);

  for (self->file = 0; done && self->file < job->n_files; self->file++)
    {
      self->byte = 0;
      done = read_file (self, &self->error);
      self->file_start += job->sizes[self->file];
    }
  if (self->batch != NULL)
    {
      self->batch->bytes_read = self->file_start;
      engram_import_queue_push (job->queue, self->batch);
    }
  engram_import_queue_end (job->queue);
  engram_record_parser_clear (&self->parser);
  return NULL;
}
