/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "details/engram-details-pane.h"
#include "details/engram-details.h"
#include "details/engram-leaving.h"
#include "details/engram-record-view.h"

G_BEGIN_DECLS

struct _EngramDetailsPane
{
  GtkWidget parent_instance;

  /* template */
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *none_page;
  AdwStatusPage *error_page;
  AdwClamp *neuron_clamp;
  AdwClamp *synapse_clamp;

  /* owned */
  EngramSession *session;      /* or NULL */
  GSignalGroup *session_signals;
  EngramRecordKind kind;       /* what was asked for */
  char *id;                    /* or NULL */
  GCancellable *cancellable;   /* of what is being read, or NULL */
  EngramLeaving *leaving;      /* the way out of what is edited, or NULL */
  GTask *leave_task;           /* who waits for it outside, or NULL */
  guint patience;
  gboolean loading;

  /* borrowed */
  EngramRecordView *view;      /* what is shown, or NULL */
};

/* engram-details-pane-record.c */
/* Reads what was asked for. */
void                engram_details_pane_load              (EngramDetailsPane *self);
void                engram_details_pane_load_record       (EngramDetailsPane *self,
                                                           EngramRecordKind   kind,
                                                           const char        *id);
void                engram_details_pane_stop_loading      (EngramDetailsPane *self);
void                engram_details_pane_update_loading    (EngramDetailsPane *self);
void                engram_details_pane_clear_view        (EngramDetailsPane *self);
/* Whether that is the record on screen */
gboolean            engram_details_pane_shows             (EngramDetailsPane *self,
                                                           EngramRecordKind   kind,
                                                           const char        *id);
gboolean            engram_details_pane_is_editing        (EngramDetailsPane *self);
/* What edits the record on screen, or NULL */
EngramRecordEditor *engram_details_pane_get_editor        (EngramDetailsPane *self);

/* engram-details-pane-leaving.c */
/* Goes from what is edited to what was asked for, which may still change on the way. */
void                engram_details_pane_leave             (EngramDetailsPane *self);
/* Ends the wait of who wants to go, if anybody does. */
void                engram_details_pane_return_leave_task (EngramDetailsPane *self,
                                                           gboolean           left);

G_END_DECLS
