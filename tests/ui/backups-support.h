/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "common/engram-settings.h"
#include "dialogs/backups/engram-backups-dialog.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* The dialog of backups over a window with nothing in it. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session; /* NULL in the form for a network that cannot be opened */
  GtkWindow     *parent;
  GtkWidget     *dialog;
} BackupsScreen;

/* Preferences as they are at first. @creating: at the page where a backup is made. */
void       backups_screen_open         (BackupsScreen *self,
                                        guint          n_neurons,
                                        gboolean       creating);
/* The same over a copy of a shared network; FALSE, and the test is skipped, where it is not there. */
gboolean   backups_screen_open_shared  (BackupsScreen *self,
                                        const char    *name);
/* After backups_screen_break(): what lies there now. */
void       backups_screen_open_again   (BackupsScreen *self);
void       backups_screen_close        (BackupsScreen *self);
/* Closes dialog, session and network, and puts a copy of @broken in its place; NULL: nothing. */
void       backups_screen_break        (BackupsScreen *self,
                                        const char    *broken);
/* The dialog anew, with its list read. */
void       backups_screen_reopen       (BackupsScreen *self,
                                        gboolean       creating);

/* Waits until no job is followed. */
void       backups_screen_await_job    (BackupsScreen *self);
/* Cancels the job that has just been started. */
void       backups_screen_cancel       (BackupsScreen *self);
/* Waits until a page of that title is shown, no job is followed, and the list has been read. */
void       backups_screen_await        (BackupsScreen *self,
                                        const char    *title);
/* Waits until that is shown. */
void       backups_screen_await_text   (BackupsScreen *self,
                                        const char    *part);
gboolean   backups_screen_is_on        (BackupsScreen *self,
                                        const char    *title);

/* A button that can be seen, by its label. */
GtkWidget *backups_screen_find         (BackupsScreen *self,
                                        const char    *label);
void       backups_screen_click        (BackupsScreen *self,
                                        const char    *label);
/* The main button of the page. */
void       backups_screen_go_on        (BackupsScreen *self);
void       backups_screen_type         (BackupsScreen *self,
                                        const char    *note);
/* The row of a backup, by something of its text. */
void       backups_screen_choose       (BackupsScreen *self,
                                        const char    *part);
/* A row that does something, by its title. */
void       backups_screen_activate_row (BackupsScreen *self,
                                        const char    *title);
/* Answers the question that is asked. */
void       backups_screen_answer       (BackupsScreen *self,
                                        const char    *response);

/* Makes a backup of the network, and returns its path. @note: (nullable) */
char      *backups_screen_make         (BackupsScreen *self,
                                        const char    *note);
/* The backups beside the network. */
GPtrArray *backups_screen_list         (BackupsScreen *self);
/* Another byte in its middle. */
void       backups_screen_damage       (const char    *path);
/* How many neurons the network has. */
guint64    backups_screen_count        (BackupsScreen *self);

G_END_DECLS
