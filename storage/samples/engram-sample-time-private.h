/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

#define ENGRAM_SAMPLE_TIME_LENGTH 32

/* 2025-01-06T09:00:00, a Monday, in microseconds. */
#define ENGRAM_SAMPLE_TIME_START G_GINT64_CONSTANT (1736154000000000)
#define ENGRAM_SAMPLE_TIME_DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

void engram_sample_time_format (gint64 microseconds,
                                char   text[ENGRAM_SAMPLE_TIME_LENGTH]);

G_END_DECLS
