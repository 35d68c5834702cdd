/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <epoxy/gl.h>
#include <math.h>
#include <scene/engram-offscreen.h>
#include <scene/engram-scene-grid.h>
#include <scene/engram-scene-order.h>
#include <scene/engram-scene-renderer-private.h>
#include <string.h>

#define WIDTH 200
#define HEIGHT 150
/* Of a channel of 255: rounding, and one sample of a smooth rim. */
#define TOLERANCE 6

/* What is drawn with: OpenGL, OpenGL ES, and OpenGL as on a graphics card, where edges are quads instead of lines. */
enum { KIND_DESKTOP, KIND_ES, KIND_CARD, N_KINDS };

static const char *const kinds[N_KINDS] = { "desktop", "es", "card" };

/* Pictures of known scenes are drawn offscreen and compared with what they must look like. The camera stands so
 * that at the target one unit is one pixel, with the origin in the middle of the picture. */
typedef struct {
  EngramOffscreen     *offscreen;
  EngramSceneRenderer *renderer;
  EngramSceneStyle     style;
  EngramCamera         camera;
  guint8              *pixels;
} Fixture;

static void
fixture_free (Fixture *self)
{
  if (self == NULL)
    return;
  if (self->renderer != NULL)
    engram_scene_renderer_release (self->renderer);
  g_clear_object (&self->renderer);
  engram_offscreen_free (self->offscreen);
  g_free (self->pixels);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static gboolean
is_es (gconstpointer kind)
{
  return kind == GUINT_TO_POINTER (KIND_ES);
}

static EngramSceneRenderer *
make_renderer (gconstpointer kind,
               GError      **error)
{
  if (kind == GUINT_TO_POINTER (KIND_CARD))
    return engram_scene_renderer_new_as_card (error);
  return engram_scene_renderer_new (error);
}

/* NULL (and the test skipped) where there is no OpenGL without a window. */
static Fixture *
fixture_new (gconstpointer kind,
             gboolean      flat)
{
  g_autoptr (Fixture) self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  self->offscreen = engram_offscreen_new (WIDTH, HEIGHT, is_es (kind), &error);
  if (self->offscreen == NULL)
    {
      g_test_skip (error->message);
      return NULL;
    }
  self->renderer = make_renderer (kind, &error);
  g_assert_no_error (error);
  engram_scene_style_init (&self->style, flat, FALSE, FALSE);
  self->style.grid = FALSE;
  self->style.fog = FALSE;
  engram_camera_init (&self->camera, flat);
  self->camera.distance = HEIGHT / 2.0f / tanf (ENGRAM_CAMERA_FIELD_OF_VIEW / 2 * (float) G_PI / 180);
  return g_steal_pointer (&self);
}

static gboolean
draw_slice (Fixture *self,
            gboolean moving,
            double   budget)
{
  engram_scene_renderer_set_style (self->renderer, &self->style);
  engram_scene_renderer_set_camera (self->renderer, &self->camera);
  engram_offscreen_bind (self->offscreen);
  return engram_scene_renderer_draw (self->renderer, WIDTH, HEIGHT, 1, moving, budget);
}

static void
draw (Fixture *self)
{
  while (!draw_slice (self, FALSE, 1))
    ;
  g_free (self->pixels);
  self->pixels = engram_offscreen_read_pixels (self->offscreen);
}

static void
draw_scene (Fixture     *self,
            EngramScene *scene)
{
  engram_scene_renderer_set_scene (self->renderer, scene);
  draw (self);
}

/* But for a few rims, which are blended in another order where the slices are others. */
static void
assert_same (Fixture      *self,
             const guint8 *pixels)
{
  guint n_others = 0;

  for (gsize i = 0; i < (gsize) 4 * WIDTH * HEIGHT; i++)
    n_others += ABS (pixels[i] - self->pixels[i]) > TOLERANCE;
  g_assert_cmpuint (n_others, <, 4 * WIDTH * HEIGHT / 500);
}

static EngramSceneDrawn
get_drawn (Fixture *self)
{
  EngramSceneDrawn drawn;

  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  return drawn;
}

/* At a place of the target's plane. */
static const guint8 *
get_pixel (Fixture *self,
           int      x,
           int      y)
{
  return &self->pixels[4 * ((HEIGHT / 2 - 1 - y) * WIDTH + WIDTH / 2 + x)];
}

#define assert_pixel(self, x, y, colour) \
  G_STMT_START { \
    for (guint i = 0; i < 3; i++) \
      g_assert_cmpint (ABS (get_pixel (self, x, y)[i] - (int) lroundf ((colour)[i] * 255)), <=, TOLERANCE); \
  } G_STMT_END

static EngramScenePoint
make_point (float   x,
            float   y,
            float   z,
            float   size,
            guint32 rgb)
{
  return (EngramScenePoint) {
    x, y, z, size, { (guint8) (rgb >> 16), (guint8) (rgb >> 8), (guint8) rgb, 255 }, 0
  };
}

static EngramScene *
make_scene (const EngramScenePoint *points,
            guint32                 n_points,
            const EngramSceneEdge  *edges,
            guint32                 n_edges,
            gboolean                flat)
{
  return engram_scene_new (g_memdup2 (points, n_points * sizeof *points), n_points,
                           g_memdup2 (edges, n_edges * sizeof *edges), n_edges, FALSE, flat);
}

static EngramScene *
make_random_scene (guint32 n_points,
                   guint32 n_edges)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  EngramScenePoint *points = g_new (EngramScenePoint, n_points);
  EngramSceneEdge *edges = g_new (EngramSceneEdge, n_edges);

  for (guint32 i = 0; i < n_points; i++)
    points[i] = make_point (g_rand_double_range (random, -90, 90), g_rand_double_range (random, -60, 60),
                            g_rand_double_range (random, -50, 50), 0.5f, g_rand_int (random) & 0xffffff);
  for (guint32 i = 0; i < n_edges; i++)
    edges[i] = (EngramSceneEdge) { g_rand_int_range (random, 0, n_points), g_rand_int_range (random, 0, n_points),
                                   g_rand_double_range (random, -0.3, 1) };
  return engram_scene_new (points, n_points, edges, n_edges, FALSE, FALSE);
}

