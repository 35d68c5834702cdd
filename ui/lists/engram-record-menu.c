/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

#include <glib/gi18n.h>

#include "lists/engram-record-cells.h"

/* The context menu of a list. */

static void
append_row_items (EngramRecordList *self,
                  GMenu            *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  if (self->menu_row == NULL)
    return;
  if (self->kind == ENGRAM_RECORD_NEURON)
    {
      g_menu_append (section, _("Show _Synapses"), "list.show-synapses");
      g_menu_append (section, _("_Find Similar"), "list.find-similar");
      g_menu_append (section, _("_Near This"), "list.near");
      g_menu_append (section, _("Show in _Graph"), "page.show-in-graph");
      g_menu_append (section, _("Sho_w in Space"), "page.show-in-space");
    }
  else
    {
      g_menu_append (section, _("Go to So_urce"), "list.go-to-source");
      g_menu_append (section, _("Go to _Target"), "list.go-to-target");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_copy_items (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) formats = g_menu_new ();

  g_menu_append (section, _("_Copy"), "list.copy::text");
  g_menu_append (formats, _("_CSV"), "list.copy::csv");
  g_menu_append (formats, _("_JSON"), "list.copy::json");
  g_menu_append (formats, _("_Ids"), "list.copy-ids");
  g_menu_append_submenu (section, _("Cop_y As"), G_MENU_MODEL (formats));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_selection_items (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _("Select _All"), "list.select-all");
  g_menu_append (section, _("Select N_one"), "list.select-none");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_export_items (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _("Export S_hown…"), "win.export-shown");
  g_menu_append (section, _("Export Se_lected…"), "win.export-selected");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_editing_items (EngramRecordList *self,
                      GMenu            *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  if (self->session == NULL || !engram_session_get_editing (self->session))
    return;
  g_menu_append (section, _("_Delete"), "win.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
create_menu (EngramRecordList *self)
{
  GMenu *menu = g_menu_new ();

  append_row_items (self, menu);
  append_copy_items (menu);
  append_selection_items (menu);
  append_export_items (menu);
  append_editing_items (self, menu);
  return G_MENU_MODEL (menu);
}

/* What scrolls in a menu that is too long can have the focus, and has no name in GTK 4.8. */
static void
name_menu (GtkWidget *menu)
{
  GtkWidget *scroller = gtk_popover_get_child (GTK_POPOVER (menu));

  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("List Menu"), -1);
  if (scroller != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("List Menu"), -1);
}

static void
ensure_menu (EngramRecordList *self)
{
  if (self->menu != NULL)
    return;
  self->menu = gtk_popover_menu_new_from_model_full (NULL, GTK_POPOVER_MENU_NESTED);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  name_menu (self->menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

static void
show_menu (EngramRecordList   *self,
           const GdkRectangle *place)
{
  g_autoptr (GMenuModel) model = create_menu (self);

  ensure_menu (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* The menu is about a row and what is selected: a row that is not selected is, alone, from now on. */
static void
choose_row (EngramRecordList *self,
            guint             position)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
  g_clear_object (&self->menu_row);
  self->menu_row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
}

static void
pressed_cb (GtkGestureClick  *gesture,
            int               n_presses,
            double            x,
            double            y,
            EngramRecordList *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint position;

  if (picked == NULL || self->model == NULL || !gtk_widget_is_ancestor (picked, GTK_WIDGET (self->view)) ||
      !engram_record_cells_find_position (picked, &position))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  choose_row (self, position);
  show_menu (self, &(GdkRectangle) { x, y, 1, 1 });
}

/* Returns: the row that has the focus, else the one that was chosen last, or GTK_INVALID_LIST_POSITION */
static guint
find_current (EngramRecordList *self,
              GtkWidget        *focus)
{
  guint position;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)) &&
      engram_record_cells_find_position (focus, &position))
    return position;
  return engram_record_selection_get_current (self->selection);
}

/* Below the row that has the focus, or in the upper left corner. */
static GdkRectangle
find_place (EngramRecordList *self,
            GtkWidget        *focus)
{
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)) &&
      gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return (GdkRectangle) { MAX (bounds.origin.x, 0) + 24, bounds.origin.y, 1, bounds.size.height };
  return (GdkRectangle) { 24, 24, 1, 1 };
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GdkRectangle place = find_place (self, focus);
  guint position;

  if (self->model == NULL)
    return FALSE;
  position = find_current (self, focus);
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    choose_row (self, position);
  show_menu (self, &place);
  return TRUE;
}

/* As every list has them; the keys of rows themselves are GTK's. */
void
engram_record_list_add_bindings (GtkWidgetClass *widget_class)
{
  const GdkModifierType control = GDK_CONTROL_MASK, both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, control, "list.copy", "s", "text");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, control, "list.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, both, "list.select-none", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

void
engram_record_list_add_menu (EngramRecordList *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}
