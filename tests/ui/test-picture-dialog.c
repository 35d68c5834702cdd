/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "views/engram-picture-dialog.h"
#include "widget-support.h"

#define WIDTH 300
#define HEIGHT 200

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramPictureSubject *subject;
  EngramPictureDialog *dialog;
  guint n_jobs;
} Screen;

/* The session has jobs of its own. */
static void
note_job (EngramSession *session,
          EngramJob     *job,
          Screen        *screen)
{
  screen->n_jobs += g_str_has_prefix (engram_job_get_title (job), "Saving");
}

static EngramPictureSubject *
make_subject (gboolean with_caption)
{
  EngramScenePoint points[] = {
    { -1, 0, 0, 1, { 200, 0, 0, 255 }, 0 }, { 1, 0, 0, 1, { 0, 150, 0, 255 }, 0 },
  };
  EngramSceneEdge edge = { 0, 1, 0.5f };
  g_autoptr (EngramScene) scene =
    engram_scene_new (g_memdup2 (points, sizeof points), 2, g_memdup2 (&edge, sizeof edge), 1, TRUE, TRUE);
  g_autoptr (EngramLegend) legend = engram_legend_new ("Type");
  const char *labels[] = { "One", "Two" };
  const guint32 importance[] = { 0, 1 };
  EngramSceneCaption caption = { labels, importance, 2, 2, legend, "µm" };
  EngramSceneStyle style;
  EngramCamera camera;

  engram_scene_style_init (&style, TRUE, FALSE, FALSE);
  engram_camera_init (&camera, TRUE);
  camera.distance = 4;
  return engram_picture_subject_new (scene, &style, &camera, WIDTH, HEIGHT, with_caption ? &caption : NULL);
}

static void
screen_open (Screen   *screen,
             gboolean  with_caption)
{
  *screen = (Screen) { .fixture = ui_fixture_new (1) };
  screen->session = engram_session_new (screen->fixture->database);
  screen->subject = make_subject (with_caption);
  screen->dialog = ENGRAM_PICTURE_DIALOG (engram_picture_dialog_new (screen->subject, screen->session));
  g_signal_connect (screen->session, "job-added", G_CALLBACK (note_job), screen);
  gtk_window_present (GTK_WINDOW (screen->dialog));
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

static void
screen_close (Screen *screen)
{
  gtk_window_destroy (GTK_WINDOW (screen->dialog));
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  engram_picture_subject_unref (screen->subject);
  ui_fixture_free (screen->fixture);
}

/* A control of the dialog, by its name in the template. */
static gpointer
get_control (Screen     *screen,
             const char *name)
{
  GObject *control = gtk_widget_get_template_child (GTK_WIDGET (screen->dialog), ENGRAM_TYPE_PICTURE_DIALOG, name);

  g_assert_nonnull (control);
  return control;
}

/* What is told by those who list jobs. */
static void
assert_told (EngramJob  *job,
             const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *outcome = g_strdup_printf ("Saved “%s”", base);

  if (engram_job_get_state (job) == ENGRAM_JOB_DONE)
    g_assert_cmpstr (engram_job_get_outcome (job), ==, outcome);
  else
    g_assert_nonnull (strstr (engram_job_get_error (job)->message, "nowhere"));
}

static char *
save (Screen              *screen,
      const char          *name,
      EngramJobState       expected)
{
  g_autofree char *path = g_build_filename (screen->fixture->folder, name, NULL);
  g_autoptr (EngramJob) job = engram_picture_dialog_save (screen->dialog, path);
  char *contents = NULL;

  wait_until (engram_job_get_state (job) > ENGRAM_JOB_RUNNING);
  g_assert_cmpint (engram_job_get_state (job), ==, expected);
  assert_told (job, name);
  g_assert_cmpint (g_file_get_contents (path, &contents, NULL, NULL), ==, expected == ENGRAM_JOB_DONE);
  return contents;
}

static void
test_it_shows_a_preview (void)
{
  Screen screen;
  GdkPaintable *preview;

  screen_open (&screen, TRUE);
  wait_until (gtk_picture_get_paintable (get_control (&screen, "preview")) != NULL);
  preview = gtk_picture_get_paintable (get_control (&screen, "preview"));
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (preview), (double) WIDTH / HEIGHT, 0.01);

  /* Another choice, another preview. */
  gtk_switch_set_active (get_control (&screen, "legend"), FALSE);
  g_object_ref (preview);
  wait_until (gtk_picture_get_paintable (get_control (&screen, "preview")) != preview);
  g_object_unref (preview);
  screen_close (&screen);
}

static void
test_controls_have_names (void)
{
  Screen screen;

  screen_open (&screen, TRUE);
  adw_combo_row_set_selected (get_control (&screen, "sizing"), ENGRAM_PICTURE_IN_MILLIMETRES);
  widget_test_assert_names (screen.dialog);
  /* Return saves it rather than giving it up. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen.dialog)) == get_control (&screen, "save_button"));
  screen_close (&screen);
}

/* What the picture does not have is not offered. */
static void
test_only_what_there_is_is_offered (void)
{
  Screen screen;

  screen_open (&screen, FALSE);
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "labels_row")));
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "legend_row")));
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "scale_bar_row")));
  screen_close (&screen);

  screen_open (&screen, TRUE);
  g_assert_true (gtk_widget_get_visible (get_control (&screen, "labels_row")));
  g_assert_true (gtk_switch_get_active (get_control (&screen, "labels")));
  screen_close (&screen);
}

