/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

/* In a picture there is room for as many labels as on screen. */
#define PICTURE_LABELS 40

EngramPictureSubject *
engram_network_view_copy_picture (EngramNetworkView *self)
{
  EngramNetworkScene *scene;
  EngramSceneCaption caption = { 0 };
  EngramCamera camera;

  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  scene = engram_network_view_get_scene (self);
  if (scene == NULL)
    return NULL;

  g_autoptr (GArray) important = engram_network_view_list_important (self);
  g_autofree const char **labels = g_new0 (const char *, scene->scene->n_points);

  /* What is on screen has been read. */
  for (guint i = 0; self->labelled && i < important->len; i++)
    {
      guint32 point = g_array_index (important, guint32, i);

      labels[point] = engram_point_texts_get_name (self->texts, engram_network_scene_get_rowid (scene, point));
    }
  caption.labels = labels;
  caption.importance = (const guint32 *) important->data;
  caption.n_importance = important->len;
  caption.n_labels = PICTURE_LABELS;
  caption.legend = engram_legend_view_get_legend (ENGRAM_LEGEND_VIEW (self->legend_view));
  /* Places have no unit; in a graph they mean nothing. */
  caption.unit = scene->scene->flat ? NULL : "";
  engram_scene_view_get_camera (self->scene_view, &camera);
  return engram_picture_subject_new (scene->scene, engram_scene_view_get_style (self->scene_view), &camera,
                                     gtk_widget_get_width (GTK_WIDGET (self->scene_view)),
                                     gtk_widget_get_height (GTK_WIDGET (self->scene_view)), &caption);
}
