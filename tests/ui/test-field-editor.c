/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-field-control.h"
#include "details/engram-field-editor.h"
#include "details/engram-group.h"
#include "details/engram-tag-editor.h"
#include "widget-support.h"

typedef struct {
  EngramFieldEditor *editor;
  GtkWindow *window;
  guint n_commits;
} Screen;

static void
note_commit (EngramFieldEditor *editor,
             Screen            *screen)
{
  screen->n_commits++;
}

static void
screen_open (Screen            *screen,
             EngramControlKind  kind,
             const char        *json)
{
  static const char *const choices[] = { "one", "two", NULL };

  screen->n_commits = 0;
  screen->editor = ENGRAM_FIELD_EDITOR (engram_field_editor_new (kind, "Title", choices));
  g_signal_connect (screen->editor, "commit", G_CALLBACK (note_commit), screen);
  engram_field_editor_set_stored (screen->editor, json);
  screen->window = widget_test_show (GTK_WIDGET (screen->editor), 360, 400);
}

static void
screen_close (Screen *screen)
{
  gtk_window_destroy (screen->window);
}

static GtkWidget *
get_input (Screen *screen)
{
  return engram_field_control_get_input (widget_test_find (screen->editor, ENGRAM_TYPE_FIELD_CONTROL));
}

static void
type (Screen     *screen,
      const char *text)
{
  GtkWidget *input = get_input (screen);

  if (GTK_IS_TEXT_VIEW (input))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (input), text);
}

