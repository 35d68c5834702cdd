/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-saved-filters.h"

#include <string.h>

#include <engram.h>
#include <glib/gi18n.h>

#define GROUP_PREFIX "Filter "
#define KEY_NAME "name"
#define KEY_QUERY "query"

typedef struct {
  char *name;
  char *query;
} Filter;

/* What is to be done in the file: nothing but reading, or one change. */
typedef struct {
  char *path;
  char *name;     /* NULL to read */
  char *new_name; /* to rename */
  char *query;    /* to save */
} Step;

struct _EngramSavedFilters {
  GObject    parent_instance;

  char      *path;
  GPtrArray *filters; /* Filter, sorted by name */
  GQueue    *steps;   /* Step: those that wait */
  gboolean   busy;    /* one is being made */
};

enum {
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramSavedFilters, engram_saved_filters, G_TYPE_OBJECT)

static void
filter_free (gpointer data)
{
  Filter *self = data;

  g_free (self->name);
  g_free (self->query);
  g_free (self);
}

static void
step_free (gpointer data)
{
  Step *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->new_name);
  g_free (self->query);
  g_free (self);
}

/* In a worker */

/* A file that is there and cannot be read is not ours to replace: NULL then. */
static GKeyFile *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;
  g_autofree char *shown = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &cause)
      || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);

  shown = g_filename_display_name (path);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               /* Translators: the path of a file, then what is wrong with it. */
               _("The saved filters in “%s” cannot be read: %s"), shown, cause->message);
  return NULL;
}

static gboolean
write_file (GKeyFile    *file,
            const char  *path,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) cause = NULL;
  gsize length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               /* Translators: the path of a file, then what is wrong with it. */
               _("The saved filters cannot be written to “%s”: %s"), shown, cause->message);
  return FALSE;
}

/* The group that holds the filter of that name, or NULL. */
static char *
find_group (GKeyFile   *file,
            const char *name)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *there = g_key_file_get_string (file, groups[i], KEY_NAME, NULL);

      if (g_str_has_prefix (groups[i], GROUP_PREFIX) && g_strcmp0 (there, name) == 0)
        return g_strdup (groups[i]);
    }
  return NULL;
}

static char *
make_group (GKeyFile *file)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *group = g_strdup_printf (GROUP_PREFIX "%u", number);

      if (!g_key_file_has_group (file, group))
        return g_steal_pointer (&group);
    }
}

static gboolean
rename_group (GKeyFile    *file,
              const char  *group,
              const char  *new_name,
              GError     **error)
{
  g_autofree char *taken = find_group (file, new_name);

  if (taken != NULL && !g_str_equal (taken, group))
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS,
                   /* Translators: the name of a saved filter. */
                   _("There is a saved filter “%s” already. Choose another name."), new_name);
      return FALSE;
    }
  g_key_file_set_string (file, group, KEY_NAME, new_name);
  return TRUE;
}

static gboolean
change_file (GKeyFile    *file,
             const Step  *step,
             GError     **error)
{
  g_autofree char *group = find_group (file, step->name);

  if (step->query != NULL)
    {
      if (group == NULL)
        group = make_group (file);
      g_key_file_set_string (file, group, KEY_NAME, step->name);
      g_key_file_set_string (file, group, KEY_QUERY, step->query);
      return TRUE;
    }
  if (group == NULL)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                   /* Translators: the name of a saved filter. */
                   _("There is no saved filter “%s” any more."), step->name);
      return FALSE;
    }
  if (step->new_name != NULL)
    return rename_group (file, group, step->new_name, error);
  return g_key_file_remove_group (file, group, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Filter *first = *(Filter *const *) a;
  const Filter *second = *(Filter *const *) b;
  int order = g_utf8_collate (first->name, second->name);

  return order != 0 ? order : strcmp (first->name, second->name);
}

/* What cannot be understood stays in the file, but is no filter. */
static GPtrArray *
list_filters (GKeyFile *file)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func (filter_free);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *name = g_key_file_get_string (file, groups[i], KEY_NAME, NULL);
      g_autofree char *query = g_key_file_get_string (file, groups[i], KEY_QUERY, NULL);
      Filter *filter;

      if (!g_str_has_prefix (groups[i], GROUP_PREFIX) || name == NULL || *name == '\0' || query == NULL)
        continue;
      filter = g_new0 (Filter, 1);
      filter->name = g_steal_pointer (&name);
      filter->query = g_steal_pointer (&query);
      g_ptr_array_add (filters, filter);
    }
  g_ptr_array_sort (filters, compare_names);
  return filters;
}

static void
make_step (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const Step *step = task_data;
  GError *error = NULL;
  g_autoptr (GKeyFile) file = read_file (step->path, &error);

  if (file == NULL
      || (step->name != NULL && (!change_file (file, step, &error) || !write_file (file, step->path, &error))))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list_filters (file), (GDestroyNotify) g_ptr_array_unref);
}

/* In the main thread */

