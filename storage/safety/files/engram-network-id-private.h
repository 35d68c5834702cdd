/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* Which network a file, or a backup, is of.
 *
 * A network that Engram has written has an id. One that it has not, a file of version 1, goes by the hash of the id
 * of its oldest neuron; that one is kept here for all, so that backups from before the first write are known to be of
 * the same network. (Of more neurons than one the hash would change while a small network grows.) */
typedef struct {
  char *id;     /* NULL where it has none */
  char *oldest; /* NULL where it has no neuron with an id */
} EngramNetworkId;

gboolean    engram_network_id_read     (EngramConnection       *connection,
                                        EngramNetworkId        *id,
                                        GError                **error);
/* What a manifest calls the network, or NULL. */
const char *engram_network_id_get_name (const EngramNetworkId  *id);
/* Whether @name, from a manifest, is of the same network. */
gboolean    engram_network_id_has_name (const EngramNetworkId  *id,
                                        const char             *name);
gboolean    engram_network_id_is_same  (const EngramNetworkId  *id,
                                        const EngramNetworkId  *other);
void        engram_network_id_clear    (EngramNetworkId        *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramNetworkId, engram_network_id_clear)

G_END_DECLS
