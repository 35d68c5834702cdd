/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-toast.h"
#include "session/engram-view-state.h"

/* Bookmarks: named selections of the list that is shown, kept by id with what is remembered of the file. */

#define GROUP_PREFIX "bookmark "

/* As many ids as a key file takes without ado. */
#define MAX_ROWS 100000

#define MAX_NAME 200

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
  engram_network_page_tell (self, error->message);
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

/* The bookmarks themselves */

static void
changed (EngramNetworkPage *self)
{
  engram_network_page_remember (self);
  engram_network_page_update_bookmarks (self);
}

static void
copy_bookmark (GKeyFile   *from,
               const char *from_group,
               GKeyFile   *to,
               const char *to_group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, from_group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_value (from, from_group, keys[i], NULL);

      g_key_file_set_value (to, to_group, keys[i], value);
    }
}

static int
compare_names (gconstpointer one,
               gconstpointer other)
{
  return g_utf8_collate (*(const char * const *) one, *(const char * const *) other);
}

/* Returns: (transfer full): the groups that they are kept in, by name */
static GPtrArray *
list_groups (EngramNetworkPage *self)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->state, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], GROUP_PREFIX))
      g_ptr_array_add (list, g_strdup (groups[i]));
  g_ptr_array_sort (list, compare_names);
  return list;
}

/* How many records it holds; empty where it was made before that was noted. */
static char *
describe (EngramNetworkPage *self,
          const char        *group)
{
  gulong count = (gulong) g_key_file_get_integer (self->state, group, "count", NULL);
  gboolean of_synapses = g_key_file_get_integer (self->state, group, "kind", NULL) == ENGRAM_RECORD_SYNAPSE;

  if (count == 0)
    return g_strdup ("");
  return g_strdup_printf (of_synapses ? ngettext ("%lu synapse", "%lu synapses", count)
                                      : ngettext ("%lu neuron", "%lu neurons", count), count);
}

/* Adding and renaming */

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
  g_key_file_set_integer (self->state, group, "count", (int) g_strv_length (request->ids));
  g_key_file_set_string_list (self->state, group, "ids", (const char * const *) request->ids,
                              g_strv_length (request->ids));
  changed (self);
}

static EngramRowSet *
get_selected (EngramNetworkPage *self)
{
  return engram_selection_get (engram_session_get_selection (self->session), engram_network_page_get_kind (self));
}

/* What is typed, as it can be kept. */
static char *
dup_name (EngramNetworkPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->bookmark_entry));

  return g_strstrip (g_strdelimit (g_strdup (text), "[]\n\r\t", ' '));
}

static gboolean
can_add (EngramNetworkPage *self)
{
  gsize n_selected = engram_row_set_get_size (get_selected (self));

  return n_selected > 0 && n_selected <= MAX_ROWS;
}

static void
update_button (EngramNetworkPage *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *group = g_strconcat (GROUP_PREFIX, name, NULL);
  gboolean is_there = g_key_file_has_group (self->state, group);
  const char *label = self->renamed_bookmark != NULL ? _("_Rename") : is_there ? _("_Replace") : _("_Add");

  gtk_button_set_label (GTK_BUTTON (self->bookmark_button), label);
  gtk_widget_set_sensitive (self->bookmark_button,
                            *name != '\0' && (self->renamed_bookmark != NULL ? !is_there : can_add (self)));
}

static void
rename_bookmark (EngramNetworkPage *self,
                 const char        *name)
{
  g_autofree char *group = g_strconcat (GROUP_PREFIX, name, NULL);
  g_autofree char *old_group = g_steal_pointer (&self->renamed_bookmark);

  copy_bookmark (self->state, old_group, self->state, group);
  g_key_file_remove_group (self->state, old_group, NULL);
  changed (self);
}

static void
add_cb (EngramNetworkPage *self)
{
  g_autofree char *name = dup_name (self);
  Request *request;

  if (!gtk_widget_get_sensitive (self->bookmark_button))
    return;
  if (self->renamed_bookmark != NULL)
    {
      rename_bookmark (self, name);
      return;
    }
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

  engram_network_page_tell (self, text);
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

static const char *
get_group (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW)), "group");
}

static void
rename_cb (EngramNetworkPage *self,
           GtkWidget         *button)
{
  g_free (self->renamed_bookmark);
  self->renamed_bookmark = g_strdup (get_group (button));
  engram_network_page_update_bookmarks (self);
}

/* Removing */

/* What a toast brings back. */
typedef struct {
  EngramNetworkPage *page;     /* borrowed: its toasts go with it */
  EngramDatabase    *database; /* borrowed, to be compared only */
  GKeyFile          *kept;
  char              *group;
} Removed;

static void
removed_free (gpointer  data,
              GClosure *closure)
{
  Removed *self = data;

  g_key_file_unref (self->kept);
  g_free (self->group);
  g_free (self);
}

static void
bring_back_cb (AdwToast *toast,
               Removed  *removed)
{
  if (removed->page->database != removed->database || removed->page->state == NULL)
    return;
  copy_bookmark (removed->kept, removed->group, removed->page->state, removed->group);
  changed (removed->page);
}

