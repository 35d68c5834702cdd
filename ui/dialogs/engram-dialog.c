/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/engram-dialog.h"

#include <glib/gi18n.h>

#include "dialogs/engram-failure-page.h"
#include "dialogs/engram-job-page.h"
#include "help/engram-help-window.h"

/* What ends sooner shows no page of its own. */
#define MILLISECONDS_UNTIL_SHOWN 200

#define JOB_PAGE "engram-job"
#define FAILURE_PAGE "engram-failure"

typedef struct {
  char             *name;
  char             *title;
  GtkWidget        *button; /* or NULL */
  EngramDialogPage  kind;
} Page;

typedef struct {
  GtkWidget           *header;
  GtkWidget           *back;
  GtkStack            *stack;
  EngramJobPage       *job_page;
  EngramFailurePage   *failure_page;
  GPtrArray           *pages;
  Page                *current;  /* or NULL; not a job's */
  GPtrArray           *trail;    /* of Page: what was shown before it, the last one last */

  EngramSession       *session;  /* or NULL */
  EngramJob           *job;      /* or NULL */
  GtkWidget           *held_button; /* that of its page, insensitive meanwhile; or NULL */
  guint                timer;    /* until its page is shown, or 0 */
  EngramDialogClosing  closing;
  EngramDialogDone     done;
  EngramDialogAgain    again;    /* or NULL */
  gpointer             user_data; /* for both */
} EngramDialogPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (EngramDialog, engram_dialog, ADW_TYPE_WINDOW)

static EngramDialogPrivate *
get_private (EngramDialog *self)
{
  return engram_dialog_get_instance_private (self);
}

static void
page_free (gpointer data)
{
  Page *self = data;

  g_free (self->name);
  g_free (self->title);
  g_free (self);
}

static Page *
find_page (EngramDialogPrivate *priv,
           const char          *name)
{
  for (guint i = 0; i < priv->pages->len; i++)
    {
      Page *page = g_ptr_array_index (priv->pages, i);

      if (g_str_equal (page->name, name))
        return page;
    }
  return NULL;
}

/* What is shown */

static gboolean
is_own_page_shown (EngramDialogPrivate *priv)
{
  const char *shown = gtk_stack_get_visible_child_name (priv->stack);

  return g_strcmp0 (shown, JOB_PAGE) != 0 && g_strcmp0 (shown, FAILURE_PAGE) != 0;
}

static void
update_header (EngramDialog *self)
{
  EngramDialogPrivate *priv = get_private (self);
  gboolean is_own = is_own_page_shown (priv);
  gboolean has_failed = g_strcmp0 (gtk_stack_get_visible_child_name (priv->stack), FAILURE_PAGE) == 0;

  for (guint i = 0; i < priv->pages->len; i++)
    {
      Page *page = g_ptr_array_index (priv->pages, i);

      if (page->button != NULL)
        gtk_widget_set_visible (page->button, is_own && page == priv->current);
    }
  gtk_widget_set_visible (priv->back, has_failed ? priv->current != NULL : is_own && priv->trail->len > 0);
  gtk_window_set_default_widget (GTK_WINDOW (self), is_own && priv->current != NULL ? priv->current->button : NULL);
  if (priv->current != NULL)
    gtk_window_set_title (GTK_WINDOW (self), priv->current->title);
}

static void
show (EngramDialog *self,
      const char   *name)
{
  gtk_stack_set_visible_child_name (get_private (self)->stack, name);
  update_header (self);
}

static void
show_current (EngramDialog *self)
{
  EngramDialogPrivate *priv = get_private (self);

  if (priv->current != NULL)
    show (self, priv->current->name);
}

void
engram_dialog_show_page (EngramDialog *self,
                         const char   *name)
{
  EngramDialogPrivate *priv;
  Page *page;
  guint index;

  g_return_if_fail (ENGRAM_IS_DIALOG (self));
  priv = get_private (self);
  page = find_page (priv, name);
  g_return_if_fail (page != NULL);

  if (page->kind == ENGRAM_DIALOG_PAGE_END)
    g_ptr_array_set_size (priv->trail, 0);
  else if (g_ptr_array_find (priv->trail, page, &index))
    g_ptr_array_set_size (priv->trail, index);
  else if (priv->current != NULL && priv->current != page && priv->current->kind == ENGRAM_DIALOG_PAGE_STEP)
    g_ptr_array_add (priv->trail, priv->current);
  priv->current = page;
  show_current (self);
}

const char *
engram_dialog_get_page (EngramDialog *self)
{
  EngramDialogPrivate *priv;

  g_return_val_if_fail (ENGRAM_IS_DIALOG (self), NULL);

  priv = get_private (self);
  return priv->current != NULL ? priv->current->name : NULL;
}

void
engram_dialog_go_back (EngramDialog *self)
{
  EngramDialogPrivate *priv;

  g_return_if_fail (ENGRAM_IS_DIALOG (self));

  priv = get_private (self);
  if (!is_own_page_shown (priv))
    show_current (self);
  else if (priv->trail->len > 0)
    {
      priv->current = g_ptr_array_steal_index (priv->trail, priv->trail->len - 1);
      show_current (self);
    }
}

