/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-record-editor.h"

#include <glib/gi18n.h>

#include "details/engram-group.h"
#include "details/engram-record-field.h"

struct _EngramRecordEditor
{
  GtkWidget parent_instance;

  GtkBox *box;
  EngramSession *session;
  EngramRecordKind kind;
  gpointer record;            /* as it is in the file, as far as known */
  GPtrArray *fields;          /* EngramRecordField */
  GPtrArray *editors;         /* EngramFieldEditor of each */
  GQueue waiting;             /* borrowed editors whose value is to be written */
  EngramFieldEditor *writing; /* whose value is being written, or NULL */
  gpointer after;             /* the record as it is then */
  EngramFieldEditor *retrying; /* what was not written because the record had changed elsewhere, or NULL */
};

G_DEFINE_FINAL_TYPE (EngramRecordEditor, engram_record_editor, GTK_TYPE_WIDGET)

enum { OUTDATED, SETTLED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void write_next (EngramRecordEditor *self);

static void
set_record (EngramRecordEditor *self,
            gpointer            record)
{
  engram_any_record_free (self->kind, self->record);
  self->record = record;
}

static const EngramRecordField *
get_field (EngramRecordEditor *self,
           EngramFieldEditor  *editor)
{
  guint index;

  g_return_val_if_fail (g_ptr_array_find (self->editors, editor, &index), NULL);

  return g_ptr_array_index (self->fields, index);
}

/* Sets a field of @after, which is a copy of the record. */
static gboolean
set_value (EngramRecordEditor  *self,
           EngramFieldEditor   *editor,
           gpointer             after,
           const char          *json,
           GError             **error)
{
  guint changed;

  if (!engram_record_field_set (get_field (self, editor), after, json, error))
    return FALSE;
  changed = engram_any_record_compare (self->kind, self->record, after);
  return engram_any_record_validate (self->kind, after, changed & ~ENGRAM_NEURON_ID, error);
}

G_STATIC_ASSERT ((int) ENGRAM_NEURON_ID == (int) ENGRAM_SYNAPSE_ID);

/* Beside the field, messages need no id. */
static void
forget_id (EngramRecordEditor *self,
           gpointer            record)
{
  if (self->kind == ENGRAM_RECORD_NEURON)
    engram_neuron_set_text (record, ENGRAM_NEURON_ID, NULL);
  else
    engram_synapse_set_text (record, ENGRAM_SYNAPSE_ID, NULL);
}

static char *
check_cb (EngramFieldEditor *editor,
          const char        *json,
          gpointer           user_data)
{
  EngramRecordEditor *self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer after = engram_any_record_copy (self->kind, self->record);
  gboolean valid;

  forget_id (self, after);
  valid = set_value (self, editor, after, json, &error);
  engram_any_record_free (self->kind, after);
  return valid ? NULL : g_strdup (error->message);
}

/* Writing */

static void
end_writing (EngramRecordEditor *self,
             const char         *stored,
             const char         *failure)
{
  EngramFieldEditor *editor = g_steal_pointer (&self->writing);

  engram_field_editor_end (editor, stored, failure);
  write_next (self);
  if (self->writing == NULL && self->retrying == NULL)
    g_signal_emit (self, signals[SETTLED], 0);
}

static void
end_written (EngramRecordEditor *self)
{
  g_autofree char *stored = NULL;

  set_record (self, g_steal_pointer (&self->after));
  stored = engram_record_field_get (get_field (self, self->writing), self->record);
  if (self->retrying == self->writing)
    self->retrying = NULL;
  end_writing (self, stored, NULL);
  /* The time of change is another one too, and the type may have other fields. */
  g_signal_emit (self, signals[OUTDATED], 0);
}

static void
end_failed (EngramRecordEditor *self,
            const GError       *error)
{
  gboolean retry = g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED) && self->retrying != self->writing;

  engram_any_record_free (self->kind, g_steal_pointer (&self->after));
  /* Once the record has been read again, it shows whether it is this very value that has changed. */
  self->retrying = retry ? self->writing : NULL;
  end_writing (self, NULL, retry ? NULL : error->message);
  g_signal_emit (self, signals[OUTDATED], 0);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EngramRecordEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean applied = engram_session_apply_finish (ENGRAM_SESSION (source), result, &error);

