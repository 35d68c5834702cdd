/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-nearest-group.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-group.h"

#define N_NEAREST 10
#define MAX_TEXT 300
#define NEAR_ID "engram-near-id"
/* Where another program writes all the time, there is no looking again at each of its changes. */
#define REFRESH_MILLISECONDS 2000

struct _EngramNearestGroup
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkListBox *rows;
  EngramSearcher *searcher;
  char *id;
  GCancellable *cancellable; /* of the search, or NULL */
  GPtrArray *shown;          /* EngramNear, or NULL */
  guint refreshing;          /* source that looks again, or 0 */
};

G_DEFINE_FINAL_TYPE (EngramNearestGroup, engram_nearest_group, GTK_TYPE_WIDGET)

enum { NEURON_ACTIVATED, N_SIGNALS };
enum { PROPERTY_0, PROPERTY_LOADING, N_PROPERTIES };

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPERTIES];

/* Rows */

static void
add_near (EngramNearestGroup *self,
          const EngramNear   *near)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *score;
  g_autofree char *text = engram_format_line (near->summary, MAX_TEXT);
  g_autofree char *type = engram_type_style_dup_label (near->type);
  g_autofree char *cosine = engram_format_rounded (near->score);
  /* Translators: what a screen reader says: the text of a neuron, its type, and the cosine of two vectors. */
  g_autofree char *label = g_strdup_printf (_("%s, %s, cosine %s"), text, type, cosine);

  score = gtk_label_new (cosine);
  gtk_label_set_width_chars (GTK_LABEL (score), 6);
  gtk_widget_add_css_class (score, "numeric");
  gtk_widget_add_css_class (score, "caption");
  gtk_box_append (GTK_BOX (box), score);
  gtk_box_append (GTK_BOX (box), engram_value_neuron_new (text, type, near->type != NULL ? near->type : ""));
  gtk_widget_add_css_class (box, "engram-property");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), NEAR_ID, g_strdup (near->id), g_free);
  gtk_list_box_append (self->rows, row);
}

static void
clear_rows (EngramNearestGroup *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
}

static gboolean
is_shown (EngramNearestGroup *self,
          GPtrArray          *nearest)
{
  if (self->shown == NULL || self->shown->len != nearest->len)
    return FALSE;
  for (guint i = 0; i < nearest->len; i++)
    {
      const EngramNear *one = g_ptr_array_index (self->shown, i), *other = g_ptr_array_index (nearest, i);

      if (one->score != other->score || g_strcmp0 (one->id, other->id) != 0 ||
          g_strcmp0 (one->summary, other->summary) != 0 || g_strcmp0 (one->type, other->type) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
show_nearest (EngramNearestGroup *self,
              GPtrArray          *nearest)
{
  if (is_shown (self, nearest))
    return;
  clear_rows (self);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (nearest);
  for (guint i = 0; i < nearest->len; i++)
    add_near (self, g_ptr_array_index (nearest, i));
  if (nearest->len == 0)
    engram_group_add_note (self->rows, NULL, _("No other neuron has a vector."));
}

/* Searching */

typedef struct {
  EngramSearcher *searcher;
  char *id;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_object_unref (self->searcher);
  g_free (self->id);
  g_free (self);
}

static void
search_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  const Request *request = task_data;
  GError *error = NULL;
  GPtrArray *nearest =
    engram_searcher_find_nearest (request->searcher, request->id, N_NEAREST, cancellable, &error);

  if (nearest != NULL)
    g_task_return_pointer (task, nearest, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramNearestGroup *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) nearest = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another search has begun, or the widget has gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_NEAREST_GROUP (user_data);
  g_clear_object (&self->cancellable);
  if (nearest != NULL)
    {
      show_nearest (self, nearest);
    }
  else
    {
      clear_rows (self);
      g_clear_pointer (&self->shown, g_ptr_array_unref);
      engram_group_add_note (self->rows, "dialog-error-symbolic", error->message);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

static void
search (EngramNearestGroup *self)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, found_cb, self);
  request = g_new (Request, 1);
  request->searcher = g_object_ref (self->searcher);
  request->id = g_strdup (self->id);
  g_task_set_source_tag (task, search);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, search_in_thread);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EngramNearestGroup *self = user_data;

  if (self->cancellable != NULL)
    return G_SOURCE_CONTINUE;
  self->refreshing = 0;
  search (self);
  return G_SOURCE_REMOVE;
}

static void
row_activated_cb (EngramNearestGroup *self,
                  GtkListBoxRow      *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), NEAR_ID));

  if (id != NULL)
    g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
}

/* GObject */

static void
engram_nearest_group_dispose (GObject *object)
{
  EngramNearestGroup *self = ENGRAM_NEAREST_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refreshing, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_object (&self->searcher);

  G_OBJECT_CLASS (engram_nearest_group_parent_class)->dispose (object);
}

static void
engram_nearest_group_finalize (GObject *object)
{
  g_free (ENGRAM_NEAREST_GROUP (object)->id);

  G_OBJECT_CLASS (engram_nearest_group_parent_class)->finalize (object);
}

static void
engram_nearest_group_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROPERTY_LOADING:
      g_value_set_boolean (value, engram_nearest_group_get_loading (ENGRAM_NEAREST_GROUP (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_nearest_group_class_init (EngramNearestGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_nearest_group_dispose;
  object_class->finalize = engram_nearest_group_finalize;
  object_class->get_property = engram_nearest_group_get_property;

  properties[PROPERTY_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_nearest_group_init (EngramNearestGroup *self)
{
  self->content = engram_group_new (_("Nearest by Vector"), &self->rows);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  g_signal_connect_swapped (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self);
  engram_group_add_note (self->rows, NULL, _("Comparing vectors…"));
}

/**
 * engram_nearest_group_new:
 * @searcher: who looks for them
 * @id: a neuron with a vector
 *
 * Returns: (transfer floating): a widget that shows the neurons nearest to it
 */
GtkWidget *
engram_nearest_group_new (EngramSearcher *searcher,
                          const char     *id)
{
  EngramNearestGroup *self = g_object_new (ENGRAM_TYPE_NEAREST_GROUP, NULL);

  self->searcher = g_object_ref (searcher);
  self->id = g_strdup (id);
  search (self);
  return GTK_WIDGET (self);
}

/**
 * engram_nearest_group_get_loading:
 * @self: a group
 *
 * Returns: whether the search is not over yet
 */
gboolean
engram_nearest_group_get_loading (EngramNearestGroup *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEAREST_GROUP (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * engram_nearest_group_refresh:
 * @self: a group
 *
 * Looks again soon. What has not changed stays.
 */
void
engram_nearest_group_refresh (EngramNearestGroup *self)
{
  g_return_if_fail (ENGRAM_IS_NEAREST_GROUP (self));

  if (self->refreshing == 0)
    self->refreshing = g_timeout_add (REFRESH_MILLISECONDS, refresh_cb, self);
}
