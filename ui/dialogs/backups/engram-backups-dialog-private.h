/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/backups/engram-backups-dialog.h"

#include "dialogs/backups/engram-backup-item.h"
#include "dialogs/backups/engram-backup-work.h"

G_BEGIN_DECLS

#define ENGRAM_BACKUPS_LIST     "list"
#define ENGRAM_BACKUPS_CREATE   "create"
#define ENGRAM_BACKUPS_BACKUP   "backup"
#define ENGRAM_BACKUPS_RESTORE  "restore"
#define ENGRAM_BACKUPS_DAMAGED  "damaged"
#define ENGRAM_BACKUPS_RESTORED "restored"
#define ENGRAM_BACKUPS_THIN     "thin"
#define ENGRAM_BACKUPS_FOUND    "found"

/* A group whose rows come and go. */
typedef struct {
  AdwPreferencesGroup *group;
  GPtrArray           *rows;
} EngramBackupsGroup;

struct _EngramBackupsDialog {
  EngramDialog           parent_instance;

  char                  *path;       /* of the network */
  EngramBackupsRestored  restored;   /* of a network that cannot be opened, else NULL */
  char                  *elsewhere;  /* a folder that is looked into instead of the usual one, or NULL */
  GCancellable          *listing;    /* or NULL */
  GPtrArray             *items;      /* of EngramBackupItem, the newest first; NULL until it is known */
  EngramBackupItem      *item;       /* that is looked at, or NULL */
  EngramBackupWork      *work;       /* of the last job, or NULL */
  GtkFileChooserNative  *chooser;    /* while it is shown, or NULL */

  /* The list */
  GtkLabel              *message;
  AdwActionRow          *folder_row;
  GtkWidget             *usual_folder;
  GtkSpinner            *spinner;
  EngramBackupsGroup     own;
  EngramBackupsGroup     others;
  GtkWidget             *verify_all, *thin_out;

  /* Making one */
  GtkEditable           *note;       /* a row of its own */
  AdwActionRow          *create_folder;

  /* One backup */
  AdwActionRow          *made, *reason, *noted, *contents, *network, *file, *verification;
  GtkWidget             *compare_row, *verify_row, *delete_row;
  GtkWidget             *restore_button;

  /* Before a restore */
  GtkLabel              *summary;
  AdwActionRow          *neurons, *synapses, *safety, *other_warning;
  GtkLabel              *damage;

  /* After it */
  AdwStatusPage         *restored_status;
  AdwActionRow          *restored_safety;
  char                  *safety_backup; /* its path, or NULL */
  GtkWidget             *undo_restore;

  /* Before thinning out */
  EngramBackupsGroup     superfluous;

  /* A network that cannot be opened */
  AdwStatusPage         *found_status;
  GtkWidget             *found_button, *look_again;
};

/* engram-backups-dialog.c */
/* Starts a job: one that reads the network where it is open, else one without it. (transfer full) */
EngramJob  *engram_backups_dialog_start        (EngramBackupsDialog *self,
                                                const char          *title,
                                                EngramSessionFunc    func,
                                                EngramBackupWork    *work);
/* A page that scrolls, and the box in it. */
GtkWidget  *engram_backups_new_page            (GtkWidget          **box);
AdwPreferencesGroup *
            engram_backups_add_group           (GtkWidget           *box,
                                                const char          *title,
                                                const char          *description);
/* A row that shows @subtitle as it stands, however long it is. */
AdwActionRow *
            engram_backups_add_row             (AdwPreferencesGroup *group,
                                                const char          *title,
                                                const char          *subtitle);
/* It does something, which its signal "activated" tells. */
void        engram_backups_make_activatable    (GtkWidget           *row);
/* One that does something. */
GtkWidget  *engram_backups_add_button_row      (AdwPreferencesGroup *group,
                                                const char          *title,
                                                const char          *subtitle,
                                                GCallback            activated,
                                                gpointer             user_data);
void        engram_backups_group_clear         (EngramBackupsGroup  *self);
/* A row for a backup. */
GtkWidget  *engram_backups_group_add           (EngramBackupsGroup  *self,
                                                EngramBackupItem    *item);

/* engram-backups-dialog-list.c */
void        engram_backups_dialog_add_list     (EngramBackupsDialog *self);
/* Reads the folder anew. */
void        engram_backups_dialog_refresh      (EngramBackupsDialog *self);
void        engram_backups_dialog_tell         (EngramBackupsDialog *self,
                                                const char          *text);
/* Where the list looks. (transfer full) */
char       *engram_backups_dialog_dup_folder   (EngramBackupsDialog *self);

/* engram-backups-dialog-create.c */
void        engram_backups_dialog_add_create   (EngramBackupsDialog *self);

/* engram-backups-dialog-backup.c: one backup, and what can be done with it */
void        engram_backups_dialog_add_backup   (EngramBackupsDialog *self);
void        engram_backups_dialog_show_backup  (EngramBackupsDialog *self,
                                                EngramBackupItem    *item);
void        engram_backups_dialog_verify       (EngramBackupsDialog *self,
                                                GPtrArray           *paths);
/* "12 backups are good, 1 is damaged" (transfer full) */
char       *engram_backups_dup_verified        (const EngramBackupWork *work);

/* engram-backups-dialog-thin.c */
void        engram_backups_dialog_add_thin     (EngramBackupsDialog *self);
void        engram_backups_dialog_thin_out     (EngramBackupsDialog *self);

/* engram-backups-dialog-restore.c */
void        engram_backups_dialog_add_restore  (EngramBackupsDialog *self);
/* Says what a restore would change. */
void        engram_backups_dialog_restore      (EngramBackupsDialog *self);
void        engram_backups_dialog_show_restored (EngramBackupsDialog *self,
                                                const char          *title);

/* engram-backups-dialog-unreadable.c */
void        engram_backups_dialog_add_found    (EngramBackupsDialog *self);
void        engram_backups_dialog_find         (EngramBackupsDialog *self);
/* Asks, and puts the backup that is looked at in the place of the network. */
void        engram_backups_dialog_restore_unreadable (EngramBackupsDialog *self);

G_END_DECLS
