/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "scene/engram-scene-order.h"
#include "scene/engram-scene-renderer-private.h"

#define N_STYLES 256
#define POINT_BYTES 24
#define EDGE_BYTES 12
/* Points of a list that is drawn at once. */
#define LIST_BYTES (ENGRAM_SCENE_QUADS * 6 * sizeof (guint32))
#define FLAGS_SHIFT 27

static void
make_arrays (EngramSceneBuffers *self)
{
  g_autofree guint16 *indices = g_new (guint16, ENGRAM_SCENE_QUADS * 6);
  static const guint16 corners[] = { 0, 1, 2, 2, 1, 3 };

  for (guint i = 0; i < ENGRAM_SCENE_QUADS * 6; i++)
    indices[i] = (guint16) (i / 6 * 4 + corners[i % 6]);
  glGenVertexArrays (1, &self->plain_array);
  glGenVertexArrays (1, &self->list_array);
  glGenVertexArrays (1, &self->stroke_array);
  glGenBuffers (1, &self->quad_indices);
  glGenBuffers (1, &self->list_indices);
  glGenBuffers (1, &self->stroke_buffer);
  glGenBuffers (1, &self->view);
  glBindVertexArray (self->plain_array);
  glBindBuffer (GL_ELEMENT_ARRAY_BUFFER, self->quad_indices);
  glBufferData (GL_ELEMENT_ARRAY_BUFFER, ENGRAM_SCENE_QUADS * 6 * sizeof *indices, indices, GL_STATIC_DRAW);
  glBindVertexArray (self->list_array);
  glBindBuffer (GL_ELEMENT_ARRAY_BUFFER, self->list_indices);
  glBufferData (GL_ELEMENT_ARRAY_BUFFER, LIST_BYTES, NULL, GL_STREAM_DRAW);
  glBindVertexArray (0);
}

void
engram_scene_buffers_init (EngramSceneBuffers *self)
{
  memset (self, 0, sizeof *self);
  self->special = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->places = engram_scene_make_table ();
  self->looks = engram_scene_make_table ();
  self->styles = engram_scene_make_table ();
  make_arrays (self);
}

static void
forget_scene (EngramSceneBuffers *self)
{
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->edge_order, g_free);
  g_clear_pointer (&self->bits, g_free);
  g_clear_pointer (&self->scene, engram_scene_unref);
  g_array_set_size (self->special, 0);
  self->n_drawn_points = 0;
  self->rows = 0;
}

void
engram_scene_buffers_clear (EngramSceneBuffers *self)
{
  const GLuint tables[] = { self->places, self->looks, self->styles };
  const GLuint arrays[] = { self->plain_array, self->list_array, self->stroke_array };
  const GLuint buffers[] = { self->quad_indices, self->list_indices, self->stroke_buffer, self->view };

  forget_scene (self);
  g_array_unref (self->special);
  engram_scene_edge_table_clear (&self->edges);
  engram_scene_edge_table_clear (&self->marked);
  glDeleteTextures (G_N_ELEMENTS (tables), tables);
  glDeleteVertexArrays (G_N_ELEMENTS (arrays), arrays);
  glDeleteBuffers (G_N_ELEMENTS (buffers), buffers);
  memset (self, 0, sizeof *self);
}

/* The serials are those before the first change, so that the first update takes all. */
void
engram_scene_buffers_set_scene (EngramSceneBuffers *self,
                                EngramScene        *scene)
{
  forget_scene (self);
  engram_scene_edge_table_clear (&self->edges);
  engram_scene_edge_table_clear (&self->marked);
  if (scene == NULL)
    return;

  self->scene = engram_scene_ref (scene);
  self->order = engram_scene_order_points (scene);
  self->edge_order = engram_scene_order_edges (scene);
  self->ranks = g_new (guint32, scene->n_points);
  for (guint32 i = 0; i < scene->n_points; i++)
    self->ranks[self->order[i]] = i;
  self->places_serial = engram_scene_get_places_serial (scene) - 1;
  self->looks_serial = engram_scene_get_looks_serial (scene) - 1;
  self->marks_serial = engram_scene_get_marks_serial (scene) - 1;
}

static gboolean
can_be_drawn (const EngramScenePoint *point)
{
  return (point->flags & ENGRAM_POINT_HIDDEN) == 0 && isfinite (point->x) && isfinite (point->y) && isfinite (point->z);
}

