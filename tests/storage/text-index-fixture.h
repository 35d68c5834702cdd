/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-text-index-store-private.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* An empty network and an index of it, in a folder of indexes that only the test uses. Limits and what is set for tests
 * are back as they were in the end. */
typedef struct {
  StoreFixture     store;
  char            *folder; /* of the indexes */
  EngramTextIndex *index;
} TextIndexFixture;

#define TEXT_INDEX_NO_LIMIT (G_GUINT64_CONSTANT (1) << 30)

void     text_index_set_up            (TextIndexFixture    *fixture,
                                       gconstpointer        data);
void     text_index_tear_down         (TextIndexFixture    *fixture,
                                       gconstpointer        data);

/* Adds a neuron of whose texts only this one is given, and returns its row. */
gint64   text_index_add               (TextIndexFixture    *fixture,
                                       EngramNeuronColumns  column,
                                       const char          *text);
/* As many neurons as that, named TEXT 0, TEXT 1, ... */
void     text_index_fill              (TextIndexFixture    *fixture,
                                       guint                n_neurons,
                                       const char          *text);

void     text_index_update            (TextIndexFixture    *fixture);
void     text_index_assert_fails      (TextIndexFixture    *fixture,
                                       GQuark               domain,
                                       int                  code);

guint64  text_index_get_stamp         (TextIndexFixture    *fixture);
GArray  *text_index_find              (TextIndexFixture    *fixture,
                                       const char          *word);
/* That row alone. */
void     text_index_assert_finds      (TextIndexFixture    *fixture,
                                       const char          *word,
                                       gint64               row);
void     text_index_assert_finds_none (TextIndexFixture    *fixture,
                                       const char          *word);
void     text_index_assert_cannot_say (TextIndexFixture    *fixture,
                                       const char          *word);
/* Whether whatever a search finds without the index is among what the index gives; returns how many that is. */
guint    text_index_assert_complete   (TextIndexFixture    *fixture,
                                       const char          *word);

char    *text_index_get_path          (TextIndexFixture    *fixture);
/* (element-type EngramTextIndexEntry): what the index on disk holds. */
GArray  *text_index_list              (TextIndexFixture    *fixture);

/* What was told of an update; cancels it at a fraction where there is a cancellable. */
typedef struct {
  GCancellable *cancellable;
  double        cancel_at;
  double        reached;
} TextIndexWatch;

/* Sees to it that the fraction never goes back. */
void     text_index_watch             (const char          *phase,
                                       double               fraction,
                                       gpointer             user_data);

G_END_DECLS
