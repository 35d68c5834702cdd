/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>
#include <glib.h>

/* What a library has in its variables is lost, to the leak sanitizer, once the library is unloaded: Mesa's drivers keep
 * what they know of some processors. So none is unloaded there. */
#ifdef __SANITIZE_ADDRESS__
extern __attribute__ ((visibility ("default"))) int
dlclose (void *library)
{
  return 0;
}
#endif
