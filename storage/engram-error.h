/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_ERROR:
 *
 * The one error domain of libengram. Cancelling is reported as %G_IO_ERROR_CANCELLED instead.
 */
#define ENGRAM_ERROR (engram_error_quark ())

/**
 * EngramError:
 * @ENGRAM_ERROR_FAILED: something else went wrong; the message is all there is
 * @ENGRAM_ERROR_INVALID: a value cannot be stored; mend the value. engram_error_get_id() and
 *   engram_error_get_field() say which
 * @ENGRAM_ERROR_NOT_FOUND: there is no neuron or synapse of that id
 * @ENGRAM_ERROR_EXISTS: the id, or the file, exists already; choose another
 * @ENGRAM_ERROR_NO_FILE: there is no such file, or it may not be read
 * @ENGRAM_ERROR_NOT_A_NETWORK: the file is something else; choose another file
 * @ENGRAM_ERROR_NEWER: a newer program wrote the file; it can be looked at, not written
 * @ENGRAM_ERROR_BUSY: another program holds a lock; close it, or try again
 * @ENGRAM_ERROR_READ_ONLY: the file can be looked at, not written; work on a copy
 * @ENGRAM_ERROR_NO_SPACE: the disk is full; make space
 * @ENGRAM_ERROR_DAMAGED: the file is broken; check it, or restore a backup
 * @ENGRAM_ERROR_CHANGED: somebody else has changed the record since it was read; look at both, and choose
 *
 * Codes of %ENGRAM_ERROR. Each is a decision that a caller can make.
 */
typedef enum {
  ENGRAM_ERROR_FAILED,
  ENGRAM_ERROR_INVALID,
  ENGRAM_ERROR_NOT_FOUND,
  ENGRAM_ERROR_EXISTS,
  ENGRAM_ERROR_NO_FILE,
  ENGRAM_ERROR_NOT_A_NETWORK,
  ENGRAM_ERROR_NEWER,
  ENGRAM_ERROR_BUSY,
  ENGRAM_ERROR_READ_ONLY,
  ENGRAM_ERROR_NO_SPACE,
  ENGRAM_ERROR_DAMAGED,
  ENGRAM_ERROR_CHANGED,
} EngramError;

GQuark      engram_error_quark     (void);

/**
 * engram_error_get_id:
 * @error: an error
 *
 * Returns: (nullable): the id of the neuron or synapse that an error of %ENGRAM_ERROR is about
 */
const char *engram_error_get_id    (const GError *error);

/**
 * engram_error_get_field:
 * @error: an error
 *
 * Returns: (nullable): the field of the neuron or synapse that an error of %ENGRAM_ERROR is about, by its name in the
 *   JSON document
 */
const char *engram_error_get_field (const GError *error);

ENGRAM_END_DECLS
