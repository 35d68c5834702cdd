/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <glib/gi18n-lib.h>

/* Numbers are texts here, grouped as people write them where they live. */

static char *
format_vectors (EngramFindingKind kind,
                guint64           n,
                const char       *number,
                const char       *detail)
{
  switch (kind)
    {
    case ENGRAM_KIND_VECTOR_LENGTH:
      return g_strdup_printf (ngettext ("The vector of %s neuron cannot be read: its size in bytes is 0 or no "
                                        "multiple of 4.",
                                        "The vectors of %s neurons cannot be read: their size in bytes is 0 or no "
                                        "multiple of 4.", n), number);
    case ENGRAM_KIND_VECTOR_DIMENSION:
      /* Translators: the second %s is how many numbers a vector has. */
      return g_strdup_printf (ngettext ("The vector of %s neuron does not have %s numbers, as most vectors of this "
                                        "network do.",
                                        "The vectors of %s neurons do not have %s numbers, as most vectors of this "
                                        "network do.", n), number, detail);
    case ENGRAM_KIND_VECTOR_NOT_FINITE:
      return g_strdup_printf (ngettext ("The vector of %s neuron holds numbers that are infinite or no numbers "
                                        "(NaN).",
                                        "The vectors of %s neurons hold numbers that are infinite or no numbers "
                                        "(NaN).", n), number);
    case ENGRAM_KIND_VECTOR_ZERO:
      return g_strdup_printf (ngettext ("The vector of %s neuron is zero throughout, so it cannot be compared with "
                                        "others.",
                                        "The vectors of %s neurons are zero throughout, so they cannot be compared "
                                        "with others.", n), number);
    default:
      return g_strdup_printf (ngettext ("%s neuron has text or a number in the place of its vector.",
                                        "%s neurons have text or a number in the place of their vectors.", n), number);
    }
}

static char *
format_neurons (EngramFindingKind kind,
                guint64           n,
                const char       *number,
                const char       *detail)
{
  switch (kind)
    {
    case ENGRAM_KIND_POSITION_NOT_FINITE:
      return g_strdup_printf (ngettext ("The position of %s neuron is not three finite numbers.",
                                        "The positions of %s neurons are not three finite numbers.", n), number);
    case ENGRAM_KIND_METADATA_JSON:
      return g_strdup_printf (ngettext ("The metadata of %s neuron is not a JSON object.",
                                        "The metadata of %s neurons is not a JSON object.", n), number);
    case ENGRAM_KIND_TAGS_JSON:
      return g_strdup_printf (ngettext ("The tags of %s neuron are not a JSON list.",
                                        "The tags of %s neurons are not JSON lists.", n), number);
    case ENGRAM_KIND_SCHEMA_JSON:
      return g_strdup_printf (ngettext ("The schemas or other fields of %s neuron are not JSON objects.",
                                        "The schemas or other fields of %s neurons are not JSON objects.", n), number);
    case ENGRAM_KIND_ID_NOT_UUID:
      return g_strdup_printf (ngettext ("The id of %s neuron is not a UUID in lower case.",
                                        "The ids of %s neurons are not UUIDs in lower case.", n), number);
    case ENGRAM_KIND_TIMESTAMP_FORMAT:
      return g_strdup_printf (ngettext ("%s neuron has a time that is not written like 2025-11-01T09:00:00.",
                                        "%s neurons have times that are not written like 2025-11-01T09:00:00.", n),
                              number);
    case ENGRAM_KIND_TIMESTAMP_ORDER:
      return g_strdup_printf (ngettext ("%s neuron was changed before it was created, if its times are right.",
                                        "%s neurons were changed before they were created, if their times are right.",
                                        n), number);
    case ENGRAM_KIND_TYPE_UNREGISTERED:
      /* Translators: the second %s is a list of types: “chronos” (5), “probe” (1). */
      return g_strdup_printf (ngettext ("%s neuron is of a type that is not registered: %s.",
                                        "%s neurons are of types that are not registered: %s.", n), number, detail);
    case ENGRAM_KIND_SAME_PLACE:
      return g_strdup_printf (ngettext ("%s neuron stands at the place of another one.",
                                        "%s neurons stand at the place of another one.", n), number);
    case ENGRAM_KIND_SAME_VECTOR:
      return g_strdup_printf (ngettext ("%s neuron has the vector of another one.",
                                        "%s neurons have the vector of another one.", n), number);
    default:
      return format_vectors (kind, n, number, detail);
    }
}

static char *
format_weights (guint64     n,
                const char *number,
                const char *detail)
{
  if (detail == NULL)
    return g_strdup_printf (ngettext ("The weight of %s synapse is below −1 or above 1.",
                                      "The weights of %s synapses are below −1 or above 1.", n), number);
  /* Translators: the second %s is a number too. */
  return g_strdup_printf (ngettext ("The weight of %s synapse is below −1 or above 1 (infinite: %s).",
                                    "The weights of %s synapses are below −1 or above 1 (infinite: %s).", n),
                          number, detail);
}

