/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-window.h"

#include "dialogs/integrity/engram-findings-button.h"
#include "engram-untitled.h"
#include "jobs/engram-jobs-button.h"
#include "pages/engram-error-page.h"
#include "pages/engram-opening-page.h"

G_BEGIN_DECLS

/* What its width leaves room for in the header, each with all before it. */
typedef enum {
  ENGRAM_WINDOW_ROOM_FOR_LITTLE,
  ENGRAM_WINDOW_ROOM_FOR_UNDO,
  ENGRAM_WINDOW_ROOM_FOR_BUTTONS,
  ENGRAM_WINDOW_ROOM_FOR_TITLE,
} EngramWindowRoom;

struct _EngramWindow {
  AdwApplicationWindow  parent_instance;

  /* Template */
  GtkWidget            *header;
  AdwWindowTitle       *title;
  AdwViewSwitcherTitle *switcher_title;
  GtkWidget            *open_button;
  GtkWidget            *back_button;
  GtkWidget            *undo_button;
  GtkWidget            *redo_button;
  GtkToggleButton      *search_button;
  GtkWidget            *filters_button;
  GtkToggleButton      *edit_button;
  GtkWidget            *details_button;
  EngramJobsButton     *jobs_button;
  EngramFindingsButton *findings_button;
  GtkPopover           *recent_popover;
  GMenu                *new_neuron_menu;
  GtkStack             *stack;
  GtkWidget            *welcome_page;
  EngramOpeningPage    *opening_page;
  EngramErrorPage      *error_page;
  EngramNetworkPage    *network_page;

  EngramWindowState     state;
  EngramWindowRoom      room;
  guint                 room_idle;   /* to take notice of another width, or 0 */
  char                 *path;        /* of the file that is shown, opened or refused; NULL for an untitled network */
  EngramUntitledContent untitled;    /* what an untitled network is */
  GCancellable         *cancellable; /* of the opening under way, or NULL */
  double                asked_at;    /* see engram_window_open() */
  GSignalGroup         *session_signals;
  gboolean              search_pressed; /* see engram_window_search_pressed() */
  gboolean              search_wanted;
  gboolean              has_work;    /* somebody's work is in an untitled network */
  guint                 n_written;   /* how many times something was written to the network that is shown */
  gboolean              closing;     /* it was asked what becomes of that */
  GtkWidget            *jobs_dialog; /* while it is asked what becomes of jobs, or NULL */
  gboolean              closes_when_done; /* it closes when these have ended */
  AdwToast             *waiting_toast; /* borrowed: what says so, or NULL */
  GPtrArray            *notifications; /* ids of those that the desktop shows for it */
  gboolean            (*is_seen) (EngramWindow *self); /* whether somebody works with it; tests have another answer */
  double                long_seconds;  /* so long a job lasts whose end the desktop is told of */
  GtkFileChooserNative *save_dialog; /* while it is shown, or NULL */
  gboolean              edits_when_open; /* what is being opened is to be edited at once */
  char                 *save_path;   /* what was chosen in it and waits for writes to end, or NULL */
};

/* engram-window-actions.c */
void engram_window_add_actions     (EngramWindow *self);
void engram_window_update_actions  (EngramWindow *self);
void engram_window_follow_session  (EngramWindow *self);
void engram_window_search_pressed  (EngramWindow *self);
void engram_window_search_clicked  (EngramWindow *self);

/* engram-window-saving.c: giving a network another file */
void engram_window_save_as         (EngramWindow *self);
void engram_window_save_to         (EngramWindow *self,
                                    const char   *path);
/* Asks what becomes of work in an untitled network; FALSE where there is none, and the window may go. */
gboolean engram_window_ask_to_save (EngramWindow *self);
void engram_window_note_work       (EngramWindow *self);
void engram_window_propose_folder  (EngramWindow   *self,
                                    GtkFileChooser *chooser);
void engram_window_show_saving_error (EngramWindow *self,
                                    const GError *error,
                                    gboolean      closing);

/* engram-window-copying.c: a network that can only be looked at becomes a file of the person's own */
void engram_window_copy_and_edit   (EngramWindow *self);
/* (transfer full): where that goes */
char *engram_window_dup_own_folder (void);

/* engram-window-dialogs.c: what is done to a network as a whole */
void engram_window_add_dialogs     (EngramWindow *self);
void engram_window_update_dialogs  (EngramWindow *self);

/* engram-window-jobs.c: the button of the jobs, and what the desktop is told of them */
void engram_window_begin_jobs      (EngramWindow *self);
void engram_window_show_jobs       (EngramWindow *self);
/* Before the network is let go: who is told of those that go on. */
void engram_window_leave_jobs      (EngramWindow *self);

/* engram-window-closing.c: closing it while jobs run */
/* Asks what becomes of them; FALSE where there are none, and the window may go. */
gboolean engram_window_ask_about_jobs (EngramWindow *self);
void engram_window_keep_open       (EngramWindow *self);
void engram_window_note_active_jobs (EngramWindow *self);
void engram_window_note_ended_job  (EngramWindow *self,
                                    EngramJob    *job);

/* engram-window-exporting.c: a network, or a part of it, for other programs */
void engram_window_add_exporting    (EngramWindow *self);
void engram_window_update_exporting (EngramWindow *self);

/* engram-window-opening.c: a network comes into the window, and goes */
void engram_window_cancel_opening  (EngramWindow *self);
void engram_window_close_network   (EngramWindow *self);

/* engram-window-restoring.c: a backup in the place of a network that is damaged */
void engram_window_restore         (EngramWindow *self);
/* Closes the network first. */
void engram_window_set_aside       (EngramWindow *self);

/* engram-window-parts.c: to the next of them, or the one before */
void engram_window_focus_part      (EngramWindow *self,
                                    gboolean      backward);

/* engram-window-room.c: what the header shows */
void engram_window_update_room     (EngramWindow *self);
void engram_window_note_width      (EngramWindow *self,
                                    int           width);

/* engram-window.c */
void  engram_window_set_state      (EngramWindow      *self,
                                    EngramWindowState  state);
void  engram_window_set_titles     (EngramWindow *self,
                                    const char   *title,
                                    const char   *subtitle);
char *engram_window_dup_name       (EngramWindow *self);

G_END_DECLS
