/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include <glib/gi18n.h>

/* The actions of a window. They are entries of the window itself and not of its class, for those alone GtkApplication
 * shows on D-Bus. */

static void
set_enabled (EngramWindow *self,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static EngramSession *
get_session (EngramWindow *self)
{
  return engram_network_page_get_session (self->network_page);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  engram_network_page_go_back (ENGRAM_WINDOW (user_data)->network_page);
}

static void
select_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  engram_network_page_select (ENGRAM_WINDOW (user_data)->network_page, g_variant_get_string (parameter, NULL));
}

static void
select_previous_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  engram_selection_go_back (engram_session_get_selection (get_session (user_data)));
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  engram_network_page_search (ENGRAM_WINDOW (user_data)->network_page);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  engram_session_undo (get_session (user_data));
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  engram_session_redo (get_session (user_data));
}

/* Keys go to the window first. Who types in a field means the field. */
static gboolean
is_for_field (EngramWindow *self,
              const char   *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  gtk_widget_activate_action (focus, action, NULL);
  return TRUE;
}

static void
undo_by_key_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  if (!is_for_field (user_data, "text.undo"))
    g_action_group_activate_action (G_ACTION_GROUP (user_data), "undo", NULL);
}

static void
redo_by_key_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  if (!is_for_field (user_data, "text.redo"))
    g_action_group_activate_action (G_ACTION_GROUP (user_data), "redo", NULL);
}

static void
next_part_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  engram_window_focus_part (user_data, FALSE);
}

static void
previous_part_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  engram_window_focus_part (user_data, TRUE);
}

static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  engram_network_page_delete_selected (ENGRAM_WINDOW (user_data)->network_page);
}

static void
new_neuron_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  engram_network_page_create_neuron (ENGRAM_WINDOW (user_data)->network_page, g_variant_get_string (parameter, NULL));
}

static void
pairs_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EngramWindow *self = user_data;

  engram_network_page_show_pairs (self->network_page);
}

static void
save_picture_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramWindow *self = user_data;

  engram_network_page_save_picture (self->network_page);
}

static void
copy_picture_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramWindow *self = user_data;

  engram_network_page_copy_picture (self->network_page);
}

static void
print_picture_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  EngramWindow *self = user_data;

  engram_network_page_print_picture (self->network_page);
}

static void
save_as_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  engram_window_save_as (user_data);
}

static void
keep_open_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  engram_window_keep_open (user_data);
}

static void
copy_and_edit_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  engram_window_copy_and_edit (user_data);
}

static void
edit_cb (GSimpleAction *action,
         GVariant      *value,
         gpointer       user_data)
{
  engram_session_set_editing (get_session (user_data), g_variant_get_boolean (value));
}

/* The search button */

static gboolean
is_searching (EngramWindow *self)
{
  gboolean searching;

  g_object_get (self->network_page, "searching", &searching, NULL);
  return searching;
}

/* A key, or a program that reads the screen, holds the button for a quarter of a second before it acts. What it does is
 * what it stood for when it was pressed: a search that was begun meanwhile does not end. */
void
engram_window_search_pressed (EngramWindow *self)
{
  if (!self->search_pressed)
    self->search_wanted = !is_searching (self);
  self->search_pressed = TRUE;
}

void
engram_window_search_clicked (EngramWindow *self)
{
  gboolean searching = is_searching (self);
  gboolean wanted = self->search_pressed ? self->search_wanted : !searching;

  self->search_pressed = FALSE;
  if (wanted != searching)
    g_object_set (self->network_page, "searching", wanted, NULL);
  gtk_toggle_button_set_active (self->search_button, wanted);
}

static const GActionEntry actions[] = {
  { "back", back_cb },
  { "select", select_cb, "s" },
  { "select-previous", select_previous_cb },
  { "search", search_cb },
  { "edit", NULL, NULL, "false", edit_cb },
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "undo-by-key", undo_by_key_cb },
  { "redo-by-key", redo_by_key_cb },
  { "next-part", next_part_cb },
  { "previous-part", previous_part_cb },
  { "delete", delete_cb },
  { "pairs", pairs_cb },
  { "save-picture", save_picture_cb },
  { "copy-picture", copy_picture_cb },
  { "print-picture", print_picture_cb },
  { "new-neuron", new_neuron_cb, "s" },
  { "save-as", save_as_cb },
  { "copy-and-edit", copy_and_edit_cb },
  { "keep-open", keep_open_cb },
};

/* Which are there to be used */

static gboolean
get_boolean (EngramSession *session,
             const char    *property)
{
  gboolean value = FALSE;

  if (session != NULL)
    g_object_get (session, property, &value, NULL);
  return value;
}

static void
update_editing (EngramWindow *self,
                gboolean      editing)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "edit");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (editing));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->edit_button),
                               !g_action_get_enabled (action) ? _("This network can only be looked at, not changed")
                               : editing                      ? _("Stop changing the network")
                                                              : _("Change the network"));
}

