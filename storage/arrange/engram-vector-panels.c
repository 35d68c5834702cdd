/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-vector-panels-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  EngramVectorPanels *panels;
  EngramVectorRows   *rows;
} Reading;

/* The first of these vectors whose neuron is not before this one. */
static guint32
find_place (const EngramVectorPanels *self,
            guint32                   neuron)
{
  guint32 low = 0, high = self->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->neurons[middle] < neuron)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
read_chunk (EngramReader  *reader,
            gint64         first,
            gint64         last,
            guint          number,
            gpointer       data,
            GError       **error)
{
  Reading *reading = data;
  EngramVectorRows *rows = reading->rows;
  guint32 neuron = engram_vector_rows_find (rows, first);
  guint32 place = find_place (reading->panels, neuron);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, "vector", "neurons", first, last, error);
  g_autofree float *vector = g_new (float, rows->dimension);
  int status;

  if (statement == NULL)
    return FALSE;
  for (; (status = engram_statement_step (statement, error)) > 0; neuron++)
    {
      if (place == reading->panels->n || reading->panels->neurons[place] != neuron)
        continue;
      if (engram_vector_read (engram_statement_get_handle (statement), 0, rows->dimension, vector) &&
          engram_vector_normalise (vector, rows->dimension))
        engram_tiles_put (reading->panels->panels, place, rows->dimension, ENGRAM_TILE_COLUMNS, vector);
      else
        rows->usable[neuron] = FALSE;
      place++;
    }
  return status == 0;
}

static void
list_usable (EngramVectorPanels *self,
             EngramVectorRows   *rows)
{
  self->n = 0;
  self->neurons = g_new (guint32, rows->n_usable);
  for (guint32 neuron = 0; neuron < rows->n_neurons; neuron++)
    if (rows->usable[neuron])
      self->neurons[self->n++] = neuron;
  rows->n_usable = self->n;
}

/* Closes the gaps that vectors without a direction have left, and leaves zeros at the end. */
static void
close_gaps (EngramVectorPanels *self,
            EngramVectorRows   *rows)
{
  g_autofree float *vector = g_new (float, rows->dimension);
  g_autofree float *zeros = g_new0 (float, rows->dimension);
  guint32 n_read = self->n;

  self->n = 0;
  for (guint32 i = 0; i < n_read; i++)
    if (rows->usable[self->neurons[i]])
      {
        if (self->n < i)
          {
            engram_tiles_get (self->panels, i, rows->dimension, ENGRAM_TILE_COLUMNS, vector);
            engram_tiles_put (self->panels, self->n, rows->dimension, ENGRAM_TILE_COLUMNS, vector);
          }
        self->neurons[self->n++] = self->neurons[i];
      }
  for (guint32 i = self->n; i < n_read; i++)
    engram_tiles_put (self->panels, i, rows->dimension, ENGRAM_TILE_COLUMNS, zeros);
  rows->n_usable = self->n;
}

static gboolean
allocate (EngramVectorPanels      *self,
          const EngramVectorRows  *rows,
          guint64                  max_bytes,
          GError                 **error)
{
  guint64 n_bytes = (guint64) self->n * rows->dimension * sizeof (float);
  g_autofree char *size = g_format_size (n_bytes);
  g_autofree char *most = g_format_size (max_bytes);

  if (n_bytes > max_bytes)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                   /* Translators: two sizes, "1.5 GB". */
                   _("The vectors take %s together, and at most %s of them can be compared each with each. Take a "
                     "sample instead, or a smaller network."), size, most);
      return FALSE;
    }
  self->panels = engram_tiles_new_panels (self->n, rows->dimension, ENGRAM_TILE_COLUMNS);
  if (self->panels == NULL)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                 _("There is not enough memory to compare the vectors with each other: they take %s."), size);
  return self->panels != NULL;
}

gboolean
engram_vector_panels_read (EngramVectorPanels  *self,
                           EngramVectorRows    *rows,
                           guint64              max_bytes,
                           const char          *phase,
                           double               from,
                           double               to,
                           EngramProgressFunc   progress,
                           gpointer             user_data,
                           GError             **error)
{
  Reading reading = { self, rows };

  list_usable (self, rows);
  if (!allocate (self, rows, max_bytes, error) ||
      !engram_scan_table (&rows->scan, "neurons", read_chunk, &reading, phase, from, to, progress, user_data, error))
    return FALSE;
  close_gaps (self, rows);
  return TRUE;
}

void
engram_vector_panels_clear (EngramVectorPanels *self)
{
  g_clear_pointer (&self->panels, engram_tiles_free_panels);
  g_clear_pointer (&self->neurons, g_free);
}
