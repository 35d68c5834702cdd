/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph/engram-graph-view.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* A graph view on screen, with ten neurons: 0→1 (0.9), 0→2 (-0.8), 2→3 (0.7), 3→4 (0.6), and 5 to 9 by themselves. */
#define GRAPH_SCREEN_N_NEURONS 10

typedef struct {
  UiFixture         *fixture;
  EngramSession     *session;
  EngramGraphView   *graph;
  EngramNetworkView *view;
  EngramSceneView   *scene_view;
  GtkWindow         *window;
  guint              n_jobs;   /* of layouts */
  guint              n_paths;  /* that were looked for */
} Screen;

EngramNetworkScene *graph_screen_get_scene (Screen *screen);
guint32 graph_screen_count_points (Screen *screen);
/* Neurons are in the order of rows, which is that of their numbers. */
gint64 graph_screen_rowid_of (guint neuron);
gboolean graph_screen_find_point (Screen  *screen,
                                  guint    neuron,
                                  guint32 *point);
const EngramScenePoint *graph_screen_point_of (Screen *screen,
                                               guint   neuron);
void graph_screen_select_neurons (Screen *screen,
                                  int     first,
                                  int     second);
void graph_screen_act (Screen     *screen,
                       const char *action);
/* All that is under way has arrived. */
void graph_screen_settle (Screen *screen);
GtkWidget *graph_screen_find_label (GtkWidget  *widget,
                                    const char *part);
GtkWidget *graph_screen_find_visible_button (Screen     *screen,
                                             const char *label);
void graph_screen_set_up (Screen        *screen,
                          gconstpointer  data);
/* What is open is closed before the window goes, as a person does. */
void graph_screen_close_popover (Screen     *screen,
                                 const char *label);
void graph_screen_tear_down (Screen        *screen,
                             gconstpointer  data);
/* Where a neuron is in the picture. */
void graph_screen_locate (Screen *screen,
                          guint   neuron,
                          double *x,
                          double *y);
gboolean graph_screen_has_focus (Screen    *screen,
                                 GtkWidget *widget);
void graph_screen_press (Screen     *screen,
                         const char *label);

G_END_DECLS
