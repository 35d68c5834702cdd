/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENGRAM_EMBEDDING_DIMENSION 384

/* A deterministic embedding of text, the same on every machine: see the .c file for what it is. */
void engram_text_embedding (const char *text,
                            float       vector[ENGRAM_EMBEDDING_DIMENSION]);

G_END_DECLS
