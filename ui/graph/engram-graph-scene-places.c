/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-scene-places.h"

#include <math.h>

#define GOLDEN_ANGLE 2.39996323f

/* How far beside its neighbour a new point is, in mean lengths of an edge, and by how much the ones after it are
 * turned. */
#define BESIDE 0.7f
#define FAN 0.45f

typedef struct {
  float place[2];
  gboolean pinned;
} Place;

struct _EngramGraphPlaces {
  GMutex          mutex;  /* guards: */
  GHashTable     *places; /* gint64* -> Place* */
  gatomicrefcount references;
};

EngramGraphPlaces *
engram_graph_places_new (void)
{
  EngramGraphPlaces *self = g_new0 (EngramGraphPlaces, 1);

  g_mutex_init (&self->mutex);
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_atomic_ref_count_init (&self->references);
  return self;
}

EngramGraphPlaces *
engram_graph_places_ref (EngramGraphPlaces *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_graph_places_unref (EngramGraphPlaces *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->places);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
engram_graph_places_get (EngramGraphPlaces *self,
                         gint64             rowid,
                         float              place[2])
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const Place *known = g_hash_table_lookup (self->places, &rowid);

  if (known == NULL)
    return FALSE;
  place[0] = known->place[0];
  place[1] = known->place[1];
  return TRUE;
}

void
engram_graph_places_set (EngramGraphPlaces *self,
                         gint64             rowid,
                         const float        place[2])
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Place *known = g_hash_table_lookup (self->places, &rowid);

  if (known == NULL)
    {
      known = g_new0 (Place, 1);
      g_hash_table_insert (self->places, g_memdup2 (&rowid, sizeof rowid), known);
    }
  known->place[0] = place[0];
  known->place[1] = place[1];
}

void
engram_graph_places_store (EngramGraphPlaces *self,
                           const gint64      *rowids,
                           const float       *places,
                           guint32            n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint32 i = 0; i < n; i++)
    {
      Place *known = g_hash_table_lookup (self->places, &rowids[i]);

      if (known == NULL)
        {
          known = g_new0 (Place, 1);
          g_hash_table_insert (self->places, g_memdup2 (&rowids[i], sizeof *rowids), known);
        }
      if (known->pinned)
        continue;
      known->place[0] = places[3 * (gsize) i];
      known->place[1] = places[3 * (gsize) i + 1];
    }
}

gboolean
engram_graph_places_recall (EngramGraphPlaces *self,
                            const gint64      *rowids,
                            float             *places,
                            guint32            n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean all = TRUE;

  for (guint32 i = 0; i < n; i++)
    {
      const Place *known = g_hash_table_lookup (self->places, &rowids[i]);
      float *place = &places[3 * (gsize) i];

      place[0] = known != NULL ? known->place[0] : NAN;
      place[1] = known != NULL ? known->place[1] : NAN;
      place[2] = 0;
      all = all && known != NULL;
    }
  return all;
}

gboolean
engram_graph_places_is_pinned (EngramGraphPlaces *self,
                               gint64             rowid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const Place *known = g_hash_table_lookup (self->places, &rowid);

  return known != NULL && known->pinned;
}

void
engram_graph_places_set_pinned (EngramGraphPlaces *self,
                                gint64             rowid,
                                gboolean           pinned)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Place *known = g_hash_table_lookup (self->places, &rowid);

  if (known != NULL)
    known->pinned = pinned;
}

static gboolean
is_free (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return !((const Place *) value)->pinned;
}

void
engram_graph_places_clear (EngramGraphPlaces *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_foreach_remove (self->places, is_free, NULL);
}

/* Filling */

typedef struct {
  const EngramScene *scene;
  float *places;
  guint32 *n_beside;  /* how many new points each has beside it */
  float middle[2];
  float low[2], high[2];
  float length;       /* of an edge, in the mean */
  guint32 n_placed;
} Filling;

static gboolean
is_placed (const Filling *filling,
           guint32        point)
{
  return isfinite (filling->places[3 * (gsize) point]) && isfinite (filling->places[3 * (gsize) point + 1]);
}

static void
put (Filling *filling,
     guint32  point,
     float    x,
     float    y)
{
  float *place = &filling->places[3 * (gsize) point];

  place[0] = x;
  place[1] = y;
  place[2] = 0;
  filling->n_placed++;
}

