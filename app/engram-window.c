/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "engram-drop-target.h"
#include "engram-frame.h"
#include "engram-timing.h"
#include "pages/engram-recent-list.h"
#include "pages/engram-welcome-page.h"

#include "backups/engram-automatic-backup.h"
#include "common/engram-settings.h"

#include <glib/gi18n.h>

enum {
  PROP_0,
  PROP_STATE,
  N_PROPERTIES,
};

enum {
  FIRST_ROWS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (EngramWindowState, engram_window_state,
                    G_DEFINE_ENUM_VALUE (ENGRAM_WINDOW_WELCOME, "welcome"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_WINDOW_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_WINDOW_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (ENGRAM_WINDOW_NETWORK, "network"))
G_DEFINE_FINAL_TYPE (EngramWindow, engram_window, ADW_TYPE_APPLICATION_WINDOW)

static void
can_go_back_changed_cb (EngramWindow *self)
{
  GAction *back = g_action_map_lookup_action (G_ACTION_MAP (self), "back");
  gboolean can_go_back;

  g_object_get (self->network_page, "can-go-back", &can_go_back, NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (back), can_go_back);
}

static GtkWidget *
get_stack_page (EngramWindow *self)
{
  switch (self->state)
    {
    case ENGRAM_WINDOW_WELCOME:
      return self->welcome_page;
    case ENGRAM_WINDOW_OPENING:
      return GTK_WIDGET (self->opening_page);
    case ENGRAM_WINDOW_REFUSED:
      return GTK_WIDGET (self->error_page);
    case ENGRAM_WINDOW_NETWORK:
      return GTK_WIDGET (self->network_page);
    default:
      g_return_val_if_reached (NULL);
    }
}

void
engram_window_set_state (EngramWindow      *self,
                         EngramWindowState  state)
{
  gboolean has_network = state == ENGRAM_WINDOW_NETWORK;

  self->state = state;
  engram_window_update_room (self);
  gtk_stack_set_visible_child (self->stack, get_stack_page (self));
  gtk_widget_set_visible (self->back_button, has_network);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), has_network);
  gtk_widget_set_visible (self->details_button, has_network);
  engram_window_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_subtitle (EngramWindow *self,
              const char   *subtitle)
{
  adw_window_title_set_subtitle (self->title, subtitle);
  adw_view_switcher_title_set_subtitle (self->switcher_title, subtitle);
}

void
engram_window_set_titles (EngramWindow *self,
                          const char   *title,
                          const char   *subtitle)
{
  adw_window_title_set_title (self->title, title);
  adw_view_switcher_title_set_title (self->switcher_title, title);
  set_subtitle (self, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), subtitle);
}

char *
engram_window_dup_name (EngramWindow *self)
{
  if (self->path != NULL)
    return g_filename_display_basename (self->path);
  return g_strdup (self->untitled == ENGRAM_UNTITLED_SAMPLE ? _("Sample network — untitled copy")
                                                            : _("Untitled network"));
}

static void
first_rows_drawn_cb (GtkWidget *widget,
                     gpointer   user_data)
{
  EngramWindow *self = ENGRAM_WINDOW (widget);
  EngramSession *session = engram_network_page_get_session (self->network_page);
  g_autoptr (EngramJob) backup = NULL;

  engram_timing_log ("first-rows", engram_timing_since_start () - self->asked_at);
  g_signal_emit (self, signals[FIRST_ROWS], 0);
  if (session != NULL)
    backup = engram_automatic_backup_start (session);
}

static void
first_rows_cb (EngramWindow *self)
{
  engram_frame_await (GTK_WIDGET (self), first_rows_drawn_cb, NULL);
}

static void
cancelled_cb (EngramWindow *self)
{
  engram_window_cancel_opening (self);
  g_clear_pointer (&self->path, g_free);
  engram_window_set_titles (self, _("Engram"), "");
  engram_window_set_state (self, ENGRAM_WINDOW_WELCOME);
}

