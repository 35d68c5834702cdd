/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "exchange/engram-exchange.h"

static const char *const names[] = {
  [ENGRAM_EXCHANGE_JSON] = "json",
  [ENGRAM_EXCHANGE_GRAPHML] = "graphml",
  [ENGRAM_EXCHANGE_GEXF] = "gexf",
  [ENGRAM_EXCHANGE_CSV] = "csv",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == ENGRAM_N_EXCHANGE_FORMATS);

const char *
engram_exchange_format_get_name (EngramExchangeFormat format)
{
  g_return_val_if_fail (format < ENGRAM_N_EXCHANGE_FORMATS, NULL);

  return names[format];
}

gboolean
engram_exchange_format_from_name (const char           *name,
                                  EngramExchangeFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *format = i;
        return TRUE;
      }
  return FALSE;
}

/* Where the ending of a file's name begins, its point included; its end where it has none. */
static const char *
find_ending (const char *path)
{
  const char *separator = strrchr (path, G_DIR_SEPARATOR);
  const char *name = separator != NULL ? separator + 1 : path;
  const char *point = strrchr (name, '.');

  return point != NULL && point != name ? point : path + strlen (path);
}

gboolean
engram_exchange_format_from_path (const char           *path,
                                  EngramExchangeFormat *format)
{
  const char *ending = find_ending (path);
  g_autofree char *name = g_ascii_strdown (*ending == '.' ? ending + 1 : ending, -1);

  return engram_exchange_format_from_name (name, format);
}

gboolean
engram_exchange_format_prefers_unsigned (EngramExchangeFormat format)
{
  return format == ENGRAM_EXCHANGE_GEXF;
}

char **
engram_exchange_list_files (const char                  *path,
                            const EngramExchangeOptions *options)
{
  const char *ending = find_ending (path);
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();
  g_autofree char *stem = NULL, *nodes = NULL, *edges = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (options->format != ENGRAM_EXCHANGE_CSV || options->tables != ENGRAM_EXCHANGE_BOTH_TABLES)
    {
      g_strv_builder_add (files, path);
      return g_strv_builder_end (files);
    }
  /* Another ending than that of a table is part of the name. */
  if (g_ascii_strcasecmp (ending, ".csv") != 0)
    ending = path + strlen (path);
  stem = g_strndup (path, ending - path);
  nodes = g_strconcat (stem, "-nodes.csv", NULL);
  edges = g_strconcat (stem, "-edges.csv", NULL);
  g_strv_builder_add_many (files, nodes, edges, NULL);
  return g_strv_builder_end (files);
}
