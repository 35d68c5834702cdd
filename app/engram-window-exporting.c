/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "dialogs/export/engram-export-dialog.h"

static EngramRecordModel *
get_model (EngramWindow *self)
{
  EngramRecordKind kind = engram_network_page_get_kind (self->network_page);

  return engram_record_list_get_model (engram_network_page_get_list (self->network_page, kind));
}

static void
present (EngramWindow     *self,
         EngramExportWhat  what)
{
  engram_export_dialog_present (GTK_WINDOW (self), engram_network_page_get_session (self->network_page),
                                get_model (self), what);
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  present (user_data, ENGRAM_EXPORT_ALL);
}

static void
export_shown_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  present (user_data, ENGRAM_EXPORT_SHOWN);
}

static void
export_selected_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  present (user_data, ENGRAM_EXPORT_SELECTED);
}

static const GActionEntry actions[] = {
  { "export", export_cb },
  { "export-shown", export_shown_cb },
  { "export-selected", export_selected_cb },
};

static void
set_enabled (EngramWindow *self,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
engram_window_update_exporting (EngramWindow *self)
{
  EngramRecordKind kind = engram_network_page_get_kind (self->network_page);
  EngramSession *session =
    self->state == ENGRAM_WINDOW_NETWORK ? engram_network_page_get_session (self->network_page) : NULL;
  EngramRecordModel *model = session != NULL ? get_model (self) : NULL;
  EngramSelection *selection = session != NULL ? engram_session_get_selection (session) : NULL;

  set_enabled (self, "export", session != NULL);
  set_enabled (self, "export-shown",
               model != NULL && engram_record_model_is_counted (model) &&
               g_list_model_get_n_items (G_LIST_MODEL (model)) > 0);
  set_enabled (self, "export-selected",
               selection != NULL && engram_row_set_get_size (engram_selection_get (selection, kind)) > 0);
}

void
engram_window_add_exporting (EngramWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  /* Tells of another list, of rows that came or went, and of another selection. */
  g_signal_connect_object (self->network_page, "notify::status", G_CALLBACK (engram_window_update_exporting), self,
                           G_CONNECT_SWAPPED);
}
