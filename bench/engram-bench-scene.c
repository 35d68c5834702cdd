/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo.h>
#include <math.h>
#include <scene/engram-offscreen.h>
#include <scene/engram-scene-renderer.h>

#include "processor-time.h"

/* engram-bench-scene [OPTION…]: draws a network of planted communities, without a window or a display, as the space
 * view does, and prints what was drawn and how long it took: wall clock, and processor time of all threads beside
 * it. */

#define COMMUNITY 200
#define INSIDE_PERCENT 80
#define INHIBITING_PERCENT 12
#define ORBIT_STEP 4       /* pixels a frame */
#define REST_EDGES 100000

static int n_points = 100000;
static int n_edges = 1000000;
static int width = 1000;
static int height = 700;
static int n_frames = 40;
static double moving_budget = 0.033;
static double rest_budget = 0.023;
static gboolean es;
static gboolean dark;
static gboolean flat;
static gboolean uniform;
static char *picture;

static const GOptionEntry options[] = {
  { "points", 0, 0, G_OPTION_ARG_INT, &n_points, "Neurons", "N" },
  { "edges", 0, 0, G_OPTION_ARG_INT, &n_edges, "Synapses", "N" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Pixels", "N" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Pixels", "N" },
  { "frames", 0, 0, G_OPTION_ARG_INT, &n_frames, "Frames of the orbit", "N" },
  { "moving", 0, 0, G_OPTION_ARG_DOUBLE, &moving_budget, "Seconds for a frame that moves", "SECONDS" },
  { "rest", 0, 0, G_OPTION_ARG_DOUBLE, &rest_budget, "Seconds for a slice at rest", "SECONDS" },
  { "es", 0, 0, G_OPTION_ARG_NONE, &es, "OpenGL ES instead of desktop OpenGL", NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark", NULL },
  { "flat", 0, 0, G_OPTION_ARG_NONE, &flat, "A graph instead of a space", NULL },
  { "uniform", 0, 0, G_OPTION_ARG_NONE, &uniform, "No communities: long edges everywhere, the worst case", NULL },
  { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture, "Writes the complete picture as PNG", "FILE" },
  { NULL }
};

typedef struct {
  EngramOffscreen     *offscreen;
  EngramSceneRenderer *renderer;
  double               wall, processor;   /* when the measurement began */
} Bench;

static void
begin (Bench *self)
{
  self->wall = g_get_monotonic_time () / 1e6;
  self->processor = processor_time_get ();
}

static double
get_wall (Bench *self)
{
  return g_get_monotonic_time () / 1e6 - self->wall;
}

static void
print_times (Bench      *self,
             const char *name)
{
  g_print ("%s %.4f (processor %.4f)\n", name, get_wall (self), processor_time_get () - self->processor);
}

static double
random_normal (GRand *random)
{
  return sqrt (-2 * log (1 - g_rand_double (random))) * cos (2 * G_PI * g_rand_double (random));
}

/* Okabe and Ito's. */
static const guint32 palette[] = { 0xe69f00, 0x56b4e9, 0x009e73, 0xcc79a7, 0x0072b2, 0xd55e00, 0xb0a000 };

static EngramScenePoint *
make_points (GRand *random)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, n_points);
  double centre[3] = { 0 };

  for (int i = 0; i < n_points; i++)
    {
      guint32 colour = palette[i / COMMUNITY % G_N_ELEMENTS (palette)];

      for (guint axis = 0; i % COMMUNITY == 0 && axis < 3; axis++)
        centre[axis] = g_rand_double_range (random, -78, 78);
      points[i].x = uniform ? g_rand_double_range (random, -80, 80) : centre[0] + 4 * random_normal (random);
      points[i].y = uniform ? g_rand_double_range (random, -80, 80) : centre[1] + 4 * random_normal (random);
      points[i].z = flat ? 0 : uniform ? g_rand_double_range (random, -80, 80) : centre[2] + 4 * random_normal (random);
      points[i].size = n_points > 20000 ? 0.5 : 0.6 + pow (g_rand_double (random), 6);
      for (guint byte = 0; byte < 3; byte++)
        points[i].colour[byte] = (guint8) (colour >> (16 - 8 * byte));
      points[i].colour[3] = 255;
    }
  return points;
}

static EngramSceneEdge *
make_edges (GRand *random)
{
  EngramSceneEdge *edges = g_new (EngramSceneEdge, n_edges);

  for (int i = 0; i < n_edges; i++)
    {
      int source = g_rand_int_range (random, 0, n_points);
      int first = source / COMMUNITY * COMMUNITY;
      gboolean inside = !uniform && g_rand_int_range (random, 0, 100) < INSIDE_PERCENT;
      double strength = pow (g_rand_double (random), 2);

      edges[i].source = source;
      edges[i].target = inside ? g_rand_int_range (random, first, MIN (first + COMMUNITY, n_points))
                               : g_rand_int_range (random, 0, n_points);
      edges[i].weight = g_rand_int_range (random, 0, 100) < INHIBITING_PERCENT ? -strength : strength;
    }
  return edges;
}

static EngramScene *
make_scene (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  EngramScenePoint *points = make_points (random);

  return engram_scene_new (points, n_points, make_edges (random), n_edges, FALSE, flat);
}

static gboolean
draw (Bench   *self,
      gboolean moving)
{
  engram_offscreen_bind (self->offscreen);
  return engram_scene_renderer_draw (self->renderer, width, height, 1, moving, moving ? moving_budget : rest_budget);
}

