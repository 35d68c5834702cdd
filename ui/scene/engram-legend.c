/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-legend.h"

#include <string.h>

static void
free_entry (gpointer entry)
{
  g_free (((EngramLegendEntry *) entry)->label);
  g_free (entry);
}

EngramLegend *
engram_legend_new (const char *title)
{
  EngramLegend *self = g_new0 (EngramLegend, 1);

  self->title = g_strdup (title);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  return self;
}

void
engram_legend_add (EngramLegend *self,
                   const char   *label,
                   const guint8  colour[4],
                   guint64       count)
{
  EngramLegendEntry *entry = g_new0 (EngramLegendEntry, 1);

  entry->label = g_strdup (label);
  for (int i = 0; i < 4; i++)
    entry->colour[i] = colour[i];
  entry->count = count;
  g_ptr_array_add (self->entries, entry);
}

EngramLegend *
engram_legend_copy (const EngramLegend *legend)
{
  EngramLegend *copy = engram_legend_new (legend->title);

  for (guint i = 0; i < legend->entries->len; i++)
    {
      const EngramLegendEntry *entry = g_ptr_array_index (legend->entries, i);

      engram_legend_add (copy, entry->label, entry->colour, entry->count);
    }
  copy->scale = legend->scale;
  copy->low = legend->low;
  copy->high = legend->high;
  memcpy (copy->ramp, legend->ramp, sizeof copy->ramp);
  copy->size_title = g_strdup (legend->size_title);
  return copy;
}

void
engram_legend_free (EngramLegend *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_ptr_array_unref (self->entries);
  g_free (self->note);
  g_free (self->size_title);
  g_free (self);
}
