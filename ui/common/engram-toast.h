/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A toast that says @text as it stands: libadwaita takes it for markup, and shows nothing where a "<" is in it. */
AdwToast *engram_toast_new (const char *text);

G_END_DECLS
