/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <epoxy/gl.h>

#include "scene/engram-scene-renderer.h"

G_BEGIN_DECLS

/* Points and edges lie in the GPU as tables: textures of so many columns, read by index in the vertex shaders. */
#define ENGRAM_SCENE_TABLE_WIDTH 2048
/* Quads of one call; their indices are 16 bits. */
#define ENGRAM_SCENE_QUADS 16384
/* Points and edges of a moving picture, at least. */
#define ENGRAM_SCENE_LEAST_POINTS 25000
#define ENGRAM_SCENE_LEAST_EDGES 5000
/* Of the selected and marked ones, so many are drawn in it besides: more of them than these are not missed. */
#define ENGRAM_SCENE_MOST_SPECIAL 10000
/* So many edges are looked at in one go while they are put into the GPU. */
#define ENGRAM_SCENE_FILLED_EDGES (64 * ENGRAM_SCENE_TABLE_WIDTH)
/* How many of the strongest edges have arrow heads; further ones would only be noise. */
#define ENGRAM_SCENE_ARROWS (40 * 512)
/* Edges whose heads are drawn before their lines: whole batches alone are drawn, so that a picture is the same in
 * whatever slices. */
#define ENGRAM_SCENE_BATCH 512
/* A new measurement counts for so much. */
#define ENGRAM_SCENE_MEASURE_SHARE 0.4
/* How much of the colour of what is farthest is the background's. */
#define ENGRAM_SCENE_FOG 0.6f

/* As View in shaders/view.glsl. */
typedef struct {
  float eye[16];
  float picture[4];
  float lens[4];
  float points[4];
  float effects[4];
  float background[4];
  float foreground[4];
  float exciting[4];
  float inhibiting[4];
  float selection[4];
} EngramSceneView;

typedef enum {
  ENGRAM_SCENE_PROGRAM_SPRITES,
  ENGRAM_SCENE_PROGRAM_DISCS,       /* points as quads */
  ENGRAM_SCENE_PROGRAM_THIN_EDGES,
  ENGRAM_SCENE_PROGRAM_EDGES,
  ENGRAM_SCENE_PROGRAM_ARROWS,
  ENGRAM_SCENE_PROGRAM_STROKES,
  ENGRAM_SCENE_PROGRAM_LAYERS,
  ENGRAM_SCENE_PROGRAM_COVERED,
  ENGRAM_SCENE_N_PROGRAMS
} EngramSceneProgramKind;

typedef struct {
  GLuint id;
  GLint  part, first, marked, limit; /* of its uniforms, -1 where it has none */
} EngramSceneProgram;

/* What the context can do. */
typedef struct {
  gboolean es;
  gboolean software;
  gboolean wide_lines;              /* a line may be as wide as any edge: cheaper than quads in software */
  float    greatest_sprite;         /* radius */
  float    greatest_line;
  char    *description;
} EngramSceneContext;

typedef struct {
  EngramSceneContext context;
  EngramSceneProgram programs[ENGRAM_SCENE_N_PROGRAMS];
} EngramScenePrograms;

/* Which table a sampler of the shaders reads: texture units. */
enum {
  ENGRAM_SCENE_UNIT_PLACES,
  ENGRAM_SCENE_UNIT_LOOKS,
  ENGRAM_SCENE_UNIT_ENDS,
  ENGRAM_SCENE_UNIT_WEIGHTS,
  ENGRAM_SCENE_UNIT_STYLES,
  ENGRAM_SCENE_UNIT_BOTTOM,
  ENGRAM_SCENE_UNIT_MIDDLE,
  ENGRAM_SCENE_UNIT_TOP,
  ENGRAM_SCENE_N_UNITS
};

/* @as_card: whatever it is that draws */
gboolean engram_scene_programs_init  (EngramScenePrograms    *self,
                                      gboolean                as_card,
                                      GError                **error);
