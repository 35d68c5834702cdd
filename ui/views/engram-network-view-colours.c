/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* What the colours and sizes stand for, and the values that the network's columns do not hold: read by a worker, or the
 * results of analyses. */

/* What a worker reads. */
typedef struct {
  EngramDatabase      *database;
  EngramColourBy       colour_by;
  EngramSizeBy         size_by;
  char                *key;
  gboolean             lists_keys;

  EngramRecordNumbers *colours;
  EngramNeuronTags    *tags;
  EngramRecordNumbers *sizes;
  GPtrArray           *keys;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *self = data;

  g_object_unref (self->database);
  g_free (self->key);
  g_clear_pointer (&self->colours, engram_record_numbers_unref);
  g_clear_pointer (&self->tags, engram_neuron_tags_free);
  g_clear_pointer (&self->sizes, engram_record_numbers_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self);
}

/* In the worker */

static gboolean
load_colours (Loading       *self,
              GCancellable  *cancellable,
              GError       **error)
{
  switch ((int) self->colour_by)
    {
    case ENGRAM_COLOUR_BY_TAG:
      self->tags = engram_neuron_tags_load (self->database, cancellable, error);
      return self->tags != NULL;
    case ENGRAM_COLOUR_BY_IMPORTANCE:
      self->colours = engram_record_numbers_load_importance (self->database, cancellable, error);
      return self->colours != NULL;
    case ENGRAM_COLOUR_BY_METADATA:
      if (self->key == NULL)
        return TRUE;
      self->colours = engram_record_numbers_load_metadata (self->database, self->key, cancellable, error);
      return self->colours != NULL;
    default:
      return TRUE;
    }
}

/* Without a key the most frequent one is meant. */
static gboolean
load_keys (Loading       *self,
           GCancellable  *cancellable,
           GError       **error)
{
  self->keys = engram_metadata_list_number_keys (self->database, cancellable, error);
  if (self->keys == NULL)
    return FALSE;
  if (self->key == NULL && self->keys->len > 0)
    self->key = g_strdup (((const EngramFacetValue *) self->keys->pdata[0])->name);
  return TRUE;
}

