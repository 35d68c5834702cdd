/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-faithfulness-text.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

/* The same network has the same figure. */
#define SEED 1

typedef struct {
  EngramDatabase *database;
  EngramArrangement *arrangement; /* or NULL */
  EngramFaithfulness faithfulness;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->database);
  g_clear_pointer (&self->arrangement, engram_arrangement_unref);
  g_free (self);
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Asking *asking = task_data;
  GError *error = NULL;

  if (engram_faithfulness_sample (asking->database, asking->arrangement, ENGRAM_FAITHFULNESS_SAMPLE, SEED,
                                  &asking->faithfulness, NULL, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
engram_faithfulness_ask_async (EngramDatabase      *database,
                               EngramArrangement   *arrangement,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_return_if_fail (ENGRAM_IS_DATABASE (database));

  asking->database = g_object_ref (database);
  asking->arrangement = arrangement != NULL ? engram_arrangement_ref (arrangement) : NULL;
  g_task_set_source_tag (task, engram_faithfulness_ask_async);
  g_task_set_task_data (task, asking, asking_free);
  g_task_run_in_thread (task, work);
}

gboolean
engram_faithfulness_ask_finish (GAsyncResult        *result,
                                EngramFaithfulness  *faithfulness,
                                GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *faithfulness = ((const Asking *) g_task_get_task_data (G_TASK (result)))->faithfulness;
  return TRUE;
}

char *
engram_faithfulness_dup_share (const EngramFaithfulness *faithfulness)
{
  /* An error that would be rounded to nothing is told with one digit more. */
  guint decimals = faithfulness->standard_error > 0 && faithfulness->standard_error < 0.005 ? 1 : 0;
  g_autofree char *share = engram_format_decimals (100 * faithfulness->share, decimals);
  g_autofree char *error = engram_format_decimals (100 * faithfulness->standard_error, decimals);

  if (faithfulness->standard_error <= 0)
    /* Translators: a share in percent. */
    return g_strdup_printf (_("%s %%"), share);
  /* Translators: a share in percent and its standard error. */
  return g_strdup_printf (_("%s %% ± %s %%"), share, error);
}

char *
engram_faithfulness_dup_text (const EngramFaithfulness *faithfulness)
{
  g_autofree char *share = engram_faithfulness_dup_share (faithfulness);

  /* Translators: %s is a share, "62 % ± 2 %": of the ten nearest by vector, how many are among the ten nearest by
   * place. */
  return g_strdup_printf (ngettext ("%s of the ten nearest agree (from %'u neuron)",
                                    "%s of the ten nearest agree (from %'u neurons)", faithfulness->n_neurons),
                          share, faithfulness->n_neurons);
}
