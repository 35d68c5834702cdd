/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-vector-view.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "details/engram-vector-picture.h"

#define MIN_WIDTH 96
#define NATURAL_WIDTH 320

struct _EngramVectorView
{
  GtkWidget parent_instance;

  float *vector;
  guint length;
  int pointed;          /* the cell under the pointer or chosen by keys, or -1 */

  /* What was drawn last, as long as it is right */
  GdkTexture *texture;
  EngramVectorGrid grid;
  int scale;
};

G_DEFINE_FINAL_TYPE (EngramVectorView, engram_vector_view, GTK_TYPE_WIDGET)

enum { PROPERTY_0, PROPERTY_POINTED, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

/* Returns: (transfer full): what the cell at @index holds, for people */
static char *
describe_number (EngramVectorView *self,
                 int               index)
{
  g_autofree char *number = engram_format_real (self->vector[index]);

  /* Translators: the place of a number in a vector, how many there are, and the number. */
  return g_strdup_printf (_("Number %u of %u: %s"), (guint) index + 1, self->length, number);
}

static void
set_pointed (EngramVectorView *self,
             int               pointed)
{
  if (self->pointed == pointed)
    return;
  self->pointed = pointed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_POINTED]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_accessible (EngramVectorView *self)
{
  EngramVectorFigures figures;
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;
  g_autofree char *label = NULL;

  engram_vector_get_figures (self->vector, self->length, &figures);
  minimum = engram_format_real (figures.minimum);
  maximum = engram_format_real (figures.maximum);
  /* Translators: what a screen reader says of the picture of a vector; then come its smallest and greatest
   * number. */
  label = g_strdup_printf (ngettext ("Picture of a vector of %u number, from %s to %s",
                                     "Picture of a vector of %u numbers, from %s to %s", self->length),
                           self->length, minimum, maximum);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Drawing */

static void
update_grid (EngramVectorView *self)
{
  EngramVectorGrid grid;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  engram_vector_grid_fit (&grid, self->length, gtk_widget_get_width (GTK_WIDGET (self)));
  if (self->texture != NULL && self->scale == scale && self->grid.width == grid.width &&
      self->grid.height == grid.height && self->grid.columns == grid.columns)
    return;
  self->grid = grid;
  self->scale = scale;
  g_clear_object (&self->texture);
  self->texture = engram_vector_paint (self->vector, self->length, &grid, scale);
}

static void
append_frame (EngramVectorView *self,
              GtkSnapshot      *snapshot)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GskRoundedRect outline;
  GdkRectangle cell;
  GdkRGBA color;

  engram_vector_grid_get (&self->grid, self->pointed, &cell);
  gtk_style_context_get_color (context, &color);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (cell.x - 2, cell.y - 2, cell.width + 3,
                                                                  cell.height + 3), 2);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { color, color, color, color });
}

static void
engram_vector_view_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  EngramVectorView *self = ENGRAM_VECTOR_VIEW (widget);

  if (self->length == 0 || gtk_widget_get_width (widget) <= 0)
    return;
  update_grid (self);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (0, 0, self->grid.width, self->grid.height));
  if (self->pointed >= 0)
    append_frame (self, snapshot);
}

static GtkSizeRequestMode
engram_vector_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
engram_vector_view_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  EngramVectorView *self = ENGRAM_VECTOR_VIEW (widget);
  EngramVectorGrid grid;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  engram_vector_grid_fit (&grid, self->length, for_size >= 0 ? for_size : NATURAL_WIDTH);
  *minimum = *natural = grid.height;
}

/* Pointer and keys */

static void
motion_cb (EngramVectorView *self,
           double            x,
           double            y)
{
  set_pointed (self, self->texture != NULL ? engram_vector_grid_find (&self->grid, self->length, x, y) : -1);
}

static void
leave_cb (EngramVectorView *self)
{
  set_pointed (self, -1);
}

static gboolean
engram_vector_view_query_tooltip (GtkWidget  *widget,
                                  int         x,
                                  int         y,
                                  gboolean    keyboard,
                                  GtkTooltip *tooltip)
{
  EngramVectorView *self = ENGRAM_VECTOR_VIEW (widget);
  g_autofree char *text = NULL;
  GdkRectangle cell;
  int index = keyboard || self->texture == NULL ? self->pointed
                                                : engram_vector_grid_find (&self->grid, self->length, x, y);

  if (index < 0)
    return FALSE;
  text = describe_number (self, index);
  engram_vector_grid_get (&self->grid, index, &cell);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &cell);
  return TRUE;
}

