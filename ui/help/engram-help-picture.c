/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "help/engram-help-picture.h"

#include <string.h>

/* Of every drawing, as its view box says. */
#define WIDTH 480
#define HEIGHT 160
#define MIN_WIDTH 240

struct _EngramHelpPicture {
  GtkWidget   parent_instance;

  char       *resource;
  char       *alternative_text;
  GdkTexture *texture; /* as it was drawn last, or NULL */
  int         texture_width;
};

enum {
  PROP_0,
  PROP_RESOURCE,
  PROP_ALTERNATIVE_TEXT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramHelpPicture, engram_help_picture, GTK_TYPE_WIDGET)

static const struct {
  const char *drawn;
  const char *named; /* colour of the theme, or NULL for that of texts */
} colours[] = {
  { "#000000", NULL },
  { "#0000ff", "accent_color" },
  { "#ff0000", "error_color" },
  { "#00ff00", "success_color" },
  { "#ffff00", "warning_color" },
};

static char *
dup_colour (EngramHelpPicture *self,
            const char        *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour;

  if (name == NULL || !gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  return g_strdup_printf ("#%02x%02x%02x", (guint) (colour.red * 255 + 0.5f), (guint) (colour.green * 255 + 0.5f),
                          (guint) (colour.blue * 255 + 0.5f));
}

/* The text of the drawing in the colours of now. Each begins with its own mark, so that none is replaced twice. */
static char *
dup_drawing (EngramHelpPicture  *self,
             int                 width,
             GError            **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (self->resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GString) text = NULL;
  g_autofree char *size = g_strdup_printf ("width=\"%d\" height=\"%d\"", width, width * HEIGHT / WIDTH);

  if (bytes == NULL)
    return NULL;
  text = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autofree char *mark = g_strdup_printf ("@%" G_GSIZE_FORMAT "@", i);

      g_string_replace (text, colours[i].drawn, mark, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autofree char *mark = g_strdup_printf ("@%" G_GSIZE_FORMAT "@", i);
      g_autofree char *colour = dup_colour (self, colours[i].named);

      g_string_replace (text, mark, colour, 0);
    }
  g_string_replace (text, "width=\"480\" height=\"160\"", size, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GdkTexture *
draw (EngramHelpPicture  *self,
      int                 width,
      GError            **error)
{
  g_autofree char *text = dup_drawing (self, width, error);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  gboolean ok;

  if (text == NULL)
    return NULL;
  loader = gdk_pixbuf_loader_new_with_type ("svg", error);
  if (loader == NULL)
    return NULL;
  ok = gdk_pixbuf_loader_write (loader, (const guchar *) text, strlen (text), error);
  if (!gdk_pixbuf_loader_close (loader, ok ? error : NULL) || !ok)
    return NULL;
  return gdk_texture_new_for_pixbuf (gdk_pixbuf_loader_get_pixbuf (loader));
}

gboolean
engram_help_picture_check (EngramHelpPicture  *self,
                           GError            **error)
{
  g_autoptr (GdkTexture) texture = NULL;

  g_return_val_if_fail (ENGRAM_IS_HELP_PICTURE (self), FALSE);

  texture = draw (self, WIDTH, error);
  return texture != NULL;
}

static void
update_texture (EngramHelpPicture *self,
                int                width)
{
  g_autoptr (GError) error = NULL;

  if (self->texture_width == width)
    return;
  g_clear_object (&self->texture);
  self->texture = draw (self, width, &error);
  self->texture_width = width;
  if (self->texture == NULL)
    g_message ("%s: %s", self->resource, error->message);
}

static void
engram_help_picture_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  EngramHelpPicture *self = ENGRAM_HELP_PICTURE (widget);
  int width = gtk_widget_get_width (widget);
  float height = (float) width * HEIGHT / WIDTH;

  update_texture (self, width * gtk_widget_get_scale_factor (widget));
  if (self->texture == NULL)
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, (float) width, height));
}

static GtkSizeRequestMode
engram_help_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
engram_help_picture_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = WIDTH;
      return;
    }
  *natural = (for_size > 0 ? for_size : WIDTH) * HEIGHT / WIDTH;
  *minimum = for_size > 0 ? *natural : MIN_WIDTH * HEIGHT / WIDTH;
}

static void
engram_help_picture_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (engram_help_picture_parent_class)->css_changed (widget, change);
  ENGRAM_HELP_PICTURE (widget)->texture_width = 0;
  gtk_widget_queue_draw (widget);
}

static void
engram_help_picture_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  EngramHelpPicture *self = ENGRAM_HELP_PICTURE (object);

  switch (property_id)
    {
    case PROP_RESOURCE:
      self->resource = g_value_dup_string (value);
      break;
    case PROP_ALTERNATIVE_TEXT:
      g_free (self->alternative_text);
      self->alternative_text = g_value_dup_string (value);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->alternative_text, -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_help_picture_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramHelpPicture *self = ENGRAM_HELP_PICTURE (object);

  switch (property_id)
    {
    case PROP_RESOURCE:
      g_value_set_string (value, self->resource);
      break;
    case PROP_ALTERNATIVE_TEXT:
      g_value_set_string (value, self->alternative_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_help_picture_finalize (GObject *object)
{
  EngramHelpPicture *self = ENGRAM_HELP_PICTURE (object);

  g_free (self->resource);
  g_free (self->alternative_text);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (engram_help_picture_parent_class)->finalize (object);
}

static void
engram_help_picture_class_init (EngramHelpPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = engram_help_picture_set_property;
  object_class->get_property = engram_help_picture_get_property;
  object_class->finalize = engram_help_picture_finalize;
  widget_class->snapshot = engram_help_picture_snapshot;
  widget_class->measure = engram_help_picture_measure;
  widget_class->get_request_mode = engram_help_picture_get_request_mode;
  widget_class->css_changed = engram_help_picture_css_changed;

  properties[PROP_RESOURCE] =
    g_param_spec_string ("resource", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALTERNATIVE_TEXT] =
    g_param_spec_string ("alternative-text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "engram-help-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
engram_help_picture_init (EngramHelpPicture *self)
{
}
