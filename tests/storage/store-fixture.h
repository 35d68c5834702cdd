/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-support.h"

G_BEGIN_DECLS

/* An empty network in a folder of its own, with its two stores. */
typedef struct {
  char               *folder;
  char               *path;
  EngramDatabase     *database;
  EngramNeuronStore  *neurons;
  EngramSynapseStore *synapses;
} StoreFixture;

void           store_fixture_set_up      (StoreFixture        *self,
                                          gconstpointer        data);
void           store_fixture_tear_down   (StoreFixture        *self,
                                          gconstpointer        data);
/* Lets go of the file, and opens it again. */
void           store_fixture_close       (StoreFixture        *self);
void           store_fixture_open        (StoreFixture        *self);
/* Opens a copy of a file of ../shared/data instead; FALSE, and the test skipped, where that is absent. */
gboolean       store_fixture_use_shared  (StoreFixture        *self,
                                          const char          *name);
/* What another program sees or does: all rows, columns joined by |, one a line. */
char          *store_fixture_run_sql     (StoreFixture        *self,
                                          const char          *sql);

/* One record at a time, where it must succeed. */
EngramNeuron  *store_fixture_get_neuron  (StoreFixture        *self,
                                          const char          *id);
void           store_fixture_create      (StoreFixture        *self,
                                          EngramNeuron        *neuron);
void           store_fixture_update      (StoreFixture        *self,
                                          EngramNeuron        *neuron);
EngramSynapse *store_fixture_join        (StoreFixture        *self,
                                          const char          *source_id,
                                          const char          *target_id,
                                          double               weight);
void           store_fixture_assert_count (StoreFixture       *self,
                                          guint64              neurons,
                                          guint64              synapses);

/* A neuron with something in every column. */
EngramNeuron  *make_full_neuron          (void);
/* An error about a record, whose message names it. */
void           assert_record_error       (const GError        *error,
                                          int                  code,
                                          const char          *id,
                                          const char          *field);

#define ABSENT_ID "00000000-0000-4000-8000-000000000000"

#define ADD_STORE_TEST(path, data, function) \
  g_test_add (path, StoreFixture, data, store_fixture_set_up, function, store_fixture_tear_down)

G_END_DECLS