static void
open_again_cb (EngramWindow *self)
{
  g_autofree char *path = g_strdup (self->path);

  if (path != NULL)
    engram_window_open (self, path, engram_timing_since_start ());
  else
    engram_window_open_untitled (self, self->untitled, engram_timing_since_start ());
}

static void
recent_activated_cb (EngramWindow *self,
                     const char   *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gtk_popover_popdown (self->recent_popover);
  g_application_open (g_application_get_default (), &file, 1, "");
}

static void
session_changed_cb (EngramWindow *self)
{
  engram_window_follow_session (self);
  engram_findings_button_set_session (self->findings_button, engram_network_page_get_session (self->network_page));
}

static void
view_changed_cb (EngramWindow *self)
{
  engram_window_update_actions (self);
}

static void
engram_window_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, ENGRAM_WINDOW (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
remember_size (EngramWindow *self)
{
  GSettings *settings = engram_settings_get ();
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
}

/* What is typed is written, or the person wants to stay. */
static void
details_left_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (EngramWindow) self = user_data;

  if (engram_details_pane_leave_finish (ENGRAM_DETAILS_PANE (source), result))
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
engram_window_close_request (GtkWindow *window)
{
  EngramWindow *self = ENGRAM_WINDOW (window);
  EngramDetailsPane *details = engram_network_page_get_details (self->network_page);

  if (engram_details_pane_has_unsaved (details))
    {
      engram_details_pane_leave_async (details, details_left_cb, g_object_ref (self));
      return GDK_EVENT_STOP;
    }
  if (engram_window_ask_about_jobs (self) || engram_window_ask_to_save (self))
    return GDK_EVENT_STOP;
  remember_size (self);
  return GTK_WINDOW_CLASS (engram_window_parent_class)->close_request (window);
}

static void
engram_window_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  GTK_WIDGET_CLASS (engram_window_parent_class)->size_allocate (widget, width, height, baseline);

  engram_window_note_width (ENGRAM_WINDOW (widget), width);
}

/* When the window is closed; an opening under way holds a reference to it, so that dispose comes too late. */
static void
engram_window_unrealize (GtkWidget *widget)
{
  EngramWindow *self = ENGRAM_WINDOW (widget);

  engram_window_cancel_opening (self);
  engram_window_leave_jobs (self);
  engram_window_close_network (self);

  GTK_WIDGET_CLASS (engram_window_parent_class)->unrealize (widget);
}

static void
engram_window_dispose (GObject *object)
{
  EngramWindow *self = ENGRAM_WINDOW (object);

  engram_window_cancel_opening (self);
  engram_window_close_network (self);
  g_clear_handle_id (&self->room_idle, g_source_remove);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->save_dialog);

  G_OBJECT_CLASS (engram_window_parent_class)->dispose (object);
}

static void
engram_window_finalize (GObject *object)
{
  g_clear_pointer (&ENGRAM_WINDOW (object)->notifications, g_ptr_array_unref);
  g_free (ENGRAM_WINDOW (object)->path);
  g_free (ENGRAM_WINDOW (object)->save_path);

  G_OBJECT_CLASS (engram_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ENGRAM_TYPE_ERROR_PAGE);
  g_type_ensure (ENGRAM_TYPE_FINDINGS_BUTTON);
  g_type_ensure (ENGRAM_TYPE_JOBS_BUTTON);
  g_type_ensure (ENGRAM_TYPE_NETWORK_PAGE);
  g_type_ensure (ENGRAM_TYPE_OPENING_PAGE);
  g_type_ensure (ENGRAM_TYPE_RECENT_LIST);
  g_type_ensure (ENGRAM_TYPE_WELCOME_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/engram/Engram/app/engram-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, title);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, header);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, filters_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, details_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, findings_button);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, recent_popover);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, new_neuron_menu);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, opening_page);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, EngramWindow, network_page);
  gtk_widget_class_bind_template_callback (widget_class, can_go_back_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, engram_window_search_clicked);
  gtk_widget_class_bind_template_callback (widget_class, engram_window_search_pressed);
  gtk_widget_class_bind_template_callback (widget_class, engram_window_restore);
  gtk_widget_class_bind_template_callback (widget_class, first_rows_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, recent_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, session_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
}