static void
mix_colours (const float over[4],
             float       opacity,
             const float under[4],
             float       result[4])
{
  for (guint i = 0; i < 4; i++)
    result[i] = opacity * over[i] + (1 - opacity) * under[i];
}

static void
test_sphere (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  const EngramScenePoint point = make_point (0, 0, 0, 8, 0xc00000);
  g_autoptr (EngramScene) scene = make_scene (&point, 1, NULL, 0, FALSE);
  const guint8 *lit, *dark;

  if (self == NULL)
    return;
  draw_scene (self, scene);
  g_assert_cmpint (get_pixel (self, 0, 0)[0], >, 120);
  g_assert_cmpint (get_pixel (self, 0, 0)[1], <, get_pixel (self, 0, 0)[0] / 2);
  g_assert_cmpint (get_pixel (self, 0, 0)[3], ==, 255);
  /* The light comes from the left and above. */
  lit = get_pixel (self, -20, 20);
  dark = get_pixel (self, 20, -20);
  g_assert_cmpint (lit[0], >, dark[0] + 30);
  /* A radius of 5 times 8 pixels, and a smooth rim. */
  g_assert_cmpint (get_pixel (self, 38, 0)[1], <, 100);
  assert_pixel (self, 43, 0, self->style.background);
  assert_pixel (self, -99, 70, self->style.background);
  g_assert_true (get_drawn (self).complete);
}

static void
test_disc (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = { make_point (-10, 0, 0, 5, 0x00ff00), make_point (10, 0, 0, 5, 0x0000ff) };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), NULL, 0, TRUE);
  const float green[] = { 0, 1, 0, 1 }, blue[] = { 0, 0, 1, 1 };

  if (self == NULL)
    return;
  draw_scene (self, scene);
  assert_pixel (self, -25, 0, green);
  /* The later one is on top. */
  assert_pixel (self, 0, 0, blue);
  /* Zooming in keeps the size of flat points. */
  self->camera.distance /= 2;
  draw (self);
  assert_pixel (self, -30, 0, green);
  assert_pixel (self, 20, 0, blue);
}

