/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "help/engram-help-topic.h"

#include "help/engram-help-picture.h"

#define RESOURCE_FOLDER "/io/github/engram/Engram/ui/help/guide/"
#define LINK_SCHEME "help:"

struct _EngramHelpTopic {
  GtkBox  parent_instance;

  char   *title;
  char   *words; /* of the whole page, as they are compared */
};

enum {
  PROP_0,
  PROP_TITLE,
  N_PROPERTIES,
};

enum {
  LINK,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramHelpTopic, engram_help_topic, GTK_TYPE_BOX)

static const char * const names[] = {
  "start", "find", "details", "graph", "space", "analyses", "import", "export", "prune", "check", "backups", "compare",
  "follow", "files", NULL,
};

const char * const *
engram_help_topic_get_names (void)
{
  return names;
}

/* Letters in their plain form, so that nobody needs to type accents. */
static char *
dup_compared (const char *text)
{
  g_autofree char *plain = g_str_to_ascii (text, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *plain_folded = g_utf8_casefold (plain, -1);

  return g_strdup_printf ("%s\n%s", folded, plain_folded);
}

gboolean
engram_help_topic_matches (EngramHelpTopic *self,
                           const char      *words)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (ENGRAM_IS_HELP_TOPIC (self), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  folded = g_utf8_casefold (words, -1);
  parts = g_strsplit_set (folded, " \t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (self->words, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}

const char *
engram_help_topic_get_title (EngramHelpTopic *self)
{
  g_return_val_if_fail (ENGRAM_IS_HELP_TOPIC (self), NULL);

  return self->title;
}

/* Labels */

static void
collect_labels (GtkWidget *widget,
                GPtrArray *labels)
{
  if (GTK_IS_LABEL (widget))
    {
      g_ptr_array_add (labels, widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_labels (child, labels);
}

GPtrArray *
engram_help_topic_list_labels (EngramHelpTopic *self)
{
  GPtrArray *labels = g_ptr_array_new ();

  g_return_val_if_fail (ENGRAM_IS_HELP_TOPIC (self), labels);

  collect_labels (GTK_WIDGET (self), labels);
  return labels;
}

static gboolean
activate_link_cb (EngramHelpTopic *self,
                  const char      *uri)
{
  if (!g_str_has_prefix (uri, LINK_SCHEME))
    return FALSE;
  g_signal_emit (self, signals[LINK], 0, uri + strlen (LINK_SCHEME));
  return TRUE;
}

static void
prepare_label (EngramHelpTopic *self,
               GtkLabel        *label)
{
  gtk_label_set_use_markup (label, TRUE);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (activate_link_cb), self, G_CONNECT_SWAPPED);
}

/* Puts a number before each step. */
static void
number_steps (GtkBox *steps)
{
  GtkWidget *step = gtk_widget_get_first_child (GTK_WIDGET (steps));

  gtk_box_set_spacing (steps, 6);
  for (guint number = 1; step != NULL; number++)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (step);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      g_autofree char *text = g_strdup_printf ("%'u", number);
      GtkWidget *mark = gtk_label_new (text);

      gtk_widget_add_css_class (mark, "engram-help-number");
      gtk_widget_set_valign (mark, GTK_ALIGN_START);
      g_object_ref (step);
      gtk_box_remove (steps, step);
      gtk_box_append (GTK_BOX (row), mark);
      gtk_box_append (GTK_BOX (row), step);
      g_object_unref (step);
      if (next != NULL)
        gtk_box_insert_child_after (steps, row, gtk_widget_get_prev_sibling (next));
      else
        gtk_box_append (steps, row);
      step = next;
    }
}

static void
prepare (EngramHelpTopic *self)
{
  g_autoptr (GPtrArray) labels = engram_help_topic_list_labels (self);
  g_autoptr (GString) text = g_string_new (self->title);

  for (guint i = 0; i < labels->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (labels, i);

      prepare_label (self, label);
      g_string_append_printf (text, "\n%s", gtk_label_get_text (label));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "engram-help-steps"))
      number_steps (GTK_BOX (child));
  self->words = dup_compared (text->str);
}

EngramHelpTopic *
engram_help_topic_load (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, ".ui", NULL);
  g_autoptr (GtkBuilder) builder = NULL;
  EngramHelpTopic *self;

  g_return_val_if_fail (g_strv_contains (names, name), NULL);

  g_type_ensure (ENGRAM_TYPE_HELP_PICTURE);
  g_type_ensure (ENGRAM_TYPE_HELP_TOPIC);
  builder = gtk_builder_new_from_resource (path);
  self = ENGRAM_HELP_TOPIC (gtk_builder_get_object (builder, "topic"));
  prepare (self);
  return g_object_ref (self);
}

/* Type */

static void
engram_help_topic_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EngramHelpTopic *self = ENGRAM_HELP_TOPIC (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_help_topic_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EngramHelpTopic *self = ENGRAM_HELP_TOPIC (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_help_topic_finalize (GObject *object)
{
  EngramHelpTopic *self = ENGRAM_HELP_TOPIC (object);

  g_free (self->title);
  g_free (self->words);

  G_OBJECT_CLASS (engram_help_topic_parent_class)->finalize (object);
}

static void
engram_help_topic_class_init (EngramHelpTopicClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = engram_help_topic_set_property;
  object_class->get_property = engram_help_topic_get_property;
  object_class->finalize = engram_help_topic_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[LINK] = g_signal_new ("link", ENGRAM_TYPE_HELP_TOPIC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "engram-help-topic");
}

static void
engram_help_topic_init (EngramHelpTopic *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}
