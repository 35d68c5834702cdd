/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-difference-values.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a long text so much is shown around what differs, and so much of it, in characters. */
#define AROUND 80
#define DIFFERING 1500
/* Texts are alike as far as they are looked at: the main loop does not wait for the rest. */
#define LOOKED_AT 100000
#define ELLIPSIS "…"

struct _EngramDifferenceValues {
  GtkWidget     parent_instance;

  GtkWidget    *scroller;
  GtkGrid      *grid;
  GCancellable *cancellable; /* or NULL */
};

G_DEFINE_FINAL_TYPE (EngramDifferenceValues, engram_difference_values, GTK_TYPE_WIDGET)

/* What differs in two texts */

/* From @start to @end of @text. */
typedef struct {
  const char *text;
  const char *start;
  const char *end;
} Part;

static void
find_part (const char *text,
           const char *other,
           Part       *part)
{
  const char *start = text, *end = text + strlen (text);
  const char *other_start = other, *other_end = other + strlen (other);
  guint n_looked_at = 0;

  while (*start != '\0' && n_looked_at++ < LOOKED_AT && g_utf8_get_char (start) == g_utf8_get_char (other_start))
    {
      start = g_utf8_next_char (start);
      other_start = g_utf8_next_char (other_start);
    }
  for (n_looked_at = 0; end > start && other_end > other_start && n_looked_at < LOOKED_AT
       && g_utf8_get_char (g_utf8_prev_char (end)) == g_utf8_get_char (g_utf8_prev_char (other_end)); n_looked_at++)
    {
      end = g_utf8_prev_char (end);
      other_end = g_utf8_prev_char (other_end);
    }
  *part = (Part) { text, start, end };
}

/* So many characters before or after, within the text. */
static const char *
move (const Part *part,
      const char *from,
      int         n_characters)
{
  for (; n_characters > 0 && *from != '\0'; n_characters--)
    from = g_utf8_next_char (from);
  for (; n_characters < 0 && from > part->text; n_characters++)
    from = g_utf8_prev_char (from);
  return from;
}

/* The part, and some of what is around it. @start, @end: where the part is in what is returned. */
static char *
cut (const Part *part,
     gsize      *start,
     gsize      *end)
{
  const char *from = move (part, part->start, -AROUND);
  const char *part_end = MIN (move (part, part->start, DIFFERING), part->end);
  int n_after = part->start < part->end ? AROUND : DIFFERING;
  const char *to = part_end < part->end ? part_end : move (part, part_end, n_after);
  GString *text = g_string_new (from > part->text ? ELLIPSIS : NULL);

  *start = text->len + (gsize) (part->start - from);
  *end = *start + (gsize) (part_end - part->start);
  g_string_append_len (text, from, to - from);
  if (*to != '\0')
    g_string_append (text, ELLIPSIS);
  return g_string_free (text, FALSE);
}

static void
add_attribute (PangoAttrList  *attributes,
               PangoAttribute *attribute,
               gsize           start,
               gsize           end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

/* Not by colour alone: what is gone is struck out, what came is underlined. */
static PangoAttrList *
make_attributes (gsize    start,
                 gsize    end,
                 gboolean is_before)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (start == end)
    return attributes;
  if (is_before)
    {
      add_attribute (attributes, pango_attr_strikethrough_new (TRUE), start, end);
      add_attribute (attributes, pango_attr_background_new (0xe000, 0x1b00, 0x2400), start, end);
    }
  else
    {
      add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
      add_attribute (attributes, pango_attr_background_new (0x2e00, 0xc200, 0x7e00), start, end);
    }
  add_attribute (attributes, pango_attr_background_alpha_new (0x4000), start, end);
  return attributes;
}