static void
test_depth (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  const EngramScenePoint points[] = {
    make_point (0, 0, 0, 4, 0x0000ff), make_point (0, 0, 40, 2, 0x00ff00), make_point (0, 0, -40, 6, 0xff0000),
  };
  const EngramSceneEdge edge = { 0, 2, 1 };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), &edge, 1, FALSE);

  if (self == NULL)
    return;
  draw_scene (self, scene);
  g_assert_cmpint (get_pixel (self, 0, 0)[1], >, 150);
  g_assert_cmpint (get_pixel (self, 0, 16)[2], >, 150);
  g_assert_cmpint (get_pixel (self, 0, -16)[1], <, 120);
  g_assert_cmpint (get_pixel (self, 22, 0)[0], >, 120);
}

/* The pixel in the middle of an edge along y = 0.5, which has its full width there. */
static void
get_edge_colour (Fixture *self,
                 float    weight,
                 float    colour[4])
{
  float opacity, width;

  engram_scene_style_get_edge (&self->style, weight, &opacity, &width);
  mix_colours (weight < 0 ? self->style.inhibiting : self->style.exciting, opacity, self->style.background, colour);
}

static void
test_edges (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = {
    make_point (-60, 30.5f, 0, 1, 0), make_point (60, 30.5f, 0, 1, 0),
    make_point (-60, -30.5f, 0, 1, 0), make_point (60, -30.5f, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 3, 2, -0.5f } };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  float colour[4];

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  draw_scene (self, scene);
  get_edge_colour (self, 1, colour);
  assert_pixel (self, 0, 30, colour);
  assert_pixel (self, 0, 24, self->style.background);
  get_edge_colour (self, -0.5f, colour);
  assert_pixel (self, 0, -31, colour);
  /* An arrow head is wider than its line, towards the end; a bar stands across it. */
  g_assert_cmpint (get_pixel (self, 40, 34)[2], <, 235);
  assert_pixel (self, -40, 35, self->style.background);
  g_assert_cmpint (get_pixel (self, -53, -25)[0], <, 235);
  assert_pixel (self, 53, -25, self->style.background);

  self->style.arrows = FALSE;
  draw (self);
  assert_pixel (self, 40, 35, self->style.background);
}

static void
test_range (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = {
    make_point (-60, 0.5f, 0, 1, 0), make_point (60, 0.5f, 0, 1, 0), make_point (0, 60, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 0.2f }, { 0, 2, 0.9f }, { 1, 2, NAN } };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  draw_scene (self, scene);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 3);
  g_assert_cmpint (get_pixel (self, 0, 0)[2], <, 240);
  self->style.lowest_weight = 0.5f;
  draw (self);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 1);
  g_assert_cmpint (get_drawn (self).n_edges, ==, 1);
  assert_pixel (self, 0, 0, self->style.background);
  self->style.lowest_weight = -0.1f;
  self->style.highest_weight = 0;
  draw (self);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 1);
  self->style.edges = ENGRAM_SCENE_EDGES_NONE;
  draw (self);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 0);
  g_assert_true (get_drawn (self).complete);
}

/* Those of what is selected follow the selection. */
static void
test_selected_edges (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = {
    make_point (-60, 0.5f, 0, 1, 0), make_point (60, 0.5f, 0, 1, 0), make_point (0, 60, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 0.2f }, { 0, 2, 0.9f }, { 1, 2, -0.5f } };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  const guint32 first = 0, last = 2;

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  self->style.edges = ENGRAM_SCENE_EDGES_SELECTED;
  draw_scene (self, scene);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 0);
  assert_pixel (self, 0, 0, self->style.background);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &first, 1);
  draw (self);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 2);
  g_assert_cmpint (get_pixel (self, 0, 0)[2], <, 240);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &last, 1);
  self->style.highest_weight = 0;
  draw (self);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 1);
  assert_pixel (self, 0, 0, self->style.background);
}