static void
measure_points (Filling *filling)
{
  for (guint32 i = 0; i < filling->scene->n_points; i++)
    {
      if (!is_placed (filling, i))
        continue;
      for (int axis = 0; axis < 2; axis++)
        {
          float at = filling->places[3 * (gsize) i + axis];

          filling->low[axis] = filling->n_placed == 0 ? at : MIN (filling->low[axis], at);
          filling->high[axis] = filling->n_placed == 0 ? at : MAX (filling->high[axis], at);
          filling->middle[axis] += at;
        }
      filling->n_placed++;
    }
  for (int axis = 0; axis < 2 && filling->n_placed > 0; axis++)
    filling->middle[axis] /= (float) filling->n_placed;
}

static void
measure_edges (Filling *filling)
{
  double sum = 0;
  guint32 n = 0;

  for (guint32 i = 0; i < filling->scene->n_edges; i++)
    {
      const EngramSceneEdge *edge = &filling->scene->edges[i];
      const float *a = &filling->places[3 * (gsize) edge->source], *b = &filling->places[3 * (gsize) edge->target];

      if (edge->source == edge->target || !is_placed (filling, edge->source) || !is_placed (filling, edge->target))
        continue;
      sum += hypot (b[0] - a[0], b[1] - a[1]);
      n++;
    }
  filling->length = n > 0 && sum > 0 ? (float) (sum / n) : 1;
}

/* Away from the middle of the picture, to the left and right of that in turn. */
static void
put_beside (Filling *filling,
            guint32  point,
            guint32  neighbour)
{
  const float *place = &filling->places[3 * (gsize) neighbour];
  float dx = place[0] - filling->middle[0], dy = place[1] - filling->middle[1];
  float outwards = dx != 0 || dy != 0 ? atan2f (dy, dx) : 0;
  guint32 n = filling->n_beside[neighbour]++;
  float turned = FAN * (float) ((n + 1) / 2) * (n % 2 == 0 ? 1 : -1);
  /* After a whole turn they go on farther outside. */
  float distance = BESIDE * filling->length * (1 + fabsf (turned) / (float) G_PI);

  put (filling, point, place[0] + distance * cosf (outwards + turned), place[1] + distance * sinf (outwards + turned));
}

/* Along all edges from what had a place before this round. Returns: whether any point came by it. */
static gboolean
fill_round (Filling *filling,
            guint8  *rounds,
            guint8   round)
{
  guint32 before = filling->n_placed;

  for (guint32 i = 0; i < filling->scene->n_edges; i++)
    {
      guint32 source = filling->scene->edges[i].source, target = filling->scene->edges[i].target;
      guint32 known = rounds[source] < round ? source : target, other = known == source ? target : source;

      if (rounds[known] >= round || rounds[other] != G_MAXUINT8)
        continue;
      put_beside (filling, other, known);
      rounds[other] = round;
    }
  return filling->n_placed > before;
}

static void
fill_by_neighbours (Filling *filling)
{
  g_autofree guint8 *rounds = g_new (guint8, filling->scene->n_points);

  for (guint32 i = 0; i < filling->scene->n_points; i++)
    rounds[i] = is_placed (filling, i) ? 0 : G_MAXUINT8;
  for (guint8 round = 1; round < G_MAXUINT8 && fill_round (filling, rounds, round); round++)
    ;
}

/* In rows below the picture. */
static void
fill_below (Filling *filling)
{
  guint32 n_left = filling->scene->n_points - filling->n_placed, n = 0;
  guint32 n_columns = (guint32) ceil (sqrt (2.0 * n_left));
  float step = BESIDE * filling->length;

  for (guint32 i = 0; i < filling->scene->n_points; i++)
    if (!is_placed (filling, i))
      {
        put (filling, i, filling->low[0] + step * (float) (n % n_columns),
             filling->low[1] - filling->length - step * (float) (n / n_columns));
        n++;
      }
}

static void
fill_spiral (Filling *filling)
{
  for (guint32 i = 0; i < filling->scene->n_points; i++)
    {
      float radius = sqrtf ((float) i) / 2, angle = GOLDEN_ANGLE * (float) i;

      put (filling, i, radius * cosf (angle), radius * sinf (angle));
    }
}

void
engram_graph_places_fill (const EngramScene *scene,
                          float             *places)
{
  g_autofree guint32 *n_beside = g_new0 (guint32, scene->n_points);
  Filling filling = { .scene = scene, .places = places, .n_beside = n_beside };

  measure_points (&filling);
  if (filling.n_placed == scene->n_points)
    return;
  if (filling.n_placed == 0)
    {
      fill_spiral (&filling);
      return;
    }
  measure_edges (&filling);
  fill_by_neighbours (&filling);
  if (filling.n_placed < scene->n_points)
    fill_below (&filling);
}
