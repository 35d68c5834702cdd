/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* The same number for equal rows; 0 for a row that equals none. */
typedef guint64  (*EngramRowHashFunc)      (guint                 row,
                                            gpointer              data);
/* Whether two rows of one hash are equal; FALSE with @error set where that cannot be known. */
typedef gboolean (*EngramRowsEqualFunc)    (guint                 first,
                                            guint                 second,
                                            gpointer              data,
                                            gboolean             *is_equal,
                                            GError              **error);

/* (transfer full): for each of the rows 0, 1, ... whether another one equals it, or NULL with @error set. */
guint8  *engram_equal_rows_find            (guint                 n_rows,
                                            EngramRowHashFunc     hash,
                                            EngramRowsEqualFunc   equal,
                                            gpointer              data,
                                            GError              **error);

/* Every bit of the result depends on every bit of @bits: the finalizer of MurmurHash3. Austin Appleby, public domain,
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp (fmix64). */
static inline guint64
engram_equal_rows_mix (guint64 bits)
{
  bits = (bits ^ (bits >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  bits = (bits ^ (bits >> 33)) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return bits ^ (bits >> 33);
}

G_END_DECLS