static void
test_hidden (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = {
    make_point (-40, 0.5f, 0, 2, 0xff0000), make_point (40, 0.5f, 0, 2, 0xff0000), make_point (NAN, 0, 0, 2, 0xff0000),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 0, 2, 1 } };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  const guint32 hidden = 1;
  const float red[] = { 1, 0, 0, 1 };

  if (self == NULL)
    return;
  draw_scene (self, scene);
  g_assert_cmpint (get_drawn (self).n_all_points, ==, 2);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 1);
  assert_pixel (self, 40, 0, red);
  engram_scene_set_flag (scene, ENGRAM_POINT_HIDDEN, &hidden, 1);
  draw (self);
  assert_pixel (self, 40, 0, self->style.background);
  assert_pixel (self, 0, 0, self->style.background);
  assert_pixel (self, -40, 0, red);
  g_assert_cmpint (get_drawn (self).n_points, ==, 1);
  g_assert_cmpint (get_drawn (self).n_all_edges, ==, 0);
  engram_scene_set_flag (scene, ENGRAM_POINT_HIDDEN, NULL, 0);
  draw (self);
  assert_pixel (self, 40, 0, red);
}

static void
test_marked_edge (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = {
    make_point (-60, 0.5f, 0, 1, 0), make_point (60, 0.5f, 0, 1, 0),
    make_point (0.5f, -60, 0, 1, 0), make_point (0.5f, 60, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 2, 3, -0.5f } };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  const guint32 marked = 1;

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  engram_scene_set_marked_edges (scene, &marked, 1);
  draw_scene (self, scene);
  assert_pixel (self, 0, 0, self->style.inhibiting);
  assert_pixel (self, 0, 30, self->style.inhibiting);
  /* Also where it is the only one. */
  self->style.edges = ENGRAM_SCENE_EDGES_NONE;
  draw (self);
  assert_pixel (self, 0, 0, self->style.inhibiting);
  assert_pixel (self, 30, 0, self->style.background);
  engram_scene_set_marked_edges (scene, NULL, 0);
  draw (self);
  assert_pixel (self, 0, 30, self->style.background);
}

static void
test_transparent (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  g_autoptr (EngramScene) scene = make_random_scene (60, 120);

  if (self == NULL)
    return;
  self->style.background[3] = 0;
  draw_scene (self, scene);
  g_assert_cmpint (get_pixel (self, -99, 74)[3], ==, 0);
  for (gsize i = 0; i < (gsize) WIDTH * HEIGHT; i++)
    for (guint channel = 0; channel < 3; channel++)
      g_assert_cmpint (self->pixels[4 * i + channel], <=, self->pixels[4 * i + 3] + 1);
}

static void
test_looks (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = { make_point (0, 0, 0, 2, 0xff0000), make_point (60, 0, 0, 2, 0xff0000) };
  const EngramSceneEdge edge = { 0, 1, 1 };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), &edge, 1, TRUE);
  const guint8 colours[] = { 0, 255, 0, 255, 0, 255, 0, 255 };
  const guint32 first = 0, second = 1;
  const float green[] = { 0, 1, 0, 1 };
  const float sizes[] = { 4, 4 };
  const float place[] = { 0, 40, 0 };
  float faint[4];

  if (self == NULL)
    return;
  draw_scene (self, scene);
  engram_scene_set_colours (scene, colours);
  draw (self);
  assert_pixel (self, 0, 0, green);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &first, 1);
  draw (self);
  assert_pixel (self, 0, 14, self->style.selection);
  assert_pixel (self, 60, 14, self->style.background);
  engram_scene_set_flag (scene, ENGRAM_POINT_DIMMED, &second, 1);
  draw (self);
  mix_colours (green, 0.2f, self->style.background, faint);
  assert_pixel (self, 60, 0, faint);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, NULL, 0);
  engram_scene_set_sizes (scene, sizes);
  draw (self);
  assert_pixel (self, 0, 18, green);
  engram_scene_set_place (scene, 0, place);
  draw (self);
  assert_pixel (self, 0, 40, green);
  assert_pixel (self, 0, 0, self->style.background);
}

