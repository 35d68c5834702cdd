/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <engram.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "scene/engram-scene-renderer-private.h"

#define RESOURCE_PATH "/io/github/engram/Engram/ui/scene/shaders/"
/* Radii of sprites at most: what is larger is rare, and a quad has no limit. */
#define GREATEST_SPRITE 64
/* As wide as a line must be able to be where lines stand for edges. */
#define WIDEST_LINE 40

/* @defines: what makes it this program
 * @library: (nullable): a source that the vertex shader needs besides the view */
typedef struct {
  const char *vertex, *fragment;
  const char *library;
  const char *defines;
} Source;

static const Source sources[ENGRAM_SCENE_N_PROGRAMS] = {
  [ENGRAM_SCENE_PROGRAM_SPRITES] = { "points.vert", "points.frag", NULL, "" },
  [ENGRAM_SCENE_PROGRAM_DISCS] = { "points.vert", "points.frag", NULL, "#define QUADS\n" },
  [ENGRAM_SCENE_PROGRAM_THIN_EDGES] = { "edges.vert", "edges.frag", "edge.glsl", "#define THIN\n" },
  [ENGRAM_SCENE_PROGRAM_EDGES] = { "edges.vert", "edges.frag", "edge.glsl", "" },
  [ENGRAM_SCENE_PROGRAM_ARROWS] = { "arrows.vert", "arrows.frag", "edge.glsl", "" },
  [ENGRAM_SCENE_PROGRAM_STROKES] = { "strokes.vert", "strokes.frag", NULL, "" },
  [ENGRAM_SCENE_PROGRAM_LAYERS] = { "layers.vert", "layers.frag", NULL, "" },
  [ENGRAM_SCENE_PROGRAM_COVERED] = { "layers.vert", "covered.frag", NULL, "#define COVERED\n" },
};

static const char *const samplers[ENGRAM_SCENE_N_UNITS] = {
  [ENGRAM_SCENE_UNIT_PLACES] = "places",
  [ENGRAM_SCENE_UNIT_LOOKS] = "looks",
  [ENGRAM_SCENE_UNIT_ENDS] = "ends",
  [ENGRAM_SCENE_UNIT_WEIGHTS] = "weights",
  [ENGRAM_SCENE_UNIT_STYLES] = "styles",
  [ENGRAM_SCENE_UNIT_BOTTOM] = "bottom",
  [ENGRAM_SCENE_UNIT_MIDDLE] = "middle",
  [ENGRAM_SCENE_UNIT_TOP] = "top",
};

/* Of the strokes, in this order. */
static const char *const attributes[] = { "place", "across", "stroke" };

static gboolean
fail (GError    **error,
      const char *log)
{
  g_debug ("OpenGL: %s", log);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               _("The graphics driver cannot draw this picture, which is drawn in a simpler way instead: %s"), log);
  return FALSE;
}