void     engram_scene_programs_clear (EngramScenePrograms    *self);
const EngramSceneProgram *
         engram_scene_programs_use   (const EngramScenePrograms *self,
                                      EngramSceneProgramKind  kind);

typedef enum {
  ENGRAM_SCENE_CHANGED_LOOKS    = 1 << 0,  /* colours and rings: the points alone */
  ENGRAM_SCENE_CHANGED_MARKS    = 1 << 1,  /* the marked edges alone */
  ENGRAM_SCENE_CHANGED_EDGES    = 1 << 2,  /* which edges there are */
  ENGRAM_SCENE_CHANGED_ALL      = 1 << 3,
} EngramSceneChanges;

/* A list of edges in the GPU: two points each, and a weight.
 * @strengths: the greatest |weight| of each row
 * @order: of all edges that may be drawn
 * @n_seen: of them, which have been looked at
 * @tail_ends: what is in the row that is not full yet */
typedef struct {
  GLuint         ends;
  GLuint         weights;
  float         *strengths;
  guint32        rows;
  guint32        n;
  const guint32 *order;
  guint32        n_listed;
  guint32        n_seen;
  guint32       *tail_ends;
  float         *tail_weights;
} EngramSceneEdgeTable;

/* What the GPU keeps of a scene.
 * @order: the points in the order of the tables
 * @ranks: where each point is in them
 * @edge_order: of all edges of the scene
 * @special: places in the tables, ascending, of points that are always drawn: selected and marked ones
 * @greatest_size: of all points to be drawn */
typedef struct {
  EngramScene         *scene;
  guint                places_serial, looks_serial, marks_serial;
  float                lowest_weight, highest_weight;
  EngramSceneEdges     shown_edges;
  guint32             *order;
  guint32             *ranks;
  guint32             *edge_order;
  guint32             *bits;           /* what is drawn of the scene, a bit for each place in the tables */
  guint32              n_drawn_points;
  GArray              *special;
  float                greatest_size;
  guint64              sizes_sum;
  float                low[3], high[3];
  GLuint               places;
  GLuint               looks;
  guint32              rows;
  EngramSceneEdgeTable edges;
  EngramSceneEdgeTable marked;
  GLuint               styles;
  GLuint               view;
  GLuint               plain_array;    /* no attributes, indices of quads */
  GLuint               quad_indices;
  GLuint               list_array;     /* no attributes, indices of a list of points */
  GLuint               list_indices;
  GLuint               stroke_array;
  GLuint               stroke_buffer;
} EngramSceneBuffers;

void     engram_scene_buffers_init        (EngramSceneBuffers     *self);
void     engram_scene_buffers_clear       (EngramSceneBuffers     *self);
void     engram_scene_buffers_set_scene   (EngramSceneBuffers     *self,
                                           EngramScene            *scene); /* (nullable) */
/* Takes what has changed in the scene. */
EngramSceneChanges
         engram_scene_buffers_update      (EngramSceneBuffers     *self,
                                           const EngramSceneStyle *style);
/* Opacity and width by weight. */
void     engram_scene_buffers_set_style   (EngramSceneBuffers     *self,
                                           const EngramSceneStyle *style);
gboolean engram_scene_buffers_is_drawn    (const EngramSceneBuffers *self,
                                           guint32                 rank);
guint32  engram_scene_buffers_count_drawn (const EngramSceneBuffers *self,
                                           guint32                 n);
gsize    engram_scene_buffers_get_size    (const EngramSceneBuffers *self);

/* A table of edges; its part of engram-scene-renderer-edges.c. It is filled from its beginning, little by little, with
 * those of @order that are to be drawn; @order is kept. */
void     engram_scene_edge_table_begin    (EngramSceneEdgeTable   *self,
                                           const guint32          *order,
                                           guint32                 n);
void     engram_scene_edge_table_advance  (EngramSceneEdgeTable   *self,
                                           const EngramSceneBuffers *buffers,
                                           const EngramSceneStyle *style,
                                           gboolean                marked);
