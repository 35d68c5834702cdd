/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "scene/engram-scene-renderer-private.h"

/* In a moving picture, points up to this radius may vanish at once at its border. */
#define SMALL_RADIUS 8
#define LIST_LENGTH (ENGRAM_SCENE_QUADS * 6)
/* A line of OpenGL is measured along an axis: at 45 degrees it is thinner. */
#define SLANT 1.45f
/* Besides its width, on both sides together: the smooth rim; and what marked ones have more. */
#define RIM_WIDTH 1
#define MARKED_WIDTH 3.5f
/* Room around a point for its rings, pixels. */
#define RING_ROOM 9
/* As in shaders/edge.glsl: edges beyond so many are the fainter. */
#define CROWD 1000.0f
#define CROWD_FADING 0.4f
/* What heads are more opaque than their lines; as in shaders/arrows.vert. */
#define HEAD_OPACITY 1.25f

static void
set_view (EngramSceneView          *view,
          const EngramSceneDrawing *self)
{
  const EngramSceneStyle *style = self->style;
  const EngramProjection *projection = &self->projection;
  const EngramScene *scene = self->buffers->scene;
  gboolean flat = scene != NULL && scene->flat;
  const float picture[] = { projection->width, projection->height, self->scale, scene != NULL ? scene->n_points : 0 };
  const float lens[] = { projection->focal, projection->near_depth, projection->far_depth, projection->perspective };
  const float points[] = {
    style->point_size * self->scale, projection->target_depth, self->programs->context.greatest_sprite, flat
  };
  const float effects[] = {
    style->lit, style->fog && !flat ? ENGRAM_SCENE_FOG : 0, style->arrows ? ENGRAM_SCENE_ARROWS : 0, 0
  };

  memcpy (view->eye, projection->eye, sizeof view->eye);
  memcpy (view->picture, picture, sizeof picture);
  memcpy (view->lens, lens, sizeof lens);
  memcpy (view->points, points, sizeof points);
  memcpy (view->effects, effects, sizeof effects);
  memcpy (view->background, style->background, sizeof view->background);
  memcpy (view->foreground, style->foreground, sizeof view->foreground);
  memcpy (view->exciting, style->exciting, sizeof view->exciting);
  memcpy (view->inhibiting, style->inhibiting, sizeof view->inhibiting);
  memcpy (view->selection, style->selection, sizeof view->selection);
}

static void
bind_tables (const EngramSceneBuffers *buffers)
{
  const GLuint tables[] = {
    [ENGRAM_SCENE_UNIT_PLACES] = buffers->places,
    [ENGRAM_SCENE_UNIT_LOOKS] = buffers->looks,
    [ENGRAM_SCENE_UNIT_ENDS] = buffers->edges.ends,
    [ENGRAM_SCENE_UNIT_WEIGHTS] = buffers->edges.weights,
    [ENGRAM_SCENE_UNIT_STYLES] = buffers->styles,
  };

  for (guint unit = 0; unit < G_N_ELEMENTS (tables); unit++)
    {
      glActiveTexture (GL_TEXTURE0 + unit);
      glBindTexture (GL_TEXTURE_2D, tables[unit]);
    }
  glActiveTexture (GL_TEXTURE0);
}

void
engram_scene_drawing_start (EngramSceneDrawing *self,
                            const EngramCamera *camera,
                            int                 width,
                            int                 height,
                            float               scale)
{
  const EngramSceneBuffers *buffers = self->buffers;
  EngramSceneView view;

  self->scale = scale;
  engram_camera_project (camera, buffers->low, buffers->high, width, height, &self->projection);
  set_view (&view, self);
  glBindBuffer (GL_UNIFORM_BUFFER, buffers->view);
  glBufferData (GL_UNIFORM_BUFFER, sizeof view, &view, GL_STREAM_DRAW);
  glBindBuffer (GL_UNIFORM_BUFFER, 0);
  glBindBufferBase (GL_UNIFORM_BUFFER, 0, buffers->view);
  bind_tables (buffers);
  glBindVertexArray (buffers->plain_array);
}

void
engram_scene_drawing_clear (const EngramSceneDrawing *self,
                            const EngramSceneLayers  *layers,
                            guint                     layer)
{
  const float *background = self->style->background;
  float alpha = layer == ENGRAM_SCENE_LAYER_POINTS ? background[3] : 0;

  engram_scene_layers_bind (layers, layer);
  glClearColor (background[0] * alpha, background[1] * alpha, background[2] * alpha, alpha);
  glDepthMask (GL_TRUE);
  glClear (layer == ENGRAM_SCENE_LAYER_POINTS ? GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT : GL_COLOR_BUFFER_BIT);
}

