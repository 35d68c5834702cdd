/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-list.h"

#define MAX_ENDED 100

struct _EngramJobList {
  GObject    parent_instance;

  GPtrArray *jobs;     /* in the order of the model */
  guint      n_active; /* so many of them wait or run, background jobs among them */
};

enum {
  PROP_0,
  PROP_N_ACTIVE,
  N_PROPERTIES,
};

enum {
  ENDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* The model */

static GType
get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_JOB;
}

static guint
get_n_items (GListModel *model)
{
  return ENGRAM_JOB_LIST (model)->jobs->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *jobs = ENGRAM_JOB_LIST (model)->jobs;

  return position < jobs->len ? g_object_ref (g_ptr_array_index (jobs, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EngramJobList, engram_job_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static EngramJob *
get_job (EngramJobList *self,
         guint          position)
{
  return g_ptr_array_index (self->jobs, position);
}

static void
insert (EngramJobList *self,
        guint          position,
        EngramJob     *job)
{
  g_ptr_array_insert (self->jobs, (int) position, g_object_ref (job));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
remove_from (EngramJobList *self,
             guint          position)
{
  g_ptr_array_remove_index (self->jobs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static gboolean
is_kept (EngramJob *job)
{
  return !engram_job_is_background (job) || engram_job_get_state (job) == ENGRAM_JOB_FAILED;
}

static void
job_ended_cb (EngramJobList *self,
              EngramJob     *job)
{
  g_autoptr (EngramJob) kept = g_object_ref (job);
  guint position;

  g_signal_handlers_disconnect_by_data (job, self);
  if (!g_ptr_array_find (self->jobs, job, &position))
    g_return_if_reached ();
  self->n_active--;
  remove_from (self, position);
  if (is_kept (job))
    insert (self, self->n_active, job);
  if (self->jobs->len > self->n_active + MAX_ENDED)
    remove_from (self, self->jobs->len - 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
  g_signal_emit (self, signals[ENDED], 0, job);
}

static void
engram_job_list_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_N_ACTIVE:
      g_value_set_uint (value, engram_job_list_get_n_active (ENGRAM_JOB_LIST (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_job_list_finalize (GObject *object)
{
  g_ptr_array_unref (ENGRAM_JOB_LIST (object)->jobs);

  G_OBJECT_CLASS (engram_job_list_parent_class)->finalize (object);
}

static void
engram_job_list_class_init (EngramJobListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = engram_job_list_get_property;
  object_class->finalize = engram_job_list_finalize;

  properties[PROP_N_ACTIVE] =
    g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ENDED] = g_signal_new ("ended", ENGRAM_TYPE_JOB_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 ENGRAM_TYPE_JOB);
}

static void
engram_job_list_init (EngramJobList *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

EngramJobList *
engram_job_list_new (void)
{
  return g_object_new (ENGRAM_TYPE_JOB_LIST, NULL);
}

void
engram_job_list_add (EngramJobList *self,
                     EngramJob     *job)
{
  g_return_if_fail (ENGRAM_IS_JOB_LIST (self));
  g_return_if_fail (ENGRAM_IS_JOB (job));

  g_return_if_fail (engram_job_is_active (job));

  g_signal_connect_object (job, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  insert (self, self->n_active++, job);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

guint
engram_job_list_get_n_active (EngramJobList *self)
{
  guint n_active = 0;

  g_return_val_if_fail (ENGRAM_IS_JOB_LIST (self), 0);

  for (guint i = 0; i < self->n_active; i++)
    n_active += !engram_job_is_background (get_job (self, i));
  return n_active;
}

void
engram_job_list_clear (EngramJobList *self)
{
  g_return_if_fail (ENGRAM_IS_JOB_LIST (self));

  while (self->jobs->len > self->n_active)
    remove_from (self, self->jobs->len - 1);
}
