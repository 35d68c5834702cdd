/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/integrity/engram-integrity-check-private.h"

G_BEGIN_DECLS

struct _EngramFinding {
  EngramFindingKind  kind;
  char              *message;
  EngramIdList      *ids;
  EngramRowSet      *rows[2]; /* by EngramRecordKind */
};

struct _EngramIntegrityReport {
  gatomicrefcount  references;
  char            *path;
  char            *time;
  guint64          neurons;
  guint64          synapses;
  double           seconds;
  gboolean         with_sqlite;
  GPtrArray       *findings; /* EngramFinding */
};

/* A report of what a run has found. */
EngramIntegrityReport *engram_integrity_report_new (EngramIntegrityRun *run,
                                                    const char         *path,
                                                    const char         *time,
                                                    double              seconds);

/* (transfer full): a text of any origin without control and format characters, and cut where it is longer. */
char                  *engram_integrity_make_printable (const char         *text,
                                                    gsize               max_characters);
/* The program and its version, as reports name it. */
const char            *engram_integrity_get_maker  (void);

G_END_DECLS