static void
test_sizes (void)
{
  Screen screen;
  AdwComboRow *sizing;

  screen_open (&screen, TRUE);
  sizing = get_control (&screen, "sizing");
  assert_shows (screen.dialog, "300 × 200 pixels");
  g_assert_false (gtk_widget_get_visible (get_control (&screen, "width_row")));
  adw_combo_row_set_selected (sizing, ENGRAM_PICTURE_FOUR_TIMES);
  assert_shows (screen.dialog, "1200 × 800 pixels");

  /* 90 mm at 600 pixels an inch, as high as it is on screen. */
  adw_combo_row_set_selected (sizing, ENGRAM_PICTURE_IN_MILLIMETRES);
  g_assert_true (gtk_widget_get_visible (get_control (&screen, "width_row")));
  gtk_spin_button_set_value (get_control (&screen, "width"), 90);
  gtk_spin_button_set_value (get_control (&screen, "resolution"), 600);
  assert_shows (screen.dialog, "2126 × 1417 pixels");
  g_assert_true (gtk_widget_get_sensitive (get_control (&screen, "save_button")));

  gtk_spin_button_set_value (get_control (&screen, "width"), 1000);
  assert_shows (screen.dialog, "is too large");
  g_assert_false (gtk_widget_get_sensitive (get_control (&screen, "save_button")));
  screen_close (&screen);
}

static void
test_saving (void)
{
  Screen screen;

  screen_open (&screen, TRUE);

  g_autofree char *png = save (&screen, "picture", ENGRAM_JOB_DONE);

  /* The file's ending counts more than what was chosen before. */
  g_autofree char *svg = save (&screen, "picture.SVG", ENGRAM_JOB_DONE);

  adw_combo_row_set_selected (get_control (&screen, "format"), ENGRAM_PICTURE_PDF);

  g_autofree char *pdf = save (&screen, "document", ENGRAM_JOB_DONE);

  g_assert_cmpmem (png, 4, "\x89PNG", 4);
  g_assert_nonnull (strstr (svg, "<svg"));
  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  g_assert_cmpuint (screen.n_jobs, ==, 3);
  screen_close (&screen);
}

static void
test_saved_as_chosen (void)
{
  Screen screen;
  g_autofree char *path = NULL;
  cairo_surface_t *image;

  screen_open (&screen, TRUE);
  gtk_switch_set_active (get_control (&screen, "transparent"), TRUE);
  adw_combo_row_set_selected (get_control (&screen, "sizing"), ENGRAM_PICTURE_TWICE);

  g_autofree char *png = save (&screen, "a.png", ENGRAM_JOB_DONE);

  path = g_build_filename (screen.fixture->folder, "a.png", NULL);
  image = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 2 * WIDTH);
  g_assert_cmpint (cairo_image_surface_get_format (image), ==, CAIRO_FORMAT_ARGB32);
  g_assert_cmpint (cairo_image_surface_get_data (image)[3], ==, 0);
  cairo_surface_destroy (image);
  screen_close (&screen);
}

static void
test_failures_are_told (void)
{
  Screen screen;
  g_autofree char *network = NULL;

  screen_open (&screen, TRUE);
  save (&screen, "nowhere/a.png", ENGRAM_JOB_FAILED);

  /* Never over the network itself. */
  network = g_path_get_basename (screen.fixture->path);

  g_autofree char *path = g_build_filename (screen.fixture->folder, network, NULL);
  g_autoptr (EngramJob) job = engram_picture_dialog_save (screen.dialog, path);

  wait_until (engram_job_get_state (job) > ENGRAM_JOB_RUNNING);
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_FAILED);
  screen_close (&screen);
}

static void
test_copying (void)
{
  Screen screen;
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  g_autoptr (EngramJob) job = NULL;
  GValue value = G_VALUE_INIT;

  screen_open (&screen, TRUE);
  job = engram_picture_copy (screen.subject, clipboard, screen.session);
  wait_until (engram_job_get_state (job) > ENGRAM_JOB_RUNNING);
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_DONE);
  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_assert_true (gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL));
  g_assert_cmpint (gdk_texture_get_width (g_value_get_object (&value)), ==, 2 * WIDTH);
  g_assert_cmpint (gdk_texture_get_height (g_value_get_object (&value)), ==, 2 * HEIGHT);
  g_value_unset (&value);
  g_assert_cmpstr (engram_job_get_outcome (job), ==, "Copied the picture");
  screen_close (&screen);
}

static void
test_printing (void)
{
  Screen screen;
  EngramPictureSize size;
  EngramPictureChoice choice;
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *pdf = NULL;
  cairo_surface_t *image;

  screen_open (&screen, TRUE);
  path = g_build_filename (screen.fixture->folder, "page.pdf", NULL);
  engram_picture_size_init_pixels (&size, WIDTH, HEIGHT, 1);
  engram_picture_subject_get_choice (screen.subject, &choice);
  image = engram_picture_subject_make_image (screen.subject, &size, &choice, TRUE, NULL, &error);
  g_assert_no_error (error);
  /* On white paper. */
  g_assert_cmpint (cairo_image_surface_get_data (image)[0], ==, 255);
  operation = engram_picture_make_print_operation (image);
  cairo_surface_destroy (image);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, GTK_WINDOW (screen.dialog),
                                            &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, NULL, &error));
  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/picture-dialog/preview", test_it_shows_a_preview);
  g_test_add_func ("/picture-dialog/names", test_controls_have_names);
  g_test_add_func ("/picture-dialog/offered", test_only_what_there_is_is_offered);
  g_test_add_func ("/picture-dialog/sizes", test_sizes);
  g_test_add_func ("/picture-dialog/saving", test_saving);
  g_test_add_func ("/picture-dialog/chosen", test_saved_as_chosen);
  g_test_add_func ("/picture-dialog/failures", test_failures_are_told);
  g_test_add_func ("/picture-dialog/copying", test_copying);
  g_test_add_func ("/picture-dialog/printing", test_printing);
  return g_test_run ();
}
