/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-report-private.h"

#include <glib/gi18n-lib.h>

/* So many names are told in a sentence. */
#define MAX_NAMES 5
#define MAX_NAME_CHARACTERS 60
#define MANY G_MAXUINT

G_DEFINE_BOXED_TYPE (EngramIntegrityReport, engram_integrity_report, engram_integrity_report_ref,
                     engram_integrity_report_unref)

static void
finding_free (gpointer data)
{
  EngramFinding *self = data;

  g_free (self->message);
  engram_id_list_free (self->ids);
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    engram_row_set_unref (self->rows[i]);
  g_free (self);
}

char *
engram_integrity_make_printable (const char *text,
                                 gsize       max_characters)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *printable = g_string_new (NULL);
  gsize n_characters = 0;

  for (const char *cursor = valid; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    {
      gunichar character = g_utf8_get_char (cursor);

      if (++n_characters > max_characters)
        {
          g_string_append (printable, "…");
          break;
        }
      g_string_append_unichar (printable, g_unichar_isprint (character) ? character : 0xfffd);
    }
  return g_string_free (printable, FALSE);
}

/* A name that somebody else gave, in a sentence. */
static char *
quote_name (const char *name)
{
  g_autofree char *printable = engram_integrity_make_printable (name, MAX_NAME_CHARACTERS);

  /* Translators: a name in a sentence, between quotation marks. */
  return g_strdup_printf (_("“%s”"), printable);
}

/* Where how many more there are is not known, @n_more is MANY. */
static char *
join_names (GPtrArray *names,
            guint      n_more)
{
  g_autofree char *list = NULL;

  g_ptr_array_add (names, NULL);
  /* Translators: stands between the names of a list. */
  list = g_strjoinv (_(", "), (char **) names->pdata);
  if (n_more == 0)
    return g_steal_pointer (&list);
  if (n_more == MANY)
    /* Translators: a list of names. */
    return g_strdup_printf (_("%s and many more"), list);
  /* Translators: a list of names, then how many more there are. */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more), list, n_more);
}

static char *
list_ids (const EngramIdList *ids)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_ids = engram_id_list_get_size (ids);

  for (guint i = 0; i < MIN (n_ids, MAX_NAMES); i++)
    {
      g_autofree char *id = engram_id_list_dup_id (ids, i);

      g_ptr_array_add (names, quote_name (id));
    }
  return join_names (names, n_ids - names->len);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      types)
{
  const char *name = *(const char *const *) a, *other = *(const char *const *) b;
  guint64 count = *(guint64 *) g_hash_table_lookup (types, name);
  guint64 other_count = *(guint64 *) g_hash_table_lookup (types, other);

  if (count != other_count)
    return count > other_count ? -1 : 1;
  return g_strcmp0 (name, other);
}

/* The most frequent first. */
static char *
list_types (GHashTable *types)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_keys;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (types, &n_keys);

  g_qsort_with_data (keys, n_keys, sizeof *keys, compare_counts, types);
  for (guint i = 0; i < MIN (n_keys, MAX_NAMES); i++)
    {
      guint64 *count = g_hash_table_lookup (types, keys[i]);
      g_autofree char *name = quote_name (keys[i]);

      g_ptr_array_add (names, g_strdup_printf ("%s (%'" G_GUINT64_FORMAT ")", name, *count));
    }
  return join_names (names, n_keys < ENGRAM_MAX_STRANGE_TYPES ? n_keys - names->len : MANY);
}

/* What the sentence about a kind has to say beside a number. */
static char *
describe (EngramIntegrityRun *run,
          EngramFindingKind   kind)
{
  switch (kind)
    {
    case ENGRAM_KIND_VECTOR_DIMENSION:
      return g_strdup_printf ("%'u", run->dimension);
    case ENGRAM_KIND_WEIGHT_RANGE:
      return run->n_infinite > 0 ? g_strdup_printf ("%'d", run->n_infinite) : NULL;
    case ENGRAM_KIND_TYPE_UNREGISTERED:
      return list_types (run->types);
    case ENGRAM_KIND_FOREIGN_TRIGGER:
    case ENGRAM_KIND_FOREIGN_VIEW:
    case ENGRAM_KIND_FOREIGN_TABLE:
    case ENGRAM_KIND_INDEX_MISSING:
      return list_ids (run->others.lists[kind]);
    default:
      return NULL;
    }
}

static guint
count_ids (const EngramFindingLists *lists,
           EngramFindingKind         kind)
{
  return lists->lists[kind] != NULL ? engram_id_list_get_size (lists->lists[kind]) : 0;
}

/* (transfer full): never NULL. */
static EngramRowSet *
get_rows (const EngramFindingLists *lists,
          EngramFindingKind         kind)
{
  return lists->lists[kind] != NULL ? engram_id_list_dup_rows (lists->lists[kind]) : engram_row_set_new_empty ();
}

