/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* What the tests of arrangements share: networks of many neurons that are made at once. */

/* Adds neurons in rows 3, 5, 7...: @vectors, n x dimension numbers, and @places, n x 3. */
void   arrange_add_neurons    (StoreFixture *fixture,
                               guint         n,
                               guint         dimension,
                               const float  *vectors,
                               const float  *places);
/* A statement that joins two of these, by their number, with a synapse: for arrange_run_sql(). */
void   arrange_append_synapse (GString      *sql,
                               guint         source,
                               guint         target,
                               double        weight);
#define ARRANGE_ROWID(number) (2 * (gint64) (number) + 3)

/* What another program does: any number of statements, in one transaction. */
void   arrange_run_sql        (StoreFixture *fixture,
                               const char   *sql);

/* (transfer full): numbers that are about normal */
float *arrange_make_numbers   (guint32       seed,
                               gsize         n);
double arrange_get_cosine     (const float  *a,
                               const float  *b,
                               guint         dimension);

/* For a progress function: that it never goes backwards; user_data is a double that is 0 first, how far it has come. */
void   arrange_check_progress (const char   *phase,
                               double        fraction,
                               gpointer      user_data);
/* Cancels the GCancellable that is user_data when work has begun in earnest. */
void   arrange_cancel         (const char   *phase,
                               double        fraction,
                               gpointer      user_data);

G_END_DECLS
