/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-support.h"

#include "safety/history/engram-history-private.h"

G_BEGIN_DECLS

/* A small network with odd things in its tables, and its history, in a folder of their own. */
typedef struct {
  char           *folder;
  char           *path;
  char           *state;    /* where histories are */
  EngramDatabase *database;
  EngramHistory  *history;
} HistoryFixture;

void  history_fixture_set_up     (HistoryFixture       *self,
                                  gconstpointer         data);
void  history_fixture_tear_down  (HistoryFixture       *self,
                                  gconstpointer         data);
void  history_fixture_open       (HistoryFixture       *self);
void  history_fixture_close      (HistoryFixture       *self);
/* Takes a copy of this network in place of the small one. */
void  history_fixture_use        (HistoryFixture       *self,
                                  const char           *from);

/* What another program does, without regard for the rules of the tables. */
void  history_fixture_run_sql    (HistoryFixture       *self,
                                  const char           *sql);
gint64 history_fixture_get_number (HistoryFixture      *self,
                                  const char           *sql);
/* All rows of all tables but engram_network, with rowids, types and bytes, and the schema. */
char *history_fixture_dump       (HistoryFixture       *self);
char *dump_network               (const char           *path);
/* Says where the first difference is. */
void  assert_same_dump           (const char           *expected,
                                  const char           *dump);

/* One recorded change in one transaction, step by step: "note TABLE WHERE ...", "row TABLE ROWID",
 * "inserted TABLE FIRST LAST" or "sql ...". */
void  history_fixture_change     (HistoryFixture       *self,
                                  const char           *name,
                                  const char *const    *steps);
gboolean history_fixture_try_change (HistoryFixture    *self,
                                  const char           *name,
                                  const char *const    *steps,
                                  GCancellable         *cancellable,
                                  GError              **error);
void  history_fixture_undo       (HistoryFixture       *self);
void  history_fixture_redo       (HistoryFixture       *self);
/* The names of what can be undone and redone, "a b | c". */
char *history_fixture_list       (HistoryFixture       *self);
void  history_fixture_assert_list (HistoryFixture      *self,
                                  const char           *expected);

#define ADD_HISTORY_TEST(path, function) \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, function, history_fixture_tear_down)

#define CHANGE(fixture, name, ...) history_fixture_change (fixture, name, (const char *const[]) { __VA_ARGS__, NULL })

G_END_DECLS
