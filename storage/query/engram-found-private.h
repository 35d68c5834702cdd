/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-searcher.h"

G_BEGIN_DECLS

/* Takes @order and @scores (nullable). */
EngramFound *engram_found_new (EngramRowOrder *order,
                               float          *scores,
                               guint64         n_all,
                               gboolean        complete);

G_END_DECLS
