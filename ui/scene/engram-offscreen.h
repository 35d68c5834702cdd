/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* An OpenGL context and a framebuffer without a window or a display, for tests, benchmarks and pictures (EGL,
 * surfaceless). */
typedef struct _EngramOffscreen EngramOffscreen;

/* Its context is current in this thread until it is freed. @es: OpenGL ES instead of desktop OpenGL. NULL with an error
 * where there is no such thing on this machine. */
EngramOffscreen *engram_offscreen_new         (int               width,
                                               int               height,
                                               gboolean          es,
                                               GError          **error);
void             engram_offscreen_free        (EngramOffscreen  *self);
void             engram_offscreen_bind        (EngramOffscreen  *self);
/* (transfer full): width * height times red, green, blue, alpha, premultiplied, the top row first */
guint8          *engram_offscreen_read_pixels (EngramOffscreen  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramOffscreen, engram_offscreen_free)

G_END_DECLS
