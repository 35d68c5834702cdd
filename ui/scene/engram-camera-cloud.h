/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-camera.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

/* How a camera looks at all points of a scene at once. */

/**
 * engram_camera_face_points:
 * @width: of the picture
 * @height: of the picture
 *
 * Turns the camera so that the two directions in which the points reach farthest lie in the picture, the farthest along
 * its longer side; straight along axes of the coordinates where these are nearly the same.
 *
 * Returns: %FALSE, with the camera as it was, where the points reach about as far in all directions, so that none is
 * better
 */
gboolean engram_camera_face_points (EngramCamera      *self,
                                    const EngramScene *scene,
                                    float              width,
                                    float              height);

/**
 * engram_camera_fit_points:
 * @low: what shall be in the picture, a box around all points
 * @high: likewise
 * @margin: pixels that are kept free on every side
 *
 * Looks at all of the box from as near as possible, from where the camera looks now; at all points alone where the box
 * would make them much smaller. Does nothing where no point has a place.
 */
void     engram_camera_fit_points  (EngramCamera      *self,
                                    const EngramScene *scene,
                                    const float        low[3],
                                    const float        high[3],
                                    float              width,
                                    float              height,
                                    float              margin);

/* How large points can be, a radius in pixels for a size of 1, so that few hide others when all of them are seen from
 * their best side in a picture of that size; 0 where there are none. */
float    engram_camera_choose_radius (EngramScene      *scene,
                                     float              width,
                                     float              height);

G_END_DECLS
