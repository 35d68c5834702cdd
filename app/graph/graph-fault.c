/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-fault.h"

/* What igraph said last. */
static char *last_reason;

G_DEFINE_QUARK (graph-fault-quark, graph_fault)

void
graph_fault_set_memory (GError **error)
{
  g_set_error_literal (error, GRAPH_FAULT, ENGRAM_GRAPH_FAULT_MEMORY, "out of memory");
}

void
graph_fault_set_limit (GError  **error,
                       guint32   limit)
{
  g_set_error (error, GRAPH_FAULT, ENGRAM_GRAPH_FAULT_LIMIT, "%" G_GUINT32_FORMAT, limit);
}

static void
error_cb (const char     *reason,
          const char     *file,
          int             line,
          igraph_error_t  code)
{
  IGRAPH_FINALLY_FREE ();
  g_free (last_reason);
  last_reason = g_strdup (reason);
}

void
graph_fault_set_up (void)
{
  igraph_set_error_handler (error_cb);
  igraph_set_warning_handler (igraph_warning_handler_ignore);
}

gboolean
graph_fault_check (igraph_error_t   code,
                   GError         **error)
{
  if (code == IGRAPH_SUCCESS)
    return TRUE;
  if (code == IGRAPH_ENOMEM)
    graph_fault_set_memory (error);
  else
    g_set_error_literal (error, GRAPH_FAULT, ENGRAM_GRAPH_FAULT_FAILED,
                         last_reason != NULL ? last_reason : igraph_strerror (code));
  return FALSE;
}