static void
set_point_state (EngramScenePart part)
{
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LESS);
  glDepthMask (part != ENGRAM_SCENE_PART_RIMS);
  if (part == ENGRAM_SCENE_PART_RIMS)
    glEnable (GL_BLEND);
  else
    glDisable (GL_BLEND);
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

/* Draws a list of vertices and empties it. */
static void
draw_list (const EngramSceneDrawing *self,
           EngramScenePart           part,
           EngramSceneProgramKind    kind,
           GArray                   *list)
{
  const EngramSceneProgram *program;

  if (list->len == 0)
    return;

  program = engram_scene_programs_use (self->programs, kind);
  glUniform1i (program->part, part);
  glBindVertexArray (self->buffers->list_array);
  glBufferSubData (GL_ELEMENT_ARRAY_BUFFER, 0, (gsize) list->len * sizeof (guint32), list->data);
  glDrawElements (kind == ENGRAM_SCENE_PROGRAM_DISCS ? GL_TRIANGLES : GL_POINTS, list->len, GL_UNSIGNED_INT, NULL);
  glBindVertexArray (self->buffers->plain_array);
  g_array_set_size (list, 0);
}

/* Whether a point is too large for a sprite, or seen although its centre is not, which sprites are not. */
static gboolean
needs_quad (const EngramSceneDrawing *self,
            const EngramScenePoint   *point)
{
  const EngramProjection *projection = &self->projection;
  const float place[3] = { point->x, point->y, point->z };
  float x, y, depth, ratio, radius, outer;

  if (!engram_projection_map (projection, place, &x, &y, &depth))
    return FALSE;

  ratio = engram_projection_relative_scale (projection, depth);
  radius = engram_scene_style_get_radius (self->style, point->size, ratio) * self->scale;
  outer = radius + RING_ROOM * self->scale;
  if (x < -outer || y < -outer || x > projection->width + outer || y > projection->height + outer)
    return FALSE;
  return radius > self->programs->context.greatest_sprite * 0.999f
    || x < 1 || y < 1 || x > projection->width - 1 || y > projection->height - 1;
}

static void
add_quad (const EngramSceneDrawing *self,
          EngramScenePart           part,
          GArray                   *list,
          guint32                   rank)
{
  const guint32 first = rank * 4;
  const guint32 corners[] = { first, first + 1, first + 2, first + 2, first + 1, first + 3 };

  if (!engram_scene_buffers_is_drawn (self->buffers, rank)
      || !needs_quad (self, &self->buffers->scene->points[self->buffers->order[rank]]))
    return;
  g_array_append_vals (list, corners, G_N_ELEMENTS (corners));
  if (list->len == LIST_LENGTH)
    draw_list (self, part, ENGRAM_SCENE_PROGRAM_DISCS, list);
}

/* Points that are no sprites are looked for where there can be any that matter. */
static gboolean
has_quads (const EngramSceneDrawing *self,
           EngramScenePart           part)
{
  const EngramProjection *projection = &self->projection;
  float ratio = engram_projection_relative_scale (projection, projection->near_depth);
  float greatest = engram_scene_style_get_radius (self->style, self->buffers->greatest_size, ratio);

  return part != ENGRAM_SCENE_PART_ALL || greatest > SMALL_RADIUS
    || greatest * self->scale > self->programs->context.greatest_sprite;
}

void
engram_scene_drawing_points (const EngramSceneDrawing *self,
                             EngramScenePart           part,
                             guint32                   first,
                             guint32                   n)
{
  const EngramSceneProgram *program = engram_scene_programs_use (self->programs, ENGRAM_SCENE_PROGRAM_SPRITES);

  set_point_state (part);
  glUniform1i (program->part, part);
  glDrawArrays (GL_POINTS, (GLint) first, (GLsizei) n);

  if (has_quads (self, part))
    {
      g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint32));

      for (guint32 rank = first; rank < first + n; rank++)
        add_quad (self, part, list, rank);
      draw_list (self, part, ENGRAM_SCENE_PROGRAM_DISCS, list);
    }
}

void
engram_scene_drawing_special (const EngramSceneDrawing *self,
                              EngramScenePart           part,
                              guint32                   first,
                              guint32                   n)
{
  const GArray *special = self->buffers->special;
  g_autoptr (GArray) sprites = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (guint32));

  set_point_state (part);
  for (guint i = 0; i < special->len && n > 0; i++)
    {
      guint32 rank = g_array_index (special, guint32, i);

      if (rank < first)
        continue;
      n--;
      g_array_append_val (sprites, rank);
      if (sprites->len == LIST_LENGTH)
        draw_list (self, part, ENGRAM_SCENE_PROGRAM_SPRITES, sprites);
      add_quad (self, part, quads, rank);
    }
  draw_list (self, part, ENGRAM_SCENE_PROGRAM_SPRITES, sprites);
  draw_list (self, part, ENGRAM_SCENE_PROGRAM_DISCS, quads);
}

