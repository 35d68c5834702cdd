/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-progress.h"
#include "safety/history/engram-history.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* Noting a change as a step, for whoever changes rows with SQL of its own inside of a write transaction:
 *
 *   writer = engram_database_begin_write (...);
 *   recording = engram_history_begin (history, writer, "prune", error);
 *   engram_history_note_before (recording, "synapses", "WHERE abs(weight)<0.01", error);
 *   ... DELETE FROM synapses WHERE abs(weight)<0.01 ...
 *   ... INSERT INTO neurons ...
 *   engram_history_note_inserted (recording, "neurons", first_rowid, last_rowid, error);
 *   engram_history_prepare (recording, label, error);
 *   committed = engram_database_end_write (database, writer, TRUE, error);
 *   engram_history_end (recording, committed);
 *
 * Without a history the recording does nothing, so that callers need no branch. Preparing comes after the last change:
 * it takes the digests of the rows as they are then, puts the step on disk, and its token into the network. The end
 * settles or drops the step, and frees the recording.
 *
 * What a foreign key deletes with a neuron must be noted by the caller too. Rows noted twice are noted once, as they
 * were first; rows that were inserted must be noted as such before they are noted as about to change. Rows that end as
 * they were noted are forgotten, and a step without rows is none. All functions use the writer's transaction, in its
 * thread, and keep other threads from recording until engram_history_end(), which must follow in any case, after
 * engram_database_end_write(). @table is a constant of the program, never a name from a file. */
typedef struct _EngramRecording EngramRecording;

EngramRecording *engram_history_begin         (EngramHistory     *self,
                                               EngramConnection  *writer,
                                               const char        *name,
                                               GError           **error);
/* Whole rows of @table, as they are now, for which @where ("WHERE ...", without parameters) holds. */
gboolean         engram_history_note_before   (EngramRecording   *recording,
                                               const char        *table,
                                               const char        *where,
                                               GError           **error);
/* The same where @where has one parameter. */
gboolean         engram_history_note_before_number (EngramRecording *recording,
                                               const char        *table,
                                               const char        *where,
                                               double             number,
                                               GError           **error);
/* One row that is about to be changed or deleted. */
gboolean         engram_history_note_row      (EngramRecording   *recording,
                                               const char        *table,
                                               gint64             rowid,
                                               GError           **error);
/* Rows that were not there before, rowids first to last inclusive (those of them that exist). */
gboolean         engram_history_note_inserted (EngramRecording   *recording,
                                               const char        *table,
                                               gint64             first,
                                               gint64             last,
                                               GError           **error);
/* How many rows were noted so far, for whoever reports how far it is. */
guint64          engram_history_get_noted     (EngramRecording   *recording);
/* Who is told how far the preparing is, which looks at every row once more. */
void             engram_history_set_progress  (EngramRecording   *recording,
                                               EngramProgressFunc progress,
                                               gpointer           user_data);
gboolean         engram_history_prepare       (EngramRecording   *recording,
                                               const char        *label,
                                               GError           **error);
void             engram_history_end           (EngramRecording   *recording,
                                               gboolean           committed);

G_END_DECLS
