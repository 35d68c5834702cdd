/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "search/engram-search-bar.h"
#include "widget-support.h"

G_BEGIN_DECLS

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramSearchBar *bar;
  GtkWidget *entry;
  GtkWindow *window;
  guint n_queries;
  guint n_stops;
  guint n_mistakes;
} SearchScreen;

/* A search bar over a network of 20 neurons, in a window of that width, with the focus in its entry. */
void        search_open             (SearchScreen *screen,
                                     int           width);
void        search_close            (SearchScreen *screen);
/* Text at the cursor, as the keyboard puts it there. */
void        search_type_text        (SearchScreen *screen,
                                     const char   *text);
/* Another text in place of all, as if it were selected and typed over. */
void        search_type_over        (SearchScreen *screen,
                                     const char   *text);
/* A key that the entry's own controllers may take; Enter and Escape do there what they do if these do not. */
void        search_press            (SearchScreen *screen,
                                     guint         key);
const char *search_get_query_text   (SearchScreen *screen);
const char *search_get_text         (SearchScreen *screen);
gboolean    search_is_entry_focused (SearchScreen *screen);
/* The button of that label below a widget, or NULL. */
GtkWidget  *search_find_button      (gpointer      widget,
                                     const char   *label);
gboolean    search_is_shown         (gpointer      widget,
                                     const char   *part);

/* All that a test program does: widget_test_init() and g_test_run(), with the user's folders elsewhere. */
int         search_test_run         (int          *argc,
                                     char       ***argv,
                                     void        (*add_tests) (void));

G_END_DECLS
