/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/engram-exchange-writer-private.h"
#include "json/engram-json-canonical-private.h"

#define REPLACEMENT "\357\277\275"

/* Bytes that may not stand as they are. */
static const gboolean special[256] = {
  [0x00 ... 0x1f] = TRUE, ['"'] = TRUE, ['&'] = TRUE, ['<'] = TRUE, ['>'] = TRUE, [0xef] = TRUE,
};

/* What a byte stands for: itself where that is NULL. Tabs and line breaks would be read back as spaces in an attribute,
 * and a carriage return as a line break. g_markup_escape_text() keeps the former and writes references to characters
 * that XML 1.0 does not have. */
static const char *
get_replacement (const char *cursor,
                 const char *end)
{
  const guchar *bytes = (const guchar *) cursor;

  switch (*bytes)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    case 0xef:
      /* U+FFFE and U+FFFF */
      return end - cursor >= 3 && bytes[1] == 0xbf && bytes[2] >= 0xbe ? REPLACEMENT : NULL;
    default:
      return *bytes < ' ' ? REPLACEMENT : NULL;
    }
}

gboolean
engram_xml_append (GString    *xml,
                   const char *text,
                   gsize       length)
{
  const char *end = text + length;
  const char *start = text;
  gboolean exact = TRUE;

  for (const char *cursor = text; cursor < end; cursor++)
    {
      const char *replacement = special[(guchar) *cursor] ? get_replacement (cursor, end) : NULL;

      if (replacement == NULL)
        continue;
      engram_json_append_bytes (xml, start, cursor - start);
      g_string_append (xml, replacement);
      if (g_str_equal (replacement, REPLACEMENT))
        {
          exact = FALSE;
          cursor += (guchar) *cursor == 0xef ? 2 : 0;
        }
      start = cursor + 1;
    }
  engram_json_append_bytes (xml, start, end - start);
  return exact;
}

void
engram_xml_append_cell (EngramExchangeWriter *self,
                        EngramRecordCells    *cells,
                        const EngramCell     *cell,
                        const char           *field)
{
  gboolean exact = TRUE;
  gsize length;
  const char *text = engram_cell_get_text (cell, self->scratch, &length, &exact);

  if (!engram_xml_append (self->text, text, length) || !exact)
    engram_record_cells_note (cells, field,
                              _("it holds characters that XML cannot hold; each was written as U+FFFD"));
}

void
engram_xml_append_attribute (EngramExchangeWriter *self,
                             EngramRecordCells    *cells,
                             const char           *name,
                             const EngramCell     *cell)
{
  if (cell->token == ENGRAM_JSON_TOKEN_NULL)
    return;
  g_string_append_c (self->text, ' ');
  g_string_append (self->text, name);
  g_string_append (self->text, "=\"");
  engram_xml_append_cell (self, cells, cell, name);
  g_string_append_c (self->text, '"');
}

const char *
engram_xml_get_kind_name (EngramAttributeKind kind)
{
  switch (kind)
    {
    case ENGRAM_ATTRIBUTE_BOOLEAN:
      return "boolean";
    case ENGRAM_ATTRIBUTE_INTEGER:
      return "long";
    case ENGRAM_ATTRIBUTE_REAL:
      return "double";
    case ENGRAM_ATTRIBUTE_UNKNOWN:
    case ENGRAM_ATTRIBUTE_TEXT:
    default:
      return "string";
    }
}
