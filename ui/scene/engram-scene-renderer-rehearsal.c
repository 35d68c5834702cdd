/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "scene/engram-scene-renderer-private.h"

/* What a driver draws for the first time it may have to make a program for, which takes as long as a frame or longer
 * where the processor draws. So everything that there is to be drawn is drawn once before it is wanted, one thing a
 * step: a few points and edges, into a picture of some pixels. */

/* Of the pictures; no powers of two, as tables and windows are none as a rule: programs may differ in that. */
#define SIZE 5
#define OTHER_SIZE 7

enum { POINT_FIRST, POINT_SECOND, POINT_LARGE, N_POINTS };

struct _EngramSceneRehearsal {
  EngramSceneBuffers buffers;
  EngramSceneLayers  layers, target;
  EngramSceneStyle   style;
  EngramSceneDrawing drawing;
  guint              n_done;
};

static EngramScene *
make_scene (void)
{
  EngramScenePoint *points = g_new (EngramScenePoint, N_POINTS);
  EngramSceneEdge *edge = g_new (EngramSceneEdge, 1);

  for (guint i = 0; i < N_POINTS; i++)
    points[i] = (EngramScenePoint) { (float) i, (float) i, (float) i, i == POINT_LARGE ? 1e4f : 1,
                                     { 0x80, 0x80, 0x80, 0xff }, ENGRAM_POINT_SELECTED };
  *edge = (EngramSceneEdge) { POINT_FIRST, POINT_SECOND, 0.5f };
  return engram_scene_new (points, N_POINTS, edge, 1, TRUE, FALSE);
}

static void
set_up (EngramSceneRehearsal *self)
{
  g_autoptr (EngramScene) scene = make_scene ();

  engram_scene_style_init (&self->style, FALSE, FALSE, FALSE);
  engram_scene_buffers_init (&self->buffers);
  engram_scene_buffers_set_style (&self->buffers, &self->style);
  engram_scene_buffers_set_scene (&self->buffers, scene);
  engram_scene_buffers_update (&self->buffers, &self->style);
  engram_scene_layers_resize (&self->layers, SIZE, SIZE);
  engram_scene_layers_resize (&self->target, OTHER_SIZE, OTHER_SIZE);
}

static void
draw_points (EngramSceneRehearsal *self,
             EngramScenePart       part,
             guint                 point)
{
  engram_scene_layers_bind (&self->layers, ENGRAM_SCENE_LAYER_POINTS);
  engram_scene_drawing_points (&self->drawing, part, self->buffers.ranks[point], 1);
}

static void
draw_edges (EngramSceneRehearsal *self,
            gboolean              thin,
            gboolean              arrows)
{
  self->style.arrows = arrows;
  engram_scene_layers_bind (&self->layers, ENGRAM_SCENE_LAYER_EDGES);
  engram_scene_drawing_edges (&self->drawing, FALSE, thin, 0, 1);
}

/* As large as it is, or at another size. */
static void
compose (EngramSceneRehearsal *self,
         GLuint                framebuffer,
         int                   width)
{
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer);
  glViewport (0, 0, width, width);
  engram_scene_layers_compose (&self->layers, self->drawing.programs, width, TRUE);
}

static gboolean
draw_step (EngramSceneRehearsal *self,
           GLuint                framebuffer)
{
  switch (self->n_done)
    {
    case 0:
      draw_points (self, ENGRAM_SCENE_PART_CORES, POINT_FIRST);
      return TRUE;
    case 1:
      draw_points (self, ENGRAM_SCENE_PART_RIMS, POINT_FIRST);
      return TRUE;
    case 2:
      draw_points (self, ENGRAM_SCENE_PART_CORES, POINT_LARGE);
      return TRUE;
    case 3:
      draw_points (self, ENGRAM_SCENE_PART_RIMS, POINT_LARGE);
      return TRUE;
    case 4:
      engram_scene_layers_bind (&self->layers, ENGRAM_SCENE_LAYER_POINTS);
      engram_scene_drawing_grid (&self->drawing);
      return TRUE;
    case 5:
      draw_edges (self, TRUE, FALSE);
      return TRUE;
    case 6:
      draw_edges (self, FALSE, FALSE);
      return TRUE;
    case 7:
      draw_edges (self, FALSE, TRUE);
      return TRUE;
    case 8:
      compose (self, self->target.framebuffers[0], SIZE);
      return TRUE;
    case 9:
      compose (self, framebuffer, SIZE);
      return TRUE;
    case 10:
      compose (self, framebuffer, OTHER_SIZE);
      return TRUE;
    case 11:
      engram_scene_layers_cover (&self->layers, self->drawing.programs, 1);
      return TRUE;
    default:
      return FALSE;
    }
}

/* TRUE where nothing is left to be done. */
gboolean
engram_scene_rehearsal_advance (EngramSceneRehearsal      **rehearsal,
                                const EngramScenePrograms  *programs,
                                GLuint                      framebuffer)
{
  EngramSceneRehearsal *self = *rehearsal;
  EngramCamera camera;
  gboolean drawn;

  if (self == NULL)
    {
      self = *rehearsal = g_new0 (EngramSceneRehearsal, 1);
      set_up (self);
    }
  self->drawing.programs = programs;
  self->drawing.buffers = &self->buffers;
  self->drawing.style = &self->style;
  engram_camera_init (&camera, FALSE);
  engram_camera_fit (&camera, self->buffers.low, self->buffers.high, SIZE, SIZE, 0);
  engram_scene_drawing_start (&self->drawing, &camera, SIZE, SIZE, 1);
  drawn = draw_step (self, framebuffer);
  glFinish ();
  self->n_done++;
  return !drawn;
}

void
engram_scene_rehearsal_free (EngramSceneRehearsal *self)
{
  if (self == NULL)
    return;
  engram_scene_layers_clear (&self->layers);
  engram_scene_layers_clear (&self->target);
  engram_scene_buffers_clear (&self->buffers);
  g_free (self);
}
