/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-window.h"

G_BEGIN_DECLS

/* Lets the main loop run until CONDITION holds. A condition that never comes true ends by Meson's time
 * limit. */
#define wait_until(CONDITION) \
  while (!(CONDITION)) \
    g_main_context_iteration (NULL, TRUE)

/* The path of a new network with that many neurons. */
char              *test_create_network        (const char   *folder,
                                               const char   *name,
                                               guint         n_neurons);

/* The one application of the test program, started at first use. */
EngramApplication *test_application           (void);

/* How many windows there are, and the latest used one. */
guint              test_count_windows         (void);
EngramWindow      *test_get_window            (void);

/* Opens a file, which no window shows yet, as the command line does, and waits as test_await_window()
 * does. */
EngramWindow      *test_open                  (const char   *path);

/* Waits until a window shows that file, or says why it does not. */
EngramWindow      *test_await_window          (const char   *path);

/* As a person closes them. Returns when the networks are closed too. */
void               test_close_windows         (void);

/* The first widget of a type below another, itself included, or NULL. */
gpointer           test_find_widget           (gpointer      widget,
                                               GType         type);

/* Waits until that neuron is chosen and its details are shown. */
void               test_await_details         (EngramWindow *window,
                                               const char   *id);

guint              test_count_rows            (EngramWindow *window);

/* The id of the neuron in a row that has been read. */
char              *test_dup_row_id            (EngramWindow *window,
                                               guint         position);

G_END_DECLS
