/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "scene/engram-axis-labels.h"

#define WIDTH 600.0f
#define HEIGHT 400.0f

static const float low[] = { -45, -20, -45 }, high[] = { 45, 20, 45 };

/* A character is 7 pixels wide. */
static void
measure_cb (const char *text,
            float      *width,
            float      *height,
            gpointer    user_data)
{
  *width = 7 * (float) g_utf8_strlen (text, -1);
  *height = 14;
}

static void
project (EngramProjection *projection,
         float             zoom,
         gboolean          along_an_axis)
{
  EngramCamera camera;

  engram_camera_init (&camera, FALSE);
  if (along_an_axis)
    {
      camera.projection = ENGRAM_CAMERA_PARALLEL;
      engram_camera_look_along (&camera, ENGRAM_AXIS_Z, FALSE);
    }
  else
    engram_camera_orbit (&camera, -110, 70, 1000, 1000);
  engram_camera_fit (&camera, low, high, WIDTH, HEIGHT, 60);
  engram_camera_zoom (&camera, zoom, WIDTH / 2, HEIGHT / 2, WIDTH, HEIGHT);
  engram_camera_project (&camera, low, high, WIDTH, HEIGHT, projection);
}

static GArray *
place (float                  zoom,
       gboolean               along_an_axis,
       const graphene_rect_t *taken,
       guint                  n_taken)
{
  EngramProjection projection;

  project (&projection, zoom, along_an_axis);
  return engram_axis_labels_place (low, high, &projection, taken, n_taken, measure_cb, NULL);
}

static const EngramAxisLabel *
find (const GArray *labels,
      EngramAxis    axis,
      const char   *text)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const EngramAxisLabel *label = &g_array_index (labels, EngramAxisLabel, i);

      if (label->axis == axis && strcmp (label->text, text) == 0)
        return label;
    }
  return NULL;
}

static guint
count_numbers (const GArray *labels,
               EngramAxis    axis)
{
  guint n = 0;

  for (guint i = 0; i < labels->len; i++)
    {
      const EngramAxisLabel *label = &g_array_index (labels, EngramAxisLabel, i);

      n += label->axis == axis && !label->name;
    }
  return n;
}

static graphene_rect_t
get_place (const EngramAxisLabel *label)
{
  return GRAPHENE_RECT_INIT (label->x, label->y, label->width, label->height);
}

static void
assert_clear (const GArray *labels)
{
  for (guint i = 0; i < labels->len; i++)
    {
      graphene_rect_t first = get_place (&g_array_index (labels, EngramAxisLabel, i));

      g_assert_true (graphene_rect_contains_rect (&GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT), &first));
      for (guint j = 0; j < i; j++)
        {
          graphene_rect_t second = get_place (&g_array_index (labels, EngramAxisLabel, j));

          g_assert_false (graphene_rect_intersection (&first, &second, NULL));
        }
    }
}

static void
test_names_and_numbers (void)
{
  g_autoptr (GArray) labels = place (1, FALSE, NULL, 0);

  g_assert_nonnull (find (labels, ENGRAM_AXIS_X, "x"));
  g_assert_nonnull (find (labels, ENGRAM_AXIS_Y, "y"));
  g_assert_nonnull (find (labels, ENGRAM_AXIS_Z, "z"));
  g_assert_nonnull (find (labels, ENGRAM_AXIS_X, "0"));
  g_assert_nonnull (find (labels, ENGRAM_AXIS_X, "40"));
  g_assert_nonnull (find (labels, ENGRAM_AXIS_X, "−40"));
  g_assert_cmpuint (count_numbers (labels, ENGRAM_AXIS_X), ==, 5);
  assert_clear (labels);
}

