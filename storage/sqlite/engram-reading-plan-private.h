/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-file-private.h"
#include "sqlite/engram-private-copy-private.h"
#include "sqlite/engram-schema-private.h"

G_BEGIN_DECLS

/* How a file is read so that reading changes no byte of it and leaves no side file. */
typedef struct {
  EngramConnectionFlags  flags;
  gboolean               keep_wal; /* frames that wait in the WAL are left waiting */
  EngramPrivateCopy     *copy;     /* what is read instead of the file, or NULL */
  gboolean               is_fixed; /* the copy stays as it is, whatever becomes of the file */
} EngramReadingPlan;

/* What was found when a plan was made. */
typedef struct {
  EngramFile        file;
  EngramSchema      schema;
  EngramConnection *connection; /* the first one, for who takes it */
} EngramFindings;

/* Looks at the file at @path, decides, and makes sure that it can be read so and is a network. */
gboolean          engram_reading_plan_make        (EngramReadingPlan        *self,
                                                   const char               *path,
                                                   EngramFindings           *findings,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
void              engram_reading_plan_clear       (EngramReadingPlan        *self);
void              engram_findings_clear           (EngramFindings           *findings);

EngramConnection *engram_reading_plan_connect     (const EngramReadingPlan  *self,
                                                   const char               *path,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
/* Whether the file has changed behind a copy of it. */
gboolean          engram_reading_plan_is_outdated (const EngramReadingPlan  *self);
/* Whether a connection can still read the file in the way in which it was opened: not where another program has since
 * changed the file's journal mode, or has crashed and left a journal that must be rolled back first. */
gboolean          engram_reading_plan_check       (EngramConnection         *connection,
                                                   gboolean                 *holds,
                                                   GError                  **error);

G_END_DECLS
