/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * libengram is compiled with all symbols hidden; the shared library shows what stands between these two, which is what
 * its installed headers declare.
 */
#define ENGRAM_BEGIN_DECLS \
  G_BEGIN_DECLS \
  _Pragma ("GCC visibility push(default)")
#define ENGRAM_END_DECLS \
  _Pragma ("GCC visibility pop") \
  G_END_DECLS
