/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "engram-error.h"
#include "model/engram-record-kind.h"

G_BEGIN_DECLS

/* Sets an error about one record. @id and @field may be NULL. The message reads "neuron ID, FIELD: " and then the
 * formatted reason. */
void engram_set_record_error (GError           **error,
                              EngramError        code,
                              EngramRecordKind   kind,
                              const char        *id,
                              const char        *field,
                              const char        *format,
                              ...) G_GNUC_PRINTF (6, 7);

G_END_DECLS
