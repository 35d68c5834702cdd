/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_INDEX_KEEPER (engram_index_keeper_get_type ())

/* Keeps the text index of a large network up to date, by a job now and then while the person wants one: where a search
 * takes no time anyway there is none. Searches go on without it meanwhile, and where it cannot be had.
 *
 * Signal "job-added" (EngramJob). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramIndexKeeper, engram_index_keeper, ENGRAM, INDEX_KEEPER, GObject)

EngramIndexKeeper *engram_index_keeper_new     (EngramSearcher    *searcher);
/* The network has changed, or has been opened. */
void               engram_index_keeper_refresh (EngramIndexKeeper *self);
/* Cancels what is under way, and lets go of the network. */
void               engram_index_keeper_stop    (EngramIndexKeeper *self);

G_END_DECLS
