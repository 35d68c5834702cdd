/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "edit-support.h"

G_BEGIN_DECLS

/* What the tests of comparisons share: the small network of history-fixture.h, and another file beside it. */

/* The path of a copy of the network as it is. */
char             *comparison_copy         (HistoryFixture *fixture,
                                           const char     *name);
/* What another program does to a file, without regard for the rules of its tables. */
void              comparison_run_sql      (const char     *path,
                                           const char     *sql);
EngramComparison *comparison_make         (HistoryFixture *fixture,
                                           const char     *other);
/* Of both kinds: "same touched added changed removed unclear unclear_other | ...". */
void              comparison_assert_counts (EngramComparison *comparison,
                                           const char       *counts);
/* The names of the fields that differ in the one changed row of the kind, with spaces between. */
void              comparison_assert_fields (EngramComparison *comparison,
                                           EngramRecordKind  kind,
                                           const char       *names);

G_END_DECLS
