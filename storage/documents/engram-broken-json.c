/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-broken-json-private.h"

#include "json/engram-json-canonical-private.h"

static char *
make_value (const char *bytes,
            gsize       length)
{
  g_autofree char *encoded = NULL;
  GString *value;

  if (!engram_json_is_utf8 (bytes, length))
    {
      encoded = g_base64_encode ((const guchar *) bytes, length);
      return g_strdup_printf ("{\"base64\": \"%s\"}", encoded);
    }
  value = g_string_sized_new (length + 3);
  engram_json_append_quoted (value, bytes, length);
  return g_string_free (value, FALSE);
}

/* What is kept so far, as an object. */
static char *
get_kept (const char *metadata)
{
  char *kept = engram_json_object_get (metadata, ENGRAM_BROKEN_JSON_MEMBER);
  char *object;

  if (kept == NULL)
    return g_strdup ("{}");
  if (engram_json_check (kept, -1, NULL, NULL) == ENGRAM_JSON_OBJECT)
    return kept;
  object = engram_json_object_set (NULL, ENGRAM_BROKEN_JSON_MEMBER, kept);
  g_free (kept);
  return object;
}

/* A name under which nothing else is kept. */
static char *
find_name (const char *kept,
           const char *field,
           const char *value)
{
  g_autofree char *name = g_strdup (field);

  for (guint i = 2;; i++)
    {
      g_autofree char *found = engram_json_object_get (kept, name);

      if (found == NULL || g_str_equal (found, value))
        return g_steal_pointer (&name);
      g_free (name);
      name = g_strdup_printf ("%s %u", field, i);
    }
}

char *
engram_broken_json_keep (const char *metadata,
                         const char *field,
                         const char *bytes,
                         gsize       length)
{
  g_autofree char *value = make_value (bytes, length);
  g_autofree char *kept = NULL, *name = NULL, *object = NULL;

  if (metadata != NULL && engram_json_check (metadata, -1, NULL, NULL) != ENGRAM_JSON_OBJECT)
    return NULL;
  kept = get_kept (metadata);
  if (kept == NULL)
    return NULL;
  name = find_name (kept, field, value);
  object = engram_json_object_set (kept, name, value);
  return object != NULL ? engram_json_object_set (metadata, ENGRAM_BROKEN_JSON_MEMBER, object) : NULL;
}
