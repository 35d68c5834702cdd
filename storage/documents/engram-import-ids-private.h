/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "documents/engram-import-problems-private.h"
#include "model/engram-uuid.h"
#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* The ids of all neurons that there are, in the network and in the batch, and the ends of synapses that wait for
 * neurons that have not come yet, in a temporary file. One thread at a time. */
typedef struct _EngramImportIds EngramImportIds;

typedef enum {
  ENGRAM_IMPORT_ID_NEW,
  ENGRAM_IMPORT_ID_IN_NETWORK,
  ENGRAM_IMPORT_ID_IN_BATCH,
} EngramImportIdState;

EngramImportIds     *engram_import_ids_new        (void);
void                 engram_import_ids_free       (EngramImportIds     *self);
/* All neurons of a network; before anything else. */
gboolean             engram_import_ids_load       (EngramImportIds     *self,
                                                   EngramConnection    *connection,
                                                   GError             **error);
/* A neuron of the batch: whether its id was there before. */
EngramImportIdState  engram_import_ids_add        (EngramImportIds     *self,
                                                   const char          *id);
gboolean             engram_import_ids_contain    (EngramImportIds     *self,
                                                   const char          *id);

/* An end of a synapse whose neuron is not there, at a byte of a file. */
typedef struct {
  guint64    byte;
  guint32    file;
  guint8     is_target;
  guint8     has_synapse;  /* an id */
  guint8     is_made;      /* the neuron's id is not what the document says */
  guint8     padding;
  EngramUuid neuron;
  EngramUuid synapse;
} EngramImportEnd;

gboolean             engram_import_ids_wait       (EngramImportIds       *self,
                                                   const EngramImportEnd *end,
                                                   GError               **error);
/* When all neurons have come: what still waits is a problem. */
gboolean             engram_import_ids_settle     (EngramImportIds       *self,
                                                   EngramImportProblems  *problems,
                                                   GCancellable          *cancellable,
                                                   GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramImportIds, engram_import_ids_free)

G_END_DECLS
