/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-picture-subject.h"

/* Of red, green and blue together: a brighter background is a light one. */
#define LIGHT_BACKGROUND 1.5f

struct _EngramPictureSubject {
  EngramScene       *scene;
  EngramSceneStyle   style;
  EngramCamera       camera;
  double             width, height;
  char             **labels;      /* n_points of them, or NULL */
  guint32           *importance;
  guint32            n_importance;
  guint              n_labels;
  EngramLegend      *legend;      /* or NULL */
  char              *unit;        /* or NULL */
  gatomicrefcount    references;
};

static void
set_caption (EngramPictureSubject     *self,
             const EngramSceneCaption *caption)
{
  if (caption->labels != NULL && self->scene->n_points > 0)
    {
      self->labels = g_new (char *, self->scene->n_points);
      for (guint32 i = 0; i < self->scene->n_points; i++)
        self->labels[i] = g_strdup (caption->labels[i]);
    }
  self->importance = g_memdup2 (caption->importance, caption->n_importance * sizeof *caption->importance);
  self->n_importance = caption->n_importance;
  self->n_labels = caption->n_labels;
  self->legend = caption->legend != NULL ? engram_legend_copy (caption->legend) : NULL;
  self->unit = g_strdup (caption->unit);
}

EngramPictureSubject *
engram_picture_subject_new (EngramScene              *scene,
                            const EngramSceneStyle   *style,
                            const EngramCamera       *camera,
                            double                    width,
                            double                    height,
                            const EngramSceneCaption *caption)
{
  EngramPictureSubject *self = g_new0 (EngramPictureSubject, 1);

  self->scene = engram_scene_copy (scene);
  self->style = *style;
  self->camera = *camera;
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  g_atomic_ref_count_init (&self->references);
  if (caption != NULL)
    set_caption (self, caption);
  return self;
}

EngramPictureSubject *
engram_picture_subject_ref (EngramPictureSubject *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_picture_subject_unref (EngramPictureSubject *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  if (self->labels != NULL)
    for (guint32 i = 0; i < self->scene->n_points; i++)
      g_free (self->labels[i]);
  g_free (self->labels);
  g_free (self->importance);
  engram_legend_free (self->legend);
  g_free (self->unit);
  engram_scene_unref (self->scene);
  g_free (self);
}

void
engram_picture_subject_get_size (const EngramPictureSubject *self,
                                 double                     *width,
                                 double                     *height)
{
  *width = self->width;
  *height = self->height;
}

void
engram_picture_subject_get_choice (const EngramPictureSubject *self,
                                   EngramPictureChoice        *choice)
{
  choice->transparent = FALSE;
  choice->labels = self->labels != NULL && self->n_importance > 0;
  choice->legend = self->legend != NULL;
  choice->scale_bar = self->unit != NULL;
}

static void
get_style (const EngramPictureSubject *self,
           const EngramPictureChoice  *choice,
           gboolean                    paper,
           EngramSceneStyle           *style)
{
  float *background = style->background;

  *style = self->style;
  if (paper && background[0] + background[1] + background[2] > LIGHT_BACKGROUND)
    background[0] = background[1] = background[2] = 1;
  background[3] = choice->transparent ? 0 : 1;
}

static void
get_caption (const EngramPictureSubject *self,
             const EngramPictureChoice  *choice,
             EngramSceneCaption         *caption)
{
  caption->labels = choice->labels ? (const char * const *) self->labels : NULL;
  caption->importance = self->importance;
  caption->n_importance = self->n_importance;
  caption->n_labels = self->n_labels;
  caption->legend = choice->legend ? self->legend : NULL;
  caption->unit = choice->scale_bar ? self->unit : NULL;
}

cairo_surface_t *
engram_picture_subject_make_image (const EngramPictureSubject  *self,
                                   const EngramPictureSize     *size,
                                   const EngramPictureChoice   *choice,
                                   gboolean                     paper,
                                   GCancellable                *cancellable,
                                   GError                     **error)
{
  EngramSceneCaption caption;
  EngramSceneStyle style;

  get_style (self, choice, paper, &style);
  get_caption (self, choice, &caption);
  return engram_picture_make_image (size, self->scene, &style, &self->camera, &caption, cancellable, error);
}

gboolean
engram_picture_subject_write (const EngramPictureSubject  *self,
                              const char                  *path,
                              const char                  *network,
                              EngramPictureFormat          format,
                              const EngramPictureSize     *size,
                              const EngramPictureChoice   *choice,
                              GCancellable                *cancellable,
                              GError                     **error)
{
  EngramSceneCaption caption;
  EngramSceneStyle style;

  get_style (self, choice, FALSE, &style);
  get_caption (self, choice, &caption);
  return engram_picture_write (path, network, format, size, self->scene, &style, &self->camera, &caption, cancellable,
                               error);
}