  /* Taken away meanwhile: the value was written all the same, or the session says why not. */
  if (!applied && gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    engram_session_pass_on (ENGRAM_SESSION (source), error);
  if (self->box == NULL)
    return;
  if (applied)
    end_written (self);
  else
    end_failed (self, error);
}

static void
apply (EngramRecordEditor *self)
{
  EngramEdit *edit = engram_edit_new ();

  if (self->kind == ENGRAM_RECORD_NEURON)
    engram_edit_change_neuron (edit, self->record, self->after);
  else
    engram_edit_change_synapse (edit, self->record, self->after);
  engram_session_apply_async (self->session, edit, applied_cb, g_object_ref (self));
}

static void
write_value (EngramRecordEditor *self,
             EngramFieldEditor  *editor)
{
  g_autofree char *json = engram_field_editor_begin (editor);
  g_autoptr (GError) error = NULL;

  self->writing = editor;
  self->after = engram_any_record_copy (self->kind, self->record);
  if (!set_value (self, editor, self->after, json, &error))
    end_failed (self, error);
  else if (engram_any_record_compare (self->kind, self->record, self->after) == 0)
    /* Another way to write the same. */
    end_written (self);
  else
    apply (self);
}

static gboolean
can_be_written (EngramFieldEditor *editor)
{
  return engram_field_editor_is_dirty (editor) && !engram_field_editor_has_conflict (editor) &&
         engram_field_editor_get_problem (editor) == NULL;
}

static void
write_next (EngramRecordEditor *self)
{
  EngramFieldEditor *editor;

  while (self->writing == NULL && (editor = g_queue_pop_head (&self->waiting)) != NULL)
    if (can_be_written (editor))
      write_value (self, editor);
}

static void
commit_cb (EngramRecordEditor *self,
           EngramFieldEditor  *editor)
{
  if (g_queue_find (&self->waiting, editor) == NULL)
    g_queue_push_tail (&self->waiting, editor);
  write_next (self);
}

/* Widgets */

static const char *
get_group_title (EngramRecordEditor *self,
                 EngramFieldGroup    group)
{
  switch (group)
    {
    case ENGRAM_GROUP_OWN:
      return _("Fields");
    case ENGRAM_GROUP_OTHER:
      return _("Other Fields");
    case ENGRAM_GROUP_COMMON:
      return self->kind == ENGRAM_RECORD_NEURON ? _("Neuron") : _("Connection");
    case ENGRAM_GROUP_METADATA:
    case ENGRAM_N_GROUPS:
    default:
      return _("Metadata");
    }
}

static EngramFieldEditor *
editor_new (EngramRecordEditor      *self,
            const EngramRecordField *field)
{
  g_auto (GStrv) choices = engram_record_field_dup_choices (field, self->kind);
  GtkWidget *editor = engram_field_editor_new (field->control, field->label, (const char *const *) choices);

  engram_field_editor_set_check (ENGRAM_FIELD_EDITOR (editor), check_cb, self);
  g_signal_connect_object (editor, "commit", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  return g_object_ref_sink (ENGRAM_FIELD_EDITOR (editor));
}

static int
find_same (GPtrArray               *fields,
           const EngramRecordField *wanted)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const EngramRecordField *field = g_ptr_array_index (fields, i);

      if (field->part == wanted->part && field->control == wanted->control && field->group == wanted->group &&
          g_str_equal (field->name, wanted->name))
        return i;
    }
  return -1;
}

