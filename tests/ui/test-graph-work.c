/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "graph/engram-graph-protocol.h"
#include "graph-support.h"
#include "test-support.h"

/* The helper program when it goes wrong: instead of it, a script that does so. */
typedef struct {
  TestFolder *folder;
  char       *helper;     /* the real one */
  char       *pid_path;   /* where the script says who it is */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = test_folder_new ();
  fixture->helper = g_strdup (g_getenv ("ENGRAM_GRAPH_PROGRAM"));
  if (fixture->helper == NULL)
    fixture->helper = g_test_build_filename (G_TEST_BUILT, "..", "app", "graph", "engram-graph", NULL);
  fixture->pid_path = g_build_filename (fixture->folder, "pid", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_setenv ("ENGRAM_GRAPH_PROGRAM", fixture->helper, TRUE);
  g_free (fixture->helper);
  g_free (fixture->pid_path);
  test_folder_free (fixture->folder);
}

/* @commands: of a shell; HELPER is the real one. */
static void
use_script (Fixture    *fixture,
            const char *commands)
{
  g_autofree char *path = g_build_filename (fixture->folder, "script", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nHELPER='%s'\necho $$ > '%s'\n%s\n", fixture->helper,
                                             fixture->pid_path, commands);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, script, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("ENGRAM_GRAPH_PROGRAM", path, TRUE);
}

static int
get_pid (Fixture *fixture)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (fixture->pid_path, &text, NULL, NULL) ? atoi (text) : 0;
}

