/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-point-texts.h"

#include "common/engram-text-format.h"
#include "lists/engram-record-page.h"

/* So many are kept; then all are forgotten, and those in view come back at once. */
#define MOST_TEXTS 5000
#define TEXT_CHARACTERS 120
/* What is longer is no name. */
#define NAME_CHARACTERS 40

typedef struct {
  char *text;
  char *name; /* or NULL */
  gboolean stale;
} Text;

struct _EngramPointTexts {
  GObject         parent_instance;

  EngramDatabase *database; /* or NULL */
  GHashTable     *texts;    /* gint64* -> Text */
  GHashTable     *wanted;   /* gint64*: asked for, and not read yet */
  GCancellable   *reading;  /* or NULL */
  guint           idle;
};

typedef struct {
  EngramDatabase *database;
  gint64 *rowids;
  char **names; /* or NULL */
  gsize n_rowids;
} Reading;

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramPointTexts, engram_point_texts, G_TYPE_OBJECT)

static void
text_free (gpointer data)
{
  Text *self = data;

  g_free (self->text);
  g_free (self->name);
  g_free (self);
}

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_object_unref (self->database);
  g_free (self->rowids);
  for (gsize i = 0; i < self->n_rowids; i++)
    g_free (self->names[i]);
  g_free (self->names);
  g_free (self);
}

/* As people give names to their neurons. */
char *
engram_point_texts_dup_neuron_name (const EngramNeuron *neuron)
{
  const char *const members[] = { "name", "title", "label" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *value = engram_json_object_get (neuron->metadata, members[i]);
      g_autofree char *name = value != NULL ? engram_json_get_string (value) : NULL;

      if (name != NULL && *g_strstrip (name) != '\0' && g_utf8_strlen (name, -1) <= NAME_CHARACTERS)
        return engram_format_line (name, NAME_CHARACTERS);
    }
  return NULL;
}

static void
read_texts (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  EngramRecordPage *page = engram_record_page_read (reading->database, ENGRAM_RECORD_NEURON, reading->rowids,
                                                    reading->n_rowids, cancellable, &error);

  for (gsize i = 0; page != NULL && i < reading->n_rowids; i++)
    if (page->items[i].neuron.neuron != NULL)
      reading->names[i] = engram_point_texts_dup_neuron_name (page->items[i].neuron.neuron);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) engram_record_page_unref);
  else
    g_task_return_error (task, error);
}

static void
keep_text (EngramPointTexts *self,
           gint64            rowid,
           const char       *summary,
           const char       *name)
{
  Text *text = g_new0 (Text, 1);

  text->text = engram_format_line (summary, TEXT_CHARACTERS);
  text->name = g_strdup (name);
  g_hash_table_replace (self->texts, g_memdup2 (&rowid, sizeof rowid), text);
}

static void want_soon (EngramPointTexts *self);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  EngramPointTexts *self = ENGRAM_POINT_TEXTS (object);
  const Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramRecordPage) page = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  /* A label that cannot be read is none; the lists say what is wrong with the file. */
  if (page == NULL)
    g_debug ("Labels cannot be read: %s", error->message);
  if (g_hash_table_size (self->texts) > MOST_TEXTS)
    g_hash_table_remove_all (self->texts);
  for (gsize i = 0; i < reading->n_rowids; i++)
    {
      const EngramNeuron *neuron = page != NULL ? page->items[i].neuron.neuron : NULL;

      keep_text (self, reading->rowids[i], neuron != NULL ? engram_neuron_get_summary (neuron) : "",
                 reading->names[i]);
    }
  g_signal_emit (self, signals[CHANGED], 0);
  want_soon (self);
}

static gboolean
start_reading_cb (gpointer user_data)
{
  EngramPointTexts *self = user_data;
  g_autoptr (GTask) task = NULL;
  Reading *reading;
  GHashTableIter iter;
  gpointer rowid;

  self->idle = 0;
  if (self->database == NULL || self->reading != NULL || g_hash_table_size (self->wanted) == 0)
    return G_SOURCE_REMOVE;
  reading = g_new0 (Reading, 1);
  reading->database = g_object_ref (self->database);
  reading->rowids = g_new (gint64, g_hash_table_size (self->wanted));
  reading->names = g_new0 (char *, g_hash_table_size (self->wanted));
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &rowid, NULL))
    reading->rowids[reading->n_rowids++] = *(gint64 *) rowid;
  g_hash_table_remove_all (self->wanted);

  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, read_cb, NULL);
  g_task_set_source_tag (task, start_reading_cb);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_texts);
  return G_SOURCE_REMOVE;
}

/* All that one frame asks for is read in one go. */
static void
want_soon (EngramPointTexts *self)
{
  if (self->idle == 0 && self->reading == NULL && g_hash_table_size (self->wanted) > 0)
    self->idle = g_idle_add (start_reading_cb, self);
}

/* NULL where it is being read. */
static const Text *
look_up (EngramPointTexts *self,
         gint64            rowid)
{
  Text *text = g_hash_table_lookup (self->texts, &rowid);

  if (text == NULL || text->stale)
    {
      g_hash_table_add (self->wanted, g_memdup2 (&rowid, sizeof rowid));
      want_soon (self);
    }
  if (text != NULL)
    text->stale = FALSE;
  return text;
}

const char *
engram_point_texts_get (EngramPointTexts *self,
                        gint64            rowid)
{
  const Text *text;

  g_return_val_if_fail (ENGRAM_IS_POINT_TEXTS (self), NULL);

  text = look_up (self, rowid);
  return text != NULL ? text->text : NULL;
}

const char *
engram_point_texts_get_name (EngramPointTexts *self,
                             gint64            rowid)
{
  const Text *text;

  g_return_val_if_fail (ENGRAM_IS_POINT_TEXTS (self), NULL);

  text = look_up (self, rowid);
  return text == NULL || text->name == NULL ? engram_point_texts_get (self, rowid) : text->name;
}

void
engram_point_texts_refresh (EngramPointTexts *self)
{
  GHashTableIter iter;
  gpointer text;

  g_return_if_fail (ENGRAM_IS_POINT_TEXTS (self));

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    ((Text *) text)->stale = TRUE;
}

static void
stop (EngramPointTexts *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_hash_table_remove_all (self->wanted);
}

void
engram_point_texts_set_database (EngramPointTexts *self,
                                 EngramDatabase   *database)
{
  g_return_if_fail (ENGRAM_IS_POINT_TEXTS (self));

  stop (self);
  g_hash_table_remove_all (self->texts);
  g_set_object (&self->database, database);
}

static void
engram_point_texts_dispose (GObject *object)
{
  EngramPointTexts *self = ENGRAM_POINT_TEXTS (object);

  stop (self);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (engram_point_texts_parent_class)->dispose (object);
}

static void
engram_point_texts_finalize (GObject *object)
{
  EngramPointTexts *self = ENGRAM_POINT_TEXTS (object);

  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->wanted);

  G_OBJECT_CLASS (engram_point_texts_parent_class)->finalize (object);
}

static void
engram_point_texts_class_init (EngramPointTextsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_point_texts_dispose;
  object_class->finalize = engram_point_texts_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
engram_point_texts_init (EngramPointTexts *self)
{
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, text_free);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

EngramPointTexts *
engram_point_texts_new (void)
{
  return g_object_new (ENGRAM_TYPE_POINT_TEXTS, NULL);
}
