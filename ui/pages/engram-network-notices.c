/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-notices.h"

#include <glib/gi18n.h>

static void
response_cb (GtkInfoBar *bar)
{
  gtk_info_bar_set_revealed (bar, FALSE);
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
create_button (const char *action)
{
  /* Translators: “Documents” is the person's folder of that name; in it, one named Engram takes the copy. */
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Copy to Documents/Engram and Edit"));

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

/* @action: (nullable): makes a copy that can be changed; its button is below the text, where it has room in a narrow
 * window too. */
static void
add_notice (GtkBox         *box,
            GtkMessageType  kind,
            const char     *text,
            const char     *action,
            gboolean        closable)
{
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (lines), create_label (text));
  if (action != NULL)
    gtk_box_append (GTK_BOX (lines), create_button (action));

  gtk_info_bar_set_message_type (GTK_INFO_BAR (bar), kind);
  gtk_info_bar_add_child (GTK_INFO_BAR (bar), lines);
  gtk_info_bar_set_show_close_button (GTK_INFO_BAR (bar), closable);
  g_signal_connect (bar, "response", G_CALLBACK (response_cb), NULL);
  gtk_box_append (box, bar);
}

char *
engram_network_notices_describe_access (EngramDatabase *database)
{
  switch (engram_database_get_access (database))
    {
    case ENGRAM_DATABASE_ACCESS_WRITE:
      return NULL;
    case ENGRAM_DATABASE_ACCESS_NEWER:
      return g_strdup_printf (_("A newer program wrote this network (schema version %d). It can be looked at, "
                                "but not changed here."),
                              engram_database_get_schema_version (database));
    case ENGRAM_DATABASE_ACCESS_READ_ONLY:
      return g_strdup (_("This file, or the folder that it is in, may not be written. The network can be "
                         "looked at, but not changed."));
    case ENGRAM_DATABASE_ACCESS_SNAPSHOT:
      return g_strdup (_("This is the network as it was when it was opened. What is written to the file from "
                         "now on is not seen here."));
    case ENGRAM_DATABASE_ACCESS_LINKED:
      return g_strdup (_("This file has several names (hard links), and writing to one of them could damage "
                         "it. The network can be looked at, but not changed; a copy of it can be changed."));
    case ENGRAM_DATABASE_ACCESS_PORTAL:
      return g_strdup (_("This is the network as it was when it was opened. Its file lies outside of the folders that "
                         "Engram may use: it can be looked at, but not changed, and what another program is writing to "
                         "it may be missing."));
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
describe_triggers (EngramDatabase *database)
{
  const char * const *triggers = engram_database_get_foreign_triggers (database);
  guint n_triggers = triggers != NULL ? g_strv_length ((char **) triggers) : 0;
  g_autoptr (GString) names = g_string_new (NULL);

  if (n_triggers == 0)
    return NULL;

  for (guint i = 0; i < n_triggers; i++)
    /* Translators: the name of a trigger in quotation marks; several are joined by commas. */
    g_string_append_printf (names, i == 0 ? _("“%s”") : _(", “%s”"), triggers[i]);
  return g_strdup_printf (ngettext ("This file holds a trigger that is not Engram’s: %s. It will not fire.",
                                    "This file holds triggers that are not Engram’s: %s. They will not fire.",
                                    n_triggers),
                          names->str);
}

/**
 * engram_network_notices_fill:
 * @box: takes the notices; what it holds is removed
 * @database: (nullable): the network
 * @copy_action: (nullable): the name of the action that makes a copy of it to be changed
 *
 * Says what must be known about the file of @database: why it cannot be changed, with a button that makes a copy
 * where that helps, and which of its triggers will not fire. For most files that is nothing.
 */
void
engram_network_notices_fill (GtkBox         *box,
                             EngramDatabase *database,
                             const char     *copy_action)
{
  EngramDatabaseAccess kind;
  g_autofree char *access = NULL;
  g_autofree char *triggers = NULL;
  GtkWidget *bar;

  g_return_if_fail (GTK_IS_BOX (box));

  while ((bar = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, bar);
  if (database == NULL)
    return;

  kind = engram_database_get_access (database);
  access = engram_network_notices_describe_access (database);
  triggers = describe_triggers (database);
  /* A copy of what a newer program wrote cannot be changed either. Where nothing else leads to a copy that can, the
   * notice stays. */
  if (access != NULL)
    add_notice (box, GTK_MESSAGE_INFO, access, kind != ENGRAM_DATABASE_ACCESS_NEWER ? copy_action : NULL,
                kind != ENGRAM_DATABASE_ACCESS_PORTAL || copy_action == NULL);
  if (triggers != NULL)
    add_notice (box, GTK_MESSAGE_WARNING, triggers, NULL, TRUE);
}
