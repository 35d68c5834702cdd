/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-batch-editor.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "common/engram-control.h"
#include "common/engram-type-style.h"
#include "details/engram-group.h"

struct _EngramBatchEditor {
  GtkWidget         parent_instance;

  EngramRecordKind  kind;
  EngramSession    *session;
  GtkWidget        *box;
  GtkDropDown      *number_change; /* what is done to the activation or the weight: an EngramBatchNumber */
  GtkEditable      *number;
  GtkEditable      *move[3];
  GtkEditable      *type;
  GtkEditable      *add_tags;
  GtkEditable      *remove_tags;
  GtkEditable      *metadata_name;
  GtkEditable      *metadata_value;
  GtkLabel         *problem;
  GtkWidget        *apply;
};

G_DEFINE_FINAL_TYPE (EngramBatchEditor, engram_batch_editor, GTK_TYPE_WIDGET)

/* What the controls say */

static gboolean
read_number (GtkEditable  *entry,
             double       *number,
             GError      **error)
{
  g_autofree char *text = g_strstrip (g_strdelimit (g_strdup (gtk_editable_get_text (entry)), ",", '.'));
  char *end;

  *number = g_ascii_strtod (text, &end);
  if (*text == '\0' || (*end == '\0' && isfinite (*number)))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID, _("“%s” is no number."), text);
  return FALSE;
}

static const char *
get_text (GtkEditable *entry)
{
  const char *text = entry != NULL ? gtk_editable_get_text (entry) : "";

  return *text != '\0' ? text : NULL;
}

/* Tags as they are typed, with commas between; NULL for none. */
static char **
split_tags (GtkEditable *entry)
{
  const char *text = get_text (entry);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ",", -1) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_any = FALSE;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      {
        g_strv_builder_add (builder, parts[i]);
        has_any = TRUE;
      }
  return has_any ? g_strv_builder_end (builder) : NULL;
}

/* What is no JSON is meant as text. */
static char *
make_json (const char *text)
{
  if (text == NULL)
    return NULL;
  return engram_json_check (text, -1, NULL, NULL) != ENGRAM_JSON_INVALID ? g_strdup (text) : engram_json_quote (text);
}

/* The edit with the texts that it borrows. */
typedef struct {
  EngramBatchEdit   edit;
  char            **add_tags;
  char            **remove_tags;
  char             *metadata_json;
} Wish;

static void
wish_clear (Wish *self)
{
  g_strfreev (self->add_tags);
  g_strfreev (self->remove_tags);
  g_free (self->metadata_json);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static gboolean
read_neuron_wish (EngramBatchEditor  *self,
                  Wish               *wish,
                  GError            **error)
{
  wish->edit.activation = (EngramBatchNumber) gtk_drop_down_get_selected (self->number_change);
  for (guint axis = 0; axis < G_N_ELEMENTS (self->move); axis++)
    if (!read_number (self->move[axis], &wish->edit.move[axis], error))
      return FALSE;
  wish->add_tags = split_tags (self->add_tags);
  wish->remove_tags = split_tags (self->remove_tags);
  wish->edit.add_tags = (const char * const *) wish->add_tags;
  wish->edit.remove_tags = (const char * const *) wish->remove_tags;
  return read_number (self->number, &wish->edit.activation_number, error);
}

static gboolean
read_wish (EngramBatchEditor  *self,
           Wish               *wish,
           GError            **error)
{
  wish->edit.type = get_text (self->type);
  wish->edit.metadata_name = get_text (self->metadata_name);
  wish->metadata_json = make_json (get_text (self->metadata_value));
  wish->edit.metadata_json = wish->metadata_json;
  if (self->kind == ENGRAM_RECORD_NEURON)
    return read_neuron_wish (self, wish, error) && engram_batch_edit_validate (&wish->edit, error);
  wish->edit.weight = (EngramBatchNumber) gtk_drop_down_get_selected (self->number_change);
  return read_number (self->number, &wish->edit.weight_number, error) && engram_batch_edit_validate (&wish->edit, error);
}

static gboolean
is_nothing (const EngramBatchEdit *edit)
{
  return edit->activation == ENGRAM_BATCH_KEEP && edit->weight == ENGRAM_BATCH_KEEP && edit->type == NULL &&
         edit->add_tags == NULL && edit->remove_tags == NULL && edit->metadata_name == NULL && edit->move[0] == 0 &&
         edit->move[1] == 0 && edit->move[2] == 0;
}

/* What a field is called here; what is wrong is told by its name in a document. */
static const char *
get_title (const char *field)
{
  if (g_str_equal (field, "activation_level"))
    return _("Activation");
  if (g_str_equal (field, "weight"))
    return _("Weight");
  if (g_str_equal (field, "type"))
    return _("Type");
  if (g_str_equal (field, "semantic_tags"))
    return _("Add tags");
  if (g_str_equal (field, "position"))
    return _("Move by");
  return _("Metadata");
}

/* "Activation: it must be from 0 to 1" */
static char *
describe_problem (const GError *error)
{
  const char *field = engram_error_get_field (error);

  if (field == NULL || !g_str_has_prefix (error->message, field))
    return g_strdup (error->message);
  return g_strconcat (get_title (field), error->message + strlen (field), NULL);
}

/* As it is typed. */
static void
update (EngramBatchEditor *self)
{
  g_auto (Wish) wish = { { 0 } };
  g_autoptr (GError) error = NULL;
  gboolean is_good = read_wish (self, &wish, &error);
  g_autofree char *problem = error != NULL ? describe_problem (error) : NULL;

  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  gtk_widget_set_sensitive (self->apply, is_good && !is_nothing (&wish.edit));
  gtk_widget_set_sensitive (GTK_WIDGET (self->number), gtk_drop_down_get_selected (self->number_change) != ENGRAM_BATCH_KEEP);
}

static void
selection_known_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (EngramBatchEditor) self = user_data;
  g_autoptr (EngramRowSet) rows = engram_selection_await_finish (ENGRAM_SELECTION (source), result, NULL);
  g_auto (Wish) wish = { { 0 } };

  /* Not where the editor has gone meanwhile. */
  if (rows != NULL && self->session != NULL && read_wish (self, &wish, NULL) && !is_nothing (&wish.edit))
    engram_session_batch_edit (self->session, self->kind, rows, &wish.edit);
}

