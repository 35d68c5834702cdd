/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/integrity/engram-finding-row.h"
#include "dialogs/integrity/engram-integrity-dialog.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* The dialog of the integrity of a network, over a window of nothing. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  GtkWindow     *parent;
  EngramDialog  *dialog;
  gboolean       has_changed;
  int            shown_kind;   /* -1 before */
} Screen;

/* A copy of a file of shared/data/damaged; NULL (and the test skipped) where it is not. */
UiFixture        *screen_open_damaged (const char *name);
/* What another program does to the file, without constraints. */
void              screen_run_sql      (const char *path,
                                       const char *sql);
gint64            screen_get_number   (Screen     *screen,
                                       const char *sql);

/* Takes @fixture; the session is ready, without a dialog. */
void              screen_begin        (Screen     *screen,
                                       UiFixture  *fixture);
/* With the dialog, at the report. */
void              screen_open         (Screen     *screen,
                                       UiFixture  *fixture);
void              screen_close        (Screen     *screen);

/* Whether the dialog is at rest and shows that page. */
gboolean          screen_is_at        (Screen     *screen,
                                       const char *page);
gboolean          screen_shows        (Screen     *screen,
                                       const char *text);
/* By its label, as it was given: the first one below a widget that is seen, or NULL. */
gpointer          screen_find_button  (gpointer    widget,
                                       const char *label);
gboolean          screen_can_click    (Screen     *screen,
                                       const char *label);
void              screen_click        (Screen     *screen,
                                       const char *label);
/* The row of a kind of findings, or NULL; and the check button of its repair. */
EngramFindingRow *screen_find_row     (gpointer    widget,
                                       const char *kind);
GtkCheckButton   *screen_find_choice  (Screen     *screen,
                                       const char *kind);

G_END_DECLS
