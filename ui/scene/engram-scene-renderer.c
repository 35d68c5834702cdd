/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-renderer.h"

#include <string.h>

#include "scene/engram-scene-renderer-private.h"

/* A picture that was shown before is replaced by the next as soon as that has as many edges, or this many. */
#define ENOUGH_EDGES 20000
/* Parts of a slice: at first small ones, since nothing is known of what they cost. */
#define FIRST_POINTS 4000
#define FIRST_EDGES ENGRAM_SCENE_BATCH
/* A part may be so many times the one before. */
#define GROWTH 4
/* Of the time that is left, what a part is planned to take. */
#define PLANNED_SHARE 0.7
/* A new measurement counts for so much. */
#define MEASURE_SHARE 0.4
/* In software, what is at least this large begins at half the resolution. */
#define HALF_FROM_POINTS 10000
#define HALF_FROM_EDGES 10000
/* A moving picture goes back to the full resolution where all that is wanted would fit into it so many times. */
#define SPARE_TIME 2.5
/* What the full resolution costs as against the half, per point and per edge: pixels are four times as many, vertices are not. */
#define RESOLUTION_COST 2.5

/* What is drawn of a picture at rest, in this order. */
typedef enum {
  STAGE_CORES,
  STAGE_GRID,
  STAGE_RIMS,
  STAGE_MARKED,
  STAGE_EDGES,
  STAGE_COMPLETE,
} Stage;

/* Seconds for one point or edge, and how many there were in the last part. */
typedef struct {
  double  cost;
  guint32 last;
} Pace;

enum { PACE_CORES, PACE_RIMS, PACE_MARKED, PACE_EDGES, PACE_MOVING_POINTS, PACE_MOVING_EDGES, N_PACES };

struct _EngramSceneRenderer {
  GObject parent_instance;

  EngramScenePrograms programs;
  EngramSceneBuffers  buffers;
  EngramSceneStyle    style;
  EngramCamera        camera;
  EngramSceneDrawing  drawing;
  gboolean            released;

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
  Stage               stage;
  gboolean            points_done;

  Pace                paces[N_PACES];
  double              compose_cost;
  gboolean            half;         /* whether a moving picture has half the resolution */
};

G_DEFINE_FINAL_TYPE (EngramSceneRenderer, engram_scene_renderer, G_TYPE_OBJECT)

/* What GTK, or whoever owns the context, has set. */
typedef struct {
  GLint framebuffer;
  GLint viewport[4];
} ContextState;

static void
engram_scene_renderer_finalize (GObject *object)
{
  EngramSceneRenderer *self = ENGRAM_SCENE_RENDERER (object);

  /* Without its context nothing in it can be freed: it goes with the context. */
  if (!self->released)
    g_warning ("A renderer was freed without engram_scene_renderer_release()");
  G_OBJECT_CLASS (engram_scene_renderer_parent_class)->finalize (object);
}

static void
engram_scene_renderer_class_init (EngramSceneRendererClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_scene_renderer_finalize;
}

static void
engram_scene_renderer_init (EngramSceneRenderer *self)
{
  self->released = TRUE;
  self->scale = 1;
  engram_scene_style_init (&self->style, FALSE, FALSE, FALSE);
  engram_camera_init (&self->camera, FALSE);
}

EngramSceneRenderer *
engram_scene_renderer_new (GError **error)
{
  g_autoptr (EngramSceneRenderer) self = g_object_new (ENGRAM_TYPE_SCENE_RENDERER, NULL);

  if (!engram_scene_programs_init (&self->programs, error))
    {
      engram_scene_programs_clear (&self->programs);
      return NULL;
    }
  engram_scene_buffers_init (&self->buffers);
  engram_scene_buffers_set_style (&self->buffers, &self->style);
  self->released = FALSE;
  self->changes = ENGRAM_SCENE_CHANGED_ALL;
  return g_steal_pointer (&self);
}

