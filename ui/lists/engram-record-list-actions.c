/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

#include "lists/engram-record-copy.h"

/* How far "Near This" looks. */
#define NEAR_DISTANCE "10"

static void
set_enabled (EngramRecordList *self,
             const char       *name,
             gboolean          enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (EngramRecordList *self,
           const char       *name,
           GVariant         *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static gboolean
has_filter (EngramRecordList *self)
{
  return self->session != NULL && !engram_query_is_empty (engram_session_get_query (self->session));
}

/* What can be done with what is selected now. */
void
engram_record_list_update_actions (EngramRecordList *self)
{
  guint n_rows = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  guint n_selected = self->selection != NULL ? engram_record_selection_get_size (self->selection) : 0;

  if (self->actions == NULL)
    return;
  set_enabled (self, "copy", n_selected > 0);
  set_enabled (self, "copy-ids", n_selected > 0);
  set_enabled (self, "select-all", n_rows > n_selected);
  set_enabled (self, "select-none", n_selected > 0);
  set_enabled (self, "clear-filter", has_filter (self));
  set_state (self, "sort", g_variant_new_string (engram_sort_key_get_name (self->sort.key)));
  set_state (self, "descending", g_variant_new_boolean (self->sort.descending));
}

/* Copying */

static GPtrArray *
list_visible_columns (EngramRecordList *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GPtrArray *visible = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_ptr_array_add (visible, (gpointer) engram_columns_get (column));
    }
  return visible;
}

/* A copy of a kind of its own, and as plain text for all who take that. */
static void
offer_copy (EngramRecordList   *self,
            GBytes             *bytes,
            EngramRecordFormat  format)
{
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_for_bytes (engram_record_format_get_mime_type (format), bytes),
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes),
  };
  g_autoptr (GdkContentProvider) offered = NULL;

  offered = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), offered);
}

typedef struct {
  EngramRecordList *list; /* borrowed: while it is not cancelled, the list is there */
  EngramRecordFormat format;
} Copying;

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Copying *copying = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = engram_record_copy_finish (ENGRAM_RECORD_MODEL (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&copying->list->copying);
  if (bytes != NULL)
    offer_copy (copying->list, bytes, copying->format);
  engram_record_list_set_message (copying->list, error);
}

static void
copy_as (EngramRecordList   *self,
         EngramRecordFormat  format)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GPtrArray) columns = format == ENGRAM_RECORD_TEXT ? list_visible_columns (self) : NULL;
  Copying *copying = g_new (Copying, 1);

  *copying = (Copying) { self, format };
  g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  self->copying = g_cancellable_new ();
  engram_record_copy_async (self->model, selected, format, columns, self->copying, copied_cb, copying);
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  EngramRecordFormat format;

  if (engram_record_format_from_name (g_variant_get_string (parameter, NULL), &format))
    copy_as (user_data, format);
  else
    g_warning ("No records can be copied as “%s”", g_variant_get_string (parameter, NULL));
}

static void
copy_ids_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  copy_as (user_data, ENGRAM_RECORD_IDS);
}

/* Selecting */

static void
select_all_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  EngramRecordList *self = user_data;

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

static void
select_none_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  EngramRecordList *self = user_data;

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* The view */

static void
sort_cb (GSimpleAction *action,
         GVariant      *value,
         gpointer       user_data)
{
  EngramRecordList *self = user_data;
  EngramSort sort = { engram_sort_key_from_name (g_variant_get_string (value, NULL)), self->sort.descending };

  if (engram_sort_key_fits (sort.key, self->kind))
    engram_record_list_set_sort (self, sort);
}

static void
descending_cb (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  EngramRecordList *self = user_data;

  engram_record_list_set_sort (self, (EngramSort) { self->sort.key, g_variant_get_boolean (value) });
}

static void
column_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EngramRecordList *self = user_data;
  const EngramColumn *column;
  const char *name;
  gboolean shown;

  g_variant_get (parameter, "(&sb)", &name, &shown);
  column = engram_columns_find (self->kind, name);
  if (column != NULL)
    engram_record_list_set_column_shown (self, column, shown);
}

static void
reset_columns_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  engram_record_list_reset_columns (user_data);
}

static void
clear_filter_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramRecordList *self = user_data;

  engram_session_set_query (self->session, NULL);
}

/* What the context menu does with the row that it was opened over */

static gboolean
take_menu_values (EngramRecordList   *self,
                  EngramRecordValues *values)
{
  return self->session != NULL && self->menu_row != NULL && engram_columns_take_values (self->menu_row, values);
}

/* Asks for "FIELD:ID" and what is behind it, and for nothing else. Returns: whether that was possible */
static gboolean
ask_for (EngramRecordList *self,
         const char       *field,
         const char       *behind)
{
  EngramRecordValues values;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autoptr (EngramQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  if (!take_menu_values (self, &values) || values.neuron == NULL)
    return FALSE;
  id = engram_query_quote (values.neuron->id != NULL ? values.neuron->id : "");
  text = g_strconcat (field, ":", id, behind, NULL);
  query = engram_query_parse (text, NULL, NULL, &error);
  if (query != NULL)
    engram_session_set_query (self->session, query);
  else
    engram_record_list_set_message (self, error);
  return query != NULL;
}

static void
find_similar_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramRecordList *self = user_data;

  /* The nearest first, which is what the order of rows is then. */
  if (ask_for (self, "like", ""))
    engram_record_list_set_sort (self, (EngramSort) { ENGRAM_SORT_ROWS, FALSE });
}

static void
near_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  ask_for (user_data, "near", "<" NEAR_DISTANCE);
}

static void
show_synapses_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  if (ask_for (user_data, "id", ""))
    g_signal_emit_by_name (user_data, "show-kind", (guint) ENGRAM_RECORD_SYNAPSE);
}

static void
go_to_source_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramRecordList *self = user_data;
  EngramRecordValues values;

  if (take_menu_values (self, &values) && values.synapse != NULL)
    engram_session_activate (self->session, ENGRAM_RECORD_NEURON, values.synapse->source_id);
}

static void
go_to_target_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EngramRecordList *self = user_data;
  EngramRecordValues values;

  if (take_menu_values (self, &values) && values.synapse != NULL)
    engram_session_activate (self->session, ENGRAM_RECORD_NEURON, values.synapse->target_id);
}

static const GActionEntry entries[] = {
  { .name = "copy", .activate = copy_cb, .parameter_type = "s" },
  { .name = "copy-ids", .activate = copy_ids_cb },
  { .name = "select-all", .activate = select_all_cb },
  { .name = "select-none", .activate = select_none_cb },
  { .name = "sort", .parameter_type = "s", .state = "'rows'", .change_state = sort_cb },
  { .name = "descending", .state = "false", .change_state = descending_cb },
  { .name = "column", .activate = column_cb, .parameter_type = "(sb)" },
  { .name = "reset-columns", .activate = reset_columns_cb },
  { .name = "clear-filter", .activate = clear_filter_cb },
  { .name = "show-synapses", .activate = show_synapses_cb },
  { .name = "find-similar", .activate = find_similar_cb },
  { .name = "near", .activate = near_cb },
  { .name = "go-to-source", .activate = go_to_source_cb },
  { .name = "go-to-target", .activate = go_to_target_cb },
};

void
engram_record_list_add_actions (EngramRecordList *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (self->actions));
}
