/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-picture-dialog.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "help/engram-help-window.h"

/* The preview has as many pixels at most, on its longer side. */
#define PREVIEW_PIXELS 720

static const char *const endings[] = { ".png", ".svg", ".pdf" };

struct _EngramPictureDialog {
  AdwWindow             parent_instance;

  GtkWidget            *save_button;
  GtkPicture           *preview;
  GtkSpinner           *spinner;
  GtkLabel             *problem;
  AdwComboRow          *format;
  AdwComboRow          *sizing;
  GtkWidget            *width_row, *resolution_row;
  GtkSpinButton        *width, *resolution;
  GtkSwitch            *transparent, *labels, *legend, *scale_bar;
  GtkWidget            *labels_row, *legend_row, *scale_bar_row;

  EngramPictureSubject *subject;
  EngramSession        *session;
  GtkFileChooserNative *chooser;       /* or NULL */
  GCancellable         *previewing;    /* or NULL */
};

G_DEFINE_FINAL_TYPE (EngramPictureDialog, engram_picture_dialog, ADW_TYPE_WINDOW)

static void
get_size (EngramPictureDialog *self,
          EngramPictureSize   *size)
{
  EngramPictureSizing sizing = adw_combo_row_get_selected (self->sizing);
  double width, height, millimetres = gtk_spin_button_get_value (self->width);

  engram_picture_subject_get_size (self->subject, &width, &height);
  if (sizing == ENGRAM_PICTURE_IN_MILLIMETRES)
    engram_picture_size_init_millimetres (size, millimetres, millimetres * height / width,
                                          gtk_spin_button_get_value (self->resolution));
  else
    engram_picture_size_init_pixels (size, width, height, 1 << sizing);
}

static void
get_choice (EngramPictureDialog *self,
            EngramPictureChoice *choice)
{
  choice->transparent = gtk_switch_get_active (self->transparent);
  choice->labels = gtk_switch_get_active (self->labels);
  choice->legend = gtk_switch_get_active (self->legend);
  choice->scale_bar = gtk_switch_get_active (self->scale_bar);
}

/* The preview */

typedef struct {
  EngramPictureSubject *subject;
  EngramPictureSize     size;
  EngramPictureChoice   choice;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  engram_picture_subject_unref (self->subject);
  g_free (self);
}

static void
preview_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Preview *self = data;
  GError *error = NULL;
  cairo_surface_t *image =
    engram_picture_subject_make_image (self->subject, &self->size, &self->choice, FALSE, cancellable, &error);

  if (image != NULL)
    g_task_return_pointer (task, image, (GDestroyNotify) cairo_surface_destroy);
  else
    g_task_return_error (task, error);
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  EngramPictureDialog *self = ENGRAM_PICTURE_DIALOG (source);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another one is on its way, or nobody waits any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->previewing);
  if (image == NULL)
    {
      gtk_label_set_text (self->problem, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      return;
    }
  texture = engram_picture_make_texture (image);
  cairo_surface_destroy (image);
  gtk_picture_set_paintable (self->preview, GDK_PAINTABLE (texture));
}

static void
start_preview (EngramPictureDialog     *self,
               const EngramPictureSize *size)
{
  g_autoptr (GTask) task = NULL;
  Preview *preview = g_new0 (Preview, 1);

  preview->subject = engram_picture_subject_ref (self->subject);
  preview->size = *size;
  preview->size.scale = PREVIEW_PIXELS / MAX (size->width, size->height);
  get_choice (self, &preview->choice);
  self->previewing = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  task = g_task_new (self, self->previewing, previewed_cb, NULL);
  g_task_set_source_tag (task, start_preview);
  g_task_set_task_data (task, preview, preview_free);
  g_task_run_in_thread (task, preview_thread);
}

static void
stop_preview (EngramPictureDialog *self)
{
  g_cancellable_cancel (self->previewing);
  g_clear_object (&self->previewing);
}

/* The controls */

static char *
describe_size (EngramPictureDialog *self,
               int                  width,
               int                  height)
{
  g_autofree char *columns = engram_format_count (width), *rows = engram_format_count (height);

  /* Translators: width and height of a picture. */
  return g_strdup_printf (_("%s × %s pixels"), columns, rows);
}

static void
update (EngramPictureDialog *self)
{
  gboolean metric = adw_combo_row_get_selected (self->sizing) == ENGRAM_PICTURE_IN_MILLIMETRES;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  EngramPictureSize size;
  int width, height;

  gtk_widget_set_visible (self->width_row, metric);
  gtk_widget_set_visible (self->resolution_row, metric);
  stop_preview (self);
  get_size (self, &size);
  if (engram_picture_size_get_pixels (&size, &width, &height, &error))
    {
      text = describe_size (self, width, height);
      start_preview (self, &size);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sizing), text != NULL ? text : "");
  gtk_label_set_text (self->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.save", error == NULL);
}

