/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-range-filter.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "filters/engram-analysis-note.h"
#include "filters/engram-filter-header.h"

struct _EngramRangeFilter {
  GtkWidget            parent_instance;

  EngramQueryField     field;
  GtkWidget           *box;
  GtkWidget           *clear;
  EngramHistogramView *histogram;
  EngramAnalysisNote  *note;       /* NULL for what no analysis gives */
  GtkLabel            *problem;
  GtkEditable         *entries[2]; /* from, to */
  char                *shown[2];   /* what the query says, as the entries show it */
  EngramSession       *session;
  GSignalGroup        *session_signals;
  gboolean             showing;    /* the entries are being set to what the query says */
};

G_DEFINE_FINAL_TYPE (EngramRangeFilter, engram_range_filter, GTK_TYPE_WIDGET)

static gboolean
is_of_times (EngramRangeFilter *self)
{
  return self->field == ENGRAM_QUERY_CREATED || self->field == ENGRAM_QUERY_MODIFIED;
}

/* A number of seconds as a person reads it, by the day. */
static char *
format_day (double seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((gint64) seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("");
}

/* What the query says */

static char *
format_bound (double   bound,
              gboolean excluded,
              gboolean is_low)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (bound))
    return g_strdup ("");
  g_ascii_formatd (text, sizeof text, "%.9g", bound);
  return g_strconcat (excluded ? (is_low ? ">" : "<") : "", text, NULL);
}

/* The day where that begins, else to the second. */
static char *
format_time (const char *time)
{
  const char *midnight = "T00:00:00";
  gsize length = time != NULL ? strlen (time) : 0;

  if (length > 0 && g_str_has_suffix (time, midnight))
    length -= strlen (midnight);
  return g_strndup (time != NULL ? time : "", length);
}

/* The first time that is too late, as the last day that is not. */
static char *
format_until (const char *until)
{
  g_autoptr (GDateTime) time = until != NULL && g_str_has_suffix (until, "T00:00:00") ? engram_time_parse (until) : NULL;
  g_autoptr (GDateTime) day = time != NULL ? g_date_time_add_days (time, -1) : NULL;

  return day != NULL ? g_date_time_format (day, "%Y-%m-%d") : format_time (until);
}

static double
get_seconds (const char *time,
             double      otherwise)
{
  g_autoptr (GDateTime) parsed = time != NULL ? engram_time_parse (time) : NULL;

  return parsed != NULL ? (double) (g_date_time_to_unix (parsed) + g_date_time_get_utc_offset (parsed) / G_USEC_PER_SEC)
                        : otherwise;
}

static void
show_bounds (EngramRangeFilter *self,
             const char        *low,
             const char        *high)
{
  self->showing = TRUE;
  gtk_editable_set_text (self->entries[0], low);
  gtk_editable_set_text (self->entries[1], high);
  self->showing = FALSE;
}

static void
note_shown (EngramRangeFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->entries); i++)
    {
      g_free (self->shown[i]);
      self->shown[i] = g_strdup (gtk_editable_get_text (self->entries[i]));
    }
}

static void
show_term (EngramRangeFilter     *self,
           const EngramQueryTerm *term)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (term == NULL)
    {
      show_bounds (self, "", "");
      engram_histogram_view_set_range (self->histogram, -INFINITY, INFINITY);
    }
  else if (is_of_times (self))
    {
      low = format_time (term->since);
      high = format_until (term->until);
      show_bounds (self, low, high);
      engram_histogram_view_set_range (self->histogram, get_seconds (term->since, -INFINITY),
                                       get_seconds (term->until, INFINITY));
    }
  else
    {
      low = format_bound (term->range.low, term->range.low_excluded, TRUE);
      high = format_bound (term->range.high, term->range.high_excluded, FALSE);
      show_bounds (self, low, high);
      engram_histogram_view_set_range (self->histogram, term->range.low, term->range.high);
    }
  note_shown (self);
  gtk_widget_set_visible (self->clear, term != NULL);
}

