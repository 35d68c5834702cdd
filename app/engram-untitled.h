/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* A network that has no name yet: the sample, or an empty one; in a folder of its own in the user's state folder, which
 * goes with the last reference to the network, unless it is kept. */

typedef enum {
  ENGRAM_UNTITLED_SAMPLE,
  ENGRAM_UNTITLED_EMPTY,
} EngramUntitledContent;

void            engram_untitled_open_async  (EngramUntitledContent   content,
                                             GCancellable           *cancellable,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
EngramDatabase *engram_untitled_open_finish (GAsyncResult           *result,
                                             GError                **error);
/* Whether its folder stays when the network is closed: somebody's work is in it. */
void            engram_untitled_set_kept    (EngramDatabase         *database,
                                             gboolean                kept);

G_END_DECLS
