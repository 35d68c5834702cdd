/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What is drawn: neurons as points and synapses as edges between them, in world coordinates; the graph and the space
 * each fill one, and the renderer, the painter, the picker and the labels all work from it. No GTK and no network in
 * it.
 *
 * Which points and edges there are never changes: another choice is another scene, made by a worker. Where the points
 * are and how they look changes, through the functions below; each kind of data has a serial that grows with every
 * change, so that whoever keeps a copy (in the GPU) knows what to take again.
 *
 * Reading is safe in any thread while nobody changes it; changes belong to the main thread once it is shown. */

#define ENGRAM_TYPE_SCENE (engram_scene_get_type ())

typedef struct _EngramScene EngramScene;

/* What is particular about a point. */
typedef enum {
  ENGRAM_POINT_SELECTED = 1 << 0,
  ENGRAM_POINT_DIMMED   = 1 << 1, /* not what it is about now: drawn faintly, still picked */
  ENGRAM_POINT_HIDDEN   = 1 << 2, /* not drawn, not picked, nor are its edges */
  ENGRAM_POINT_PINNED   = 1 << 3, /* placed by hand */
  ENGRAM_POINT_MARKED   = 1 << 4, /* of a path, a pair, a search: drawn with a ring */
} EngramPointFlags;

/**
 * EngramScenePoint:
 * @x: place; NaN where it has none: it is neither drawn nor picked then
 * @y: place
 * @z: place, 0 in a flat scene
 * @size: radius as a multiple of the scene's point size, about 0.5 to 3
 * @colour: red, green, blue, alpha as bytes in that order of addresses
 * @flags: #EngramPointFlags
 */
typedef struct {
  float   x, y, z;
  float   size;
  guint8  colour[4];
  guint32 flags;
} EngramScenePoint;

/**
 * EngramSceneEdge:
 * @source: index of the point where it starts
 * @target: index of the point to which it leads
 * @weight: signed, -1 to 1 as a rule; NaN counts as 0
 */
typedef struct {
  guint32 source;
  guint32 target;
  float   weight;
} EngramSceneEdge;

/**
 * EngramScene:
 * @n_points: how many points
 * @points: (array length=n_points): read only; change them by the functions below
 * @n_edges: how many edges
 * @edges: (array length=n_edges): sorted by |weight|, the strongest first, so that a level of detail is a prefix
 * @n_inhibiting: how many edges have a negative weight
 * @inhibiting: (array length=n_inhibiting): their indices, ascending: the strongest first
 * @n_exciting: how many others there are
 * @exciting: (array length=n_exciting): their indices, ascending
 * @flat: whether all lies in the plane z = 0 and is looked at from above
 * @n_marked_edges: how many edges stand out
 * @marked_edges: (array length=n_marked_edges): indices of edges of the selection, of a path, of pairs: drawn over all
 *   others, wider, whatever the level of detail
 */
struct _EngramScene {
  guint32           n_points;
  EngramScenePoint *points;
  guint32           n_edges;
  EngramSceneEdge  *edges;
  guint32           n_inhibiting;
  guint32          *inhibiting;
  guint32           n_exciting;
  guint32          *exciting;
  gboolean          flat;
  guint32           n_marked_edges;
  guint32          *marked_edges;

  /*< private >*/
  guint             places_serial;
  guint             looks_serial;   /* size, colour, flags */
  guint             marks_serial;   /* marked edges */
  gatomicrefcount   references;
};

GType         engram_scene_get_type         (void) G_GNUC_CONST;

/* @points, @edges: (transfer full) (nullable): from g_malloc(); both are kept. The edges are sorted here unless @sorted says that
 * they are: by |weight|, the strongest first, equal ones as they come. An edge whose end is no point aborts: a
 * programmer's error. */
EngramScene  *engram_scene_new              (EngramScenePoint  *points,
                                             guint32            n_points,
                                             EngramSceneEdge   *edges,
                                             guint32            n_edges,
                                             gboolean           sorted,
                                             gboolean           flat);
/* As it is now, marks and all, for a thread that reads it while this one goes on changing. */
EngramScene  *engram_scene_copy             (EngramScene       *self);
EngramScene  *engram_scene_ref              (EngramScene       *self);
void          engram_scene_unref            (EngramScene       *self);

/* @places: n_points times x, y, z */
void          engram_scene_set_places       (EngramScene       *self,
                                             const float       *places);
void          engram_scene_set_place        (EngramScene       *self,
                                             guint32            point,
                                             const float       *place);
/* For each point @mix of @to and the rest of @from: what moves from one layout to another. */
void          engram_scene_mix_places       (EngramScene       *self,
                                             const float       *from,
                                             const float       *to,
                                             float              mix);
/* (transfer full): n_points times x, y, z */
float        *engram_scene_copy_places      (EngramScene       *self);
/* @colours: n_points times red, green, blue, alpha */
void          engram_scene_set_colours      (EngramScene       *self,
                                             const guint8      *colours);
void          engram_scene_set_sizes        (EngramScene       *self,
                                             const float       *sizes);
/* Sets @flag for just the points whose bit is set in @points, and takes it from all others. */
void          engram_scene_set_flag         (EngramScene       *self,
                                             EngramPointFlags   flag,
                                             const guint32     *points, /* (nullable): ascending indices */
                                             guint32            n_points);
/* @edges: (nullable): ascending indices */
void          engram_scene_set_marked_edges (EngramScene       *self,
                                             const guint32     *edges,
                                             guint32            n_edges);
guint         engram_scene_get_places_serial (EngramScene      *self);
guint         engram_scene_get_looks_serial (EngramScene       *self);
guint         engram_scene_get_marks_serial (EngramScene       *self);

/* The box around all points that have a place and are not hidden; FALSE where there is none. */
gboolean      engram_scene_get_bounds       (EngramScene       *self,
                                             float              low[3],
                                             float              high[3]);

/* How many of the strongest edges of either sign make up a level of detail of @n edges: inhibiting ones have a share as
 * great as among all, and a tenth of @n at least where there are so many. (It is what the renderer and the painter
 * draw.) */
void          engram_scene_split_detail     (EngramScene       *self,
                                             guint32            n,
                                             guint32           *n_exciting,
                                             guint32           *n_inhibiting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramScene, engram_scene_unref)

G_END_DECLS
