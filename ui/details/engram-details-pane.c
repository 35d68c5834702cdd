/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/engram-status-page.h"
#include "details/engram-details.h"
#include "details/engram-leaving.h"
#include "details/engram-record-view.h"

/* How many synapses are read in each direction before more are asked for. */
#define MAX_SYNAPSES 100
/* What is shown stays while the next record is read, unless that takes longer than people call "at once". */
#define PATIENCE_MILLISECONDS 250

struct _EngramDetailsPane
{
  GtkWidget parent_instance;

  /* template */
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *none_page;
  AdwStatusPage *error_page;
  AdwClamp *neuron_clamp;
  AdwClamp *synapse_clamp;

  /* owned */
  EngramSession *session;      /* or NULL */
  GSignalGroup *session_signals;
  EngramRecordKind kind;       /* what was asked for */
  char *id;                    /* or NULL */
  GCancellable *cancellable;   /* of what is being read, or NULL */
  EngramLeaving *leaving;      /* the way out of what is edited, or NULL */
  GTask *leave_task;           /* who waits for it outside, or NULL */
  guint patience;
  gboolean loading;

  /* borrowed */
  EngramRecordView *view;      /* what is shown, or NULL */
};

G_DEFINE_FINAL_TYPE (EngramDetailsPane, engram_details_pane, GTK_TYPE_WIDGET)

enum { PROPERTY_0, PROPERTY_LOADING, N_PROPERTIES };
enum { NEURON_ACTIVATED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];

static guint signals[N_SIGNALS];

static void
show_page (EngramDetailsPane *self,
           const char        *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

static void
stop_loading (EngramDetailsPane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
}

static void
update_loading (EngramDetailsPane *self)
{
  gboolean loading = self->cancellable != NULL || self->leaving != NULL ||
                     (self->view != NULL && !engram_record_view_get_filled (self->view));

  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

/* The record */

static AdwClamp *
get_clamp (EngramDetailsPane *self,
           EngramRecordKind   kind)
{
  return kind == ENGRAM_RECORD_NEURON ? self->neuron_clamp : self->synapse_clamp;
}

static GtkScrolledWindow *
get_scroller (EngramDetailsPane *self,
              EngramRecordKind   kind)
{
  return GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (get_clamp (self, kind)), GTK_TYPE_SCROLLED_WINDOW));
}

static gboolean
is_editing (EngramDetailsPane *self)
{
  return self->session != NULL && engram_session_get_editing (self->session);
}

static EngramRecordEditor *
get_editor (EngramDetailsPane *self)
{
  return self->view != NULL ? engram_record_view_get_editor (self->view) : NULL;
}

static void
clear_view (EngramDetailsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  EngramRecordKind kind;

  if (self->view == NULL)
    return;
  kind = engram_record_view_get_details (self->view)->kind;
  /* The focus stays here, though what had it goes. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (get_scroller (self, kind)));
  g_signal_handlers_disconnect_by_data (self->view, self);
  self->view = NULL;
  adw_clamp_set_child (get_clamp (self, kind), NULL);
}

static gboolean
shows (EngramDetailsPane *self,
       EngramRecordKind   kind,
       const char        *id)
{
  const EngramDetails *details = self->view != NULL ? engram_record_view_get_details (self->view) : NULL;

  return details != NULL && details->kind == kind && g_strcmp0 (engram_details_get_id (details), id) == 0;
}

static void
neuron_activated_cb (EngramDetailsPane *self,
                     const char        *id)
{
  g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
}

static void
show_details (EngramDetailsPane *self,
              EngramDetails     *details)
{
  const char *page = details->kind == ENGRAM_RECORD_NEURON ? "neuron" : "synapse";
  GtkWidget *view;

  if (shows (self, details->kind, engram_details_get_id (details)))
    {
      /* What is on screen is replaced in place, so that the person does not lose it. */
      engram_record_view_update (self->view, details);
      show_page (self, page);
      return;
    }
  clear_view (self);
  view = engram_record_view_new (self->session, details, is_editing (self));
  self->view = ENGRAM_RECORD_VIEW (view);
  g_signal_connect_object (view, "neuron-activated", G_CALLBACK (neuron_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "outdated", G_CALLBACK (engram_details_pane_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "filled", G_CALLBACK (update_loading), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (get_clamp (self, details->kind), view);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (get_scroller (self, details->kind)), 0);
  show_page (self, page);
}

static const char *
get_error_title (EngramDetailsPane *self,
                 const GError      *error)
{
  gboolean is_missing = g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);

  if (self->kind == ENGRAM_RECORD_NEURON)
    return is_missing ? _("No Such Neuron") : _("This Neuron Cannot Be Read");
  return is_missing ? _("No Such Synapse") : _("This Synapse Cannot Be Read");
}

static void
show_error (EngramDetailsPane *self,
            const GError      *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  clear_view (self);
  adw_status_page_set_title (self->error_page, get_error_title (self, error));
  adw_status_page_set_description (self->error_page, description);
  engram_status_page_set_name (self->error_page);
  show_page (self, "error");
}