static char *
format_synapses (EngramFindingKind kind,
                 guint64           n,
                 const char       *number,
                 const char       *detail)
{
  switch (kind)
    {
    case ENGRAM_KIND_ORPHAN_SOURCE:
      return g_strdup_printf (ngettext ("%s synapse starts from a neuron that does not exist.",
                                        "%s synapses start from a neuron that does not exist.", n), number);
    case ENGRAM_KIND_ORPHAN_TARGET:
      return g_strdup_printf (ngettext ("%s synapse leads to a neuron that does not exist.",
                                        "%s synapses lead to a neuron that does not exist.", n), number);
    case ENGRAM_KIND_WEIGHT_RANGE:
      return format_weights (n, number, detail);
    case ENGRAM_KIND_WEIGHT_NOT_NUMBER:
      return g_strdup_printf (ngettext ("The weight of %s synapse is not a number.",
                                        "The weights of %s synapses are not numbers.", n), number);
    case ENGRAM_KIND_METADATA_JSON:
      return g_strdup_printf (ngettext ("The metadata of %s synapse is not a JSON object.",
                                        "The metadata of %s synapses is not a JSON object.", n), number);
    case ENGRAM_KIND_SCHEMA_JSON:
      return g_strdup_printf (ngettext ("The other fields of %s synapse are not a JSON object.",
                                        "The other fields of %s synapses are not JSON objects.", n), number);
    case ENGRAM_KIND_ID_NOT_UUID:
      return g_strdup_printf (ngettext ("The id of %s synapse is not a UUID in lower case.",
                                        "The ids of %s synapses are not UUIDs in lower case.", n), number);
    case ENGRAM_KIND_TIMESTAMP_FORMAT:
      return g_strdup_printf (ngettext ("%s synapse has a time that is not written like 2025-11-01T09:00:00.",
                                        "%s synapses have times that are not written like 2025-11-01T09:00:00.", n),
                              number);
    case ENGRAM_KIND_TIMESTAMP_ORDER:
      return g_strdup_printf (ngettext ("%s synapse was changed before it was created, if its times are right.",
                                        "%s synapses were changed before they were created, if their times are right.",
                                        n), number);
    case ENGRAM_KIND_SYNAPSE_REPEATED:
      return g_strdup_printf (ngettext ("%s synapse joins two neurons that an earlier one joins in the same "
                                        "direction.",
                                        "%s synapses join two neurons that an earlier one joins in the same "
                                        "direction.", n), number);
    case ENGRAM_KIND_SYNAPSE_SELF:
      return g_strdup_printf (ngettext ("%s synapse leads from a neuron to itself.",
                                        "%s synapses lead from a neuron to itself.", n), number);
    default:
      g_assert_not_reached ();
    }
}

static char *
format_others (EngramFindingKind kind,
               guint64           n,
               const char       *number,
               const char       *detail)
{
  switch (kind)
    {
    case ENGRAM_KIND_SQLITE_CORRUPTION:
      return g_strdup_printf (ngettext ("SQLite’s own check of the file finds %s fault. Restore a backup, or "
                                        "try an export, which succeeds where all rows can still be read.",
                                        "SQLite’s own check of the file finds %s faults. Restore a backup, or "
                                        "try an export, which succeeds where all rows can still be read.", n), number);
    case ENGRAM_KIND_FOREIGN_TRIGGER:
      /* Translators: the second %s is a list of names, here and in the next ones. */
      return g_strdup_printf (ngettext ("The file holds %s trigger that is not Engram’s: %s. Engram lets none fire; "
                                        "other programs do.",
                                        "The file holds %s triggers that are not Engram’s: %s. Engram lets none fire; "
                                        "other programs do.", n), number, detail);
    case ENGRAM_KIND_FOREIGN_VIEW:
      return g_strdup_printf (ngettext ("The file holds %s view that is not Engram’s: %s. It is kept.",
                                        "The file holds %s views that are not Engram’s: %s. They are kept.", n),
                              number, detail);
    case ENGRAM_KIND_FOREIGN_TABLE:
      return g_strdup_printf (ngettext ("The file holds %s table that is not Engram’s: %s. It is kept.",
                                        "The file holds %s tables that are not Engram’s: %s. They are kept.", n),
                              number, detail);
    case ENGRAM_KIND_INDEX_MISSING:
      return g_strdup_printf (ngettext ("%s index is missing, so lists and searches are slow: %s.",
                                        "%s indexes are missing, so lists and searches are slow: %s.", n),
                              number, detail);
    default:
      return format_synapses (kind, n, number, detail);
    }
}

char *
engram_finding_kind_format_message (EngramFindingKind  kind,
                                    guint64            n_neurons,
                                    guint64            n_others,
                                    const char        *detail)
{
  g_autofree char *neurons = NULL;
  g_autofree char *others = NULL;
  g_autofree char *neuron_number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_neurons);
  g_autofree char *other_number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_others);

  if (n_neurons > 0)
    neurons = format_neurons (kind, n_neurons, neuron_number, detail);
  if (n_others > 0)
    others = format_others (kind, n_others, other_number, detail);
  if (neurons == NULL || others == NULL)
    return g_strdup (neurons != NULL ? neurons : others);
  return g_strconcat (neurons, " ", others, NULL);
}
