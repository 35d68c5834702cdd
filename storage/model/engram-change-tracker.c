/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-change-tracker.h"

#define N_KINDS (ENGRAM_CHANGE_SYNAPSE + 1)
#define N_CHANGES (ENGRAM_CHANGE_DELETED + 1)

typedef struct {
  GList         link;  /* in the order of marking; its data is the mark */
  char         *id;
  EngramChange  change;
} Mark;

/* The marks of one kind. */
typedef struct {
  GHashTable *by_id;  /* owns the marks */
  GQueue      order;
  guint       counts[N_CHANGES];
} Marks;

struct _EngramChangeTracker {
  GObject parent_instance;

  Marks   kinds[N_KINDS];
};

G_DEFINE_FINAL_TYPE (EngramChangeTracker, engram_change_tracker, G_TYPE_OBJECT)

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->id);
  g_free (mark);
}

static void
marks_init (Marks *marks)
{
  marks->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, mark_free);
  g_queue_init (&marks->order);
}

static void
marks_clear (Marks *marks)
{
  g_queue_init (&marks->order);
  g_hash_table_remove_all (marks->by_id);
  for (gsize i = 0; i < N_CHANGES; i++)
    marks->counts[i] = 0;
}

static void
marks_add (Marks        *marks,
           const char   *id,
           EngramChange  change)
{
  Mark *mark = g_new0 (Mark, 1);

  mark->link.data = mark;
  mark->id = g_strdup (id);
  mark->change = change;
  g_queue_push_tail_link (&marks->order, &mark->link);
  g_hash_table_insert (marks->by_id, mark->id, mark);
  marks->counts[change]++;
}

static void
marks_remove (Marks *marks,
              Mark  *mark)
{
  marks->counts[mark->change]--;
  g_queue_unlink (&marks->order, &mark->link);
  g_hash_table_remove (marks->by_id, mark->id);
}

static void
marks_change (Marks        *marks,
              Mark         *mark,
              EngramChange  change)
{
  marks->counts[mark->change]--;
  mark->change = change;
  marks->counts[change]++;
}

/* What two changes, one after the other, come to for the file. */
static EngramChange
combine_changes (EngramChange first,
                 EngramChange second)
{
  if (second == ENGRAM_CHANGE_NONE)
    return ENGRAM_CHANGE_NONE;
  if (first == ENGRAM_CHANGE_NONE)
    return second;
  if (first == ENGRAM_CHANGE_CREATED)
    return second == ENGRAM_CHANGE_DELETED ? ENGRAM_CHANGE_NONE : ENGRAM_CHANGE_CREATED;
  /* The file has it, so it can only be changed or deleted there. */
  return second == ENGRAM_CHANGE_DELETED ? ENGRAM_CHANGE_DELETED : ENGRAM_CHANGE_MODIFIED;
}

static void
engram_change_tracker_finalize (GObject *object)
{
  EngramChangeTracker *self = ENGRAM_CHANGE_TRACKER (object);

  for (gsize i = 0; i < N_KINDS; i++)
    g_hash_table_unref (self->kinds[i].by_id);

  G_OBJECT_CLASS (engram_change_tracker_parent_class)->finalize (object);
}

static void
engram_change_tracker_class_init (EngramChangeTrackerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_change_tracker_finalize;
}

static void
engram_change_tracker_init (EngramChangeTracker *self)
{
  for (gsize i = 0; i < N_KINDS; i++)
    marks_init (&self->kinds[i]);
}

EngramChangeTracker *
engram_change_tracker_new (void)
{
  return g_object_new (ENGRAM_TYPE_CHANGE_TRACKER, NULL);
}

void
engram_change_tracker_mark (EngramChangeTracker *self,
                            EngramChangeKind     kind,
                            const char          *id,
                            EngramChange         change)
{
  Marks *marks;
  Mark *mark;

  g_return_if_fail (ENGRAM_IS_CHANGE_TRACKER (self));
  g_return_if_fail (kind < N_KINDS);
  g_return_if_fail (id != NULL);
  g_return_if_fail (change < N_CHANGES);

  marks = &self->kinds[kind];
  mark = g_hash_table_lookup (marks->by_id, id);
  change = combine_changes (mark != NULL ? mark->change : ENGRAM_CHANGE_NONE, change);

  if (mark == NULL && change != ENGRAM_CHANGE_NONE)
    marks_add (marks, id, change);
  else if (mark != NULL && change == ENGRAM_CHANGE_NONE)
    marks_remove (marks, mark);
  else if (mark != NULL)
    marks_change (marks, mark, change);
}

EngramChange
engram_change_tracker_get (EngramChangeTracker *self,
                           EngramChangeKind     kind,
                           const char          *id)
{
  Mark *mark;

  g_return_val_if_fail (ENGRAM_IS_CHANGE_TRACKER (self), ENGRAM_CHANGE_NONE);
  g_return_val_if_fail (kind < N_KINDS, ENGRAM_CHANGE_NONE);
  g_return_val_if_fail (id != NULL, ENGRAM_CHANGE_NONE);

  mark = g_hash_table_lookup (self->kinds[kind].by_id, id);
  return mark != NULL ? mark->change : ENGRAM_CHANGE_NONE;
}

guint
engram_change_tracker_count (EngramChangeTracker *self,
                             EngramChangeKind     kind,
                             EngramChange         change)
{
  g_return_val_if_fail (ENGRAM_IS_CHANGE_TRACKER (self), 0);
  g_return_val_if_fail (kind < N_KINDS, 0);
  g_return_val_if_fail (change < N_CHANGES, 0);

  return self->kinds[kind].counts[change];
}

GPtrArray *
engram_change_tracker_list (EngramChangeTracker *self,
                            EngramChangeKind     kind,
                            EngramChange         change)
{
  GPtrArray *ids;

  g_return_val_if_fail (ENGRAM_IS_CHANGE_TRACKER (self), NULL);
  g_return_val_if_fail (kind < N_KINDS, NULL);
  g_return_val_if_fail (change < N_CHANGES, NULL);

  ids = g_ptr_array_new_full (self->kinds[kind].counts[change], g_free);
  for (GList *link = self->kinds[kind].order.head; link != NULL; link = link->next)
    {
      const Mark *mark = link->data;

      if (mark->change == change)
        g_ptr_array_add (ids, g_strdup (mark->id));
    }
  return ids;
}

gboolean
engram_change_tracker_is_empty (EngramChangeTracker *self)
{
  g_return_val_if_fail (ENGRAM_IS_CHANGE_TRACKER (self), TRUE);

  for (gsize i = 0; i < N_KINDS; i++)
    if (self->kinds[i].order.length > 0)
      return FALSE;
  return TRUE;
}

void
engram_change_tracker_clear (EngramChangeTracker *self)
{
  g_return_if_fail (ENGRAM_IS_CHANGE_TRACKER (self));

  for (gsize i = 0; i < N_KINDS; i++)
    marks_clear (&self->kinds[i]);
}
