/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The program as a screen reader meets it: started for itself, seen and used over the accessibility bus alone. */

typedef struct {
  GSubprocess     *process;
  AtspiAccessible *application;
} Outside;

/* Starts the program with a file and waits until it can be reached. */
void             outside_start      (Outside           *self,
                                     const char        *path);
/* Closes its window and waits until it has ended well. */
void             outside_close      (Outside           *self);

typedef gboolean (*OutsideMatch)    (AtspiAccessible   *accessible,
                                     const char        *name,
                                     gconstpointer      data);

/* The first accessible that matches, waited for; the caller owns it. GTK 4.8 does not tell what is showing. */
AtspiAccessible *outside_wait_for   (Outside           *self,
                                     OutsideMatch       match,
                                     gconstpointer      data);
/* The first one of a role whose name holds a text, waited for. */
AtspiAccessible *outside_wait_name  (Outside           *self,
                                     AtspiRole          role,
                                     const char        *part);
/* Calls @visit for every accessible, until it returns TRUE. */
void             outside_visit      (Outside           *self,
                                     OutsideMatch       visit,
                                     gconstpointer      data);
/* Activates win.select, as another program would: GTK 4.8 gives rows no action of their own. */
void             outside_select_neuron (Outside        *self,
                                     const char        *id);
/* Does the first action of an accessible: what a click does. */
void             outside_click      (AtspiAccessible   *accessible);

G_END_DECLS
