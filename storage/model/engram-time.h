/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_time_now:
 *
 * The time now, as engram_time_format() writes it. Any thread.
 *
 * Returns: (transfer full): the text
 */
char      *engram_time_now      (void);

/**
 * engram_time_format:
 * @time: a time
 *
 * Writes a time as networks do, which is as Python's `datetime.isoformat()` does: local time without a zone,
 * `2025-11-01T09:00:00.123456`, and without the fraction where the microseconds are 0. Any thread.
 *
 * Returns: (transfer full): the text
 */
char      *engram_time_format   (GDateTime  *time);

/**
 * engram_time_parse:
 * @text: (nullable): a text
 *
 * Reads a time as it may stand in a network: `2025-11-01T09:00:00`, with one to six digits of a fraction or
 * none, a space in place of the T, or the date alone (which is its midnight). It is local time, unless a zone
 * follows (`Z` or `+02:00`). Any thread.
 *
 * Returns: (transfer full) (nullable): the time, in the local zone, or %NULL where @text is something else or
 *   there is no such day or hour
 */
GDateTime *engram_time_parse    (const char *text);

/**
 * engram_time_normalize:
 * @text: (nullable): a text
 *
 * Writes a time in one of the forms that engram_time_parse() takes as engram_time_format() does, so that times compare
 * as texts. What has no zone stays the time that is written, also where the clocks of the local zone passed over it;
 * what has one becomes local time. Any thread.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where @text is something else or there is no such moment
 */
char      *engram_time_normalize (const char *text);

/**
 * engram_time_is_valid:
 * @text: (nullable): a text
 *
 * Whether a text is a time in one of the forms that engram_time_parse() takes. Allocates nothing; any thread.
 *
 * Returns: %TRUE where it is
 */
gboolean   engram_time_is_valid (const char *text);

ENGRAM_END_DECLS