void
engram_scene_renderer_release (EngramSceneRenderer *self)
{
  g_return_if_fail (ENGRAM_IS_SCENE_RENDERER (self));

  if (self->released)
    return;
  engram_scene_layers_clear (&self->moving);
  engram_scene_layers_clear (&self->rest);
  engram_scene_buffers_clear (&self->buffers);
  engram_scene_programs_clear (&self->programs);
  self->shown = NULL;
  self->released = TRUE;
}

void
engram_scene_renderer_set_scene (EngramSceneRenderer *self,
                                 EngramScene         *scene)
{
  g_return_if_fail (ENGRAM_IS_SCENE_RENDERER (self) && !self->released);

  if (scene == self->buffers.scene)
    return;
  engram_scene_buffers_set_scene (&self->buffers, scene);
  self->shown = NULL;
  self->changes = ENGRAM_SCENE_CHANGED_ALL;
  memset (self->paces, 0, sizeof self->paces);
  self->half = self->programs.context.software && scene != NULL
    && (scene->n_points > HALF_FROM_POINTS || scene->n_edges > HALF_FROM_EDGES);
}

/* The range of weights is not looked at: it changes which edges there are, and the buffers see to that. */
static gboolean
looks_same (const EngramSceneStyle *a,
            const EngramSceneStyle *b)
{
  EngramSceneStyle other = *b;

  other.lowest_weight = a->lowest_weight;
  other.highest_weight = a->highest_weight;
  return memcmp (a, &other, sizeof other) == 0;
}

void
engram_scene_renderer_set_style (EngramSceneRenderer    *self,
                                 const EngramSceneStyle *style)
{
  g_return_if_fail (ENGRAM_IS_SCENE_RENDERER (self) && !self->released);

  if (!looks_same (&self->style, style))
    {
      engram_scene_buffers_set_style (&self->buffers, style);
      self->changes |= ENGRAM_SCENE_CHANGED_ALL;
    }
  self->style = *style;
}

static gboolean
sees_same (const EngramCamera *a,
           const EngramCamera *b)
{
  return graphene_point3d_equal (&a->target, &b->target) && a->distance == b->distance
    && graphene_quaternion_equal (&a->rotation, &b->rotation)
    && a->projection == b->projection && a->flat == b->flat;
}

void
engram_scene_renderer_set_camera (EngramSceneRenderer *self,
                                  const EngramCamera  *camera)
{
  g_return_if_fail (ENGRAM_IS_SCENE_RENDERER (self) && !self->released);

  if (!sees_same (&self->camera, camera))
    self->changes |= ENGRAM_SCENE_CHANGED_ALL;
  self->camera = *camera;
}

static double
get_seconds (void)
{
  return g_get_monotonic_time () / (double) G_USEC_PER_SEC;
}

/* How long a part took, once it is really done. */
static double
finish_part (double begun)
{
  glFinish ();
  return get_seconds () - begun;
}

/* What was fast is believed at once: what was slow may have been another program, or a shader that was made. */
static void
learn (Pace   *pace,
       guint32 n,
       double  seconds)
{
  double cost = seconds / MAX (n, 1);

  pace->cost = pace->last == 0 ? cost : MIN (cost, (1 - MEASURE_SHARE) * pace->cost + MEASURE_SHARE * cost);
  pace->last = n;
}

/* How many are likely to be drawn in that time. */
static guint32
plan_part (const Pace *pace,
           guint32     first,
           guint32     n_left,
           double      seconds)
{
  double n = first;

  if (pace->last > 0)
    n = MIN (seconds * PLANNED_SHARE / MAX (pace->cost, 1e-12), (double) pace->last * GROWTH);
  return (guint32) CLAMP (n, MIN (n_left, first / 8), n_left);
}

static gboolean
has_grid (EngramSceneRenderer *self)
{
  return self->style.grid && self->buffers.scene != NULL && !self->buffers.scene->flat;
}

static guint32
count_points (EngramSceneRenderer *self)
{
  return self->buffers.scene != NULL ? self->buffers.scene->n_points : 0;
}

