/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-report-private.h"

#include <glib/gi18n-lib.h>

/* What engram_integrity_check() looks for, for people: each covers one kind of findings or several. */
static const char *const checks[] = {
  N_("Ids of neurons and synapses are UUIDs"),
  N_("Times can be read, and nothing was changed before it was created"),
  N_("Positions are three finite numbers; no two neurons stand at one place"),
  N_("Vectors can be read, are finite and not zero, are all of one length, and none is there twice"),
  N_("Metadata, tags, schemas and other fields are the JSON they should be"),
  N_("Types of neurons are registered"),
  N_("Synapses start from and lead to neurons that exist, are there once, and join two different neurons"),
  N_("Weights are numbers from −1 to 1"),
  N_("All indexes are there; no tables, views or triggers of other programs"),
};

static const char sqlite_check[] = N_("SQLite’s own check of every page, row and index of the file");

char **
engram_integrity_report_list_checks (EngramIntegrityReport *self)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  builder = g_strv_builder_new ();
  if (self->with_sqlite)
    g_strv_builder_add (builder, _(sqlite_check));
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    g_strv_builder_add (builder, _(checks[i]));
  return g_strv_builder_end (builder);
}
