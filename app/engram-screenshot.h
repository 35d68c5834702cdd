/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-window.h"

G_BEGIN_DECLS

void     engram_screenshot_async  (EngramWindow         *window,
                                   const char           *path,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean engram_screenshot_save   (GtkWindow            *window,
                                   const char           *path,
                                   GError              **error);
gboolean engram_screenshot_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
