/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-document-digest-private.h"

void
engram_document_digest_init (EngramDocumentDigest *self)
{
  *self = (EngramDocumentDigest) { NULL };
  self->thread = engram_checksum_thread_new ();
  self->block = engram_checksum_thread_get_block (self->thread);
}

void
engram_document_digest_clear (EngramDocumentDigest *self)
{
  if (self->block != NULL)
    g_string_free (g_steal_pointer (&self->block), TRUE);
  g_clear_pointer (&self->thread, engram_checksum_thread_free);
}

/* Until neurons come, a document that begins with its synapses is taken for one that has no neurons. */
void
engram_document_digest_begin_list (EngramDocumentDigest *self,
                                   EngramRecordKind      kind)
{
  self->had_record = FALSE;
  if (kind == ENGRAM_RECORD_NEURON && self->had_list[ENGRAM_RECORD_SYNAPSE])
    self->is_stale = TRUE;
  else if (kind == ENGRAM_RECORD_NEURON)
    g_string_append (self->block, "{\"neurons\": [");
  else if (self->had_list[ENGRAM_RECORD_NEURON])
    g_string_append (self->block, ", \"synapses\": [");
  else
    g_string_append (self->block, "{\"neurons\": [], \"synapses\": [");
  self->had_list[kind] = TRUE;
}

void
engram_document_digest_end_list (EngramDocumentDigest *self)
{
  g_string_append_c (self->block, ']');
}

GString *
engram_document_digest_begin_record (EngramDocumentDigest *self)
{
  if (self->is_stale)
    return NULL;
  if (self->had_record)
    g_string_append_len (self->block, ", ", 2);
  self->had_record = TRUE;
  return self->block;
}

void
engram_document_digest_end_record (EngramDocumentDigest *self)
{
  if (self->block->len < ENGRAM_CHECKSUM_BLOCK_BYTES)
    return;
  engram_checksum_thread_push (self->thread, self->block);
  self->block = engram_checksum_thread_get_block (self->thread);
}

char *
engram_document_digest_finish (EngramDocumentDigest *self)
{
  if (!self->had_list[ENGRAM_RECORD_NEURON] && !self->had_list[ENGRAM_RECORD_SYNAPSE])
    g_string_append (self->block, "{\"neurons\": []");
  if (!self->had_list[ENGRAM_RECORD_SYNAPSE])
    g_string_append (self->block, ", \"synapses\": []");
  g_string_append_c (self->block, '}');
  engram_checksum_thread_push (self->thread, g_steal_pointer (&self->block));
  return engram_checksum_thread_finish (self->thread);
}
