/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-preview-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "json/engram-number.h"
#include "safety/engram-progress-part-private.h"
#include "safety/integrity/engram-id-list-private.h"
#include "safety/integrity/engram-integrity-report-private.h"
#include "sqlite/engram-database-private.h"

/* So much of a text is told, and so many bytes of it are looked at. */
#define MAX_CHARACTERS 300
#define MAX_BYTES (MAX_CHARACTERS * 4 + 4)

G_DEFINE_BOXED_TYPE (EngramRepairPreview, engram_repair_preview, engram_repair_preview_copy,
                     engram_repair_preview_free)

static void
change_free (gpointer data)
{
  EngramRepairChange *self = data;

  g_free (self->id);
  g_free (self->field);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static gpointer
copy_change (gconstpointer data,
             gpointer      user_data)
{
  const EngramRepairChange *self = data;
  EngramRepairChange *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->field = g_strdup (self->field);
  copy->before = g_strdup (self->before);
  copy->after = g_strdup (self->after);
  return copy;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      user_data)
{
  return g_strdup (text);
}

static EngramRepairPreview *
preview_new (void)
{
  EngramRepairPreview *self = g_new0 (EngramRepairPreview, 1);

  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

EngramRepairPreview *
engram_repair_preview_copy (const EngramRepairPreview *self)
{
  EngramRepairPreview *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->kinds = g_ptr_array_copy (self->kinds, copy_text, NULL);
  copy->counts = g_array_copy (self->counts);
  copy->changes = g_ptr_array_copy (self->changes, copy_change, NULL);
  g_ptr_array_set_free_func (copy->kinds, g_free);
  g_ptr_array_set_free_func (copy->changes, change_free);
  return copy;
}

void
engram_repair_preview_free (EngramRepairPreview *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->kinds);
  g_array_unref (self->counts);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

char *
engram_repair_change_format (const EngramRepairChange *self)
{
  const char *before, *after;

  g_return_val_if_fail (self != NULL, NULL);

  before = self->before != NULL ? self->before : C_("value", "none");
  after = self->after != NULL ? self->after : C_("value", "none");
  switch (self->action)
    {
    case ENGRAM_REPAIR_DELETE_SYNAPSE:
      /* Translators: what a synapse joins: the ids of two neurons, with an arrow between them. */
      return g_strdup_printf (_("synapse deleted: %s"), before);
    case ENGRAM_REPAIR_MAKE_INDEX:
      return g_strdup (_("index made"));
    default:
      /* Translators: the name of a field, what it holds, and what it will hold. */
      return g_strdup_printf (_("%s: %s → %s"), self->field, before, after);
    }
}

gboolean
engram_repair_is_told (EngramRepair *self)
{
  return self->preview != NULL && self->preview->changes->len < self->max_changes;
}

/* Lines are joined: it is shown on one. */
static char *
describe_text (const char *text,
               gsize       length)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (length, MAX_BYTES));

  return engram_integrity_make_printable (g_strdelimit (valid, "\n\r\t", ' '), MAX_CHARACTERS);
}

static char *
describe_number (double number)
{
  char text[ENGRAM_NUMBER_LENGTH];

  if (isinf (number))
    return g_strdup (number > 0 ? "∞" : "−∞");
  engram_number_format (number, text);
  /* As people write whole numbers. */
  if (g_str_has_suffix (text, ".0"))
    text[strlen (text) - strlen (".0")] = '\0';
  return g_strdup (text);
}

static char *
describe_bytes (int n_bytes)
{
  g_autofree char *number = g_strdup_printf ("%'d", n_bytes);

  return g_strdup_printf (ngettext ("%s byte", "%s bytes", n_bytes), number);
}

static gboolean
is_finite (sqlite3_stmt *row,
           int           index)
{
  const char *bytes = sqlite3_column_blob (row, index);
  gsize n_numbers = sqlite3_column_bytes (row, index) / sizeof (float);

  for (gsize i = 0; bytes != NULL && i < n_numbers; i++)
    {
      float number;

      memcpy (&number, bytes + i * sizeof number, sizeof number);
      if (!isfinite (number))
        return FALSE;
    }
  return TRUE;
}

static char *
describe_vector (sqlite3_stmt *row,
                 int           index)
{
  int n_bytes = sqlite3_column_bytes (row, index);
  int n_numbers = n_bytes / (int) sizeof (float);
  g_autofree char *number = g_strdup_printf ("%'d", n_numbers);

  if (n_bytes == 0 || n_bytes % sizeof (float) != 0)
    return describe_bytes (n_bytes);
  if (is_finite (row, index))
    return g_strdup_printf (ngettext ("%s number", "%s numbers", n_numbers), number);
  return g_strdup_printf (ngettext ("%s number, not finite", "%s numbers, not all of them finite", n_numbers),
                          number);
}

