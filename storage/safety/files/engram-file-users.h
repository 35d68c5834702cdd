/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-error.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_error_name_users:
 * @error: (inout) (nullable): where an error is
 * @path: (type filename): the file that was to be used
 *
 * Where @error is %ENGRAM_ERROR_BUSY and other programs are seen to have the file open, says which: "“a.db” is in use by
 * python3 (process 123). …". Anything else stays as it is. The file itself is not opened. Reads of each process which
 * files it has open, so it may take a moment. Any thread.
 */
void engram_error_name_users (GError     **error,
                              const char  *path);

ENGRAM_END_DECLS