gboolean engram_scene_edge_table_is_filled (const EngramSceneEdgeTable *self);
void     engram_scene_edge_table_clear    (EngramSceneEdgeTable   *self);
/* Rows of a table for @n, never a power of two: drivers make other programs for those. */
guint32  engram_scene_count_rows          (guint32                 n);
/* A texture that is read by texelFetch() alone. */
GLuint   engram_scene_make_table          (void);

/* A picture under way: points, over them edges, over them the marked ones; all tested against the points' depth. */
typedef struct {
  int     width, height;
  GLuint  depth;
  GLuint  colours[3];
  GLuint  framebuffers[3];
} EngramSceneLayers;

enum { ENGRAM_SCENE_LAYER_POINTS, ENGRAM_SCENE_LAYER_EDGES, ENGRAM_SCENE_LAYER_MARKED, ENGRAM_SCENE_N_LAYERS };

gboolean engram_scene_layers_resize       (EngramSceneLayers      *self,
                                           int                     width,
                                           int                     height);
void     engram_scene_layers_clear        (EngramSceneLayers      *self);
void     engram_scene_layers_bind         (const EngramSceneLayers *self,
                                           guint                   layer);
/* Puts all of it into the framebuffer that is bound, as wide as that is. @marked: whether anything is in that layer */
void     engram_scene_layers_compose      (const EngramSceneLayers *self,
                                           const EngramScenePrograms *programs,
                                           int                     width,
                                           gboolean                marked);
/* Where the layer of the edges is at least as opaque as @limit, no more is drawn that is tested against the depth. */
void     engram_scene_layers_cover        (const EngramSceneLayers *self,
                                           const EngramScenePrograms *programs,
                                           float                   limit);

/* What draws into layers that are bound; engram-scene-renderer-drawing.c. */
typedef struct {
  const EngramScenePrograms *programs;
  const EngramSceneBuffers  *buffers;
  const EngramSceneStyle    *style;
  EngramProjection           projection;
  float                      scale;
} EngramSceneDrawing;

typedef enum { ENGRAM_SCENE_PART_CORES, ENGRAM_SCENE_PART_RIMS, ENGRAM_SCENE_PART_ALL } EngramScenePart;

/* Tells the shaders from where, at what size and how it is looked at. */
void     engram_scene_drawing_start       (EngramSceneDrawing     *self,
                                           const EngramCamera     *camera,
                                           int                     width,
                                           int                     height,
                                           float                   scale);
void     engram_scene_drawing_clear       (const EngramSceneDrawing *self,
                                           const EngramSceneLayers *layers,
                                           guint                   layer);
/* Those from @first on in the tables. */
void     engram_scene_drawing_points      (const EngramSceneDrawing *self,
                                           EngramScenePart         part,
                                           guint32                 first,
                                           guint32                 n);
/* @n at most of the selected and marked ones from @first on. */
void     engram_scene_drawing_special     (const EngramSceneDrawing *self,
                                           EngramScenePart         part,
                                           guint32                 first,
                                           guint32                 n);
void     engram_scene_drawing_edges       (const EngramSceneDrawing *self,
                                           gboolean                marked,
                                           gboolean                thin,
                                           guint32                 first,
                                           guint32                 n);
void     engram_scene_drawing_grid        (const EngramSceneDrawing *self);
/* How opaque any edge from @first on can be. */
float    engram_scene_drawing_get_opacity (const EngramSceneDrawing *self,
                                           guint32                 first);

/* Drawing everything once before it is wanted; engram-scene-renderer-rehearsal.c. */
typedef struct _EngramSceneRehearsal EngramSceneRehearsal;

/* @rehearsal: (inout): NULL at first; @framebuffer: to be drawn into later. TRUE where nothing is left to be done. */
gboolean engram_scene_rehearsal_advance   (EngramSceneRehearsal  **rehearsal,
                                           const EngramScenePrograms *programs,
                                           GLuint                  framebuffer);
