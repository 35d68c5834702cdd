/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include "session/engram-view-state.h"

#define GROUP "view"

/* A larger selection is not remembered: it would take long to find again. Bookmarks keep those. */
#define MAX_SELECTED 1000

#define MILLISECONDS_UNTIL_REMEMBERED 1000

static const char * const selection_keys[] = {
  [ENGRAM_RECORD_NEURON] = "selected-neurons",
  [ENGRAM_RECORD_SYNAPSE] = "selected-synapses",
};

/* Recalling */

static void
recall_layout (EngramNetworkPage *self,
               EngramRecordList  *list,
               const char        *key)
{
  g_autofree char *layout = g_key_file_get_string (self->state, GROUP, key, NULL);

  if (layout != NULL)
    engram_record_list_set_layout (list, layout);
}

static void
recall_appearance (EngramNetworkPage *self,
                   EngramNetworkView *view,
                   const char        *key)
{
  g_autofree char *appearance = g_key_file_get_string (self->state, GROUP, key, NULL);

  if (appearance != NULL)
    engram_network_view_set_appearance (view, appearance);
}

static void
recall_graph (EngramNetworkPage *self)
{
  g_autofree char *options = g_key_file_get_string (self->state, GROUP, "graph-options", NULL);

  if (options != NULL)
    engram_graph_view_set_options (self->graph, options);
}

static void
recall_pane (EngramNetworkPage *self,
             AdwFlap           *flap,
             const char        *key)
{
  g_autoptr (GError) error = NULL;
  gboolean value = g_key_file_get_boolean (self->state, GROUP, key, &error);

  if (error == NULL)
    engram_network_page_recall_pane (self, flap, value);
}

static void
recall_width (EngramNetworkPage *self,
              EngramPaneHandle  *handle,
              const char        *key)
{
  int width = g_key_file_get_integer (self->state, GROUP, key, NULL);

  if (width > 0)
    engram_pane_handle_set_width (handle, width);
}

static void
recall_query (EngramNetworkPage *self)
{
  g_autofree char *text = g_key_file_get_string (self->state, GROUP, "query", NULL);
  g_autoptr (EngramQuery) query = text != NULL ? engram_query_parse (text, NULL, NULL, NULL) : NULL;

  if (query == NULL || engram_query_is_empty (query))
    return;
  engram_session_set_query (self->session, query);
  g_object_set (self, "searching", TRUE, NULL);
}

/* Before the lists are given their session: they shall read the right order first. */
void
engram_network_page_recall (EngramNetworkPage *self)
{
  g_autofree char *view = g_key_file_get_string (self->state, GROUP, "view", NULL);

  recall_layout (self, self->neurons, "neuron-columns");
  recall_layout (self, self->synapses, "synapse-columns");
  recall_appearance (self, engram_space_view_get_network_view (self->space), "space-appearance");
  recall_appearance (self, engram_graph_view_get_network_view (self->graph), "graph-appearance");
  recall_graph (self);
  recall_pane (self, self->flap, "details-visible");
  recall_pane (self, self->filters_flap, "filters-visible");
  recall_width (self, self->details_handle, "details-width");
  recall_width (self, self->filters_handle, "filters-width");
  recall_query (self);
  if (view != NULL)
    g_object_set (self, "view", view, NULL);
}

typedef struct {
  EngramDatabase *database;
  char          **ids[2];
  EngramRowSet   *rows[2];
} Finding;

static void
finding_free (gpointer data)
{
  Finding *self = data;

  for (guint kind = 0; kind < G_N_ELEMENTS (self->ids); kind++)
    {
      g_strfreev (self->ids[kind]);
      g_clear_pointer (&self->rows[kind], engram_row_set_unref);
    }
  g_object_unref (self->database);
  g_free (self);
}

static void
find_rows (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Finding *finding = task_data;
  g_autoptr (GError) error = NULL;

  for (guint kind = 0; kind < G_N_ELEMENTS (finding->ids); kind++)
    {
      if (finding->ids[kind] == NULL)
        continue;
      finding->rows[kind] = engram_row_ids_find (finding->database, kind, (const char * const *) finding->ids[kind],
                                                 cancellable, &error);
      if (finding->rows[kind] == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

/* What cannot be found is not selected: a file that cannot be read says so in its lists. */
static void
rows_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  EngramNetworkPage *self;
  EngramRecordKind kind;
  Finding *finding = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  self = ENGRAM_NETWORK_PAGE (source);
  for (guint i = 0; i < G_N_ELEMENTS (finding->rows); i++)
    if (finding->rows[i] != NULL &&
        engram_row_set_get_size (engram_selection_get (engram_session_get_selection (self->session), i)) == 0)
      engram_selection_set (engram_session_get_selection (self->session), i, finding->rows[i]);
  kind = engram_network_page_get_kind (self);
  if (finding->ids[kind] != NULL && finding->ids[kind][0] != NULL && finding->ids[kind][1] == NULL)
    engram_record_list_select (engram_network_page_get_list (self, kind), finding->ids[kind][0]);
}

void
engram_network_page_recall_selection (EngramNetworkPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->loading, rows_found_cb, NULL);
  Finding *finding = g_new0 (Finding, 1);

  finding->database = g_object_ref (self->database);
  for (guint kind = 0; kind < G_N_ELEMENTS (selection_keys); kind++)
    finding->ids[kind] = g_key_file_get_string_list (self->state, GROUP, selection_keys[kind], NULL, NULL);
  g_task_set_source_tag (task, engram_network_page_recall_selection);
  g_task_set_task_data (task, finding, finding_free);
  g_task_run_in_thread (task, find_rows);
}

/* Remembering */

typedef struct {
  EngramDatabase *database;
  EngramRowSet   *rows[2];
  GKeyFile       *state;
  GKeyFile       *origin; /* what @state is a copy of */
  char           *path;
} Noting;

static void
noting_free (gpointer data)
{
  Noting *self = data;

  for (guint kind = 0; kind < G_N_ELEMENTS (self->rows); kind++)
    engram_row_set_unref (self->rows[kind]);
  g_object_unref (self->database);
  g_key_file_unref (self->state);
  g_key_file_unref (self->origin);
  g_free (self->path);
  g_free (self);
}

static void
list_ids (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  Noting *noting = task_data;

  for (guint kind = 0; kind < G_N_ELEMENTS (noting->rows); kind++)
    {
      g_auto (GStrv) ids = NULL;
      g_autoptr (GError) error = NULL;

      if (engram_row_set_get_size (noting->rows[kind]) <= MAX_SELECTED)
        ids = engram_row_ids_list (noting->database, kind, noting->rows[kind], cancellable, &error);
      /* A file that is gone, to be opened again: what was noted last still holds. */
      if (error != NULL)
        continue;
      if (ids != NULL && ids[0] != NULL)
        g_key_file_set_string_list (noting->state, GROUP, selection_keys[kind], (const char * const *) ids,
                                    g_strv_length (ids));
      else
        g_key_file_remove_key (noting->state, GROUP, selection_keys[kind], NULL);
    }
  g_task_return_boolean (task, TRUE);
}

/* For the next time, in which they may not be found out any more. */
static void
keep_selection (const Noting *noting)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (selection_keys); kind++)
    {
      g_autofree char *ids = g_key_file_get_value (noting->state, GROUP, selection_keys[kind], NULL);

      if (ids != NULL)
        g_key_file_set_value (noting->origin, GROUP, selection_keys[kind], ids);
      else
        g_key_file_remove_key (noting->origin, GROUP, selection_keys[kind], NULL);
    }
}

