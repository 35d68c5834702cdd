/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_BACKUP_ITEM (engram_backup_item_get_type ())

/* A backup as it is listed, with what is known of its soundness; it does not change. Texts are for people. */
G_DECLARE_FINAL_TYPE (EngramBackupItem, engram_backup_item, ENGRAM, BACKUP_ITEM, GObject)

/* How far a backup is to be trusted. */
typedef enum {
  ENGRAM_BACKUP_TRUST_GOOD,
  ENGRAM_BACKUP_TRUST_UNKNOWN, /* never verified, or nothing to verify it by */
  ENGRAM_BACKUP_TRUST_BAD,
} EngramBackupTrust;

/* Looks at the file's entry: in a worker. @is_own: it is of the network in question. */
EngramBackupItem   *engram_backup_item_new              (const EngramBackup *backup,
                                                         gboolean            is_own);
const EngramBackup *engram_backup_item_get_backup       (EngramBackupItem   *self);
gboolean            engram_backup_item_is_own           (EngramBackupItem   *self);
EngramBackupTrust   engram_backup_item_get_trust        (EngramBackupItem   *self);
/* "Today at 12:30, before pruning" */
char               *engram_backup_item_dup_title        (EngramBackupItem   *self);
/* "2025-11-01 12:30:11 · 12.3 MB · 100 neurons, 200 synapses" */
char               *engram_backup_item_dup_figures      (EngramBackupItem   *self);
/* "Verified when it was made", "Never verified", "Damaged: ..." */
char               *engram_backup_item_dup_verification (EngramBackupItem   *self);
/* What made it: "By hand", "Before pruning"; "By another program" where that is not known. (transfer none) */
const char         *engram_backup_item_get_reason       (EngramBackupItem   *self);
/* When: "Saturday, 1 November 2025, 12:30:11" */
char               *engram_backup_item_dup_time         (EngramBackupItem   *self);
/* "100 neurons, 200 synapses", as far as its manifest says */
char               *engram_backup_dup_counts            (gint64              neurons,
                                                         gint64              synapses);

G_END_DECLS
