/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "scene/engram-scene-renderer-private.h"

GLuint
engram_scene_make_table (void)
{
  GLuint table;

  glGenTextures (1, &table);
  glBindTexture (GL_TEXTURE_2D, table);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return table;
}

static gboolean
is_drawn (const EngramSceneEdge    *edge,
          const EngramSceneBuffers *buffers,
          float                     lowest_weight,
          float                     highest_weight)
{
  float weight = isnan (edge->weight) ? 0 : edge->weight;

  return weight >= lowest_weight && weight <= highest_weight
    && engram_scene_buffers_is_drawn (buffers, buffers->ranks[edge->source])
    && engram_scene_buffers_is_drawn (buffers, buffers->ranks[edge->target]);
}

static void
upload (EngramSceneEdgeTable *self,
        const guint32        *ends,
        const float          *weights,
        guint32               rows)
{
  if (self->ends == 0)
    {
      self->ends = engram_scene_make_table ();
      self->weights = engram_scene_make_table ();
    }
  self->rows = rows;
  glBindTexture (GL_TEXTURE_2D, self->ends);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RG32UI, ENGRAM_SCENE_TABLE_WIDTH, rows, 0, GL_RG_INTEGER, GL_UNSIGNED_INT, ends);
  glBindTexture (GL_TEXTURE_2D, self->weights);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_R32F, ENGRAM_SCENE_TABLE_WIDTH, rows, 0, GL_RED, GL_FLOAT, weights);
  glBindTexture (GL_TEXTURE_2D, 0);
}

static void
find_strengths (EngramSceneEdgeTable *self,
                const float          *weights,
                guint32               rows)
{
  g_free (self->strengths);
  self->strengths = g_new0 (float, rows);
  for (guint32 i = 0; i < self->n; i++)
    {
      float *strength = &self->strengths[i / ENGRAM_SCENE_TABLE_WIDTH];

      *strength = MAX (*strength, fabsf (weights[i]));
    }
}

/* Of the edges that @order names, those that are drawn. */
void
engram_scene_edge_table_fill (EngramSceneEdgeTable     *self,
                              const EngramSceneBuffers *buffers,
                              const guint32            *order,
                              guint32                   n,
                              float                     lowest_weight,
                              float                     highest_weight)
{
  guint32 room = MAX (n / ENGRAM_SCENE_TABLE_WIDTH + (n % ENGRAM_SCENE_TABLE_WIDTH != 0), 1) * ENGRAM_SCENE_TABLE_WIDTH;
  g_autofree guint32 *ends = g_new (guint32, 2 * (gsize) room);
  g_autofree float *weights = g_new (float, room);
  guint32 n_drawn = 0, rows;

  for (guint32 i = 0; i < n; i++)
    {
      const EngramSceneEdge *edge = &buffers->scene->edges[order[i]];

      if (!is_drawn (edge, buffers, lowest_weight, highest_weight))
        continue;
      ends[2 * (gsize) n_drawn] = buffers->ranks[edge->source];
      ends[2 * (gsize) n_drawn + 1] = buffers->ranks[edge->target];
      weights[n_drawn++] = isnan (edge->weight) ? 0 : edge->weight;
    }
  self->n = n_drawn;
  rows = MAX ((n_drawn + ENGRAM_SCENE_TABLE_WIDTH - 1) / ENGRAM_SCENE_TABLE_WIDTH, 1);
  find_strengths (self, weights, rows);
  upload (self, ends, weights, rows);
}

void
engram_scene_edge_table_clear (EngramSceneEdgeTable *self)
{
  if (self->ends != 0)
    {
      glDeleteTextures (1, &self->ends);
      glDeleteTextures (1, &self->weights);
    }
  g_free (self->strengths);
  memset (self, 0, sizeof *self);
}
