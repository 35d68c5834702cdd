/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

/* One export: what of a network, how, and where to; then what was done. Made in the main thread, done by a worker,
 * atomically counted. */
typedef struct _EngramExportWork EngramExportWork;

/* @path: where to; @options: copied, its part and searcher are set by the functions below. */
EngramExportWork *engram_export_work_new     (const char                  *path,
                                              const EngramExchangeOptions *options);
EngramExportWork *engram_export_work_ref     (EngramExportWork            *self);
void              engram_export_work_unref   (EngramExportWork            *self);
/* Only some rows: neurons and the synapses among them, or synapses and the neurons at their ends. */
void              engram_export_work_set_rows (EngramExportWork           *self,
                                              EngramRecordKind             kind,
                                              EngramRowSet                *rows);
/* The same of what a list shows. */
void              engram_export_work_set_order (EngramExportWork          *self,
                                              EngramRecordKind             kind,
                                              EngramRowOrder              *order);
const char       *engram_export_work_get_path (EngramExportWork           *self);
const EngramExchangeOptions *engram_export_work_get_options (EngramExportWork *self);

/* A job of the session's that does it. (transfer full) */
EngramJob        *engram_export_work_start   (EngramExportWork            *self,
                                              EngramSession               *session);
/* What it did, once the job is done; NULL before. (transfer none) */
const EngramExportReport *engram_export_work_get_report (EngramExportWork *self);

/* The files that would be replaced without a word, since the person was not asked about their names: those beside
 * the one at @path. Waits for the disk. (transfer full) */
char            **engram_export_work_list_replaced (EngramExportWork      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramExportWork, engram_export_work_unref)

G_END_DECLS
