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
  char                 *path;        /* of what is saved, or NULL */
  EngramPictureFormat   format;

  gboolean              paper;
  cairo_surface_t      *image;       /* of what is copied or printed, once it is there */
} Output;

static void
output_free (gpointer data)
{
  Output *self = data;

  engram_picture_subject_unref (self->subject);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_free (self->path);
  g_free (self);
}

/* As on screen, with all texts. */
static Output *
output_new (EngramPictureSubject *subject)
{
  Output *self = g_new0 (Output, 1);
  double width, height;

  self->subject = engram_picture_subject_ref (subject);
  engram_picture_subject_get_choice (subject, &self->choice);
  engram_picture_subject_get_size (subject, &width, &height);
  engram_picture_size_init_pixels (&self->size, width, height, COPY_SCALE);
  return self;
}

/* In the worker */

static gboolean
write_file (EngramJob      *job,
            EngramDatabase *database,
            EngramHistory  *history,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  const Output *self = data;
  g_autofree char *name = g_filename_display_basename (self->path);
  /* Translators: the name of a file. */
  g_autofree char *outcome = g_strdup_printf (_("Saved “%s”"), name);

  if (!engram_picture_subject_write (self->subject, self->path, engram_database_get_path (database), self->format,
                                     &self->size, &self->choice, cancellable, error))
    return FALSE;
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

static gboolean
make_image (EngramJob      *job,
            EngramDatabase *database,
            EngramHistory  *history,
            gpointer        data,
            GCancellable   *cancellable,
            GError        **error)
{
  Output *self = data;

  self->image = engram_picture_subject_make_image (self->subject, &self->size, &self->choice, self->paper, cancellable,
                                                   error);
  if (self->image != NULL && !self->paper)
    engram_job_set_outcome (job, _("Copied the picture"), FALSE);
  return self->image != NULL;
}

/* Files */

EngramJob *
engram_picture_save (EngramPictureSubject      *subject,
                     const char                *path,
                     EngramPictureFormat        format,
                     const EngramPictureSize   *size,
                     const EngramPictureChoice *choice,
                     EngramSession             *session)
{
  Output *self = output_new (subject);
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Saving “%s”"), name);

  self->path = g_strdup (path);
  self->format = format;
  self->size = *size;
  self->choice = *choice;
  return engram_session_read (session, title, write_file, self, output_free);
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
copied_cb (GdkClipboard *clipboard,
           EngramJob    *job)
{
  const Output *self = engram_session_job_get_data (job);
  g_autoptr (GdkTexture) texture = NULL;

  if (engram_job_get_state (job) != ENGRAM_JOB_DONE)
    return;
  texture = engram_picture_make_texture (self->image);
  gdk_clipboard_set_texture (clipboard, texture);
}

EngramJob *
engram_picture_copy (EngramPictureSubject *subject,
                     GdkClipboard         *clipboard,
                     EngramSession        *session)
{
  EngramJob *job =
    engram_session_read (session, _("Copying the picture"), make_image, output_new (subject), output_free);

  g_signal_connect_object (job, "ended", G_CALLBACK (copied_cb), clipboard, G_CONNECT_SWAPPED);
  return job;
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

typedef struct {
  EngramSession *session;
  GtkWindow     *parent; /* or NULL */
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *self = data;

  g_object_unref (self->session);
  g_clear_weak_pointer (&self->parent);
  g_free (self);
}

static void
drawn_cb (EngramJob *job,
          gpointer   data)
{
  const Printing *self = data;
  const Output *output = engram_session_job_get_data (job);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  if (engram_job_get_state (job) != ENGRAM_JOB_DONE)
    return;
  operation = engram_picture_make_print_operation (output->image);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, self->parent, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    g_signal_emit_by_name (self->session, "failed", _("Printing the Picture"), error);
}

EngramJob *
engram_picture_print (EngramPictureSubject *subject,
                      GtkWindow            *parent,
                      EngramSession        *session)
{
  Output *output = output_new (subject);
  Printing *printing = g_new0 (Printing, 1);
  EngramJob *job;

  output->paper = TRUE;
  output->size.scale = PRINTED_PIXELS / MAX (output->size.width, output->size.height);
  printing->session = g_object_ref (session);
  g_set_weak_pointer (&printing->parent, parent);
  job = engram_session_read (session, _("Drawing the picture"), make_image, output, output_free);
  g_signal_connect_data (job, "ended", G_CALLBACK (drawn_cb), printing, printing_free, 0);
  return job;
}
