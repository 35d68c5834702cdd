/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EngramUuid:
 * @bytes: the 128 bits, in the order of the text
 *
 * A UUID as 16 bytes.
 */
typedef struct {
  guint8 bytes[16];
} EngramUuid;

#define ENGRAM_UUID_TEXT_LENGTH 36

gboolean engram_uuid_is_valid (const char       *text);
gboolean engram_uuid_parse    (const char       *text,
                               gssize            length,
                               EngramUuid       *uuid);
void     engram_uuid_format   (const EngramUuid *uuid,
                               char              text[ENGRAM_UUID_TEXT_LENGTH + 1]);

G_END_DECLS
