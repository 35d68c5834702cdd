/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "graph/engram-graph-path-end.h"
#include "graph/engram-graph-path.h"
#include "lists/engram-record-page.h"

#define NAME_CHARACTERS 40

/* One search, and what it has found. */
typedef struct {
  EngramSearcher *searcher;
  EngramDatabase *database;
  EngramQuery *query;   /* or NULL */
  char *ends[2];        /* as they were typed */
  EngramGraphPathKind kind;

  char *text;           /* what there is to be said, in the end */
  EngramRowSet *neurons, *synapses; /* of the path */
} Search;

struct _EngramGraphPathPopover {
  EngramGraphView *view;
  GtkEditable *ends[2];
  GtkDropDown *kind;
  GtkCheckButton *filtered;
  GtkLabel *result;
  GtkWidget *copy, *clear;
  GtkWidget *spinner;
  EngramJob *job;       /* or NULL */
  gboolean updating;    /* the program sets what is asked for */
};

static void
search_free (gpointer data)
{
  Search *self = data;

  g_object_unref (self->searcher);
  g_object_unref (self->database);
  g_clear_pointer (&self->query, engram_query_unref);
  g_free (self->ends[0]);
  g_free (self->ends[1]);
  g_free (self->text);
  g_clear_pointer (&self->neurons, engram_row_set_unref);
  g_clear_pointer (&self->synapses, engram_row_set_unref);
  g_free (self);
}

/* The search, in a worker */

static EngramRowSet *
list_rows (const GArray *indices,
           const gint64 *rowids)
{
  g_autofree gint64 *rows = g_new (gint64, MAX (indices->len, 1));

  for (guint i = 0; i < indices->len; i++)
    rows[i] = rowids[g_array_index (indices, guint32, i)];
  return engram_row_set_new (rows, indices->len);
}

/* What stands for each neuron; its id where that is nothing. */
static char **
read_names (const Search           *search,
            EngramNetwork          *network,
            const EngramGraphPath  *path,
            GCancellable           *cancellable,
            GError                **error)
{
  g_autofree gint64 *rowids = g_new (gint64, path->neurons->len);
  g_autoptr (EngramRecordPage) page = NULL;
  char **names;

  for (guint i = 0; i < path->neurons->len; i++)
    rowids[i] = network->neuron_rowids[g_array_index (path->neurons, guint32, i)];
  page = engram_record_page_read (search->database, ENGRAM_RECORD_NEURON, rowids, path->neurons->len, cancellable, error);
  if (page == NULL)
    return NULL;
  names = g_new0 (char *, path->neurons->len + 1);
  for (guint i = 0; i < path->neurons->len; i++)
    {
      const EngramNeuron *neuron = page->items[i].neuron.neuron;

      names[i] = engram_format_line (neuron != NULL ? engram_neuron_get_summary (neuron) : "", NAME_CHARACTERS);
      if (*names[i] != '\0')
        continue;
      g_free (names[i]);
      names[i] = engram_network_dup_neuron_id (network, g_array_index (path->neurons, guint32, i));
    }
  return names;
}

static EngramGraphPath *
find_path (const Search   *search,
           EngramNetwork  *network,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (EngramRowSet) neurons = NULL, synapses = NULL;
  guint32 ends[2];

  for (int i = 0; i < 2; i++)
    if (!engram_graph_path_end_find (search->searcher, search->database, network, search->ends[i], &ends[i],
                                     cancellable, error))
      return NULL;
  if (search->query != NULL)
    {
      neurons = engram_scene_source_find_rows (search->searcher, ENGRAM_RECORD_NEURON, search->query, cancellable, error);
      if (neurons == NULL)
        return NULL;
      synapses = engram_scene_source_find_rows (search->searcher, ENGRAM_RECORD_SYNAPSE, search->query, cancellable, error);
      if (synapses == NULL)
        return NULL;
    }
  return engram_graph_path_find (network, ends[0], ends[1], search->kind, neurons, synapses, cancellable, error);
}

static gboolean
work (EngramJob     *job,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Search *search = data;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (search->searcher, NULL, NULL, cancellable, error);
  g_autoptr (EngramGraphPath) path = network != NULL ? find_path (search, network, cancellable, error) : NULL;
  g_auto (GStrv) names = path != NULL ? read_names (search, network, path, cancellable, error) : NULL;

  if (names == NULL)
    return FALSE;
  search->text = engram_graph_path_describe (path, (const char * const *) names);
  search->neurons = list_rows (path->neurons, network->neuron_rowids);
  search->synapses = list_rows (path->synapses, network->synapse_rowids);
  return TRUE;
}

/* Its result */

