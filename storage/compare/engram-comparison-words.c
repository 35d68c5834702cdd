/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-comparison-private.h"

#include <glib/gi18n-lib.h>

#include "editing/engram-edit-private.h"

/* So many columns are named. */
#define MAX_NAMED 5

/* (transfer full): takes the parts; "a", "a and b", "a, b and c" */
static char *
join (GPtrArray *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      if (i > 0)
        /* Translators: between the last two parts of an enumeration, and between those before. */
        g_string_append (text, i + 1 == parts->len ? _(" and ") : _(", "));
      g_string_append (text, g_ptr_array_index (parts, i));
    }
  g_ptr_array_unref (parts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @format: with one %s, for the count */
static void
add_part (GPtrArray  *parts,
          const char *format,
          guint64     count)
{
  g_autofree char *number = engram_edit_format_count (count);
  GString *part;

  if (count == 0)
    return;
  part = g_string_new (format);
  g_string_replace (part, "%s", number, 1);
  g_ptr_array_add (parts, g_string_free (part, FALSE));
}

static GPtrArray *
list_differences (EngramComparison *self)
{
  const EngramComparisonCounts *neurons = &self->tables[ENGRAM_RECORD_NEURON].counts;
  const EngramComparisonCounts *synapses = &self->tables[ENGRAM_RECORD_SYNAPSE].counts;
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  add_part (parts, ngettext ("%s neuron was added", "%s neurons were added", (gulong) neurons->added), neurons->added);
  add_part (parts, ngettext ("%s neuron was removed", "%s neurons were removed", (gulong) neurons->removed),
            neurons->removed);
  add_part (parts, ngettext ("%s neuron was changed", "%s neurons were changed", (gulong) neurons->changed),
            neurons->changed);
  add_part (parts, ngettext ("%s synapse was added", "%s synapses were added", (gulong) synapses->added),
            synapses->added);
  add_part (parts, ngettext ("%s synapse was removed", "%s synapses were removed", (gulong) synapses->removed),
            synapses->removed);
  add_part (parts, ngettext ("%s synapse was changed", "%s synapses were changed", (gulong) synapses->changed),
            synapses->changed);
  return parts;
}

/* What was removed since comes back, what was added since goes. */
static GPtrArray *
list_restored (EngramComparison *self)
{
  const EngramComparisonCounts *neurons = &self->tables[ENGRAM_RECORD_NEURON].counts;
  const EngramComparisonCounts *synapses = &self->tables[ENGRAM_RECORD_SYNAPSE].counts;
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  /* Translators: this and the next five are parts of "Restoring would …". */
  add_part (parts, ngettext ("add %s neuron", "add %s neurons", (gulong) neurons->removed), neurons->removed);
  add_part (parts, ngettext ("remove %s neuron", "remove %s neurons", (gulong) neurons->added), neurons->added);
  add_part (parts, ngettext ("change %s neuron", "change %s neurons", (gulong) neurons->changed), neurons->changed);
  add_part (parts, ngettext ("add %s synapse", "add %s synapses", (gulong) synapses->removed), synapses->removed);
  add_part (parts, ngettext ("remove %s synapse", "remove %s synapses", (gulong) synapses->added), synapses->added);
  add_part (parts, ngettext ("change %s synapse", "change %s synapses", (gulong) synapses->changed),
            synapses->changed);
  return parts;
}

static void
append_sentence (GString    *text,
                 const char *format,
                 guint64     count)
{
  g_autofree char *number = engram_edit_format_count (count);
  g_autoptr (GString) sentence = g_string_new (format);

  if (count == 0)
    return;
  g_string_replace (sentence, "%s", number, 1);
  g_string_append_printf (text, " %s", sentence->str);
}

static void
append_touched (GString          *text,
                EngramComparison *self)
{
  guint64 count = 0;

  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    count += self->tables[kind].counts.touched;
  append_sentence (text, ngettext ("In %s more just the time of the last change differs.",
                                   "In %s more just the time of the last change differs.", (gulong) count), count);
}

static void
append_unclear (GString          *text,
                EngramComparison *self)
{
  const EngramComparisonCounts *neurons = &self->tables[ENGRAM_RECORD_NEURON].counts;
  const EngramComparisonCounts *synapses = &self->tables[ENGRAM_RECORD_SYNAPSE].counts;
  guint64 today = neurons->unclear + synapses->unclear;
  guint64 other = neurons->unclear_other + synapses->unclear_other;

  append_sentence (text, ngettext ("%s row of today could not be compared: it has no id, or one that stands there "
                                   "twice.",
                                   "%s rows of today could not be compared: they have no id, or one that stands there "
                                   "twice.", (gulong) today), today);
  append_sentence (text, ngettext ("%s row of the other file could not be compared: it has no id, or one that stands "
                                   "there twice.",
                                   "%s rows of the other file could not be compared: they have no id, or one that "
                                   "stands there twice.", (gulong) other), other);
}

static void
append_unshared (GString          *text,
                 EngramComparison *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint kind = 0; kind < ENGRAM_COMPARISON_N_KINDS; kind++)
    for (guint side = 0; side < ENGRAM_COMPARE_N_SIDES; side++)
      for (char **name = self->tables[kind].unshared[side]; *name != NULL; name++)
        if (names->len < MAX_NAMED)
          g_ptr_array_add (names, g_strdup_printf (_("“%s”"), *name));
        else if (names->len == MAX_NAMED)
          g_ptr_array_add (names, g_strdup (_("others")));
  if (names->len == 0)
    {
      g_ptr_array_unref (names);
      return;
    }
  list = join (names);
  g_string_append_c (text, ' ');
  g_string_append_printf (text, _("Columns that just one of the files has were not compared: %s."), list);
}

/* @sentence: what differs, with one %s for its parts, which are taken; @nothing: where nothing does */
static char *
make_summary (EngramComparison *self,
              GPtrArray        *parts,
              const char       *sentence,
              const char       *nothing)
{
  g_autoptr (GString) text = g_string_new (parts->len > 0 ? sentence : nothing);
  g_autofree char *list = join (parts);

  g_string_replace (text, "%s", list, 1);
  append_touched (text, self);
  append_unclear (text, self);
  append_unshared (text, self);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
engram_comparison_dup_summary (EngramComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: an enumeration: "12 neurons were added and 3 neurons were removed". */
  return make_summary (self, list_differences (self), _("%s."),
                       engram_comparison_is_same (self) ? _("Nothing differs.")
                                                        : _("Nothing differs in what can be compared."));
}

char *
engram_comparison_dup_restore_summary (EngramComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: an enumeration: "add 3 neurons and remove 12 neurons". */
  return make_summary (self, list_restored (self), _("Restoring would %s."),
                       engram_comparison_is_same (self) ? _("Restoring would change nothing: nothing differs.")
                                                        : _("Restoring would change nothing that can be compared."));
}
