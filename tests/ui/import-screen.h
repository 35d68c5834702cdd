/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialog-screen.h"
#include "dialogs/import/engram-import-dialog.h"

G_BEGIN_DECLS

/* The dialog that imports. */

#define TIMES "\"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-01T09:00:00\""
#define NEURON(n, text) \
  "{\"id\": \"a000000" #n "-0000-4000-8000-000000000000\", \"type\": \"knowledge\", \"position\": {\"x\": 1.0, \"y\": 2.0," \
  " \"z\": 3.0}, \"source_data\": \"" text "\", " TIMES "}"
#define SYNAPSE(n, weight) \
  "{\"id\": \"b000000" #n "-0000-4000-8000-000000000000\", \"source_neuron_id\": \"a0000001-0000-4000-8000-000000000000\"," \
  " \"target_neuron_id\": \"a0000002-0000-4000-8000-000000000000\", \"weight\": " weight ", \"synapse_type\": \"knowledge\"," \
  " " TIMES "}"

#define TWO_NEURONS "{\"neurons\": [" NEURON (1, "one") ", " NEURON (2, "two") "]}"
#define A_SYNAPSE "{\"synapses\": [" SYNAPSE (1, "0.5") "]}"
#define OTHER_NEURON "{\"neurons\": [" NEURON (2, "changed") ", " NEURON (3, "three") "]}"
#define BAD_WEIGHT "{\n\"neurons\": [" NEURON (1, "one") ",\n" NEURON (2, "two") "],\n\"synapses\": [\n" SYNAPSE (1, "1.5") "]}"

/* Over a network of that many neurons, or of three. */
void      import_screen_open_over      (DialogScreen         *screen,
                                        guint                 n_neurons);
void      import_screen_open           (DialogScreen         *screen);
/* Over the network of a fixture that is there; takes it. */
void      import_screen_open_fixture   (DialogScreen         *screen,
                                        UiFixture            *fixture);
/* Once it is closed. */
void      import_screen_present        (DialogScreen         *screen);

/* Writes a document beside the network. (transfer full): its path */
char     *import_screen_write          (DialogScreen         *screen,
                                        const char           *name,
                                        const char           *text);
void      import_screen_add_path       (DialogScreen         *screen,
                                        const char           *path);
void      import_screen_add            (DialogScreen         *screen,
                                        const char           *name,
                                        const char           *text);
/* So many neurons that reading them takes longer than cancelling. */
void      import_screen_add_many       (DialogScreen         *screen);

/* Press the button and wait for the end. */
void      import_screen_check          (DialogScreen         *screen);
void      import_screen_import         (DialogScreen         *screen);

/* A control of the page with the findings, by its name in the template. */
gpointer  import_screen_get_control    (DialogScreen         *screen,
                                        const char           *name);
void      import_screen_choose_policy  (DialogScreen         *screen,
                                        EngramImportConflict  conflict);
void      import_screen_assert_page    (DialogScreen         *screen,
                                        const char           *name);
/* The page that says why something did not work says that. */
void      import_screen_assert_failure (DialogScreen         *screen,
                                        const char           *text);

G_END_DECLS
