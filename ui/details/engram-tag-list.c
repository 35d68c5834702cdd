/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-tag-list.h"

#include "common/engram-wrap-layout.h"

#define SPACING 6

struct _EngramTagList
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (EngramTagList, engram_tag_list, GTK_TYPE_WIDGET)

static void
engram_tag_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (engram_tag_list_parent_class)->dispose (object);
}

static void
engram_tag_list_class_init (EngramTagListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_tag_list_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
engram_tag_list_init (EngramTagList *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), engram_wrap_layout_new (SPACING));
}

static GtkWidget *
tag_new (const char *text)
{
  GtkWidget *tag = g_object_new (GTK_TYPE_LABEL,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                 "label", text,
                                 "ellipsize", PANGO_ELLIPSIZE_END,
                                 "tooltip-text", text,
                                 NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (tag), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (tag, "engram-tag");
  return tag;
}

/**
 * engram_tag_list_new:
 * @tags: (array zero-terminated=1): the words
 *
 * Returns: (transfer floating): a widget that shows them
 */
GtkWidget *
engram_tag_list_new (const char *const *tags)
{
  GtkWidget *self = g_object_new (ENGRAM_TYPE_TAG_LIST, NULL);

  for (gsize i = 0; tags[i] != NULL; i++)
    gtk_widget_set_parent (tag_new (tags[i]), self);
  return self;
}
