/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "samples/engram-random-private.h"
#include "samples/engram-sample-time-private.h"

G_BEGIN_DECLS

/* The words of one generated neuron, in buffers that serve for the next one too. A buffer that its type has
 * no use for stays as it was. */
typedef struct {
  GString *metadata;
  GString *text;
  GString *tags;
  GString *signature;
  GString *fields;

  const char *code;
  const char *input_schema;
  const char *output_schema;
} EngramGeneratorText;

guint                engram_generator_text_count_themes (void);
EngramGeneratorText *engram_generator_text_new          (void);
void                 engram_generator_text_free         (EngramGeneratorText *self);
void                 engram_generator_text_metadata     (EngramGeneratorText *self,
                                                         EngramRandom        *random,
                                                         guint                theme);
void                 engram_generator_text_knowledge    (EngramGeneratorText *self,
                                                         EngramRandom        *random,
                                                         guint                theme);
void                 engram_generator_text_tool         (EngramGeneratorText *self,
                                                         EngramRandom        *random,
                                                         guint                theme);
void                 engram_generator_text_memory       (EngramGeneratorText *self,
                                                         EngramRandom        *random,
                                                         guint                theme,
                                                         const char          *timestamp,
                                                         const char          *last_accessed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramGeneratorText, engram_generator_text_free)

G_END_DECLS
