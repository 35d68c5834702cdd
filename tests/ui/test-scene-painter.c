/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "scene/engram-axis-labels.h"
#include "scene/engram-picture.h"
#include "test-support.h"

#define WIDTH 200
#define HEIGHT 200

/* A scene of a few points, seen along -z so that 1 unit is 10 pixels at z = 0. */
typedef struct {
  EngramScene *scene;
  EngramSceneStyle style;
  EngramCamera camera;
} Fixture;

static void
fixture_init (Fixture                *self,
              const EngramScenePoint *points,
              guint32                 n_points,
              const EngramSceneEdge  *edges,
              guint32                 n_edges,
              gboolean                flat)
{
  self->scene = engram_scene_new (g_memdup2 (points, n_points * sizeof *points), n_points,
                                  g_memdup2 (edges, n_edges * sizeof *edges), n_edges, FALSE, flat);
  engram_scene_style_init (&self->style, flat, FALSE, FALSE);
  self->style.grid = FALSE;
  self->style.fog = FALSE;
  engram_camera_init (&self->camera, flat);
  self->camera.distance = (float) (10 / tan (G_PI / 9));
}

static void
fixture_clear (Fixture *self)
{
  engram_scene_unref (self->scene);
}

static cairo_surface_t *
paint (Fixture                  *self,
       const EngramSceneCaption *caption)
{
  EngramPictureSize size;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image;

  engram_picture_size_init_pixels (&size, WIDTH, HEIGHT, 1);
  image = engram_picture_make_image (&size, self->scene, &self->style, &self->camera, caption, NULL, &error);
  g_assert_no_error (error);
  return image;
}

/* Red, green, blue, alpha of a pixel. */
static void
read_pixel (cairo_surface_t *image,
            int              x,
            int              y,
            int              colour[4])
{
  const guint8 *data = cairo_image_surface_get_data (image) + y * cairo_image_surface_get_stride (image) + x * 4;
  guint32 pixel;

  memcpy (&pixel, data, sizeof pixel);
  for (int i = 0; i < 3; i++)
    colour[i] = pixel >> (16 - 8 * i) & 0xff;
  colour[3] = (int) (pixel >> 24);
}

static void
assert_pixel (cairo_surface_t *image,
              int              x,
              int              y,
              int              red,
              int              green,
              int              blue,
              int              tolerance)
{
  const int expected[] = { red, green, blue };
  int colour[4];

  read_pixel (image, x, y, colour);
  for (int i = 0; i < 3; i++)
    if (ABS (colour[i] - expected[i]) > tolerance)
      g_error ("The pixel %d, %d is %d, %d, %d instead of %d, %d, %d", x, y, colour[0], colour[1], colour[2], red,
               green, blue);
}

static void
assert_background (cairo_surface_t *image,
                   int              x,
                   int              y)
{
  assert_pixel (image, x, y, 0xfb, 0xfb, 0xfc, 1);
}

static gboolean
is_background (cairo_surface_t *image,
               int              x,
               int              y)
{
  int colour[4];

  read_pixel (image, x, y, colour);
  return ABS (colour[0] - 0xfb) <= 1 && ABS (colour[1] - 0xfb) <= 1 && ABS (colour[2] - 0xfc) <= 1;
}

/* How many pixels of an area are drawn on. */
static guint
count_drawn (cairo_surface_t *image,
             int              left,
             int              top,
             int              right,
             int              bottom)
{
  guint n = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      n += !is_background (image, x, y);
  return n;
}

static gboolean
is_changed (cairo_surface_t *image,
            cairo_surface_t *other,
            int              x,
            int              y)
{
  int colour[4], before[4];

  read_pixel (image, x, y, colour);
  read_pixel (other, x, y, before);
  return ABS (colour[0] - before[0]) + ABS (colour[1] - before[1]) + ABS (colour[2] - before[2]) > 12;
}

