/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "graph/engram-graph-kinds.h"

G_BEGIN_DECLS

/* How the window and the helper program engram-graph speak with each other.
 *
 * The request is one EngramGraphRequest and the arrays that it announces, in this order: sources and targets (n_edges
 * guint32 each), weights (n_edges float, where has_weights), start (n_nodes * n_dimensions float, where has_start).
 * Nothing follows it. The answer is a row of frames, each an EngramGraphFrame and length bytes: any number of progress
 * and pictures, and then one result or one fault. All numbers are in the order of bytes of the machine, since both ends
 * run on it. */

#define ENGRAM_GRAPH_MAGIC 0x52474e45u /* "ENGR" */
#define ENGRAM_GRAPH_VERSION 1

typedef enum {
  ENGRAM_GRAPH_WORK_LAYOUT,      /* result: n_nodes * n_dimensions float */
  ENGRAM_GRAPH_WORK_COMMUNITIES, /* count: how many; figure: modularity; result: n_nodes guint32 */
  ENGRAM_GRAPH_WORK_COMPONENTS,  /* count: how many; result: n_nodes guint32 */
  ENGRAM_GRAPH_WORK_PAGE_RANK,   /* result: n_nodes double */
  ENGRAM_GRAPH_WORK_BETWEENNESS, /* count: the size of the sample; result: n_nodes double */
  ENGRAM_GRAPH_WORK_PATH,        /* count: how many edges; result: so many guint32 */
  ENGRAM_GRAPH_N_WORKS,
} EngramGraphWork;

typedef struct {
  guint32 magic;
  guint32 version;
  guint32 work;         /* EngramGraphWork */
  guint32 kind;         /* EngramGraphLayout, or EngramGraphPathKind */
  guint32 n_dimensions; /* of a layout */
  guint32 seed;
  guint32 from;         /* a node: the centre of a layout, or where a path starts */
  guint32 to;           /* a node: where a path ends */
  guint32 n_nodes;
  guint32 n_edges;
  guint32 has_weights;
  guint32 has_start;
} EngramGraphRequest;

typedef enum {
  ENGRAM_GRAPH_FRAME_PROGRESS, /* detail: an EngramGraphPhase; a double: how much is done, negative if not known */
  ENGRAM_GRAPH_FRAME_PICTURE,  /* a layout on the way, as the result of it */
  ENGRAM_GRAPH_FRAME_RESULT,   /* an EngramGraphResult and what EngramGraphWork says */
  ENGRAM_GRAPH_FRAME_FAULT,    /* detail: an EngramGraphFault; what igraph said about it, in UTF-8 */
  ENGRAM_GRAPH_N_FRAMES,
} EngramGraphFrameKind;

typedef struct {
  guint32 kind;
  guint32 detail;
  guint64 length;
} EngramGraphFrame;

typedef enum {
  ENGRAM_GRAPH_PHASE_COMMUNITIES,
  ENGRAM_GRAPH_PHASE_WORKING,
  ENGRAM_GRAPH_N_PHASES,
} EngramGraphPhase;

typedef enum {
  ENGRAM_GRAPH_FAULT_FAILED,  /* the text says why */
  ENGRAM_GRAPH_FAULT_REQUEST, /* the request makes no sense: the text says where */
  ENGRAM_GRAPH_FAULT_MEMORY,
  ENGRAM_GRAPH_FAULT_LIMIT,   /* more nodes than the layout takes: the text is how many it takes */
  ENGRAM_GRAPH_FAULT_NO_PATH,
  ENGRAM_GRAPH_N_FAULTS,
} EngramGraphFault;

typedef struct {
  guint32 sign;   /* EngramGraphSign */
  guint32 count;
  double  figure;
} EngramGraphResult;

/* How many text bytes a fault has at most. */
#define ENGRAM_GRAPH_MAX_TEXT 4096

/* What is wrong with a request, for developers, or NULL; looks at nothing but the struct itself. */
const char *engram_graph_request_check           (const EngramGraphRequest *request);
/* How many bytes follow the struct. Only for a request that was checked. */
guint64     engram_graph_request_get_length      (const EngramGraphRequest *request);
/* How many bytes a picture has. */
guint64     engram_graph_request_get_picture     (const EngramGraphRequest *request);
/* How many bytes follow the EngramGraphResult of it, where that counts @count. */
guint64     engram_graph_request_get_result      (const EngramGraphRequest *request,
                                                  guint32                   count);

G_END_DECLS