static void
set_problem (EngramRangeFilter *self,
             const char        *message)
{
  gtk_label_set_text (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
}

static void
query_changed_cb (EngramRangeFilter *self)
{
  EngramQuery *query = self->session != NULL ? engram_session_get_query (self->session) : NULL;

  set_problem (self, NULL);
  show_term (self, engram_query_find_term (query, self->field));
}

/* What is set here */

/* A bound as it is typed: "0.5", ">0.5", nothing for none. */
static gboolean
parse_bound (EngramRangeFilter *self,
             const char        *text,
             double             otherwise,
             double            *bound,
             gboolean          *excluded)
{
  g_autofree char *stripped = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
  const char *number = stripped;
  char *end;

  *excluded = *number == '>' || *number == '<';
  if (*excluded)
    number++;
  *bound = otherwise;
  if (*stripped == '\0')
    return TRUE;
  *bound = g_ascii_strtod (number, &end);
  return end != number && *end == '\0' && isfinite (*bound);
}

static void
apply_numbers (EngramRangeFilter *self)
{
  EngramRange range;
  g_autoptr (EngramQuery) query = NULL;

  if (!parse_bound (self, gtk_editable_get_text (self->entries[0]), -INFINITY, &range.low, &range.low_excluded) ||
      !parse_bound (self, gtk_editable_get_text (self->entries[1]), INFINITY, &range.high, &range.high_excluded))
    {
      set_problem (self, _("This is no number."));
      return;
    }
  if (range.low > range.high)
    {
      set_problem (self, _("The first number must not be above the second."));
      return;
    }
  query = engram_query_with_range (engram_session_get_query (self->session), self->field, &range);
  engram_session_set_query (self->session, query);
}

/* The times as they would be typed in a query; NULL for none. */
static char *
write_times (EngramRangeFilter *self)
{
  const char *name = engram_query_field_get_name (self->field);
  const char *since = gtk_editable_get_text (self->entries[0]);
  const char *until = gtk_editable_get_text (self->entries[1]);

  if (*since != '\0' && *until != '\0')
    return g_strdup_printf ("%s:%s..%s", name, since, until);
  if (*since != '\0')
    return g_strdup_printf ("%s:>=%s", name, since);
  return *until != '\0' ? g_strdup_printf ("%s:<=%s", name, until) : NULL;
}

/* They are read by the query's own rules. */
static void
apply_times (EngramRangeFilter *self)
{
  g_autofree char *term = write_times (self);
  g_autoptr (EngramQuery) parsed = NULL;
  g_autoptr (EngramQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_terms = 0;

  parsed = term != NULL ? engram_query_parse (term, NULL, NULL, &error) : NULL;
  if (parsed != NULL)
    engram_query_get_terms (parsed, &n_terms);
  if (error != NULL || (term != NULL && n_terms != 1))
    {
      set_problem (self, error != NULL ? error->message : _("This is no time."));
      return;
    }
  query = engram_query_with_term (engram_session_get_query (self->session), self->field, term);
  engram_session_set_query (self->session, query);
}

static void
apply (EngramRangeFilter *self)
{
  if (self->showing || self->session == NULL)
    return;
  set_problem (self, NULL);
  if (is_of_times (self))
    apply_times (self);
  else
    apply_numbers (self);
}

static gboolean
is_touched (EngramRangeFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->entries); i++)
    if (!g_str_equal (gtk_editable_get_text (self->entries[i]), self->shown[i]))
      return TRUE;
  return FALSE;
}

/* What nobody has typed says nothing new, and may have fewer figures than the query. */
static void
apply_typed (EngramRangeFilter *self)
{
  if (is_touched (self))
    apply (self);
  else
    set_problem (self, NULL);
}

static void
range_chosen_cb (EngramRangeFilter *self,
                 double             low,
                 double             high)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (self->session == NULL)
    return;
  from = is_of_times (self) ? isfinite (low) ? format_day (low) : g_strdup ("") : format_bound (low, FALSE, TRUE);
  to = is_of_times (self) ? isfinite (high) ? format_day (high) : g_strdup ("") : format_bound (high, FALSE, FALSE);
  show_bounds (self, from, to);
  apply (self);
}

