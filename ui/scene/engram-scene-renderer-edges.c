/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "scene/engram-scene-renderer-private.h"

guint32
engram_scene_count_rows (guint32 n)
{
  guint32 rows = MAX (n / ENGRAM_SCENE_TABLE_WIDTH + (n % ENGRAM_SCENE_TABLE_WIDTH != 0), 3);

  return (rows & (rows - 1)) == 0 ? rows + 1 : rows;
}

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
          const EngramSceneStyle   *style,
          gboolean                  marked)
{
  gboolean wanted = marked || style->edges == ENGRAM_SCENE_EDGES_ALL ? engram_scene_style_has_weight (style, edge)
                    : engram_scene_style_has_edge (style, buffers->scene, edge);

  return wanted && engram_scene_buffers_is_drawn (buffers, buffers->ranks[edge->source])
    && engram_scene_buffers_is_drawn (buffers, buffers->ranks[edge->target]);
}

static void
make_room (EngramSceneEdgeTable *self,
           guint32               rows)
{
  if (self->ends == 0)
    {
      self->ends = engram_scene_make_table ();
      self->weights = engram_scene_make_table ();
      self->tail_ends = g_new (guint32, 2 * ENGRAM_SCENE_TABLE_WIDTH);
      self->tail_weights = g_new (float, ENGRAM_SCENE_TABLE_WIDTH);
    }
  else if (rows == self->rows)
    return;

  self->rows = rows;
  glBindTexture (GL_TEXTURE_2D, self->ends);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RG32UI, ENGRAM_SCENE_TABLE_WIDTH, rows, 0, GL_RG_INTEGER, GL_UNSIGNED_INT, NULL);
  glBindTexture (GL_TEXTURE_2D, self->weights);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_R32F, ENGRAM_SCENE_TABLE_WIDTH, rows, 0, GL_RED, GL_FLOAT, NULL);
  glBindTexture (GL_TEXTURE_2D, 0);
}

void
engram_scene_edge_table_begin (EngramSceneEdgeTable *self,
                               const guint32        *order,
                               guint32               n)
{
  make_room (self, engram_scene_count_rows (n));
  g_free (self->strengths);
  self->strengths = g_new0 (float, self->rows);
  self->order = order;
  self->n_listed = n;
  self->n_seen = 0;
  self->n = 0;
}

gboolean
engram_scene_edge_table_is_filled (const EngramSceneEdgeTable *self)
{
  return self->n_seen == self->n_listed;
}

static void
upload (EngramSceneEdgeTable *self,
        guint32               first_row,
        guint32               rows,
        const guint32        *ends,
        const float          *weights)
{
  /* In the middle of a slice the other tables stay bound. */
  glActiveTexture (GL_TEXTURE0 + ENGRAM_SCENE_UNIT_ENDS);
  glBindTexture (GL_TEXTURE_2D, self->ends);
  glTexSubImage2D (GL_TEXTURE_2D, 0, 0, first_row, ENGRAM_SCENE_TABLE_WIDTH, rows, GL_RG_INTEGER, GL_UNSIGNED_INT,
                   ends);
  glBindTexture (GL_TEXTURE_2D, self->weights);
  glTexSubImage2D (GL_TEXTURE_2D, 0, 0, first_row, ENGRAM_SCENE_TABLE_WIDTH, rows, GL_RED, GL_FLOAT, weights);
  glBindTexture (GL_TEXTURE_2D, 0);
  glActiveTexture (GL_TEXTURE0);
}

/* Whole rows are written: the last one, which is not full, is begun with what is in it. */
void
engram_scene_edge_table_advance (EngramSceneEdgeTable     *self,
                                 const EngramSceneBuffers *buffers,
                                 const EngramSceneStyle   *style,
                                 gboolean                  marked)
{
  guint32 last = self->n_seen + MIN (self->n_listed - self->n_seen, ENGRAM_SCENE_FILLED_EDGES);
  guint32 first_row = self->n / ENGRAM_SCENE_TABLE_WIDTH, n = self->n % ENGRAM_SCENE_TABLE_WIDTH, rows;
  gsize room = (gsize) engram_scene_count_rows (n + last - self->n_seen) * ENGRAM_SCENE_TABLE_WIDTH;
  g_autofree guint32 *ends = g_new0 (guint32, 2 * room);
  g_autofree float *weights = g_new0 (float, room);

  memcpy (ends, self->tail_ends, 2 * n * sizeof *ends);
  memcpy (weights, self->tail_weights, n * sizeof *weights);
  for (; self->n_seen < last; self->n_seen++)
    {
      const EngramSceneEdge *edge = &buffers->scene->edges[self->order[self->n_seen]];
      float *strength = &self->strengths[first_row + n / ENGRAM_SCENE_TABLE_WIDTH];

      if (!is_drawn (edge, buffers, style, marked))
        continue;
      ends[2 * (gsize) n] = buffers->ranks[edge->source];
      ends[2 * (gsize) n + 1] = buffers->ranks[edge->target];
      weights[n] = isnan (edge->weight) ? 0 : edge->weight;
      *strength = MAX (*strength, fabsf (weights[n]));
      n++;
    }

  rows = n / ENGRAM_SCENE_TABLE_WIDTH + (n % ENGRAM_SCENE_TABLE_WIDTH != 0);
  if (rows > 0)
    upload (self, first_row, rows, ends, weights);
  self->n = first_row * ENGRAM_SCENE_TABLE_WIDTH + n;
  rows = n / ENGRAM_SCENE_TABLE_WIDTH;
  n %= ENGRAM_SCENE_TABLE_WIDTH;
  memcpy (self->tail_ends, &ends[2 * (gsize) rows * ENGRAM_SCENE_TABLE_WIDTH], 2 * n * sizeof *ends);
  memcpy (self->tail_weights, &weights[(gsize) rows * ENGRAM_SCENE_TABLE_WIDTH], n * sizeof *weights);
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
  g_free (self->tail_ends);
  g_free (self->tail_weights);
  memset (self, 0, sizeof *self);
}
