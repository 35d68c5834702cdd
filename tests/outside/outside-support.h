/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The program as a screen reader meets it: started for itself, seen and used over the accessibility bus alone. */

typedef struct Outside Outside;

struct Outside {
  GSubprocess     *process;
  AtspiAccessible *application;
  void           (*while_waiting) (Outside *self); /* called each time that something waited for is not there, or NULL */
};

/* Readies the bus; after g_test_init(). At the end comes atspi_exit(). */
void             outside_init          (void);
/* Starts the program with a file, or NULL for none, and waits until it can be reached. What it keeps of its own it
 * keeps in @home. */
void             outside_start         (Outside         *self,
                                        const char      *home,
                                        const char      *path);
/* The same with another program, which calls itself like Engram. */
void             outside_start_program (Outside         *self,
                                        const char      *program,
                                        const char      *home,
                                        const char      *path);
/* Closes its window and waits until it has ended well. */
void             outside_close         (Outside         *self);

typedef gboolean (*OutsideMatch)       (AtspiAccessible *accessible,
                                        gconstpointer    data);

/* The first accessible that matches, waited for; the caller owns it. GTK 4.8 does not tell what is showing. */
AtspiAccessible *outside_find          (Outside         *self,
                                        OutsideMatch     match,
                                        gconstpointer    data);
/* Closes the window of that title and waits until it is gone. */
void             outside_close_window  (Outside         *self,
                                        const char      *name);
/* Waits for one of a role whose name holds some words. */
void             outside_wait_for      (Outside         *self,
                                        AtspiRole        role,
                                        const char      *words);
/* Waits for a field of a name to hold a text. */
void             outside_wait_for_text (Outside         *self,
                                        const char      *name,
                                        const char      *text);
/* Calls @visit for every accessible of all windows, until it returns TRUE. */
void             outside_visit         (Outside         *self,
                                        OutsideMatch     visit,
                                        gconstpointer    data);

/* Clicks a button whose name holds some words, once there is one that can be clicked. */
void             outside_click         (Outside         *self,
                                        const char      *words);
/* The same of those within one of that name; GTK 4.8 names what has none after its type. */
void             outside_click_within  (Outside         *self,
                                        const char      *within,
                                        const char      *words);
/* Goes to a page of the window. */
void             outside_turn_to       (Outside         *self,
                                        const char      *page);
/* Replaces what a field holds. */
void             outside_type          (Outside         *self,
                                        const char      *field,
                                        const char      *text);
/* Clicks with the right mouse button at a place of the screen, where the first window begins at its corner. */
void             outside_open_menu     (Outside         *self,
                                        int              x,
                                        int              y);
/* Chooses a row of a list that is on screen. */
void             outside_choose_row    (Outside         *self,
                                        const char      *list,
                                        int              position);
/* Opens a file in the program that runs, as a file manager would. */
void             outside_open          (Outside         *self,
                                        const char      *path);
/* Activates an action of the program, as another program would: "app.NAME" or "win.NAME". */
void             outside_activate      (Outside         *self,
                                        const char      *action,
                                        const char      *parameter);

G_END_DECLS
