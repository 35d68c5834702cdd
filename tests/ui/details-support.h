/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "details/engram-details-pane.h"
#include "details/engram-field-control.h"
#include "details/engram-record-editor.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* A details pane over a session of its own. */
typedef struct {
  UiFixture         *fixture;
  EngramSession     *session;
  EngramDetailsPane *pane;
  GtkWindow         *window;
  char              *activated; /* by the session */
  guint              n_done;
} DetailsScreen;

/* Takes the fixture. */
void               details_open           (DetailsScreen *screen,
                                           UiFixture     *fixture);
void               details_close          (DetailsScreen *screen);
/* Until all is loaded and drawn. */
void               details_await          (DetailsScreen *screen);
/* Shows a neuron; in the second case to be edited. */
void               details_show           (DetailsScreen *screen,
                                           const char    *id);
void               details_edit           (DetailsScreen *screen,
                                           const char    *id);

/* What edits the field of that name, and where one types in it. */
EngramFieldEditor *details_get_editor     (DetailsScreen *screen,
                                           const char    *name);
GtkWidget         *details_get_input      (DetailsScreen *screen,
                                           const char    *name);
void               details_type           (DetailsScreen *screen,
                                           const char    *name,
                                           const char    *text);
/* Until the value is in the file and on screen. */
void               details_save           (DetailsScreen *screen,
                                           const char    *name);
void               details_type_and_save  (DetailsScreen *screen,
                                           const char    *name,
                                           const char    *text);

EngramNeuron      *details_read_neuron    (DetailsScreen *screen,
                                           const char    *id);
/* Adds a neuron of that type, and returns its id. */
char              *details_add_neuron     (DetailsScreen *screen,
                                           const char    *type_name);
/* What another program does. */
void               details_change_outside (DetailsScreen       *screen,
                                           const char          *id,
                                           EngramNeuronColumns  column,
                                           const char          *text);

G_END_DECLS
