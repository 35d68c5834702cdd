/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-field-control.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "common/engram-control.h"
#include "common/engram-type-style.h"
#include "details/engram-source-view.h"
#include "details/engram-tag-editor.h"

/* A scale is let go when it has stood still for so long. */
#define SETTLE_MILLISECONDS 400
#define SCALE_STEPS 1000

struct _EngramFieldControl
{
  GtkWidget parent_instance;

  EngramControlKind kind;
  gboolean setting;          /* what changes is not by the person */
  guint settling;            /* source that says that the scale was let go, or 0 */
  GtkWidget *content;
  GtkWidget *input;          /* what is typed in, or clicked */
  GtkRange *scale;
  GtkTextBuffer *buffer;
  GtkStringList *choices;
};

G_DEFINE_FINAL_TYPE (EngramFieldControl, engram_field_control, GTK_TYPE_WIDGET)

enum { CHANGED, COMMIT, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
emit_commit (EngramFieldControl *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  g_signal_emit (self, signals[COMMIT], 0);
}

static void
changed_cb (EngramFieldControl *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
decided_cb (EngramFieldControl *self)
{
  if (self->setting)
    return;
  g_signal_emit (self, signals[CHANGED], 0);
  emit_commit (self);
}

static void
focus_left_cb (EngramFieldControl *self)
{
  /* A text of many lines is saved by its button. */
  if (!engram_field_text_is_long (self->kind) && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    {
      engram_field_control_finish (self);
      emit_commit (self);
    }
}

/* Entries and scales */

static gboolean
settled_cb (gpointer user_data)
{
  EngramFieldControl *self = user_data;

  self->settling = 0;
  emit_commit (self);
  return G_SOURCE_REMOVE;
}

/* The scale rounds to what a hand can aim at; the entry keeps every figure until the scale is moved. */
static gboolean
scale_moved_cb (EngramFieldControl *self,
                GtkScrollType       scroll,
                double              value)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (self->scale);
  double lower = gtk_adjustment_get_lower (adjustment), upper = gtk_adjustment_get_upper (adjustment);
  char text[ENGRAM_NUMBER_LENGTH];

  engram_number_format (round (CLAMP (value, lower, upper) * SCALE_STEPS) / SCALE_STEPS + 0.0, text);
  gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLE_MILLISECONDS, settled_cb, self);
  return GDK_EVENT_PROPAGATE;
}

static void
follow_entry_cb (EngramFieldControl *self)
{
  g_autofree char *problem = NULL;
  g_autofree char *json = engram_field_text_to_json (ENGRAM_CONTROL_NUMBER,
                                                     gtk_editable_get_text (GTK_EDITABLE (self->input)), &problem);
  double number;

  if (json != NULL && engram_number_parse (json, strlen (json), &number))
    gtk_range_set_value (self->scale, number);
}

static GtkWidget *
entry_new (EngramFieldControl *self)
{
  self->input = gtk_entry_new ();
  if (self->kind != ENGRAM_CONTROL_TIME)
    {
      gtk_entry_set_input_purpose (GTK_ENTRY (self->input), GTK_INPUT_PURPOSE_NUMBER);
      gtk_editable_set_alignment (GTK_EDITABLE (self->input), 1);
    }
  gtk_editable_set_width_chars (GTK_EDITABLE (self->input), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->input), self->kind == ENGRAM_CONTROL_TIME ? 26 : 14);
  gtk_widget_add_css_class (self->input, "numeric");
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->input, "activate", G_CALLBACK (emit_commit), self);
  return self->input;
}