static void
place (EngramRecordEditor *self)
{
  GtkListBox *rows[ENGRAM_N_GROUPS] = { NULL };
  GtkWidget *child;

  for (guint i = 0; i < self->editors->len; i++)
    {
      GtkWidget *row = gtk_widget_get_parent (g_ptr_array_index (self->editors, i));

      if (row != NULL)
        gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), NULL);
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (EngramFieldGroup group = 0; group < ENGRAM_N_GROUPS; group++)
    for (guint i = 0; i < self->fields->len; i++)
      {
        const EngramRecordField *field = g_ptr_array_index (self->fields, i);

        if (field->group != group)
          continue;
        if (rows[group] == NULL)
          gtk_box_append (self->box, engram_group_new (get_group_title (self, group), &rows[group]));
        engram_group_add_control (rows[group], field->label, g_ptr_array_index (self->editors, i));
      }
}

static EngramRecordField *
find_named (GPtrArray  *fields,
            const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      EngramRecordField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

/* A value that somebody types must not go because the record has lost its field, or holds something else there. */
static void
keep_dirty (EngramRecordEditor *self,
            GPtrArray          *fields)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const EngramRecordField *field = g_ptr_array_index (self->fields, i);
      EngramRecordField *renewed;

      if (!engram_field_editor_is_dirty (g_ptr_array_index (self->editors, i)))
        continue;
      renewed = find_named (fields, field->name);
      if (renewed == NULL)
        {
          g_ptr_array_add (fields, engram_record_field_copy (field));
          continue;
        }
      renewed->part = field->part;
      renewed->group = field->group;
      renewed->control = field->control;
    }
}

static gboolean
same_fields (GPtrArray *one,
             GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (find_same (other, g_ptr_array_index (one, i)) != (int) i)
      return FALSE;
  return TRUE;
}

/* Editors of fields that are there still stay. */
static void
set_fields (EngramRecordEditor *self,
            GPtrArray          *fields)
{
  g_autoptr (GPtrArray) editors = g_ptr_array_new_with_free_func (g_object_unref);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  EngramFieldEditor *focused = root != NULL ? engram_field_editor_find (gtk_root_get_focus (root)) : NULL;

  for (guint i = 0; i < fields->len; i++)
    {
      const EngramRecordField *field = g_ptr_array_index (fields, i);
      int index = find_same (self->fields, field);

      g_ptr_array_add (editors, index >= 0 ? g_object_ref (g_ptr_array_index (self->editors, index))
                                           : (gpointer) editor_new (self, field));
    }
  for (guint i = 0; i < self->editors->len; i++)
    if (!g_ptr_array_find (editors, g_ptr_array_index (self->editors, i), NULL))
      g_queue_remove (&self->waiting, g_ptr_array_index (self->editors, i));
  g_ptr_array_unref (self->fields);
  self->fields = g_ptr_array_ref (fields);
  g_ptr_array_unref (self->editors);
  self->editors = g_ptr_array_ref (editors);
  place (self);
  if (focused != NULL && g_ptr_array_find (self->editors, focused, NULL))
    gtk_widget_grab_focus (GTK_WIDGET (focused));
}

static void
show_values (EngramRecordEditor *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      g_autofree char *json = engram_record_field_get (g_ptr_array_index (self->fields, i), self->record);

      engram_field_editor_set_stored (g_ptr_array_index (self->editors, i), json);
    }
}

/* The record had changed, and has been read again: where this value has not, it can be written after all. */
static void
retry (EngramRecordEditor *self)
{
  if (self->retrying == NULL)
    return;
  if (g_ptr_array_find (self->editors, self->retrying, NULL) && can_be_written (self->retrying))
    {
      commit_cb (self, self->retrying);
      return;
    }
  self->retrying = NULL;
  g_signal_emit (self, signals[SETTLED], 0);
}

static void
engram_record_editor_dispose (GObject *object)
{
  EngramRecordEditor *self = ENGRAM_RECORD_EDITOR (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  g_queue_clear (&self->waiting);

  G_OBJECT_CLASS (engram_record_editor_parent_class)->dispose (object);
}

static void
engram_record_editor_finalize (GObject *object)
{
  EngramRecordEditor *self = ENGRAM_RECORD_EDITOR (object);

  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->editors);
  engram_any_record_free (self->kind, self->record);
  engram_any_record_free (self->kind, self->after);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_record_editor_parent_class)->finalize (object);
}

