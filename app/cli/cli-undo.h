/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-command.h"

#include <engram.h>

G_BEGIN_DECLS

/* How a change that is about to be made can be taken back: by the history, or, where it cannot be opened, by a backup.
 * Neither of them where the change takes nothing away that was there. */
typedef struct {
  EngramHistory *history;
  char          *backup;
  gboolean       folder_is_new; /* that the backup lies in */
} CliUndo;

/* @reason is that of the backup in the history's stead, or ENGRAM_BACKUP_REASON_UNKNOWN for none. */
gboolean cli_undo_prepare (CliUndo             *self,
                           CliCall             *call,
                           EngramDatabase      *database,
                           EngramBackupReason   reason,
                           GError             **error);
/* The change was not made. */
void     cli_undo_abandon (CliUndo             *self,
                           CliCall             *call);
void     cli_undo_clear   (CliUndo             *self);

/* A command that changes a network tells of the triggers of other programs in it. */
void     cli_warn_of_triggers (CliCall         *call,
                               EngramDatabase  *database);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliUndo, cli_undo_clear)

G_END_DECLS