static void
apply_cb (EngramBatchEditor *self)
{
  engram_selection_await (engram_session_get_selection (self->session), self->kind, NULL, selection_known_cb,
                          g_object_ref (self));
}

/* Building */

static GtkEditable *
create_entry (EngramBatchEditor *self,
              const char        *name,
              const char        *hint)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_widget_set_hexpand (entry, TRUE);
  engram_control_set_name (entry, name);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (apply_cb), self);
  return GTK_EDITABLE (entry);
}

static void
add_entry (EngramBatchEditor  *self,
           GtkListBox         *rows,
           const char         *title,
           const char         *hint,
           GtkEditable       **entry)
{
  *entry = create_entry (self, title, hint);
  engram_group_add_control_below (rows, title, GTK_WIDGET (*entry));
}

static void
add_number (EngramBatchEditor *self,
            GtkListBox        *rows,
            const char        *title)
{
  /* In the order of EngramBatchNumber. */
  const char *changes[] = { _("Keep"), _("Set to"), _("Add"), _("Multiply by"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->number_change = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (changes));
  engram_control_set_name (GTK_WIDGET (self->number_change), title);
  g_signal_connect_swapped (self->number_change, "notify::selected", G_CALLBACK (update), self);
  self->number = create_entry (self, title, "0");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->number_change));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->number));
  engram_group_add_control_below (rows, title, box);
}

static void
add_move (EngramBatchEditor *self,
          GtkListBox        *rows)
{
  const char *axes[] = { "x", "y", "z" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint axis = 0; axis < G_N_ELEMENTS (axes); axis++)
    {
      /* Translators: by how much something is moved along the axis x, y or z. */
      g_autofree char *name = g_strdup_printf (_("Move by %s"), axes[axis]);

      self->move[axis] = create_entry (self, name, axes[axis]);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->move[axis]));
    }
  engram_group_add_control_below (rows, _("Move by"), box);
}

static void
add_metadata (EngramBatchEditor *self,
              GtkListBox        *rows)
{
  add_entry (self, rows, _("Metadata"), _("name of a member"), &self->metadata_name);
  add_entry (self, rows, _("Its value"), _("nothing takes it away"), &self->metadata_value);
}

static void
add_apply (EngramBatchEditor *self)
{
  self->problem = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE,
                                           "xalign", 0.0, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  self->apply = gtk_button_new_with_mnemonic (_("_Apply to All"));
  gtk_widget_set_halign (self->apply, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->apply, "suggested-action");
  g_signal_connect_swapped (self->apply, "clicked", G_CALLBACK (apply_cb), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (self->box), self->apply);
}

static void
build (EngramBatchEditor *self)
{
  GtkListBox *rows;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), engram_group_new (_("Change All"), &rows));
  add_number (self, rows, self->kind == ENGRAM_RECORD_NEURON ? _("Activation") : _("Weight"));
  if (self->kind == ENGRAM_RECORD_NEURON)
    {
      add_move (self, rows);
      add_entry (self, rows, _("Add tags"), _("cortex, vision"), &self->add_tags);
      add_entry (self, rows, _("Remove tags"), _("cortex, vision"), &self->remove_tags);
    }
  add_entry (self, rows, _("Type"), self->kind == ENGRAM_RECORD_NEURON ? "knowledge" : "tool_input", &self->type);
  add_metadata (self, rows);
  add_apply (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  update (self);
}

static void
engram_batch_editor_dispose (GObject *object)
{
  EngramBatchEditor *self = ENGRAM_BATCH_EDITOR (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_batch_editor_parent_class)->dispose (object);
}

static void
engram_batch_editor_class_init (EngramBatchEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_batch_editor_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_batch_editor_init (EngramBatchEditor *self)
{
}

GtkWidget *
engram_batch_editor_new (EngramSession    *session,
                         EngramRecordKind  kind)
{
  EngramBatchEditor *self = g_object_new (ENGRAM_TYPE_BATCH_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->kind = kind;
  build (self);
  return GTK_WIDGET (self);
}
