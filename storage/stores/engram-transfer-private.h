/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "stores/engram-serializer.h"

G_BEGIN_DECLS

/* Ends what began at @start (monotonic, microseconds): sets the seconds and the time of @done, logs it under the name
 * @action, and copies it to @transfer unless that is NULL. */
void engram_transfer_finish (EngramTransfer  *done,
                             const char      *action,
                             const char      *path,
                             gint64           start,
                             EngramTransfer  *transfer);

G_END_DECLS
