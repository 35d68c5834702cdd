/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-values-filter.h"

#include <glib/gi18n.h>

#include "common/engram-check-button.h"
#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "filters/engram-analysis-note.h"
#include "filters/engram-filter-header.h"

/* How many are shown before one asks for more or looks for one. */
#define N_SHOWN 8

/* With more, an entry helps to find one. */
#define MANY 12

struct _EngramValuesFilter {
  GtkWidget           parent_instance;

  EngramQueryField    field;
  GtkWidget          *box;
  GtkWidget          *clear;
  EngramAnalysisNote *note;    /* NULL for what no analysis gives */
  GtkWidget          *search;
  GtkBox             *rows;
  GtkWidget          *more;
  GPtrArray          *values;  /* EngramFacetValue */
  guint               n_values;
  gboolean            expanded;
  gboolean            showing; /* the check buttons are being set to what the query says */
  EngramSession      *session;
  GSignalGroup       *session_signals;
};

G_DEFINE_FINAL_TYPE (EngramValuesFilter, engram_values_filter, GTK_TYPE_WIDGET)

static EngramFacetValue *
value_copy (const EngramFacetValue *value)
{
  EngramFacetValue *copy = g_new0 (EngramFacetValue, 1);

  copy->name = g_strdup (value->name);
  copy->count = value->count;
  return copy;
}

static void
value_free (gpointer data)
{
  EngramFacetValue *self = data;

  g_free (self->name);
  g_free (self);
}

static EngramQuery *
get_query (EngramValuesFilter *self)
{
  return self->session != NULL ? engram_session_get_query (self->session) : NULL;
}

static gboolean
is_chosen (EngramValuesFilter *self,
           const char         *name)
{
  const EngramQueryTerm *term = engram_query_find_term (get_query (self), self->field);

  /* A range of groups names none of them. */
  return term != NULL && term->values != NULL && g_strv_contains ((const char * const *) term->values, name);
}

static char *
dup_label (EngramValuesFilter *self,
           const char         *name)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_field (self->field, ENGRAM_RECORD_NEURON, &analysis))
    return engram_analysis_dup_group_label (analysis, name);
  if (self->field == ENGRAM_QUERY_TYPE)
    return engram_type_style_dup_label (name);
  return engram_format_line (name, 60);
}

/* Choosing */

static void
toggled_cb (EngramValuesFilter *self,
            GtkCheckButton     *button)
{
  g_autoptr (EngramQuery) query = NULL;

  if (self->showing || self->session == NULL)
    return;
  query = engram_query_with_value (get_query (self), self->field, g_object_get_data (G_OBJECT (button), "name"),
                                   gtk_check_button_get_active (button));
  engram_session_set_query (self->session, query);
}

static void
clear_cb (EngramValuesFilter *self)
{
  g_autoptr (EngramQuery) query = NULL;

  if (self->session == NULL)
    return;
  query = engram_query_with_term (get_query (self), self->field, NULL);
  engram_session_set_query (self->session, query);
}

/* Rows */

static GtkWidget *
create_row (EngramValuesFilter     *self,
            const EngramFacetValue *value)
{
  GtkWidget *row = engram_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *label = dup_label (self, value->name);
  g_autofree char *count = engram_format_count (value->count);
  /* Translators: the name of a type or a tag, and how many there are. */
  g_autofree char *name = g_strdup_printf (_("%s, %s"), label, count);
  GtkWidget *name_label = gtk_label_new (label);
  GtkWidget *count_label = gtk_label_new (count);

  gtk_label_set_ellipsize (GTK_LABEL (name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_widget_set_hexpand (name_label, TRUE);
  if (self->field == ENGRAM_QUERY_TYPE)
    {
      gtk_widget_add_css_class (name_label, "engram-type");
      engram_type_style_apply (name_label, value->name);
    }
  gtk_widget_add_css_class (count_label, "dim-label");
  gtk_widget_add_css_class (count_label, "numeric");
  gtk_box_append (GTK_BOX (box), name_label);
  gtk_box_append (GTK_BOX (box), count_label);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (row), box);
  gtk_widget_set_tooltip_text (row, self->note != NULL ? label : value->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (value->name), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row), is_chosen (self, value->name));
  g_signal_connect_swapped (row, "toggled", G_CALLBACK (toggled_cb), self);
  return row;
}

static gboolean
is_wanted (EngramValuesFilter     *self,
           const EngramFacetValue *value,
           const char             *part)
{
  g_autofree char *label = NULL;

  if (*part == '\0')
    return TRUE;
  label = dup_label (self, value->name);
  return g_str_match_string (part, label, TRUE);
}