static void
print_drawn (Bench      *self,
             const char *name)
{
  EngramSceneDrawn drawn;

  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  g_print ("%s points %u of %u, edges %u of %u, resolution %.1f%s\n", name, drawn.n_points, drawn.n_all_points,
           drawn.n_edges, drawn.n_all_edges, drawn.resolution, drawn.complete ? ", complete" : "");
}

/* What the view does while the network is read. */
static void
measure_preparing (Bench *self)
{
  double slowest = 0, begun = 0;
  guint n_steps = 0;
  gboolean prepared = FALSE;

  begin (self);
  while (!prepared)
    {
      prepared = engram_scene_renderer_prepare (self->renderer);
      slowest = MAX (slowest, get_wall (self) - begun);
      begun = get_wall (self);
      n_steps++;
    }
  print_times (self, "preparing");
  g_print ("preparing steps %u, longest %.4f\n", n_steps, slowest);
}

/* Until the first picture of a network that is in memory is on screen. */
static void
measure_first (Bench       *self,
               EngramScene *scene)
{
  begin (self);
  engram_scene_renderer_set_scene (self->renderer, scene);
  draw (self, FALSE);
  print_times (self, "first-frame");
  print_drawn (self, "first-frame");
}

static void
measure_orbit (Bench        *self,
               EngramCamera *camera)
{
  double slowest = 0, seconds;

  begin (self);
  for (int i = 0; i < n_frames; i++)
    {
      double begun = get_wall (self);

      engram_camera_orbit (camera, ORBIT_STEP, ORBIT_STEP / 4.0, width, height);
      engram_scene_renderer_set_camera (self->renderer, camera);
      draw (self, TRUE);
      slowest = MAX (slowest, get_wall (self) - begun);
      if (i % 8 == 7)
        print_drawn (self, "orbit");
    }
  seconds = get_wall (self);
  print_times (self, "orbit");
  g_print ("orbit frames-a-second %.1f (by processor time of two cores %.1f), slowest %.4f\n", n_frames / seconds,
           n_frames / (processor_time_get () - self->processor) * 2, slowest);
}

static void
measure_rest (Bench *self)
{
  double slowest = 0, sum = 0;
  guint n_slices = 0;
  gboolean complete = FALSE, enough = FALSE;

  begin (self);
  while (!complete)
    {
      EngramSceneDrawn drawn;
      double begun = get_wall (self), taken;

      complete = draw (self, FALSE);
      taken = get_wall (self) - begun;
      slowest = MAX (slowest, taken);
      sum += taken;
      n_slices++;
      engram_scene_renderer_get_drawn (self->renderer, &drawn);
      if (!enough && drawn.resolution >= 1 && drawn.n_points == drawn.n_all_points
          && drawn.n_edges >= MIN (drawn.n_all_edges, REST_EDGES))
        {
          enough = TRUE;
          print_times (self, "rest-100000");
        }
    }
  print_times (self, "rest-all");
  g_print ("rest slices %u, mean %.4f, longest %.4f\n", n_slices, sum / n_slices, slowest);
  print_drawn (self, "rest");
  begin (self);
  draw (self, FALSE);
  print_times (self, "unchanged");
}

static void
write_picture (Bench *self)
{
  g_autofree guint8 *pixels = engram_offscreen_read_pixels (self->offscreen);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int i = 0; i < width * height; i++)
    {
      const guint8 *pixel = &pixels[4 * (gsize) i];
      guint32 *place = (guint32 *) (void *) &data[i / width * (gsize) stride + i % width * 4];

      *place = (guint32) pixel[3] << 24 | (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
    }
  cairo_surface_mark_dirty (surface);
  if (cairo_surface_write_to_png (surface, picture) != CAIRO_STATUS_SUCCESS)
    g_printerr ("%s could not be written\n", picture);
  cairo_surface_destroy (surface);
}

static void
run (Bench *self)
{
  g_autoptr (EngramScene) scene = make_scene ();
  EngramSceneStyle style;
  EngramCamera camera;
  float low[3], high[3];

  engram_scene_style_init (&style, flat, dark, FALSE);
  engram_scene_get_bounds (scene, low, high);
  engram_camera_init (&camera, flat);
  engram_camera_orbit (&camera, 60, 40, width, height);
  engram_camera_fit (&camera, low, high, width, height, 10);
  engram_scene_renderer_set_style (self->renderer, &style);
  engram_scene_renderer_set_camera (self->renderer, &camera);

  g_print ("%s\n%d points, %d edges, %d x %d\n", engram_scene_renderer_get_description (self->renderer), n_points,
           n_edges, width, height);
  measure_preparing (self);
  measure_first (self, scene);
  measure_orbit (self, &camera);
  measure_rest (self);
  g_print ("memory %.1f bytes a point and edge of 40 and 24: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT "\n",
           (double) engram_scene_renderer_get_size (self->renderer) / (n_points + n_edges),
           engram_scene_renderer_get_size (self->renderer), (gsize) n_points * 40 + (gsize) n_edges * 24);
  if (picture != NULL)
    write_picture (self);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { NULL };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_points < 1 || n_edges < 0 || width < 1 || height < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "What is to be drawn has at least one point and one pixel");
      return 2;
    }
  bench.offscreen = engram_offscreen_new (width, height, es, &error);
  if (bench.offscreen != NULL)
    bench.renderer = engram_scene_renderer_new (&error);
  if (bench.renderer == NULL)
    {
      g_printerr ("%s\n", error->message);
      engram_offscreen_free (bench.offscreen);
      return 1;
    }
  run (&bench);
  engram_scene_renderer_release (bench.renderer);
  g_object_unref (bench.renderer);
  engram_offscreen_free (bench.offscreen);
  return 0;
}