/* Neither running nor a zombie. */
static void
assert_gone (Fixture *fixture)
{
  int pid = get_pid (fixture);

  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (kill (pid, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
}

static gboolean
lay_out (const EngramGraph      *graph,
         EngramGraphLayout       layout,
         const EngramGraphCall  *call,
         GError                **error)
{
  EngramGraphLayoutOptions options = { .layout = layout, .n_dimensions = 2, .seed = 1 };
  g_autofree float *positions = g_new (float, 2 * graph->n_nodes);

  return engram_graph_lay_out (graph, &options, call, positions, NULL, error);
}

/* Whatever it is, it fails with a message, and nothing is left. */
static void
assert_fails (Fixture    *fixture,
              const char *commands)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (1000, 1);
  g_autoptr (GError) error = NULL;

  use_script (fixture, commands);
  g_assert_false (lay_out (&graph->graph, ENGRAM_GRAPH_LAYOUT_FORCE, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_cmpuint (strlen (error->message), >, 20);
  assert_gone (fixture);
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (200, 1);
  g_autoptr (GError) error = NULL;

  g_setenv ("ENGRAM_GRAPH_PROGRAM", "/nowhere/engram-graph", TRUE);
  g_assert_false (lay_out (&graph->graph, ENGRAM_GRAPH_LAYOUT_FORCE, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "/nowhere/engram-graph"));
}

static void
test_nonsense (Fixture       *fixture,
               gconstpointer  user_data)
{
  /* Ends without a word, at once or when it has heard all; says something else, without end, or what it hears;
   * announces more than there can be; or less, and nothing in it. */
  assert_fails (fixture, "exit 0");
  assert_fails (fixture, "cat > /dev/null; exit 3");
  assert_fails (fixture, "echo this is no answer");
  assert_fails (fixture, "exec yes");
  assert_fails (fixture, "exec cat");
  assert_fails (fixture,
                "printf '\\002\\0\\0\\0\\0\\0\\0\\0\\377\\377\\377\\377\\377\\377\\377\\377'; exec sleep 1000");
  assert_fails (fixture, "printf '\\001\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'; exec sleep 1000");
  assert_fails (fixture, "printf '\\003\\0\\0\\0\\077\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'; exec sleep 1000");
  assert_fails (fixture, "kill -SEGV $$");
}

/* More than the pipes hold goes in both directions at once. */
static void
test_full (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (100000, 1);
  g_autoptr (GError) error = NULL;

  use_script (fixture, "exec cat");
  g_assert_false (lay_out (&graph->graph, ENGRAM_GRAPH_LAYOUT_FORCE, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  assert_gone (fixture);
}

/* With little memory: it says so, or is stopped, but answers nothing wrong. */
static void
test_starved (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (100000, 1);
  g_autoptr (GError) error = NULL;

  for (guint megabytes = 20; megabytes <= 80; megabytes += 15)
    {
      g_autofree char *commands = g_strdup_printf ("ulimit -v %u; exec \"$HELPER\" 2>/dev/null", megabytes * 1024);

      use_script (fixture, commands);
      g_clear_error (&error);
      g_assert_false (lay_out (&graph->graph, ENGRAM_GRAPH_LAYOUT_FORCE, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
      assert_gone (fixture);
    }
#ifndef __SANITIZE_ADDRESS__
  g_assert_nonnull (strstr (error->message, "memory"));
#endif
}

/* Kills the helper when its first picture comes. */
static void
kill_cb (const float *positions,
         gpointer     user_data)
{
  kill (get_pid (user_data), SIGKILL);
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (20000, 1);
  EngramGraphCall call = { .picture = kill_cb, .user_data = fixture };
  g_autoptr (GError) error = NULL;

  use_script (fixture, "exec \"$HELPER\"");
  g_assert_false (lay_out (&graph->graph, ENGRAM_GRAPH_LAYOUT_FORCE, &call, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_true (g_str_has_suffix (error->message, "Killed. Try it again. Where that does not help, memory may have "
                                                   "run out. Close other programs, or show fewer neurons."));
  assert_gone (fixture);
}

/* An analysis is one of the whole network: fewer neurons are no way out. */
static void
test_killed_analysis (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (200, 1);
  g_autofree double *ranks = g_new (double, 200);
  g_autoptr (GError) error = NULL;

  use_script (fixture, "cat > /dev/null; kill -KILL $$");
  g_assert_false (engram_graph_page_rank (&graph->graph, NULL, ranks, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_true (g_str_has_suffix (error->message, "Killed. Try it again. Where that does not help, memory may have "
                                                   "run out. Close other programs."));
  assert_gone (fixture);
}

static gpointer
cancel_when_running (gpointer user_data)
{
  gpointer *data = user_data;

  /* Until the script has said who it is. */
  while (get_pid (data[0]) == 0)
    g_thread_yield ();
  g_cancellable_cancel (data[1]);
  return NULL;
}

static void
assert_cancels (Fixture     *fixture,
                const char  *commands,
                EngramGraph *graph)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  EngramGraphCall call = { .cancellable = cancellable };
  gpointer data[2] = { fixture, cancellable };
  g_autoptr (GError) error = NULL;
  GThread *thread;

  use_script (fixture, commands);
  g_remove (fixture->pid_path);
  thread = g_thread_new ("cancel", cancel_when_running, data);
  g_assert_false (lay_out (graph, ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI, &call, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_gone (fixture);
  g_thread_join (thread);
}

/* While it computes, while it does not listen, and while it does not answer. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (2000, 1);
  g_autoptr (GraphFixture) large = graph_fixture_planted (100000, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  EngramGraphCall call = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  assert_cancels (fixture, "exec \"$HELPER\"", &graph->graph);
  assert_cancels (fixture, "exec sleep 1000", &large->graph);
  assert_cancels (fixture, "cat > /dev/null; exec sleep 1000", &graph->graph);

  /* Before it began: nothing is started. */
  g_remove (fixture->pid_path);
  g_cancellable_cancel (cancellable);
  g_assert_false (lay_out (&graph->graph, ENGRAM_GRAPH_LAYOUT_FORCE, &call, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->pid_path, G_FILE_TEST_EXISTS));
}

static gpointer
lay_out_in_thread (gpointer user_data)
{
  const EngramGraph *graph = user_data;
  EngramGraphLayoutOptions options = { .n_dimensions = 3, .seed = 3 };
  float *positions = g_new (float, 3 * graph->n_nodes);
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_graph_lay_out (graph, &options, NULL, positions, NULL, &error));
  g_assert_no_error (error);
  return positions;
}

static void
test_several (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GraphFixture) graph = graph_fixture_planted (500, 1);
  g_autofree float *first = lay_out_in_thread (&graph->graph);
  GThread *threads[6];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("graph", lay_out_in_thread, &graph->graph);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree float *positions = g_thread_join (threads[i]);

      g_assert_cmpmem (positions, 1500 * sizeof (float), first, 1500 * sizeof (float));
    }
}

/* What comes from the helper itself when it is asked nonsense: one whole answer, and it ends by itself. */
static EngramGraphFrameKind
ask (Fixture       *fixture,
     gconstpointer  request,
     gsize          length,
     guint32       *fault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                      &error, fixture->helper, NULL);
  g_autoptr (GBytes) sent = g_bytes_new (request, length);
  g_autoptr (GBytes) received = NULL;
  EngramGraphFrame frame = { .kind = ENGRAM_GRAPH_FRAME_PROGRESS };
  const char *data;
  gsize size;
  gsize at = 0;

  g_assert_no_error (error);
  /* It may have stopped listening before all was said. */
  g_subprocess_communicate (process, sent, NULL, &received, NULL, &error);
  if (error != NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (received == NULL)
    return ENGRAM_GRAPH_FRAME_FAULT;
  data = g_bytes_get_data (received, &size);
  while (frame.kind < ENGRAM_GRAPH_FRAME_RESULT)
    {
      g_assert_cmpuint (size - at, >=, sizeof frame);
      memcpy (&frame, data + at, sizeof frame);
      at += sizeof frame;
      g_assert_cmpuint (size - at, >=, frame.length);
      at += frame.length;
    }
  g_assert_cmpuint (at, ==, size);
  g_assert_cmpuint (frame.kind, <, ENGRAM_GRAPH_N_FRAMES);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, frame.kind == ENGRAM_GRAPH_FRAME_RESULT ? 0 : 1);
  *fault = frame.detail;
  return frame.kind;
}

/* A good request, for a ring of a few nodes. */
static GByteArray *
make_request (EngramGraphWork work,
              guint32         kind)
{
  const guint32 n_nodes = 12;
  GByteArray *bytes = g_byte_array_new ();
  EngramGraphRequest request = {
    .magic = ENGRAM_GRAPH_MAGIC, .version = ENGRAM_GRAPH_VERSION, .work = work, .kind = kind, .n_dimensions = 2,
    .to = 5, .n_nodes = n_nodes, .n_edges = n_nodes, .has_weights = 1, .has_start = work == ENGRAM_GRAPH_WORK_LAYOUT,
  };

  g_byte_array_append (bytes, (const guint8 *) &request, sizeof request);
  for (guint32 i = 0; i < 2 * n_nodes; i++)
    {
      guint32 node = i < n_nodes ? i : (i + 1) % n_nodes;

      g_byte_array_append (bytes, (const guint8 *) &node, sizeof node);
    }
  for (guint32 i = 0; i < n_nodes + (request.has_start ? 2 * n_nodes : 0); i++)
    {
      float number = i % 7 / 7.0f;

      g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
    }
  return bytes;
}

static void
test_truncated (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GByteArray) request = make_request (ENGRAM_GRAPH_WORK_LAYOUT, ENGRAM_GRAPH_LAYOUT_FORCE);
  guint32 fault;

  g_assert_cmpint (ask (fixture, request->data, request->len, &fault), ==, ENGRAM_GRAPH_FRAME_RESULT);
  for (guint length = 0; length < request->len; length += 13)
    {
      g_assert_cmpint (ask (fixture, request->data, length, &fault), ==, ENGRAM_GRAPH_FRAME_FAULT);
      g_assert_cmpuint (fault, ==, ENGRAM_GRAPH_FAULT_REQUEST);
    }
  g_byte_array_append (request, (const guint8 *) "x", 1);
  g_assert_cmpint (ask (fixture, request->data, request->len, &fault), ==, ENGRAM_GRAPH_FRAME_FAULT);
  g_assert_cmpuint (fault, ==, ENGRAM_GRAPH_FAULT_REQUEST);
}

/* Counts beyond all reason, and such as are only announced: with the memory that it has anyway. */
static void
test_absurd (Fixture       *fixture,
             gconstpointer  user_data)
{
  static const guint32 counts[] = { 1000000, ENGRAM_GRAPH_MAX_EDGES, G_MAXINT32, G_MAXUINT32 };
  g_autofree char *helper = g_steal_pointer (&fixture->helper);
  g_autofree char *commands = NULL;
  guint32 fault;

  fixture->helper = g_build_filename (fixture->folder, "script", NULL);
#ifdef __SANITIZE_ADDRESS__
  commands = g_strdup_printf ("exec '%s'", helper);
#else
  commands = g_strdup_printf ("ulimit -v 200000; exec '%s'", helper);
#endif
  use_script (fixture, commands);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GByteArray) request = make_request (ENGRAM_GRAPH_WORK_COMMUNITIES, 0);

      ((EngramGraphRequest *) request->data)->n_edges = counts[i];
      g_assert_cmpint (ask (fixture, request->data, request->len, &fault), ==, ENGRAM_GRAPH_FRAME_FAULT);
      g_assert_cmpuint (fault, ==, ENGRAM_GRAPH_FAULT_REQUEST);
      ((EngramGraphRequest *) request->data)->n_nodes = MAX (counts[i], ENGRAM_GRAPH_MAX_NODES + 1);
      g_assert_cmpint (ask (fixture, request->data, request->len, &fault), ==, ENGRAM_GRAPH_FRAME_FAULT);
      g_assert_cmpuint (fault, ==, ENGRAM_GRAPH_FAULT_REQUEST);
    }
  g_free (fixture->helper);
  fixture->helper = g_steal_pointer (&helper);
}

/* Random bytes, and good requests with some bytes changed: an answer or a clear fault, each time. */
static void
test_mutated (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint n_results = 0;

  for (guint round = 0; round < 250; round++)
    {
      g_autoptr (GByteArray) request = make_request (round % ENGRAM_GRAPH_N_WORKS, round / ENGRAM_GRAPH_N_WORKS % 7);
      EngramGraphRequest *head = (EngramGraphRequest *) request->data;
      guint n_changes = round % 10 == 0 ? request->len : 1 + round % 4;
      guint32 fault;

      for (guint i = 0; i < n_changes; i++)
        request->data[n_changes == request->len ? i : g_rand_int (random) % request->len] = g_rand_int (random);
      /* So many would be done, too; not within seconds. */
      if (head->n_nodes > 1000)
        head->n_nodes = G_MAXUINT32;
      n_results += ask (fixture, request->data, request->len, &fault) == ENGRAM_GRAPH_FRAME_RESULT;
    }
  g_assert_cmpuint (n_results, >, 20);
}

#define ADD(name, function) g_test_add ("/graph-work/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("missing", test_missing);
  ADD ("nonsense", test_nonsense);
  ADD ("full", test_full);
  ADD ("starved", test_starved);
  ADD ("killed", test_killed);
  ADD ("killed-analysis", test_killed_analysis);
  ADD ("cancel", test_cancel);
  ADD ("several", test_several);
  ADD ("truncated", test_truncated);
  ADD ("absurd", test_absurd);
  ADD ("mutated", test_mutated);
  return g_test_run ();
}
