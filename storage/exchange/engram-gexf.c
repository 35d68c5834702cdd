/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "exchange/engram-exchange-writer-private.h"

/* GEXF 1.3: labels, positions and weights have places of their own; the rest are attributes. */

#define HEAD                                                                                              \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                          \
  "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\""                             \
  " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""                                              \
  " xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n"

static gboolean
has_own_place (EngramExchangeWriter   *self,
               const EngramAttributes *attributes,
               guint                   index)
{
  return attributes == self->nodes ? index <= ENGRAM_NODE_Z : index == ENGRAM_EDGE_WEIGHT;
}

static void
append_attributes (EngramExchangeWriter   *self,
                   const EngramAttributes *attributes,
                   const char             *element)
{
  g_string_append_printf (self->text, "    <attributes class=\"%s\" mode=\"static\">\n", element);
  for (guint i = 0; i < engram_attributes_count (attributes); i++)
    {
      const EngramAttribute *attribute = engram_attributes_get (attributes, i);

      if (has_own_place (self, attributes, i))
        continue;
      g_string_append_printf (self->text, "      <attribute id=\"%u\" title=\"", i);
      engram_xml_append (self->text, attribute->name, strlen (attribute->name));
      g_string_append_printf (self->text, "\" type=\"%s\"/>\n", engram_xml_get_kind_name (attribute->kind));
    }
  engram_exchange_append (self, "    </attributes>\n");
}

static void
begin (EngramExchangeWriter *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  engram_exchange_append (self, HEAD);
  g_string_append_printf (self->text,
                          "  <meta lastmodifieddate=\"%s\">\n    <creator>Engram</creator>\n  </meta>\n", day);
  engram_exchange_append (self, "  <graph mode=\"static\" defaultedgetype=\"directed\" idtype=\"string\">\n");
  append_attributes (self, self->nodes, "node");
  append_attributes (self, self->edges, "edge");
  engram_exchange_append (self, "    <nodes>\n");
}

static void
append_values (EngramExchangeWriter *self,
               EngramRecordCells    *cells)
{
  const EngramAttributes *attributes = engram_record_cells_get_attributes (cells);
  guint n_cells = engram_attributes_count (attributes);
  char start[40] = "\n          <attvalue for=\"";
  const gsize place = strlen (start);

  engram_exchange_append (self, "\n        <attvalues>");
  for (guint i = 0; i < n_cells; i++)
    {
      const EngramCell *cell = engram_record_cells_get (cells, i);

      if (cell->token == ENGRAM_JSON_TOKEN_NULL || has_own_place (self, attributes, i))
        continue;
      g_snprintf (start + place, sizeof start - place, "%u\"", i);
      engram_exchange_append (self, start);
      g_string_append (self->text, " value=\"");
      engram_xml_append_cell (self, cells, cell, engram_attributes_get (attributes, i)->name);
      engram_exchange_append (self, "\"/>");
    }
  engram_exchange_append (self, "\n        </attvalues>");
}

/* A position without one of its coordinates is none. */
static void
append_position (EngramExchangeWriter *self,
                 EngramRecordCells    *cells)
{
  static const char *const names[] = { "x", "y", "z" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (engram_record_cells_get (cells, ENGRAM_NODE_X + i)->token == ENGRAM_JSON_TOKEN_NULL)
      return;
  engram_exchange_append (self, "\n        <viz:position");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    engram_xml_append_attribute (self, cells, names[i], engram_record_cells_get (cells, ENGRAM_NODE_X + i));
  engram_exchange_append (self, "/>");
}

static void
append_node (EngramExchangeWriter *self,
             EngramRecordCells    *cells)
{
  engram_exchange_append (self, "      <node");
  engram_xml_append_attribute (self, cells, "id", engram_record_cells_get_id (cells));
  engram_xml_append_attribute (self, cells, "label", engram_record_cells_get (cells, ENGRAM_NODE_LABEL));
  engram_exchange_append (self, ">");
  append_values (self, cells);
  append_position (self, cells);
  engram_exchange_append (self, "\n      </node>\n");
}

static void
end_nodes (EngramExchangeWriter *self)
{
  engram_exchange_append (self, "    </nodes>\n    <edges>\n");
}

/* Of edges of one kind between the same two nodes, Gephi makes one. */
static void
append_edge (EngramExchangeWriter *self,
             EngramRecordCells    *cells)
{
  int type = engram_attributes_find (self->edges, "synapse_type", strlen ("synapse_type"));

  engram_exchange_append (self, "      <edge");
  engram_xml_append_attribute (self, cells, "id", engram_record_cells_get_id (cells));
  engram_xml_append_attribute (self, cells, "source", engram_record_cells_get_source (cells));
  engram_xml_append_attribute (self, cells, "target", engram_record_cells_get_target (cells));
  engram_xml_append_attribute (self, cells, "kind", engram_record_cells_get (cells, type));
  engram_xml_append_attribute (self, cells, "weight", engram_record_cells_get (cells, ENGRAM_EDGE_WEIGHT));
  engram_exchange_append (self, ">");
  append_values (self, cells);
  engram_exchange_append (self, "\n      </edge>\n");
}

static void
end (EngramExchangeWriter *self)
{
  engram_exchange_append (self, "    </edges>\n  </graph>\n</gexf>\n");
}

const EngramExchangeClass engram_gexf_class = { begin, append_node, end_nodes, append_edge, end };