/* A number stands beside the place that it is the number of. */
static void
test_numbers_are_beside_their_places (void)
{
  g_autoptr (GArray) labels = place (1, TRUE, NULL, 0);
  g_autoptr (GArray) ticks = engram_scene_grid_ticks (low, high);
  EngramProjection projection;
  guint n = 0;

  project (&projection, 1, TRUE);
  for (guint i = 0; i < ticks->len; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);
      g_autofree char *text = engram_axis_labels_format (tick->value, 20);
      const EngramAxisLabel *label = find (labels, tick->axis, text);
      float x, y, depth;

      if (tick->axis != ENGRAM_AXIS_X || tick->end)
        continue;
      g_assert_nonnull (label);
      g_assert_true (engram_projection_map (&projection, tick->place, &x, &y, &depth));
      g_assert_cmpfloat_with_epsilon (label->x + label->width / 2, x, 1);
      /* The x axis is below the box that is seen. */
      g_assert_cmpfloat (label->y, >, y);
      g_assert_cmpfloat (label->y, <, y + 20);
      n++;
    }
  g_assert_cmpuint (n, ==, 5);
}

static void
test_an_axis_that_is_looked_along_has_no_numbers (void)
{
  g_autoptr (GArray) labels = place (1, TRUE, NULL, 0);

  g_assert_cmpuint (count_numbers (labels, ENGRAM_AXIS_X), ==, 5);
  g_assert_cmpuint (count_numbers (labels, ENGRAM_AXIS_Z), ==, 0);
  assert_clear (labels);
}

/* From far every second number is left, and none of them lies over another. */
static void
test_fewer_when_far (void)
{
  guint last = G_MAXUINT;

  for (float zoom = 1; zoom > 0.05f; zoom /= 1.3f)
    {
      g_autoptr (GArray) labels = place (zoom, TRUE, NULL, 0);
      guint n = count_numbers (labels, ENGRAM_AXIS_X);

      assert_clear (labels);
      g_assert_cmpuint (n, <=, last);
      /* Where one is left it is a round one. */
      if (n > 0)
        g_assert_nonnull (find (labels, ENGRAM_AXIS_X, "0"));
      last = n;
    }
  g_assert_cmpuint (last, <, 3);
}

static void
test_nothing_over_what_is_taken (void)
{
  g_autoptr (GArray) all = place (1, FALSE, NULL, 0);
  graphene_rect_t taken = get_place (find (all, ENGRAM_AXIS_X, "40"));
  g_autoptr (GArray) labels = place (1, FALSE, &taken, 1);

  g_assert_null (find (labels, ENGRAM_AXIS_X, "40"));
  g_assert_cmpuint (labels->len, ==, all->len - 1);
}

static void
test_a_single_place_has_no_axes (void)
{
  EngramProjection projection;
  g_autoptr (GArray) labels = NULL;

  project (&projection, 1, FALSE);
  labels = engram_axis_labels_place (low, low, &projection, NULL, 0, measure_cb, NULL);
  g_assert_cmpuint (labels->len, ==, 0);
}

static void
assert_format (double      value,
               double      step,
               const char *expected)
{
  g_autofree char *text = engram_axis_labels_format (value, step);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (40, 20, "40");
  assert_format (-40, 20, "−40");
  assert_format (0.1 * 3, 0.1, "0.3");
  assert_format (-1e-17, 0.1, "0.0");
  assert_format (0.05, 0.05, "0.05");
  assert_format (2e9, 1e9, "2e+09");
  assert_format (3e-9, 1e-9, "3e-09");
  assert_format (1e-25, 1e-9, "0");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis-labels/names-and-numbers", test_names_and_numbers);
  g_test_add_func ("/axis-labels/beside", test_numbers_are_beside_their_places);
  g_test_add_func ("/axis-labels/looked-along", test_an_axis_that_is_looked_along_has_no_numbers);
  g_test_add_func ("/axis-labels/far", test_fewer_when_far);
  g_test_add_func ("/axis-labels/taken", test_nothing_over_what_is_taken);
  g_test_add_func ("/axis-labels/single-place", test_a_single_place_has_no_axes);
  g_test_add_func ("/axis-labels/format", test_format);
  return g_test_run ();
}
