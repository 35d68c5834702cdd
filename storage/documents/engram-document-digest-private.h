/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-checksum-thread-private.h"
#include "engram-error-private.h"

G_BEGIN_DECLS

/* The checksum of a document that is being read: of the canonical text of its neurons, then its synapses. */
typedef struct {
  EngramChecksumThread *thread;
  GString              *block;
  gboolean              had_list[2];  /* by EngramRecordKind */
  gboolean              had_record;   /* in the list that is open */
  gboolean              is_stale;     /* the lists came the other way round: it must be made again */
} EngramDocumentDigest;

void     engram_document_digest_init         (EngramDocumentDigest *self);
void     engram_document_digest_clear        (EngramDocumentDigest *self);
void     engram_document_digest_begin_list   (EngramDocumentDigest *self,
                                              EngramRecordKind      kind);
void     engram_document_digest_end_list     (EngramDocumentDigest *self);
/* Where the canonical text of the next record goes, or NULL where it is of no use. */
GString *engram_document_digest_begin_record (EngramDocumentDigest *self);
void     engram_document_digest_end_record   (EngramDocumentDigest *self);
/* Lower-case hex (transfer full). Not where it is stale. */
char    *engram_document_digest_finish       (EngramDocumentDigest *self);

G_END_DECLS
