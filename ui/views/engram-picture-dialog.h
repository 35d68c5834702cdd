/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "views/engram-picture-output.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PICTURE_DIALOG (engram_picture_dialog_get_type ())

/* Asks how a picture of a scene shall be saved, and shows how it will look. */
G_DECLARE_FINAL_TYPE (EngramPictureDialog, engram_picture_dialog, ENGRAM, PICTURE_DIALOG, AdwWindow)

/* The sizes to choose from. */
typedef enum {
  ENGRAM_PICTURE_AS_SHOWN,
  ENGRAM_PICTURE_TWICE,
  ENGRAM_PICTURE_FOUR_TIMES,
  ENGRAM_PICTURE_IN_MILLIMETRES,
} EngramPictureSizing;

/* @session: whose job the saving is. Shows it above @parent. */
void             engram_picture_dialog_present    (GtkWindow                 *parent,
                                                   EngramPictureSubject      *subject,
                                                   EngramSession             *session);

/* The dialog before it is shown, and what it does once a file is chosen; for tests. The first returns (transfer none),
 * the second (transfer full). */
GtkWidget       *engram_picture_dialog_new        (EngramPictureSubject      *subject,
                                                   EngramSession             *session);
EngramJob       *engram_picture_dialog_save       (EngramPictureDialog       *self,
                                                   const char                *path);

G_END_DECLS