static gboolean
is_untitled_list (GtkWidget *widget)
{
  GtkWidget *group = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP);

  return GTK_IS_LIST_BOX (widget) && group != NULL &&
         *adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) == '\0';
}

/* What has no title of its own a screen reader calls like the page. */
static void
name_untitled_lists (GtkWidget  *widget,
                     const char *title)
{
  if (is_untitled_list (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_untitled_lists (child, title);
}

void
engram_dialog_add_page (EngramDialog     *self,
                        const char       *name,
                        const char       *title,
                        GtkWidget        *content,
                        GtkWidget        *button,
                        EngramDialogPage  kind)
{
  EngramDialogPrivate *priv;
  Page *page;

  g_return_if_fail (ENGRAM_IS_DIALOG (self));
  g_return_if_fail (name != NULL && title != NULL && GTK_IS_WIDGET (content));
  g_return_if_fail (button == NULL || GTK_IS_WIDGET (button));

  priv = get_private (self);
  page = g_new0 (Page, 1);
  page->name = g_strdup (name);
  page->title = g_strdup (title);
  page->button = button;
  page->kind = kind;
  g_ptr_array_add (priv->pages, page);
  name_untitled_lists (content, title);
  gtk_stack_add_named (priv->stack, content, name);
  if (button != NULL)
    {
      gtk_widget_set_visible (button, FALSE);
      adw_header_bar_pack_end (ADW_HEADER_BAR (priv->header), button);
    }
  if (priv->current == NULL)
    engram_dialog_show_page (self, name);
}

/* Jobs */

static void
forget_job (EngramDialog *self)
{
  EngramDialogPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->timer, g_source_remove);
  if (priv->job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (priv->job, self);
  engram_job_page_set_job (priv->job_page, NULL);
  if (priv->held_button != NULL)
    gtk_widget_set_sensitive (priv->held_button, TRUE);
  priv->held_button = NULL;
  g_clear_object (&priv->job);
}

static void
show_failed_job (EngramDialog *self,
                 EngramJob    *job)
{
  EngramDialogPrivate *priv = get_private (self);

  engram_failure_page_set_job (priv->failure_page, job);
  engram_failure_page_set_can_try_again (priv->failure_page, priv->again != NULL);
  show (self, FAILURE_PAGE);
}

static void
job_ended_cb (EngramDialog *self,
              EngramJob    *job)
{
  EngramDialogPrivate *priv = get_private (self);
  g_autoptr (EngramJob) kept = g_object_ref (job);

  forget_job (self);
  if (engram_job_get_state (job) == ENGRAM_JOB_FAILED)
    {
      show_failed_job (self, job);
      return;
    }
  if (engram_job_get_state (job) == ENGRAM_JOB_DONE && priv->done != NULL)
    priv->done (self, job, priv->user_data);
  if (priv->job == NULL && !is_own_page_shown (priv))
    show_current (self);
}

static gboolean
show_job_cb (gpointer user_data)
{
  EngramDialog *self = user_data;
  EngramDialogPrivate *priv = get_private (self);

  priv->timer = 0;
  show (self, JOB_PAGE);
  gtk_widget_child_focus (GTK_WIDGET (priv->job_page), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

void
engram_dialog_follow (EngramDialog        *self,
                      EngramJob           *job,
                      EngramDialogClosing  closing,
                      EngramDialogDone     done,
                      EngramDialogAgain    again,
                      gpointer             user_data)
{
  EngramDialogPrivate *priv;

  g_return_if_fail (ENGRAM_IS_DIALOG (self));
  g_return_if_fail (ENGRAM_IS_JOB (job) && engram_job_is_active (job));
  priv = get_private (self);
  g_return_if_fail (priv->job == NULL);

  priv->job = g_object_ref (job);
  priv->closing = closing;
  priv->done = done;
  priv->again = again;
  priv->user_data = user_data;
  engram_job_set_attended (job, TRUE);
  if (closing == ENGRAM_DIALOG_CANCELS)
    engram_job_set_disposable (job, TRUE);
  engram_job_page_set_job (priv->job_page, job);
  g_signal_connect_object (job, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (!is_own_page_shown (priv))
    {
      show_job_cb (self);
      return;
    }
  /* Not twice. */
  if (priv->current->button != NULL && gtk_widget_get_sensitive (priv->current->button))
    {
      priv->held_button = priv->current->button;
      gtk_widget_set_sensitive (priv->held_button, FALSE);
    }
  priv->timer = g_timeout_add (MILLISECONDS_UNTIL_SHOWN, show_job_cb, self);
}

EngramJob *
engram_dialog_get_job (EngramDialog *self)
{
  g_return_val_if_fail (ENGRAM_IS_DIALOG (self), NULL);

  return get_private (self)->job;
}

void
engram_dialog_show_failure (EngramDialog      *self,
                            const char        *title,
                            const GError      *error,
                            EngramDialogAgain  again,
                            gpointer           user_data)
{
  EngramDialogPrivate *priv;

  g_return_if_fail (ENGRAM_IS_DIALOG (self));
  g_return_if_fail (title != NULL && error != NULL);

  priv = get_private (self);
  priv->again = again;
  priv->user_data = user_data;
  engram_failure_page_set_error (priv->failure_page, title, error);
  engram_failure_page_set_can_try_again (priv->failure_page, again != NULL);
  show (self, FAILURE_PAGE);
}

void
engram_dialog_show_failed_job (EngramDialog *self,
                               EngramJob    *job)
{
  g_return_if_fail (ENGRAM_IS_DIALOG (self));
  g_return_if_fail (ENGRAM_IS_JOB (job) && engram_job_get_state (job) == ENGRAM_JOB_FAILED);

  get_private (self)->again = NULL;
  show_failed_job (self, job);
}

static void
try_again_cb (EngramDialog *self)
{
  EngramDialogPrivate *priv = get_private (self);

  show_current (self);
  priv->again (self, priv->user_data);
}

/* The window */

/* Nobody looks at the job any more. */
static void
leave_job (EngramDialog *self)
{
  EngramDialogPrivate *priv = get_private (self);
  g_autoptr (EngramJob) job = priv->job != NULL ? g_object_ref (priv->job) : NULL;

  forget_job (self);
  if (job == NULL)
    return;
  engram_job_set_attended (job, FALSE);
  if (priv->closing == ENGRAM_DIALOG_CANCELS)
    engram_job_cancel (job);
}

static void
closing_cb (EngramDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

void
engram_dialog_present (EngramDialog  *self,
                       GtkWindow     *parent,
                       EngramSession *session)
{
  EngramDialogPrivate *priv;

  g_return_if_fail (ENGRAM_IS_DIALOG (self));
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (session == NULL || ENGRAM_IS_SESSION (session));

  priv = get_private (self);
  if (session != NULL && g_set_object (&priv->session, session))
    g_signal_connect_object (session, "closing", G_CALLBACK (closing_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_present (GTK_WINDOW (self));
}

EngramDialog *
engram_dialog_find (GtkWindow *parent,
                    GType      type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_window_get_transient_for (window) == parent &&
          !gtk_widget_in_destruction (GTK_WIDGET (window)))
        {
          gtk_window_present (window);
          return ENGRAM_DIALOG (window);
        }
    }
  return NULL;
}

EngramSession *
engram_dialog_get_session (EngramDialog *self)
{
  g_return_val_if_fail (ENGRAM_IS_DIALOG (self), NULL);

  return get_private (self)->session;
}

static void
engram_dialog_dispose (GObject *object)
{
  EngramDialog *self = ENGRAM_DIALOG (object);
  EngramDialogPrivate *priv = get_private (self);

  leave_job (self);
  g_clear_object (&priv->session);

  G_OBJECT_CLASS (engram_dialog_parent_class)->dispose (object);
}

static void
engram_dialog_finalize (GObject *object)
{
  EngramDialogPrivate *priv = get_private (ENGRAM_DIALOG (object));

  g_ptr_array_unref (priv->trail);
  g_ptr_array_unref (priv->pages);

  G_OBJECT_CLASS (engram_dialog_parent_class)->finalize (object);
}

static void
engram_dialog_class_init (EngramDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_dialog_dispose;
  object_class->finalize = engram_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
  engram_help_add_key (GTK_WIDGET_CLASS (klass));
}

static void
engram_dialog_init (EngramDialog *self)
{
  EngramDialogPrivate *priv = get_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  priv->pages = g_ptr_array_new_with_free_func (page_free);
  priv->trail = g_ptr_array_new ();
  priv->header = adw_header_bar_new ();
  priv->back = gtk_button_new_with_mnemonic (_("_Back"));
  priv->stack = GTK_STACK (gtk_stack_new ());
  priv->job_page = ENGRAM_JOB_PAGE (engram_job_page_new ());
  priv->failure_page = ENGRAM_FAILURE_PAGE (engram_failure_page_new ());

  gtk_widget_set_visible (priv->back, FALSE);
  g_signal_connect_swapped (priv->back, "clicked", G_CALLBACK (engram_dialog_go_back), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (priv->header), priv->back);
  g_signal_connect_swapped (priv->failure_page, "try-again", G_CALLBACK (try_again_cb), self);
  gtk_stack_add_named (priv->stack, GTK_WIDGET (priv->job_page), JOB_PAGE);
  gtk_stack_add_named (priv->stack, GTK_WIDGET (priv->failure_page), FAILURE_PAGE);
  gtk_stack_set_transition_type (priv->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_widget_set_vexpand (GTK_WIDGET (priv->stack), TRUE);

  gtk_box_append (GTK_BOX (box), priv->header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (priv->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}