static void
clear_cb (EngramRangeFilter *self)
{
  show_bounds (self, "", "");
  apply (self);
}

static void
activate_cb (EngramRangeFilter *self)
{
  apply_typed (self);
}

/* What was typed and not yet said by Enter counts when the focus goes. */
static void
focus_left_cb (EngramRangeFilter *self)
{
  apply_typed (self);
}

/* Building */

static GtkWidget *
create_entry (EngramRangeFilter *self,
              guint              which)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  const char *hint = which == 0 ? _("from") : _("to");
  /* Translators: the name of a field, then "from" or "to". */
  g_autofree char *name = g_strdup_printf (_("%s %s"), engram_query_field_get_label (self->field), hint);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_widget_set_hexpand (entry, TRUE);
  engram_control_set_name (entry, name);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (entry, focus);
  self->entries[which] = GTK_EDITABLE (entry);
  return entry;
}

static void
add_note (EngramRangeFilter *self)
{
  EngramAnalysis analysis;

  if (!engram_analysis_from_field (self->field, ENGRAM_RECORD_NEURON, &analysis)
      && !engram_analysis_from_field (self->field, ENGRAM_RECORD_SYNAPSE, &analysis))
    return;
  self->note = ENGRAM_ANALYSIS_NOTE (engram_analysis_note_new (analysis));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->note));
}

static void
build (EngramRangeFilter *self)
{
  GtkWidget *entries = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *label = engram_query_field_get_label (self->field);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->histogram = ENGRAM_HISTOGRAM_VIEW (engram_histogram_view_new (label));
  g_object_set (self->histogram, "selectable", TRUE, NULL);
  g_signal_connect_swapped (self->histogram, "range-chosen", G_CALLBACK (range_chosen_cb), self);
  self->problem = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                           "xalign", 0.0, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "caption");

  gtk_box_append (GTK_BOX (entries), create_entry (self, 0));
  gtk_box_append (GTK_BOX (entries), create_entry (self, 1));
  gtk_box_append (GTK_BOX (self->box), engram_filter_header_new (self->field, &self->clear, G_CALLBACK (clear_cb), self));
  add_note (self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->histogram));
  gtk_box_append (GTK_BOX (self->box), entries);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->problem));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
engram_range_filter_dispose (GObject *object)
{
  EngramRangeFilter *self = ENGRAM_RANGE_FILTER (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_range_filter_parent_class)->dispose (object);
}

static void
engram_range_filter_finalize (GObject *object)
{
  EngramRangeFilter *self = ENGRAM_RANGE_FILTER (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->shown); i++)
    g_free (self->shown[i]);

  G_OBJECT_CLASS (engram_range_filter_parent_class)->finalize (object);
}

static void
engram_range_filter_class_init (EngramRangeFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_range_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_range_filter_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_range_filter_init (EngramRangeFilter *self)
{
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::query", G_CALLBACK (query_changed_cb), self);
}

GtkWidget *
engram_range_filter_new (EngramQueryField field)
{
  EngramRangeFilter *self = g_object_new (ENGRAM_TYPE_RANGE_FILTER, NULL);

  self->field = field;
  build (self);
  query_changed_cb (self);
  return GTK_WIDGET (self);
}

void
engram_range_filter_set_session (EngramRangeFilter *self,
                                 EngramSession     *session)
{
  g_return_if_fail (ENGRAM_IS_RANGE_FILTER (self));

  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  if (self->note != NULL)
    engram_analysis_note_set_session (self->note, session);
  query_changed_cb (self);
}

void
engram_range_filter_set_histogram (EngramRangeFilter     *self,
                                   const EngramHistogram *histogram)
{
  gboolean has_values;

  g_return_if_fail (ENGRAM_IS_RANGE_FILTER (self));

  engram_histogram_view_set_histogram (self->histogram, histogram, is_of_times (self) ? format_day : NULL);
  /* Where no record has such a number there is nothing to choose; which is so until an analysis has been made. */
  has_values = histogram != NULL ? histogram->n_values > 0 : self->note == NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), has_values || gtk_widget_get_visible (self->clear));
}
