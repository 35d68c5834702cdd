/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* A dialog over the network of a session, as a person drives it. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  GtkWindow     *parent;
  EngramDialog  *dialog;      /* NULL before, and once it is closed */
  GPtrArray     *jobs;        /* of EngramJob, that the session has begun */
  GPtrArray     *told;        /* what it said was done */
  guint          n_failed;    /* how often it said that something was not */
  gboolean       has_changed;
  char          *other;       /* another file that belongs to it, or NULL */
  int            shown_kind;  /* of records that the window was asked to show; -1 before */
} DialogScreen;

/* Takes @fixture; there is no dialog yet. */
void        dialog_screen_begin       (DialogScreen *self,
                                       UiFixture    *fixture);
/* Closes session and network, and removes its file. */
void        dialog_screen_lose_network (DialogScreen *self);
/* The dialog of that type, which has just been presented, is the one. */
void        dialog_screen_take        (DialogScreen *self,
                                       GType         type);
void        dialog_screen_close       (DialogScreen *self);
/* The newest job whose title begins like that, or NULL. */
EngramJob  *dialog_screen_find_job    (DialogScreen *self,
                                       const char   *title);
/* Waits until no job is followed. */
void        dialog_screen_await_job   (DialogScreen *self);

/* Whether the dialog is at rest and shows that page. */
gboolean    dialog_screen_is_at       (DialogScreen *self,
                                       const char   *page);
/* Whether it shows that text just now. */
gboolean    dialog_screen_shows       (DialogScreen *self,
                                       const char   *text);
gboolean    dialog_screen_can_click   (DialogScreen *self,
                                       const char   *label);
/* Presses a button as soon as that can be done. */
void        dialog_screen_click       (DialogScreen *self,
                                       const char   *label);
/* The switch of a row, by the row's title. */
GtkSwitch  *dialog_screen_find_switch (DialogScreen *self,
                                       const char   *title);
/* By its label, as it was given: the first one below a widget that is seen, or NULL. */
gpointer    dialog_find_button        (gpointer      widget,
                                       const char   *label);
/* The window that asks a question, or NULL. */
GtkWidget  *dialog_find_question      (void);

/* Of the network's content. (transfer full) */
char       *dialog_screen_dup_hash    (DialogScreen *self);
guint64     dialog_screen_count       (DialogScreen *self,
                                       EngramRecordKind kind);
/* A copy of a file of shared/data/damaged; NULL (and the test skipped) where it is not. */
UiFixture  *dialog_open_damaged       (const char   *name);

G_END_DECLS
