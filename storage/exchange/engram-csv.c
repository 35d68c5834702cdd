/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/engram-exchange-writer-private.h"
#include "json/engram-json-canonical-private.h"

/* CSV (RFC 4180) with the column names that Gephi and Cytoscape know: Id and Label; Source, Target, Type, Id and
 * Weight. A text that is empty is "", null is nothing. */

#define LINE_END "\r\n"

static gboolean
needs_quotes (const char *text,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
      return TRUE;
  return length == 0 || text[0] == ' ' || text[length - 1] == ' ';
}

static void
append_text (GString    *csv,
             const char *text,
             gsize       length)
{
  const char *end = text + length;

  if (!needs_quotes (text, length))
    {
      engram_json_append_bytes (csv, text, length);
      return;
    }
  g_string_append_c (csv, '"');
  while (text < end)
    {
      const char *quote = memchr (text, '"', end - text);
      const char *stop = quote != NULL ? quote + 1 : end;

      engram_json_append_bytes (csv, text, stop - text);
      if (quote != NULL)
        g_string_append_c (csv, '"');
      text = stop;
    }
  g_string_append_c (csv, '"');
}

static void
append_cell (EngramExchangeWriter *self,
             EngramRecordCells    *cells,
             const EngramCell     *cell,
             const char           *field)
{
  gboolean exact = TRUE;
  const char *text;
  gsize length;

  if (cell->token == ENGRAM_JSON_TOKEN_NULL)
    return;
  text = engram_cell_get_text (cell, self->scratch, &length, &exact);
  append_text (self->text, text, length);
  if (!exact)
    engram_record_cells_note (cells, field,
                              _("it holds characters that no text can hold; each was written as U+FFFD"));
}

/* The columns after the first ones, from an attribute on. */
static void
append_names (EngramExchangeWriter   *self,
              const EngramAttributes *attributes,
              guint                   first)
{
  for (guint i = first; i < engram_attributes_count (attributes); i++)
    {
      const char *name = engram_attributes_get (attributes, i)->name;

      g_string_append_c (self->text, ',');
      append_text (self->text, name, strlen (name));
    }
  engram_exchange_append (self, LINE_END);
}

static void
append_cells (EngramExchangeWriter *self,
              EngramRecordCells    *cells,
              guint                 first)
{
  const EngramAttributes *attributes = engram_record_cells_get_attributes (cells);

  for (guint i = first; i < engram_attributes_count (attributes); i++)
    {
      g_string_append_c (self->text, ',');
      append_cell (self, cells, engram_record_cells_get (cells, i), engram_attributes_get (attributes, i)->name);
    }
  engram_exchange_append (self, LINE_END);
}

static void
begin (EngramExchangeWriter *self)
{
  engram_exchange_append (self, "Id,Label");
  append_names (self, self->nodes, ENGRAM_NODE_LABEL + 1);
}

static void
append_node (EngramExchangeWriter *self,
             EngramRecordCells    *cells)
{
  append_cell (self, cells, engram_record_cells_get_id (cells), "id");
  g_string_append_c (self->text, ',');
  append_cell (self, cells, engram_record_cells_get (cells, ENGRAM_NODE_LABEL), "label");
  append_cells (self, cells, ENGRAM_NODE_LABEL + 1);
}

static void
end_nodes (EngramExchangeWriter *self)
{
  engram_exchange_append (self, "Source,Target,Type,Id,Weight");
  append_names (self, self->edges, ENGRAM_EDGE_WEIGHT + 1);
}

static void
append_edge (EngramExchangeWriter *self,
             EngramRecordCells    *cells)
{
  append_cell (self, cells, engram_record_cells_get_source (cells), "source_neuron_id");
  g_string_append_c (self->text, ',');
  append_cell (self, cells, engram_record_cells_get_target (cells), "target_neuron_id");
  engram_exchange_append (self, ",Directed,");
  append_cell (self, cells, engram_record_cells_get_id (cells), "id");
  g_string_append_c (self->text, ',');
  append_cell (self, cells, engram_record_cells_get (cells, ENGRAM_EDGE_WEIGHT), "weight");
  append_cells (self, cells, ENGRAM_EDGE_WEIGHT + 1);
}

static void
end (EngramExchangeWriter *self)
{
}

const EngramExchangeClass engram_csv_class = { begin, append_node, end_nodes, append_edge, end };
