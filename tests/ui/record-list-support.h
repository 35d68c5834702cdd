/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-list-private.h"
#include "widget-support.h"

G_BEGIN_DECLS

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramRecordList *list;
  GtkWindow *window;
  guint n_view_changed;
  guint n_first_rows;
  guint shown_kind;
  guint n_clicks;
  char *activated;
} ListScreen;

EngramRecordModel *list_model (ListScreen *screen);

/* Waits until the model is not loading, and lets that be drawn. */
void list_await (ListScreen *screen);

/* A list without a network, on no screen yet. */
void list_new (ListScreen       *screen,
               EngramRecordKind  kind);

/* A list over that network, in a window, once its rows are read. */
void list_show (ListScreen       *screen,
                UiFixture        *fixture,
                EngramRecordKind  kind);

void list_close (ListScreen *screen);

/* A network of 20 neurons: neuron N has the activation N * 7 % 20 / 20, the x -0.5 - N, a vector, two tags, and a
 * synapse to neuron N + 1. */
void list_open (ListScreen       *screen,
                EngramRecordKind  kind);

void list_set_query (ListScreen *screen,
                     const char *text);

/* Fails unless the first row is the neuron of that number. */
void list_assert_first (ListScreen *screen,
                        guint       number);

void list_select (ListScreen *screen,
                  guint       position,
                  gboolean    alone);

/* The visible label of that text below a widget, or NULL. */
GtkWidget *list_find_label (GtkWidget  *widget,
                            const char *text);

/* What holds the titles. */
GtkWidget *list_header (ListScreen *screen);

/* As a person does, with the pointer. */
void list_click_title (ListScreen *screen,
                       const char *text);

/* The row widget at that place on screen. */
GtkWidget *list_row_widget (ListScreen *screen,
                            guint       nth);

/* Clicks on a row with the secondary button, and waits for the context menu. */
void list_press_row (ListScreen *screen,
                     guint       nth);

gboolean list_menu_is_open (ListScreen *screen);

void list_close_menu (ListScreen *screen);

/* As that key does, where the list has it. */
void list_press_key (ListScreen      *screen,
                     guint            key,
                     GdkModifierType  modifiers);

/* Activates an action by its detailed name. */
void list_activate (ListScreen *screen,
                    const char *action);

#define list_assert_status(screen, expected) \
  g_assert_cmpstr (engram_record_list_get_status ((screen)->list), ==, expected)

/* widget_test_init() and g_test_run(), with the user's folders elsewhere. */
void list_test_init (int    *argc,
                     char ***argv);

int list_test_run (void);

G_END_DECLS
