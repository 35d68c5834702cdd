/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-tag-editor.h"

#include <glib/gi18n.h>

#include "common/engram-wrap-layout.h"

#define SPACING 6

struct _EngramTagEditor
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *chips;
  GtkWidget *entry;
  GtkWidget *add;
  GPtrArray *tags; /* char *, not terminated */
};

G_DEFINE_FINAL_TYPE (EngramTagEditor, engram_tag_editor, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void show_tags (EngramTagEditor *self);

static int
find_tag (EngramTagEditor *self,
          const char      *tag)
{
  for (guint i = 0; i < self->tags->len; i++)
    if (g_str_equal (g_ptr_array_index (self->tags, i), tag))
      return i;
  return -1;
}

static void
remove_cb (GtkButton       *button,
           EngramTagEditor *self)
{
  int index = find_tag (self, gtk_widget_get_name (GTK_WIDGET (button)));

  g_return_if_fail (index >= 0);
  g_ptr_array_remove_index (self->tags, index);
  gtk_widget_grab_focus (self->entry);
  show_tags (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
chip_new (EngramTagEditor *self,
          const char      *tag)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: what a button does; %s is a tag. */
  g_autofree char *name = g_strdup_printf (_("Remove “%s”"), tag);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, tag);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_name (button, tag);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_widget_add_css_class (chip, "engram-tag");
  gtk_widget_add_css_class (chip, "engram-tag-edited");
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
show_tags (EngramTagEditor *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < self->tags->len; i++)
    gtk_widget_set_parent (chip_new (self, g_ptr_array_index (self->tags, i)), self->chips);
  gtk_widget_set_visible (self->chips, self->tags->len > 0);
}

void
engram_tag_editor_add (EngramTagEditor *self)
{
  g_autofree char *tag = NULL;

  g_return_if_fail (ENGRAM_IS_TAG_EDITOR (self));

  tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (*tag == '\0' || find_tag (self, tag) >= 0)
    return;
  g_ptr_array_add (self->tags, g_steal_pointer (&tag));
  show_tags (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
engram_tag_editor_dispose (GObject *object)
{
  EngramTagEditor *self = ENGRAM_TAG_EDITOR (object);
  GtkWidget *child;

  while (self->chips != NULL && (child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);
  self->chips = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->tags, g_ptr_array_unref);

  G_OBJECT_CLASS (engram_tag_editor_parent_class)->dispose (object);
}

static void
engram_tag_editor_class_init (EngramTagEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_tag_editor_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
text_changed_cb (EngramTagEditor *self)
{
  gtk_widget_set_sensitive (self->add, *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static void
add_clicked_cb (EngramTagEditor *self)
{
  /* It has no text any more then, and the button cannot keep the focus. */
  gtk_widget_grab_focus (self->entry);
  engram_tag_editor_add (self);
}

static GtkWidget *
add_button_new (EngramTagEditor *self)
{
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_set_sensitive (self->add, FALSE);
  gtk_widget_set_tooltip_text (self->add, _("Add Tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add Tag"), -1);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_clicked_cb), self);
  return self->add;
}

static void
engram_tag_editor_init (EngramTagEditor *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->chips, engram_wrap_layout_new (SPACING));
  gtk_widget_set_visible (self->chips, FALSE);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Add a tag"));
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (engram_tag_editor_add), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (text_changed_cb), self);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), add_button_new (self));
  gtk_box_append (GTK_BOX (self->box), self->chips);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * engram_tag_editor_new:
 *
 * Returns: (transfer floating): an editor of no words
 */
GtkWidget *
engram_tag_editor_new (void)
{
  return g_object_new (ENGRAM_TYPE_TAG_EDITOR, NULL);
}

/**
 * engram_tag_editor_set_tags:
 * @self: an editor
 * @tags: (array zero-terminated=1): the words
 */
void
engram_tag_editor_set_tags (EngramTagEditor    *self,
                            const char *const  *tags)
{
  g_return_if_fail (ENGRAM_IS_TAG_EDITOR (self));

  g_ptr_array_set_size (self->tags, 0);
  for (gsize i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (self->tags, g_strdup (tags[i]));
  show_tags (self);
}

/**
 * engram_tag_editor_dup_tags:
 * @self: an editor
 *
 * Returns: (transfer full) (array zero-terminated=1): the words
 */
char **
engram_tag_editor_dup_tags (EngramTagEditor *self)
{
  char **tags;

  g_return_val_if_fail (ENGRAM_IS_TAG_EDITOR (self), NULL);

  tags = g_new0 (char *, self->tags->len + 1);
  for (guint i = 0; i < self->tags->len; i++)
    tags[i] = g_strdup (g_ptr_array_index (self->tags, i));
  return tags;
}

/**
 * engram_tag_editor_get_entry:
 * @self: an editor
 *
 * Returns: (transfer none): where a word is typed
 */
GtkWidget *
engram_tag_editor_get_entry (EngramTagEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_TAG_EDITOR (self), NULL);

  return self->entry;
}
