/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-support.h"

G_BEGIN_DECLS

/* A report that must succeed. */
EngramIntegrityReport *integrity_check_file    (const char            *path,
                                                EngramIntegrityFlags   flags);
/* Its findings in order: "orphan-source 3, type-unregistered 1", or "" where there are none. */
char                  *integrity_describe      (EngramIntegrityReport *report);
const EngramFinding   *integrity_find          (EngramIntegrityReport *report,
                                                const char            *kind);
/* All ids of a finding, joined by commas. */
char                  *integrity_join_ids      (EngramIntegrityReport *report,
                                                const char            *kind);

/* A copy of the network of version 1 with nothing to be found in it: 5 neurons, 5 synapses, and what another program
 * does to it then, without constraints. */
char                  *integrity_make_network  (const char            *folder,
                                                const char            *sql);
void                   integrity_run_sql       (const char            *path,
                                                const char            *sql);

#define NEURON(n) "0000000" #n "-0000-4000-8000-000000000000"
#define SYNAPSE(n) "0000000" #n "-0000-4000-9000-000000000000"

G_END_DECLS
