/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-support.h"

G_BEGIN_DECLS

/* Lets the main loop run until CONDITION holds. One that never comes true ends by Meson's time limit. */
#define wait_until(CONDITION) \
  while (!(CONDITION)) \
    g_main_context_iteration (NULL, TRUE)

/* A network in a folder of its own. */
typedef struct {
  char *folder;
  char *path;
  EngramDatabase *database;
  EngramNeuronStore *neurons;
  EngramSynapseStore *synapses;
} UiFixture;

/* With that many neurons, "Neuron 0" and so on, written at once. */
UiFixture         *ui_fixture_new        (guint               n_neurons);
/* One of all kinds of things. */
UiFixture         *ui_fixture_new_generated (const EngramGeneratorOptions *options);
/* Over a file that is there already, which is copied; NULL (and the test skipped) where it is not. */
UiFixture         *ui_fixture_new_shared (const char         *name);
/* Closes the network and moves it into another folder, where it is opened again after @prepare, if any. */
void               ui_fixture_move       (UiFixture          *self,
                                          const char         *folder,
                                          void              (*prepare) (const char *folder));
/* Waits until workers have let go of the database. */
void               ui_fixture_close_network (UiFixture       *self);
/* With its files. */
void               ui_fixture_free       (UiFixture          *self);

/* The id of the neuron that ui_fixture_new() made as "Neuron NUMBER". */
char              *ui_fixture_dup_id     (guint               number);
/* Adds a neuron behind all others, and returns its id. */
char              *ui_fixture_add        (UiFixture          *self,
                                          const char         *text);
/* Joins two neurons by a synapse; both as numbers of ui_fixture_dup_id(). */
void               ui_fixture_join       (UiFixture          *self,
                                          guint               source,
                                          guint               target,
                                          double              weight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiFixture, ui_fixture_free)

G_END_DECLS