static void
update_cb (EngramPictureDialog *self)
{
  if (self->subject != NULL)
    update (self);
}

static void
offer (GtkWidget *row,
       GtkSwitch *control,
       gboolean   there)
{
  gtk_widget_set_visible (row, there);
  gtk_switch_set_active (control, there);
}

/* Saving */

static EngramPictureFormat
find_format (const char          *path,
             EngramPictureFormat  otherwise)
{
  g_autofree char *folded = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (folded, endings[i]))
      return i;
  return otherwise;
}

EngramJob *
engram_picture_dialog_save (EngramPictureDialog *self,
                            const char          *path)
{
  EngramPictureSize size;
  EngramPictureChoice choice;

  g_return_val_if_fail (ENGRAM_IS_PICTURE_DIALOG (self), NULL);

  get_size (self, &size);
  get_choice (self, &choice);
  return engram_picture_save (self->subject, path, find_format (path, adw_combo_row_get_selected (self->format)), &size,
                              &choice, self->session);
}

static void
response_cb (GtkNativeDialog     *chooser,
             int                  response,
             EngramPictureDialog *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (EngramJob) job = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    {
      job = engram_picture_dialog_save (self, path);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (file != NULL)
    {
      gtk_label_set_text (self->problem, _("This place is no folder of this computer. Choose another one."));
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
    }
  g_clear_object (&self->chooser);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  EngramPictureDialog *self = ENGRAM_PICTURE_DIALOG (widget);
  /* Translators: the name of a new file; its ending is added. */
  g_autofree char *name = g_strconcat (_("Picture"), endings[adw_combo_row_get_selected (self->format)], NULL);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Save Picture"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL,
                                               NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The dialog */

static void
engram_picture_dialog_dispose (GObject *object)
{
  EngramPictureDialog *self = ENGRAM_PICTURE_DIALOG (object);

  stop_preview (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_pointer (&self->subject, engram_picture_subject_unref);

  G_OBJECT_CLASS (engram_picture_dialog_parent_class)->dispose (object);
}

static void
engram_picture_dialog_class_init (EngramPictureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_picture_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/views/engram-picture-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, format);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, sizing);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, width_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, resolution_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, width);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, resolution);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, transparent);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, labels);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, legend);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, scale_bar);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, labels_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, legend_row);
  gtk_widget_class_bind_template_child (widget_class, EngramPictureDialog, scale_bar_row);
  gtk_widget_class_install_action (widget_class, "picture.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  engram_help_add_key (widget_class);
}

/* The text within has the focus, and so needs the name. */
static void
name_spin_button (GtkSpinButton *button,
                  const char    *name)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (button));

  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
engram_picture_dialog_init (EngramPictureDialog *self)
{
  GtkSwitch *switches[4];

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->save_button);
  /* Not on the first in the header, which would close it. */
  gtk_window_set_focus (GTK_WINDOW (self), self->save_button);
  switches[0] = self->transparent;
  switches[1] = self->labels;
  switches[2] = self->legend;
  switches[3] = self->scale_bar;
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    g_signal_connect_swapped (switches[i], "notify::active", G_CALLBACK (update_cb), self);
  name_spin_button (self->width, _("Width in millimetres"));
  name_spin_button (self->resolution, _("Pixels per inch"));
  g_signal_connect_swapped (self->sizing, "notify::selected", G_CALLBACK (update_cb), self);
  g_signal_connect_swapped (self->width, "value-changed", G_CALLBACK (update_cb), self);
  g_signal_connect_swapped (self->resolution, "value-changed", G_CALLBACK (update_cb), self);
}

GtkWidget *
engram_picture_dialog_new (EngramPictureSubject *subject,
                           EngramSession        *session)
{
  EngramPictureDialog *self = g_object_new (ENGRAM_TYPE_PICTURE_DIALOG, NULL);
  EngramPictureChoice choice;

  engram_picture_subject_get_choice (subject, &choice);
  offer (self->labels_row, self->labels, choice.labels);
  offer (self->legend_row, self->legend, choice.legend);
  offer (self->scale_bar_row, self->scale_bar, choice.scale_bar);
  self->subject = engram_picture_subject_ref (subject);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "closing", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
engram_picture_dialog_present (GtkWindow            *parent,
                               EngramPictureSubject *subject,
                               EngramSession        *session)
{
  GtkWidget *dialog = engram_picture_dialog_new (subject, session);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_window_present (GTK_WINDOW (dialog));
}
