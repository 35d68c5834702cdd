/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_POINT_TEXTS (engram_point_texts_get_type ())

/* What stands for neurons, one line each, and what they are called, read by a worker when it is first asked for and
 * kept for some thousand of them.
 *
 * Signal "changed": texts have come. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPointTexts, engram_point_texts, ENGRAM, POINT_TEXTS, GObject)

EngramPointTexts *engram_point_texts_new    (void);
/* @database: (nullable). Forgets all texts. */
void              engram_point_texts_set_database (EngramPointTexts *self,
                                             EngramDatabase    *database);
/* The rows may have changed: what is known is read again when it is asked for; until then the old text stands. */
void              engram_point_texts_refresh (EngramPointTexts *self);
/* (transfer none) (nullable): NULL where it is being read */
const char       *engram_point_texts_get    (EngramPointTexts  *self,
                                             gint64             rowid);
/* The same, but where its metadata have a short text as "name", "title" or "label", that. */
const char       *engram_point_texts_get_name (EngramPointTexts *self,
                                             gint64             rowid);
/* That short text; NULL where it has none. Any thread. */
char             *engram_point_texts_dup_neuron_name (const EngramNeuron *neuron);

G_END_DECLS
