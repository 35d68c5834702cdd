/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-picture-output.h"

#include <glib/gi18n.h>

#define COPY_SCALE 2
/* Of the longer side on paper: about 300 per inch on A4. */
#define PRINTED_PIXELS 3500

typedef struct {
  EngramPictureSubject *subject;
  EngramPictureSize     size;
  EngramPictureChoice   choice;
  EngramSession        *session;     /* or NULL */
  char                 *network;     /* or NULL */

  char                 *path;        /* of what is saved, or NULL */
  EngramPictureFormat   format;

  gboolean              paper;
  cairo_surface_t      *image;       /* of what is copied or printed, once it is there */
  GdkClipboard         *clipboard;   /* or NULL */
  GtkWindow            *parent;      /* or NULL */
} Output;

static void
output_free (gpointer data)
{
  Output *self = data;

  engram_picture_subject_unref (self->subject);
  g_clear_object (&self->session);
  g_clear_object (&self->clipboard);
  g_clear_weak_pointer (&self->parent);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_free (self->network);
  g_free (self->path);
  g_free (self);
}

/* As on screen, with all texts. */
static Output *
output_new (EngramPictureSubject *subject,
            EngramSession        *session)
{
  Output *self = g_new0 (Output, 1);
  double width, height;

  self->subject = engram_picture_subject_ref (subject);
  engram_picture_subject_get_choice (subject, &self->choice);
  engram_picture_subject_get_size (subject, &width, &height);
  engram_picture_size_init_pixels (&self->size, width, height, COPY_SCALE);
  if (session != NULL)
    {
      self->session = g_object_ref (session);
      self->network = g_strdup (engram_database_get_path (engram_session_get_database (session)));
    }
  return self;
}

/* Worker */
static gboolean
write_file (EngramJob     *job,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Output *self = data;

  return engram_picture_subject_write (self->subject, self->path, self->network, self->format, &self->size,
                                       &self->choice, cancellable, error);
}

/* Worker */
static gboolean
make_image (EngramJob     *job,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Output *self = data;

  self->image = engram_picture_subject_make_image (self->subject, &self->size, &self->choice, self->paper, cancellable,
                                                   error);
  return self->image != NULL;
}

/* Whether it came to a good end; what went wrong is told. @work: "Saving the Picture" */
static gboolean
finish (EngramJob  *job,
        const char *work)
{
  const Output *self = engram_job_get_data (job);

  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED && self->session != NULL)
    g_signal_emit_by_name (self->session, "failed", work, engram_job_get_error (job));
  return engram_job_get_state (job) == ENGRAM_JOB_DONE;
}

static void
tell (const Output *self,
      const char   *text)
{
  if (self->session != NULL)
    g_signal_emit_by_name (self->session, "done", text, FALSE);
}

/* @job: started; the program does not end before it does. */
static EngramJob *
start (EngramJob *job)
{
  const Output *self = engram_job_get_data (job);

  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  engram_job_start (job);
  if (self->session != NULL)
    g_signal_emit_by_name (self->session, "job-started", job);
  return job;
}

/* Files */

static void
saved_cb (EngramJob *job,
          gpointer   user_data)
{
  const Output *self = engram_job_get_data (job);
  g_autofree char *name = g_filename_display_basename (self->path);
  /* Translators: the name of a file. */
  g_autofree char *text = g_strdup_printf (_("Saved “%s”"), name);

  if (finish (job, _("Saving the Picture")))
    tell (self, text);
}

EngramJob *
engram_picture_save (EngramPictureSubject      *subject,
                     const char                *path,
                     EngramPictureFormat        format,
                     const EngramPictureSize   *size,
                     const EngramPictureChoice *choice,
                     EngramSession             *session)
{
  Output *self = output_new (subject, session);
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Saving “%s”"), name);
  EngramJob *job;

  self->path = g_strdup (path);
  self->format = format;
  self->size = *size;
  self->choice = *choice;
  job = engram_job_new (title, write_file, self, output_free);
  g_signal_connect (job, "ended", G_CALLBACK (saved_cb), NULL);
  return start (job);
}

/* Images */

GdkTexture *
engram_picture_make_texture (cairo_surface_t *image)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (image);
  int height = cairo_image_surface_get_height (image);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (image), stride * (gsize) height,
                                                         (GDestroyNotify) cairo_surface_destroy,
                                                         cairo_surface_reference (image));

  return gdk_memory_texture_new (cairo_image_surface_get_width (image), height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
copied_cb (EngramJob *job,
           gpointer   user_data)
{
  const Output *self = engram_job_get_data (job);
  g_autoptr (GdkTexture) texture = NULL;

  if (!finish (job, _("Copying the Picture")))
    return;
  texture = engram_picture_make_texture (self->image);
  gdk_clipboard_set_texture (self->clipboard, texture);
  tell (self, _("Copied the picture"));
}

EngramJob *
engram_picture_copy (EngramPictureSubject *subject,
                     GdkClipboard         *clipboard,
                     EngramSession        *session)
{
  Output *self = output_new (subject, session);
  EngramJob *job = engram_job_new (_("Copying the picture"), make_image, self, output_free);

  self->clipboard = g_object_ref (clipboard);
  g_signal_connect (job, "ended", G_CALLBACK (copied_cb), NULL);
  return start (job);
}

/* Pages */

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              gpointer           user_data)
{
  cairo_surface_t *image = user_data;
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  double page_width = gtk_print_context_get_width (context), page_height = gtk_print_context_get_height (context);
  double width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  double scale = MIN (page_width / width, page_height / height);

  cairo_translate (cairo, (page_width - width * scale) / 2, (page_height - height * scale) / 2);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, image, 0, 0);
  cairo_paint (cairo);
}

GtkPrintOperation *
engram_picture_make_print_operation (cairo_surface_t *image)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();

  if (cairo_image_surface_get_width (image) > cairo_image_surface_get_height (image))
    gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), cairo_surface_reference (image),
                         (GClosureNotify) (GCallback) cairo_surface_destroy, 0);
  return operation;
}

static void
printed_cb (EngramJob *job,
            gpointer   user_data)
{
  const Output *self = engram_job_get_data (job);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  if (!finish (job, _("Printing the Picture")))
    return;
  operation = engram_picture_make_print_operation (self->image);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, self->parent, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR && self->session != NULL)
    g_signal_emit_by_name (self->session, "failed", _("Printing the Picture"), error);
}

EngramJob *
engram_picture_print (EngramPictureSubject *subject,
                      GtkWindow            *parent,
                      EngramSession        *session)
{
  Output *self = output_new (subject, session);
  EngramJob *job = engram_job_new (_("Drawing the picture"), make_image, self, output_free);

  self->paper = TRUE;
  self->size.scale = PRINTED_PIXELS / MAX (self->size.width, self->size.height);
  g_set_weak_pointer (&self->parent, parent);
  g_signal_connect (job, "ended", G_CALLBACK (printed_cb), NULL);
  return start (job);
}
