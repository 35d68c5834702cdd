/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_HELP_PICTURE (engram_help_picture_get_type ())

/* A drawing of the guide, an SVG among the resources, in the colours of the theme: black becomes that of texts, pure
 * blue that of accents, pure red, green and yellow those of errors, successes and warnings. It is mirrored where one
 * reads from the right. */
G_DECLARE_FINAL_TYPE (EngramHelpPicture, engram_help_picture, ENGRAM, HELP_PICTURE, GtkWidget)

/* Reads the drawing as it would be drawn now: %FALSE with @error set where it is no picture. */
gboolean engram_help_picture_check (EngramHelpPicture  *self,
                                    GError            **error);

G_END_DECLS
