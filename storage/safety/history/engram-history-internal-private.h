/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/history/engram-history-private.h"
#include "safety/history/engram-history-rows-private.h"

G_BEGIN_DECLS

/* What the parts of EngramHistory share: the history (engram-history.c), its list of steps (engram-history-steps.c), a
 * step in the making (engram-history-recording.c), and undoing one (engram-history-undo.c).
 *
 * A history is a SQLite database, the log. Its steps stand in a table, their rows each in tables of their own. The mark
 * is what the network itself carries: the token of the step that last changed it. A step is made in this order:
 *
 *   1. rows and digests are written to the log, in several transactions (recording);
 *   2. the step is complete, on disk (prepared);
 *   3. one transaction changes the network, its mark included;
 *   4. the step takes its place in the log (done or undone), and takes away those that it makes void.
 *
 * All of 1 to 3 happens while the network's write lock is held. So whoever has that lock can tell what has become of a
 * step that was interrupted: it happened where the network's mark is its token. */

#define ENGRAM_LOG_VERSION 1

/* States of a step, as the log has them. */
#define ENGRAM_STEP_RECORDING 0
#define ENGRAM_STEP_PREPARED 1
#define ENGRAM_STEP_DONE 2   /* can be undone */
#define ENGRAM_STEP_UNDONE 3 /* can be redone */

/* The rows of a step that are of one table. */
typedef struct {
  char        *table;   /* of the network */
  GByteArray  *columns; /* their names, as engram_row_table_pack_columns() gives them */
  char        *rows;    /* the log's table: row INTEGER PRIMARY KEY, after BLOB, before BLOB */
} EngramStepPart;

void         engram_step_part_free         (EngramStepPart      *self);

/* Makes the tables of a new log. */
gboolean     engram_steps_create           (EngramConnection    *log,
                                            GError             **error);
/* (element-type EngramHistoryStep): the steps of @state (done or undone) where the network's mark is @token, the one
 * that is next first. */
GPtrArray   *engram_steps_list             (EngramConnection    *log,
                                            int                  state,
                                            const char          *token,
                                            GError             **error);
/* (element-type EngramStepPart) */
GPtrArray   *engram_steps_get_parts        (EngramConnection    *log,
                                            gint64               step,
                                            GError             **error);
/* How many of its rows, as they were before it, were synapses with a missing end. */
gboolean     engram_steps_get_loose        (EngramConnection    *log,
                                            gint64               step,
                                            guint64             *loose,
                                            GError             **error);
/* Whether a step waits to be settled that did change the network. */
gboolean     engram_steps_has_prepared     (EngramConnection    *log,
                                            const char          *token,
                                            gboolean            *found,
                                            GError             **error);
/* A transaction: the prepared step of that token takes its place, where there is one. */
gboolean     engram_steps_settle           (EngramConnection    *log,
                                            const char          *token,
                                            guint                max_steps,
                                            guint64              max_bytes,
                                            GError             **error);
/* A transaction: what is left of steps that never happened goes. For whoever has the network's write lock. */
gboolean     engram_steps_drop_unsettled   (EngramConnection    *log,
                                            GError             **error);
/* A transaction: one step goes, where it is there. */
gboolean     engram_steps_drop             (EngramConnection    *log,
                                            gint64               step,
                                            GError             **error);
/* A transaction: all goes. */
gboolean     engram_steps_clear            (EngramConnection    *log,
                                            GError             **error);
/* Gives back what lies idle, where that is much. */
gboolean     engram_steps_shrink           (EngramConnection    *log,
                                            GError             **error);

/* What a network carries: its id, and the token of the last step; "" where it has none. */
typedef struct {
  char *id;
  char *token;
} EngramNetworkMark;

gboolean     engram_network_mark_read      (EngramNetworkMark   *mark,
                                            EngramConnection    *network,
                                            GError             **error);