static void
assert_value (Screen     *screen,
              const char *expected)
{
  g_autofree char *value = engram_field_editor_dup_value (screen->editor);

  g_assert_cmpstr (value, ==, expected);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_clickable (Screen     *screen,
              const char *label)
{
  GtkWidget *button = find_button (screen->editor, label);

  return gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

static void
click (Screen     *screen,
       const char *label)
{
  g_assert_true (is_clickable (screen, label));
  g_signal_emit_by_name (find_button (screen->editor, label), "clicked");
}

static GtkLabel *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Every kind shows what is stored and gives it back untouched. */
static const struct {
  EngramControlKind kind;
  const char *json;
} kinds[] = {
  { ENGRAM_CONTROL_TEXT, "\"a \\u00e4 b\\u0000c\"" },
  { ENGRAM_CONTROL_CODE, "\"def f():\\n\\treturn 1\\n\"" },
  { ENGRAM_CONTROL_JSON, "[1,  2]" },
  { ENGRAM_CONTROL_OBJECT, "{\"a\":  1.50}" },
  { ENGRAM_CONTROL_LIST, "\"[damaged\"" },
  { ENGRAM_CONTROL_NUMBER, "0.10000000000000001" },
  { ENGRAM_CONTROL_LEVEL, "0.123456789012345678" },
  { ENGRAM_CONTROL_LEVEL, "1.5" },
  { ENGRAM_CONTROL_WEIGHT, "-0.3333333333333333" },
  { ENGRAM_CONTROL_INTEGER, "12345678901234567890" },
  { ENGRAM_CONTROL_BOOLEAN, "true" },
  { ENGRAM_CONTROL_BOOLEAN, "null" },
  { ENGRAM_CONTROL_TIME, "\"not a time\"" },
  { ENGRAM_CONTROL_TAGS, "[\"\\u00e4\",\"b\"]" },
  { ENGRAM_CONTROL_CHOICE, "\"two\"" },
  { ENGRAM_CONTROL_CHOICE, "\"another\"" },
};

static void
test_untouched (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Screen screen;

      screen_open (&screen, kinds[i].kind, kinds[i].json);
      g_assert_false (engram_field_editor_is_dirty (screen.editor));
      g_assert_cmpstr (engram_field_editor_get_problem (screen.editor), ==, NULL);
      assert_value (&screen, kinds[i].json);
      widget_test_assert_names (screen.editor);
      engram_field_editor_commit (screen.editor);
      g_assert_cmpuint (screen.n_commits, ==, 0);
      screen_close (&screen);
    }
}

static void
test_number (void)
{
  Screen screen;

  screen_open (&screen, ENGRAM_CONTROL_NUMBER, "0.5");
  type (&screen, "0.x");
  g_assert_nonnull (engram_field_editor_get_problem (screen.editor));
  assert_shows (screen.editor, "Type a number, such as 0.5.");
  g_assert_true (gtk_widget_has_css_class (get_input (&screen), "error"));
  gtk_test_accessible_assert_state (get_input (&screen), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_relation (get_input (&screen), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                       find_label (GTK_WIDGET (screen.editor), "Type a number, such as 0.5."), NULL);
  gtk_widget_activate (get_input (&screen));
  g_assert_cmpuint (screen.n_commits, ==, 0);

  type (&screen, "0.25");
  g_assert_cmpstr (engram_field_editor_get_problem (screen.editor), ==, NULL);
  g_assert_false (gtk_widget_has_css_class (get_input (&screen), "error"));
  g_signal_emit_by_name (get_input (&screen), "activate");
  g_assert_cmpuint (screen.n_commits, ==, 1);
  assert_value (&screen, "0.25");
  screen_close (&screen);
}

/* The focus goes elsewhere. */
static void
test_focus_out (void)
{
  Screen screen;
  GtkWidget *other = gtk_entry_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  screen_open (&screen, ENGRAM_CONTROL_TIME, "null");
  g_object_ref (screen.editor);
  gtk_window_set_child (screen.window, box);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (screen.editor));
  gtk_box_append (GTK_BOX (box), other);
  g_object_unref (screen.editor);
  widget_test_draw (other);
  gtk_widget_grab_focus (get_input (&screen));
  type (&screen, "2025-11-01T09:00:00");
  g_assert_cmpuint (screen.n_commits, ==, 0);
  gtk_widget_grab_focus (other);
  g_assert_cmpuint (screen.n_commits, ==, 1);
  assert_value (&screen, "\"2025-11-01T09:00:00\"");
  screen_close (&screen);
}

static void
test_level (void)
{
  Screen screen;
  GtkRange *scale;
  gboolean handled;

  screen_open (&screen, ENGRAM_CONTROL_LEVEL, "0.123456789");
  scale = widget_test_find (screen.editor, GTK_TYPE_SCALE);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (scale), 0.123456789, 1e-9);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_input (&screen))), ==, "0.123456789");
  g_signal_emit_by_name (scale, "change-value", GTK_SCROLL_JUMP, 0.75, &handled);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_input (&screen))), ==, "0.75");
  /* Once it is let go. */
  g_assert_cmpuint (screen.n_commits, ==, 0);
  wait_until (screen.n_commits == 1);
  assert_value (&screen, "0.75");

  gtk_editable_set_text (GTK_EDITABLE (get_input (&screen)), "0,5");
  g_assert_cmpfloat (gtk_range_get_value (scale), ==, 0.5);
  assert_value (&screen, "0.5");
  screen_close (&screen);
}

static void
test_switch (void)
{
  Screen screen;

  screen_open (&screen, ENGRAM_CONTROL_BOOLEAN, "false");
  gtk_switch_set_active (GTK_SWITCH (get_input (&screen)), TRUE);
  g_assert_cmpuint (screen.n_commits, ==, 1);
  assert_value (&screen, "true");
  screen_close (&screen);
}

static void
test_choice (void)
{
  Screen screen;

  screen_open (&screen, ENGRAM_CONTROL_CHOICE, "\"another\"");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_input (&screen)), 0);
  g_assert_cmpuint (screen.n_commits, ==, 1);
  assert_value (&screen, "\"one\"");
  screen_close (&screen);
}

static GtkWidget *
find_named_button (gpointer    widget,
                   const char *tooltip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named_button (child, tooltip);
  return found;
}

