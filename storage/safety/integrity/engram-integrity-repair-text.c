/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-repair-private.h"

#include <glib/gi18n-lib.h>

static char *
describe_vectors (EngramFindingKind  kind,
                  gulong             n,
                  const char        *number)
{
  switch (kind)
    {
    case ENGRAM_KIND_VECTOR_LENGTH:
      return g_strdup_printf (ngettext ("Removed %s vector whose size in bytes was 0 or no multiple of 4.",
                                        "Removed %s vectors whose size in bytes was 0 or no multiple of 4.", n),
                              number);
    case ENGRAM_KIND_VECTOR_DIMENSION:
      return g_strdup_printf (ngettext ("Removed %s vector that was longer or shorter than most.",
                                        "Removed %s vectors that were longer or shorter than most.", n), number);
    case ENGRAM_KIND_VECTOR_NOT_FINITE:
      return g_strdup_printf (ngettext ("Removed %s vector that held infinite numbers or no numbers.",
                                        "Removed %s vectors that held infinite numbers or no numbers.", n), number);
    default:
      return g_strdup_printf (ngettext ("Removed text or a number in the place of %s vector.",
                                        "Removed texts or numbers in the place of %s vectors.", n), number);
    }
}

char *
engram_repair_describe (EngramFindingKind kind,
                        guint64           count)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
  gulong n = (gulong) count;

  switch (kind)
    {
    case ENGRAM_KIND_ORPHAN_SOURCE:
      return g_strdup_printf (ngettext ("Deleted %s synapse that started from a neuron that did not exist.",
                                        "Deleted %s synapses that started from a neuron that did not exist.", n),
                              number);
    case ENGRAM_KIND_ORPHAN_TARGET:
      return g_strdup_printf (ngettext ("Deleted %s synapse that led to a neuron that did not exist.",
                                        "Deleted %s synapses that led to a neuron that did not exist.", n), number);
    case ENGRAM_KIND_WEIGHT_RANGE:
      return g_strdup_printf (ngettext ("Set %s weight that was below −1 or above 1 to −1 or 1.",
                                        "Set %s weights that were below −1 or above 1 to −1 or 1.", n), number);
    case ENGRAM_KIND_METADATA_JSON:
      return g_strdup_printf (ngettext ("Replaced metadata of %s neuron or synapse; the old text is kept there.",
                                        "Replaced metadata of %s neurons or synapses; the old texts are kept there.",
                                        n), number);
    case ENGRAM_KIND_TAGS_JSON:
      return g_strdup_printf (ngettext ("Emptied the tags of %s neuron; the old text is kept in its metadata.",
                                        "Emptied the tags of %s neurons; the old texts are kept in their metadata.", n),
                              number);
    case ENGRAM_KIND_SCHEMA_JSON:
      return g_strdup_printf (ngettext ("Emptied schemas or other fields of %s neuron or synapse; the old text is "
                                        "kept in its metadata.",
                                        "Emptied schemas or other fields of %s neurons or synapses; the old texts are "
                                        "kept in their metadata.", n), number);
    case ENGRAM_KIND_INDEX_MISSING:
      return g_strdup_printf (ngettext ("Made %s index that was missing.", "Made %s indexes that were missing.", n),
                              number);
    default:
      return describe_vectors (kind, n, number);
    }
}