static guint32
count_edges (EngramSceneRenderer *self)
{
  return self->style.all_edges ? self->buffers.edges.n : 0;
}

static void
set_drawn (EngramSceneRenderer *self,
           guint32              n_points,
           guint32              n_edges,
           float                resolution)
{
  self->drawn.n_points = n_points;
  self->drawn.n_edges = n_edges;
  self->drawn.n_all_points = self->buffers.n_drawn_points;
  self->drawn.n_all_edges = count_edges (self);
  self->drawn.resolution = resolution;
  self->drawn.complete = resolution >= 1 && n_points == self->drawn.n_all_points && n_edges == self->drawn.n_all_edges;
}

static void
start_drawing (EngramSceneRenderer *self,
               const EngramSceneLayers *layers)
{
  self->drawing.programs = &self->programs;
  self->drawing.buffers = &self->buffers;
  self->drawing.style = &self->style;
  engram_scene_drawing_start (&self->drawing, &self->camera, layers->width, layers->height,
                              self->scale * layers->width / self->width);
}

/* How many of the special ones stand behind the first @n of all. */
static guint32
count_special (EngramSceneRenderer *self,
               guint32              n)
{
  const GArray *special = self->buffers.special;
  guint32 count = 0;

  for (guint i = special->len; i > 0 && g_array_index (special, guint32, i - 1) >= n; i--)
    count++;
  return count;
}

static void
draw_moving_points (EngramSceneRenderer *self,
                    guint32              n)
{
  double begun = get_seconds ();

  engram_scene_drawing_clear (&self->drawing, &self->moving, ENGRAM_SCENE_LAYER_POINTS);
  engram_scene_drawing_points (&self->drawing, ENGRAM_SCENE_PART_ALL, 0, n);
  engram_scene_drawing_special (&self->drawing, ENGRAM_SCENE_PART_ALL, n);
  if (has_grid (self))
    engram_scene_drawing_grid (&self->drawing);
  learn (&self->paces[PACE_MOVING_POINTS], n, finish_part (begun));
}

/* The marked ones lie over the others because they are drawn first. */
static void
draw_moving_edges (EngramSceneRenderer *self,
                   guint32              n)
{
  gboolean thin = self->programs.context.software;
  guint32 n_marked = MIN (self->buffers.marked.n, MAX (n, ENGRAM_SCENE_LEAST_EDGES));
  double begun = get_seconds ();

  engram_scene_drawing_clear (&self->drawing, &self->moving, ENGRAM_SCENE_LAYER_MARKED);
  engram_scene_drawing_clear (&self->drawing, &self->moving, ENGRAM_SCENE_LAYER_EDGES);
  engram_scene_drawing_edges (&self->drawing, TRUE, FALSE, 0, n_marked);
  engram_scene_drawing_edges (&self->drawing, FALSE, thin, 0, n);
  learn (&self->paces[PACE_MOVING_EDGES], n + n_marked, finish_part (begun));
}

/* How much of it fits into a frame: half of the time is the points', and what they leave the edges'; but never so few that
 * the picture says nothing. */
static void
plan_moving (EngramSceneRenderer *self,
             double               seconds,
             guint32             *n_points,
             guint32             *n_edges)
{
  const Pace *points = &self->paces[PACE_MOVING_POINTS], *edges = &self->paces[PACE_MOVING_EDGES];
  guint32 all_points = count_points (self), all_edges = count_edges (self);
  double left;

  *n_points = plan_part (points, ENGRAM_SCENE_LEAST_POINTS, all_points, seconds / 2);
  *n_points = MIN (MAX (*n_points, ENGRAM_SCENE_LEAST_POINTS), all_points);
  left = seconds - *n_points * points->cost;
  *n_edges = plan_part (edges, ENGRAM_SCENE_LEAST_EDGES, all_edges, MAX (left, 0));
  *n_edges = MIN (MAX (*n_edges, ENGRAM_SCENE_LEAST_EDGES), all_edges);
}

