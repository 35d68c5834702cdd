/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-neuron-store-private.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "engram-error-private.h"

/* A neuron's place, as the index of positions holds it. */
typedef struct {
  gint64 rowid;
  double position[3];
  double distance;
} Place;

#define SELECT_PLACES "SELECT rowid, position_x, position_y, position_z FROM neurons"

/* FALSE where the row of SELECT_PLACES holds no place at all: text, or what is not finite. */
static gboolean
read_place (sqlite3_stmt *row,
            Place        *place)
{
  place->rowid = sqlite3_column_int64 (row, 0);
  for (int axis = 0; axis < 3; axis++)
    {
      int type = sqlite3_column_type (row, axis + 1);

      place->position[axis] = sqlite3_column_double (row, axis + 1);
      if ((type != SQLITE_FLOAT && type != SQLITE_INTEGER) || !isfinite (place->position[axis]))
        return FALSE;
    }
  return TRUE;
}

/* Never less than the distance along one axis, which the search for the nearest relies on. Scaled by a power
 * of two, so that squares neither overflow nor vanish and small whole numbers stay exact. */
static double
get_distance (const double a[3],
              const double b[3])
{
  double largest = 0;
  double sum = 0;
  int exponent;

  for (int axis = 0; axis < 3; axis++)
    largest = fmax (largest, fabs (a[axis] - b[axis]));
  if (largest == 0 || !isfinite (largest))
    return largest;

  exponent = ilogb (largest);
  for (int axis = 0; axis < 3; axis++)
    {
      double difference = scalbn (a[axis] - b[axis], -exponent);

      sum += difference * difference;
    }
  return scalbn (sqrt (sum), exponent);
}

/* Orders places by distance, then by row. */
static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->distance != second->distance)
    return first->distance < second->distance ? -1 : 1;
  return (first->rowid > second->rowid) - (first->rowid < second->rowid);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  return (first->rowid > second->rowid) - (first->rowid < second->rowid);
}

static gboolean
check_numbers (const double  *numbers,
               gsize          n_numbers,
               GError       **error)
{
  for (gsize i = 0; i < n_numbers; i++)
    if (isnan (numbers[i]))
      {
        engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, NULL, "position",
                                 _("a corner of a region of space is not a number (NaN)"));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_centre (const double   centre[3],
              GError       **error)
{
  for (int axis = 0; axis < 3; axis++)
    if (!isfinite (centre[axis]))
      {
        engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, NULL, "position",
                                 _("the centre of a region of space must be finite"));
        return FALSE;
      }
  return TRUE;
}

/* The places between two corners, read from the index alone. */
static GArray *
read_box (EngramConnection  *reader,
          const double       low[3],
          const double       high[3],
          GError           **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (reader, SELECT_PLACES
                               " WHERE position_x BETWEEN ?1 AND ?4 AND position_y BETWEEN ?2 AND ?5"
                               " AND position_z BETWEEN ?3 AND ?6", error);
  int step;

  if (statement == NULL)
    return NULL;

  for (int axis = 0; axis < 3; axis++)
    {
      engram_statement_bind_double (statement, axis + 1, low[axis]);
      engram_statement_bind_double (statement, axis + 4, high[axis]);
    }
  while ((step = engram_statement_step (statement, error)) > 0)
    {
      Place place = { 0 };

      if (read_place (engram_statement_get_handle (statement), &place))
        g_array_append_val (places, place);
    }
  return step == 0 ? g_steal_pointer (&places) : NULL;
}

/* The neurons of these places, in their order. */
static GPtrArray *
fetch_places (EngramConnection  *reader,
              GArray            *places,
              GError           **error)
{
  g_autofree gint64 *rowids = g_new (gint64, places->len);

  for (guint i = 0; i < places->len; i++)
    rowids[i] = g_array_index (places, Place, i).rowid;
  return engram_neuron_store_fetch (reader, rowids, places->len, error);
}

GPtrArray *
engram_neuron_store_list_in_box (EngramNeuronStore  *self,
                                 const double        low[3],
                                 const double        high[3],
                                 GCancellable       *cancellable,
                                 GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GArray) places = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  if (!check_numbers (low, 3, error) || !check_numbers (high, 3, error))
    return NULL;
  reader = engram_store_begin_read (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;

  places = read_box (reader, low, high, error);
  if (places == NULL)
    return NULL;

  g_array_sort (places, compare_rows);
  return fetch_places (reader, places, error);
}

static void
remove_farther (GArray       *places,
                const double  centre[3],
                double        radius)
{
  guint n_kept = 0;

  for (guint i = 0; i < places->len; i++)
    {
      Place place = g_array_index (places, Place, i);

      if (get_distance (place.position, centre) <= radius)
        g_array_index (places, Place, n_kept++) = place;
    }
  g_array_set_size (places, n_kept);
}

GPtrArray *
engram_neuron_store_list_in_sphere (EngramNeuronStore  *self,
                                    const double        centre[3],
                                    double              radius,
                                    GCancellable       *cancellable,
                                    GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GArray) places = NULL;
  double low[3];
  double high[3];

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  if (!check_centre (centre, error))
    return NULL;
  if (!(radius >= 0))
    {
      engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, NULL, "position",
                               _("the radius of a sphere must be 0 or more"));
      return NULL;
    }

  /* The box is a little larger than the sphere, so that no place is lost to rounding. */
  for (int axis = 0; axis < 3; axis++)
    {
      low[axis] = nextafter (centre[axis] - radius * (1 + 4 * DBL_EPSILON), -INFINITY);
      high[axis] = nextafter (centre[axis] + radius * (1 + 4 * DBL_EPSILON), INFINITY);
    }

  reader = engram_store_begin_read (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;

  places = read_box (reader, low, high, error);
  if (places == NULL)
    return NULL;

  remove_farther (places, centre, radius);
  g_array_sort (places, compare_rows);
  return fetch_places (reader, places, error);
}