static void
engram_record_editor_class_init (EngramRecordEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_record_editor_dispose;
  object_class->finalize = engram_record_editor_finalize;

  signals[OUTDATED] = g_signal_new ("outdated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_record_editor_init (EngramRecordEditor *self)
{
  self->fields = g_ptr_array_new ();
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->waiting);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * engram_record_editor_new:
 * @session: through which it is written
 * @kind: what it is
 * @record: an #EngramNeuron or an #EngramSynapse; copied
 *
 * Returns: (transfer floating): an editor of it
 */
GtkWidget *
engram_record_editor_new (EngramSession    *session,
                          EngramRecordKind  kind,
                          gconstpointer     record)
{
  EngramRecordEditor *self = g_object_new (ENGRAM_TYPE_RECORD_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  engram_record_editor_update (self, record);
  return GTK_WIDGET (self);
}

/**
 * engram_record_editor_update:
 * @self: an editor
 * @record: its record as it is in the file now; copied
 *
 * Shows it. What is typed stays.
 */
void
engram_record_editor_update (EngramRecordEditor *self,
                             gconstpointer       record)
{
  g_autoptr (GPtrArray) fields = NULL;

  g_return_if_fail (ENGRAM_IS_RECORD_EDITOR (self));

  /* It was read before that is over; then it is read again. */
  if (self->writing != NULL)
    return;
  set_record (self, engram_any_record_copy (self->kind, record));
  fields = engram_record_fields_list (self->kind, record);
  keep_dirty (self, fields);
  if (!same_fields (self->fields, fields))
    set_fields (self, fields);
  show_values (self);
  retry (self);
}

/**
 * engram_record_editor_commit:
 * @self: an editor
 *
 * Writes all that is typed and may be written.
 */
void
engram_record_editor_commit (EngramRecordEditor *self)
{
  g_return_if_fail (ENGRAM_IS_RECORD_EDITOR (self));

  for (guint i = 0; i < self->editors->len; i++)
    engram_field_editor_commit (g_ptr_array_index (self->editors, i));
}

/**
 * engram_record_editor_discard:
 * @self: an editor
 *
 * Gives up all that is typed and not written.
 */
void
engram_record_editor_discard (EngramRecordEditor *self)
{
  g_return_if_fail (ENGRAM_IS_RECORD_EDITOR (self));

  g_queue_clear (&self->waiting);
  for (guint i = 0; i < self->editors->len; i++)
    engram_field_editor_revert (g_ptr_array_index (self->editors, i));
}

/**
 * engram_record_editor_give_up:
 * @self: an editor
 *
 * Its record cannot be read again: what waits for that is not written.
 */
void
engram_record_editor_give_up (EngramRecordEditor *self)
{
  g_return_if_fail (ENGRAM_IS_RECORD_EDITOR (self));

  if (self->retrying == NULL)
    return;
  self->retrying = NULL;
  if (self->writing == NULL)
    g_signal_emit (self, signals[SETTLED], 0);
}

gboolean
engram_record_editor_is_writing (EngramRecordEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_EDITOR (self), FALSE);

  return self->writing != NULL || self->retrying != NULL;
}

/**
 * engram_record_editor_get_unsaved:
 * @self: an editor
 *
 * Returns: (nullable) (transfer none): the first field with something typed that has not been written
 */
EngramFieldEditor *
engram_record_editor_get_unsaved (EngramRecordEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_EDITOR (self), NULL);

  for (guint i = 0; i < self->editors->len; i++)
    if (engram_field_editor_is_dirty (g_ptr_array_index (self->editors, i)))
      return g_ptr_array_index (self->editors, i);
  return NULL;
}

/**
 * engram_record_editor_find:
 * @self: an editor
 * @name: the name of a field in the JSON document, `position.x` or `fields.NAME` for one that nobody knows
 *
 * Returns: (nullable) (transfer none): the editor of that field
 */
EngramFieldEditor *
engram_record_editor_find (EngramRecordEditor *self,
                           const char         *name)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_EDITOR (self), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const EngramRecordField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->name, name))
        return g_ptr_array_index (self->editors, i);
    }
  return NULL;
}
