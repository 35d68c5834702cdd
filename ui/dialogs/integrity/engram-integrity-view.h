/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_INTEGRITY_VIEW (engram_integrity_view_get_type ())

/* An integrity report to be read: what was found, by severity, with the repairs to be chosen one by one; and what was
 * checked.
 *
 * Property "n-chosen" (uint): how many repairs are chosen. Signals: "show-rows" (finding gpointer: const EngramFinding),
 * "check", "save-html", "save-json", "print". Main thread only. */
G_DECLARE_FINAL_TYPE (EngramIntegrityView, engram_integrity_view, ENGRAM, INTEGRITY_VIEW, AdwBin)

GtkWidget             *engram_integrity_view_new             (void);
/* @reason: (nullable): why nothing of it can be repaired */
void                   engram_integrity_view_set_report      (EngramIntegrityView   *self,
                                                              EngramIntegrityReport *report,
                                                              const char            *reason);
EngramIntegrityReport *engram_integrity_view_get_report      (EngramIntegrityView   *self);
/* Whether the network has changed since, and it says so. */
void                   engram_integrity_view_set_stale       (EngramIntegrityView   *self,
                                                              gboolean               stale);
guint                  engram_integrity_view_get_n_chosen    (EngramIntegrityView   *self);
/* The kinds of findings whose repair is chosen: (transfer full) (array zero-terminated=1) */
char                 **engram_integrity_view_dup_chosen      (EngramIntegrityView   *self);

G_END_DECLS