/* TRUE where other points are drawn than before. */
static gboolean
update_bits (EngramSceneBuffers *self)
{
  guint32 n_words = (self->scene->n_points + 31) / 32;
  g_autofree guint32 *bits = g_new0 (guint32, MAX (n_words, 1));
  gboolean changed;

  self->n_drawn_points = 0;
  for (guint32 i = 0; i < self->scene->n_points; i++)
    if (can_be_drawn (&self->scene->points[self->order[i]]))
      {
        bits[i / 32] |= 1u << i % 32;
        self->n_drawn_points++;
      }
  changed = self->bits == NULL || memcmp (bits, self->bits, n_words * sizeof *bits) != 0;
  g_free (self->bits);
  self->bits = g_steal_pointer (&bits);
  return changed;
}

static void
upload_table (GLuint        table,
              GLint         format,
              GLenum        layout,
              GLenum        type,
              guint32       rows,
              gboolean      again,
              gconstpointer values)
{
  glBindTexture (GL_TEXTURE_2D, table);
  if (again)
    glTexSubImage2D (GL_TEXTURE_2D, 0, 0, 0, ENGRAM_SCENE_TABLE_WIDTH, rows, layout, type, values);
  else
    glTexImage2D (GL_TEXTURE_2D, 0, format, ENGRAM_SCENE_TABLE_WIDTH, rows, 0, layout, type, values);
  glBindTexture (GL_TEXTURE_2D, 0);
}

static void
upload_places (EngramSceneBuffers *self,
               guint32             rows)
{
  g_autofree float *places = g_new0 (float, 4 * (gsize) rows * ENGRAM_SCENE_TABLE_WIDTH);

  self->greatest_size = 0;
  for (guint32 i = 0; i < self->scene->n_points; i++)
    {
      const EngramScenePoint *point = &self->scene->points[self->order[i]];
      float *place = &places[4 * (gsize) i];

      if (!engram_scene_buffers_is_drawn (self, i))
        continue;
      place[0] = point->x;
      place[1] = point->y;
      place[2] = point->z;
      place[3] = point->size;
      self->greatest_size = MAX (self->greatest_size, point->size);
    }
  upload_table (self->places, GL_RGBA32F, GL_RGBA, GL_FLOAT, rows, rows == self->rows, places);
}

/* A colour's bytes as they lie, and flags above the number of the point, which says what is on top where the scene
 * is flat. */
static void
upload_looks (EngramSceneBuffers *self,
              guint32             rows)
{
  g_autofree guint32 *looks = g_new0 (guint32, 2 * (gsize) rows * ENGRAM_SCENE_TABLE_WIDTH);

  g_array_set_size (self->special, 0);
  for (guint32 i = 0; i < self->scene->n_points; i++)
    {
      const EngramScenePoint *point = &self->scene->points[self->order[i]];
      guint32 flags = engram_scene_buffers_is_drawn (self, i) ? point->flags : ENGRAM_POINT_HIDDEN;
      const guint8 *colour = point->colour;

      looks[2 * (gsize) i] = (guint32) colour[0] | (guint32) colour[1] << 8 | (guint32) colour[2] << 16
        | (guint32) colour[3] << 24;
      looks[2 * (gsize) i + 1] = self->order[i] | flags << FLAGS_SHIFT;
      if ((flags & (ENGRAM_POINT_SELECTED | ENGRAM_POINT_MARKED)) != 0 && (flags & ENGRAM_POINT_HIDDEN) == 0)
        g_array_append_val (self->special, i);
    }
  upload_table (self->looks, GL_RG32UI, GL_RG_INTEGER, GL_UNSIGNED_INT, rows, rows == self->rows, looks);
}

/* Which a sum over their bits tells well enough. */
static gboolean
sizes_have_changed (EngramSceneBuffers *self)
{
  guint64 sum = 0;

  for (guint32 i = 0; i < self->scene->n_points; i++)
    {
      guint32 bits;

      memcpy (&bits, &self->scene->points[i].size, sizeof bits);
      sum = (sum ^ bits) * G_GUINT64_CONSTANT (0x100000001b3) + 1;
    }
  if (sum == self->sizes_sum)
    return FALSE;
  self->sizes_sum = sum;
  return TRUE;
}

