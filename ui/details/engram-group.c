/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-relative-time.h"
#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-control-row.h"
#include "details/engram-source-view.h"

/* Labels take a time that grows with their text: more of it would hold the window. */
#define MAX_CHARACTERS 20000
/* JSON beyond this is shown as it stands. */
#define MAX_PRETTY 65536

/**
 * engram_group_new:
 * @title: a heading
 * @rows: (out) (transfer none): where rows are added
 *
 * Returns: (transfer floating): a heading with a list below
 */
GtkWidget *
engram_group_new (const char  *title,
                  GtkListBox **rows)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), list);
  *rows = GTK_LIST_BOX (list);
  return group;
}

static void
add_row (GtkListBox *rows,
         GtkWidget  *row,
         const char *name,
         GtkWidget  *content)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (content, "engram-property");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_list_box_append (rows, row);
}

/**
 * engram_group_add_row:
 * @rows: the rows of a group
 * @name: what a screen reader says of it
 * @content: what it shows
 *
 * Adds a row without a title.
 */
void
engram_group_add_row (GtkListBox *rows,
                      const char *name,
                      GtkWidget  *content)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  add_row (rows, row, name, content);
}

void
engram_group_add_control (GtkListBox *rows,
                          const char *name,
                          GtkWidget  *control)
{
  add_row (rows, engram_control_row_new (), name, control);
}

static GtkWidget *
title_new (const char *title,
           GtkWidget  *value)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return label;
}

/**
 * engram_group_add_beside:
 * @rows: the rows of a group
 * @title: what it is
 * @value: a widget that shows it, small
 *
 * Adds a row of one line.
 */
void
engram_group_add_beside (GtkListBox *rows,
                         const char *title,
                         GtkWidget  *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = title_new (title, value);

  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_set_halign (value, GTK_ALIGN_END);
  gtk_widget_set_valign (value, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  engram_group_add_row (rows, title, box);
}

static GtkWidget *
below_new (const char *title,
           GtkWidget  *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = title_new (title, value);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  return box;
}

/**
 * engram_group_add_below:
 * @rows: the rows of a group
 * @title: what it is
 * @value: a widget that shows it, of any size
 *
 * Adds a row with the value below its title.
 */
void
engram_group_add_below (GtkListBox *rows,
                        const char *title,
                        GtkWidget  *value)
{
  engram_group_add_row (rows, title, below_new (title, value));
}

void
engram_group_add_control_below (GtkListBox *rows,
                                const char *title,
                                GtkWidget  *control)
{
  engram_group_add_control (rows, title, below_new (title, control));
}

/**
 * engram_group_add_text:
 * @rows: the rows of a group
 * @title: what it is
 * @text: text for people
 *
 * Adds a row of one line where the text is short, else one with the text below its title.
 */
void
engram_group_add_text (GtkListBox *rows,
                       const char *title,
                       const char *text)
{
  if (g_utf8_strlen (title, -1) + g_utf8_strlen (text, -1) <= 31 && strchr (text, '\n') == NULL)
    engram_group_add_beside (rows, title, engram_value_label_new (text));
  else
    engram_group_add_below (rows, title, engram_value_text_new (text));
}

/**
 * engram_group_add_note:
 * @rows: the rows of a group
 * @icon_name: (nullable): the name of an icon
 * @text: a sentence
 *
 * Adds a row that says something.
 */
void
engram_group_add_note (GtkListBox *rows,
                       const char *icon_name,
                       const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = engram_value_text_new (text);

  if (icon_name != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_box_append (GTK_BOX (box), label);
  engram_group_add_row (rows, text, box);
}

/* Values */

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/**
 * engram_value_label_new:
 * @text: a short text
 *
 * Returns: (transfer floating): a label on one line that can be selected, with figures of one width
 */
GtkWidget *
engram_value_label_new (const char *text)
{
  GtkWidget *label = label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
wrapped_label_new (const char *text)
{
  GtkWidget *label = label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* The beginning of a text, and a sentence that says so where that is not all of it. */
static GtkWidget *
add_cut_note (GtkWidget *value,
              glong      n_characters)
{
  GtkWidget *box, *note;
  g_autofree char *shown = NULL;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (n_characters <= MAX_CHARACTERS)
    return value;
  shown = engram_format_count (MAX_CHARACTERS);
  count = engram_format_count (n_characters);
  text = g_strdup_printf (_("Showing the first %s of %s characters."), shown, count);
  note = wrapped_label_new (text);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "caption");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), note);
  return box;
}

static char *
cut (const char *text,
     glong      *n_characters)
{
  *n_characters = g_utf8_strlen (text, -1);
  return g_utf8_substring (text, 0, MIN (*n_characters, MAX_CHARACTERS));
}

/**
 * engram_value_text_new:
 * @text: text of any length
 *
 * Returns: (transfer floating): a widget that shows it, wrapped
 */
GtkWidget *
engram_value_text_new (const char *text)
{
  glong n_characters;
  g_autofree char *beginning = cut (text, &n_characters);

  return add_cut_note (wrapped_label_new (beginning), n_characters);
}

static GtkWidget *
source_new (const char *language,
            const char *name,
            const char *text,
            gboolean    wrap_lines)
{
  GtkWidget *view = engram_source_view_new (language, text);

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "engram-read-only");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return engram_source_view_wrap (view, wrap_lines);
}

/**
 * engram_value_code_new:
 * @text: program text of any length
 *
 * Returns: (transfer floating): a widget that shows it in the colours of Python, its lines unbroken
 */