static void
say (EngramGraphPathPopover *self,
     const char             *text,
     gboolean                found)
{
  gtk_label_set_text (self->result, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result), *text != '\0');
  gtk_widget_set_visible (self->copy, found);
  gtk_widget_set_visible (self->clear, found);
}

/* The whole path is to be seen, whatever the graph shows else. */
static void
show_path (EngramGraphView *view,
           const Search    *search)
{
  EngramGraphOptions *options = view->options;
  EngramRowSet *hidden = options->hidden;

  engram_network_view_set_marks (view->network_view, search->neurons, search->synapses);
  engram_row_set_unref (options->added);
  options->added = engram_row_set_ref (search->neurons);
  options->hidden = engram_row_set_subtract (hidden, search->neurons);
  engram_row_set_unref (hidden);
  engram_graph_view_want_scene (view);
}

static void
searching_changed (EngramGraphPathPopover *self)
{
  gtk_widget_set_visible (self->spinner, self->job != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->job != NULL);
}

static void
ended_cb (EngramGraphView *view,
          EngramJob       *job)
{
  EngramGraphPathPopover *self = view->path;
  const Search *search = engram_job_get_data (job);
  const GError *error = engram_job_get_error (job);
  g_autoptr (EngramJob) ended = g_steal_pointer (&self->job);

  searching_changed (self);
  if (error == NULL)
    {
      say (self, search->text, TRUE);
      show_path (view, search);
    }
  else
    say (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "" : error->message, FALSE);
}

static void
stop (EngramGraphPathPopover *self)
{
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->job, ended_cb, self->view);
  engram_job_cancel (self->job);
  g_clear_object (&self->job);
  searching_changed (self);
}

static void
clear_cb (EngramGraphPathPopover *self)
{
  EngramGraphOptions *options = self->view->options;

  say (self, "", FALSE);
  engram_network_view_set_marks (self->view->network_view, NULL, NULL);
  engram_row_set_unref (options->added);
  options->added = engram_row_set_new_empty ();
  engram_graph_view_want_scene (self->view);
}

static void
find_cb (EngramGraphPathPopover *self)
{
  EngramSession *session = self->view->session;
  EngramQuery *query = session != NULL ? engram_session_get_query (session) : NULL;
  Search *search;

  stop (self);
  if (session == NULL)
    return;
  say (self, "", FALSE);
  search = g_new0 (Search, 1);
  search->searcher = g_object_ref (engram_session_get_searcher (session));
  search->database = g_object_ref (engram_session_get_database (session));
  if (gtk_check_button_get_active (self->filtered) && !engram_query_is_empty (query))
    search->query = engram_query_ref (query);
  for (int i = 0; i < 2; i++)
    search->ends[i] = g_strstrip (g_strdup (gtk_editable_get_text (self->ends[i])));
  search->kind = gtk_drop_down_get_selected (self->kind) == 1 ? ENGRAM_GRAPH_PATH_STRONGEST : ENGRAM_GRAPH_PATH_SHORTEST;
  self->job = engram_job_new (_("Looking for a path"), work, search, search_free);
  engram_job_set_disposable (self->job, TRUE);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (ended_cb), self->view, G_CONNECT_SWAPPED);
  engram_job_start (self->job);
  g_signal_emit_by_name (session, "job-added", self->job);
  searching_changed (self);
}

static void
copy_cb (EngramGraphPathPopover *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->view)), gtk_label_get_text (self->result));
}

static gboolean
has_result (EngramGraphPathPopover *self)
{
  return self->job != NULL || *gtk_label_get_text (self->result) != '\0';
}

/* What was found is no answer to what is asked now. */
static void
forget_result (EngramGraphPathPopover *self)
{
  stop (self);
  if (gtk_widget_get_visible (self->clear))
    clear_cb (self);
  else
    say (self, "", FALSE);
}

static void
end_changed_cb (EngramGraphPathPopover *self)
{
  if (!self->updating && has_result (self))
    forget_result (self);
}

/* The same is asked in another way. */
static void
ask_again (EngramGraphPathPopover *self)
{
  gboolean asked = has_result (self);

  forget_result (self);
  if (asked)
    find_cb (self);
}

static void
swap_cb (EngramGraphPathPopover *self)
{
  g_autofree char *first = g_strdup (gtk_editable_get_text (self->ends[0]));

  self->updating = TRUE;
  gtk_editable_set_text (self->ends[0], gtk_editable_get_text (self->ends[1]));
  gtk_editable_set_text (self->ends[1], first);
  self->updating = FALSE;
  ask_again (self);
}

/* The path that is shown is still that between these two. */
static void
set_end (EngramGraphPathPopover *self,
         gsize                   end,
         const char             *id)
{
  if (!g_str_equal (gtk_editable_get_text (self->ends[end]), id))
    gtk_editable_set_text (self->ends[end], id);
}

