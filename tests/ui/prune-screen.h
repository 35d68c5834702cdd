/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/prune/engram-prune-dialog.h"
#include "dialogs/prune/engram-prune-victims.h"
#include "dialogs/prune/engram-threshold-view.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* The dialog that prunes, over a network of twelve neurons and ten synapses. */

#define PRUNE_N_NEURONS 12

/* Each joins a neuron with the next one: 0→1, 1→2 and so on. */
static const double weights[] = { 0.9, -0.5, 0.005, -0.008, 0.01, 0.03, -0.2, 0.0099, 1, -0.004 };

typedef struct {
  UiFixture           *fixture;
  EngramSession       *session;
  GtkWindow           *parent;
  EngramDialog        *dialog;
  EngramThresholdView *view;
  EngramJob           *job;      /* the one that prunes */
  GSubprocess         *holder;   /* of a lock */
} PruneScreen;

/* Over the network of a fixture that is there. */
void               prune_screen_present        (PruneScreen *screen);
void               prune_screen_open           (PruneScreen *screen);
void               prune_screen_close          (PruneScreen *screen);
/* NULL where there is none. */
EngramDialog      *prune_screen_find_dialog    (void);
/* (transfer full) */
char              *prune_screen_get_backups    (PruneScreen *screen);
/* Presses a button, as soon as it is there. */
void               prune_screen_click          (PruneScreen *screen,
                                                const char  *label);
/* The switch of a row, by the row's title. */
GtkSwitch         *prune_screen_find_switch    (gpointer     widget,
                                                const char  *title);
/* Whether the dialog shows that just now. */
gboolean           prune_screen_shows          (PruneScreen *screen,
                                                const char  *text);
gboolean           prune_screen_can_prune      (PruneScreen *screen);
/* What pruning would do, by the library's dry run. */
EngramPruneResult  prune_screen_rehearse       (PruneScreen *screen,
                                                double       threshold);
/* Of the network's content. (transfer full) */
char              *prune_screen_hash           (PruneScreen *screen);
guint64            prune_screen_count_synapses (PruneScreen *screen);
/* Synapses. */
EngramRowSet      *prune_screen_get_selected   (PruneScreen *screen);
gsize              prune_screen_count_selected (PruneScreen *screen);
/* The counts that are shown are those that pruning gives. */
void               prune_screen_assert_figures (PruneScreen *screen,
                                                double       threshold);

G_END_DECLS
