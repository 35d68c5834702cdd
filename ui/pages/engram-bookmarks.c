/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include <glib/gi18n.h>

#include "details/engram-group.h"
#include "session/engram-view-state.h"

/* Bookmarks: named selections of the list that is shown, kept by id with what is remembered of the file. */

#define GROUP_PREFIX "bookmark "

/* As many ids as a key file takes without ado. */
#define MAX_ROWS 100000

/* Work on ids or rows of a bookmark in a worker. */
typedef struct {
  EngramDatabase   *database;
  EngramRecordKind  kind;
  char             *name;
  char            **ids;
  EngramRowSet     *rows;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_object_unref (self->database);
  g_free (self->name);
  g_strfreev (self->ids);
  g_clear_pointer (&self->rows, engram_row_set_unref);
  g_free (self);
}

static Request *
request_new (EngramNetworkPage *self,
             EngramRecordKind   kind,
             const char        *name)
{
  Request *request = g_new0 (Request, 1);

  request->database = g_object_ref (self->database);
  request->kind = kind;
  request->name = g_strdup (name);
  return request;
}

static void
run (EngramNetworkPage   *self,
     Request             *request,
     GTaskThreadFunc      func,
     GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) task = g_task_new (self, self->loading, callback, NULL);

  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, func);
}

/* The page of a request that has ended, unless the network was let go meanwhile; told what went wrong otherwise. */
static EngramNetworkPage *
finish (GObject      *source,
        GAsyncResult *result)
{
  EngramNetworkPage *self;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  self = ENGRAM_NETWORK_PAGE (source);
  if (error == NULL)
    return self;
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
  return NULL;
}

static void
return_outcome (GTask    *task,
                gboolean  done,
                GError   *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Adding */

static void
list_ids (GTask        *task,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;

  request->ids = engram_row_ids_list (request->database, request->kind, request->rows, cancellable, &error);
  return_outcome (task, request->ids != NULL, error);
}

static void
ids_listed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  EngramNetworkPage *self = finish (source, result);
  const Request *request = g_task_get_task_data (G_TASK (result));
  g_autofree char *group = g_strconcat (GROUP_PREFIX, request->name, NULL);

  if (self == NULL)
    return;
  g_key_file_set_integer (self->state, group, "kind", (int) request->kind);
  g_key_file_set_string_list (self->state, group, "ids", (const char * const *) request->ids,
                              g_strv_length (request->ids));
  engram_network_page_remember (self);
  engram_network_page_update_bookmarks (self);
}

static EngramRowSet *
get_selected (EngramNetworkPage *self)
{
  return engram_selection_get (engram_session_get_selection (self->session), engram_network_page_get_kind (self));
}

static void
add_cb (EngramNetworkPage *self,
        GtkWidget         *widget)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (gtk_menu_button_get_popover (self->bookmarks_button)), "entry");
  g_autofree char *name = g_strstrip (g_strdelimit (g_strdup (gtk_editable_get_text (entry)), "[]\n\r\t", ' '));
  Request *request;

  if (*name == '\0' || engram_row_set_get_size (get_selected (self)) == 0)
    return;
  request = request_new (self, engram_network_page_get_kind (self), name);
  request->rows = engram_row_set_ref (get_selected (self));
  run (self, request, list_ids, ids_listed_cb);
}

/* Going to one */

static void
find_rows (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;

  request->rows = engram_row_ids_find (request->database, request->kind, (const char * const *) request->ids,
                                       cancellable, &error);
  return_outcome (task, request->rows != NULL, error);
}

static void
tell_missing (EngramNetworkPage *self,
              gsize              n_missing)
{
  g_autofree char *text =
    g_strdup_printf (ngettext ("%zu of the bookmark is not in the network any more",
                               "%zu of the bookmark are not in the network any more", n_missing), n_missing);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
rows_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  EngramNetworkPage *self = finish (source, result);
  const Request *request = g_task_get_task_data (G_TASK (result));
  gsize n_ids, n_rows;

  if (self == NULL)
    return;
  n_ids = g_strv_length (request->ids);
  n_rows = engram_row_set_get_size (request->rows);
  if (n_rows < n_ids)
    tell_missing (self, n_ids - n_rows);
  if (n_rows > 0)
    engram_session_activate (self->session, request->kind, request->ids[0]);
  engram_selection_set (engram_session_get_selection (self->session), request->kind, request->rows);
}

static void
activated_cb (GtkListBox        *list,
              GtkListBoxRow     *row,
              EngramNetworkPage *self)
{
  const char *group = g_object_get_data (G_OBJECT (row), "group");
  Request *request = request_new (self, (EngramRecordKind) g_key_file_get_integer (self->state, group, "kind", NULL) &
                                          ENGRAM_RECORD_SYNAPSE,
                                  group);

  gtk_menu_button_popdown (self->bookmarks_button);
  request->ids = g_key_file_get_string_list (self->state, group, "ids", NULL, NULL);
  if (request->ids == NULL)
    request->ids = g_new0 (char *, 1);
  run (self, request, find_rows, rows_found_cb);
}

static void
remove_cb (EngramNetworkPage *self,
           GtkWidget         *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  g_key_file_remove_group (self->state, g_object_get_data (G_OBJECT (row), "group"), NULL);
  engram_network_page_remember (self);
  engram_network_page_update_bookmarks (self);
}

/* The popover */

static GtkWidget *
create_row (EngramNetworkPage *self,
            const char        *group)
{
  const char *name = group + strlen (GROUP_PREFIX);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: the name of a bookmark. */
  g_autofree char *tooltip = g_strdup_printf (_("Remove the bookmark “%s”"), name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "group", g_strdup (group), g_free);
  return row;
}

static GtkWidget *
create_list (EngramNetworkPage *self)
{
  GtkWidget *list = gtk_list_box_new ();
  g_auto (GStrv) groups = g_key_file_get_groups (self->state, NULL);
  GtkWidget *placeholder = gtk_label_new (_("No bookmarks yet"));

  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_widget_set_margin_top (placeholder, 12);
  gtk_widget_set_margin_bottom (placeholder, 12);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), placeholder);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Bookmarks"), -1);
  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], GROUP_PREFIX))
      gtk_list_box_append (GTK_LIST_BOX (list), create_row (self, groups[i]));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, 0);
  return list;
}

static GtkWidget *
create_entry_row (EngramNetworkPage *self,
                  GtkWidget         *popover)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Add"));
  gsize n_selected = engram_row_set_get_size (get_selected (self));
  gboolean can_add = n_selected > 0 && n_selected <= MAX_ROWS;

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry),
                                  can_add           ? _("Name for what is selected")
                                  : n_selected == 0 ? _("Select something to bookmark it")
                                                    : _("Too much is selected for a bookmark"));
  engram_control_set_name (entry, _("Name of the new bookmark"));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_sensitive (entry, can_add);
  gtk_widget_set_sensitive (button, can_add);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_cb), self);
  g_object_set_data (G_OBJECT (popover), "entry", entry);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* Fills the popover anew, as it is when it is about to be seen. */
void
engram_network_page_update_bookmarks (EngramNetworkPage *self)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (self->bookmarks_button));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_size_request (box, 280, -1);
  if (self->session != NULL)
    {
      gtk_box_append (GTK_BOX (box), create_list (self));
      gtk_box_append (GTK_BOX (box), create_entry_row (self, popover));
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
}