/* The button says what it would do: "Undo: Delete 12 neurons". */
static void
update_button (GtkWidget  *button,
               gboolean    visible,
               const char *name,
               const char *label)
{
  /* Translators: "Undo" or "Redo", then the name of a step of the history, "Delete 12 neurons". */
  g_autofree char *text = label != NULL ? g_strdup_printf (_("%s: %s"), name, label) : g_strdup (name);

  gtk_widget_set_visible (button, visible);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static gboolean
has_selection (EngramWindow  *self,
               EngramSession *session)
{
  EngramRecordKind kind = engram_network_page_get_kind (self->network_page);

  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (session), kind)) > 0;
}

void
engram_window_update_actions (EngramWindow *self)
{
  EngramSession *session = self->state == ENGRAM_WINDOW_NETWORK ? get_session (self) : NULL;
  gboolean editable = session != NULL && engram_session_get_editable (session);
  gboolean editing = session != NULL && engram_session_get_editing (session);
  gboolean can_undo = editable && get_boolean (session, "can-undo");
  gboolean can_redo = editable && get_boolean (session, "can-redo");
  gboolean has_room = self->room >= ENGRAM_WINDOW_ROOM_FOR_UNDO;

  set_enabled (self, "select", session != NULL);
  set_enabled (self, "select-previous",
               session != NULL && engram_selection_can_go_back (engram_session_get_selection (session)));
  set_enabled (self, "search", session != NULL);
  set_enabled (self, "save-as", session != NULL);
  set_enabled (self, "copy-and-edit", session != NULL && !editable);
  set_enabled (self, "pairs", session != NULL);
  set_enabled (self, "save-picture", engram_network_page_has_picture (self->network_page));
  set_enabled (self, "copy-picture", engram_network_page_has_picture (self->network_page));
  set_enabled (self, "print-picture", engram_network_page_has_picture (self->network_page));
  set_enabled (self, "edit", editable);
  engram_window_update_dialogs (self);
  engram_window_update_exporting (self);
  set_enabled (self, "new-neuron", editable);
  set_enabled (self, "delete", editing && has_selection (self, session));
  set_enabled (self, "undo", can_undo);
  set_enabled (self, "redo", can_redo);
  update_editing (self, editing);
  update_button (self->undo_button, has_room && (editing || can_undo), _("Undo"),
                 session != NULL ? engram_session_get_undo_label (session) : NULL);
  update_button (self->redo_button, has_room && (editing || can_redo), _("Redo"),
                 session != NULL ? engram_session_get_redo_label (session) : NULL);
}

static void
selection_changed_cb (EngramWindow *self)
{
  engram_window_update_actions (self);
}

static void
done_cb (EngramWindow *self)
{
  engram_window_note_work (self);
}

/* The page has a session, or has it no more. */
void
engram_window_follow_session (EngramWindow *self)
{
  EngramSession *session = get_session (self);

  g_signal_group_set_target (self->session_signals, session);
  if (session != NULL)
    g_signal_connect_object (engram_session_get_selection (session), "changed", G_CALLBACK (selection_changed_cb), self,
                             G_CONNECT_SWAPPED);
  if (session != NULL && self->edits_when_open && engram_session_get_editable (session))
    engram_session_set_editing (session, TRUE);
  engram_window_update_actions (self);
}

/* What is offered in the menu: all types that are registered, also those that a person has described. */
static void
fill_new_neuron_menu (EngramWindow *self)
{
  g_autoptr (GPtrArray) types = engram_type_registry_list (engram_type_registry_get_default ());

  for (guint i = 0; i < types->len; i++)
    {
      EngramNeuronType *type = g_ptr_array_index (types, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (engram_neuron_type_get_label (type), NULL);

      g_menu_item_set_action_and_target (item, "win.new-neuron", "s", engram_neuron_type_get_name (type));
      g_menu_append_item (self->new_neuron_menu, item);
    }
}

static void
add_property_action (EngramWindow *self,
                     const char   *name,
                     const char   *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, self->network_page, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

void
engram_window_add_actions (EngramWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  add_property_action (self, "details", "details-visible");
  add_property_action (self, "filters", "filters-visible");
  add_property_action (self, "searching", "searching");
  add_property_action (self, "view", "view");
  engram_window_add_dialogs (self);
  engram_window_add_exporting (self);
  g_object_bind_property (self->network_page, "searching", self->search_button, "active", G_BINDING_SYNC_CREATE);
  set_enabled (self, "back", FALSE);
  fill_new_neuron_menu (self);

  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify", G_CALLBACK (engram_window_update_actions), self);
  g_signal_group_connect_swapped (self->session_signals, "done", G_CALLBACK (done_cb), self);
  engram_window_update_actions (self);
}
