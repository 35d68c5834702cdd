/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/engram-integrity-repair-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "engram-log-private.h"
#include "model/engram-time.h"
#include "safety/engram-backup.h"
#include "safety/engram-progress-part-private.h"

/* How much of the work is over when it is known what to repair, and when the backup is made. */
#define LOOKED 0.2
#define BACKED_UP 0.8

G_DEFINE_BOXED_TYPE (EngramRepairReport, engram_repair_report, engram_repair_report_copy, engram_repair_report_free)

static EngramRepairReport *
report_new (void)
{
  EngramRepairReport *self = g_new0 (EngramRepairReport, 1);

  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->changes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      data)
{
  return g_strdup (text);
}

EngramRepairReport *
engram_repair_report_copy (const EngramRepairReport *self)
{
  EngramRepairReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EngramRepairReport, 1);
  *copy = *self;
  copy->backup = g_strdup (self->backup);
  copy->kinds = g_ptr_array_copy (self->kinds, copy_text, NULL);
  copy->changes = g_ptr_array_copy (self->changes, copy_text, NULL);
  g_ptr_array_set_free_func (copy->kinds, g_free);
  g_ptr_array_set_free_func (copy->changes, g_free);
  return copy;
}

void
engram_repair_report_free (EngramRepairReport *self)
{
  if (self == NULL)
    return;

  g_free (self->backup);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->changes);
  g_free (self);
}
