/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

void            engram_sample_open_async  (GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EngramDatabase *engram_sample_open_finish (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
