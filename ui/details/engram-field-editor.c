/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-field-editor.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "details/engram-field-control.h"

/* How much of another program's value is told. */
#define MAX_THEIRS 300

struct _EngramFieldEditor
{
  GtkWidget parent_instance;

  EngramControlKind kind;
  char *title;
  EngramFieldCheck check;
  gpointer check_data;

  GtkWidget *box;
  EngramFieldControl *control;
  GtkWidget *buttons;     /* Save and Revert, of a long text; or NULL */
  GtkWidget *save;
  GtkLabel *problem_label;
  GtkWidget *conflict;
  GtkLabel *conflict_label;

  char *stored;           /* the value in the file, as JSON */
  char *shown;            /* how the control shows that */
  char *theirs;           /* the value in the file since another program wrote it under what is typed, or NULL */
  char *taken;            /* the text that is being written, or NULL */
  char *problem;          /* what is wrong with what is typed, or NULL */
  char *failure;          /* why it could not be written, or NULL */
};

G_DEFINE_FINAL_TYPE (EngramFieldEditor, engram_field_editor, GTK_TYPE_WIDGET)

enum { COMMIT, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
set_text (char       **member,
          const char  *text)
{
  char *copy = g_strdup (text);

  g_free (*member);
  *member = copy;
}

/* What is said */

static void
say_problem (EngramFieldEditor *self)
{
  const char *text = self->problem != NULL ? self->problem : self->failure;

  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
  engram_control_set_wrong (engram_field_control_get_input (self->control), text != NULL ? self->problem_label : NULL);
}

static void
say_conflict (EngramFieldEditor *self)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autofree char *message = NULL;

  gtk_widget_set_visible (self->conflict, self->theirs != NULL);
  if (self->theirs == NULL)
    return;
  text = engram_field_text_from_json (self->kind, self->theirs);
  line = engram_format_line (text, MAX_THEIRS);
  if (*line != '\0')
    /* Translators: a value that another program has written. */
    message = g_strdup_printf (_("Meanwhile another program has changed this to “%s”."), line);
  else
    message = g_strdup (_("Meanwhile another program has emptied this."));
  gtk_label_set_text (self->conflict_label, message);
}

static char *
find_problem (EngramFieldEditor *self)
{
  char *problem = NULL;
  g_autofree char *text = engram_field_control_dup_text (self->control);
  g_autofree char *json = engram_field_text_to_json (self->kind, text, &problem);

  if (json != NULL && self->check != NULL)
    problem = self->check (self, json, self->check_data);
  return problem;
}