/* Who scrolls through the fields changes none. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static GtkWidget *
scale_new (EngramFieldControl *self,
           const char         *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  double lower = self->kind == ENGRAM_CONTROL_WEIGHT ? -1 : 0;

  self->scale = GTK_RANGE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, lower, 1, 0.01));
  /* GtkRange rounds to the step otherwise, before the entry's figures could be followed. */
  gtk_range_set_round_digits (self->scale, -1);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  if (lower < 0)
    {
      gtk_scale_set_has_origin (GTK_SCALE (self->scale), FALSE);
      gtk_scale_add_mark (GTK_SCALE (self->scale), 0, GTK_POS_BOTTOM, NULL);
    }
  ignore_wheel (GTK_WIDGET (self->scale));
  gtk_widget_set_size_request (GTK_WIDGET (self->scale), 72, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->scale), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scale));
  gtk_box_append (GTK_BOX (box), entry_new (self));
  g_signal_connect_swapped (self->input, "changed", G_CALLBACK (follow_entry_cb), self);
  g_signal_connect_swapped (self->scale, "change-value", G_CALLBACK (scale_moved_cb), self);
  return box;
}

/* Others */

static GtkWidget *
text_new (EngramFieldControl *self)
{
  const char *language = NULL;

  if (self->kind == ENGRAM_CONTROL_CODE)
    language = "python3";
  else if (self->kind != ENGRAM_CONTROL_TEXT)
    language = "json";
  self->input = engram_source_view_new (language, "");
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
  if (self->kind == ENGRAM_CONTROL_CODE)
    g_object_set (self->input, "show-line-numbers", TRUE, NULL);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return engram_source_view_wrap (self->input, self->kind != ENGRAM_CONTROL_CODE);
}

static GtkWidget *
switch_new (EngramFieldControl *self)
{
  self->input = gtk_switch_new ();
  gtk_widget_set_valign (self->input, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->input, "notify::active", G_CALLBACK (decided_cb), self);
  return self->input;
}

static char *
dup_type_label (GtkStringObject *type)
{
  return engram_type_style_dup_label (gtk_string_object_get_string (type));
}

static GtkWidget *
drop_down_new (EngramFieldControl *self,
               const char *const  *choices)
{
  GtkExpression *label = NULL;

  self->choices = gtk_string_list_new (choices);
  if (self->kind == ENGRAM_CONTROL_TYPE)
    label = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_type_label), NULL, NULL);
  /* The drop-down takes one of both. */
  self->input = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (self->choices)), label);
  g_signal_connect_swapped (self->input, "notify::selected", G_CALLBACK (decided_cb), self);
  return self->input;
}

static GtkWidget *
tags_new (EngramFieldControl *self)
{
  GtkWidget *tags = engram_tag_editor_new ();

  self->input = engram_tag_editor_get_entry (ENGRAM_TAG_EDITOR (tags));
  g_signal_connect_swapped (tags, "changed", G_CALLBACK (decided_cb), self);
  return tags;
}

static GtkWidget *
content_new (EngramFieldControl *self,
             const char         *title,
             const char *const  *choices)
{
  switch (self->kind)
    {
    case ENGRAM_CONTROL_BOOLEAN:
      return switch_new (self);
    case ENGRAM_CONTROL_TAGS:
      return tags_new (self);
    case ENGRAM_CONTROL_CHOICE:
    case ENGRAM_CONTROL_TYPE:
      return drop_down_new (self, choices);
    case ENGRAM_CONTROL_LEVEL:
    case ENGRAM_CONTROL_WEIGHT:
      return scale_new (self, title);
    case ENGRAM_CONTROL_NUMBER:
    case ENGRAM_CONTROL_INTEGER:
    case ENGRAM_CONTROL_TIME:
      return entry_new (self);
    case ENGRAM_CONTROL_TEXT:
    case ENGRAM_CONTROL_CODE:
    case ENGRAM_CONTROL_JSON:
    case ENGRAM_CONTROL_OBJECT:
    case ENGRAM_CONTROL_LIST:
    default:
      return text_new (self);
    }
}

/* GObject */

static void
engram_field_control_dispose (GObject *object)
{
  EngramFieldControl *self = ENGRAM_FIELD_CONTROL (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (engram_field_control_parent_class)->dispose (object);
}

static gboolean
engram_field_control_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ENGRAM_FIELD_CONTROL (widget)->input);
}

