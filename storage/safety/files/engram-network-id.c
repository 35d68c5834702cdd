/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-network-id-private.h"

static gboolean
read_id (EngramConnection  *connection,
         char             **id,
         GError           **error)
{
  g_autofree char *text = NULL;
  gint64 n_columns;

  if (!engram_connection_get_integer (connection,
                                      "SELECT count(*) FROM sqlite_schema AS object,"
                                      " pragma_table_info('engram_network') AS info"
                                      " WHERE object.name='engram_network' AND object.type='table'"
                                      " AND object.rootpage>0 AND info.name IN ('key', 'value')",
                                      &n_columns, error))
    return FALSE;
  /* Another program's table of that name has no id. */
  if (n_columns < 2)
    return TRUE;
  text = engram_connection_get_text (connection, "SELECT value FROM engram_network"
                                                 " WHERE key='id' AND typeof(value)='text'", error);
  if (text == NULL)
    return FALSE;
  if (*text != '\0')
    *id = g_utf8_make_valid (text, -1);
  return TRUE;
}

static gboolean
read_oldest (EngramConnection  *connection,
             char             **oldest,
             GError           **error)
{
  g_autofree char *text = engram_connection_get_text (connection,
                                                      "SELECT id FROM neurons WHERE typeof(id)='text' AND id<>''"
                                                      " ORDER BY rowid LIMIT 1", error);

  if (text == NULL)
    return FALSE;
  if (*text != '\0')
    *oldest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return TRUE;
}

gboolean
engram_network_id_read (EngramConnection  *connection,
                        EngramNetworkId   *id,
                        GError           **error)
{
  *id = (EngramNetworkId) { NULL };
  if (read_id (connection, &id->id, error) && read_oldest (connection, &id->oldest, error))
    return TRUE;
  engram_network_id_clear (id);
  return FALSE;
}

const char *
engram_network_id_get_name (const EngramNetworkId *id)
{
  return id->id != NULL ? id->id : id->oldest;
}

gboolean
engram_network_id_has_name (const EngramNetworkId *id,
                            const char            *name)
{
  return name != NULL && (g_strcmp0 (name, id->id) == 0 || g_strcmp0 (name, id->oldest) == 0);
}

gboolean
engram_network_id_is_same (const EngramNetworkId *id,
                           const EngramNetworkId *other)
{
  if (id->id != NULL && other->id != NULL)
    return g_str_equal (id->id, other->id);
  return id->oldest != NULL && g_strcmp0 (id->oldest, other->oldest) == 0;
}

void
engram_network_id_clear (EngramNetworkId *id)
{
  g_clear_pointer (&id->id, g_free);
  g_clear_pointer (&id->oldest, g_free);
}
