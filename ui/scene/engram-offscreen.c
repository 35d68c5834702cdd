/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-offscreen.h"

#include <engram.h>
#include <epoxy/egl.h>
#include <epoxy/gl.h>
#include <glib/gi18n.h>
#include <string.h>

struct _EngramOffscreen {
  int        width, height;
  EGLDisplay display;
  EGLContext context;
  GLuint     framebuffer;
  GLuint     colour;
};

static const EGLint desktop_attributes[] = {
  EGL_CONTEXT_MAJOR_VERSION, 3,
  EGL_CONTEXT_MINOR_VERSION, 2,
  EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
  EGL_NONE
};

static const EGLint es_attributes[] = { EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE };

static EGLDisplay
get_display (void)
{
  if (!epoxy_has_egl () || !epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
    return EGL_NO_DISPLAY;
  return eglGetPlatformDisplayEXT (EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
}

/* A context without a configuration would need one extension more; any configuration will do. */
static EGLContext
make_context (EGLDisplay display,
              gboolean   es)
{
  const EGLint wanted[] = {
    EGL_SURFACE_TYPE, EGL_DONT_CARE,
    EGL_RENDERABLE_TYPE, es ? EGL_OPENGL_ES3_BIT : EGL_OPENGL_BIT,
    EGL_NONE
  };
  EGLConfig config;
  EGLint n_configs;

  if (!eglInitialize (display, NULL, NULL) || !eglBindAPI (es ? EGL_OPENGL_ES_API : EGL_OPENGL_API))
    return EGL_NO_CONTEXT;
  if (!eglChooseConfig (display, wanted, &config, 1, &n_configs) || n_configs < 1)
    return EGL_NO_CONTEXT;
  return eglCreateContext (display, config, EGL_NO_CONTEXT, es ? es_attributes : desktop_attributes);
}

static gboolean
make_framebuffer (EngramOffscreen *self)
{
  glGenTextures (1, &self->colour);
  glBindTexture (GL_TEXTURE_2D, self->colour);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, self->width, self->height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glBindTexture (GL_TEXTURE_2D, 0);
  glGenFramebuffers (1, &self->framebuffer);
  engram_offscreen_bind (self);
  glFramebufferTexture2D (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, self->colour, 0);
  return glCheckFramebufferStatus (GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

EngramOffscreen *
engram_offscreen_new (int       width,
                      int       height,
                      gboolean  es,
                      GError  **error)
{
  g_autoptr (EngramOffscreen) self = g_new0 (EngramOffscreen, 1);

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  self->width = width;
  self->height = height;
  self->context = EGL_NO_CONTEXT;
  self->display = get_display ();
  if (self->display != EGL_NO_DISPLAY)
    self->context = make_context (self->display, es);
  if (self->context == EGL_NO_CONTEXT
      || !eglMakeCurrent (self->display, EGL_NO_SURFACE, EGL_NO_SURFACE, self->context)
      || !make_framebuffer (self))
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                           _("OpenGL cannot draw without a window on this computer. "
                             "Install a driver that offers EGL without a display, such as Mesa's."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
engram_offscreen_free (EngramOffscreen *self)
{
  if (self == NULL)
    return;
  if (self->framebuffer != 0)
    {
      glDeleteFramebuffers (1, &self->framebuffer);
      glDeleteTextures (1, &self->colour);
    }
  if (self->context != EGL_NO_CONTEXT)
    {
      eglMakeCurrent (self->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
      eglDestroyContext (self->display, self->context);
    }
  g_free (self);
}

void
engram_offscreen_bind (EngramOffscreen *self)
{
  glBindFramebuffer (GL_FRAMEBUFFER, self->framebuffer);
  glViewport (0, 0, self->width, self->height);
}

guint8 *
engram_offscreen_read_pixels (EngramOffscreen *self)
{
  gsize stride = (gsize) self->width * 4;
  guint8 *pixels = g_malloc (stride * self->height);

  engram_offscreen_bind (self);
  glPixelStorei (GL_PACK_ALIGNMENT, 1);
  for (int row = 0; row < self->height; row++)
    glReadPixels (0, self->height - 1 - row, self->width, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixels + row * stride);
  return pixels;
}
