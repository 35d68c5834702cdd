/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/engram-job.h"
#include "scene/engram-picture-subject.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

/* What becomes of a picture: a file, an image in the clipboard, a page. Each is a job of the session, which only reads:
 * engram_session_read(). Main thread only. */

/* Pixels of @image as a texture, which has them from then on. */
GdkTexture *engram_picture_make_texture (cairo_surface_t           *image);
/* (transfer full) */
EngramJob  *engram_picture_save         (EngramPictureSubject      *subject,
                                         const char                *path,
                                         EngramPictureFormat        format,
                                         const EngramPictureSize   *size,
                                         const EngramPictureChoice *choice,
                                         EngramSession             *session);
/* As it is on screen, with twice as many pixels. (transfer full) */
EngramJob  *engram_picture_copy         (EngramPictureSubject      *subject,
                                         GdkClipboard              *clipboard,
                                         EngramSession             *session);
/* On one page, as large as fits; asks for the printer once it is drawn. (transfer full) */
EngramJob  *engram_picture_print        (EngramPictureSubject      *subject,
                                         GtkWindow                 *parent,
                                         EngramSession             *session);

/* For tests and engram_picture_print(): an operation that prints @image. (transfer full) */
GtkPrintOperation *engram_picture_make_print_operation (cairo_surface_t *image);

G_END_DECLS
