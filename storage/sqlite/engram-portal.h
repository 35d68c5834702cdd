/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_portal_has_file:
 * @path: (type filename): absolute path of a file, which need not be there
 *
 * Whether @path is a name that the desktop's document portal has given to a file outside of a program's sandbox. Of such
 * a file, journals beside it are not seen and locks do not reach other programs: it is never opened to be written, and
 * nothing can be put beside it. Looks at the name only, so it may be called in any thread.
 *
 * Returns: whether it is
 */
gboolean engram_portal_has_file (const char *path);

ENGRAM_END_DECLS
