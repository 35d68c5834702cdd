/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* What an integrity report says to people, wherever it is shown. Texts are translated. */

/* "Errors", "Warnings", "Notes" */
const char *engram_severity_get_title            (EngramSeverity               severity);
/* "Error", "Warning", "Note" */
const char *engram_severity_get_label            (EngramSeverity               severity);
const char *engram_severity_get_icon             (EngramSeverity               severity);
/* How many things of that severity were found. */
guint64     engram_integrity_report_count        (EngramIntegrityReport       *report,
                                                  EngramSeverity               severity);
/* "Nothing Was Found", "8 Errors and 1 Warning" (transfer full) */
char       *engram_integrity_report_dup_title    (EngramIntegrityReport       *report);
/* What was checked, how long it took, and what it means. (transfer full) */
char       *engram_integrity_report_dup_summary  (EngramIntegrityReport       *report);
/* "3 problems found": of errors and warnings (transfer full) */
char       *engram_integrity_report_dup_problems (EngramIntegrityReport       *report);

G_END_DECLS