/* Two selected neurons are the ends, as it opens. */
static void
shown_cb (EngramGraphPathPopover *self)
{
  EngramGraphView *view = self->view;
  EngramNetworkScene *scene = engram_graph_view_get_scene (view);
  EngramRowSet *selected;

  if (scene == NULL || view->session == NULL)
    return;
  selected = engram_selection_get (engram_session_get_selection (view->session), ENGRAM_RECORD_NEURON);
  if (engram_row_set_get_size (selected) != 2)
    return;
  for (gsize i = 0; i < 2; i++)
    for (guint32 neuron = 0; neuron < scene->network->n_neurons; neuron++)
      if (scene->network->neuron_rowids[neuron] == engram_row_set_get (selected, i))
        {
          g_autofree char *id = engram_network_dup_neuron_id (scene->network, neuron);

          set_end (self, i, id);
        }
}

void
engram_graph_view_reset_path (EngramGraphView *self)
{
  if (self->path == NULL)
    return;
  stop (self->path);
  say (self->path, "", FALSE);
  gtk_editable_set_text (self->path->ends[0], "");
  gtk_editable_set_text (self->path->ends[1], "");
  engram_network_view_set_marks (self->network_view, NULL, NULL);
}

void
engram_graph_path_popover_free (EngramGraphPathPopover *self)
{
  stop (self);
  g_free (self);
}

static GtkEditable *
make_end (EngramGraphPathPopover *self)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Name or ID of a neuron"));
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (find_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (end_changed_cb), self);
  return GTK_EDITABLE (entry);
}

static GtkWidget *
make_button (EngramGraphPathPopover *self,
             const char             *label,
             GCallback               callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_buttons (EngramGraphPathPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *find = make_button (self, _("_Find"), G_CALLBACK (find_cb));

  gtk_widget_add_css_class (find, "suggested-action");
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (box), find);
  gtk_box_append (GTK_BOX (box), make_button (self, _("S_wap"), G_CALLBACK (swap_cb)));
  gtk_box_append (GTK_BOX (box), self->spinner);
  return box;
}

/* What can be done with what was found, below it. */
static GtkWidget *
make_result_buttons (EngramGraphPathPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->copy = make_button (self, _("_Copy"), G_CALLBACK (copy_cb));
  self->clear = make_button (self, _("C_lear"), G_CALLBACK (clear_cb));
  gtk_box_append (GTK_BOX (box), self->copy);
  gtk_box_append (GTK_BOX (box), self->clear);
  return box;
}

static GtkLabel *
make_result (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was found"), -1);
  return GTK_LABEL (label);
}

static GtkWidget *
make_content (EngramGraphPathPopover *self)
{
  const char * const kinds[] = { _("Fewest Steps"), _("Strongest"), NULL };
  GtkWidget *widget = gtk_grid_new ();
  GtkGrid *grid = GTK_GRID (widget);

  self->ends[0] = make_end (self);
  self->ends[1] = make_end (self);
  self->kind = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (kinds));
  self->filtered = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("_Only by What the Filter Leaves")));
  g_signal_connect_swapped (self->kind, "notify::selected", G_CALLBACK (ask_again), self);
  g_signal_connect_swapped (self->filtered, "toggled", G_CALLBACK (ask_again), self);
  self->result = make_result ();
  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_set_column_spacing (grid, 12);
  gtk_widget_add_css_class (widget, "engram-popover-content");
  engram_control_attach (GTK_WIDGET (self->ends[0]), grid, 0, _("F_rom"));
  engram_control_attach (GTK_WIDGET (self->ends[1]), grid, 1, _("_To"));
  engram_control_attach (GTK_WIDGET (self->kind), grid, 2, _("_Path"));
  gtk_grid_attach (grid, GTK_WIDGET (self->filtered), 0, 3, 2, 1);
  gtk_grid_attach (grid, make_buttons (self), 0, 4, 2, 1);
  gtk_grid_attach (grid, GTK_WIDGET (self->result), 0, 5, 2, 1);
  gtk_grid_attach (grid, make_result_buttons (self), 0, 6, 2, 1);
  say (self, "", FALSE);
  searching_changed (self);
  return widget;
}

GtkWidget *
engram_graph_view_make_path (EngramGraphView *self)
{
  EngramGraphPathPopover *path = g_new0 (EngramGraphPathPopover, 1);
  GtkWidget *popover = gtk_popover_new ();

  path->view = self;
  self->path = path;
  gtk_popover_set_child (GTK_POPOVER (popover), make_content (path));
  g_signal_connect_swapped (popover, "show", G_CALLBACK (shown_cb), path);
  return popover;
}