static void
test_tags (void)
{
  Screen screen;
  GtkWidget *remove, *add;

  screen_open (&screen, ENGRAM_CONTROL_TAGS, "[\"axon\", \"spike\"]");
  assert_shows (screen.editor, "axon\nspike\n");
  type (&screen, " soma ");
  g_signal_emit_by_name (get_input (&screen), "activate");
  g_assert_cmpuint (screen.n_commits, ==, 1);
  assert_value (&screen, "[\"axon\", \"spike\", \"soma\"]");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_input (&screen))), ==, "");
  widget_test_assert_names (screen.editor);

  remove = widget_test_find (widget_test_find (screen.editor, ENGRAM_TYPE_TAG_EDITOR), GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_property (remove, GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove “axon”");
  g_signal_emit_by_name (remove, "clicked");
  assert_value (&screen, "[\"spike\", \"soma\"]");
  /* One that is there is not added again. */
  type (&screen, "spike");
  g_signal_emit_by_name (get_input (&screen), "activate");
  assert_value (&screen, "[\"spike\", \"soma\"]");
  /* By the button beside the entry, which has something to do only while there is a text. */
  add = find_named_button (screen.editor, "Add Tag");
  gtk_test_accessible_assert_property (add, GTK_ACCESSIBLE_PROPERTY_LABEL, "Add Tag");
  g_assert_true (gtk_widget_get_focusable (add));
  g_assert_false (gtk_widget_is_sensitive (add));
  type (&screen, "brain");
  g_assert_true (gtk_widget_is_sensitive (add));
  g_signal_emit_by_name (add, "clicked");
  assert_value (&screen, "[\"spike\", \"soma\", \"brain\"]");
  g_assert_false (gtk_widget_is_sensitive (add));
  /* One that was not added yet counts when the value is asked for to be written. */
  type (&screen, "glia");
  engram_field_editor_commit (screen.editor);
  assert_value (&screen, "[\"spike\", \"soma\", \"brain\", \"glia\"]");
  screen_close (&screen);
}

static void
test_long_text (void)
{
  Screen screen;

  screen_open (&screen, ENGRAM_CONTROL_OBJECT, "{\"a\": 1}");
  g_assert_false (gtk_widget_get_mapped (find_button (screen.editor, "_Save")));
  type (&screen, "{\"a\": ");
  widget_test_draw (GTK_WIDGET (screen.editor));
  g_assert_false (is_clickable (&screen, "_Save"));
  click (&screen, "_Revert");
  assert_value (&screen, "{\"a\": 1}");
  g_assert_false (engram_field_editor_is_dirty (screen.editor));

  type (&screen, "{\"a\": 2}");
  widget_test_draw (GTK_WIDGET (screen.editor));
  click (&screen, "_Save");
  g_assert_cmpuint (screen.n_commits, ==, 1);
  assert_value (&screen, "{\"a\":2}");
  screen_close (&screen);
}

/* What is typed while the value is written is still to be written. */
static void
test_writing (void)
{
  Screen screen;
  g_autofree char *value = NULL;

  screen_open (&screen, ENGRAM_CONTROL_TEXT, "\"old\"");
  type (&screen, "new");
  value = engram_field_editor_begin (screen.editor);
  g_assert_cmpstr (value, ==, "\"new\"");
  type (&screen, "newer");
  /* A refresh that saw the file before. */
  engram_field_editor_set_stored (screen.editor, "\"old\"");
  engram_field_editor_end (screen.editor, "\"new\"", NULL);
  g_assert_true (engram_field_editor_is_dirty (screen.editor));
  g_assert_cmpstr (engram_field_editor_get_stored (screen.editor), ==, "\"new\"");
  assert_value (&screen, "\"newer\"");

  g_free (engram_field_editor_begin (screen.editor));
  engram_field_editor_end (screen.editor, NULL, "The disk is full.");
  g_assert_cmpstr (engram_field_editor_get_problem (screen.editor), ==, "The disk is full.");
  assert_value (&screen, "\"newer\"");
  /* It may be tried again. */
  engram_field_editor_commit (screen.editor);
  g_assert_cmpuint (screen.n_commits, ==, 1);
  g_assert_cmpstr (engram_field_editor_get_problem (screen.editor), ==, NULL);
  g_free (engram_field_editor_begin (screen.editor));
  engram_field_editor_end (screen.editor, "\"newer\"", NULL);
  g_assert_cmpstr (engram_field_editor_get_problem (screen.editor), ==, NULL);
  g_assert_false (engram_field_editor_is_dirty (screen.editor));
  screen_close (&screen);
}

/* The file changes below what is typed. */
static void
test_conflict (void)
{
  Screen screen;

  screen_open (&screen, ENGRAM_CONTROL_TEXT, "\"old\"");
  engram_field_editor_set_stored (screen.editor, "\"other\"");
  assert_value (&screen, "\"other\"");
  type (&screen, "mine");
  engram_field_editor_set_stored (screen.editor, "\"theirs\"");
  widget_test_draw (GTK_WIDGET (screen.editor));
  assert_shows (screen.editor, "Meanwhile another program has changed this to “theirs”.");
  assert_value (&screen, "\"mine\"");
  g_assert_false (is_clickable (&screen, "_Save"));
  engram_field_editor_commit (screen.editor);
  g_assert_cmpuint (screen.n_commits, ==, 0);
  widget_test_assert_names (screen.editor);

  click (&screen, "_Keep Mine");
  g_assert_cmpuint (screen.n_commits, ==, 1);
  g_assert_false (engram_field_editor_has_conflict (screen.editor));
  assert_value (&screen, "\"mine\"");

  engram_field_editor_set_stored (screen.editor, "\"theirs again\"");
  widget_test_draw (GTK_WIDGET (screen.editor));
  click (&screen, "_Take Theirs");
  assert_value (&screen, "\"theirs again\"");
  g_assert_false (engram_field_editor_is_dirty (screen.editor));

  /* Where both have typed the same there is nothing to choose. */
  type (&screen, "same");
  engram_field_editor_set_stored (screen.editor, "\"same\"");
  g_assert_false (engram_field_editor_has_conflict (screen.editor));
  g_assert_false (engram_field_editor_is_dirty (screen.editor));
  screen_close (&screen);
}

#define LONG_TITLE "Average execution time of what it does"

static void
assert_whole (GtkWidget *widget)
{
  GtkWindow *window = widget_test_show (widget, 260, 200);
  PangoLayout *layout = gtk_label_get_layout (find_label (widget, LONG_TITLE));

  g_assert_cmpint (gtk_widget_get_width (widget), <=, 340);
  g_assert_false (pango_layout_is_ellipsized (layout));
  g_assert_cmpint (pango_layout_get_line_count (layout), >, 1);
  gtk_window_destroy (window);
}

/* A title that is too long for one line has more. */
static void
test_long_title (void)
{
  GtkListBox *rows;
  GtkWidget *group = engram_group_new ("Fields", &rows);

  assert_whole (engram_field_editor_new (ENGRAM_CONTROL_LEVEL, LONG_TITLE, NULL));
  engram_group_add_beside (rows, LONG_TITLE, engram_value_label_new ("0.123456789"));
  assert_whole (group);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/field-editor/untouched", test_untouched);
  g_test_add_func ("/field-editor/number", test_number);
  g_test_add_func ("/field-editor/focus-out", test_focus_out);
  g_test_add_func ("/field-editor/level", test_level);
  g_test_add_func ("/field-editor/switch", test_switch);
  g_test_add_func ("/field-editor/choice", test_choice);
  g_test_add_func ("/field-editor/tags", test_tags);
  g_test_add_func ("/field-editor/long-text", test_long_text);
  g_test_add_func ("/field-editor/writing", test_writing);
  g_test_add_func ("/field-editor/conflict", test_conflict);
  g_test_add_func ("/field-editor/long-title", test_long_title);

  return g_test_run ();
}