/* NULL where nothing is of that kind. */
static EngramFinding *
make_finding (EngramIntegrityRun *run,
              EngramFindingKind   kind)
{
  guint n_neurons = count_ids (&run->neurons, kind);
  guint n_others = count_ids (&run->synapses, kind) + count_ids (&run->others, kind);
  const EngramFindingLists *const lists[] = { &run->neurons, &run->synapses, &run->others };
  g_autofree char *detail = NULL;
  EngramFinding *self;

  if (n_neurons + n_others == 0)
    return NULL;
  self = g_new0 (EngramFinding, 1);
  detail = describe (run, kind);
  self->kind = kind;
  self->message = engram_finding_kind_format_message (kind, n_neurons, n_others, detail);
  self->rows[ENGRAM_RECORD_NEURON] = get_rows (&run->neurons, kind);
  self->rows[ENGRAM_RECORD_SYNAPSE] = get_rows (&run->synapses, kind);
  self->ids = engram_id_list_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i]->lists[kind] != NULL)
      engram_id_list_extend (self->ids, lists[i]->lists[kind]);
  return self;
}

EngramIntegrityReport *
engram_integrity_report_new (EngramIntegrityRun *run,
                             const char         *path,
                             const char         *time,
                             double              seconds)
{
  EngramIntegrityReport *self = g_new0 (EngramIntegrityReport, 1);

  g_atomic_ref_count_init (&self->references);
  self->path = g_strdup (path);
  self->time = g_strdup (time);
  self->neurons = run->n_neurons;
  self->synapses = run->n_synapses;
  self->seconds = seconds;
  self->with_sqlite = run->with_sqlite;
  self->findings = g_ptr_array_new_with_free_func (finding_free);
  for (int severity = ENGRAM_SEVERITY_ERROR; severity >= ENGRAM_SEVERITY_NOTE; severity--)
    for (guint kind = 0; kind < ENGRAM_N_KINDS; kind++)
      {
        EngramFinding *finding = NULL;

        if ((int) engram_finding_kind_get_severity (kind) == severity)
          finding = make_finding (run, kind);
        if (finding != NULL)
          g_ptr_array_add (self->findings, finding);
      }
  return self;
}

EngramIntegrityReport *
engram_integrity_report_ref (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_integrity_report_unref (EngramIntegrityReport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->findings);
  g_free (self->path);
  g_free (self->time);
  g_free (self);
}

guint64
engram_integrity_report_get_neurons (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->neurons;
}

guint64
engram_integrity_report_get_synapses (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->synapses;
}

double
engram_integrity_report_get_seconds (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->seconds;
}

gboolean
engram_integrity_report_get_with_sqlite (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->with_sqlite;
}

const char *
engram_integrity_report_get_path (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

const char *
engram_integrity_report_get_time (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->time;
}

GPtrArray *
engram_integrity_report_get_findings (EngramIntegrityReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->findings;
}

gboolean
engram_integrity_report_get_worst (EngramIntegrityReport *self,
                                   EngramSeverity        *severity)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->findings->len == 0)
    return FALSE;
  if (severity != NULL)
    *severity = engram_finding_get_severity (g_ptr_array_index (self->findings, 0));
  return TRUE;
}

const char *
engram_finding_get_kind (const EngramFinding *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return engram_finding_kind_get_name (self->kind);
}

EngramSeverity
engram_finding_get_severity (const EngramFinding *self)
{
  g_return_val_if_fail (self != NULL, ENGRAM_SEVERITY_NOTE);

  return engram_finding_kind_get_severity (self->kind);
}

guint64
engram_finding_get_count (const EngramFinding *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return engram_id_list_get_size (self->ids);
}

const char *
engram_finding_get_message (const EngramFinding *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->message;
}

const char *
engram_finding_get_repair (const EngramFinding *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return engram_finding_kind_get_repair (self->kind);
}

EngramRowSet *
engram_finding_get_rows (const EngramFinding *self,
                         EngramRecordKind     kind)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (kind < G_N_ELEMENTS (self->rows), NULL);

  return self->rows[kind];
}

char **
engram_finding_get_ids (const EngramFinding *self,
                        guint64              offset,
                        guint64              limit)
{
  guint64 size, end;
  char **ids;

  g_return_val_if_fail (self != NULL, NULL);

  size = engram_id_list_get_size (self->ids);
  offset = MIN (offset, size);
  end = offset + MIN (limit, size - offset);
  ids = g_new0 (char *, end - offset + 1);
  for (guint64 i = offset; i < end; i++)
    ids[i - offset] = engram_id_list_dup_id (self->ids, i);
  return ids;
}

const char *
engram_severity_to_string (EngramSeverity severity)
{
  static const char *const names[] = { "note", "warning", "error" };

  g_return_val_if_fail (severity < G_N_ELEMENTS (names), NULL);

  return names[severity];
}

const char *
engram_integrity_get_maker (void)
{
  return "Engram " ENGRAM_VERSION;
}
