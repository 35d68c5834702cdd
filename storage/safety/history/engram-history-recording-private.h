/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/history/engram-history-internal-private.h"

G_BEGIN_DECLS

/* What the two halves of a recording share: noting rows (engram-history-recording.c), and making a step of them
 * (engram-history-prepare.c). */

/* What a row takes beside its bytes: digest, number and so on. */
#define ENGRAM_BYTES_PER_NOTED_ROW 32

typedef struct {
  gint64 first;
  gint64 last;
} EngramRowRange;

struct _EngramRecordingPart {
  EngramRowTable  *table;
  char            *rows;     /* the log's table */
  GArray          *inserted; /* of EngramRowRange */
  EngramStatement *put_row;  /* row, before; unless it is there */
  EngramStatement *add_after;
  EngramStatement *set_after;
};

struct _EngramRecording {
  EngramHistory    *history; /* NULL: nothing is noted */
  EngramConnection *writer;
  EngramConnection *log;
  gint64            step;
  char             *token;
  GPtrArray        *parts;
  GByteArray       *row;     /* the one that is being noted */
  GChecksum        *checksum;
  guint64           rows;
  guint64           bytes;
  guint64           loose;
  guint64           pending; /* bytes in the log's transaction */
  gboolean          is_prepared;

  EngramProgressFunc progress;  /* or NULL: told while it is being prepared, */
  gpointer          user_data;
  guint64           total;      /* how many rows there are then, */
  guint64           done;       /* and were looked at */
};

/* A statement of the log, of the part's table of rows. */
EngramStatement *engram_recording_prepare_for_part (EngramRecording      *self,
                                                    EngramRecordingPart  *part,
                                                    const char           *verb,
                                                    const char           *rest,
                                                    GError              **error);

G_END_DECLS
