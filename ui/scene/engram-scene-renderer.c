/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-renderer.h"

#include <string.h>

#include "scene/engram-scene-renderer-private.h"

/* In software, what is at least this large begins at half the resolution. */
#define HALF_FROM_POINTS 10000
#define HALF_FROM_EDGES 10000

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

static EngramSceneRenderer *
renderer_new (gboolean as_card,
              GError **error)
{
  g_autoptr (EngramSceneRenderer) self = g_object_new (ENGRAM_TYPE_SCENE_RENDERER, NULL);

  if (!engram_scene_programs_init (&self->programs, as_card, error))
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

EngramSceneRenderer *
engram_scene_renderer_new (GError **error)
{
  return renderer_new (FALSE, error);
}

EngramSceneRenderer *
engram_scene_renderer_new_as_card (GError **error)
{
  return renderer_new (TRUE, error);
}

void
engram_scene_renderer_release (EngramSceneRenderer *self)
{
  g_return_if_fail (ENGRAM_IS_SCENE_RENDERER (self));

  if (self->released)
    return;
  g_clear_pointer (&self->rehearsal, engram_scene_rehearsal_free);
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

gboolean
engram_scene_renderer_has_grid (EngramSceneRenderer *self)
{
  return self->style.grid && self->buffers.scene != NULL && !self->buffers.scene->flat;
}

guint32
engram_scene_renderer_count_points (EngramSceneRenderer *self)
{
  return self->buffers.scene != NULL ? self->buffers.scene->n_points : 0;
}

guint32
engram_scene_renderer_count_edges (EngramSceneRenderer *self)
{
  return self->buffers.edges.n;
}

void
engram_scene_renderer_set_drawn (EngramSceneRenderer *self,
                                 guint32              n_points,
                                 guint32              n_edges,
                                 float                resolution)
{
  self->drawn.n_points = n_points;
  self->drawn.n_edges = n_edges;
  self->drawn.n_all_points = self->buffers.n_drawn_points;
  self->drawn.n_all_edges = self->buffers.edges.n + self->buffers.edges.n_listed - self->buffers.edges.n_seen;
  self->drawn.resolution = resolution;
  self->drawn.complete = resolution >= 1 && n_points == self->drawn.n_all_points && n_edges == self->drawn.n_all_edges;
}

void
engram_scene_renderer_start (EngramSceneRenderer     *self,
                             const EngramSceneLayers *layers)
{
  self->drawing.programs = &self->programs;
  self->drawing.buffers = &self->buffers;
  self->drawing.style = &self->style;
  engram_scene_drawing_start (&self->drawing, &self->camera, layers->width, layers->height,
                              self->scale * layers->width / self->width);
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
  double begun = engram_scene_pace_begin ();

  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint) state->framebuffer);
  glViewport (0, 0, self->width, self->height);
  glBindVertexArray (self->buffers.plain_array);
  engram_scene_layers_compose (self->shown, &self->programs, self->width, self->buffers.marked.n > 0);
  self->compose_cost += ENGRAM_SCENE_MEASURE_SHARE * (engram_scene_pace_finish (begun) - self->compose_cost);
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
engram_scene_renderer_prepare (EngramSceneRenderer *self)
{
  ContextState state;
  gboolean prepared;

  g_return_val_if_fail (ENGRAM_IS_SCENE_RENDERER (self) && !self->released, TRUE);

  save_state (&state);
  set_state (self);
  prepared = engram_scene_rehearsal_advance (&self->rehearsal, &self->programs, (GLuint) state.framebuffer);
  if (prepared)
    g_clear_pointer (&self->rehearsal, engram_scene_rehearsal_free);
  restore_state (&state);
  return prepared;
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

  self->begun = engram_scene_pace_begin ();
  save_state (&state);
  set_state (self);
  set_size (self, width, height, scale);
  self->changes |= engram_scene_buffers_update (&self->buffers, &self->style);
  if (moving && self->buffers.scene != NULL)
    engram_scene_renderer_draw_moving (self, budget);
  else
    complete = engram_scene_renderer_draw_rest (self, budget);
  show (self, &state);
  restore_state (&state);
  return complete;
}

gboolean
engram_scene_renderer_fill (EngramSceneRenderer *self,
                            double               budget)
{
  ContextState state;
  gboolean complete;

  g_return_val_if_fail (ENGRAM_IS_SCENE_RENDERER (self) && !self->released, TRUE);
  if (self->changes != 0)
    return TRUE;
  self->begun = engram_scene_pace_begin ();
  save_state (&state);
  set_state (self);
  complete = engram_scene_renderer_draw_rest (self, budget);
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
