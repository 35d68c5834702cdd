/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-support.h"

G_BEGIN_DECLS

/* A folder with documents and a network that is imported into. */
typedef struct {
  char               *folder;
  char               *path;     /* of the network; nothing lies there at first */
  GPtrArray          *files;    /* the documents of the next import */
  EngramImportOptions options;  /* of the next import */
  GCancellable       *cancellable;
  EngramProgressFunc  progress;
  EngramImportReport *report;   /* of the last one */
  GError             *error;
} ImportFixture;

void   import_fixture_set_up     (ImportFixture      *self,
                                  gconstpointer       data);
void   import_fixture_tear_down  (ImportFixture      *self,
                                  gconstpointer       data);

#define ADD_IMPORT_TEST(path, function) \
  g_test_add (path, ImportFixture, NULL, import_fixture_set_up, function, import_fixture_tear_down)

/* Documents */

#define NEURON(n) "0000000" #n "-0000-4000-8000-000000000000"
#define SYNAPSE(n) "1000000" #n "-0000-4000-8000-000000000000"

#define TIMES "\"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-01T09:00:00\""
#define POSITION "\"position\": {\"x\": 0.5, \"y\": 1.5, \"z\": -2.5}"

/* A neuron of type knowledge, and a synapse, with further members (", \"name\": value", or ""). */
#define NEURON_JSON(n, more) \
  "{\"id\": \"" NEURON (n) "\", \"type\": \"knowledge\", " POSITION ", " TIMES more "}"
#define SYNAPSE_JSON(n, from, to, more) \
  "{\"id\": \"" SYNAPSE (n) "\", \"source_neuron_id\": \"" NEURON (from) "\", \"target_neuron_id\": \"" NEURON (to) \
  "\", \"weight\": 0.5, \"synapse_type\": \"knowledge\", " TIMES more "}"
#define DOCUMENT(neurons, synapses) "{\"neurons\": [" neurons "], \"synapses\": [" synapses "]}"

/* Writes a document, and adds it to those of the next import. */
void   import_fixture_add        (ImportFixture      *self,
                                  const char         *name,
                                  const char         *text);
void   import_fixture_add_bytes  (ImportFixture      *self,
                                  const char         *name,
                                  const char         *bytes,
                                  gsize               length);
void   import_fixture_add_path   (ImportFixture      *self,
                                  const char         *path);
/* A file of ../shared/data; FALSE, and the test skipped, where it is absent. */
gboolean import_fixture_add_shared (ImportFixture    *self,
                                  const char         *name);
/* None of them any more. */
void   import_fixture_forget     (ImportFixture      *self);

/* Imports into the network, which becomes a new one where there is none. */
gboolean import_fixture_try      (ImportFixture      *self);
/* Where it must succeed, or fail because of problems. */
void   import_fixture_run        (ImportFixture      *self);
void   import_fixture_run_in_vain (ImportFixture     *self);
/* One line for each: "LINE BYTE ID FIELD MESSAGE", with "-" for what there is not. */
char  *import_fixture_list_problems (ImportFixture   *self);
void   import_fixture_assert_problems (ImportFixture *self,
                                  const char         *expected);
void   import_fixture_assert_counts (ImportFixture   *self,
                                  const char         *expected);
/* "CREATED REPLACED SKIPPED, CREATED REPLACED SKIPPED" of neurons, and of synapses. */
char  *import_fixture_list_counts (ImportFixture     *self);

/* The network */

void   import_fixture_create     (ImportFixture      *self);
/* All rows, columns joined by |, one a line; as another program sees them. */
char  *import_fixture_sql        (ImportFixture      *self,
                                  const char         *sql);
void   import_fixture_assert_sql (ImportFixture      *self,
                                  const char         *sql,
                                  const char         *expected);
/* All rows of both tables, with rowids. */
char  *import_fixture_dump       (ImportFixture      *self);
/* Exports it; the checksum is returned. */
char  *import_fixture_export     (ImportFixture      *self,
                                  const char         *name);
/* The names of what lies in the folder beside documents, one a line. */
char  *import_fixture_list_folder (ImportFixture     *self);

G_END_DECLS
