/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

/* Something was written, and so a scene comes that shows what is in the file. */
static void
done_cb (EngramSpaceView *self,
         const char      *label,
         gboolean         undoable)
{
  self->written = self->written || undoable;
}

/* Where nothing was written the points go back to where the file has them. */
static void
busy_cb (EngramSpaceView *self)
{
  gboolean busy;

  g_object_get (self->session, "busy", &busy, NULL);
  if (busy || !self->writing || self->written)
    return;
  self->writing = FALSE;
  if (engram_space_view_get_scene (self) != NULL)
    engram_space_view_move_to (self, engram_space_view_dup_file_places (self));
  engram_space_view_update (self);
}

void
engram_space_view_connect_writing (EngramSpaceView *self)
{
  g_signal_connect_object (self->session, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
}

void
engram_space_view_write (EngramSpaceView   *self,
                         EngramArrangement *arrangement,
                         const char        *label)
{
  self->writing = TRUE;
  self->written = FALSE;
  engram_session_arrange (self->session, arrangement, label);
  engram_space_view_update (self);
}
