/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-filter-pane.h"

#include <glib/gi18n.h>

#include "filters/engram-range-filter.h"
#include "filters/engram-values-filter.h"

/* While a network is being trained, counts are made anew at most so often. */
#define MILLISECONDS_BETWEEN_COUNTS 1000

static const EngramQueryField value_fields[] = {
  ENGRAM_QUERY_CHANGE, ENGRAM_QUERY_TYPE, ENGRAM_QUERY_TAG, ENGRAM_QUERY_COMMUNITY, ENGRAM_QUERY_COMPONENT,
  ENGRAM_QUERY_SYNAPSE,
};
static const EngramQueryField range_fields[] = {
  ENGRAM_QUERY_MOVED, ENGRAM_QUERY_DRIFT, ENGRAM_QUERY_WEIGHT_CHANGE,
  ENGRAM_QUERY_ACTIVATION, ENGRAM_QUERY_IMPORTANCE, ENGRAM_QUERY_DEGREE,
  ENGRAM_QUERY_PAGE_RANK, ENGRAM_QUERY_BETWEENNESS, ENGRAM_QUERY_FAITHFULNESS,
  ENGRAM_QUERY_MODIFIED, ENGRAM_QUERY_WEIGHT, ENGRAM_QUERY_USAGE,
};

struct _EngramFilterPane {
  GtkWidget           parent_instance;

  GtkWidget          *scroller;
  GtkWidget          *clear;
  GtkLabel           *problem;
  EngramValuesFilter *values[G_N_ELEMENTS (value_fields)];
  EngramRangeFilter  *ranges[G_N_ELEMENTS (range_fields)];
  EngramSession      *session;
  GSignalGroup       *session_signals;
  EngramFacets       *facets;
  GCancellable       *counting; /* or NULL */
  gboolean            stale;    /* the counts are not those of now */
  gboolean            wanted;   /* somebody else looks at the counts */
  guint               timer;    /* until they may be made anew after a change of the file */
};

enum {
  PROP_0,
  PROP_FACETS,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramFilterPane, engram_filter_pane, GTK_TYPE_WIDGET)

/* The values of a field that are counted, and how many there are in all; NULL where there are none to choose from. */
static GPtrArray *
find_values (EngramFacets     *facets,
             EngramQueryField  field,
             guint            *n_values)
{
  GPtrArray *values = field == ENGRAM_QUERY_TYPE ? facets->types : facets->synapse_types;
  EngramAnalysis analysis;

  if (field == ENGRAM_QUERY_CHANGE)
    {
      *n_values = facets->changes != NULL ? facets->changes->len : 0;
      return facets->changes;
    }
  if (engram_analysis_from_field (field, ENGRAM_RECORD_NEURON, &analysis))
    {
      *n_values = facets->analyses[analysis].n_groups;
      return facets->analyses[analysis].groups;
    }
  if (field == ENGRAM_QUERY_TAG)
    values = facets->tags;
  *n_values = field == ENGRAM_QUERY_TAG ? facets->n_tags : values->len;
  return values;
}