static void start_next (EngramSavedFilters *self);

static void
step_made (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramSavedFilters *self = ENGRAM_SAVED_FILTERS (source);
  g_autoptr (GError) error = NULL;
  GPtrArray *filters = g_task_propagate_pointer (G_TASK (result), &error);

  self->busy = FALSE;
  if (filters != NULL)
    {
      g_ptr_array_unref (self->filters);
      self->filters = filters;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    g_signal_emit (self, signals[FAILED], 0, error);
  start_next (self);
}

/* One after the other, in the order in which they were asked for. */
static void
start_next (EngramSavedFilters *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->busy || g_queue_is_empty (self->steps))
    return;
  self->busy = TRUE;
  task = g_task_new (self, NULL, step_made, NULL);
  g_task_set_source_tag (task, start_next);
  g_task_set_task_data (task, g_queue_pop_head (self->steps), step_free);
  g_task_run_in_thread (task, make_step);
}

static void
add_step (EngramSavedFilters *self,
          const char         *name,
          const char         *new_name,
          const char         *query)
{
  Step *step = g_new0 (Step, 1);

  step->path = g_strdup (self->path);
  step->name = g_strdup (name);
  step->new_name = g_strdup (new_name);
  step->query = g_strdup (query);
  g_queue_push_tail (self->steps, step);
  start_next (self);
}

static void
engram_saved_filters_finalize (GObject *object)
{
  EngramSavedFilters *self = ENGRAM_SAVED_FILTERS (object);

  g_queue_free_full (self->steps, step_free);
  g_ptr_array_unref (self->filters);
  g_free (self->path);

  G_OBJECT_CLASS (engram_saved_filters_parent_class)->finalize (object);
}

static void
engram_saved_filters_class_init (EngramSavedFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_saved_filters_finalize;

  signals[CHANGED] = g_signal_new ("changed", ENGRAM_TYPE_SAVED_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", ENGRAM_TYPE_SAVED_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
engram_saved_filters_init (EngramSavedFilters *self)
{
  self->filters = g_ptr_array_new_with_free_func (filter_free);
  self->steps = g_queue_new ();
}

EngramSavedFilters *
engram_saved_filters_new (const char *path)
{
  EngramSavedFilters *self = g_object_new (ENGRAM_TYPE_SAVED_FILTERS, NULL);

  self->path = path != NULL ? g_strdup (path) : g_build_filename (g_get_user_config_dir (), "engram", "filters", NULL);
  engram_saved_filters_load (self);
  return self;
}

EngramSavedFilters *
engram_saved_filters_get_default (void)
{
  static EngramSavedFilters *filters;

  if (filters == NULL)
    filters = engram_saved_filters_new (NULL);
  return filters;
}

void
engram_saved_filters_load (EngramSavedFilters *self)
{
  g_return_if_fail (ENGRAM_IS_SAVED_FILTERS (self));

  add_step (self, NULL, NULL, NULL);
}

guint
engram_saved_filters_get_n (EngramSavedFilters *self)
{
  g_return_val_if_fail (ENGRAM_IS_SAVED_FILTERS (self), 0);

  return self->filters->len;
}

const char *
engram_saved_filters_get_name (EngramSavedFilters *self,
                               guint               place)
{
  g_return_val_if_fail (ENGRAM_IS_SAVED_FILTERS (self), NULL);
  g_return_val_if_fail (place < self->filters->len, NULL);

  return ((Filter *) self->filters->pdata[place])->name;
}

const char *
engram_saved_filters_get_query (EngramSavedFilters *self,
                                guint               place)
{
  g_return_val_if_fail (ENGRAM_IS_SAVED_FILTERS (self), NULL);
  g_return_val_if_fail (place < self->filters->len, NULL);

  return ((Filter *) self->filters->pdata[place])->query;
}

const char *
engram_saved_filters_find (EngramSavedFilters *self,
                           const char         *name)
{
  g_return_val_if_fail (ENGRAM_IS_SAVED_FILTERS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->filters->len; i++)
    if (g_str_equal (engram_saved_filters_get_name (self, i), name))
      return engram_saved_filters_get_query (self, i);
  return NULL;
}

void
engram_saved_filters_save (EngramSavedFilters *self,
                           const char         *name,
                           const char         *query)
{
  g_return_if_fail (ENGRAM_IS_SAVED_FILTERS (self));
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (query != NULL);

  add_step (self, name, NULL, query);
}

void
engram_saved_filters_rename (EngramSavedFilters *self,
                             const char         *name,
                             const char         *new_name)
{
  g_return_if_fail (ENGRAM_IS_SAVED_FILTERS (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (new_name != NULL && *new_name != '\0');

  add_step (self, name, new_name, NULL);
}

void
engram_saved_filters_delete (EngramSavedFilters *self,
                             const char         *name)
{
  g_return_if_fail (ENGRAM_IS_SAVED_FILTERS (self));
  g_return_if_fail (name != NULL);

  add_step (self, name, NULL, NULL);
}
