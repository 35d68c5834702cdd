/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editing/engram-edit-private.h"

#include <glib/gi18n-lib.h>

/* Characters of a text that a label shows. */
#define MAX_SHOWN 40

/* What is looked at of a text: it may be a whole book. */
#define MAX_READ_BYTES 1024

char *
engram_edit_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
engram_edit_shorten (const char *text)
{
  g_autofree char *start = g_strndup (text, MAX_READ_BYTES);
  g_autofree char *valid = g_utf8_make_valid (start, -1);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean is_space = FALSE;
  const char *next;
  glong n_shown = 0;

  for (next = valid; *next != '\0' && n_shown < MAX_SHOWN; next = g_utf8_next_char (next))
    {
      gunichar character = g_utf8_get_char (next);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          is_space = line->len > 0;
          continue;
        }
      if (is_space)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, character);
      n_shown += is_space ? 2 : 1;
      is_space = FALSE;
    }
  if (*next != '\0')
    g_string_append (line, "…");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* What was done to one neuron, in one column. */
static const struct {
  EngramNeuronColumns  column;
  const char          *label;
} neuron_labels[] = {
  { ENGRAM_NEURON_POSITION, N_("Move neuron “%s”") },
  { ENGRAM_NEURON_VECTOR, N_("Change vector of neuron “%s”") },
  { ENGRAM_NEURON_TYPE, N_("Change type of neuron “%s”") },
  { ENGRAM_NEURON_METADATA, N_("Change metadata of neuron “%s”") },
  { ENGRAM_NEURON_ACTIVATION_LEVEL, N_("Change activation level of neuron “%s”") },
  { ENGRAM_NEURON_CREATED_AT, N_("Change time of creation of neuron “%s”") },
  { ENGRAM_NEURON_SOURCE_DATA, N_("Change source data of neuron “%s”") },
  { ENGRAM_NEURON_COMPRESSION_RATIO, N_("Change compression ratio of neuron “%s”") },
  { ENGRAM_NEURON_SEMANTIC_TAGS, N_("Change tags of neuron “%s”") },
  { ENGRAM_NEURON_FUNCTION_SIGNATURE, N_("Change signature of neuron “%s”") },
  { ENGRAM_NEURON_EXECUTABLE_CODE, N_("Change code of neuron “%s”") },
  { ENGRAM_NEURON_INPUT_SCHEMA, N_("Change input schema of neuron “%s”") },
  { ENGRAM_NEURON_OUTPUT_SCHEMA, N_("Change output schema of neuron “%s”") },
  { ENGRAM_NEURON_EXECUTION_COUNT, N_("Change execution count of neuron “%s”") },
  { ENGRAM_NEURON_AVERAGE_EXECUTION_TIME, N_("Change average execution time of neuron “%s”") },
  { ENGRAM_NEURON_ACTIVATION_THRESHOLD, N_("Change activation threshold of neuron “%s”") },
};

static const char *
get_neuron_format (guint columns)
{
  for (gsize i = 0; i < G_N_ELEMENTS (neuron_labels); i++)
    if (neuron_labels[i].column == columns)
      return _(neuron_labels[i].label);
  /* Translators: %s is how the neuron's text begins. */
  return _("Edit neuron “%s”");
}

/* How neurons are called that were changed in these columns: what a selection can be changed in has a name. */
static const char *
get_neurons_format (guint  columns,
                    gulong n)
{
  switch (columns)
    {
    case ENGRAM_NEURON_POSITION:
      return ngettext ("Move %s neuron", "Move %s neurons", n);
    case ENGRAM_NEURON_TYPE:
      return ngettext ("Change type of %s neuron", "Change type of %s neurons", n);
    case ENGRAM_NEURON_ACTIVATION_LEVEL:
      return ngettext ("Change activation level of %s neuron", "Change activation level of %s neurons", n);
    case ENGRAM_NEURON_SEMANTIC_TAGS:
      return ngettext ("Change tags of %s neuron", "Change tags of %s neurons", n);
    case ENGRAM_NEURON_METADATA:
      return ngettext ("Change metadata of %s neuron", "Change metadata of %s neurons", n);
    case ENGRAM_NEURON_VECTOR:
      return ngettext ("Change vector of %s neuron", "Change vectors of %s neurons", n);
    case ENGRAM_NEURON_SOURCE_DATA:
      return ngettext ("Change source data of %s neuron", "Change source data of %s neurons", n);
    default:
      return ngettext ("Change %s neuron", "Change %s neurons", n);
    }
}

static const char *
get_synapses_format (guint  columns,
                     gulong n)
{
  switch (columns)
    {
    case ENGRAM_SYNAPSE_SOURCE:
      return ngettext ("Change source of %s synapse", "Change source of %s synapses", n);
    case ENGRAM_SYNAPSE_TARGET:
      return ngettext ("Change target of %s synapse", "Change target of %s synapses", n);
    case ENGRAM_SYNAPSE_SOURCE | ENGRAM_SYNAPSE_TARGET:
      return ngettext ("Change both ends of %s synapse", "Change both ends of %s synapses", n);
    case ENGRAM_SYNAPSE_WEIGHT:
      return ngettext ("Change weight of %s synapse", "Change weight of %s synapses", n);
    case ENGRAM_SYNAPSE_USAGE_COUNT:
      return ngettext ("Change usage count of %s synapse", "Change usage count of %s synapses", n);
    case ENGRAM_SYNAPSE_LAST_TRAVERSED:
      return ngettext ("Change last use of %s synapse", "Change last use of %s synapses", n);
    case ENGRAM_SYNAPSE_TYPE:
      return ngettext ("Change type of %s synapse", "Change type of %s synapses", n);
    case ENGRAM_SYNAPSE_METADATA:
      return ngettext ("Change metadata of %s synapse", "Change metadata of %s synapses", n);
    default:
      return ngettext ("Change %s synapse", "Change %s synapses", n);
    }
}

