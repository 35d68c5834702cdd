/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "json/engram-json-canonical-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "json/engram-json-reader-private.h"

/* Text nested deeper is indented no further, or a list of brackets would grow a thousandfold. */
#define INDENTED_DEPTH_MAX 64

EngramJsonType
engram_json_check (const char   *text,
                   gssize        length,
                   gsize        *error_offset,
                   const char  **reason)
{
  EngramJsonReader reader;
  EngramJsonToken token;
  EngramJsonType type;

  g_return_val_if_fail (text != NULL, ENGRAM_JSON_INVALID);

  engram_json_reader_init (&reader, text, length < 0 ? strlen (text) : (gsize) length);
  token = engram_json_reader_next (&reader);
  type = engram_json_token_type (token);
  while (token != ENGRAM_JSON_TOKEN_INVALID && token != ENGRAM_JSON_TOKEN_END)
    token = engram_json_reader_next (&reader);
  if (token == ENGRAM_JSON_TOKEN_END)
    return type;

  if (error_offset != NULL)
    *error_offset = reader.cursor - reader.start;
  if (reason != NULL)
    *reason = _(reader.reason);
  return ENGRAM_JSON_INVALID;
}

/* Printing */

typedef struct {
  GString  *output;
  gboolean  pretty;
  guint     indent;
} Printer;

static gboolean
is_start (EngramJsonToken token)
{
  return token == ENGRAM_JSON_TOKEN_BEGIN_OBJECT || token == ENGRAM_JSON_TOKEN_BEGIN_LIST;
}

static gboolean
is_finish (EngramJsonToken token)
{
  return token == ENGRAM_JSON_TOKEN_END_OBJECT || token == ENGRAM_JSON_TOKEN_END_LIST;
}

static void
print_line_break (Printer *printer,
                  guint    depth)
{
  gsize spaces = (gsize) printer->indent * MIN (depth, INDENTED_DEPTH_MAX);
  gsize length = printer->output->len + 1 + spaces;
  gsize before = printer->output->len;

  g_string_set_size (printer->output, length);
  printer->output->str[before] = '\n';
  memset (printer->output->str + before + 1, ' ', spaces);
}

/* What stands between two tokens; depth is that of the line which the second one would start. */
static void
print_separator (Printer         *printer,
                 EngramJsonToken  previous,
                 EngramJsonToken  token,
                 guint            depth)
{
  if (previous == ENGRAM_JSON_TOKEN_NAME)
    {
      g_string_append (printer->output, printer->pretty ? ": " : ":");
      return;
    }
  if (is_start (previous) && is_finish (token))
    return;
  if (!is_start (previous) && !is_finish (token))
    g_string_append_c (printer->output, ',');
  if (printer->pretty)
    print_line_break (printer, depth);
}

static char *
print (const char *text,
       gboolean    pretty,
       guint       indent)
{
  g_autoptr (GString) output = NULL;
  Printer printer = { NULL, pretty, indent };
  EngramJsonReader reader;
  EngramJsonToken previous;
  EngramJsonToken token;
  gsize length = strlen (text);

  output = printer.output = g_string_sized_new (length + 1);
  engram_json_reader_init (&reader, text, length);
  token = engram_json_reader_next (&reader);
  while (token != ENGRAM_JSON_TOKEN_INVALID && token != ENGRAM_JSON_TOKEN_END)
    {
      g_string_append_len (output, reader.token, reader.token_length);
      previous = token;
      token = engram_json_reader_next (&reader);
      if (token != ENGRAM_JSON_TOKEN_INVALID && token != ENGRAM_JSON_TOKEN_END)
        print_separator (&printer, previous, token, is_start (token) ? reader.depth - 1 : reader.depth);
    }
  if (token == ENGRAM_JSON_TOKEN_INVALID)
    return NULL;
  return g_string_free (g_steal_pointer (&output), FALSE);
}

char *
engram_json_compact (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return print (text, FALSE, 0);
}

char *
engram_json_pretty (const char *text,
                    guint       indent)
{
  g_return_val_if_fail (text != NULL, NULL);

  return print (text, TRUE, indent);
}

/* Text */

char *
engram_json_quote (const char *text)
{
  GString *output;

  g_return_val_if_fail (text != NULL, NULL);

  output = g_string_sized_new (strlen (text) + 3);
  engram_json_append_quoted (output, text, -1);
  return g_string_free (output, FALSE);
}

char *
engram_json_get_string (const char *text)
{
  EngramJsonReader reader;
  const char *token;
  gsize length;
  gboolean exact;

  g_return_val_if_fail (text != NULL, NULL);

  engram_json_reader_init (&reader, text, strlen (text));
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_STRING)
    return NULL;
  token = reader.token;
  length = reader.token_length;
  if (engram_json_reader_next (&reader) != ENGRAM_JSON_TOKEN_END)
    return NULL;
  return engram_json_unescape (token, length, &exact);
}