void     engram_scene_rehearsal_free      (EngramSceneRehearsal   *self); /* (nullable) */

/* What is drawn of a picture at rest, in this order. */
typedef enum {
  ENGRAM_SCENE_STAGE_CORES,
  ENGRAM_SCENE_STAGE_GRID,
  ENGRAM_SCENE_STAGE_RIMS,
  ENGRAM_SCENE_STAGE_MARKED,
  ENGRAM_SCENE_STAGE_EDGES,
  ENGRAM_SCENE_STAGE_COMPLETE,
} EngramSceneStage;

/* Seconds for one point or edge, and how many there were in the last part. */
typedef struct {
  double  cost;
  guint32 last;
} EngramScenePace;

enum {
  ENGRAM_SCENE_PACE_CORES,
  ENGRAM_SCENE_PACE_RIMS,
  ENGRAM_SCENE_PACE_MARKED,
  ENGRAM_SCENE_PACE_EDGES,
  ENGRAM_SCENE_PACE_MOVING_POINTS,
  ENGRAM_SCENE_PACE_MOVING_EDGES,
  ENGRAM_SCENE_N_PACES
};

struct _EngramSceneRenderer {
  GObject parent_instance;

  EngramScenePrograms programs;
  EngramSceneBuffers  buffers;
  EngramSceneStyle    style;
  EngramCamera        camera;
  EngramSceneDrawing  drawing;
  gboolean            released;
  EngramSceneRehearsal *rehearsal;  /* or NULL */

  int                 width, height;
  float               scale;
  EngramSceneLayers   moving;       /* also keeps what was shown while a picture at rest begins anew */
  EngramSceneLayers   rest;
  EngramSceneLayers  *shown;        /* (nullable): one of them */
  EngramSceneDrawn    drawn;        /* in what is shown */

  EngramSceneChanges  changes;      /* since the picture at rest was begun */
  guint32             n_points;     /* done of the stage */
  guint32             n_marked;
  guint32             n_edges;
  EngramSceneStage               stage;
  gboolean            points_done;
  guint32             n_covering;   /* edges whose opaque places are covered; 0 where none are */

  EngramScenePace                paces[ENGRAM_SCENE_N_PACES];
  double              begun;        /* drawing the frame */
  double              compose_cost;
  gboolean            half;         /* whether a moving picture has half the resolution */
  guint               n_slow;       /* frames in a row that were too slow for the full one */
};

/* How fast the GPU was, and what follows from it. */
double   engram_scene_pace_begin          (void);
/* Seconds since then, once all that was to be drawn is. */
double   engram_scene_pace_finish         (double                  begun);
void     engram_scene_pace_learn          (EngramScenePace        *self,
                                           guint32                 n,
                                           double                  begun);
guint32  engram_scene_pace_plan           (const EngramScenePace  *self,
                                           guint32                 first,
                                           guint32                 n_left,
                                           double                  seconds);

gboolean engram_scene_renderer_has_grid   (EngramSceneRenderer    *self);
guint32  engram_scene_renderer_count_points (EngramSceneRenderer  *self);
guint32  engram_scene_renderer_count_edges (EngramSceneRenderer   *self);
void     engram_scene_renderer_set_drawn  (EngramSceneRenderer    *self,
                                           guint32                 n_points,
                                           guint32                 n_edges,
                                           float                   resolution);
/* Prepares to draw into layers. */
void     engram_scene_renderer_start      (EngramSceneRenderer    *self,
                                           const EngramSceneLayers *layers);
void     engram_scene_renderer_draw_moving (EngramSceneRenderer   *self,
                                           double                  budget);
/* TRUE where it is complete. */
gboolean engram_scene_renderer_draw_rest  (EngramSceneRenderer    *self,
                                           double                  budget);
/* For tests: draws as on a graphics card, where the context is none. */
EngramSceneRenderer *
         engram_scene_renderer_new_as_card (GError               **error);

G_END_DECLS
