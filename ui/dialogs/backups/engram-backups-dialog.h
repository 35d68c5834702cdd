/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_BACKUPS_DIALOG (engram_backups_dialog_get_type ())

/* The backups of a network: making, verifying, comparing, restoring and deleting them. It has a second form for a
 * network that cannot be opened. One of a window at a time. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramBackupsDialog, engram_backups_dialog, ENGRAM, BACKUPS_DIALOG, EngramDialog)

/* The network at @path, which could not be opened, has been replaced by a backup: it can be opened again. @parent: NULL
 * where that window is closed. */
typedef void (*EngramBackupsRestored) (GtkWindow  *parent,
                                       const char *path);

/* Shows the list. (transfer none) */
GtkWidget *engram_backups_dialog_present            (GtkWindow             *parent,
                                                     EngramSession         *session);
/* The same, at the page where a backup is made. */
GtkWidget *engram_backups_dialog_present_creating   (GtkWindow             *parent,
                                                     EngramSession         *session);
/* For a file that is damaged, or gone: looks for the newest good backup of it and proposes that one. Nobody in this
 * process may have the file open when it is restored. */
GtkWidget *engram_backups_dialog_present_unreadable (GtkWindow             *parent,
                                                     const char            *path,
                                                     EngramBackupsRestored  restored);

G_END_DECLS
