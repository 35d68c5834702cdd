/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "engram-error.h"

G_BEGIN_DECLS

/* What a neuron declares about another one. */
typedef enum {
  ENGRAM_SAMPLE_EXCITES,
  ENGRAM_SAMPLE_INHIBITS,
  ENGRAM_SAMPLE_READS,
  ENGRAM_SAMPLE_YIELDS,
} EngramSampleLinkKind;

typedef struct {
  EngramSampleLinkKind  kind;
  char                 *other;
  guint                 other_index;
  double                strength;
  guint                 line;
} EngramSampleLink;

/* A field of the neuron's type, by its name in the JSON document. */
typedef struct {
  char  *name;
  char  *value;
  guint  line;
} EngramSampleField;

/* One block of the text, and the lines that it began in. */
typedef struct {
  guint   line;
  char   *type;
  char   *name;
  char   *topic;
  char   *text;
  char  **tags;
  GArray *fields;
  GArray *links;
} EngramSampleBlock;

GPtrArray *engram_sample_text_parse     (const char   *text,
                                         gssize        length,
                                         GError      **error);
void       engram_sample_text_set_error (GError      **error,
                                         guint         line,
                                         const char   *format,
                                         ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
