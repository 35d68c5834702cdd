/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-landmarks.h"
#include "arrange/engram-tiles-private.h"

G_BEGIN_DECLS

typedef struct {
  EngramLandmarks public;
  gatomicrefcount references;
  guint           depth;
  float          *panels; /* their vectors, of length 1, as panels of columns */
} EngramLandmarksData;

/* Draws one of each of @n_cells cells of equally many points in space; @points, which is reordered, are indices into
 * @places. @chosen: room for @n_cells, which are no more than @n. */
void engram_landmarks_draw (const float *places,
                            guint32     *points,
                            gsize        n,
                            gsize        n_cells,
                            guint64      seed,
                            guint32     *chosen);

G_END_DECLS