/* Rows */

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), style == NULL);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_value (const char *text,
              const char *other,
              gboolean    is_before)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *shown = NULL;
  GtkWidget *label;
  gsize start, end;
  Part part;

  if (text == NULL)
    return create_label (_("Not there"), "dim-label");
  if (other == text)
    part = (Part) { text, text, text };
  else
    find_part (text, other != NULL ? other : "", &part);
  shown = cut (&part, &start, &end);
  attributes = make_attributes (start, end, is_before);
  label = create_label (shown, NULL);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
add_value (EngramDifferenceValues *self,
           int                    *row,
           const char             *title,
           GtkWidget              *value)
{
  gtk_grid_attach (self->grid, create_label (title, "dim-label"), 0, *row, 1, 1);
  gtk_grid_attach (self->grid, value, 1, *row, 1, 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  gtk_grid_get_child_at (self->grid, 0, *row), NULL, -1);
  ++*row;
}

static void
add_differing (EngramDifferenceValues      *self,
               int                         *row,
               const EngramComparisonValue *value)
{
  gtk_grid_attach (self->grid, create_label (value->name, "heading"), 0, (*row)++, 2, 1);
  add_value (self, row, _("Before"), create_value (value->before, value->after, TRUE));
  add_value (self, row, _("Now"), create_value (value->after, value->before, FALSE));
}

static void
clear (EngramDifferenceValues *self)
{
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static void
show_values (EngramDifferenceValues *self,
             GPtrArray              *values)
{
  int row = 0;
  gboolean same_begun = FALSE;

  for (guint i = 0; i < values->len; i++)
    {
      const EngramComparisonValue *value = values->pdata[i];
      const char *text = value->after != NULL ? value->after : value->before;

      if (value->differs)
        {
          add_differing (self, &row, value);
          continue;
        }
      if (!same_begun && row > 0)
        gtk_grid_attach (self->grid, create_label (_("The Same"), "heading"), 0, row++, 2, 1);
      same_begun = TRUE;
      add_value (self, &row, value->name, create_value (text, text, FALSE));
    }
}

void
engram_difference_values_show_text (EngramDifferenceValues *self,
                                    const char             *text)
{
  g_return_if_fail (ENGRAM_IS_DIFFERENCE_VALUES (self));

  clear (self);
  gtk_grid_attach (self->grid, create_label (text, "dim-label"), 0, 0, 2, 1);
}

/* Reading */

typedef struct {
  EngramCompared      *compared;
  EngramComparisonRow  row;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  engram_compared_unref (self->compared);
  g_free (self);
}

static void
describe (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  const Reading *self = task_data;
  GError *error = NULL;
  GPtrArray *values = engram_comparison_describe (self->compared->comparison, &self->row, self->compared->database,
                                                  self->compared->other, cancellable, &error);

  if (values != NULL)
    g_task_return_pointer (task, values, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  EngramDifferenceValues *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_DIFFERENCE_VALUES (user_data);
  if (values == NULL)
    {
      engram_difference_values_show_text (self, error->message);
      return;
    }
  clear (self);
  show_values (self, values);
}

void
engram_difference_values_show (EngramDifferenceValues    *self,
                               EngramCompared            *compared,
                               const EngramComparisonRow *row)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (ENGRAM_IS_DIFFERENCE_VALUES (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->compared = engram_compared_ref (compared);
  reading->row = *row;
  /* Without a source: its last reference must not go in a worker. */
  task = g_task_new (NULL, self->cancellable, described_cb, self);
  g_task_set_source_tag (task, engram_difference_values_show);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, describe);
}

/* GObject */

static void
engram_difference_values_dispose (GObject *object)
{
  EngramDifferenceValues *self = ENGRAM_DIFFERENCE_VALUES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_difference_values_parent_class)->dispose (object);
}

static void
engram_difference_values_class_init (EngramDifferenceValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_difference_values_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_difference_values_init (EngramDifferenceValues *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "engram-difference-values");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Values before and now"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
engram_difference_values_new (void)
{
  return g_object_new (ENGRAM_TYPE_DIFFERENCE_VALUES, NULL);
}