GtkWidget *
engram_value_code_new (const char *text)
{
  glong n_characters;
  g_autofree char *beginning = cut (text, &n_characters);

  return add_cut_note (source_new ("python3", _("Code"), beginning, FALSE), n_characters);
}

static GtkWidget *
broken_json_new (const char *json,
                 gsize       offset,
                 const char *reason)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *note;
  g_autofree char *text = NULL;
  glong n_characters;
  g_autofree char *beginning = cut (json, &n_characters);
  GtkWidget *label = wrapped_label_new (beginning);

  /* Translators: a place in a text, in bytes, then what is wrong there, as a part of a sentence. */
  text = g_strdup_printf (_("This is not valid JSON: at byte %zu, %s."), offset + 1, reason);
  note = wrapped_label_new (text);
  gtk_widget_add_css_class (note, "warning");
  gtk_widget_add_css_class (label, "monospace");
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), add_cut_note (label, n_characters));
  return box;
}

/**
 * engram_value_json_new:
 * @json: a JSON text, or what stands in its place
 *
 * Returns: (transfer floating): a widget that shows it with a line for each member; what is no JSON, as it
 *   is, with a sentence that says so
 */
GtkWidget *
engram_value_json_new (const char *json)
{
  g_autofree char *pretty = NULL;
  g_autofree char *beginning = NULL;
  glong n_characters;
  const char *reason = NULL;
  gsize offset = 0;

  if (engram_json_check (json, -1, &offset, &reason) == ENGRAM_JSON_INVALID)
    return broken_json_new (json, offset, reason);
  if (strlen (json) <= MAX_PRETTY)
    pretty = engram_json_pretty (json, 2);
  beginning = cut (pretty != NULL ? pretty : json, &n_characters);
  return add_cut_note (source_new ("json", _("JSON"), beginning, TRUE), n_characters);
}

/**
 * engram_value_time_new:
 * @time: a time as the network holds it
 *
 * Returns: (transfer floating): a widget that shows how long ago that is, and exactly what stands there
 */
GtkWidget *
engram_value_time_new (const char *time)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *exact = wrapped_label_new (time);

  if (engram_time_is_valid (time))
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autofree char *words = engram_relative_time_format (time, now);
      g_autofree char *day = engram_format_time_long (time);

      gtk_box_append (GTK_BOX (box), wrapped_label_new (words));
      gtk_widget_set_tooltip_text (box, day);
    }
  gtk_widget_add_css_class (exact, "numeric");
  gtk_widget_add_css_class (exact, "caption");
  gtk_widget_add_css_class (exact, "dim-label");
  gtk_box_append (GTK_BOX (box), exact);
  return box;
}

/**
 * engram_group_add_time:
 * @rows: the rows of a group
 * @title: what it is
 * @time: (nullable): a time as the network holds it
 *
 * Adds a row that shows it, or that there is none.
 */
void
engram_group_add_time (GtkListBox *rows,
                       const char *title,
                       const char *time)
{
  if (time != NULL && *time != '\0')
    engram_group_add_below (rows, title, engram_value_time_new (time));
  else
    engram_group_add_beside (rows, title, engram_value_none_new ());
}

static void
copy_id_cb (GtkButton *button,
            gpointer   user_data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)),
                          g_object_get_data (G_OBJECT (button), "engram-id"));
  gtk_button_set_icon_name (button, "object-select-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), _("Copied"));
}

/**
 * engram_value_id_new:
 * @id: the id of a neuron or a synapse
 *
 * Returns: (transfer floating): a widget that shows it, with a button that copies it
 */
GtkWidget *
engram_value_id_new (const char *id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = engram_value_text_new (id);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Copy Id"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Id"), -1);
  g_object_set_data_full (G_OBJECT (button), "engram-id", g_strdup (id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_id_cb), NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/**
 * engram_group_add_identity:
 * @rows: the rows of a group
 * @created_at: (nullable): when a record was made
 * @modified_at: (nullable): when it was changed
 * @id: (nullable): its id
 *
 * Adds rows that show what the person does not change.
 */
void
engram_group_add_identity (GtkListBox *rows,
                           const char *created_at,
                           const char *modified_at,
                           const char *id)
{
  engram_group_add_time (rows, _("Created"), created_at);
  engram_group_add_time (rows, _("Modified"), modified_at);
  engram_group_add_below (rows, _("Id"), engram_value_id_new (id != NULL ? id : ""));
}

/**
 * engram_value_neuron_new:
 * @text: what stands for a neuron
 * @second_line: what is said below it
 * @type: (nullable): the type of the neuron, whose colour stands before the second line; %NULL where there is no such
 *   neuron
 *
 * Returns: (transfer floating): a widget that shows it in a list
 */
GtkWidget *
engram_value_neuron_new (const char *text,
                         const char *second_line,
                         const char *type)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (text), *subtitle = gtk_label_new (second_line);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  if (type != NULL)
    {
      gtk_widget_add_css_class (subtitle, "engram-type");
      engram_type_style_apply (subtitle, type);
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  return box;
}

/**
 * engram_value_none_new:
 *
 * Returns: (transfer floating): what stands in the place of a value that is not there
 */
GtkWidget *
engram_value_none_new (void)
{
  /* Translators: in the place of a value that is not there. */
  GtkWidget *label = gtk_label_new (_("None"));

  gtk_widget_add_css_class (label, "dim-label");
  return label;
}
