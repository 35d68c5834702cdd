/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "scene/engram-scene-renderer-private.h"

static GLuint
make_colour (int width,
             int height)
{
  GLuint texture;

  glGenTextures (1, &texture);
  glBindTexture (GL_TEXTURE_2D, texture);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glBindTexture (GL_TEXTURE_2D, 0);
  return texture;
}

static GLuint
make_framebuffer (GLuint colour,
                  GLuint depth)
{
  GLuint framebuffer;

  glGenFramebuffers (1, &framebuffer);
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer);
  glFramebufferTexture2D (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colour, 0);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
  return framebuffer;
}

/* TRUE where what was in it is gone. */
gboolean
engram_scene_layers_resize (EngramSceneLayers *self,
                            int                width,
                            int                height)
{
  if (self->width == width && self->height == height)
    return FALSE;

  engram_scene_layers_clear (self);
  self->width = width;
  self->height = height;
  glGenRenderbuffers (1, &self->depth);
  glBindRenderbuffer (GL_RENDERBUFFER, self->depth);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_DEPTH_COMPONENT24, width, height);
  glBindRenderbuffer (GL_RENDERBUFFER, 0);
  for (guint i = 0; i < ENGRAM_SCENE_N_LAYERS; i++)
    {
      self->colours[i] = make_colour (width, height);
      self->framebuffers[i] = make_framebuffer (self->colours[i], self->depth);
    }
  return TRUE;
}

void
engram_scene_layers_clear (EngramSceneLayers *self)
{
  if (self->width != 0)
    {
      glDeleteFramebuffers (ENGRAM_SCENE_N_LAYERS, self->framebuffers);
      glDeleteTextures (ENGRAM_SCENE_N_LAYERS, self->colours);
      glDeleteRenderbuffers (1, &self->depth);
    }
  memset (self, 0, sizeof *self);
}

void
engram_scene_layers_bind (const EngramSceneLayers *self,
                          guint                    layer)
{
  glBindFramebuffer (GL_FRAMEBUFFER, self->framebuffers[layer]);
  glViewport (0, 0, self->width, self->height);
}

void
engram_scene_layers_compose (const EngramSceneLayers   *self,
                             const EngramScenePrograms *programs,
                             int                        width,
                             gboolean                   marked)
{
  /* Pixel by pixel where they are the same: half the work in software. */
  GLint filter = width == self->width ? GL_NEAREST : GL_LINEAR;
  const EngramSceneProgram *program;

  glDisable (GL_DEPTH_TEST);
  glDisable (GL_BLEND);
  for (guint i = 0; i < ENGRAM_SCENE_N_LAYERS; i++)
    {
      glActiveTexture (GL_TEXTURE0 + ENGRAM_SCENE_UNIT_BOTTOM + i);
      glBindTexture (GL_TEXTURE_2D, self->colours[i]);
      glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
      glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    }
  program = engram_scene_programs_use (programs, ENGRAM_SCENE_PROGRAM_LAYERS);
  glUniform1i (program->marked, marked);
  glDrawArrays (GL_TRIANGLES, 0, 3);
  for (guint i = 0; i < ENGRAM_SCENE_N_LAYERS; i++)
    {
      glActiveTexture (GL_TEXTURE0 + ENGRAM_SCENE_UNIT_BOTTOM + i);
      glBindTexture (GL_TEXTURE_2D, 0);
    }
  glActiveTexture (GL_TEXTURE0);
}

void
engram_scene_layers_cover (const EngramSceneLayers   *self,
                           const EngramScenePrograms *programs,
                           float                      limit)
{
  const EngramSceneProgram *program = engram_scene_programs_use (programs, ENGRAM_SCENE_PROGRAM_COVERED);

  /* Not the edges' own framebuffer, since their colours are read. */
  engram_scene_layers_bind (self, ENGRAM_SCENE_LAYER_POINTS);
  glEnable (GL_DEPTH_TEST);
  glDepthFunc (GL_ALWAYS);
  glDepthMask (GL_TRUE);
  glDisable (GL_BLEND);
  glColorMask (GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  glActiveTexture (GL_TEXTURE0 + ENGRAM_SCENE_UNIT_MIDDLE);
  glBindTexture (GL_TEXTURE_2D, self->colours[ENGRAM_SCENE_LAYER_EDGES]);
  glUniform1f (program->limit, limit);
  glDrawArrays (GL_TRIANGLES, 0, 3);
  glBindTexture (GL_TEXTURE_2D, 0);
  glActiveTexture (GL_TEXTURE0);
  glColorMask (GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}
