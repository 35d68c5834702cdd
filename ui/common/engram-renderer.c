/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-renderer.h"

#include <epoxy/gl.h>

/* What Mesa calls its renderers that run on the processor. */
static const char *const software_renderers[] = { "llvmpipe", "softpipe", "swrast", "Software Rasterizer" };

static gboolean
is_software (GdkGLContext *context)
{
  const char *renderer;

  gdk_gl_context_make_current (context);
  renderer = (const char *) glGetString (GL_RENDERER);
  gdk_gl_context_clear_current ();
  for (gsize i = 0; renderer != NULL && i < G_N_ELEMENTS (software_renderers); i++)
    if (g_strstr_len (renderer, -1, software_renderers[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * engram_renderer_choose:
 * @display: the display, before it has a window
 *
 * Where OpenGL runs on the processor, lets GTK draw with Cairo instead: measured with 100,000 neurons under
 * llvmpipe, drawing a scrolled list held the main loop up to 280 ms, with Cairo 45 ms. What the person has set in
 * GSK_RENDERER stays.
 */
void
engram_renderer_choose (GdkDisplay *display)
{
  g_autoptr (GdkGLContext) context = NULL;

  if (g_getenv ("GSK_RENDERER") != NULL)
    return;

  /* Without OpenGL, GTK takes Cairo by itself. */
  context = gdk_display_create_gl_context (display, NULL);
  if (context != NULL && gdk_gl_context_realize (context, NULL) && is_software (context))
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
}
