/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <graphene.h>

G_BEGIN_DECLS

/* From where, and how, a scene is looked at: around a point (the target), from a distance, by a rotation. A plain
 * value: copy it to keep it. Lengths are those of the scene; angles are degrees; pixels have their origin top left,
 * y downwards.
 *
 * A flat scene is looked at along -z, parallel, without a rotation. */

typedef enum {
  ENGRAM_CAMERA_PERSPECTIVE,
  ENGRAM_CAMERA_PARALLEL,
} EngramCameraProjection;

typedef enum { ENGRAM_AXIS_X, ENGRAM_AXIS_Y, ENGRAM_AXIS_Z } EngramAxis;

/**
 * EngramCamera:
 * @target: what is in the middle of the picture
 * @distance: from the target to the eye; how much is seen, also where the projection is parallel
 * @rotation: turns the world before it is looked at along -z
 * @projection: how
 * @flat: neither turns nor has depth
 */
typedef struct {
  graphene_point3d_t     target;
  float                  distance;
  graphene_quaternion_t  rotation;
  EngramCameraProjection projection;
  gboolean               flat;
} EngramCamera;

#define ENGRAM_CAMERA_FIELD_OF_VIEW 40.0f /* degrees, of the smaller side of the picture */

/* What a camera makes of a picture of some size: for drawing and for picking. */
typedef struct {
  float width, height;         /* pixels */
  float matrix[16];            /* world to clip space, column by column, OpenGL's depth of -1 to 1 */
  float eye[16];               /* world to eye space, column by column; looks along -z */
  float focal;                 /* pixels that one unit of length takes at distance 1 in perspective, else anywhere */
  float near_depth, far_depth; /* distances from the eye between which everything lies */
  float target_depth;          /* distance of the camera's target from the eye */
  gboolean perspective;
} EngramProjection;

void     engram_camera_init            (EngramCamera       *self,
                                        gboolean            flat);
/* As far from the target as single precision allows. */
void     engram_camera_set_distance    (EngramCamera       *self,
                                        double              distance);
/* Looks at all of a box, from where it looks now; @margin in pixels is kept free on every side. */
void     engram_camera_fit             (EngramCamera       *self,
                                        const float         low[3],
                                        const float         high[3],
                                        float               width,
                                        float               height,
                                        float               margin);
/* Drags the world with the pointer: a trackball, which goes on turning at the poles. @dx, @dy: pixels. */
void     engram_camera_orbit           (EngramCamera       *self,
                                        float               dx,
                                        float               dy,
                                        float               width,
                                        float               height);
/* Turns about the line of sight. @angle: degrees, clockwise */
void     engram_camera_roll            (EngramCamera       *self,
                                        float               angle);
/* What is at the target's depth follows the pointer exactly. */
void     engram_camera_pan             (EngramCamera       *self,
                                        float               dx,
                                        float               dy,
                                        float               width,
                                        float               height);
/* What is at the pixel (@x, @y) stays there. @factor: above 1 comes closer. */
void     engram_camera_zoom            (EngramCamera       *self,
                                        float               factor,
                                        float               x,
                                        float               y,
                                        float               width,
                                        float               height);
/* Looks along an axis, from its positive end unless @negative, with the next axis to the right or up. */
void     engram_camera_look_along      (EngramCamera       *self,
                                        EngramAxis          axis,
                                        gboolean            negative);
/* The way from one camera to another: @mix 0 is @from, 1 is @to; distances geometrically, rotations by the shortest
 * arc. */
void     engram_camera_mix             (const EngramCamera *from,
                                        const EngramCamera *to,
                                        float               mix,
                                        EngramCamera       *result);
/* @low, @high: the scene's box, for the depths. Where the projection is parallel the eye stands back until all of
 * the box is before it: the depth of the target is then not the camera's distance. */
void     engram_camera_project         (const EngramCamera *self,
                                        const float         low[3],
                                        const float         high[3],
                                        float               width,
                                        float               height,
                                        EngramProjection   *projection);

/* Where a place of the world is in the picture: pixels and distance from the eye along the line of sight; FALSE
 * where it is none (NaN), behind the eye or nearer than the near depth, and so not to be drawn. */
gboolean engram_projection_map         (const EngramProjection *self,
                                        const float         place[3],
                                        float              *x,
                                        float              *y,
                                        float              *depth);
/* The place of the world at a pixel and a depth. */
void     engram_projection_unmap       (const EngramProjection *self,
                                        float               x,
                                        float               y,
                                        float               depth,
                                        float               place[3]);
/* How many pixels a length takes at that depth. */
float    engram_projection_scale       (const EngramProjection *self,
                                        float               depth);
/* The same divided by how many it takes at the target: what engram_scene_style_get_radius() wants. */
float    engram_projection_relative_scale (const EngramProjection *self,
                                        float               depth);

G_END_DECLS