/* Larger than any sprite, and with its centre outside of the picture. */
static void
test_large (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, TRUE);
  const EngramScenePoint points[] = { make_point (0, 0, 0, 11, 0x00ff00), make_point (120, 0, 0, 6, 0x0000ff) };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), NULL, 0, TRUE);
  const float green[] = { 0, 1, 0, 1 }, blue[] = { 0, 0, 1, 1 };

  if (self == NULL)
    return;
  draw_scene (self, scene);
  assert_pixel (self, 60, 0, green);
  assert_pixel (self, 0, 62, green);
  assert_pixel (self, 0, 69, self->style.background);
  assert_pixel (self, 95, 0, blue);
  draw_slice (self, TRUE, 1);
  g_free (self->pixels);
  self->pixels = engram_offscreen_read_pixels (self->offscreen);
  assert_pixel (self, 50, 0, green);
  assert_pixel (self, 95, 0, blue);
}

/* Slices of no time: each adds something, and the last one is the picture that is drawn at once. */
static void
test_slices (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  g_autoptr (EngramScene) scene = make_random_scene (3000, 4000);
  g_autofree guint8 *pixels = NULL;
  guint32 n_edges = 0;
  guint n_slices = 0;

  if (self == NULL)
    return;
  draw_scene (self, scene);
  pixels = g_memdup2 (self->pixels, 4 * WIDTH * HEIGHT);
  engram_scene_renderer_set_scene (self->renderer, NULL);
  draw (self);
  assert_pixel (self, 0, 0, self->style.background);
  engram_scene_renderer_set_scene (self->renderer, scene);
  for (gboolean complete = FALSE; !complete; n_slices++)
    {
      complete = draw_slice (self, FALSE, 1e-6);
      g_assert_cmpint (get_drawn (self).n_edges, >=, n_edges);
      n_edges = get_drawn (self).n_edges;
      g_assert_true (complete == get_drawn (self).complete);
    }
  g_assert_cmpint (n_slices, >, 4);
  g_assert_cmpint (n_edges, ==, 4000);
  /* Complete: no more is needed, and it stays. */
  draw (self);
  g_assert_true (draw_slice (self, FALSE, 1e-6));
  assert_same (self, pixels);
}

static void
test_moving (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  g_autoptr (EngramScene) scene = make_random_scene (40000, 8000);
  g_autofree guint32 *order = engram_scene_order_points (scene);
  g_autofree guint8 *pixels = NULL;
  const guint32 selected = order[39999];
  const float above[] = { 0, 110, 0 };

  if (self == NULL)
    return;
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &selected, 1);
  draw_scene (self, scene);
  /* By itself, where turning about the middle leaves it. */
  engram_scene_set_place (scene, selected, above);
  self->camera.distance *= 2;
  draw (self);
  pixels = g_memdup2 (self->pixels, 4 * WIDTH * HEIGHT);
  /* However little time there is: this many of each, and what is selected. */
  engram_camera_orbit (&self->camera, 30, 0, WIDTH, HEIGHT);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (draw_slice (self, TRUE, 1e-6));
      g_assert_cmpint (get_drawn (self).n_points, ==, 25001);
      g_assert_cmpint (get_drawn (self).n_edges, ==, 5000);
      g_assert_false (get_drawn (self).complete);
    }
  g_assert_cmpfloat (get_drawn (self).resolution, ==, 0.5f);
  g_free (self->pixels);
  self->pixels = engram_offscreen_read_pixels (self->offscreen);
  g_assert_cmpint (get_pixel (self, 0, 60)[1], <, 160);
  /* It stays until what follows is no worse. */
  while (!draw_slice (self, FALSE, 1e-6))
    g_assert_cmpint (get_drawn (self).n_edges, >=, 5000);
  engram_camera_orbit (&self->camera, -30, 0, WIDTH, HEIGHT);
  draw (self);
  assert_same (self, pixels);
}

static void
test_agreement (void)
{
  g_autoptr (EngramScene) scene = make_random_scene (300, 600);
  g_autofree guint8 *pixels = NULL;
  guint64 difference = 0;

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (Fixture) self = fixture_new (GUINT_TO_POINTER (kind), FALSE);

      if (self == NULL)
        return;
      self->style.grid = TRUE;
      self->style.fog = TRUE;
      draw_scene (self, scene);
      if (kind == 0)
        pixels = g_steal_pointer (&self->pixels);
      else
        for (gsize i = 0; i < (gsize) 4 * WIDTH * HEIGHT; i++)
          difference += ABS (pixels[i] - self->pixels[i]);
    }
  g_assert_cmpint (difference, <, 4 * WIDTH * HEIGHT);
}

