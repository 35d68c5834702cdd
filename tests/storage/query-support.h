/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* Three ids. */
#define QUERY_ID_A "7b0c1f4e-2f3a-4c5d-8e9f-0a1b2c3d4e5f"
#define QUERY_ID_B "0e9d8c7b-6a5f-4e3d-9c1b-a0f1e2d3c4b5"
#define QUERY_ID_C "12345678-1234-5234-a234-123456789abc"

/* What a term asks for, and all terms of a query, as text for comparing. */
void         query_test_append_term (GString               *text,
                                     const EngramQueryTerm *term);
char        *query_test_describe    (EngramQuery           *query);

/* Text that is right. */
EngramQuery *query_test_parse       (const char            *text);

G_END_DECLS
