/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-axis-labels.h"

#include <math.h>
#include <string.h>

#include "common/engram-text-format.h"

/* A text stands so far from its axis, and from other texts. */
#define GAP 6.0f
#define MARGIN 4.0f

/* An axis that is shorter than this in the picture, in pixels, is looked along. */
#define SHORTEST 40.0f

#define N_AXES 3

/* From here on numbers are written with an exponent. */
#define LONGEST_NUMBER 1e7
#define MOST_DECIMALS 6

typedef struct {
  const EngramProjection *projection;
  EngramMeasureTextFunc measure;
  gpointer user_data;
  float middle[2];  /* of the box, in the picture */
  GArray *taken;    /* graphene_rect_t */
  GArray *labels;   /* EngramAxisLabel */
} Placing;

/* The ticks of one axis in the picture. */
typedef struct {
  EngramAxis axis;
  double step;
  float begin[2], end[2];
  float away[2];    /* of length 1, across the axis, away from the box */
} Axis;

char *
engram_axis_labels_format (double value,
                           double step)
{
  int decimals = (int) MAX (0, -floor (log10 (step) + 1e-9));
  int digits = (int) CLAMP (2 + log10 (MAX (fabs (value), step) / step), 2, 9);

  if (fabs (value) >= LONGEST_NUMBER || decimals > MOST_DECIMALS)
    return g_strdup_printf ("%.*g", digits, fabs (value) < step / 2 ? 0 : value);
  return engram_format_decimals (value, (guint) decimals);
}

static void
clear_label (gpointer data)
{
  g_free (((EngramAxisLabel *) data)->text);
}

static gboolean
is_free (const Placing         *placing,
         const graphene_rect_t *place)
{
  graphene_rect_t wide;

  if (place->origin.x < 0 || place->origin.y < 0 || place->origin.x + place->size.width > placing->projection->width
      || place->origin.y + place->size.height > placing->projection->height)
    return FALSE;
  graphene_rect_inset_r (place, -MARGIN, -MARGIN, &wide);
  for (guint i = 0; i < placing->taken->len; i++)
    if (graphene_rect_intersection (&wide, &g_array_index (placing->taken, graphene_rect_t, i), NULL))
      return FALSE;
  return TRUE;
}

/* @text: (transfer full). Beside a place of the picture, in a direction of length 1. */
static void
add_label (Placing     *placing,
           char        *text,
           const Axis  *axis,
           gboolean     name,
           const float  at[2],
           const float  direction[2])
{
  EngramAxisLabel label = { text, axis->axis, name };
  graphene_rect_t place;

  placing->measure (text, &label.width, &label.height, placing->user_data);

  /* The middle of the text, so that its nearest edge keeps the gap. */
  float reach = GAP + fabsf (direction[0]) * label.width / 2 + fabsf (direction[1]) * label.height / 2;

  label.x = at[0] + direction[0] * reach - label.width / 2;
  label.y = at[1] + direction[1] * reach - label.height / 2;
  place = GRAPHENE_RECT_INIT (label.x, label.y, label.width, label.height);
  if (!is_free (placing, &place))
    {
      g_free (text);
      return;
    }
  g_array_append_val (placing->taken, place);
  g_array_append_val (placing->labels, label);
}

static gboolean
map (const Placing *placing,
     const float    place[3],
     float          at[2])
{
  float depth;

  return engram_projection_map (placing->projection, place, &at[0], &at[1], &depth)
         && isfinite (at[0]) && isfinite (at[1]);
}

/* How far apart the numbers of an axis are; 0 where it has fewer than two. */
static double
find_step (const GArray *ticks,
           EngramAxis    number)
{
  const EngramSceneGridTick *last = NULL;

  for (guint i = 0; i < ticks->len; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);

      if (tick->axis != number || tick->end)
        continue;
      if (last != NULL)
        return tick->value - last->value;
      last = tick;
    }
  return 0;
}

/* An axis that has room for one number is read by the step of the others. */
static double
choose_step (const GArray *ticks,
             EngramAxis    number)
{
  double step = find_step (ticks, number);

  for (guint other = 0; other < N_AXES && step == 0; other++)
    step = find_step (ticks, other);
  return step > 0 ? step : 1;
}

/* Which side of the axis is away from the box. */
static void
choose_side (Axis          *axis,
             const Placing *placing)
{
  float dx = axis->end[0] - axis->begin[0], dy = axis->end[1] - axis->begin[1];
  float length = hypotf (dx, dy);

  axis->away[0] = length > 0 ? -dy / length : 0;
  axis->away[1] = length > 0 ? dx / length : 1;
  if (axis->away[0] * (axis->begin[0] + dx / 2 - placing->middle[0])
      + axis->away[1] * (axis->begin[1] + dy / 2 - placing->middle[1]) < 0)
    {
      axis->away[0] = -axis->away[0];
      axis->away[1] = -axis->away[1];
    }
}

