/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-problem.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

G_DEFINE_BOXED_TYPE (EngramProblem, engram_problem, engram_problem_copy, engram_problem_free)

EngramProblem *
engram_problem_copy (const EngramProblem *self)
{
  EngramProblem *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->file = g_strdup (self->file);
  copy->id = g_strdup (self->id);
  copy->field = g_strdup (self->field);
  copy->message = g_strdup (self->message);
  return copy;
}

void
engram_problem_free (EngramProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->file);
  g_free (self->id);
  g_free (self->field);
  g_free (self->message);
  g_free (self);
}

char *
engram_problem_describe (const EngramProblem *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->file != NULL)
    {
      g_autofree char *name = g_filename_display_name (self->file);

      g_string_append_printf (text, "%s: ", name);
    }
  if (self->line > 0)
    /* Translators: a place in a file. */
    g_string_append_printf (text, _("line %" PRIu64 " (byte %" PRIu64 "): "), self->line,
                            self->byte);
  if (self->id != NULL)
    g_string_append_printf (text, "%s: ", self->id);
  if (self->field != NULL)
    g_string_append_printf (text, "%s: ", self->field);
  g_string_append (text, self->message);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