static void
engram_window_class_init (EngramWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_window_dispose;
  object_class->finalize = engram_window_finalize;
  object_class->get_property = engram_window_get_property;
  GTK_WIDGET_CLASS (klass)->size_allocate = engram_window_size_allocate;
  GTK_WIDGET_CLASS (klass)->unrealize = engram_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = engram_window_close_request;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, ENGRAM_TYPE_WINDOW_STATE, ENGRAM_WINDOW_WELCOME,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[FIRST_ROWS] = g_signal_new ("first-rows", ENGRAM_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (GTK_WIDGET_CLASS (klass));
}

/* GTK 4.8 names the menu button within a split button after its type. */
static void
name_recent_button (EngramWindow *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->open_button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recent files"), -1);
}

static void
recall_size (EngramWindow *self)
{
  GSettings *settings = engram_settings_get ();

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
row_height_changed_cb (EngramWindow *self)
{
  g_autofree char *height = g_settings_get_string (engram_settings_get (), "row-height");

  if (g_str_equal (height, "compact"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "engram-compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "engram-compact");
}

static void
engram_window_init (EngramWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_recent_button (self);
  engram_window_begin_jobs (self);
  engram_window_add_actions (self);
  adw_view_switcher_title_set_stack (self->switcher_title, engram_network_page_get_views (self->network_page));
  /* The views are chosen below where there is no room above. */
  g_object_bind_property (self->switcher_title, "title-visible",
                          engram_network_page_get_switcher_bar (self->network_page), "reveal", G_BINDING_SYNC_CREATE);
  recall_size (self);
  row_height_changed_cb (self);
  g_signal_connect_object (engram_settings_get (), "changed::row-height", G_CALLBACK (row_height_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), engram_drop_target_new ());
}

/**
 * engram_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window that shows the welcome page; the application owns it
 */
EngramWindow *
engram_window_new (EngramApplication *application)
{
  return g_object_new (ENGRAM_TYPE_WINDOW, "application", application, NULL);
}

/**
 * engram_window_get_state:
 * @self: the window
 *
 * Returns: what it shows
 */
EngramWindowState
engram_window_get_state (EngramWindow *self)
{
  g_return_val_if_fail (ENGRAM_IS_WINDOW (self), ENGRAM_WINDOW_WELCOME);

  return self->state;
}

/**
 * engram_window_get_path:
 * @self: the window
 *
 * Returns: (nullable): the file that is shown, opened or refused; %NULL on the welcome page and for the
 *   sample
 */
const char *
engram_window_get_path (EngramWindow *self)
{
  g_return_val_if_fail (ENGRAM_IS_WINDOW (self), NULL);

  return self->path;
}

/**
 * engram_window_get_page:
 * @self: the window
 *
 * Returns: (transfer none): the page that shows the network; empty unless the state is %ENGRAM_WINDOW_NETWORK
 */
EngramNetworkPage *
engram_window_get_page (EngramWindow *self)
{
  g_return_val_if_fail (ENGRAM_IS_WINDOW (self), NULL);

  return self->network_page;
}

/**
 * engram_window_get_problem:
 * @self: the window
 *
 * Returns: (nullable): why the file was refused, or %NULL where none was
 */
const char *
engram_window_get_problem (EngramWindow *self)
{
  g_return_val_if_fail (ENGRAM_IS_WINDOW (self), NULL);

  return self->state == ENGRAM_WINDOW_REFUSED ? engram_error_page_get_details (self->error_page) : NULL;
}
