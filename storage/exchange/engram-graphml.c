/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "exchange/engram-exchange-writer-private.h"

/* GraphML: all that a node or an edge has is data of a key, which is declared first. */

#define HEAD                                                                                              \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                          \
  "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""                                              \
  " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""                                              \
  " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"                                           \
  " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"

/* Keys of nodes and of edges share their ids. */
static void
append_keys (EngramExchangeWriter   *self,
             const EngramAttributes *attributes,
             const char             *element,
             char                    letter)
{
  for (guint i = 0; i < engram_attributes_count (attributes); i++)
    {
      const EngramAttribute *attribute = engram_attributes_get (attributes, i);

      g_string_append_printf (self->text, "  <key id=\"%c%u\" for=\"%s\" attr.name=\"", letter, i, element);
      engram_xml_append (self->text, attribute->name, strlen (attribute->name));
      g_string_append_printf (self->text, "\" attr.type=\"%s\"/>\n", engram_xml_get_kind_name (attribute->kind));
    }
}

static void
begin (EngramExchangeWriter *self)
{
  engram_exchange_append (self, HEAD);
  append_keys (self, self->nodes, "node", 'n');
  append_keys (self, self->edges, "edge", 'e');
  engram_exchange_append (self, "  <graph id=\"network\" edgedefault=\"directed\">\n");
}

static void
append_data (EngramExchangeWriter *self,
             EngramRecordCells    *cells,
             char                  letter)
{
  const EngramAttributes *attributes = engram_record_cells_get_attributes (cells);
  guint n_cells = engram_attributes_count (attributes);
  char start[32] = "\n      <data key=\" ";
  const gsize place = strlen (start);

  start[place - 1] = letter;
  for (guint i = 0; i < n_cells; i++)
    {
      const EngramCell *cell = engram_record_cells_get (cells, i);

      if (cell->token == ENGRAM_JSON_TOKEN_NULL)
        continue;
      g_snprintf (start + place, sizeof start - place, "%u\">", i);
      engram_exchange_append (self, start);
      engram_xml_append_cell (self, cells, cell, engram_attributes_get (attributes, i)->name);
      engram_exchange_append (self, "</data>");
    }
}

static void
append_node (EngramExchangeWriter *self,
             EngramRecordCells    *cells)
{
  engram_exchange_append (self, "    <node");
  engram_xml_append_attribute (self, cells, "id", engram_record_cells_get_id (cells));
  engram_exchange_append (self, ">");
  append_data (self, cells, 'n');
  engram_exchange_append (self, "\n    </node>\n");
}

static void
end_nodes (EngramExchangeWriter *self)
{
}

static void
append_edge (EngramExchangeWriter *self,
             EngramRecordCells    *cells)
{
  engram_exchange_append (self, "    <edge");
  engram_xml_append_attribute (self, cells, "id", engram_record_cells_get_id (cells));
  engram_xml_append_attribute (self, cells, "source", engram_record_cells_get_source (cells));
  engram_xml_append_attribute (self, cells, "target", engram_record_cells_get_target (cells));
  engram_exchange_append (self, ">");
  append_data (self, cells, 'e');
  engram_exchange_append (self, "\n    </edge>\n");
}

static void
end (EngramExchangeWriter *self)
{
  engram_exchange_append (self, "  </graph>\n</graphml>\n");
}

const EngramExchangeClass engram_graphml_class = { begin, append_node, end_nodes, append_edge, end };
