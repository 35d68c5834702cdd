/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_PREFERENCES (engram_preferences_get_type ())

/* What a person may want otherwise; each change is in force at once. */
G_DECLARE_FINAL_TYPE (EngramPreferences, engram_preferences, ENGRAM, PREFERENCES, AdwPreferencesWindow)

GtkWidget *engram_preferences_new   (GtkWindow *parent);
/* Makes the preferences felt by the program, now and whenever they change: colours, figures, the index's limit. Once,
 * in the application's startup. */
void       engram_preferences_apply (void);

G_END_DECLS
