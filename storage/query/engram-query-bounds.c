/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define RANGE_MARK ".."

void
engram_query_bounds_clear (EngramQueryBounds *self)
{
  g_clear_pointer (&self->low, g_free);
  g_clear_pointer (&self->high, g_free);
}

static gboolean
skip_prefix (const char **text,
             const char  *prefix)
{
  if (!g_str_has_prefix (*text, prefix))
    return FALSE;
  *text += strlen (prefix);
  return TRUE;
}

static void
set_low (EngramQueryBounds *bounds,
         const char        *text,
         gboolean           excluded)
{
  bounds->low = g_strdup (text);
  bounds->low_excluded = excluded;
}

static void
set_high (EngramQueryBounds *bounds,
          const char        *text,
          gboolean           excluded)
{
  bounds->high = g_strdup (text);
  bounds->high_excluded = excluded;
}

/* ">a", ">=a", "<b", "<=b"; FALSE where none of these signs stands there. */
static gboolean
split_compared (const char        *text,
                EngramQueryBounds *bounds)
{
  if (skip_prefix (&text, ">="))
    set_low (bounds, text, FALSE);
  else if (skip_prefix (&text, ">"))
    set_low (bounds, text, TRUE);
  else if (skip_prefix (&text, "<="))
    set_high (bounds, text, FALSE);
  else if (skip_prefix (&text, "<"))
    set_high (bounds, text, TRUE);
  else
    return FALSE;
  return TRUE;
}

/* "a..b", one of which may be missing; signs may say that a bound itself is out: ">a..<b". */
static void
split_range (const char        *text,
             const char        *mark,
             EngramQueryBounds *bounds)
{
  g_autofree char *left = g_strndup (text, mark - text);
  const char *low = left;
  const char *high = mark + strlen (RANGE_MARK);
  gboolean low_excluded = !skip_prefix (&low, ">=") && skip_prefix (&low, ">");
  gboolean high_excluded = !skip_prefix (&high, "<=") && skip_prefix (&high, "<");

  if (*left != '\0')
    set_low (bounds, low, low_excluded);
  if (mark[strlen (RANGE_MARK)] != '\0')
    set_high (bounds, high, high_excluded);
}

static void
split_single (const char        *text,
              EngramQueryBounds *bounds)
{
  skip_prefix (&text, "=");
  set_low (bounds, text, FALSE);
  set_high (bounds, text, FALSE);
  bounds->single = TRUE;
}

static gboolean
is_missing (const EngramQueryBounds *bounds)
{
  return (bounds->low == NULL && bounds->high == NULL)
         || (bounds->low != NULL && *bounds->low == '\0')
         || (bounds->high != NULL && *bounds->high == '\0');
}

gboolean
engram_query_read_bounds (EngramQueryReader *self,
                          EngramQueryTerm   *term,
                          EngramQueryBounds *bounds)
{
  const char *start = self->cursor;
  const char *end = engram_query_skip_solid (start);
  g_autofree char *text = g_strndup (start, end - start);
  const char *mark = strstr (text, RANGE_MARK);

  self->cursor = end;
  if (mark != NULL)
    split_range (text, mark, bounds);
  else if (!split_compared (text, bounds))
    split_single (text, bounds);
  if (!is_missing (bounds))
    return TRUE;
  return engram_query_fail (self, start, end,
                            /* Translators: an example of a field. */
                            _("A bound is missing here; it is written without spaces, as in %s"),
                            engram_query_field_get_example (term->field));
}