/* The paces are those of the other resolution from then on, roughly. */
static void
set_half (EngramSceneRenderer *self,
          gboolean             half)
{
  double factor = half ? 1 / RESOLUTION_COST : RESOLUTION_COST;

  self->half = half;
  self->paces[PACE_MOVING_POINTS].cost *= factor;
  self->paces[PACE_MOVING_EDGES].cost *= factor;
}

/* Half the resolution where the least that is wanted takes too long; the full one again only where there is time to spare, so
 * that it does not change to and fro. */
static void
choose_resolution (EngramSceneRenderer *self,
                   double               seconds)
{
  guint32 n_points = MIN (count_points (self), ENGRAM_SCENE_LEAST_POINTS);
  guint32 n_edges = MIN (count_edges (self), ENGRAM_SCENE_LEAST_EDGES);
  double cost = n_points * self->paces[PACE_MOVING_POINTS].cost + n_edges * self->paces[PACE_MOVING_EDGES].cost;

  if (self->paces[PACE_MOVING_POINTS].last == 0)
    return;
  if (!self->half && cost > seconds)
    set_half (self, TRUE);
  else if (self->half && cost * RESOLUTION_COST * SPARE_TIME < seconds)
    set_half (self, FALSE);
}

static void
draw_moving (EngramSceneRenderer *self,
             double               budget)
{
  double seconds = MAX (budget - self->compose_cost, budget / 4);
  guint32 n_points, n_edges;

  choose_resolution (self, seconds);
  engram_scene_layers_resize (&self->moving, self->half ? (self->width + 1) / 2 : self->width,
                              self->half ? (self->height + 1) / 2 : self->height);
  plan_moving (self, seconds, &n_points, &n_edges);
  start_drawing (self, &self->moving);
  draw_moving_points (self, n_points);
  draw_moving_edges (self, n_edges);
  self->shown = &self->moving;
  set_drawn (self, engram_scene_buffers_count_drawn (&self->buffers, n_points) + count_special (self, n_points), n_edges,
             self->half ? 0.5f : 1);
}

/* Keeps what is shown while it is drawn anew. */
static void
keep_shown (EngramSceneRenderer *self)
{
  if (self->shown != &self->rest)
    return;

  engram_scene_layers_resize (&self->moving, self->rest.width, self->rest.height);
  for (guint layer = ENGRAM_SCENE_N_LAYERS; layer > 0; layer--)
    {
      engram_scene_layers_bind (&self->moving, layer - 1);
      glClearColor (0, 0, 0, 0);
      glClear (GL_COLOR_BUFFER_BIT);
    }
  glBindVertexArray (self->buffers.plain_array);
  engram_scene_layers_compose (&self->rest, &self->programs, self->moving.width, TRUE);
  self->shown = &self->moving;
}

/* Takes back as much of the picture at rest as is no longer true. */
static void
begin_rest (EngramSceneRenderer *self)
{
  EngramSceneChanges changes = self->changes;
  gboolean all = (changes & ENGRAM_SCENE_CHANGED_ALL) != 0;

  self->changes = 0;
  if (changes == 0)
    return;
  if (all || (changes & ENGRAM_SCENE_CHANGED_LOOKS) != 0 || !self->points_done)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_POINTS);
      self->n_points = 0;
      self->points_done = FALSE;
    }
  if (all || (changes & ENGRAM_SCENE_CHANGED_EDGES) != 0)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_EDGES);
      self->n_edges = 0;
    }
  if (all || (changes & (ENGRAM_SCENE_CHANGED_EDGES | ENGRAM_SCENE_CHANGED_MARKS)) != 0)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_MARKED);
      self->n_marked = 0;
    }
  self->stage = self->points_done ? STAGE_MARKED : STAGE_CORES;
}