/* What is chosen is always there, so that it can be unchosen. */
static void
fill (EngramValuesFilter *self)
{
  const char *part = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GtkWidget *child;
  guint n_rows = 0, n_wanted = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, child);
  for (guint i = 0; i < self->values->len; i++)
    {
      const EngramFacetValue *value = g_ptr_array_index (self->values, i);

      if (!is_wanted (self, value, part))
        continue;
      n_wanted++;
      if (!self->expanded && n_rows >= N_SHOWN && !is_chosen (self, value->name))
        continue;
      gtk_box_append (self->rows, create_row (self, value));
      n_rows++;
    }
  gtk_widget_set_visible (self->more, self->expanded ? n_rows > N_SHOWN : n_wanted > n_rows);
  gtk_button_set_label (GTK_BUTTON (self->more), self->expanded ? _("Show Fewer") : _("Show More"));
  gtk_widget_set_visible (self->search, self->n_values > MANY);
  gtk_widget_set_visible (self->clear, engram_query_find_term (get_query (self), self->field) != NULL);
}

/* Rows stay as they are where only their marks change: the focus is in one of them. */
static void
query_changed_cb (EngramValuesFilter *self)
{
  self->showing = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (row), is_chosen (self, g_object_get_data (G_OBJECT (row), "name")));
  self->showing = FALSE;
  gtk_widget_set_visible (self->clear, engram_query_find_term (get_query (self), self->field) != NULL);
}

/* Nothing to choose from is no filter. */
static void
update_visible (EngramValuesFilter *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->values->len > 0 || engram_query_find_term (get_query (self), self->field) != NULL);
}

static void
more_cb (EngramValuesFilter *self)
{
  self->expanded = !self->expanded;
  fill (self);
}

/* Building */

static void
add_note (EngramValuesFilter *self)
{
  EngramAnalysis analysis;

  if (!engram_analysis_from_field (self->field, ENGRAM_RECORD_NEURON, &analysis))
    return;
  self->note = ENGRAM_ANALYSIS_NOTE (engram_analysis_note_new (analysis));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->note));
}

static void
build (EngramValuesFilter *self)
{
  /* Translators: the name of a field, "Tag". */
  g_autofree char *find = g_strdup_printf (_("Find %s"), engram_query_field_get_label (self->field));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", find, NULL);
  engram_control_set_name (self->search, find);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (fill), self);
  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);

  gtk_box_append (GTK_BOX (self->box), engram_filter_header_new (self->field, &self->clear, G_CALLBACK (clear_cb), self));
  add_note (self);
  gtk_box_append (GTK_BOX (self->box), self->search);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  fill (self);
}

static void
engram_values_filter_dispose (GObject *object)
{
  EngramValuesFilter *self = ENGRAM_VALUES_FILTER (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_values_filter_parent_class)->dispose (object);
}

static void
engram_values_filter_class_init (EngramValuesFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_values_filter_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_values_filter_init (EngramValuesFilter *self)
{
  self->values = g_ptr_array_new_with_free_func (value_free);
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::query", G_CALLBACK (query_changed_cb), self);
}

GtkWidget *
engram_values_filter_new (EngramQueryField field)
{
  EngramValuesFilter *self = g_object_new (ENGRAM_TYPE_VALUES_FILTER, NULL);

  self->field = field;
  build (self);
  return GTK_WIDGET (self);
}

void
engram_values_filter_set_session (EngramValuesFilter *self,
                                  EngramSession      *session)
{
  g_return_if_fail (ENGRAM_IS_VALUES_FILTER (self));

  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  if (self->note != NULL)
    engram_analysis_note_set_session (self->note, session);
  engram_values_filter_set_values (self, NULL, 0);
}

static gboolean
has_same_values (EngramValuesFilter *self,
                 GPtrArray          *values)
{
  if (values == NULL || values->len != self->values->len)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const EngramFacetValue *one = g_ptr_array_index (values, i);
      const EngramFacetValue *other = g_ptr_array_index (self->values, i);

      if (one->count != other->count || !g_str_equal (one->name, other->name))
        return FALSE;
    }
  return TRUE;
}

/* Of the row that has the focus, or NULL. */
static char *
dup_focused_name (EngramValuesFilter *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_has_focus (row))
      return g_strdup (g_object_get_data (G_OBJECT (row), "name"));
  return NULL;
}

static void
focus_name (EngramValuesFilter *self,
            const char         *name)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "name"), name) == 0)
      gtk_widget_grab_focus (row);
}

void
engram_values_filter_set_values (EngramValuesFilter *self,
                                 GPtrArray          *values,
                                 guint               n_values)
{
  g_autofree char *focused = NULL;

  g_return_if_fail (ENGRAM_IS_VALUES_FILTER (self));

  self->n_values = n_values;
  if (has_same_values (self, values))
    return;
  focused = dup_focused_name (self);
  g_ptr_array_set_size (self->values, 0);
  for (guint i = 0; values != NULL && i < values->len; i++)
    g_ptr_array_add (self->values, value_copy (g_ptr_array_index (values, i)));
  fill (self);
  update_visible (self);
  if (focused != NULL)
    focus_name (self, focused);
}