static void
load (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Loading *self = task_data;
  GError *error = NULL;
  gboolean done = (!self->lists_keys || load_keys (self, cancellable, &error))
                  && load_colours (self, cancellable, &error);

  if (done && self->size_by == ENGRAM_SIZE_BY_IMPORTANCE)
    {
      self->sizes = engram_record_numbers_load_importance (self->database, cancellable, &error);
      done = self->sizes != NULL;
    }
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Colouring */

static EngramRecordNumbers *
get_result (EngramNetworkView *self,
            EngramAnalysis     analysis)
{
  EngramSearcher *searcher = self->session != NULL ? engram_session_get_searcher (self->session) : NULL;

  return searcher != NULL ? engram_searcher_get_analysis (searcher, analysis) : NULL;
}

/* What is to be known of the colours, beside what they stand for. */
static char *
dup_note (EngramNetworkView   *self,
          EngramRecordNumbers *result)
{
  EngramAnalysis analysis;

  if (self->colour_by == ENGRAM_COLOUR_BY_METADATA && self->colour_key == NULL && self->keys_known)
    return g_strdup (_("No neuron has a number in its metadata"));
  if (!engram_colour_by_get_analysis (self->colour_by, &analysis) || self->session == NULL)
    return NULL;
  if (result == NULL && engram_analysis_is_difference (analysis))
    return g_strdup (_("No other file has been compared yet"));
  if (result == NULL)
    return g_strdup (_("Not known yet"));
  return g_strdup (engram_session_get_analysis_note (self->session, analysis));
}

void
engram_network_view_colour (EngramNetworkView *self)
{
  EngramNetworkScene *scene = engram_scene_source_get_scene (self->source);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (EngramRecordNumbers) colours = NULL, sizes = NULL;
  g_autofree char *colour_label = NULL, *size_label = NULL, *note = NULL;
  g_autoptr (EngramLegend) legend = NULL;
  EngramColouring colouring = { self->colour_by, self->size_by };
  EngramAnalysis analysis;

  if (scene == NULL)
    {
      engram_legend_view_set_legend (ENGRAM_LEGEND_VIEW (self->legend_view), NULL);
      return;
    }
  colouring.colours = self->tags != NULL ? self->tags->values : self->colour_values;
  colouring.names = self->tags != NULL ? self->tags->names : NULL;
  colouring.sizes = self->size_values;
  if (engram_colour_by_get_analysis (self->colour_by, &analysis) && self->session != NULL)
    {
      colouring.colours = colours = get_result (self, analysis);
      colour_label = engram_session_dup_analysis_label (self->session, analysis);
    }
  else if (self->colour_by == ENGRAM_COLOUR_BY_METADATA)
    colour_label = g_strdup (self->colour_key);
  if (engram_size_by_get_analysis (self->size_by, &analysis) && self->session != NULL)
    {
      colouring.sizes = sizes = get_result (self, analysis);
      size_label = engram_session_dup_analysis_label (self->session, analysis);
    }
  note = dup_note (self, colours);
  colouring.colour_label = colour_label;
  colouring.size_label = size_label;
  colouring.note = note;
  legend = engram_colouring_apply (&colouring, scene, GTK_WIDGET (self), dark);
  engram_legend_view_set_legend (ENGRAM_LEGEND_VIEW (self->legend_view), legend);
  engram_scene_view_scene_changed (self->scene_view, FALSE);
}

/* Loading */

static gboolean
needs_loading (EngramNetworkView *self)
{
  return self->colour_by == ENGRAM_COLOUR_BY_TAG || self->colour_by == ENGRAM_COLOUR_BY_IMPORTANCE
         || self->colour_by == ENGRAM_COLOUR_BY_METADATA || self->size_by == ENGRAM_SIZE_BY_IMPORTANCE;
}

static void
clear_values (EngramNetworkView *self)
{
  g_clear_pointer (&self->colour_values, engram_record_numbers_unref);
  g_clear_pointer (&self->size_values, engram_record_numbers_unref);
  g_clear_pointer (&self->tags, engram_neuron_tags_free);
}

static void
show_keys (EngramNetworkView *self,
           GPtrArray         *keys)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < keys->len; i++)
    {
      const char *name = ((const EngramFacetValue *) keys->pdata[i])->name;

      gtk_string_list_append (list, name);
      if (g_strcmp0 (name, self->colour_key) == 0)
        selected = i;
    }
  /* One that is remembered, and no neuron has any more. */
  if (selected == GTK_INVALID_LIST_POSITION && self->colour_key != NULL)
    {
      selected = keys->len;
      gtk_string_list_append (list, self->colour_key);
    }
  self->showing_keys = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->key_drop_down), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->key_drop_down), selected);
  gtk_widget_set_sensitive (self->key_drop_down, selected != GTK_INVALID_LIST_POSITION);
  self->showing_keys = FALSE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  Loading *loading = g_task_get_task_data (G_TASK (result));
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  EngramNetworkView *self;

  /* Something else was chosen, or the view has gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_NETWORK_VIEW (source);
  g_clear_object (&self->values_loading);
  clear_values (self);
  if (!done)
    {
      g_signal_emit_by_name (self->session, "failed", _("Reading what the colours stand for"), error);
      engram_network_view_colour (self);
      return;
    }
  self->colour_values = g_steal_pointer (&loading->colours);
  self->size_values = g_steal_pointer (&loading->sizes);
  self->tags = g_steal_pointer (&loading->tags);
  if (loading->keys != NULL)
    {
      g_free (self->colour_key);
      self->colour_key = g_strdup (loading->key);
      self->keys_known = TRUE;
      show_keys (self, loading->keys);
    }
  engram_network_view_colour (self);
}

static void
start_loading (EngramNetworkView *self)
{
  g_autoptr (GTask) task = NULL;
  Loading *loading;

  g_cancellable_cancel (self->values_loading);
  g_clear_object (&self->values_loading);
  self->values_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->session == NULL || engram_session_get_database (self->session) == NULL || self->values_stale
      || !needs_loading (self))
    return;
  loading = g_new0 (Loading, 1);
  loading->database = g_object_ref (engram_session_get_database (self->session));
  loading->colour_by = self->colour_by;
  loading->size_by = self->size_by;
  loading->key = g_strdup (self->colour_key);
  loading->lists_keys = self->colour_by == ENGRAM_COLOUR_BY_METADATA;
  self->values_loading = g_cancellable_new ();
  task = g_task_new (self, self->values_loading, loaded_cb, NULL);
  g_task_set_source_tag (task, start_loading);
  g_task_set_task_data (task, loading, loading_free);
  g_task_run_in_thread (task, load);
}

/* What is chosen and has not been found out is. */
static void
start_analyses (EngramNetworkView *self)
{
  EngramAnalysis analysis;

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (engram_colour_by_get_analysis (self->colour_by, &analysis)
      && !engram_session_is_analysed (self->session, analysis))
    engram_session_analyse (self->session, analysis);
  if (engram_size_by_get_analysis (self->size_by, &analysis) && !engram_session_is_analysed (self->session, analysis))
    engram_session_analyse (self->session, analysis);
}

/* The columns of another network, or of the same one as it is now. */
void
engram_network_view_refresh_values (EngramNetworkView *self)
{
  start_loading (self);
}

void
engram_network_view_forget_values (EngramNetworkView *self)
{
  g_cancellable_cancel (self->values_loading);
  g_clear_object (&self->values_loading);
  clear_values (self);
  self->keys_known = FALSE;
}

/* Somebody looks. */
void
engram_network_view_begin_values (EngramNetworkView *self)
{
  if (self->values_stale)
    start_loading (self);
  start_analyses (self);
}

/* Choosing */

static void
show_choice (EngramNetworkView *self)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->colour_drop_down), self->colour_by);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->size_drop_down), self->size_by);
  gtk_widget_set_visible (self->key_drop_down, self->colour_by == ENGRAM_COLOUR_BY_METADATA);
}

void
engram_network_view_set_colours (EngramNetworkView *self,
                                 EngramColourBy     colour_by,
                                 EngramSizeBy       size_by)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  if (colour_by == self->colour_by && size_by == self->size_by)
    return;
  self->colour_by = colour_by;
  self->size_by = size_by;
  show_choice (self);
  clear_values (self);
  start_loading (self);
  start_analyses (self);
  engram_network_view_colour (self);
  engram_network_view_show_selection (self);
  g_signal_emit_by_name (self, "appearance-changed");
}

void
engram_network_view_set_colour_key (EngramNetworkView *self,
                                    const char        *key)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  if (g_strcmp0 (key, self->colour_key) == 0)
    return;
  g_free (self->colour_key);
  self->colour_key = g_strdup (key);
  if (self->colour_by == ENGRAM_COLOUR_BY_METADATA)
    start_loading (self);
  g_signal_emit_by_name (self, "appearance-changed");
}

void
engram_network_view_key_chosen (EngramNetworkView *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->key_drop_down));

  if (!self->showing_keys && chosen != NULL)
    engram_network_view_set_colour_key (self, gtk_string_object_get_string (chosen));
}