static void
ids_listed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  const Noting *noting = g_task_get_task_data (G_TASK (result));

  keep_selection (noting);
  engram_view_state_save (noting->path, noting->state);
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

static void
note_layout (EngramNetworkPage *self,
             EngramRecordList  *list,
             const char        *key)
{
  g_autofree char *layout = engram_record_list_dup_layout (list);

  g_key_file_set_string (self->state, GROUP, key, layout);
}

static void
note_appearance (EngramNetworkPage *self,
                 EngramNetworkView *view,
                 const char        *key)
{
  g_autofree char *appearance = engram_network_view_dup_appearance (view);

  g_key_file_set_string (self->state, GROUP, key, appearance);
}

static void
note_graph (EngramNetworkPage *self)
{
  g_autofree char *options = engram_graph_view_dup_options (self->graph);

  g_key_file_set_string (self->state, GROUP, "graph-options", options);
}

static void
note_view (EngramNetworkPage *self)
{
  EngramQuery *query = engram_session_get_query (self->session);

  note_layout (self, self->neurons, "neuron-columns");
  note_layout (self, self->synapses, "synapse-columns");
  note_appearance (self, engram_space_view_get_network_view (self->space), "space-appearance");
  note_appearance (self, engram_graph_view_get_network_view (self->graph), "graph-appearance");
  note_graph (self);
  g_key_file_set_string (self->state, GROUP, "view", adw_view_stack_get_visible_child_name (self->views));
  g_key_file_set_string (self->state, GROUP, "query", query != NULL ? engram_query_get_text (query) : "");
  g_key_file_set_boolean (self->state, GROUP, "details-visible", self->details_state.is_wanted);
  g_key_file_set_boolean (self->state, GROUP, "filters-visible", self->filters_state.is_wanted);
  g_key_file_set_integer (self->state, GROUP, "details-width", engram_pane_handle_get_width (self->details_handle));
  g_key_file_set_integer (self->state, GROUP, "filters-width", engram_pane_handle_get_width (self->filters_handle));
}

static GKeyFile *
copy_state (GKeyFile *state)
{
  GKeyFile *copy = g_key_file_new ();
  gsize length;
  g_autofree char *text = g_key_file_to_data (state, &length, NULL);

  g_key_file_load_from_data (copy, text, length, G_KEY_FILE_NONE, NULL);
  return copy;
}

void
engram_network_page_remember (EngramNetworkPage *self)
{
  g_autoptr (GTask) task = NULL;
  Noting *noting;

  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  g_clear_handle_id (&self->remember_timer, g_source_remove);
  if (self->session == NULL || self->remembered_as == NULL)
    return;
  note_view (self);

  noting = g_new0 (Noting, 1);
  noting->database = g_object_ref (self->database);
  noting->state = copy_state (self->state);
  noting->origin = g_key_file_ref (self->state);
  noting->path = g_strdup (self->remembered_as);
  for (guint kind = 0; kind < G_N_ELEMENTS (noting->rows); kind++)
    noting->rows[kind] =
      engram_row_set_ref (engram_selection_get (engram_session_get_selection (self->session), kind));
  /* Until it is written. */
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  task = g_task_new (NULL, NULL, ids_listed_cb, NULL);
  g_task_set_source_tag (task, engram_network_page_remember);
  g_task_set_task_data (task, noting, noting_free);
  g_task_run_in_thread (task, list_ids);
}

static gboolean
remember_cb (gpointer user_data)
{
  EngramNetworkPage *self = user_data;

  self->remember_timer = 0;
  engram_network_page_remember (self);
  return G_SOURCE_REMOVE;
}

void
engram_network_page_remember_soon (EngramNetworkPage *self)
{
  if (self->remember_timer == 0 && self->session != NULL)
    self->remember_timer = g_timeout_add (MILLISECONDS_UNTIL_REMEMBERED, remember_cb, self);
}
