/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-arena-private.h"
#include "engram-error-private.h"

G_BEGIN_DECLS

/* A record on its way from the thread that reads it to the one that writes it. */
typedef struct {
  EngramRecordKind kind;
  gpointer         record;    /* EngramNeuron or EngramSynapse, in the batch's memory */
  gboolean         exists;    /* a neuron of the network is to be replaced by it */
  guint            file;      /* which of the documents */
  guint64          id_byte;   /* where its id stands */
} EngramImportItem;

typedef struct {
  EngramArena  arena;
  GArray      *items;         /* of EngramImportItem */
  guint64      bytes_read;    /* of all documents, up to here */
} EngramImportBatch;

/* Batches between two threads: a few at most, filled and emptied again and again. */
typedef struct _EngramImportQueue EngramImportQueue;

EngramImportQueue *engram_import_queue_new   (void);
void               engram_import_queue_free  (EngramImportQueue *self);

/* For the thread that fills: an empty batch, once there is one; NULL where nobody wants more. */
EngramImportBatch *engram_import_queue_get_empty (EngramImportQueue *self);
void               engram_import_queue_push  (EngramImportQueue *self,
                                              EngramImportBatch *batch);
void               engram_import_queue_end   (EngramImportQueue *self);

/* For the thread that writes: the next batch, once there is one, or NULL after the last. */
EngramImportBatch *engram_import_queue_pop   (EngramImportQueue *self);
void               engram_import_queue_give_back (EngramImportQueue *self,
                                              EngramImportBatch *batch);
/* It wants no more. */
void               engram_import_queue_stop  (EngramImportQueue *self);

G_END_DECLS
