/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Does one thing once with libengram, and prints its seconds. Returns the exit status. */
int bench_measure (int    argc,
                   char **argv);

G_END_DECLS
