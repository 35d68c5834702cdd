/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_VECTOR_VIEW (engram_vector_view_get_type ())

/* A vector as a picture: a cell a number, from blue (negative) by white (0) to orange (positive). */
G_DECLARE_FINAL_TYPE (EngramVectorView, engram_vector_view, ENGRAM, VECTOR_VIEW, GtkWidget)

GtkWidget *engram_vector_view_new         (void);
void       engram_vector_view_set_vector  (EngramVectorView *self,
                                           const float      *vector,
                                           guint             length);
char      *engram_vector_view_dup_pointed (EngramVectorView *self);

G_END_DECLS
