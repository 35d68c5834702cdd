/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include "scene/engram-scene-grid.h"

#define LINE_WIDTH 1.0f
#define AXIS_WIDTH 2.0f

/* Where the ends of a line are, what is before the eye cut away; FALSE where nothing is left. */
static gboolean
project_line (const EngramPainting      *self,
              const EngramSceneGridLine *line,
              EngramPaintedStroke       *stroke)
{
  const EngramProjection *projection = &self->projection;
  const float *eye = projection->eye;
  const float *ends[2] = { line->from, line->to };
  float depth[2];

  for (int i = 0; i < 2; i++)
    depth[i] = -(eye[2] * ends[i][0] + eye[6] * ends[i][1] + eye[10] * ends[i][2] + eye[14]);
  if (depth[0] < projection->near_depth && depth[1] < projection->near_depth)
    return FALSE;
  for (int i = 0; i < 2; i++)
    {
      float share = depth[i] < projection->near_depth
                      ? (projection->near_depth * 1.0001f - depth[i]) / (depth[1 - i] - depth[i]) : 0;
      float place[3];

      for (int axis = 0; axis < 3; axis++)
        place[axis] = ends[i][axis] + share * (ends[1 - i][axis] - ends[i][axis]);
      if (!engram_projection_map (projection, place, &stroke->x[i], &stroke->y[i], &stroke->depth[i]))
        return FALSE;
    }
  return TRUE;
}

GArray *
engram_painting_list_strokes (EngramPainting *self)
{
  GArray *strokes = g_array_new (FALSE, FALSE, sizeof (EngramPaintedStroke));
  g_autoptr (GArray) lines = NULL;

  if (!self->style->grid || self->scene->flat)
    return strokes;

  lines = engram_scene_grid_lines (self->low, self->high);
  for (guint i = 0; i < lines->len; i++)
    {
      const EngramSceneGridLine *line = &g_array_index (lines, EngramSceneGridLine, i);
      EngramPaintedStroke stroke = { .width = line->kind == ENGRAM_SCENE_GRID_AXIS ? AXIS_WIDTH : LINE_WIDTH };

      engram_scene_grid_get_colour (line->kind, line->axis, self->style->foreground, stroke.colour);
      if (project_line (self, line, &stroke))
        {
          stroke.colour[3] *= 1 - engram_painting_get_fog (self, (stroke.depth[0] + stroke.depth[1]) / 2);
          g_array_append_val (strokes, stroke);
        }
    }
  return strokes;
}