/* FALSE where the axis is behind the eye. */
static gboolean
init_axis (Axis          *axis,
           const Placing *placing,
           const GArray  *ticks,
           const float    low[N_AXES],
           const float    high[N_AXES],
           EngramAxis     number)
{
  float end[N_AXES];

  memcpy (end, low, sizeof end);
  end[number] = high[number];
  axis->axis = number;
  axis->step = choose_step (ticks, number);
  if (!map (placing, low, axis->begin) || !map (placing, end, axis->end))
    return FALSE;
  choose_side (axis, placing);
  return TRUE;
}

static float
get_length (const Axis *axis)
{
  return hypotf (axis->end[0] - axis->begin[0], axis->end[1] - axis->begin[1]);
}

static void
add_name (Placing    *placing,
          const Axis *axis)
{
  static const char *const names[N_AXES] = { "x", "y", "z" };
  float length = get_length (axis), direction[2] = { axis->away[0], axis->away[1] };

  if (length >= 1)
    {
      direction[0] = (axis->end[0] - axis->begin[0]) / length;
      direction[1] = (axis->end[1] - axis->begin[1]) / length;
    }
  add_label (placing, g_strdup (names[axis->axis]), axis, TRUE, axis->end, direction);
}

/* Whether two neighbours among every @stride-th tick stand clear of each other, where they are closest. */
static gboolean
fits (const Placing *placing,
      const GArray  *ticks,
      const Axis    *axis,
      gint64         stride)
{
  float last[2], last_width = 0, last_height = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < ticks->len; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);
      float at[2], width, height;

      if (tick->axis != axis->axis || tick->end || llround (tick->value / axis->step) % stride != 0
          || !map (placing, tick->place, at))
        continue;

      g_autofree char *text = engram_axis_labels_format (tick->value, axis->step * stride);

      placing->measure (text, &width, &height, placing->user_data);
      if (any && fabsf (at[0] - last[0]) < (width + last_width) / 2 + MARGIN
          && fabsf (at[1] - last[1]) < (height + last_height) / 2 + MARGIN)
        return FALSE;
      memcpy (last, at, sizeof last);
      last_width = width;
      last_height = height;
      any = TRUE;
    }
  return TRUE;
}

static gint64
choose_stride (const Placing *placing,
               const GArray  *ticks,
               const Axis    *axis)
{
  static const gint64 strides[] = { 1, 2, 5, 10, 20 };

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    if (fits (placing, ticks, axis, strides[i]))
      return strides[i];
  return 0;
}

static void
add_numbers (Placing      *placing,
             const GArray *ticks,
             const Axis   *axis)
{
  gint64 stride = choose_stride (placing, ticks, axis);

  for (guint i = 0; i < ticks->len && stride > 0; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);
      float at[2];

      if (tick->axis == axis->axis && !tick->end && llround (tick->value / axis->step) % stride == 0
          && map (placing, tick->place, at))
        add_label (placing, engram_axis_labels_format (tick->value, axis->step * stride), axis, FALSE, at, axis->away);
    }
}

/* The box that the axes are of, which has some room around the scene. */
static void
find_box (const GArray *ticks,
          float         low[N_AXES],
          float         high[N_AXES])
{
  for (guint i = 0; i < ticks->len; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);

      if (!tick->end)
        continue;
      high[tick->axis] = tick->place[tick->axis];
      for (guint other = 0; other < N_AXES; other++)
        if (other != tick->axis)
          low[other] = tick->place[other];
    }
}

static void
find_middle (Placing     *placing,
             const float  low[N_AXES],
             const float  high[N_AXES])
{
  const float middle[N_AXES] = { (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2 };

  if (map (placing, middle, placing->middle))
    return;
  placing->middle[0] = placing->projection->width / 2;
  placing->middle[1] = placing->projection->height / 2;
}

static void
place_all (Placing      *placing,
           const GArray *ticks)
{
  float low[N_AXES] = { 0 }, high[N_AXES] = { 0 };
  Axis axes[N_AXES];
  gboolean seen[N_AXES];

  find_box (ticks, low, high);
  find_middle (placing, low, high);
  for (guint i = 0; i < N_AXES; i++)
    {
      seen[i] = init_axis (&axes[i], placing, ticks, low, high, i);
      if (seen[i])
        add_name (placing, &axes[i]);
    }
  for (guint i = 0; i < N_AXES; i++)
    if (seen[i] && get_length (&axes[i]) >= SHORTEST)
      add_numbers (placing, ticks, &axes[i]);
}

GArray *
engram_axis_labels_place (const float              low[3],
                          const float              high[3],
                          const EngramProjection  *projection,
                          const graphene_rect_t   *taken,
                          guint                    n_taken,
                          EngramMeasureTextFunc    measure,
                          gpointer                 user_data)
{
  Placing placing = { projection, measure, user_data };
  g_autoptr (GArray) ticks = engram_scene_grid_ticks (low, high);
  g_autoptr (GArray) all_taken = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  placing.labels = g_array_new (FALSE, FALSE, sizeof (EngramAxisLabel));
  g_array_set_clear_func (placing.labels, clear_label);
  placing.taken = all_taken;
  if (n_taken > 0)
    g_array_append_vals (all_taken, taken, n_taken);
  if (ticks->len > 0)
    place_all (&placing, ticks);
  return placing.labels;
}
