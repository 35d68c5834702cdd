/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "help/engram-help-window.h"

/* What a widget is about, by the name of its type: some of them are types of the program, which cannot be seen from
 * here. */
static const struct {
  const char *type;
  const char *topic;
} subjects[] = {
  { "EngramBackupsDialog", "backups" },
  { "EngramComparisonDialog", "compare" },
  { "EngramDetailsPane", "details" },
  { "EngramErrorPage", "backups" },
  { "EngramExportDialog", "export" },
  { "EngramFilterPane", "find" },
  { "EngramGraphView", "graph" },
  { "EngramImportDialog", "import" },
  { "EngramIntegrityDialog", "check" },
  { "EngramOpeningPage", "start" },
  { "EngramPairsWindow", "analyses" },
  { "EngramPictureDialog", "space" },
  { "EngramPreferences", "files" },
  { "EngramPruneDialog", "prune" },
  { "EngramRecordList", "find" },
  { "EngramSearchBar", "find" },
  { "EngramSpaceView", "space" },
  { "EngramWelcomePage", "start" },
};

static const char *
get_subject (GtkWidget *widget)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (g_str_equal (G_OBJECT_TYPE_NAME (widget), subjects[i].type))
      return subjects[i].topic;
  return NULL;
}

/* Of what is seen; the side panes last, since they are beside what it is about. */
static const char *
find_below (GtkWidget *widget)
{
  const char *topic = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  topic = get_subject (widget);
  if (topic != NULL && !g_str_equal (topic, "details"))
    return topic;
  topic = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && topic == NULL;
       child = gtk_widget_get_next_sibling (child))
    topic = find_below (child);
  return topic;
}

const char *
engram_help_find_topic (GtkWindow *window)
{
  const char *topic = NULL;

  g_return_val_if_fail (window == NULL || GTK_IS_WINDOW (window), NULL);

  if (window == NULL)
    return "start";
  for (GtkWidget *widget = gtk_window_get_focus (window); widget != NULL && topic == NULL;
       widget = gtk_widget_get_parent (widget))
    topic = get_subject (widget);
  if (topic == NULL)
    topic = find_below (GTK_WIDGET (window));
  return topic != NULL ? topic : "start";
}
