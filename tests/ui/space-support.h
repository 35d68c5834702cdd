/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "space/engram-space-view.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* A space on screen: four neurons on the corners of a square of side 2, in the plane z = 0, each with a vector, and
 * synapses 0→1 (0.5), 1→2 (-0.9). It is looked at along z, so that the corners are where a person would look for
 * them. */
typedef struct {
  UiFixture         *fixture;
  EngramSession     *session;
  EngramSpaceView   *space;
  EngramNetworkView *view;
  EngramSceneView   *scene_view;
  GtkWindow         *window;
  guint              n_frames;
  char              *told;      /* what the session said last that it has done, or why not */
} SpaceScreen;

#define SPACE_N_NEURONS 4

extern const double space_places[SPACE_N_NEURONS][3];

void    space_set_up         (SpaceScreen       *screen,
                              gconstpointer      data);
void    space_tear_down      (SpaceScreen       *screen,
                              gconstpointer      data);
guint32 space_count_points   (SpaceScreen       *screen);
/* Where a place is in the picture. */
void    space_locate         (SpaceScreen       *screen,
                              const double       place[3],
                              double            *x,
                              double            *y);
void    space_click_on       (SpaceScreen       *screen,
                              const double       place[3],
                              guint              held_key);
gsize   space_count_selected (SpaceScreen       *screen,
                              EngramRecordKind   kind);
/* Selects points by the session. */
void    space_select         (SpaceScreen       *screen,
                              const guint32     *points,
                              guint              n_points);
gboolean space_is_marked     (SpaceScreen       *screen,
                              guint32            point);
/* Whether the picture shows a point at a place. */
gboolean space_shows_at      (SpaceScreen       *screen,
                              guint32            point,
                              const double       place[3]);
/* Whether the file has a neuron at a place. */
gboolean space_stands_at     (SpaceScreen       *screen,
                              guint              number,
                              const double       place[3]);
/* The button with that label. */
GtkWidget *space_find_button (gpointer           below,
                              const char        *label);

G_END_DECLS
