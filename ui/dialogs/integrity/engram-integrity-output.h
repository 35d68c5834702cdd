/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

/* An integrity report on its way out of the program. Main thread only. */

typedef enum {
  ENGRAM_INTEGRITY_HTML,
  ENGRAM_INTEGRITY_JSON,
} EngramIntegrityFormat;

/* The name that is proposed for a report's file. (transfer full) */
char              *engram_integrity_dup_file_name (EngramIntegrityReport *report,
                                                   EngramIntegrityFormat  format);
/* Writes the report to a file, whole or not at all. (transfer full): the job, started; "Saved “a.html”" is its
 * outcome. */
EngramJob         *engram_integrity_save          (EngramIntegrityReport *report,
                                                   EngramIntegrityFormat  format,
                                                   const char            *path,
                                                   EngramSession         *session);
/* What prints the report on pages of any size: of each finding the first hundred ids. (transfer full) */
GtkPrintOperation *engram_integrity_make_print_operation (EngramIntegrityReport *report);

G_END_DECLS
