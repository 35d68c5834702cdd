/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-log-private.h"

void
engram_log_action (const char *action,
                   const char *id,
                   guint64     count)
{
  g_autofree char *count_text = g_strdup_printf ("%" G_GUINT64_FORMAT, count);

  /* Only the message is a format; the other fields are taken as they are. */
  if (id != NULL)
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                      "ENGRAM_ACTION", action,
                      "ENGRAM_ID", id,
                      "ENGRAM_COUNT", count_text,
                      "MESSAGE", "%s %s: %s", action, id, count_text);
  else
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                      "ENGRAM_ACTION", action,
                      "ENGRAM_COUNT", count_text,
                      "MESSAGE", "%s: %s", action, count_text);
}