void         engram_network_mark_clear     (EngramNetworkMark   *mark);

/* Keeps other threads from the log, and gives it; NULL without @error where there is none and @create is FALSE. It is
 * locked only where it was given. Whoever also wants the network's write lock takes that first. */
EngramConnection *engram_history_lock      (EngramHistory       *self,
                                            const char          *network_id,
                                            gboolean             create,
                                            GCancellable        *cancellable,
                                            GError             **error);
void         engram_history_unlock         (EngramHistory       *self);
EngramDatabase *engram_history_get_database (EngramHistory      *self);
/* engram_steps_settle() with the limits of the history. */
gboolean     engram_history_settle         (EngramHistory       *self,
                                            EngramConnection    *log,
                                            const char          *token,
                                            GError             **error);

/* Recording for engram-history-undo.c. */

typedef struct _EngramRecordingPart EngramRecordingPart;

/* Begins a recording of what undoes, or redoes, the step that is next of @state, which it takes the place of; gives
 * that step. NULL without @error where there is none. */
EngramRecording     *engram_recording_begin_undo (EngramHistory        *self,
                                                  EngramConnection     *writer,
                                                  int                   state,
                                                  EngramHistoryStep   **step,
                                                  GError              **error);
EngramConnection    *engram_recording_get_log    (EngramRecording      *self);
EngramRecordingPart *engram_recording_get_part   (EngramRecording      *self,
                                                  const char           *table,
                                                  GError              **error);
const EngramRowTable *engram_recording_part_get_table (EngramRecordingPart *part);
/* Notes a row as it is, unless it is noted already; @bytes are its columns as engram_row_encode() gives them. */
gboolean             engram_recording_add        (EngramRecording      *self,
                                                  EngramRecordingPart  *part,
                                                  gint64                rowid,
                                                  const guint8         *bytes,
                                                  gsize                 length,
                                                  GError              **error);
/* Notes how the step leaves a row that is there then, whether it was noted or not. */
gboolean             engram_recording_set_after  (EngramRecording      *self,
                                                  EngramRecordingPart  *part,
                                                  gint64                rowid,
                                                  const guint8          digest[ENGRAM_ROW_DIGEST_BYTES],
                                                  GError              **error);
void                 engram_recording_set_loose  (EngramRecording      *self,
                                                  guint64               loose);
/* To be called from time to time while no statement reads the log: what is noted goes to the disk, where it is much. */
gboolean             engram_recording_breathe    (EngramRecording      *self,
                                                  GError              **error);
/* A statement that gives the bytes of those rows of a part, as they were, that the step does not leave there. */
EngramStatement     *engram_recording_prepare_removed (EngramRecording *self,
                                                  EngramRecordingPart  *part,
                                                  GError              **error);
/* The end of engram_history_prepare(): for whoever has noted how the step leaves every row. */
gboolean             engram_recording_publish    (EngramRecording      *self,
                                                  const char           *label,
                                                  GError              **error);

/* engram-history-ends.c */

/* How many of the rows that a step left (@side: "after"), or that were there before it ("before"), are synapses with a
 * missing end, as they are in the network now. */
gboolean             engram_step_ends_count_loose (EngramConnection    *writer,
                                                  EngramConnection     *log,
                                                  GPtrArray            *parts,
                                                  const char           *side,
                                                  guint64              *count,
                                                  GError              **error);
/* How many synapses miss neurons that undoing the step, which is recorded, takes away. */
gboolean             engram_step_ends_count_stranded (EngramConnection *writer,
                                                  GPtrArray            *parts,
                                                  EngramRecording      *recording,
                                                  guint64              *count,
                                                  GError              **error);

/* How many rows of tables of other programs refer to neurons or synapses that are not there. */
gboolean             engram_step_ends_count_others (EngramConnection   *writer,
                                                  guint64              *count,
                                                  GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramNetworkMark, engram_network_mark_clear)

G_END_DECLS