/* The key bindings' numbers: how to walk over the cells. */
typedef enum {
  WALK_BACK,
  WALK_ON,
  WALK_UP,
  WALK_DOWN,
  WALK_FIRST,
  WALK_LAST,
} Walk;

static int
get_walk_target (EngramVectorView *self,
                 Walk              walk)
{
  int columns = self->grid.columns;

  switch (walk)
    {
    case WALK_BACK:
      return self->pointed - 1;
    case WALK_ON:
      return self->pointed + 1;
    case WALK_UP:
      return self->pointed - columns;
    case WALK_DOWN:
      return self->pointed + columns;
    case WALK_FIRST:
      return 0;
    case WALK_LAST:
      return (int) self->length - 1;
    default:
      g_return_val_if_reached (0);
    }
}

static gboolean
walk_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  EngramVectorView *self = ENGRAM_VECTOR_VIEW (widget);
  g_autofree char *text = NULL;
  int target;

  if (self->texture == NULL)
    return FALSE;
  target = self->pointed < 0 ? 0 : get_walk_target (self, g_variant_get_int32 (arguments));
  /* At the edge the key is not for this widget: it may scroll what is around. */
  if (target < 0 || target >= (int) self->length)
    return FALSE;
  set_pointed (self, target);
  text = describe_number (self, target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return TRUE;
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, walk_cb, "i", WALK_BACK);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, walk_cb, "i", WALK_ON);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, walk_cb, "i", WALK_UP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, walk_cb, "i", WALK_DOWN);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, walk_cb, "i", WALK_FIRST);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, walk_cb, "i", WALK_LAST);
}

/* GObject */

static void
engram_vector_view_finalize (GObject *object)
{
  EngramVectorView *self = ENGRAM_VECTOR_VIEW (object);

  g_clear_object (&self->texture);
  g_free (self->vector);

  G_OBJECT_CLASS (engram_vector_view_parent_class)->finalize (object);
}

static void
engram_vector_view_get_property (GObject    *object,
                                 guint       property,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property)
    {
    case PROPERTY_POINTED:
      g_value_set_int (value, ENGRAM_VECTOR_VIEW (object)->pointed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
engram_vector_view_class_init (EngramVectorViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = engram_vector_view_finalize;
  object_class->get_property = engram_vector_view_get_property;
  widget_class->snapshot = engram_vector_view_snapshot;
  widget_class->get_request_mode = engram_vector_view_get_request_mode;
  widget_class->measure = engram_vector_view_measure;
  widget_class->query_tooltip = engram_vector_view_query_tooltip;

  properties[PROPERTY_POINTED] =
    g_param_spec_int ("pointed", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "vectorview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_bindings (widget_class);
}

static void
engram_vector_view_init (EngramVectorView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->pointed = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  update_accessible (self);
}

/**
 * engram_vector_view_new:
 *
 * Returns: (transfer floating): a view of no vector
 */
GtkWidget *
engram_vector_view_new (void)
{
  return g_object_new (ENGRAM_TYPE_VECTOR_VIEW, NULL);
}

/**
 * engram_vector_view_set_vector:
 * @self: a view
 * @vector: (array length=length) (nullable): numbers; copied
 * @length: how many
 *
 * Shows a vector. Its colours reach from the greatest absolute value below zero to that above.
 */
void
engram_vector_view_set_vector (EngramVectorView *self,
                               const float      *vector,
                               guint             length)
{
  g_return_if_fail (ENGRAM_IS_VECTOR_VIEW (self));
  g_return_if_fail (vector != NULL || length == 0);

  g_free (self->vector);
  self->vector = g_memdup2 (vector, sizeof (float) * length);
  self->length = length;
  g_clear_object (&self->texture);
  set_pointed (self, -1);
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * engram_vector_view_dup_pointed:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): the number of the cell that the pointer or the keys are at, for
 *   people; "notify::pointed" tells when it changes
 */
char *
engram_vector_view_dup_pointed (EngramVectorView *self)
{
  g_return_val_if_fail (ENGRAM_IS_VECTOR_VIEW (self), NULL);

  return self->pointed >= 0 ? describe_number (self, self->pointed) : NULL;
}