static void
advance_points (EngramSceneRenderer *self,
                EngramScenePart      part,
                double               seconds)
{
  Pace *pace = &self->paces[part == ENGRAM_SCENE_PART_CORES ? PACE_CORES : PACE_RIMS];
  guint32 n = plan_part (pace, FIRST_POINTS, count_points (self) - self->n_points, seconds);
  double begun = get_seconds ();

  if (n > 0)
    {
      engram_scene_layers_bind (&self->rest, ENGRAM_SCENE_LAYER_POINTS);
      engram_scene_drawing_points (&self->drawing, part, self->n_points, n);
      learn (pace, n, finish_part (begun));
      self->n_points += n;
    }
  if (self->n_points < count_points (self))
    return;
  self->n_points = 0;
  self->points_done = part == ENGRAM_SCENE_PART_RIMS;
  self->stage = self->points_done ? STAGE_MARKED : STAGE_GRID;
}

static void
advance_edges (EngramSceneRenderer *self,
               gboolean             marked,
               double               seconds)
{
  Pace *pace = &self->paces[marked ? PACE_MARKED : PACE_EDGES];
  guint32 *done = marked ? &self->n_marked : &self->n_edges;
  guint32 all = marked ? self->buffers.marked.n : count_edges (self);
  guint32 n = plan_part (pace, FIRST_EDGES, all - *done, seconds);
  double begun = get_seconds ();

  n = MIN ((n + ENGRAM_SCENE_BATCH - 1) / ENGRAM_SCENE_BATCH * ENGRAM_SCENE_BATCH, all - *done);
  if (n > 0)
    {
      engram_scene_layers_bind (&self->rest, marked ? ENGRAM_SCENE_LAYER_MARKED : ENGRAM_SCENE_LAYER_EDGES);
      engram_scene_drawing_edges (&self->drawing, marked, FALSE, *done, n);
      learn (pace, n, finish_part (begun));
      *done += n;
    }
  if (*done >= all)
    self->stage = marked ? STAGE_EDGES : STAGE_COMPLETE;
}

static void
advance (EngramSceneRenderer *self,
         double               seconds)
{
  switch (self->stage)
    {
    case STAGE_CORES:
      advance_points (self, ENGRAM_SCENE_PART_CORES, seconds);
      break;
    case STAGE_GRID:
      engram_scene_layers_bind (&self->rest, ENGRAM_SCENE_LAYER_POINTS);
      if (has_grid (self))
        engram_scene_drawing_grid (&self->drawing);
      self->stage = STAGE_RIMS;
      break;
    case STAGE_RIMS:
      advance_points (self, ENGRAM_SCENE_PART_RIMS, seconds);
      break;
    case STAGE_MARKED:
      advance_edges (self, TRUE, seconds);
      break;
    case STAGE_EDGES:
      advance_edges (self, FALSE, seconds);
      break;
    case STAGE_COMPLETE:
    default:
      break;
    }
}

/* Whether what is being drawn is no worse than what is shown. */
static gboolean
is_good_enough (EngramSceneRenderer *self)
{
  if (self->shown == NULL || self->shown == &self->rest || self->stage == STAGE_COMPLETE)
    return TRUE;
  return self->stage == STAGE_EDGES && self->n_edges >= MIN (self->drawn.n_edges, ENOUGH_EDGES);
}

/* TRUE where it is complete. */
static gboolean
draw_rest (EngramSceneRenderer *self,
           double               budget)
{
  double begun = get_seconds ();
  double left;

  if (self->changes != 0 && self->rest.width != 0)
    keep_shown (self);
  if (engram_scene_layers_resize (&self->rest, self->width, self->height))
    self->changes |= ENGRAM_SCENE_CHANGED_ALL;
  start_drawing (self, &self->rest);
  begin_rest (self);
  /* Each slice gets somewhere, even where showing it takes all of its time. */
  left = MAX (budget - self->compose_cost, budget / 3);
  while (self->stage != STAGE_COMPLETE && left > budget * (1 - PLANNED_SHARE) / 2)
    {
      advance (self, left);
      left = budget - self->compose_cost - (get_seconds () - begun);
    }
  if (is_good_enough (self))
    {
      guint32 n_points = self->points_done ? count_points (self) : self->stage == STAGE_CORES ? self->n_points : G_MAXUINT32;

      self->shown = &self->rest;
      set_drawn (self, engram_scene_buffers_count_drawn (&self->buffers, n_points), self->n_edges, 1);
    }
  return self->stage == STAGE_COMPLETE;
}

