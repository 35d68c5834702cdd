/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/engram-record-cells-private.h"

G_BEGIN_DECLS

/* A format that is written record by record: nodes first, then edges. What is appended to `text` is taken away between
 * two calls. */
typedef struct {
  GString                *text;
  GString                *scratch;
  const EngramAttributes *nodes;
  const EngramAttributes *edges;
} EngramExchangeWriter;

typedef struct {
  void (*begin)      (EngramExchangeWriter *self);
  void (*node)       (EngramExchangeWriter *self,
                      EngramRecordCells    *cells);
  void (*end_nodes)  (EngramExchangeWriter *self);
  void (*edge)       (EngramExchangeWriter *self,
                      EngramRecordCells    *cells);
  void (*end)        (EngramExchangeWriter *self);
} EngramExchangeClass;

extern const EngramExchangeClass engram_graphml_class;
extern const EngramExchangeClass engram_gexf_class;
/* Two tables, one after the other: the second begins with end_nodes(). */
extern const EngramExchangeClass engram_csv_class;

static inline void
engram_exchange_append (EngramExchangeWriter *self,
                        const char           *text)
{
  g_string_append (self->text, text);
}

/* Text of the network in XML, in an element or in an attribute within quotation marks, so that it reads back as it is:
 * line breaks too. FALSE where it holds characters that XML 1.0 cannot; they become U+FFFD. */
gboolean engram_xml_append      (GString              *xml,
                                 const char           *text,
                                 gsize                 length);
/* The same for a cell; what cannot be written is told of the record. @field: its name, for that. */
void     engram_xml_append_cell (EngramExchangeWriter *self,
                                 EngramRecordCells    *cells,
                                 const EngramCell     *cell,
                                 const char           *field);
/* ' name="value"'; nothing where the cell has no value. */
void     engram_xml_append_attribute (EngramExchangeWriter *self,
                                 EngramRecordCells    *cells,
                                 const char           *name,
                                 const EngramCell     *cell);
/* The name of an attribute's kind, which both formats call the same. */
const char *engram_xml_get_kind_name (EngramAttributeKind kind);

G_END_DECLS
