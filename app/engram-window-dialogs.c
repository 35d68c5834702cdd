/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "dialogs/backups/engram-backups-dialog.h"
#include "dialogs/comparison/engram-comparison-dialog.h"
#include "dialogs/import/engram-import-dialog.h"
#include "dialogs/integrity/engram-integrity-dialog.h"
#include "dialogs/prune/engram-prune-dialog.h"

/* The dialogs for what is done to a network as a whole. */

static void
present_jobs (EngramWindow  *self,
              EngramSession *session)
{
  engram_window_show_jobs (self);
}

static void
present_backup (EngramWindow  *self,
                EngramSession *session)
{
  engram_backups_dialog_present_creating (GTK_WINDOW (self), session);
}

static void
present_restore (EngramWindow  *self,
                 EngramSession *session)
{
  engram_backups_dialog_present (GTK_WINDOW (self), session);
}

static void
present_restore_damaged (EngramWindow  *self,
                         EngramSession *session)
{
  engram_window_set_aside (self);
}

static void
present_import (EngramWindow  *self,
                EngramSession *session)
{
  engram_import_dialog_present (GTK_WINDOW (self), session, NULL);
}

static void
present_compare (EngramWindow  *self,
                 EngramSession *session)
{
  engram_comparison_dialog_present (GTK_WINDOW (self), session, NULL);
}

static void
present_prune (EngramWindow  *self,
               EngramSession *session)
{
  engram_prune_dialog_present (GTK_WINDOW (self), session);
}

static void
present_check (EngramWindow  *self,
               EngramSession *session)
{
  engram_integrity_dialog_present (GTK_WINDOW (self), session);
}

typedef enum {
  NEEDS_NOTHING,
  NEEDS_NETWORK,
  NEEDS_WRITING, /* to a network that can be written at all */
} Needs;

static const struct {
  const char *name; /* of the action */
  void      (*present) (EngramWindow *self, EngramSession *session);
  Needs       needs;
} dialogs[] = {
  { "backup", present_backup, NEEDS_NETWORK },
  { "restore", present_restore, NEEDS_NETWORK },
  { "restore-damaged", present_restore_damaged, NEEDS_NETWORK },
  { "compare", present_compare, NEEDS_NETWORK },
  { "check", present_check, NEEDS_NETWORK },
  { "import", present_import, NEEDS_WRITING },
  { "prune", present_prune, NEEDS_NETWORK },
  { "jobs", present_jobs, NEEDS_NOTHING },
};

static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EngramWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    if (g_str_equal (dialogs[i].name, name))
      dialogs[i].present (self, engram_network_page_get_session (self->network_page));
}

static gboolean
is_possible (EngramSession *session,
             Needs          needs)
{
  switch (needs)
    {
    case NEEDS_NETWORK:
      return session != NULL;
    case NEEDS_WRITING:
      return session != NULL && engram_session_get_editable (session);
    case NEEDS_NOTHING:
    default:
      return TRUE;
    }
}

void
engram_window_update_dialogs (EngramWindow *self)
{
  EngramSession *session =
    self->state == ENGRAM_WINDOW_NETWORK ? engram_network_page_get_session (self->network_page) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), dialogs[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_possible (session, dialogs[i].needs));
    }
}

void
engram_window_add_dialogs (EngramWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (dialogs[i].name, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}