/* What is typed outlives the record. */
static void
take_error (EngramDetailsPane *self,
            const GError      *error)
{
  EngramRecordEditor *editor = get_editor (self);
  /* On the way to another record it is still the old one that is read again. */
  gboolean is_shown = self->leaving != NULL || shows (self, self->kind, self->id);

  if (editor == NULL || !is_shown ||
      (self->leaving == NULL && engram_record_editor_get_unsaved (editor) == NULL))
    {
      show_error (self, error);
      return;
    }
  if (g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND))
    engram_record_view_say_gone (self->view);
  engram_record_editor_give_up (editor);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramDetailsPane *self;
  g_autoptr (GError) error = NULL;
  EngramDetails *details = engram_details_load_finish (result, &error);

  /* Cancelled when something else was asked for, or when the pane went. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_DETAILS_PANE (user_data);
  stop_loading (self);
  if (details != NULL)
    show_details (self, details);
  else
    take_error (self, error);
  update_loading (self);
}

static gboolean
patience_ended_cb (gpointer user_data)
{
  EngramDetailsPane *self = user_data;

  self->patience = 0;
  show_page (self, "loading");
  return G_SOURCE_REMOVE;
}

static void
load_record (EngramDetailsPane *self,
             EngramRecordKind   kind,
             const char        *id)
{
  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  if (!shows (self, kind, id))
    self->patience = g_timeout_add (PATIENCE_MILLISECONDS, patience_ended_cb, self);
  engram_details_load_async (engram_session_get_database (self->session), kind, id, MAX_SYNAPSES, self->cancellable,
                             loaded_cb, self);
  update_loading (self);
}

/* Reads what was asked for. */
static void
load (EngramDetailsPane *self)
{
  if (self->id != NULL)
    {
      load_record (self, self->kind, self->id);
      return;
    }
  stop_loading (self);
  clear_view (self);
  show_page (self, "none");
  update_loading (self);
}

/* Leaving */

static void
return_leave_task (EngramDetailsPane *self,
                   gboolean           left)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->leave_task);

  if (task != NULL)
    g_task_return_boolean (task, left);
}

/* The person keeps editing: all is as it was before something else was asked for. */
static void
stay (EngramDetailsPane *self)
{
  const EngramDetails *details = engram_record_view_get_details (self->view);
  gboolean elsewhere = !shows (self, self->kind, self->id);

  if (elsewhere)
    {
      g_free (self->id);
      self->kind = details->kind;
      self->id = g_strdup (engram_details_get_id (details));
    }
  if (!engram_session_get_editing (self->session))
    engram_session_set_editing (self->session, TRUE);
  if (elsewhere)
    engram_session_activate (self->session, self->kind, self->id);
}

static void
left_cb (gboolean left,
         gpointer user_data)
{
  EngramDetailsPane *self = user_data;

  g_clear_pointer (&self->leaving, engram_leaving_free);
  if (!left)
    {
      stay (self);
    }
  else
    {
      if (self->view != NULL)
        engram_record_view_set_editing (self->view, is_editing (self));
      if (self->view == NULL || !shows (self, self->kind, self->id))
        load (self);
    }
  update_loading (self);
  return_leave_task (self, left);
}

/* Goes from what is edited to what was asked for, which may still change on the way. */
static void
leave (EngramDetailsPane *self)
{
  if (self->leaving != NULL)
    return;
  if (get_editor (self) == NULL)
    {
      left_cb (TRUE, self);
      return;
    }
  self->leaving = engram_leaving_new (self->view, left_cb, self);
  update_loading (self);
  engram_leaving_start (self->leaving);
}

/* The session */

static void
editing_changed_cb (EngramDetailsPane *self)
{
  if (self->view == NULL || self->leaving != NULL)
    return;
  if (is_editing (self))
    engram_record_view_set_editing (self->view, TRUE);
  else
    leave (self);
}

/* GObject */

static void
engram_details_pane_dispose (GObject *object)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (object);

  stop_loading (self);
  g_clear_pointer (&self->leaving, engram_leaving_free);
  return_leave_task (self, TRUE);
  if (self->stack != NULL)
    {
      clear_view (self);
      gtk_widget_unparent (GTK_WIDGET (self->stack));
    }
  self->stack = NULL;
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_details_pane_parent_class)->dispose (object);
}

static void
engram_details_pane_finalize (GObject *object)
{
  g_free (ENGRAM_DETAILS_PANE (object)->id);

  G_OBJECT_CLASS (engram_details_pane_parent_class)->finalize (object);
}

static void
engram_details_pane_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramDetailsPane *self = ENGRAM_DETAILS_PANE (object);

  switch (property_id)
    {
    case PROPERTY_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/details/engram-details-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, none_page);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, error_page);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, neuron_clamp);
  gtk_widget_class_bind_template_child (widget_class, EngramDetailsPane, synapse_clamp);
  gtk_widget_class_bind_template_callback (widget_class, engram_details_pane_refresh);
}

