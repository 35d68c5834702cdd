/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "scene/engram-scene-grid.h"
#include "scene/engram-scene-renderer-private.h"

/* A vertex of a stroke, as in shaders/strokes.vert. */
typedef struct {
  float place[3];      /* pixels, and the depth of the picture */
  float across[2];     /* where it is across the stroke, and half of its width */
  float colour[4];
} Vertex;

typedef struct {
  float pixels[2];
  float depth;
  float fog;
} End;

static void
to_eye (const EngramProjection *projection,
        const float             place[3],
        float                   eye[3])
{
  for (int i = 0; i < 3; i++)
    eye[i] = projection->eye[i] * place[0] + projection->eye[4 + i] * place[1] + projection->eye[8 + i] * place[2]
      + projection->eye[12 + i];
  eye[2] = -eye[2];
}

static void
init_end (End                      *end,
          const EngramSceneDrawing *drawing,
          const float               eye[3])
{
  const EngramProjection *projection = &drawing->projection;
  float near_depth = projection->near_depth, far_depth = projection->far_depth;
  float scale = projection->perspective ? projection->focal / eye[2] : projection->focal;
  float part = CLAMP ((eye[2] - near_depth) / (far_depth - near_depth), 0, 1);

  end->pixels[0] = eye[0] * scale + projection->width / 2;
  end->pixels[1] = eye[1] * scale + projection->height / 2;
  if (projection->perspective)
    end->depth = (far_depth + near_depth - 2 * far_depth * near_depth / eye[2]) / (far_depth - near_depth);
  else
    end->depth = (2 * eye[2] - far_depth - near_depth) / (far_depth - near_depth);
  /* The grid stands around the points: what is beyond their depth is drawn all the same. */
  end->depth = CLAMP (end->depth, -1, 0.99999f);
  end->fog = drawing->style->fog ? ENGRAM_SCENE_FOG * part : 0;
}

/* FALSE where nothing of it is before the eye. */
static gboolean
project_line (const EngramSceneDrawing  *drawing,
              const EngramSceneGridLine *line,
              End                        ends[2])
{
  const EngramProjection *projection = &drawing->projection;
  float nearest = projection->perspective ? projection->near_depth : -INFINITY;
  float eyes[2][3];

  to_eye (projection, line->from, eyes[0]);
  to_eye (projection, line->to, eyes[1]);
  if (eyes[0][2] < nearest && eyes[1][2] < nearest)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (eyes[i][2] < nearest)
      {
        float part = (nearest - eyes[1 - i][2]) / (eyes[i][2] - eyes[1 - i][2]);

        for (guint axis = 0; axis < 3; axis++)
          eyes[i][axis] = eyes[1 - i][axis] + part * (eyes[i][axis] - eyes[1 - i][axis]);
      }
  init_end (&ends[0], drawing, eyes[0]);
  init_end (&ends[1], drawing, eyes[1]);
  return TRUE;
}

static void
add_stroke (GArray      *vertices,
            const End    ends[2],
            const float  colour[4],
            float        width)
{
  static const guint corners[] = { 0, 1, 2, 2, 1, 3 };
  float dx = ends[1].pixels[0] - ends[0].pixels[0], dy = ends[1].pixels[1] - ends[0].pixels[1];
  float length = hypotf (dx, dy);
  float half_width = width / 2, outer = half_width + 1;

  if (length < 1e-3f)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      const End *end = &ends[corners[i] >> 1];
      float side = (corners[i] & 1 ? outer : -outer);
      Vertex vertex = {
        { end->pixels[0] - dy / length * side, end->pixels[1] + dx / length * side, end->depth },
        { side, half_width },
        { colour[0], colour[1], colour[2], colour[3] * (1 - end->fog) },
      };

      g_array_append_val (vertices, vertex);
    }
}

static void
draw_vertices (const EngramSceneBuffers *buffers,
               const GArray             *vertices)
{
  const gsize offsets[] = { G_STRUCT_OFFSET (Vertex, place), G_STRUCT_OFFSET (Vertex, across),
                            G_STRUCT_OFFSET (Vertex, colour) };
  const GLint counts[] = { 3, 2, 4 };

  glBindVertexArray (buffers->stroke_array);
  glBindBuffer (GL_ARRAY_BUFFER, buffers->stroke_buffer);
  glBufferData (GL_ARRAY_BUFFER, vertices->len * sizeof (Vertex), vertices->data, GL_STREAM_DRAW);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      glEnableVertexAttribArray (i);
      glVertexAttribPointer (i, counts[i], GL_FLOAT, GL_FALSE, sizeof (Vertex), GSIZE_TO_POINTER (offsets[i]));
    }
  glDrawArrays (GL_TRIANGLES, 0, (GLsizei) vertices->len);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
  glBindVertexArray (buffers->plain_array);
}

void
engram_scene_drawing_grid (const EngramSceneDrawing *self)
{
  g_autoptr (GArray) lines = engram_scene_grid_lines (self->buffers->low, self->buffers->high);
  g_autoptr (GArray) vertices = g_array_new (FALSE, FALSE, sizeof (Vertex));

  for (guint i = 0; i < lines->len; i++)
    {
      const EngramSceneGridLine *line = &g_array_index (lines, EngramSceneGridLine, i);
      gboolean axis = line->kind == ENGRAM_SCENE_GRID_AXIS;
      float colour[4];
      End ends[2];

      engram_scene_grid_get_colour (line->kind, line->axis, self->style->foreground, colour);
      if (project_line (self, line, ends))
        add_stroke (vertices, ends, colour, (axis ? 2 : 1) * self->scale);
    }
  if (vertices->len == 0)
    return;

  engram_scene_programs_use (self->programs, ENGRAM_SCENE_PROGRAM_STROKES);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_LESS);
  glDepthMask (GL_FALSE);
  glEnable (GL_BLEND);
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  draw_vertices (self->buffers, vertices);
}