static void
test_memory (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  g_autoptr (EngramScene) scene = make_random_scene (20000, 50000);
  g_autofree guint32 *all = g_new (guint32, 50000);

  if (self == NULL)
    return;
  for (guint32 i = 0; i < 50000; i++)
    all[i] = i;
  engram_scene_set_marked_edges (scene, all, 50000);
  engram_scene_renderer_set_scene (self->renderer, scene);
  draw_slice (self, TRUE, 1e-6);
  g_assert_cmpuint (engram_scene_renderer_get_size (self->renderer), >, 20000 * 20 + 50000 * 20);
  g_assert_cmpuint (engram_scene_renderer_get_size (self->renderer), <=, 20000 * 40 + 50000 * 24);
}

/* GTK draws with the same context. */
static void
test_state (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  g_autoptr (EngramScene) scene = make_random_scene (30, 30);
  GLint before, after, viewport[4];

  if (self == NULL)
    return;
  engram_scene_renderer_set_scene (self->renderer, scene);
  for (guint moving = 0; moving < 2; moving++)
    {
      engram_offscreen_bind (self->offscreen);
      glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &before);
      glViewport (1, 2, 30, 40);
      engram_scene_renderer_draw (self->renderer, WIDTH, HEIGHT, 1, moving != 0, 1);
      glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &after);
      g_assert_cmpint (before, ==, after);
      glGetIntegerv (GL_VIEWPORT, viewport);
      g_assert_cmpint (viewport[0], ==, 1);
      g_assert_cmpint (viewport[3], ==, 40);
      glGetIntegerv (GL_CURRENT_PROGRAM, &after);
      g_assert_cmpint (after, ==, 0);
      glGetIntegerv (GL_VERTEX_ARRAY_BINDING, &after);
      g_assert_cmpint (after, ==, 0);
      g_assert_false (glIsEnabled (GL_DEPTH_TEST));
      g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
    }
}

/* Where a context is lost, another renderer takes over. */
static void
test_remade (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  g_autoptr (EngramScene) scene = make_random_scene (50, 50);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *pixels = NULL;
  const char *description;

  if (self == NULL)
    return;
  draw_scene (self, scene);
  pixels = g_steal_pointer (&self->pixels);
  engram_scene_renderer_release (self->renderer);
  g_clear_object (&self->renderer);
  self->renderer = make_renderer (kind, &error);
  g_assert_no_error (error);
  description = engram_scene_renderer_get_description (self->renderer);
  g_assert_true (g_str_has_prefix (description, is_es (kind) ? "OpenGL ES 3" : "OpenGL "));
  draw_scene (self, scene);
  assert_same (self, pixels);
}

static void
test_grid_drawn (gconstpointer kind)
{
  g_autoptr (Fixture) self = fixture_new (kind, FALSE);
  const EngramScenePoint points[] = { make_point (-50, -50, 0, 1, 0), make_point (50, 50, 0, 1, 0) };
  g_autoptr (EngramScene) scene = make_scene (points, G_N_ELEMENTS (points), NULL, 0, FALSE);
  const guint8 *pixel;

  if (self == NULL)
    return;
  draw_scene (self, scene);
  assert_pixel (self, -54, 10, self->style.background);
  self->style.grid = TRUE;
  /* At the left end of x, y runs upwards: green-ish. */
  draw (self);
  pixel = get_pixel (self, -54, 10);
  g_assert_cmpint (pixel[1], >, pixel[0] + 10);
  assert_pixel (self, 10, 10, self->style.background);
}

