/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-report-private.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define FORMAT "engram-integrity-report"
#define VERSION 1

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_integer (JsonBuilder *builder,
             const char  *name,
             gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/* json-glib 1.6 escapes all control characters but the last. */
static char *
escape_last_control (char *json)
{
  GString *escaped;

  if (strchr (json, 0x1f) == NULL)
    return json;
  escaped = g_string_new (json);
  g_free (json);
  g_string_replace (escaped, "\x1f", "\\u001f", 0);
  return g_string_free (escaped, FALSE);
}

static void
add_finding (JsonBuilder         *builder,
             const EngramFinding *finding)
{
  json_builder_begin_object (builder);
  add_text (builder, "kind", engram_finding_get_kind (finding));
  add_text (builder, "severity", engram_severity_to_string (engram_finding_get_severity (finding)));
  add_integer (builder, "count", engram_finding_get_count (finding));
  add_text (builder, "message", finding->message);
  add_text (builder, "repair", engram_finding_get_repair (finding));
  json_builder_set_member_name (builder, "ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < engram_id_list_get_size (finding->ids); i++)
    {
      g_autofree char *id = engram_id_list_dup_id (finding->ids, i);

      json_builder_add_string_value (builder, id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
engram_integrity_report_to_json (EngramIntegrityReport *self)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  builder = json_builder_new ();
  path = g_filename_display_name (self->path);
  json_builder_begin_object (builder);
  add_text (builder, "format", FORMAT);
  add_integer (builder, "version", VERSION);
  add_text (builder, "path", path);
  add_text (builder, "time", self->time);
  add_text (builder, "made_by", engram_integrity_get_maker ());
  add_integer (builder, "neurons", self->neurons);
  add_integer (builder, "synapses", self->synapses);
  json_builder_set_member_name (builder, "seconds");
  json_builder_add_double_value (builder, round (self->seconds * 1000) / 1000);
  json_builder_set_member_name (builder, "with_sqlite");
  json_builder_add_boolean_value (builder, self->with_sqlite);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->findings->len; i++)
    add_finding (builder, g_ptr_array_index (self->findings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return escape_last_control (json_to_string (root, TRUE));
}