/* The formats are those above, with one %s each. */
static char *
fill_in (const char *format,
         const char *text)
{
  g_autoptr (GString) label = g_string_new (format);

  g_string_replace (label, "%s", text, 1);
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static char *
fill_in_count (const char *format,
               guint64     count)
{
  g_autofree char *number = engram_edit_format_count (count);

  return fill_in (format, number);
}

char *
engram_edit_describe_records (guint64 n_neurons,
                              guint64 n_synapses)
{
  /* Translators: what is created, changed or deleted. */
  g_autofree char *neurons = fill_in_count (ngettext ("%s neuron", "%s neurons", (gulong) n_neurons), n_neurons);
  /* Translators: what is created, changed or deleted. */
  g_autofree char *synapses = fill_in_count (ngettext ("%s synapse", "%s synapses", (gulong) n_synapses), n_synapses);

  if (n_synapses == 0)
    return g_steal_pointer (&neurons);
  if (n_neurons == 0)
    return g_steal_pointer (&synapses);
  /* Translators: neurons, and synapses: "12 neurons and 340 synapses". */
  return g_strdup_printf (_("%s and %s"), neurons, synapses);
}

static char *
make_label_of_created (const EngramEditResult *counts)
{
  g_autofree char *records = NULL;

  if (counts->neurons_created == 1 && counts->synapses_created == 0)
    return g_strdup (_("Create neuron"));
  if (counts->neurons_created == 0 && counts->synapses_created == 1)
    return g_strdup (_("Create synapse"));
  records = engram_edit_describe_records (counts->neurons_created, counts->synapses_created);
  return g_strdup_printf (_("Create %s"), records);
}

static char *
make_label_of_changed (const EngramEditSummary *summary)
{
  guint64 n_neurons = summary->counts.neurons_changed;
  guint64 n_synapses = summary->counts.synapses_changed;
  g_autofree char *records = NULL;

  if (n_neurons == 1 && n_synapses == 0 && summary->neuron_name != NULL)
    return fill_in (get_neuron_format (summary->neuron_columns), summary->neuron_name);
  if (n_synapses == 0)
    return fill_in_count (get_neurons_format (summary->neuron_columns, (gulong) n_neurons), n_neurons);
  if (n_neurons == 0)
    return fill_in_count (get_synapses_format (summary->synapse_columns, (gulong) n_synapses), n_synapses);
  records = engram_edit_describe_records (n_neurons, n_synapses);
  return g_strdup_printf (_("Change %s"), records);
}

static char *
make_label_of_deleted (const EngramEditSummary *summary)
{
  guint64 n_synapses = summary->counts.synapses_deleted;
  g_autofree char *records = NULL;
  g_autofree char *count = NULL;

  if (summary->counts.neurons_deleted != 1 || summary->neuron_name == NULL)
    {
      records = engram_edit_describe_records (summary->counts.neurons_deleted, n_synapses);
      return g_strdup_printf (_("Delete %s"), records);
    }
  if (n_synapses == 0)
    return g_strdup_printf (_("Delete neuron “%s”"), summary->neuron_name);
  count = engram_edit_format_count (n_synapses);
  return g_strdup_printf (ngettext ("Delete neuron “%s” and %s synapse", "Delete neuron “%s” and %s synapses",
                                    (gulong) n_synapses), summary->neuron_name, count);
}

static char *
make_label_of_all (const EngramEditResult *counts)
{
  g_autofree char *records =
    engram_edit_describe_records (counts->neurons_created + counts->neurons_changed + counts->neurons_deleted,
                                  counts->synapses_created + counts->synapses_changed + counts->synapses_deleted);

  /* Translators: of these, some were created and others changed. */
  return g_strdup_printf (_("Edit %s"), records);
}

char *
engram_edit_make_label (const EngramEditSummary *summary)
{
  const EngramEditResult *counts = &summary->counts;
  gboolean has_created = counts->neurons_created + counts->synapses_created > 0;
  gboolean has_changed = counts->neurons_changed + counts->synapses_changed > 0;
  gboolean has_deleted = counts->neurons_deleted + counts->synapses_deleted > 0;

  if (!has_created && !has_changed && !has_deleted)
    return NULL;
  if (has_created + has_changed + has_deleted > 1)
    return make_label_of_all (counts);
  if (has_created)
    return make_label_of_created (counts);
  return has_changed ? make_label_of_changed (summary) : make_label_of_deleted (summary);
}

void
engram_edit_give_result (const EngramEditSummary *summary,
                         char                    *label,
                         EngramEditResult        *result)
{
  if (result == NULL)
    {
      g_free (label);
      return;
    }
  *result = summary->counts;
  result->label = label;
}

void
engram_edit_result_clear (EngramEditResult *self)
{
  g_free (self->label);
  *self = (EngramEditResult) { 0 };
}
