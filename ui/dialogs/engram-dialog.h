/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_DIALOG (engram_dialog_get_type ())

/* A window for one task, over the window of a network, which stays usable: pages of its own, one at a time, and those
 * of a job: how far it is, and why it failed. Escape closes it. Main thread only.
 *
 * A page is left by Back (to the one that was shown before), by its own button, which stands at the end of the header,
 * or by closing the window. */
G_DECLARE_DERIVABLE_TYPE (EngramDialog, engram_dialog, ENGRAM, DIALOG, AdwWindow)

struct _EngramDialogClass {
  AdwWindowClass parent_class;
};

/* EngramDialogPage:
 * @ENGRAM_DIALOG_PAGE_STEP: there is a way back from it, where another page was shown before
 * @ENGRAM_DIALOG_PAGE_END: it tells what was done, or nothing yet: there is no way back to what led to it, nor to it */
typedef enum {
  ENGRAM_DIALOG_PAGE_STEP,
  ENGRAM_DIALOG_PAGE_END,
} EngramDialogPage;

/* EngramDialogClosing: what becomes of a job when the window is closed while it follows it.
 * @ENGRAM_DIALOG_GOES_ON: it goes on: those who list jobs show it, and tell where it fails
 * @ENGRAM_DIALOG_CANCELS: it is cancelled: nobody else wants what it finds out */
typedef enum {
  ENGRAM_DIALOG_GOES_ON,
  ENGRAM_DIALOG_CANCELS,
} EngramDialogClosing;

/* What a job was followed for; it is DONE. */
typedef void (*EngramDialogDone)  (EngramDialog *self,
                                   EngramJob    *job,
                                   gpointer      user_data);
typedef void (*EngramDialogAgain) (EngramDialog *self,
                                   gpointer      user_data);

/* Shows @self over @parent. It closes when @session (nullable) does, and @parent. */
void        engram_dialog_present      (EngramDialog       *self,
                                        GtkWindow          *parent,
                                        EngramSession      *session);
/* Where @parent has a dialog of that type already, brings that one to the front: (transfer none) (nullable) */
EngramDialog *engram_dialog_find       (GtkWindow          *parent,
                                        GType               type);
/* NULL once it is closed. */
EngramSession *engram_dialog_get_session (EngramDialog     *self);

/* @name: for engram_dialog_show_page(). @title: of the window while it is shown. @content: it scrolls by itself where
 * it is large. @button: (nullable): what leads on from it, with a mnemonic; the default widget of the page. */
void        engram_dialog_add_page     (EngramDialog       *self,
                                        const char         *name,
                                        const char         *title,
                                        GtkWidget          *content,
                                        GtkWidget          *button,
                                        EngramDialogPage    kind);
/* Where it is shown already, or was before, that is gone back to. */
void        engram_dialog_show_page    (EngramDialog       *self,
                                        const char         *name);
/* The one of its own pages that is shown, or was before a job's page: (transfer none) */
const char *engram_dialog_get_page     (EngramDialog       *self);
void        engram_dialog_go_back      (EngramDialog       *self);

/* Shows how far @job is, until it has ended: done, @done is called, which shows another page; cancelled, the page from
 * which it was started is shown; failed, a page says why and what to do, with Back and, where @again is not NULL, Try
 * Again. The job is attended as long as the window is there. Follows one job at a time. */
void        engram_dialog_follow       (EngramDialog       *self,
                                        EngramJob          *job,
                                        EngramDialogClosing closing,
                                        EngramDialogDone    done,
                                        EngramDialogAgain   again,
                                        gpointer            user_data);
/* The one that is followed, or NULL. */
EngramJob  *engram_dialog_get_job      (EngramDialog       *self);
/* Says why something failed that was no job. @title: what failed: "The File Cannot Be Imported" */
void        engram_dialog_show_failure (EngramDialog       *self,
                                        const char         *title,
                                        const GError       *error,
                                        EngramDialogAgain   again,
                                        gpointer            user_data);
/* The same of a job that has failed and is not followed. */
void        engram_dialog_show_failed_job (EngramDialog    *self,
                                        EngramJob          *job);

G_END_DECLS