/* The k nearest places so far, as a heap whose first is the farthest. */
typedef struct {
  GArray *places;
  guint   k;
} Nearest;

static void
swap_places (GArray *places,
             guint   a,
             guint   b)
{
  Place place = g_array_index (places, Place, a);

  g_array_index (places, Place, a) = g_array_index (places, Place, b);
  g_array_index (places, Place, b) = place;
}

static gboolean
is_farther (GArray *places,
            guint   a,
            guint   b)
{
  return compare_places (&g_array_index (places, Place, a), &g_array_index (places, Place, b)) > 0;
}

static void
sift_up (GArray *places,
         guint   i)
{
  for (; i > 0 && is_farther (places, i, (i - 1) / 2); i = (i - 1) / 2)
    swap_places (places, i, (i - 1) / 2);
}

static void
sift_down (GArray *places)
{
  guint i = 0;

  for (;;)
    {
      guint farthest = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2; child++)
        if (child < places->len && is_farther (places, child, farthest))
          farthest = child;
      if (farthest == i)
        return;
      swap_places (places, i, farthest);
      i = farthest;
    }
}

static void
offer_place (Nearest     *nearest,
             const Place *place)
{
  GArray *places = nearest->places;

  if (places->len < nearest->k)
    {
      g_array_append_val (places, *place);
      sift_up (places, places->len - 1);
    }
  else if (compare_places (place, &g_array_index (places, Place, 0)) < 0)
    {
      g_array_index (places, Place, 0) = *place;
      sift_down (places);
    }
}

/* Whether a place that is this far along the x axis may still be among the nearest. */
static gboolean
may_be_near (const Nearest *nearest,
             double         distance)
{
  return nearest->places->len < nearest->k || distance <= g_array_index (nearest->places, Place, 0).distance;
}

/* One of the two ways along the x axis from the centre. */
typedef struct {
  EngramStatement *statement;
  Place            place;
  double           distance;
  gboolean         ended;
} Walk;

/* Goes on to the next place. Rows that hold no place are passed over. */
static gboolean
walk_on (Walk          *walk,
         const double   centre[3],
         GError       **error)
{
  int step;

  while ((step = engram_statement_step (walk->statement, error)) > 0)
    if (read_place (engram_statement_get_handle (walk->statement), &walk->place))
      {
        walk->distance = fabs (walk->place.position[0] - centre[0]);
        walk->place.distance = get_distance (walk->place.position, centre);
        return TRUE;
      }
  walk->ended = TRUE;
  return step == 0;
}

static gboolean
begin_walk (Walk              *walk,
            EngramConnection  *reader,
            const char        *sql,
            const double       centre[3],
            GError           **error)
{
  *walk = (Walk) { .statement = engram_connection_prepare (reader, sql, error) };
  if (walk->statement == NULL)
    return FALSE;

  engram_statement_bind_double (walk->statement, 1, centre[0]);
  engram_statement_bind_double (walk->statement, 2, DBL_MAX);
  return walk_on (walk, centre, error);
}

/* Always takes the step that is shorter along the x axis, until none can lead to a nearer place. */
static gboolean
walk_outward (Nearest       *nearest,
              Walk           walks[2],
              const double   centre[3],
              GError       **error)
{
  for (;;)
    {
      gboolean first = walks[1].ended || (!walks[0].ended && walks[0].distance <= walks[1].distance);
      Walk *walk = &walks[first ? 0 : 1];

      if (walk->ended || !may_be_near (nearest, walk->distance))
        return TRUE;
      offer_place (nearest, &walk->place);
      if (!walk_on (walk, centre, error))
        return FALSE;
    }
}

static GPtrArray *
find_nearest (EngramConnection  *reader,
              const double       centre[3],
              guint              k,
              GError           **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  Nearest nearest = { places, k };
  Walk walks[2] = { 0 };
  gboolean success;

  success = begin_walk (&walks[0], reader, SELECT_PLACES
                        " WHERE position_x >= ?1 AND position_x <= ?2 ORDER BY position_x",
                        centre, error) &&
            begin_walk (&walks[1], reader, SELECT_PLACES
                        " WHERE position_x < ?1 AND position_x >= -?2 ORDER BY position_x DESC",
                        centre, error) &&
            walk_outward (&nearest, walks, centre, error);
  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    engram_statement_release (walks[i].statement);
  if (!success)
    return NULL;

  g_array_sort (places, compare_places);
  return fetch_places (reader, places, error);
}

GPtrArray *
engram_neuron_store_list_nearest (EngramNeuronStore  *self,
                                  const double        centre[3],
                                  guint               k,
                                  GCancellable       *cancellable,
                                  GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  if (!check_centre (centre, error))
    return NULL;
  if (k == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  reader = engram_store_begin_read (self->database, cancellable, error);
  return reader != NULL ? find_nearest (reader, centre, k, error) : NULL;
}