static void
update (EngramFieldEditor *self)
{
  gboolean dirty = engram_field_editor_is_dirty (self);

  g_free (self->problem);
  self->problem = dirty ? find_problem (self) : NULL;
  say_problem (self);
  say_conflict (self);
  if (self->buttons != NULL)
    {
      /* Where there are two versions, their own buttons choose between them. */
      gtk_widget_set_visible (self->buttons, dirty && self->theirs == NULL);
      gtk_widget_set_sensitive (self->save, self->problem == NULL);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Shows what is stored. */
static void
show_stored (EngramFieldEditor *self)
{
  g_autofree char *text = engram_field_text_from_json (self->kind, self->stored);
  g_autofree char *current = engram_field_control_dup_text (self->control);

  /* Setting it would move the cursor. */
  if (g_strcmp0 (text, current) != 0)
    engram_field_control_set_text (self->control, text);
  g_free (self->shown);
  self->shown = engram_field_control_dup_text (self->control);
  g_clear_pointer (&self->theirs, g_free);
  g_clear_pointer (&self->failure, g_free);
  update (self);
}

static void
changed_cb (EngramFieldEditor *self)
{
  g_clear_pointer (&self->failure, g_free);
  update (self);
}

/* Keys */

static gboolean
key_pressed_cb (EngramFieldEditor *self,
                guint              key,
                guint              code,
                GdkModifierType    state)
{
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;

  if (is_enter && (state & GDK_CONTROL_MASK) != 0)
    {
      engram_field_editor_commit (self);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_Escape && engram_field_editor_is_dirty (self))
    {
      engram_field_editor_revert (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
add_keys (EngramFieldEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* Widgets */

static GtkWidget *
message_label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static GtkWidget *
button_new (EngramFieldEditor *self,
            const char        *label,
            GCallback          callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
conflict_new (EngramFieldEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = message_label_new ();

  self->conflict_label = GTK_LABEL (label);
  gtk_box_append (GTK_BOX (buttons), button_new (self, _("_Keep Mine"), G_CALLBACK (engram_field_editor_keep_mine)));
  gtk_box_append (GTK_BOX (buttons),
                  button_new (self, _("_Take Theirs"), G_CALLBACK (engram_field_editor_revert)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "engram-conflict");
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static GtkWidget *
buttons_new (EngramFieldEditor *self)
{
  GtkWidget *revert = button_new (self, _("_Revert"), G_CALLBACK (engram_field_editor_revert));

  self->save = button_new (self, _("_Save"), G_CALLBACK (engram_field_editor_commit));
  gtk_widget_set_tooltip_text (self->save, _("Save (Ctrl+Enter)"));
  gtk_widget_set_tooltip_text (revert, _("Revert (Escape)"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->buttons), revert);
  gtk_box_append (GTK_BOX (self->buttons), self->save);
  gtk_widget_set_visible (self->buttons, FALSE);
  return self->buttons;
}

static GtkWidget *
title_new (const char *title,
           gboolean    beside)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  if (!beside)
    gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
fill (EngramFieldEditor *self,
      const char        *title)
{
  gboolean beside = !engram_field_text_is_long (self->kind) && self->kind != ENGRAM_CONTROL_TAGS
                    && self->kind != ENGRAM_CONTROL_TIME;
  GtkWidget *line = gtk_box_new (beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, beside ? 12 : 4);
  GtkWidget *problem = message_label_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (line), title_new (title, beside));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->control));
  gtk_box_append (GTK_BOX (self->box), line);
  if (engram_field_text_is_long (self->kind))
    gtk_box_append (GTK_BOX (self->box), buttons_new (self));
  self->problem_label = GTK_LABEL (problem);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_set_visible (problem, FALSE);
  self->conflict = conflict_new (self);
  gtk_box_append (GTK_BOX (self->box), problem);
  gtk_box_append (GTK_BOX (self->box), self->conflict);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* GObject */

static void
engram_field_editor_dispose (GObject *object)
{
  g_clear_pointer (&ENGRAM_FIELD_EDITOR (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_field_editor_parent_class)->dispose (object);
}

static void
engram_field_editor_finalize (GObject *object)
{
  EngramFieldEditor *self = ENGRAM_FIELD_EDITOR (object);

  g_free (self->title);
  g_free (self->stored);
  g_free (self->shown);
  g_free (self->theirs);
  g_free (self->taken);
  g_free (self->problem);
  g_free (self->failure);

  G_OBJECT_CLASS (engram_field_editor_parent_class)->finalize (object);
}

static gboolean
engram_field_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ENGRAM_FIELD_EDITOR (widget)->control));
}

static void
engram_field_editor_class_init (EngramFieldEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_field_editor_dispose;
  object_class->finalize = engram_field_editor_finalize;
  widget_class->grab_focus = engram_field_editor_grab_focus;

  signals[COMMIT] = g_signal_new ("commit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
engram_field_editor_init (EngramFieldEditor *self)
{
  add_keys (self);
}

/**
 * engram_field_editor_new:
 * @kind: how the value is edited
 * @title: what it is
 * @choices: (nullable) (array zero-terminated=1): known texts, where one of them is chosen
 *
 * Returns: (transfer floating): an editor of `null`
 */
GtkWidget *
engram_field_editor_new (EngramControlKind   kind,
                         const char         *title,
                         const char *const  *choices)
{
  EngramFieldEditor *self = g_object_new (ENGRAM_TYPE_FIELD_EDITOR, NULL);

  self->kind = kind;
  self->title = g_strdup (title);
  self->control = ENGRAM_FIELD_CONTROL (engram_field_control_new (kind, title, choices));
  g_signal_connect_swapped (self->control, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->control, "commit", G_CALLBACK (engram_field_editor_commit), self);
  fill (self, title);
  self->stored = g_strdup ("null");
  show_stored (self);
  return GTK_WIDGET (self);
}

EngramControlKind
engram_field_editor_get_kind (EngramFieldEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), ENGRAM_CONTROL_TEXT);

  return self->kind;
}

const char *
engram_field_editor_get_title (EngramFieldEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), NULL);

  return self->title;
}

/**
 * engram_field_editor_set_check:
 * @self: an editor
 * @check: says what is wrong with a value that is well written
 * @user_data: for @check
 */
void
engram_field_editor_set_check (EngramFieldEditor *self,
                               EngramFieldCheck   check,
                               gpointer           user_data)
{
  g_return_if_fail (ENGRAM_IS_FIELD_EDITOR (self));

  self->check = check;
  self->check_data = user_data;
}

/**
 * engram_field_editor_set_stored:
 * @self: an editor
 * @json: the value in the file
 *
 * Shows it; but what is typed stays, and the other value is told below it.
 */
void
engram_field_editor_set_stored (EngramFieldEditor *self,
                                const char        *json)
{
  g_autofree char *typed = NULL;

  g_return_if_fail (ENGRAM_IS_FIELD_EDITOR (self));
  g_return_if_fail (json != NULL);

  /* What is being written is not known to be there before that is over. */
  if (self->taken != NULL || (g_str_equal (json, self->stored) && self->theirs == NULL))
    return;
  typed = engram_field_editor_is_dirty (self) ? engram_field_editor_dup_value (self) : NULL;
  if (!engram_field_editor_is_dirty (self) || g_strcmp0 (typed, json) == 0)
    {
      set_text (&self->stored, json);
      show_stored (self);
      return;
    }
  if (g_str_equal (json, self->stored))
    g_clear_pointer (&self->theirs, g_free);
  else
    set_text (&self->theirs, json);
  update (self);
}

const char *
engram_field_editor_get_stored (EngramFieldEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), NULL);

  return self->stored;
}

/**
 * engram_field_editor_dup_value:
 * @self: an editor
 *
 * Returns: (transfer full) (nullable): the value as JSON, or %NULL where what is typed is none
 */
char *
engram_field_editor_dup_value (EngramFieldEditor *self)
{
  g_autofree char *text = NULL;
  g_autofree char *problem = NULL;

  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), NULL);

  /* What was not touched stays to the last figure. */
  if (!engram_field_editor_is_dirty (self))
    return g_strdup (self->stored);
  text = engram_field_control_dup_text (self->control);
  return engram_field_text_to_json (self->kind, text, &problem);
}