static guint
count_different (cairo_surface_t       *image,
                 cairo_surface_t       *other,
                 const EngramAxisLabel *label)
{
  guint n = 0;

  for (int y = (int) label->y; y < (int) (label->y + label->height); y++)
    for (int x = (int) label->x; x < (int) (label->x + label->width); x++)
      n += is_changed (image, other, x, y);
  return n;
}

/* About as large as they are painted. */
static void
measure_tick_cb (const char *text,
                 float      *width,
                 float      *height,
                 gpointer    user_data)
{
  *width = 6 * (float) g_utf8_strlen (text, -1);
  *height = 13;
}

#define RED { 220, 0, 0, 255 }
#define GREEN { 0, 200, 0, 255 }

static void
test_sphere_in_the_middle (void)
{
  const EngramScenePoint point = { 0, 0, 0, 4, RED, 0 };
  Fixture fixture;
  int middle[4], lit[4], dark[4];

  fixture_init (&fixture, &point, 1, NULL, 0, FALSE);

  cairo_surface_t *image = paint (&fixture, NULL);

  read_pixel (image, 100, 100, middle);
  g_assert_cmpint (middle[0], >, 180);
  g_assert_cmpint (middle[1], <, 60);
  /* The light comes from the left above. */
  read_pixel (image, 93, 90, lit);
  read_pixel (image, 107, 110, dark);
  g_assert_cmpint (lit[0], >, dark[0] + 40);
  /* Its radius is 20. */
  assert_background (image, 100, 77);
  assert_background (image, 77, 100);
  g_assert_false (is_background (image, 82, 100));
  g_assert_false (is_background (image, 118, 100));
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_disc_has_its_colour_and_an_outline (void)
{
  const EngramScenePoint point = { 0, 0, 0, 4, RED, 0 };
  Fixture fixture;
  int rim[4];

  fixture_init (&fixture, &point, 1, NULL, 0, TRUE);

  cairo_surface_t *image = paint (&fixture, NULL);

  assert_pixel (image, 100, 100, 220, 0, 0, 1);
  assert_pixel (image, 110, 110, 220, 0, 0, 1);
  read_pixel (image, 100, 76, rim);
  g_assert_cmpint (rim[0], <, 160);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_nearer_covers_farther (void)
{
  /* Whatever the order: the nearer one is in front. */
  const EngramScenePoint points[][2] = {
    { { 0, 0, 3, 3, RED, 0 }, { 0, 0, -3, 3, GREEN, 0 } },
    { { 0, 0, -3, 3, GREEN, 0 }, { 0, 0, 3, 3, RED, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      Fixture fixture;
      int colour[4];

      fixture_init (&fixture, points[i], 2, NULL, 0, FALSE);

      cairo_surface_t *image = paint (&fixture, NULL);

      read_pixel (image, 100, 100, colour);
      g_assert_cmpint (colour[0], >, 150);
      g_assert_cmpint (colour[1], <, 90);
      cairo_surface_destroy (image);
      fixture_clear (&fixture);
    }
}

static void
test_hidden_is_not_drawn (void)
{
  const EngramScenePoint points[] = {
    { -5, 0, 0, 2, RED, 0 }, { 5, 0, 0, 2, GREEN, ENGRAM_POINT_HIDDEN }, { NAN, 0, 0, 2, GREEN, 0 },
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 0, 2, 1 } };
  Fixture fixture;

  fixture_init (&fixture, points, 3, edges, 2, TRUE);

  cairo_surface_t *image = paint (&fixture, NULL);

  g_assert_false (is_background (image, 50, 100));
  g_assert_cmpuint (count_drawn (image, 70, 0, WIDTH, HEIGHT), ==, 0);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_dimmed_is_faint (void)
{
  const EngramScenePoint point = { 0, 0, 0, 4, RED, ENGRAM_POINT_DIMMED };
  Fixture fixture;

  fixture_init (&fixture, &point, 1, NULL, 0, TRUE);

  cairo_surface_t *image = paint (&fixture, NULL);

  assert_pixel (image, 100, 100, (int) (0xfb * 0.8 + 220 * 0.2), (int) (0xfb * 0.8), (int) (0xfc * 0.8), 2);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_rings_stand_around (void)
{
  const EngramScenePoint points[] = {
    { -5, 0, 0, 2, RED, ENGRAM_POINT_SELECTED }, { 5, 0, 0, 2, RED, ENGRAM_POINT_MARKED }, { 0, 5, 0, 2, RED, 0 },
  };
  Fixture fixture;
  guint n_dark = 0;

  fixture_init (&fixture, points, 3, NULL, 0, TRUE);

  cairo_surface_t *image = paint (&fixture, NULL);

  /* Radius 12; the ring from 13.75 to 15.75. */
  assert_pixel (image, 50, 85, 0, 0, 0, 40);
  assert_pixel (image, 35, 100, 0, 0, 0, 40);
  assert_background (image, 100, 35);
  /* Of dashes: some of its circle is dark, some is not. */
  for (int angle = 0; angle < 360; angle++)
    n_dark += !is_background (image, (int) (150 + 14.75 * cos (angle * G_PI / 180)),
                              (int) (100 + 14.75 * sin (angle * G_PI / 180)));
  g_assert_cmpuint (n_dark, >, 90);
  g_assert_cmpuint (n_dark, <, 340);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_signs_have_colours_and_ends (void)
{
  const EngramScenePoint points[] = {
    { -8, 5, 0, 1, RED, 0 }, { 8, 5, 0, 1, RED, 0 }, { -8, -5, 0, 1, RED, 0 }, { 8, -5, 0, 1, RED, 0 },
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 2, 3, -1 } };
  Fixture fixture;

  fixture_init (&fixture, points, 4, edges, 2, TRUE);
  fixture.style.edge_opacity = 1;

  cairo_surface_t *image = paint (&fixture, NULL);

  assert_pixel (image, 100, 50, 0xd0, 0x55, 0x00, 2);
  assert_pixel (image, 100, 150, 0x00, 0x67, 0xa8, 2);
  /* The head widens backwards from the rim of the point at 174; the bar stands across at its end only. */
  g_assert_false (is_background (image, 166, 48));
  g_assert_false (is_background (image, 172, 147));
  assert_background (image, 166, 147);
  assert_background (image, 28, 47);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_only_edges_in_the_range_are_drawn (void)
{
  const EngramScenePoint points[] = {
    { -8, 5, 0, 1, RED, 0 }, { 8, 5, 0, 1, RED, 0 }, { -8, -5, 0, 1, RED, 0 }, { 8, -5, 0, 1, RED, 0 },
  };
  const EngramSceneEdge edges[] = { { 0, 1, 0.9f }, { 2, 3, 0.3f } };
  Fixture fixture;
  cairo_surface_t *image;

  fixture_init (&fixture, points, 4, edges, 2, TRUE);
  fixture.style.highest_weight = 0.5f;
  image = paint (&fixture, NULL);
  assert_background (image, 100, 50);
  g_assert_false (is_background (image, 100, 150));
  cairo_surface_destroy (image);

  fixture.style.highest_weight = INFINITY;
  fixture.style.edges = ENGRAM_SCENE_EDGES_NONE;
  engram_scene_set_marked_edges (fixture.scene, (const guint32[]) { 1 }, 1);
  image = paint (&fixture, NULL);
  assert_background (image, 100, 50);
  assert_pixel (image, 100, 150, 0xd0, 0x55, 0x00, 2);
  cairo_surface_destroy (image);

  /* Those of what is selected. */
  fixture.style.edges = ENGRAM_SCENE_EDGES_SELECTED;
  engram_scene_set_marked_edges (fixture.scene, NULL, 0);
  engram_scene_set_flag (fixture.scene, ENGRAM_POINT_SELECTED, (const guint32[]) { 1 }, 1);
  image = paint (&fixture, NULL);
  g_assert_false (is_background (image, 100, 50));
  assert_background (image, 100, 150);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_an_edge_behind_a_point_is_covered (void)
{
  const EngramScenePoint points[] = {
    { -8, 0, -4, 1, RED, 0 }, { 8, 0, -4, 1, RED, 0 }, { 0, 0, 0, 2, GREEN, 0 },
    { -8, 5, 4, 1, RED, 0 }, { 8, 5, 4, 1, RED, 0 }, { 0, 5, 0, 2, GREEN, 0 },
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 3, 4, 1 } };
  Fixture fixture;
  int behind[4], before[4];

  fixture_init (&fixture, points, 6, edges, 2, FALSE);
  fixture.camera.projection = ENGRAM_CAMERA_PARALLEL;
  fixture.style.edge_opacity = 1;

  cairo_surface_t *image = paint (&fixture, NULL);

  read_pixel (image, 100, 100, behind);
  read_pixel (image, 100, 50, before);
  g_assert_cmpint (behind[1], >, behind[0] + 50);
  assert_pixel (image, 100, 50, 0xd0, 0x55, 0x00, 2);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_fog_fades (void)
{
  const EngramScenePoint points[] = { { -3, 0, 5, 2, RED, 0 }, { 3, 0, -20, 2, RED, 0 } };
  Fixture fixture;
  int near[4], far[4];

  fixture_init (&fixture, points, 2, NULL, 0, FALSE);
  fixture.camera.projection = ENGRAM_CAMERA_PARALLEL;
  fixture.style.fog = TRUE;

  cairo_surface_t *image = paint (&fixture, NULL);

  read_pixel (image, 70, 100, near);
  read_pixel (image, 130, 100, far);
  g_assert_cmpint (far[1], >, near[1] + 80);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_grid_stands_around_a_space (void)
{
  const EngramScenePoint points[] = { { -4, -4, -4, 1, RED, 0 }, { 4, 4, 4, 1, RED, 0 } };
  Fixture fixture;
  guint n_without, n_with;
  cairo_surface_t *image;

  fixture_init (&fixture, points, 2, NULL, 0, FALSE);
  image = paint (&fixture, NULL);
  n_without = count_drawn (image, 0, 0, WIDTH, HEIGHT);
  cairo_surface_destroy (image);

  fixture.style.grid = TRUE;
  image = paint (&fixture, NULL);
  n_with = count_drawn (image, 0, 0, WIDTH, HEIGHT);
  cairo_surface_destroy (image);
  g_assert_cmpuint (n_with, >, n_without + 500);
  fixture_clear (&fixture);
}

static void
test_background_may_be_none (void)
{
  const EngramScenePoint point = { 0, 0, 0, 4, RED, 0 };
  Fixture fixture;
  int corner[4], middle[4];

  fixture_init (&fixture, &point, 1, NULL, 0, TRUE);
  fixture.style.background[3] = 0;

  cairo_surface_t *image = paint (&fixture, NULL);

  read_pixel (image, 0, 0, corner);
  read_pixel (image, 100, 100, middle);
  g_assert_cmpint (corner[3], ==, 0);
  g_assert_cmpint (middle[3], ==, 255);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_captions_are_written (void)
{
  const EngramScenePoint point = { 0, 0, 0, 1, RED, 0 };
  const char *const labels[] = { "Axon" };
  const guint32 importance[] = { 0 };
  g_autoptr (EngramLegend) legend = engram_legend_new ("Type");
  EngramSceneCaption caption = { labels, importance, 1, 5, legend, "µm" };
  Fixture fixture;
  cairo_surface_t *image;

  engram_legend_add (legend, "Tool", (const guint8[]) { 0, 0, 250, 255 }, 3);
  fixture_init (&fixture, &point, 1, NULL, 0, TRUE);
  image = paint (&fixture, NULL);
  g_assert_cmpuint (count_drawn (image, 108, 90, 150, 110), ==, 0);
  g_assert_cmpuint (count_drawn (image, 0, 130, WIDTH, HEIGHT), ==, 0);
  cairo_surface_destroy (image);

  image = paint (&fixture, &caption);
  g_assert_cmpuint (count_drawn (image, 108, 90, 150, 110), >, 40);
  /* The legend bottom left, with the colour of its entry, and the scale bar bottom right: 5 units of 10 pixels. */
  g_assert_cmpuint (count_drawn (image, 0, 130, 100, HEIGHT), >, 100);
  assert_pixel (image, 25, 173, 0, 0, 250, 2);
  assert_pixel (image, 155, 179, 0x2e, 0x2e, 0x33, 40);
  g_assert_true (is_background (image, 128, 179));
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

/* Numbers and names beside the axes of a space, as on screen, and only where there are texts at all. */
static void
test_axes_have_numbers (void)
{
  const EngramScenePoint points[] = { { -6, -5, -3, 1, RED, 0 }, { 6, 5, 3, 1, RED, 0 } };
  EngramSceneCaption caption = { 0 };
  float low[3], high[3];
  EngramProjection projection;
  g_autoptr (GArray) labels = NULL;
  Fixture fixture;
  cairo_surface_t *without, *with;

  fixture_init (&fixture, points, G_N_ELEMENTS (points), NULL, 0, FALSE);
  fixture.style.grid = TRUE;
  engram_camera_orbit (&fixture.camera, 60, 40, WIDTH, HEIGHT);
  without = paint (&fixture, NULL);
  with = paint (&fixture, &caption);
  engram_scene_get_bounds (fixture.scene, low, high);
  engram_camera_project (&fixture.camera, low, high, WIDTH, HEIGHT, &projection);
  labels = engram_axis_labels_place (low, high, &projection, NULL, 0, measure_tick_cb, NULL);
  g_assert_cmpuint (labels->len, >, 5);
  for (guint i = 0; i < labels->len; i++)
    {
      const EngramAxisLabel *label = &g_array_index (labels, EngramAxisLabel, i);

      if (label->name)
        g_assert_cmpuint (count_different (with, without, label), >, 3);
    }
  cairo_surface_destroy (without);
  cairo_surface_destroy (with);
  fixture_clear (&fixture);
}

/* A text hides no more of what is under it than its own rim. */
static void
test_labels_have_no_plates (void)
{
  const EngramScenePoint points[] = { { 0, 0, -1, 30, RED, 0 }, { 0, 0, 4, 1, GREEN, 0 } };
  const char *const labels[] = { NULL, "Axon" };
  const guint32 importance[] = { 1 };
  EngramSceneCaption caption = { labels, importance, 1, 5 };
  Fixture fixture;
  cairo_surface_t *without, *with;
  guint n_changed = 0;

  fixture_init (&fixture, points, G_N_ELEMENTS (points), NULL, 0, FALSE);
  without = paint (&fixture, NULL);
  with = paint (&fixture, &caption);
  for (int y = 94; y < 106; y++)
    for (int x = 110; x < 134; x++)
      n_changed += is_changed (with, without, x, y);
  g_assert_cmpuint (n_changed, >, 60);
  g_assert_cmpuint (n_changed, <, 12 * 24);
  cairo_surface_destroy (without);
  cairo_surface_destroy (with);
  fixture_clear (&fixture);
}

/* Of the points only these, and those that stand out. */
static void
test_part_of_the_points (void)
{
  const EngramScenePoint points[] = {
    { -5, 0, 0, 2, RED, 0 }, { 0, 0, 0, 2, RED, 0 }, { 5, 0, 0, 2, RED, ENGRAM_POINT_MARKED }, { 0, 5, 0, 2, RED, 0 },
  };
  const guint32 chosen[] = { 3, 2, 0 };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (image);
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  fixture_init (&fixture, points, G_N_ELEMENTS (points), NULL, 0, TRUE);
  g_assert_true (engram_scene_painter_paint_part (cairo, fixture.scene, &fixture.style, &fixture.camera, WIDTH, HEIGHT,
                                                  chosen, 1, 0, 1, &error));
  g_assert_no_error (error);
  cairo_surface_flush (image);
  assert_pixel (image, 100, 50, 220, 0, 0, 2);
  assert_pixel (image, 150, 100, 220, 0, 0, 2);
  assert_background (image, 50, 100);
  assert_background (image, 100, 100);
  cairo_destroy (cairo);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
test_same_picture_every_time (void)
{
  const EngramScenePoint points[] = { { -3, 0, 0, 2, RED, 0 }, { 3, 1, 0, 2, GREEN, 0 } };
  const EngramSceneEdge edge = { 0, 1, 0.5f };
  Fixture fixture;

  fixture_init (&fixture, points, 2, &edge, 1, FALSE);

  cairo_surface_t *first = paint (&fixture, NULL), *second = paint (&fixture, NULL);

  g_assert_cmpmem (cairo_image_surface_get_data (first), WIDTH * HEIGHT * 4, cairo_image_surface_get_data (second),
                   WIDTH * HEIGHT * 4);
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
  fixture_clear (&fixture);
}

/* What a screen gives to draw into may keep drawings instead of pixels, and be scaled. */
static void
test_recordings_are_painted_at_their_scale (void)
{
  const EngramScenePoint point = { 0, 0, 0, 4, RED, 0 };
  Fixture fixture;
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 2 * WIDTH, 2 * HEIGHT);
  cairo_t *cairo = cairo_create (recording);
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, &point, 1, NULL, 0, TRUE);
  g_assert_true (engram_scene_painter_paint (cairo, fixture.scene, &fixture.style, &fixture.camera, WIDTH, HEIGHT, 0, 2,
                                             NULL, NULL, &error));
  g_assert_no_error (error);
  cairo_destroy (cairo);

  cairo = cairo_create (image);
  cairo_scale (cairo, 2, 2);
  cairo_set_source_surface (cairo, recording, 0, 0);
  cairo_paint (cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (image);
  assert_pixel (image, 200, 200, 220, 0, 0, 1);
  assert_pixel (image, 200, 240, 220, 0, 0, 1);
  assert_background (image, 200, 252);
  cairo_surface_destroy (image);
  cairo_surface_destroy (recording);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/painter/sphere", test_sphere_in_the_middle);
  g_test_add_func ("/painter/disc", test_disc_has_its_colour_and_an_outline);
  g_test_add_func ("/painter/nearer-covers-farther", test_nearer_covers_farther);
  g_test_add_func ("/painter/hidden", test_hidden_is_not_drawn);
  g_test_add_func ("/painter/dimmed", test_dimmed_is_faint);
  g_test_add_func ("/painter/rings", test_rings_stand_around);
  g_test_add_func ("/painter/signs", test_signs_have_colours_and_ends);
  g_test_add_func ("/painter/range", test_only_edges_in_the_range_are_drawn);
  g_test_add_func ("/painter/edge-behind", test_an_edge_behind_a_point_is_covered);
  g_test_add_func ("/painter/fog", test_fog_fades);
  g_test_add_func ("/painter/grid", test_grid_stands_around_a_space);
  g_test_add_func ("/painter/no-background", test_background_may_be_none);
  g_test_add_func ("/painter/captions", test_captions_are_written);
  g_test_add_func ("/painter/axes", test_axes_have_numbers);
  g_test_add_func ("/painter/no-plates", test_labels_have_no_plates);
  g_test_add_func ("/painter/part", test_part_of_the_points);
  g_test_add_func ("/painter/same", test_same_picture_every_time);
  g_test_add_func ("/painter/recording", test_recordings_are_painted_at_their_scale);
  return g_test_run ();
}
