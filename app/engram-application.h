/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_APPLICATION (engram_application_get_type ())

G_DECLARE_FINAL_TYPE (EngramApplication, engram_application, ENGRAM, APPLICATION, AdwApplication)

EngramApplication *engram_application_new             (GApplicationFlags   flags);
int                engram_application_get_exit_status (EngramApplication  *self);

G_END_DECLS
