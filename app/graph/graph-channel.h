/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-input.h"

G_BEGIN_DECLS

/* This program's end of the pipes (graph/engram-graph-protocol.h). Where nobody listens any more the program ends. */

/* Keeps standard output for frames: what a library prints goes to standard error. */
void     graph_channel_open          (void);

/* Never takes more memory than a small multiple of what was sent. */
gboolean graph_channel_read          (GraphInput              *input,
                                      GError                 **error);

/* Often called, seldom sent. @fraction: negative where it is not known. */
void     graph_channel_send_progress (EngramGraphPhase         phase,
                                      double                   fraction);
/* What is sent from now on is a part of the whole, 0 to 1. */
void     graph_channel_set_part      (double                   begin,
                                      double                   end);
/* Whether the last picture is long enough ago. */
gboolean graph_channel_wants_picture (void);
void     graph_channel_send_picture  (const EngramGraphRequest *request,
                                      const float             *places);
void     graph_channel_send_result   (const EngramGraphRequest *request,
                                      const EngramGraphResult *result,
                                      gconstpointer            data);
void     graph_channel_send_fault    (const GError            *fault);

G_END_DECLS
