/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-picture.h"

G_BEGIN_DECLS

/* All that a picture is made of, as it was at one moment: for workers, while what is on screen goes on changing. It
 * never changes; any thread may read and unref it. */
typedef struct _EngramPictureSubject EngramPictureSubject;

/* What of the texts, and whether the background, is in a picture. */
typedef struct {
  gboolean transparent;
  gboolean labels;
  gboolean legend;
  gboolean scale_bar;
} EngramPictureChoice;

/* @width, @height: of the picture on screen. Everything is copied. @caption: (nullable) */
EngramPictureSubject *engram_picture_subject_new        (EngramScene                *scene,
                                                         const EngramSceneStyle     *style,
                                                         const EngramCamera         *camera,
                                                         double                      width,
                                                         double                      height,
                                                         const EngramSceneCaption   *caption);
EngramPictureSubject *engram_picture_subject_ref        (EngramPictureSubject       *self);
void                  engram_picture_subject_unref      (EngramPictureSubject       *self);
void                  engram_picture_subject_get_size   (const EngramPictureSubject *self,
                                                         double                     *width,
                                                         double                     *height);
/* What there is to be chosen: all that it has, on its background. */
void                  engram_picture_subject_get_choice (const EngramPictureSubject *self,
                                                         EngramPictureChoice        *choice);
/* engram_picture_make_image() and engram_picture_write() of it. @paper: on white instead of a light background */
cairo_surface_t      *engram_picture_subject_make_image (const EngramPictureSubject *self,
                                                         const EngramPictureSize    *size,
                                                         const EngramPictureChoice  *choice,
                                                         gboolean                    paper,
                                                         GCancellable               *cancellable,
                                                         GError                    **error);
gboolean              engram_picture_subject_write      (const EngramPictureSubject *self,
                                                         const char                 *path,
                                                         const char                 *network,
                                                         EngramPictureFormat         format,
                                                         const EngramPictureSize    *size,
                                                         const EngramPictureChoice  *choice,
                                                         GCancellable               *cancellable,
                                                         GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramPictureSubject, engram_picture_subject_unref)

G_END_DECLS
