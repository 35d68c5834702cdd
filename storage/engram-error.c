/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-error-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char *id;
  char *field;
} EngramErrorPrivate;

static void
engram_error_private_init (EngramErrorPrivate *private)
{
}

static void
engram_error_private_copy (const EngramErrorPrivate *source,
                           EngramErrorPrivate       *destination)
{
  destination->id = g_strdup (source->id);
  destination->field = g_strdup (source->field);
}

static void
engram_error_private_clear (EngramErrorPrivate *private)
{
  g_free (private->id);
  g_free (private->field);
}

G_DEFINE_EXTENDED_ERROR (EngramError, engram_error)

const char *
engram_error_get_id (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == ENGRAM_ERROR ? engram_error_get_private (error)->id : NULL;
}

const char *
engram_error_get_field (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == ENGRAM_ERROR ? engram_error_get_private (error)->field : NULL;
}

static char *
describe_record (EngramRecordKind  kind,
                 const char       *id,
                 const char       *field,
                 const char       *reason)
{
  /* Ids come from files: what is not UTF-8 must not reach a label. */
  g_autofree char *shown = id != NULL ? g_utf8_make_valid (id, -1) : NULL;

  if (shown == NULL && field == NULL)
    return g_strdup (reason);
  if (shown == NULL)
    /* Translators: the name of a field, then what is wrong with it. */
    return g_strdup_printf (_("%s: %s"), field, reason);
  if (field == NULL && kind == ENGRAM_RECORD_NEURON)
    /* Translators: an id, then what is wrong with that neuron. */
    return g_strdup_printf (_("Neuron %s: %s"), shown, reason);
  if (field == NULL)
    /* Translators: an id, then what is wrong with that synapse. */
    return g_strdup_printf (_("Synapse %s: %s"), shown, reason);
  if (kind == ENGRAM_RECORD_NEURON)
    /* Translators: an id, the name of a field, then what is wrong with it. */
    return g_strdup_printf (_("Neuron %s, %s: %s"), shown, field, reason);
  /* Translators: an id, the name of a field, then what is wrong with it. */
  return g_strdup_printf (_("Synapse %s, %s: %s"), shown, field, reason);
}

void
engram_set_record_error (GError           **error,
                         EngramError        code,
                         EngramRecordKind   kind,
                         const char        *id,
                         const char        *field,
                         const char        *format,
                         ...)
{
  g_autofree char *reason = NULL;
  g_autofree char *message = NULL;
  EngramErrorPrivate *private;
  va_list arguments;

  if (error == NULL)
    return;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  message = describe_record (kind, id, field, reason);

  *error = g_error_new_literal (ENGRAM_ERROR, code, message);
  private = engram_error_get_private (*error);
  private->id = g_strdup (id);
  private->field = g_strdup (field);
}