static void
draw_quads (const EngramSceneProgram *program,
            guint32                   first,
            guint32                   n)
{
  for (guint32 i = 0; i < n; i += ENGRAM_SCENE_QUADS)
    {
      glUniform1i (program->first, (GLint) (first + i));
      glDrawElements (GL_TRIANGLES, (GLsizei) MIN (n - i, ENGRAM_SCENE_QUADS) * 6, GL_UNSIGNED_SHORT, NULL);
    }
}

static void
draw_arrows (const EngramSceneDrawing *self,
             gboolean                  marked,
             guint32                   first,
             guint32                   n)
{
  const EngramSceneProgram *program = engram_scene_programs_use (self->programs, ENGRAM_SCENE_PROGRAM_ARROWS);

  glUniform1i (program->marked, marked);
  draw_quads (program, first, n);
}

/* As wide as the strongest of them needs it. */
static float
get_line_width (const EngramSceneDrawing *self,
                gboolean                  marked,
                guint32                   first,
                guint32                   n)
{
  const EngramSceneEdgeTable *edges = marked ? &self->buffers->marked : &self->buffers->edges;
  float strength = 0, opacity, width;

  for (guint32 row = first / ENGRAM_SCENE_TABLE_WIDTH; row <= (first + n - 1) / ENGRAM_SCENE_TABLE_WIDTH; row++)
    strength = MAX (strength, edges->strengths[row]);
  engram_scene_style_get_edge (self->style, strength, &opacity, &width);
  width = MAX (width * self->scale, 1) + RIM_WIDTH + (marked ? MARKED_WIDTH * self->scale : 0);
  return MIN (ceilf (width * SLANT), self->programs->context.greatest_line);
}

static void
draw_lines (const EngramSceneDrawing *self,
            gboolean                  marked,
            gboolean                  thin,
            guint32                   first,
            guint32                   n)
{
  EngramSceneProgramKind kind = thin ? ENGRAM_SCENE_PROGRAM_THIN_EDGES : ENGRAM_SCENE_PROGRAM_EDGES;
  const EngramSceneProgram *program = engram_scene_programs_use (self->programs, kind);

  glUniform1i (program->marked, marked);
  if (!thin && !self->programs->context.wide_lines)
    {
      draw_quads (program, first, n);
      return;
    }
  if (!thin)
    glLineWidth (get_line_width (self, marked, first, n));
  glDrawArrays (GL_LINES, (GLint) first * 2, (GLsizei) n * 2);
  glLineWidth (1);
}

static void
bind_edges (const EngramSceneEdgeTable *edges)
{
  glActiveTexture (GL_TEXTURE0 + ENGRAM_SCENE_UNIT_ENDS);
  glBindTexture (GL_TEXTURE_2D, edges->ends);
  glActiveTexture (GL_TEXTURE0 + ENGRAM_SCENE_UNIT_WEIGHTS);
  glBindTexture (GL_TEXTURE_2D, edges->weights);
  glActiveTexture (GL_TEXTURE0);
}

void
engram_scene_drawing_edges (const EngramSceneDrawing *self,
                            gboolean                  marked,
                            gboolean                  thin,
                            guint32                   first,
                            guint32                   n)
{
  if (n == 0)
    return;

  bind_edges (marked ? &self->buffers->marked : &self->buffers->edges);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LESS);
  glDepthMask (GL_FALSE);
  glEnable (GL_BLEND);
  glBlendFunc (GL_ONE_MINUS_DST_ALPHA, GL_ONE);
  /* What is drawn first lies over what follows: the strongest edges, and of each batch the heads. */
  while (n > 0 && !thin && self->style->arrows && (marked || first < ENGRAM_SCENE_ARROWS))
    {
      guint32 n_batch = MIN (n, ENGRAM_SCENE_BATCH);

      draw_arrows (self, marked, first, n_batch);
      draw_lines (self, marked, FALSE, first, n_batch);
      first += n_batch;
      n -= n_batch;
    }
  if (n > 0)
    draw_lines (self, marked, thin, first, n);
}

float
engram_scene_drawing_get_opacity (const EngramSceneDrawing *self,
                                  guint32                   first)
{
  const EngramSceneEdgeTable *edges = &self->buffers->edges;
  float strength = 0, opacity, width;

  for (guint32 row = first / ENGRAM_SCENE_TABLE_WIDTH; row < edges->rows; row++)
    strength = MAX (strength, edges->strengths[row]);
  engram_scene_style_get_edge (self->style, strength, &opacity, &width);
  opacity *= MAX (self->style->exciting[3], self->style->inhibiting[3]) * powf (MAX (first / CROWD, 1), -CROWD_FADING);
  return first < ENGRAM_SCENE_ARROWS ? MIN (opacity * HEAD_OPACITY, 1) : opacity;
}
