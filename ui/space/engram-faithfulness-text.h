/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* How faithful places are to vectors, asked for by a worker and told to people. */

/* @arrangement: (nullable): places to judge; %NULL for those in the file */
void     engram_faithfulness_ask_async  (EngramDatabase            *database,
                                         EngramArrangement         *arrangement,
                                         GCancellable              *cancellable,
                                         GAsyncReadyCallback        callback,
                                         gpointer                   user_data);
gboolean engram_faithfulness_ask_finish (GAsyncResult              *result,
                                         EngramFaithfulness        *faithfulness,
                                         GError                   **error);

/* "62 % ± 2 %"; without an error where all were looked at. */
char    *engram_faithfulness_dup_share  (const EngramFaithfulness  *faithfulness);
/* "62 % ± 2 % of the ten nearest agree (from 500 neurons)" */
char    *engram_faithfulness_dup_text   (const EngramFaithfulness  *faithfulness);

G_END_DECLS