static EngramSceneChanges
update_points (EngramSceneBuffers *self)
{
  gboolean places_changed = self->places_serial != engram_scene_get_places_serial (self->scene);
  gboolean looks_changed = self->looks_serial != engram_scene_get_looks_serial (self->scene);
  guint32 rows = engram_scene_count_rows (self->scene->n_points);
  gboolean sizes_changed, others_drawn;

  if (!places_changed && !looks_changed)
    return 0;

  self->places_serial = engram_scene_get_places_serial (self->scene);
  self->looks_serial = engram_scene_get_looks_serial (self->scene);
  others_drawn = update_bits (self);
  sizes_changed = looks_changed && sizes_have_changed (self);
  if (places_changed || sizes_changed || others_drawn)
    upload_places (self, rows);
  if (looks_changed || others_drawn)
    upload_looks (self, rows);
  if (places_changed || others_drawn)
    engram_scene_get_bounds (self->scene, self->low, self->high);
  self->rows = rows;
  return (places_changed || sizes_changed ? ENGRAM_SCENE_CHANGED_ALL : ENGRAM_SCENE_CHANGED_LOOKS)
    | (others_drawn ? ENGRAM_SCENE_CHANGED_ALL | ENGRAM_SCENE_CHANGED_EDGES : 0);
}

EngramSceneChanges
engram_scene_buffers_update (EngramSceneBuffers     *self,
                             const EngramSceneStyle *style)
{
  EngramSceneChanges changes;
  gboolean looks_changed;

  if (self->scene == NULL)
    return 0;

  looks_changed = self->looks_serial != engram_scene_get_looks_serial (self->scene);
  changes = update_points (self);
  if (self->edges.ends == 0 || self->lowest_weight != style->lowest_weight
      || self->highest_weight != style->highest_weight || self->shown_edges != style->edges
      || (looks_changed && style->edges == ENGRAM_SCENE_EDGES_SELECTED))
    changes |= ENGRAM_SCENE_CHANGED_EDGES;
  if (self->marks_serial != engram_scene_get_marks_serial (self->scene))
    changes |= ENGRAM_SCENE_CHANGED_MARKS;
  self->marks_serial = engram_scene_get_marks_serial (self->scene);
  self->lowest_weight = style->lowest_weight;
  self->highest_weight = style->highest_weight;
  self->shown_edges = style->edges;
  if ((changes & ENGRAM_SCENE_CHANGED_EDGES) != 0)
    {
      engram_scene_edge_table_begin (&self->edges, self->edge_order, self->scene->n_edges);
      engram_scene_edge_table_advance (&self->edges, self, style, FALSE);
    }
  if ((changes & (ENGRAM_SCENE_CHANGED_EDGES | ENGRAM_SCENE_CHANGED_MARKS)) != 0)
    {
      engram_scene_edge_table_begin (&self->marked, self->scene->marked_edges, self->scene->n_marked_edges);
      engram_scene_edge_table_advance (&self->marked, self, style, TRUE);
    }
  return changes;
}

void
engram_scene_buffers_set_style (EngramSceneBuffers     *self,
                                const EngramSceneStyle *style)
{
  float values[N_STYLES][2];

  for (guint i = 0; i < N_STYLES; i++)
    engram_scene_style_get_edge (style, (float) i / (N_STYLES - 1), &values[i][0], &values[i][1]);
  glBindTexture (GL_TEXTURE_2D, self->styles);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RG32F, N_STYLES, 1, 0, GL_RG, GL_FLOAT, values);
  glBindTexture (GL_TEXTURE_2D, 0);
}

gboolean
engram_scene_buffers_is_drawn (const EngramSceneBuffers *self,
                               guint32                   rank)
{
  return (self->bits[rank / 32] >> rank % 32 & 1) != 0;
}

/* Of the first @n in the tables. */
guint32
engram_scene_buffers_count_drawn (const EngramSceneBuffers *self,
                                  guint32                   n)
{
  guint32 n_drawn = 0;

  if (self->scene == NULL || n >= self->scene->n_points)
    return self->n_drawn_points;
  for (guint32 i = 0; i < n; i++)
    n_drawn += engram_scene_buffers_is_drawn (self, i);
  return n_drawn;
}

gsize
engram_scene_buffers_get_size (const EngramSceneBuffers *self)
{
  gsize edge_rows = (gsize) self->edges.rows + self->marked.rows;

  return ((gsize) self->rows * POINT_BYTES + edge_rows * EDGE_BYTES) * ENGRAM_SCENE_TABLE_WIDTH;
}