static void
test_grid (void)
{
  const float low[] = { -1, 0, 100 }, high[] = { 9, 3, 104 }, nowhere[] = { 1, 1, 1 };
  g_autoptr (GArray) lines = engram_scene_grid_lines (low, high);
  g_autoptr (GArray) ticks = engram_scene_grid_ticks (low, high);
  g_autoptr (GArray) none = engram_scene_grid_lines (nowhere, nowhere);
  /* With four hundredths of room. */
  const double values[] = { 0, 5, 9.4, 0, 1, 2, 3, 3.4, 100, 104.4 };

  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (10), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (12), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (5), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (26), 10, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (0.0010), 0.0002, 1e-15);
  /* Two lines one way and one the other, nine edges of the box and three axes. */
  g_assert_cmpuint (lines->len, ==, 2 + 1 + 9 + 3);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (ticks->len, ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < ticks->len; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);

      g_assert_cmpfloat_with_epsilon (tick->value, values[i], 1e-6);
      g_assert_cmpint (tick->end, ==, i == 2 || i == 7 || i == 9);
      g_assert_cmpfloat_with_epsilon (tick->place[tick->axis], values[i], 1e-5);
      g_assert_cmpfloat_with_epsilon (tick->place[(tick->axis + 1) % 3], low[(tick->axis + 1) % 3] - 0.4, 1e-5);
    }
}

/* Any beginning of the points has of each half of the scene as many as the scene. */
static void
test_point_order (void)
{
  EngramScenePoint *points = g_new (EngramScenePoint, 3000);
  g_autoptr (EngramScene) scene = NULL;
  g_autofree guint32 *order = NULL;
  g_autofree guint8 *seen = g_new0 (guint8, 3000);
  guint n_left = 0;

  /* The first two thirds stand left, one in a hundred nowhere. */
  for (guint i = 0; i < 3000; i++)
    points[i] = make_point (i % 100 == 0 ? NAN : (i < 2000 ? -50.0f : 50.0f) + i % 37, i % 41, i % 43, 1, 0);
  scene = engram_scene_new (points, 3000, NULL, 0, TRUE, FALSE);
  order = engram_scene_order_points (scene);
  for (guint i = 0; i < 3000; i++)
    {
      g_assert_cmpint (seen[order[i]]++, ==, 0);
      if (i >= 2970)
        g_assert_true (isnan (points[order[i]].x));
      else if (i < 300)
        n_left += points[order[i]].x < 10;
    }
  g_assert_cmpint (ABS ((int) n_left - 200), <, 10);
}

static void
test_edge_order (void)
{
  g_autoptr (EngramScene) scene = make_random_scene (50, 1000);
  g_autofree guint32 *order = engram_scene_order_edges (scene);
  guint32 n_signs[2] = { 0 }, last[2] = { 0 };

  for (guint32 n = 1; n <= 1000; n++)
    {
      guint32 edge = order[n - 1], n_exciting, n_inhibiting;
      guint sign = scene->edges[edge].weight < 0;

      g_assert_true (n_signs[sign] == 0 || edge > last[sign]);
      last[sign] = edge;
      n_signs[sign]++;
      engram_scene_split_detail (scene, n, &n_exciting, &n_inhibiting);
      g_assert_cmpuint (n_signs[0], ==, n_exciting);
      g_assert_cmpuint (n_signs[1], ==, n_inhibiting);
    }
}

typedef struct {
  const char   *name;
  GTestDataFunc function;
} Test;

static const Test tests[] = {
  { "sphere", test_sphere },
  { "disc", test_disc },
  { "depth", test_depth },
  { "edges", test_edges },
  { "range", test_range },
  { "selected-edges", test_selected_edges },
  { "hidden", test_hidden },
  { "marked-edge", test_marked_edge },
  { "transparent", test_transparent },
  { "looks", test_looks },
  { "large", test_large },
  { "slices", test_slices },
  { "moving", test_moving },
  { "memory", test_memory },
  { "state", test_state },
  { "remade", test_remade },
  { "grid", test_grid_drawn },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (guint kind = 0; kind < N_KINDS; kind++)
      {
        g_autofree char *path = g_strdup_printf ("/scene-renderer/%s/%s", kinds[kind], tests[i].name);

        g_test_add_data_func (path, GUINT_TO_POINTER (kind), tests[i].function);
      }
  g_test_add_func ("/scene-renderer/agreement", test_agreement);
  g_test_add_func ("/scene-grid/lines-and-ticks", test_grid);
  g_test_add_func ("/scene-order/points", test_point_order);
  g_test_add_func ("/scene-order/edges", test_edge_order);
  return g_test_run ();
}
