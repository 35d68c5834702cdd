/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "scene/engram-picture.h"
#include "test-support.h"

#define WIDTH 200
#define HEIGHT 200

#define RED { 220, 0, 0, 255 }
#define GREEN { 0, 200, 0, 255 }

typedef struct {
  EngramScene *scene;
  EngramSceneStyle style;
  EngramCamera camera;
} Fixture;

/* Three points with so many edges between them. */
static void
fixture_init (Fixture  *self,
              guint32   n_edges,
              gboolean  flat)
{
  const EngramScenePoint points[] = { { -8, 5, 0, 1, RED, 0 }, { 8, 5, 0, 1, GREEN, 0 }, { 0, -8, 1, 1, RED, 0 } };
  EngramSceneEdge *edges = g_new (EngramSceneEdge, n_edges);

  for (guint32 i = 0; i < n_edges; i++)
    edges[i] = (EngramSceneEdge) { i % 3, (i + 1) % 3, 0.5f };
  self->scene = engram_scene_new (g_memdup2 (points, sizeof points), G_N_ELEMENTS (points), edges, n_edges, FALSE,
                                  flat);
  engram_scene_style_init (&self->style, flat, FALSE, FALSE);
  self->style.grid = FALSE;
  engram_camera_init (&self->camera, flat);
  self->camera.distance = (float) (10 / tan (G_PI / 9));
}

static void
fixture_clear (Fixture *self)
{
  engram_scene_unref (self->scene);
}

static char *
write_picture (Fixture             *fixture,
               const char          *folder,
               const char          *name,
               EngramPictureFormat  format,
               gboolean             metric)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  EngramPictureSize size;
  char *contents;

  if (metric)
    engram_picture_size_init_millimetres (&size, 80, 60, 300);
  else
    engram_picture_size_init_pixels (&size, WIDTH, HEIGHT, 1);
  engram_picture_write (path, NULL, format, &size, fixture->scene, &fixture->style, &fixture->camera, NULL, NULL,
                        &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, &error));
  return contents;
}

static guint
count_text (const char *text,
            const char *part)
{
  guint n = 0;

  for (const char *place = text; (place = strstr (place, part)) != NULL; place += strlen (part))
    n++;
  return n;
}

static void
note_element (GMarkupParseContext  *context,
              const char           *element,
              const char          **names,
              const char          **values,
              gpointer              user_data,
              GError              **error)
{
  *(guint *) user_data += 1;
}

/* Parsed as XML; how many elements there are. */
static guint
count_elements (const char *svg)
{
  const GMarkupParser parser = { note_element };
  guint n = 0;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &n, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_svg (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  for (guint flat = 0; flat < 2; flat++)
    {
      Fixture fixture;

      fixture_init (&fixture, 30, flat);

      g_autofree char *svg = write_picture (&fixture, folder, "a.svg", ENGRAM_PICTURE_SVG, FALSE);
      g_autofree char *millimetres = write_picture (&fixture, folder, "b.svg", ENGRAM_PICTURE_SVG, TRUE);

      g_assert_cmpuint (count_elements (svg), >, 60);
      g_assert_nonnull (strstr (svg, "width=\"200px\" height=\"200px\""));
      g_assert_cmpuint (count_text (svg, "<image"), ==, 0);
      g_assert_cmpuint (count_text (svg, "radialGradient id="), ==, flat ? 0 : 3);
      g_assert_cmpuint (count_elements (millimetres), >, 60);
      g_assert_nonnull (strstr (millimetres, "width=\"80mm\" height=\"60mm\""));
      fixture_clear (&fixture);
    }
}

static void
test_many_edges_are_an_image (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  Fixture fixture;

  fixture_init (&fixture, ENGRAM_SCENE_PAINTER_VECTOR_EDGES + 1, TRUE);

  g_autofree char *svg = write_picture (&fixture, folder, "a.svg", ENGRAM_PICTURE_SVG, FALSE);

  g_assert_cmpuint (count_elements (svg), <, 100);
  g_assert_cmpuint (count_text (svg, "<image"), ==, 1);
  /* The points are paths all the same. */
  g_assert_cmpuint (count_text (svg, "<path"), >=, 6);
  fixture_clear (&fixture);
}

static void
test_many_points_are_an_image (void)
{
  const guint32 n_points = ENGRAM_SCENE_PAINTER_VECTOR_POINTS + 1;
  g_autoptr (TestFolder) folder = test_folder_new ();
  EngramScenePoint *points = g_new (EngramScenePoint, n_points);
  Fixture fixture;

  for (guint32 i = 0; i < n_points; i++)
    points[i] = (EngramScenePoint) { (float) (i % 100) / 10, (float) (i / 100) / 100, 0, 1, RED, 0 };
  fixture_init (&fixture, 0, TRUE);
  engram_scene_unref (fixture.scene);
  fixture.scene = engram_scene_new (points, n_points, NULL, 0, TRUE, TRUE);

  g_autofree char *svg = write_picture (&fixture, folder, "a.svg", ENGRAM_PICTURE_SVG, FALSE);

  g_assert_cmpuint (count_elements (svg), <, 100);
  g_assert_cmpuint (count_text (svg, "<image"), ==, 1);
  fixture_clear (&fixture);
}

static void
test_pdf (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  Fixture fixture;

  fixture_init (&fixture, 30, FALSE);

  g_autofree char *pdf = write_picture (&fixture, folder, "a.pdf", ENGRAM_PICTURE_PDF, TRUE);

  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  fixture_clear (&fixture);
}

/* A number of a PNG file, most significant byte first. */
static guint32
read_number (const char *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

static void
test_png_has_its_size (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  Fixture fixture;

  fixture_init (&fixture, 30, FALSE);

  g_autofree char *png = write_picture (&fixture, folder, "a.png", ENGRAM_PICTURE_PNG, TRUE);
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);

  /* 80 and 60 mm at 300 pixels per inch, which the file tells per metre; Cairo reads it, so its checksums are right. */
  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 945);
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, 709);
  g_assert_cmpmem (png + 37, 4, "pHYs", 4);
  g_assert_cmpuint (read_number (png + 41), ==, 11811);
  cairo_surface_destroy (image);
  fixture_clear (&fixture);
}