char *
engram_repair_describe_value (sqlite3_stmt *row,
                              const char   *column,
                              int           index)
{
  switch (sqlite3_column_type (row, index))
    {
    case SQLITE_NULL:
      return NULL;
    case SQLITE_BLOB:
      return g_str_equal (column, "vector") ? describe_vector (row, index)
                                            : describe_bytes (sqlite3_column_bytes (row, index));
    case SQLITE_TEXT:
      return describe_text ((const char *) sqlite3_column_text (row, index), sqlite3_column_bytes (row, index));
    default:
      return describe_number (sqlite3_column_double (row, index));
    }
}

char *
engram_repair_dup_row_id (sqlite3_stmt *row)
{
  g_autoptr (EngramIdList) ids = engram_id_list_new ();

  engram_id_list_add_row (ids, row);
  return engram_id_list_dup_id (ids, 0);
}

/* Counts one more; (transfer none) (nullable): what is to be told of it. */
static EngramRepairChange *
add_change (EngramRepair       *self,
            EngramRepairAction  action,
            EngramRecordKind    kind,
            gint64              rowid)
{
  gboolean is_told = engram_repair_is_told (self);
  EngramRepairChange *change;

  self->preview->n_changes++;
  if (!is_told)
    return NULL;
  change = g_new0 (EngramRepairChange, 1);
  change->action = action;
  change->kind = kind;
  change->rowid = rowid;
  g_ptr_array_add (self->preview->changes, change);
  return change;
}

static char *
describe_mending (const char *text,
                  double      number)
{
  if (text != NULL)
    return describe_text (text, strlen (text));
  return number != 0 ? describe_number (number) : NULL;
}

void
engram_repair_note_mending (EngramRepair            *self,
                            const EngramRepairTable *table,
                            gint64                   rowid,
                            const EngramMending     *mending)
{
  for (guint i = 0; i < mending->n_changes; i++)
    {
      EngramRepairChange *change;

      if (g_str_equal (mending->changes[i].column, ENGRAM_REPAIR_TIME))
        continue;
      change = add_change (self, ENGRAM_REPAIR_SET_FIELD, table->record, rowid);
      if (change == NULL)
        continue;
      change->id = g_strdup (mending->id);
      change->field = g_strdup (mending->changes[i].column);
      change->before = g_strdup (mending->changes[i].before);
      change->after = describe_mending (mending->changes[i].text, mending->changes[i].number);
    }
}

static char *
describe_end (sqlite3_stmt *row,
              int           index)
{
  char *text = engram_repair_describe_value (row, "", index);

  return text != NULL ? text : g_strdup (C_("value", "none"));
}

void
engram_repair_note_deletion (EngramRepair *self,
                             sqlite3_stmt *row)
{
  EngramRepairChange *change = add_change (self, ENGRAM_REPAIR_DELETE_SYNAPSE, ENGRAM_RECORD_SYNAPSE,
                                           sqlite3_column_int64 (row, ENGRAM_SYNAPSE_ROW_ROWID));
  g_autofree char *source = NULL;
  g_autofree char *target = NULL;

  if (change == NULL)
    return;
  source = describe_end (row, ENGRAM_SYNAPSE_ROW_SOURCE);
  target = describe_end (row, ENGRAM_SYNAPSE_ROW_TARGET);
  change->id = engram_repair_dup_row_id (row);
  change->before = g_strdup_printf ("%s → %s", source, target);
}

void
engram_repair_note_index (EngramRepair *self,
                          const char   *name)
{
  EngramRepairChange *change = add_change (self, ENGRAM_REPAIR_MAKE_INDEX, ENGRAM_RECORD_NEURON, 0);

  if (change == NULL)
    return;
  change->id = g_strdup (name);
  change->after = g_strdup (name);
}

static void
take_counts (EngramRepairPreview *self,
             const EngramRepair  *repair)
{
  self->neurons_changed = repair->neurons_changed;
  self->synapses_changed = repair->synapses_changed;
  self->synapses_deleted = repair->synapses_deleted;
  self->indexes_made = repair->indexes_made;
  for (guint i = 0; i < ENGRAM_N_KINDS; i++)
    if (repair->counts[i] > 0)
      {
        g_ptr_array_add (self->kinds, g_strdup (engram_finding_kind_get_name (i)));
        g_array_append_val (self->counts, repair->counts[i]);
      }
}

EngramRepairPreview *
engram_integrity_preview_repair (EngramDatabase      *database,
                                 const char *const   *kinds,
                                 guint                max_changes,
                                 EngramProgressFunc   progress,
                                 gpointer             user_data,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  EngramProgressPart part = { progress, user_data, 0, 1 };
  g_autoptr (EngramRepairPreview) preview = preview_new ();
  EngramRepair repair = { .preview = preview, .max_changes = max_changes, .now = "" };
  EngramReader *reader;
  gboolean done;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  repair.progress = engram_progress_part_report;
  repair.user_data = &part;
  if (!engram_repair_read_kinds (kinds, &repair.kinds, error) ||
      !engram_database_acquire_snapshot (database, &reader, 1, cancellable, error))
    return NULL;
  repair.connection = reader;
  done = engram_repair_run (&repair, error);
  engram_reader_release (reader);
  if (!done)
    return NULL;
  take_counts (preview, &repair);
  return g_steal_pointer (&preview);
}
