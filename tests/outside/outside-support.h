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

/* The first showing accessible that matches, waited for; the caller owns it. */
AtspiAccessible *outside_wait_for   (Outside           *self,
                                     OutsideMatch       match,
                                     gconstpointer      data);
/* The first showing one of a role whose name holds a text, waited for. */
AtspiAccessible *outside_wait_name  (Outside           *self,
                                     AtspiRole          role,
                                     const char        *part);
/* Calls @visit for every showing accessible. */
void             outside_visit      (Outside           *self,
                                     OutsideMatch       visit,
                                     gconstpointer      data);
/* Does the first action of an accessible: what a click does. */
void             outside_click      (AtspiAccessible   *accessible);

G_END_DECLS
