/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-private.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char     *name;
  EngramSeverity  severity;
  const char     *repair; /* to be translated, or NULL */
} Kind;

#define DELETE_SYNAPSES N_("Delete these synapses")
#define REMOVE_VECTORS N_("Remove these vectors; the neurons stay")
#define REPLACE_OBJECT N_("Replace the text by an empty object, and keep it in the metadata under “engram_broken”")
#define REPLACE_LIST N_("Replace the text by an empty list, and keep it in the metadata under “engram_broken”")

static const Kind kinds[ENGRAM_N_KINDS] = {
  [ENGRAM_KIND_SQLITE_CORRUPTION] = { "sqlite-corruption", ENGRAM_SEVERITY_ERROR, NULL },
  [ENGRAM_KIND_ORPHAN_SOURCE] = { "orphan-source", ENGRAM_SEVERITY_ERROR, DELETE_SYNAPSES },
  [ENGRAM_KIND_ORPHAN_TARGET] = { "orphan-target", ENGRAM_SEVERITY_ERROR, DELETE_SYNAPSES },
  [ENGRAM_KIND_WEIGHT_RANGE] = { "weight-range", ENGRAM_SEVERITY_ERROR,
                                 N_("Set these weights to −1 or 1, whichever is nearer") },
  [ENGRAM_KIND_WEIGHT_NOT_NUMBER] = { "weight-not-number", ENGRAM_SEVERITY_ERROR, NULL },
  [ENGRAM_KIND_VECTOR_LENGTH] = { "vector-length", ENGRAM_SEVERITY_ERROR, REMOVE_VECTORS },
  [ENGRAM_KIND_VECTOR_DIMENSION] = { "vector-dimension", ENGRAM_SEVERITY_ERROR, REMOVE_VECTORS },
  [ENGRAM_KIND_VECTOR_NOT_FINITE] = { "vector-not-finite", ENGRAM_SEVERITY_ERROR, REMOVE_VECTORS },
  [ENGRAM_KIND_VECTOR_ZERO] = { "vector-zero", ENGRAM_SEVERITY_WARNING, NULL },
  [ENGRAM_KIND_VECTOR_NOT_BLOB] = { "vector-not-blob", ENGRAM_SEVERITY_ERROR, REMOVE_VECTORS },
  [ENGRAM_KIND_POSITION_NOT_FINITE] = { "position-not-finite", ENGRAM_SEVERITY_ERROR, NULL },
  [ENGRAM_KIND_METADATA_JSON] = { "metadata-json", ENGRAM_SEVERITY_ERROR, REPLACE_OBJECT },
  [ENGRAM_KIND_TAGS_JSON] = { "tags-json", ENGRAM_SEVERITY_ERROR, REPLACE_LIST },
  [ENGRAM_KIND_SCHEMA_JSON] = { "schema-json", ENGRAM_SEVERITY_ERROR, REPLACE_OBJECT },
  [ENGRAM_KIND_ID_NOT_UUID] = { "id-not-uuid", ENGRAM_SEVERITY_WARNING, NULL },
  [ENGRAM_KIND_TIMESTAMP_FORMAT] = { "timestamp-format", ENGRAM_SEVERITY_ERROR, NULL },
  [ENGRAM_KIND_TIMESTAMP_ORDER] = { "timestamp-order", ENGRAM_SEVERITY_WARNING, NULL },
  [ENGRAM_KIND_SYNAPSE_REPEATED] = { "synapse-repeated", ENGRAM_SEVERITY_NOTE, NULL },
  [ENGRAM_KIND_SYNAPSE_SELF] = { "synapse-self", ENGRAM_SEVERITY_NOTE, NULL },
  [ENGRAM_KIND_TYPE_UNREGISTERED] = { "type-unregistered", ENGRAM_SEVERITY_NOTE, NULL },
  [ENGRAM_KIND_FOREIGN_TRIGGER] = { "foreign-trigger", ENGRAM_SEVERITY_WARNING, NULL },
  [ENGRAM_KIND_FOREIGN_VIEW] = { "foreign-view", ENGRAM_SEVERITY_NOTE, NULL },
  [ENGRAM_KIND_FOREIGN_TABLE] = { "foreign-table", ENGRAM_SEVERITY_NOTE, NULL },
  [ENGRAM_KIND_INDEX_MISSING] = { "index-missing", ENGRAM_SEVERITY_WARNING, N_("Make these indexes") },
  [ENGRAM_KIND_SAME_PLACE] = { "same-place", ENGRAM_SEVERITY_NOTE, NULL },
  [ENGRAM_KIND_SAME_VECTOR] = { "same-vector", ENGRAM_SEVERITY_NOTE, NULL },
};

G_STATIC_ASSERT (ENGRAM_N_KINDS <= 32);

const char *
engram_finding_kind_get_name (EngramFindingKind kind)
{
  return kinds[kind].name;
}

gboolean
engram_finding_kind_find (const char        *name,
                          EngramFindingKind *kind)
{
  for (guint i = 0; i < ENGRAM_N_KINDS; i++)
    if (g_str_equal (kinds[i].name, name))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

EngramSeverity
engram_finding_kind_get_severity (EngramFindingKind kind)
{
  return kinds[kind].severity;
}

const char *
engram_finding_kind_get_repair (EngramFindingKind kind)
{
  return kinds[kind].repair != NULL ? _(kinds[kind].repair) : NULL;
}