static void
save_state (ContextState *state)
{
  glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &state->framebuffer);
  glGetIntegerv (GL_VIEWPORT, state->viewport);
}

static void
restore_state (const ContextState *state)
{
  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint) state->framebuffer);
  glViewport (state->viewport[0], state->viewport[1], state->viewport[2], state->viewport[3]);
  for (guint unit = 0; unit < ENGRAM_SCENE_N_UNITS; unit++)
    {
      glActiveTexture (GL_TEXTURE0 + unit);
      glBindTexture (GL_TEXTURE_2D, 0);
    }
  glActiveTexture (GL_TEXTURE0);
  glBindBufferBase (GL_UNIFORM_BUFFER, 0, 0);
  glBindVertexArray (0);
  glUseProgram (0);
  glDisable (GL_DEPTH_TEST);
  glDisable (GL_BLEND);
  glDepthMask (GL_TRUE);
}

static void
show (EngramSceneRenderer *self,
      const ContextState  *state)
{
  double begun = get_seconds ();

  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint) state->framebuffer);
  glViewport (0, 0, self->width, self->height);
  glBindVertexArray (self->buffers.plain_array);
  engram_scene_layers_compose (self->shown, &self->programs, self->width, self->buffers.marked.n > 0);
  self->compose_cost += MEASURE_SHARE * (finish_part (begun) - self->compose_cost);
}

/* What stays as the context's owner has it would be changed by what is drawn here. */
static void
set_state (EngramSceneRenderer *self)
{
  glDisable (GL_SCISSOR_TEST);
  glDisable (GL_STENCIL_TEST);
  glDisable (GL_CULL_FACE);
  glColorMask (GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glBlendEquation (GL_FUNC_ADD);
  if (!self->programs.context.es)
    glEnable (GL_PROGRAM_POINT_SIZE);
}

static void
set_size (EngramSceneRenderer *self,
          int                  width,
          int                  height,
          float                scale)
{
  if (self->width != width || self->height != height || self->scale != scale)
    self->changes |= ENGRAM_SCENE_CHANGED_ALL;
  self->width = width;
  self->height = height;
  self->scale = scale;
}

gboolean
engram_scene_renderer_draw (EngramSceneRenderer *self,
                            int                  width,
                            int                  height,
                            float                scale,
                            gboolean             moving,
                            double               budget)
{
  ContextState state;
  gboolean complete = TRUE;

  g_return_val_if_fail (ENGRAM_IS_SCENE_RENDERER (self) && !self->released, TRUE);
  g_return_val_if_fail (width > 0 && height > 0 && scale > 0, TRUE);

  save_state (&state);
  set_state (self);
  set_size (self, width, height, scale);
  self->changes |= engram_scene_buffers_update (&self->buffers, &self->style);
  if (moving && self->buffers.scene != NULL)
    draw_moving (self, budget);
  else
    complete = draw_rest (self, budget);
  show (self, &state);
  restore_state (&state);
  return complete;
}

void
engram_scene_renderer_get_drawn (EngramSceneRenderer *self,
                                 EngramSceneDrawn    *drawn)
{
  g_return_if_fail (ENGRAM_IS_SCENE_RENDERER (self));

  *drawn = self->drawn;
}

gsize
engram_scene_renderer_get_size (EngramSceneRenderer *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_RENDERER (self), 0);

  return engram_scene_buffers_get_size (&self->buffers);
}

const char *
engram_scene_renderer_get_description (EngramSceneRenderer *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_RENDERER (self), NULL);

  return self->programs.context.description;
}