static void
remove_cb (EngramNetworkPage *self,
           GtkWidget         *button)
{
  Removed *removed = g_new0 (Removed, 1);
  g_autofree char *text = NULL;
  AdwToast *toast;

  removed->page = self;
  removed->database = self->database;
  removed->kept = g_key_file_new ();
  removed->group = g_strdup (get_group (button));
  copy_bookmark (self->state, removed->group, removed->kept, removed->group);
  /* Translators: the name of a bookmark. */
  text = g_strdup_printf (_("Removed the bookmark “%s”"), removed->group + strlen (GROUP_PREFIX));
  toast = engram_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (bring_back_cb), removed, removed_free, 0);
  g_clear_pointer (&self->renamed_bookmark, g_free);
  g_key_file_remove_group (self->state, removed->group, NULL);
  changed (self);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* The popover */

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_button (EngramNetworkPage *self,
               const char        *icon_name,
               const char        *name,
               GCallback          clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  engram_control_set_tooltip (button, name);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
create_row (EngramNetworkPage *self,
            const char        *group)
{
  const char *name = group + strlen (GROUP_PREFIX);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *description = describe (self, group);
  /* Translators: the name of a bookmark. */
  g_autofree char *rename = g_strdup_printf (_("Rename the bookmark “%s”"), name);
  /* Translators: the name of a bookmark. */
  g_autofree char *remove = g_strdup_printf (_("Remove the bookmark “%s”"), name);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), create_label (name, NULL));
  if (*description != '\0')
    gtk_box_append (GTK_BOX (texts), create_label (description, "dim-label"));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), create_button (self, "document-edit-symbolic", rename, G_CALLBACK (rename_cb)));
  gtk_box_append (GTK_BOX (box), create_button (self, "user-trash-symbolic", remove, G_CALLBACK (remove_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  g_object_set_data_full (G_OBJECT (row), "group", g_strdup (group), g_free);
  return row;
}

static GtkWidget *
create_list (EngramNetworkPage *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (GPtrArray) groups = list_groups (self);
  GtkWidget *placeholder = gtk_label_new (_("No bookmarks yet: select something, and give it a name"));

  gtk_label_set_wrap (GTK_LABEL (placeholder), TRUE);
  gtk_widget_add_css_class (placeholder, "dim-label");
  gtk_widget_set_margin_top (placeholder, 12);
  gtk_widget_set_margin_bottom (placeholder, 12);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), placeholder);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "engram-suggestions");
  for (guint i = 0; i < groups->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), create_row (self, g_ptr_array_index (groups, i)));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, 0);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Bookmarks"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Bookmarks"), -1);
  return scroller;
}

static const char *
get_hint (EngramNetworkPage *self)
{
  if (self->renamed_bookmark != NULL || can_add (self))
    return self->renamed_bookmark != NULL ? _("New name") : _("Name for what is selected");
  return engram_row_set_get_size (get_selected (self)) == 0 ? _("Select something to bookmark it")
                                                            : _("Too much is selected for a bookmark");
}

static GtkWidget *
create_entry_row (EngramNetworkPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *name = self->renamed_bookmark != NULL ? self->renamed_bookmark + strlen (GROUP_PREFIX) : "";

  self->bookmark_entry = gtk_entry_new ();
  self->bookmark_button = gtk_button_new_with_mnemonic ("");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->bookmark_entry), get_hint (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->bookmark_entry), MAX_NAME);
  gtk_editable_set_text (GTK_EDITABLE (self->bookmark_entry), name);
  engram_control_set_name (self->bookmark_entry, _("Name of the bookmark"));
  gtk_widget_set_hexpand (self->bookmark_entry, TRUE);
  gtk_widget_set_sensitive (self->bookmark_entry, self->renamed_bookmark != NULL || can_add (self));
  g_signal_connect_swapped (self->bookmark_entry, "changed", G_CALLBACK (update_button), self);
  g_signal_connect_swapped (self->bookmark_entry, "activate", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->bookmark_button, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (box), self->bookmark_entry);
  gtk_box_append (GTK_BOX (box), self->bookmark_button);
  update_button (self);
  return box;
}

/* Fills the popover anew, as it is when it is about to be seen. */
void
engram_network_page_update_bookmarks (EngramNetworkPage *self)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (self->bookmarks_button));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_size_request (box, 280, -1);
  self->bookmark_entry = NULL;
  self->bookmark_button = NULL;
  if (self->session != NULL)
    {
      gtk_box_append (GTK_BOX (box), create_list (self));
      gtk_box_append (GTK_BOX (box), create_entry_row (self));
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  /* What had the focus is gone. */
  if (self->bookmark_entry == NULL || !gtk_widget_get_mapped (popover))
    return;
  if (!gtk_widget_grab_focus (self->bookmark_entry))
    gtk_widget_child_focus (box, GTK_DIR_TAB_FORWARD);
}

/* It is about to be seen. */
void
engram_network_page_begin_bookmarks (EngramNetworkPage *self)
{
  g_clear_pointer (&self->renamed_bookmark, g_free);
  engram_network_page_update_bookmarks (self);
}