static char *
read_source (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (bytes != NULL, g_strdup (""));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GLuint
compile (const EngramSceneContext *context,
         GLenum                    kind,
         const Source             *source,
         GError                  **error)
{
  gboolean vertex = kind == GL_VERTEX_SHADER;
  g_autofree char *view = read_source ("view.glsl");
  g_autofree char *library = vertex && source->library != NULL ? read_source (source->library) : g_strdup ("");
  g_autofree char *own = read_source (vertex ? source->vertex : source->fragment);
  const char *texts[] = {
    context->es ? "#version 300 es\nprecision highp float;\nprecision highp int;\n" : "#version 150 core\n",
    source->defines,
    /* Lines stand for edges where they may be wide. */
    context->wide_lines || strstr (source->defines, "THIN") != NULL || source->library == NULL ? "" : "#define QUADS\n",
    view, library, own,
  };
  GLuint shader = glCreateShader (kind);
  GLint compiled = GL_FALSE;
  char log[1024] = "";

  glShaderSource (shader, G_N_ELEMENTS (texts), texts, NULL);
  glCompileShader (shader);
  glGetShaderiv (shader, GL_COMPILE_STATUS, &compiled);
  if (compiled)
    return shader;

  glGetShaderInfoLog (shader, sizeof log, NULL, log);
  glDeleteShader (shader);
  fail (error, log);
  return 0;
}

/* Takes the shaders. */
static gboolean
link_program (EngramSceneProgram *self,
              GLuint              vertex,
              GLuint              fragment,
              GError            **error)
{
  GLint linked = GL_FALSE;
  char log[1024] = "";

  self->id = glCreateProgram ();
  glAttachShader (self->id, vertex);
  glAttachShader (self->id, fragment);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    glBindAttribLocation (self->id, i, attributes[i]);
  glLinkProgram (self->id);
  glDeleteShader (vertex);
  glDeleteShader (fragment);
  glGetProgramiv (self->id, GL_LINK_STATUS, &linked);
  if (linked)
    return TRUE;

  glGetProgramInfoLog (self->id, sizeof log, NULL, log);
  return fail (error, log);
}

static void
find_uniforms (EngramSceneProgram *self)
{
  GLuint view = glGetUniformBlockIndex (self->id, "View");

  glUseProgram (self->id);
  if (view != GL_INVALID_INDEX)
    glUniformBlockBinding (self->id, view, 0);
  for (guint unit = 0; unit < ENGRAM_SCENE_N_UNITS; unit++)
    glUniform1i (glGetUniformLocation (self->id, samplers[unit]), (GLint) unit);
  self->part = glGetUniformLocation (self->id, "part");
  self->first = glGetUniformLocation (self->id, "first");
  self->marked = glGetUniformLocation (self->id, "marked");
  self->limit = glGetUniformLocation (self->id, "limit");
}

static gboolean
make_program (EngramScenePrograms *self,
              guint                kind,
              GError             **error)
{
  GLuint vertex = compile (&self->context, GL_VERTEX_SHADER, &sources[kind], error);
  GLuint fragment = 0;

  if (vertex == 0)
    return FALSE;
  fragment = compile (&self->context, GL_FRAGMENT_SHADER, &sources[kind], error);
  if (fragment == 0)
    {
      glDeleteShader (vertex);
      return FALSE;
    }
  if (!link_program (&self->programs[kind], vertex, fragment, error))
    return FALSE;
  find_uniforms (&self->programs[kind]);
  return TRUE;
}

/* What Mesa calls its renderers that run on the processor. */
static gboolean
is_software (const char *renderer)
{
  static const char *const names[] = { "llvmpipe", "softpipe", "swrast", "Software Rasterizer" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (renderer, names[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* A core profile may refuse any width but 1. */
static gboolean
has_wide_lines (float greatest)
{
  gboolean accepted;

  if (greatest < WIDEST_LINE)
    return FALSE;
  while (glGetError () != GL_NO_ERROR)
    ;
  glLineWidth (WIDEST_LINE);
  accepted = glGetError () == GL_NO_ERROR;
  glLineWidth (1);
  return accepted;
}

static gboolean
look_at_context (EngramSceneContext *self,
                 gboolean            as_card,
                 GError            **error)
{
  int version = epoxy_gl_version ();
  const char *renderer = (const char *) glGetString (GL_RENDERER);
  float sizes[2] = { 1, 1 }, widths[2] = { 1, 1 };
  GLint greatest_table = 0;

  self->es = !epoxy_is_desktop_gl ();
  self->description = g_strdup_printf ("%s %d.%d, %s", self->es ? "OpenGL ES" : "OpenGL", version / 10, version % 10,
                                       renderer != NULL ? renderer : "?");
  glGetIntegerv (GL_MAX_TEXTURE_SIZE, &greatest_table);
  if (version < (self->es ? 30 : 32) || renderer == NULL || greatest_table < ENGRAM_SCENE_TABLE_WIDTH)
    return fail (error, self->description);

  glGetFloatv (GL_ALIASED_POINT_SIZE_RANGE, sizes);
  glGetFloatv (GL_ALIASED_LINE_WIDTH_RANGE, widths);
  self->software = !as_card && is_software (renderer);
  self->greatest_sprite = MIN (sizes[1] / 2 - 16, GREATEST_SPRITE);
  self->greatest_line = widths[1];
  self->wide_lines = self->software && has_wide_lines (widths[1]);
  return TRUE;
}

gboolean
engram_scene_programs_init (EngramScenePrograms *self,
                            gboolean             as_card,
                            GError             **error)
{
  if (!look_at_context (&self->context, as_card, error))
    return FALSE;

  for (guint i = 0; i < ENGRAM_SCENE_N_PROGRAMS; i++)
    if (!make_program (self, i, error))
      return FALSE;
  glUseProgram (0);
  return TRUE;
}

void
engram_scene_programs_clear (EngramScenePrograms *self)
{
  for (guint i = 0; i < ENGRAM_SCENE_N_PROGRAMS; i++)
    if (self->programs[i].id != 0)
      glDeleteProgram (self->programs[i].id);
  g_free (self->context.description);
  memset (self, 0, sizeof *self);
}

const EngramSceneProgram *
engram_scene_programs_use (const EngramScenePrograms *self,
                           EngramSceneProgramKind     kind)
{
  glUseProgram (self->programs[kind].id);
  return &self->programs[kind];
}
