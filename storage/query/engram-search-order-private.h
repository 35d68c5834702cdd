/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-search-rows-private.h"

G_BEGIN_DECLS

/* Finds the rows, and puts them into their order. */
EngramFound *engram_search_run (const EngramSearch  *search,
                                GError             **error);

G_END_DECLS