static void
engram_details_pane_class_init (EngramDetailsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_details_pane_dispose;
  object_class->finalize = engram_details_pane_finalize;
  object_class->get_property = engram_details_pane_get_property;

  properties[PROPERTY_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * EngramDetailsPane::neuron-activated:
   * @self: the pane
   * @id: the id of a neuron
   *
   * The person chose to go to another neuron.
   */
  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
engram_details_pane_init (EngramDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_page_set_name (self->none_page);
  self->session_signals = g_signal_group_new (ENGRAM_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "changed", G_CALLBACK (engram_details_pane_refresh), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::editing", G_CALLBACK (editing_changed_cb), self);
}

/**
 * engram_details_pane_new:
 *
 * Returns: (transfer floating): a pane that shows nothing
 */
GtkWidget *
engram_details_pane_new (void)
{
  return g_object_new (ENGRAM_TYPE_DETAILS_PANE, NULL);
}

/**
 * engram_details_pane_set_session:
 * @self: a pane
 * @session: (nullable): the network whose records are shown and edited
 *
 * Nothing is shown then. What is typed and was not written is given up: see engram_details_pane_leave_async().
 */
void
engram_details_pane_set_session (EngramDetailsPane *self,
                                 EngramSession     *session)
{
  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));
  g_return_if_fail (session == NULL || ENGRAM_IS_SESSION (session));

  g_clear_pointer (&self->leaving, engram_leaving_free);
  return_leave_task (self, TRUE);
  g_clear_pointer (&self->id, g_free);
  load (self);
  g_set_object (&self->session, session);
  g_signal_group_set_target (self->session_signals, session);
}

/**
 * engram_details_pane_show:
 * @self: a pane with a session
 * @kind: what it is
 * @id: (nullable): its id, or %NULL for none
 *
 * Reads a record in a worker and shows it, once what is typed has been written.
 */
void
engram_details_pane_show (EngramDetailsPane *self,
                          EngramRecordKind   kind,
                          const char        *id)
{
  g_autofree char *wanted_id = g_strdup (id);

  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));
  g_return_if_fail (id == NULL || self->session != NULL);

  g_free (self->id);
  self->id = g_steal_pointer (&wanted_id);
  self->kind = kind;
  if (self->leaving == NULL && shows (self, self->kind, self->id))
    load (self);
  else
    leave (self);
}

/**
 * engram_details_pane_get_neuron:
 * @self: a pane
 *
 * Returns: (nullable) (transfer none): the id of the neuron that was asked for last; %NULL where that is none, or was
 *   a synapse
 */
const char *
engram_details_pane_get_neuron (EngramDetailsPane *self)
{
  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), NULL);

  return self->kind == ENGRAM_RECORD_NEURON ? self->id : NULL;
}

/**
 * engram_details_pane_get_loading:
 * @self: a pane
 *
 * Returns: whether what was asked for last is not all shown yet
 */
gboolean
engram_details_pane_get_loading (EngramDetailsPane *self)
{
  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), FALSE);

  return self->loading;
}

/**
 * engram_details_pane_refresh:
 * @self: a pane
 *
 * Reads again what is shown. What has not changed stays as it is, and so does what is typed.
 */
void
engram_details_pane_refresh (EngramDetailsPane *self)
{
  const EngramDetails *details;

  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));

  /* On the way to another record it is still this one that is edited. */
  details = self->leaving != NULL && self->view != NULL ? engram_record_view_get_details (self->view) : NULL;
  if (details != NULL)
    load_record (self, details->kind, engram_details_get_id (details));
  else if (self->id != NULL)
    load (self);
}

/**
 * engram_details_pane_has_unsaved:
 * @self: a pane
 *
 * Returns: whether something is typed that has not been written, or is being written
 */
gboolean
engram_details_pane_has_unsaved (EngramDetailsPane *self)
{
  EngramRecordEditor *editor;

  g_return_val_if_fail (ENGRAM_IS_DETAILS_PANE (self), FALSE);

  editor = get_editor (self);
  return editor != NULL &&
         (engram_record_editor_is_writing (editor) || engram_record_editor_get_unsaved (editor) != NULL ||
          engram_record_view_get_typed_synapse (self->view) != NULL);
}

/**
 * engram_details_pane_leave_async:
 * @self: a pane
 * @callback: called when nothing is left to be written, or the person wants to stay
 * @user_data: for @callback
 *
 * Writes what is typed, and asks the person where something cannot be written: to be called before the window goes.
 */
void
engram_details_pane_leave_async (EngramDetailsPane   *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (ENGRAM_IS_DETAILS_PANE (self));

  return_leave_task (self, FALSE);
  self->leave_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->leave_task, engram_details_pane_leave_async);
  leave (self);
}

/**
 * engram_details_pane_leave_finish:
 * @self: a pane
 * @result: what the callback got
 *
 * Returns: %FALSE where the person keeps editing
 */
gboolean
engram_details_pane_leave_finish (EngramDetailsPane *self,
                                  GAsyncResult      *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
