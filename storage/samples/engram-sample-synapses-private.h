/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-uuid.h"
#include "samples/engram-random-private.h"

G_BEGIN_DECLS

void       engram_sample_make_id      (char          id[ENGRAM_UUID_TEXT_LENGTH + 1],
                                       EngramRandom *random,
                                       ...) G_GNUC_NULL_TERMINATED;
GPtrArray *engram_sample_synapses_new (GPtrArray    *blocks,
                                       GPtrArray    *neurons);

G_END_DECLS