static void
engram_field_control_class_init (EngramFieldControlClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_field_control_dispose;
  widget_class->grab_focus = engram_field_control_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[COMMIT] = g_signal_new ("commit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
engram_field_control_init (EngramFieldControl *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * engram_field_control_new:
 * @kind: what is edited
 * @title: what it is, for screen readers
 * @choices: (nullable) (array zero-terminated=1): known texts, where one of them is chosen
 *
 * Returns: (transfer floating): a control without a text
 */
GtkWidget *
engram_field_control_new (EngramControlKind   kind,
                          const char         *title,
                          const char *const  *choices)
{
  EngramFieldControl *self = g_object_new (ENGRAM_TYPE_FIELD_CONTROL, NULL);

  self->kind = kind;
  self->content = content_new (self, title, choices);
  engram_control_set_name (self->input, title);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/* A text that is not among the known ones becomes one of them. */
static guint
find_choice (EngramFieldControl *self,
             const char         *text)
{
  guint n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = 0; i < n_choices; i++)
    if (g_str_equal (gtk_string_list_get_string (self->choices, i), text))
      return i;
  gtk_string_list_append (self->choices, text);
  return n_choices;
}

static void
set_tags (EngramFieldControl *self,
          const char         *json)
{
  g_auto (GStrv) tags = engram_field_text_to_tags (json);

  engram_tag_editor_set_tags (ENGRAM_TAG_EDITOR (self->content), (const char *const *) tags);
}

/**
 * engram_field_control_set_text:
 * @self: a control
 * @text: what engram_field_text_from_json() gave
 *
 * Shows a text, without a signal.
 */
void
engram_field_control_set_text (EngramFieldControl *self,
                               const char         *text)
{
  g_return_if_fail (ENGRAM_IS_FIELD_CONTROL (self));

  self->setting = TRUE;
  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->buffer != NULL)
    gtk_text_buffer_set_text (self->buffer, text, -1);
  else if (self->kind == ENGRAM_CONTROL_BOOLEAN)
    gtk_switch_set_active (GTK_SWITCH (self->input), g_str_equal (text, "true"));
  else if (self->choices != NULL)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->input), find_choice (self, text));
  else if (self->kind == ENGRAM_CONTROL_TAGS)
    set_tags (self, text);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  self->setting = FALSE;
}

static char *
dup_buffer_text (EngramFieldControl *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static char *
dup_choice (EngramFieldControl *self)
{
  return g_strdup (gtk_string_list_get_string (self->choices,
                                               gtk_drop_down_get_selected (GTK_DROP_DOWN (self->input))));
}

/**
 * engram_field_control_dup_text:
 * @self: a control
 *
 * Returns: (transfer full): what it holds
 */
char *
engram_field_control_dup_text (EngramFieldControl *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_CONTROL (self), NULL);

  if (self->buffer != NULL)
    return dup_buffer_text (self);
  if (self->kind == ENGRAM_CONTROL_BOOLEAN)
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->input)) ? "true" : "false");
  if (self->choices != NULL)
    return dup_choice (self);
  if (self->kind == ENGRAM_CONTROL_TAGS)
    {
      g_auto (GStrv) tags = engram_tag_editor_dup_tags (ENGRAM_TAG_EDITOR (self->content));

      return engram_field_text_from_tags ((const char *const *) tags);
    }
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input)));
}

/**
 * engram_field_control_finish:
 * @self: a control
 *
 * Takes in what has been begun to be typed: a tag that was not added yet.
 */
void
engram_field_control_finish (EngramFieldControl *self)
{
  g_return_if_fail (ENGRAM_IS_FIELD_CONTROL (self));

  if (self->kind == ENGRAM_CONTROL_TAGS)
    engram_tag_editor_add (ENGRAM_TAG_EDITOR (self->content));
}

/**
 * engram_field_control_get_input:
 * @self: a control
 *
 * Returns: (transfer none): the widget that is typed in, or clicked
 */
GtkWidget *
engram_field_control_get_input (EngramFieldControl *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_CONTROL (self), NULL);

  return self->input;
}