static void
assert_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_cancelling_leaves_nothing (void)
{
  const char *const names[] = { "a.png", "a.svg", "a.pdf" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  EngramPictureSize size;
  Fixture fixture;

  fixture_init (&fixture, 30, FALSE);
  engram_picture_size_init_pixels (&size, WIDTH, HEIGHT, 1);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (engram_picture_write (path, NULL, i, &size, fixture.scene, &fixture.style, &fixture.camera, NULL,
                                            cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_empty (folder);
    }
  fixture_clear (&fixture);
}

/* A disk that takes no more than some bytes of a file. */
static void
test_full_disk_leaves_the_old_file (void)
{
  const char *const names[] = { "a.png", "a.svg", "a.pdf" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  EngramPictureSize size;
  Fixture fixture;
  struct rlimit before, limit;

  fixture_init (&fixture, 30, FALSE);
  engram_picture_size_init_pixels (&size, WIDTH, HEIGHT, 1);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 300;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;
      gboolean written;

      g_assert_true (g_file_set_contents (path, "old", -1, NULL));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      written = engram_picture_write (path, NULL, i, &size, fixture.scene, &fixture.style, &fixture.camera, NULL, NULL,
                                      &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      g_assert_false (written);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, names[i]));
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "old");
      g_assert_cmpint (g_unlink (path), ==, 0);
      assert_empty (folder);
    }
  signal (SIGXFSZ, SIG_DFL);
  fixture_clear (&fixture);
}

static void
test_errors_are_told (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "a.png", NULL);
  g_autofree char *network = g_build_filename (folder, "network.db", NULL);
  g_autofree char *too_large = g_build_filename (folder, "large.png", NULL);
  g_autoptr (GError) error = NULL;
  EngramPictureSize size;
  Fixture fixture;

  fixture_init (&fixture, 3, FALSE);
  engram_picture_size_init_pixels (&size, WIDTH, HEIGHT, 1);
  g_assert_false (engram_picture_write (nowhere, NULL, ENGRAM_PICTURE_PNG, &size, fixture.scene, &fixture.style,
                                        &fixture.camera, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_assert_nonnull (strstr (error->message, "nowhere"));
  g_clear_error (&error);

  g_assert_false (engram_picture_write (network, network, ENGRAM_PICTURE_SVG, &size, fixture.scene, &fixture.style,
                                        &fixture.camera, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_clear_error (&error);

  size.scale = 100;
  g_assert_false (engram_picture_write (too_large, NULL, ENGRAM_PICTURE_PNG, &size, fixture.scene, &fixture.style,
                                        &fixture.camera, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  assert_empty (folder);
  fixture_clear (&fixture);
}

static void
test_copy_is_its_own (void)
{
  Fixture fixture;
  const guint32 marked[] = { 1 };

  fixture_init (&fixture, 3, FALSE);
  engram_scene_set_marked_edges (fixture.scene, marked, 1);

  g_autoptr (EngramScene) copy = engram_scene_copy (fixture.scene);

  engram_scene_set_place (fixture.scene, 0, (const float[]) { 1, 2, 3 });
  engram_scene_set_marked_edges (fixture.scene, NULL, 0);
  g_assert_cmpfloat (copy->points[0].x, ==, -8);
  g_assert_cmpuint (copy->n_points, ==, 3);
  g_assert_cmpuint (copy->n_edges, ==, 3);
  g_assert_cmpuint (copy->n_exciting, ==, 3);
  g_assert_cmpuint (copy->n_marked_edges, ==, 1);
  g_assert_cmpuint (copy->marked_edges[0], ==, 1);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture/svg", test_svg);
  g_test_add_func ("/picture/many-edges", test_many_edges_are_an_image);
  g_test_add_func ("/picture/many-points", test_many_points_are_an_image);
  g_test_add_func ("/picture/pdf", test_pdf);
  g_test_add_func ("/picture/png", test_png_has_its_size);
  g_test_add_func ("/picture/cancel", test_cancelling_leaves_nothing);
  g_test_add_func ("/picture/full-disk", test_full_disk_leaves_the_old_file);
  g_test_add_func ("/picture/errors", test_errors_are_told);
  g_test_add_func ("/picture/copy", test_copy_is_its_own);
  return g_test_run ();
}
