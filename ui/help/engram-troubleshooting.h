/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * engram_troubleshooting_describe_async:
 * @display: (nullable): the display, or %NULL where there is none
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Collects what a report of a fault needs to say of this computer: "NAME: VALUE" lines in English, whatever the
 * language, since other people read them. They name no file and no person. What takes time is done in a worker.
 */
void  engram_troubleshooting_describe_async  (GdkDisplay           *display,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);

/**
 * engram_troubleshooting_describe_finish:
 * @result: what the callback was given
 * @error: where to say why not
 *
 * Returns: (transfer full): the text, or %NULL with @error set
 */
char *engram_troubleshooting_describe_finish (GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
