/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/**
 * engram_tag_list_change:
 * @list: (nullable): a JSON list as text, %NULL for none
 * @add: (nullable) (array zero-terminated=1): texts that come last, where they are not in the list
 * @remove: (nullable) (array zero-terminated=1): texts that go, however often they are in the list
 *
 * The rest stays as it is, byte for byte, and in its order; what is no text stays too.
 *
 * Returns: (transfer full) (nullable): the list; %NULL where there was none, and nothing is added
 */
char *engram_tag_list_change (const char         *list,
                              const char * const *add,
                              const char * const *remove);

G_END_DECLS