/* NULL where there is nothing to count. */
static const EngramHistogram *
find_histogram (EngramFacets     *facets,
                EngramQueryField  field)
{
  EngramAnalysis analysis;

  if (engram_analysis_from_field (field, ENGRAM_RECORD_NEURON, &analysis)
      || engram_analysis_from_field (field, ENGRAM_RECORD_SYNAPSE, &analysis))
    return facets->analyses[analysis].is_made ? &facets->analyses[analysis].histogram : NULL;
  switch (field)
    {
    case ENGRAM_QUERY_ACTIVATION:
      return &facets->activation;
    case ENGRAM_QUERY_IMPORTANCE:
      return &facets->importance;
    case ENGRAM_QUERY_DEGREE:
      return &facets->degree;
    case ENGRAM_QUERY_MODIFIED:
      return &facets->modified;
    case ENGRAM_QUERY_WEIGHT:
      return &facets->weight;
    case ENGRAM_QUERY_USAGE:
      return &facets->usage;
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
show_facets (EngramFilterPane *self)
{
  EngramFacets *facets = self->facets;

  for (guint i = 0; i < G_N_ELEMENTS (value_fields); i++)
    {
      guint n_values = 0;
      GPtrArray *values = facets != NULL ? find_values (facets, value_fields[i], &n_values) : NULL;

      engram_values_filter_set_values (self->values[i], values, n_values);
    }
  for (guint i = 0; i < G_N_ELEMENTS (range_fields); i++)
    engram_range_filter_set_histogram (self->ranges[i],
                                       facets != NULL ? find_histogram (facets, range_fields[i]) : NULL);
}

static void
set_facets (EngramFilterPane *self,
            EngramFacets     *facets)
{
  g_clear_pointer (&self->facets, engram_facets_unref);
  self->facets = facets;
  show_facets (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FACETS]);
}

static void
set_problem (EngramFilterPane *self,
             const GError     *error)
{
  gtk_label_set_text (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

/* Counting */

typedef struct {
  EngramSearcher *searcher;
  EngramQuery    *query;
} Count;

static void
count_free (gpointer data)
{
  Count *self = data;

  g_object_unref (self->searcher);
  g_clear_pointer (&self->query, engram_query_unref);
  g_free (self);
}

static void
count (GTask        *task,
       gpointer      source_object,
       gpointer      task_data,
       GCancellable *cancellable)
{
  const Count *asked = task_data;
  g_autoptr (GError) error = NULL;
  EngramFacets *facets = engram_facets_count (asked->searcher, asked->query, cancellable, &error);

  if (facets != NULL)
    g_task_return_pointer (task, facets, (GDestroyNotify) engram_facets_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void update (EngramFilterPane *self);

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EngramFilterPane *self = ENGRAM_FILTER_PANE (source);
  g_autoptr (GError) error = NULL;
  EngramFacets *facets = g_task_propagate_pointer (G_TASK (result), &error);

  /* Others are being made, or nobody wants any. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->counting);
  set_problem (self, error);
  if (facets != NULL)
    set_facets (self, facets);
  update (self);
}

static void
start_counting (EngramFilterPane *self)
{
  EngramQuery *query = engram_session_get_query (self->session);
  g_autoptr (GTask) task = NULL;
  Count *asked = g_new0 (Count, 1);

  asked->searcher = g_object_ref (engram_session_get_searcher (self->session));
  asked->query = query != NULL ? engram_query_ref (query) : NULL;
  self->stale = FALSE;
  self->counting = g_cancellable_new ();
  task = g_task_new (self, self->counting, counted_cb, NULL);
  g_task_set_source_tag (task, start_counting);
  g_task_set_task_data (task, asked, count_free);
  g_task_run_in_thread (task, count);
}

static void
stop_counting (EngramFilterPane *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

/* What nobody looks at is not counted. */
static void
update (EngramFilterPane *self)
{
  if (self->stale && self->counting == NULL && self->timer == 0 && self->session != NULL &&
      (self->wanted || gtk_widget_get_mapped (GTK_WIDGET (self))))
    start_counting (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  EngramFilterPane *self = user_data;

  self->timer = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Counting takes both processors: what is only to be suggested waits until the search itself is over. */
static void
update_soon (EngramFilterPane *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (MILLISECONDS_BETWEEN_COUNTS, timer_cb, self);
}

static void
query_changed_cb (EngramFilterPane *self)
{
  stop_counting (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_sensitive (self->clear, !engram_query_is_empty (engram_session_get_query (self->session)));
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
  else
    update_soon (self);
}

static void
network_changed_cb (EngramFilterPane *self)
{
  self->stale = TRUE;
  update_soon (self);
}

/* A result that nobody waited for to be counted is counted now. */
static void
analysed_cb (EngramFilterPane *self)
{
  stop_counting (self);
  self->stale = TRUE;
  update (self);
}

static void
clear_cb (EngramFilterPane *self)
{
  if (self->session != NULL)
    engram_session_set_query (self->session, NULL);
}

/* Building */

static GtkWidget *
create_header (EngramFilterPane *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_("Filters"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "title-4");
  self->clear = gtk_button_new_with_mnemonic (_("_Clear"));
  gtk_widget_set_sensitive (self->clear, FALSE);
  gtk_widget_set_tooltip_text (self->clear, _("Show everything"));
  g_signal_connect_swapped (self->clear, "clicked", G_CALLBACK (clear_cb), self);
  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (header), self->clear);
  return header;
}

static void
build (EngramFilterPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->problem = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                           "xalign", 0.0, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  for (guint i = 0; i < G_N_ELEMENTS (value_fields); i++)
    {
      self->values[i] = ENGRAM_VALUES_FILTER (engram_values_filter_new (value_fields[i]));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->values[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (range_fields); i++)
    {
      self->ranges[i] = ENGRAM_RANGE_FILTER (engram_range_filter_new (range_fields[i]));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ranges[i]));
    }
  gtk_widget_add_css_class (box, "engram-filters");

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static void
engram_filter_pane_map (GtkWidget *widget)
{
  EngramFilterPane *self = ENGRAM_FILTER_PANE (widget);

  GTK_WIDGET_CLASS (engram_filter_pane_parent_class)->map (widget);
  g_clear_handle_id (&self->timer, g_source_remove);
  update (self);
}

static void
engram_filter_pane_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_FACETS:
      g_value_set_boxed (value, ENGRAM_FILTER_PANE (object)->facets);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_filter_pane_dispose (GObject *object)
{
  EngramFilterPane *self = ENGRAM_FILTER_PANE (object);

  stop_counting (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->facets, engram_facets_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_filter_pane_parent_class)->dispose (object);
}

static void
engram_filter_pane_class_init (EngramFilterPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_filter_pane_dispose;
  object_class->get_property = engram_filter_pane_get_property;
  GTK_WIDGET_CLASS (klass)->map = engram_filter_pane_map;

  properties[PROP_FACETS] =
    g_param_spec_boxed ("facets", NULL, NULL, ENGRAM_TYPE_FACETS, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_filter_pane_init (EngramFilterPane *self)
{
  build (self);
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::query", G_CALLBACK (query_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "changed", G_CALLBACK (network_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "analysed", G_CALLBACK (analysed_cb), self);
}

GtkWidget *
engram_filter_pane_new (void)
{
  return g_object_new (ENGRAM_TYPE_FILTER_PANE, NULL);
}

void
engram_filter_pane_set_session (EngramFilterPane *self,
                                EngramSession    *session)
{
  g_return_if_fail (ENGRAM_IS_FILTER_PANE (self));

  stop_counting (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
  set_problem (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->values); i++)
    engram_values_filter_set_session (self->values[i], session);
  for (guint i = 0; i < G_N_ELEMENTS (self->ranges); i++)
    engram_range_filter_set_session (self->ranges[i], session);
  set_facets (self, NULL);
  if (session != NULL)
    query_changed_cb (self);
}

void
engram_filter_pane_set_wanted (EngramFilterPane *self,
                               gboolean          wanted)
{
  g_return_if_fail (ENGRAM_IS_FILTER_PANE (self));

  self->wanted = wanted;
  update_soon (self);
}

EngramFacets *
engram_filter_pane_get_facets (EngramFilterPane *self)
{
  g_return_val_if_fail (ENGRAM_IS_FILTER_PANE (self), NULL);

  return self->facets;
}