/**
 * engram_field_editor_is_dirty:
 * @self: an editor
 *
 * Returns: whether something is typed that has not been written
 */
gboolean
engram_field_editor_is_dirty (EngramFieldEditor *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), FALSE);

  text = engram_field_control_dup_text (self->control);
  return g_strcmp0 (text, self->shown) != 0;
}

gboolean
engram_field_editor_has_conflict (EngramFieldEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), FALSE);

  return self->theirs != NULL;
}

/**
 * engram_field_editor_get_problem:
 * @self: an editor
 *
 * Returns: (nullable) (transfer none): what is wrong with what is typed, or why it could not be written
 */
const char *
engram_field_editor_get_problem (EngramFieldEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self), NULL);

  return self->problem != NULL ? self->problem : self->failure;
}

/**
 * engram_field_editor_commit:
 * @self: an editor
 *
 * Asks for what is typed to be written, where something is, and it may be.
 */
void
engram_field_editor_commit (EngramFieldEditor *self)
{
  g_return_if_fail (ENGRAM_IS_FIELD_EDITOR (self));

  engram_field_control_finish (self->control);
  if (self->taken != NULL || self->theirs != NULL || self->problem != NULL || !engram_field_editor_is_dirty (self))
    return;
  /* What failed before may be tried again. */
  g_clear_pointer (&self->failure, g_free);
  g_signal_emit (self, signals[COMMIT], 0);
}

/**
 * engram_field_editor_revert:
 * @self: an editor
 *
 * Gives up what is typed, for what the file holds.
 */
void
engram_field_editor_revert (EngramFieldEditor *self)
{
  g_return_if_fail (ENGRAM_IS_FIELD_EDITOR (self));

  if (self->theirs != NULL)
    set_text (&self->stored, self->theirs);
  show_stored (self);
}

/**
 * engram_field_editor_keep_mine:
 * @self: an editor with a conflict
 *
 * What is typed replaces what another program has written.
 */
void
engram_field_editor_keep_mine (EngramFieldEditor *self)
{
  g_return_if_fail (ENGRAM_IS_FIELD_EDITOR (self));

  if (self->theirs == NULL)
    return;
  g_free (self->stored);
  self->stored = g_steal_pointer (&self->theirs);
  g_free (self->shown);
  self->shown = engram_field_text_from_json (self->kind, self->stored);
  update (self);
  engram_field_editor_commit (self);
}

/**
 * engram_field_editor_begin:
 * @self: an editor with a value that can be written
 *
 * Takes the value, to write it; engram_field_editor_end() must follow. Typing may go on meanwhile.
 *
 * Returns: (transfer full): the value as JSON
 */
char *
engram_field_editor_begin (EngramFieldEditor *self)
{
  g_return_val_if_fail (ENGRAM_IS_FIELD_EDITOR (self) && self->taken == NULL, NULL);

  self->taken = engram_field_control_dup_text (self->control);
  return engram_field_editor_dup_value (self);
}

/**
 * engram_field_editor_end:
 * @self: an editor whose value was taken
 * @stored: (nullable): what is in the file now, or %NULL where the value was not written
 * @failure: (nullable): why not, where that is to be said here
 */
void
engram_field_editor_end (EngramFieldEditor *self,
                         const char        *stored,
                         const char        *failure)
{
  g_return_if_fail (ENGRAM_IS_FIELD_EDITOR (self) && self->taken != NULL);

  if (stored != NULL)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&self->taken);
      set_text (&self->stored, stored);
    }
  g_clear_pointer (&self->taken, g_free);
  set_text (&self->failure, failure);
  if (stored != NULL && !engram_field_editor_is_dirty (self))
    show_stored (self);
  else
    update (self);
}

/**
 * engram_field_editor_find:
 * @widget: (nullable): a widget
 *
 * Returns: (nullable) (transfer none): the editor around it
 */
EngramFieldEditor *
engram_field_editor_find (GtkWidget *widget)
{
  return widget != NULL ? (EngramFieldEditor *) gtk_widget_get_ancestor (widget, ENGRAM_TYPE_FIELD_EDITOR) : NULL;
}
