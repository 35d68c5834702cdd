/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "graph-analyses.h"
#include "graph-channel.h"
#include "graph-fault.h"
#include "graph-layouts.h"
#include "graph-paths.h"

#include <igraph.h>

/* engram-graph: does one piece of work on a graph and ends. It is started by Engram (graph/engram-graph-work.h), which
 * may kill it at any moment; nothing is left behind. */

/* Nobody waits for an answer any more when the program that asked is gone. */
static void
end_with_parent (void)
{
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static gpointer
work (const GraphInput   *input,
      EngramGraphResult  *result,
      GError            **error)
{
  EngramGraphSign sign = ENGRAM_GRAPH_SIGN_KEPT;
  gpointer data;

  switch ((EngramGraphWork) input->request.work)
    {
    case ENGRAM_GRAPH_WORK_LAYOUT:
      data = graph_lay_out (input, &sign, error);
      result->sign = sign;
      return data;
    case ENGRAM_GRAPH_WORK_COMMUNITIES:
      return graph_analyse_communities (input, result, error);
    case ENGRAM_GRAPH_WORK_COMPONENTS:
      return graph_analyse_components (input, result, error);
    case ENGRAM_GRAPH_WORK_PAGE_RANK:
      return graph_analyse_page_rank (input, result, error);
    case ENGRAM_GRAPH_WORK_BETWEENNESS:
      return graph_analyse_betweenness (input, result, error);
    case ENGRAM_GRAPH_WORK_PATH:
      return graph_find_path (input, result, error);
    case ENGRAM_GRAPH_N_WORKS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* For the troubleshooting information. */
static void
print_version (void)
{
  const char *version;

  igraph_version (&version, NULL, NULL, NULL);
  g_print ("igraph %s\n", version);
}

int
main (int    argc,
      char **argv)
{
  g_auto (GraphInput) input = { 0 };
  EngramGraphResult result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree gpointer data = NULL;

  if (argc == 2 && g_str_equal (argv[1], "--version"))
    {
      print_version ();
      return EXIT_SUCCESS;
    }
  if (argc > 1 || isatty (STDIN_FILENO))
    {
      g_printerr ("engram-graph is started by Engram, which sends it a graph; it is no program for people.\n");
      return 2;
    }
  end_with_parent ();
  graph_channel_open ();
  graph_fault_set_up ();
  if (graph_channel_read (&input, &error))
    {
      igraph_rng_seed (igraph_rng_default (), input.request.seed);
      data = work (&input, &result, &error);
    }
  if (error == NULL)
    graph_channel_send_result (&input.request, &result, data);
  else
    graph_channel_send_fault (error);
  return error == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
