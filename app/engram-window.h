/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engram-application.h"
#include "engram-untitled.h"
#include "pages/engram-network-page.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_WINDOW_STATE (engram_window_state_get_type ())
#define ENGRAM_TYPE_WINDOW (engram_window_get_type ())

/**
 * EngramWindowState:
 * @ENGRAM_WINDOW_WELCOME: there is no network yet
 * @ENGRAM_WINDOW_OPENING: a network is being opened
 * @ENGRAM_WINDOW_REFUSED: a file could not be opened; the window says why
 * @ENGRAM_WINDOW_NETWORK: a network is shown
 *
 * What a window shows.
 */
typedef enum {
  ENGRAM_WINDOW_WELCOME,
  ENGRAM_WINDOW_OPENING,
  ENGRAM_WINDOW_REFUSED,
  ENGRAM_WINDOW_NETWORK,
} EngramWindowState;

/* Property "state". Signal "first-rows": the first neurons of the network have been drawn. */
G_DECLARE_FINAL_TYPE (EngramWindow, engram_window, ENGRAM, WINDOW, AdwApplicationWindow)

GType              engram_window_state_get_type (void) G_GNUC_CONST;
EngramWindow      *engram_window_new            (EngramApplication  *application);
EngramWindowState  engram_window_get_state      (EngramWindow       *self);
const char        *engram_window_get_path       (EngramWindow       *self);
EngramNetworkPage *engram_window_get_page       (EngramWindow       *self);
const char        *engram_window_get_problem    (EngramWindow       *self);
void               engram_window_open           (EngramWindow       *self,
                                                 const char         *path,
                                                 double              asked_at);
void               engram_window_replace        (EngramWindow       *self,
                                                 const char         *path,
                                                 double              asked_at);
void               engram_window_open_untitled  (EngramWindow       *self,
                                                 EngramUntitledContent content,
                                                 double              asked_at);
void               engram_window_import         (EngramWindow       *self,
                                                 const char * const *paths);
/* Those that a person would be asked about before the window closes. */
void               engram_window_cancel_jobs    (EngramWindow       *self);
void               engram_window_refuse         (EngramWindow       *self,
                                                 const char         *name,
                                                 const GError       *error);

G_END_DECLS
