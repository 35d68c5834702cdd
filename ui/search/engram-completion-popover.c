/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-completion-popover.h"

#include <string.h>

#include <glib/gi18n.h>

#define WIDTH 320
#define MAX_HEIGHT 280

struct _EngramCompletionPopover {
  GtkPopover     parent_instance;

  GtkWidget     *list;        /* borrowed: our child */
  GtkWidget     *scroller;    /* borrowed: our child */
  GtkWidget     *entry;       /* borrowed: lives as long as our parent */
  EngramFacets  *facets;
  GPtrArray     *suggestions; /* as shown */
  gsize          start;       /* what they take the place of */
  gsize          end;
  guint          update_id;
};

G_DEFINE_FINAL_TYPE (EngramCompletionPopover, engram_completion_popover, GTK_TYPE_POPOVER)

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_row (const EngramSuggestion *suggestion)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = create_label (suggestion->title, NULL);
  g_autofree char *name = g_strdup_printf ("%s, %s", suggestion->title, suggestion->detail);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), create_label (suggestion->detail, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
fill (EngramCompletionPopover *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < self->suggestions->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (self->suggestions->pdata[i]));
}

/* A scroll bar that could come is higher than a row, and would leave room below a single one. */
static void
update_scrolling (EngramCompletionPopover *self)
{
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  self->suggestions->len > 1 ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

static gboolean
is_shown (EngramCompletionPopover *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

/* What is chosen is told to those who cannot see it, since the focus stays in the entry. */
static void
describe_choice (EngramCompletionPopover *self,
                 GtkListBoxRow           *row)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  const EngramSuggestion *suggestion;
  g_autofree char *description = NULL;

  if (row == NULL)
    {
      gtk_accessible_reset_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }
  suggestion = self->suggestions->pdata[gtk_list_box_row_get_index (row)];
  description = g_strdup_printf ("%s, %s", suggestion->title, suggestion->detail);
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
select_row (EngramCompletionPopover *self,
            GtkListBoxRow           *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  describe_choice (self, row);
  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
move_selection (EngramCompletionPopover *self,
                int                      step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int place = row != NULL ? gtk_list_box_row_get_index (row) + step : step > 0 ? 0 : (int) self->suggestions->len - 1;

  if (place < (int) self->suggestions->len)
    select_row (self, place >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), place) : NULL);
}

static void
update (EngramCompletionPopover *self,
        gboolean                 all)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));
  gsize cursor = g_utf8_offset_to_pointer (text, position) - text;

  g_ptr_array_unref (self->suggestions);
  self->suggestions = engram_completion_find (text, cursor, all, self->facets, &self->start, &self->end);
  fill (self);
  update_scrolling (self);
  describe_choice (self, NULL);
  if (self->suggestions->len > 0)
    gtk_popover_popup (GTK_POPOVER (self));
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
is_entry_focused (EngramCompletionPopover *self)
{
  return (gtk_widget_get_state_flags (self->entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
update_cb (gpointer user_data)
{
  EngramCompletionPopover *self = user_data;

  self->update_id = 0;
  if (is_entry_focused (self))
    update (self, FALSE);
}

/* Later: the entry moves its cursor after it has told of its text. */
static void
entry_changed_cb (EngramCompletionPopover *self)
{
  if (self->update_id == 0 && is_entry_focused (self))
    self->update_id = g_idle_add_once (update_cb, self);
}

/* It stays open till it is known what may follow: to close in between would show half a term as a mistake. */
static void
accept (EngramCompletionPopover *self,
        GtkListBoxRow           *row)
{
  const EngramSuggestion *suggestion = self->suggestions->pdata[row != NULL ? gtk_list_box_row_get_index (row) : 0];
  g_autofree char *text = g_strdup (suggestion->text);

  engram_completion_popover_replace (self, self->start, self->end, text);
}

/* Rows for what was typed before the last key are no choice any more. */
static void
row_activated_cb (EngramCompletionPopover *self,
                  GtkListBoxRow           *row)
{
  if (self->update_id == 0)
    accept (self, row);
}

static gboolean
move_or_open (EngramCompletionPopover *self,
              int                      step)
{
  if (is_shown (self))
    move_selection (self, step);
  else if (step > 0)
    update (self, TRUE);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (EngramCompletionPopover *self,
                guint                    key,
                guint                    code,
                GdkModifierType          modifiers)
{
  GtkListBoxRow *row;

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  engram_completion_popover_update (self);
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    return move_or_open (self, 1);
  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    return move_or_open (self, -1);
  if (!is_shown (self))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Escape)
    engram_completion_popover_hide (self);
  else if (key == GDK_KEY_Tab || ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && row != NULL))
    accept (self, row);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
focus_left_cb (EngramCompletionPopover *self)
{
  engram_completion_popover_hide (self);
}

static void
watch_entry (EngramCompletionPopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_add_controller (self->entry, focus);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (entry_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
engram_completion_popover_dispose (GObject *object)
{
  EngramCompletionPopover *self = ENGRAM_COMPLETION_POPOVER (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->facets, engram_facets_unref);

  G_OBJECT_CLASS (engram_completion_popover_parent_class)->dispose (object);
}

static void
engram_completion_popover_finalize (GObject *object)
{
  g_ptr_array_unref (ENGRAM_COMPLETION_POPOVER (object)->suggestions);

  G_OBJECT_CLASS (engram_completion_popover_parent_class)->finalize (object);
}

static void
engram_completion_popover_class_init (EngramCompletionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_completion_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_completion_popover_finalize;
}

static void
engram_completion_popover_init (EngramCompletionPopover *self)
{
  self->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_suggestion_free);
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "engram-suggestions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Suggestions"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);

  self->scroller = gtk_scrolled_window_new ();
  update_scrolling (self);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_widget_set_size_request (self->scroller, WIDTH, -1);

  gtk_popover_set_child (GTK_POPOVER (self), self->scroller);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

EngramCompletionPopover *
engram_completion_popover_new (GtkWidget *entry,
                               GtkWidget *parent)
{
  EngramCompletionPopover *self = g_object_new (ENGRAM_TYPE_COMPLETION_POPOVER, NULL);

  self->entry = entry;
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  watch_entry (self);
  return self;
}

void
engram_completion_popover_set_facets (EngramCompletionPopover *self,
                                      EngramFacets            *facets)
{
  g_return_if_fail (ENGRAM_IS_COMPLETION_POPOVER (self));

  if (facets != NULL)
    engram_facets_ref (facets);
  g_clear_pointer (&self->facets, engram_facets_unref);
  self->facets = facets;
}

void
engram_completion_popover_update (EngramCompletionPopover *self)
{
  g_return_if_fail (ENGRAM_IS_COMPLETION_POPOVER (self));

  if (self->update_id == 0)
    return;
  g_clear_handle_id (&self->update_id, g_source_remove);
  update_cb (self);
}

void
engram_completion_popover_hide (EngramCompletionPopover *self)
{
  g_return_if_fail (ENGRAM_IS_COMPLETION_POPOVER (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  describe_choice (self, NULL);
  gtk_popover_popdown (GTK_POPOVER (self));
}

void
engram_completion_popover_replace (EngramCompletionPopover *self,
                                   gsize                    start,
                                   gsize                    end,
                                   const char              *text)
{
  GtkEditable *entry;
  const char *before;
  int first;
  int last;
  int position;

  g_return_if_fail (ENGRAM_IS_COMPLETION_POPOVER (self));

  entry = GTK_EDITABLE (self->entry);
  before = gtk_editable_get_text (entry);
  first = g_utf8_pointer_to_offset (before, before + start);
  last = position = g_utf8_pointer_to_offset (before, before + end);
  /* In this order, for the entry must not be empty in between. */
  gtk_editable_insert_text (entry, text, strlen (text), &position);
  gtk_editable_delete_text (entry, first, last);
  gtk_editable_set_position (entry, position - (last - first));
}
