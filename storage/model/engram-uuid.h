/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramUuid:
 * @bytes: the 128 bits, in the order of the text
 *
 * A UUID as 16 bytes.
 */
typedef struct {
  guint8 bytes[16];
} EngramUuid;

/**
 * ENGRAM_UUID_TEXT_LENGTH:
 *
 * Bytes of a UUID as text, without a NUL.
 */
#define ENGRAM_UUID_TEXT_LENGTH 36

/**
 * engram_uuid_is_valid:
 * @text: a text
 *
 * Whether a text is an id that a network may have: 36 bytes, lower-case hexadecimal digits with hyphens,
 * version 1 to 8 and variant of RFC 4122. The nil UUID is none. Any thread.
 *
 * Returns: %TRUE where it is
 */
gboolean engram_uuid_is_valid (const char       *text);

/**
 * engram_uuid_parse:
 * @text: (nullable): a text, a NUL at the end not needed
 * @length: its length in bytes, or -1 where it ends with a NUL
 * @uuid: (out): where the 16 bytes go; undefined where there are none
 *
 * Reads a UUID as networks write them: 36 bytes, lower-case hexadecimal digits with hyphens, any version, but
 * only the variant of RFC 4122 (the first two bits of byte 8 are 1 and 0), so that all other patterns are
 * free for other uses. Fast enough for every row of a network. Any thread.
 *
 * Returns: %FALSE where @text is something else
 */
gboolean engram_uuid_parse    (const char       *text,
                               gssize            length,
                               EngramUuid       *uuid);

/**
 * engram_uuid_format: (skip)
 * @uuid: a UUID
 * @text: (out caller-allocates): room for 36 bytes and a NUL
 *
 * Writes a UUID as text: lower-case hexadecimal digits with hyphens. Any thread.
 */
void     engram_uuid_format   (const EngramUuid *uuid,
                               char              text[ENGRAM_UUID_TEXT_LENGTH + 1]);

ENGRAM_END_DECLS
