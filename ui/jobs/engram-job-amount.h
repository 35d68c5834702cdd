/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/engram-job.h"

G_BEGIN_DECLS

/* How much there is to do. In a worker: all wait for the disk. What cannot be known counts as nothing. */

/* The bytes of files, as the system has them: none is opened. */
double engram_measure_files    (const char * const *paths);
double engram_measure_file     (const char         *path);
/* Those of a network's own file. */
double engram_measure_network  (EngramDatabase     *database);
/* Neurons and synapses. */
double engram_measure_records  (EngramDatabase     *database,
                                GCancellable       *cancellable);

G_END_DECLS
