/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-type-style.h"

#include <engram.h>
#include <glib/gi18n.h>

#include "common/engram-text-format.h"

/* The colours stand in engram-ui.css. */
static const char *const styled_types[] = {
  "knowledge", "tool", "memory", "sensor", "decision", "reasoning",
};

static const char *const classes[] = {
  "engram-type-knowledge", "engram-type-tool",     "engram-type-memory",
  "engram-type-sensor",    "engram-type-decision", "engram-type-reasoning",
};

#define CLASS_OTHER "engram-type-other"

static const char *
find_class (const char *type)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (styled_types); i++)
    if (g_str_equal (type, styled_types[i]))
      return classes[i];
  return type != NULL ? CLASS_OTHER : NULL;
}

/**
 * engram_type_style_dup_label:
 * @type: (nullable): the name of a type, registered or not
 *
 * Returns: (transfer full): its name for people
 */
char *
engram_type_style_dup_label (const char *type)
{
  EngramNeuronType *registered = engram_type_registry_lookup (engram_type_registry_get_default (), type);
  g_autofree char *label = NULL;

  if (registered != NULL)
    return g_strdup (engram_neuron_type_get_label (registered));
  label = engram_format_line (type != NULL ? type : "", 60);
  /* Translators: in the place of the name of a neuron's type, where it is empty. */
  return *label != '\0' ? g_steal_pointer (&label) : g_strdup (_("(no type)"));
}

/**
 * engram_type_style_apply:
 * @widget: a widget
 * @type: (nullable): the name of a type, or %NULL for none
 *
 * Gives the widget the colour of a type as a dot before its content. Cheap where it has it already.
 */
void
engram_type_style_apply (GtkWidget  *widget,
                         const char *type)
{
  const char *wanted = find_class (type);

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i] != wanted && gtk_widget_has_css_class (widget, classes[i]))
      gtk_widget_remove_css_class (widget, classes[i]);
  if (wanted == NULL || !g_str_equal (wanted, CLASS_OTHER))
    gtk_widget_remove_css_class (widget, CLASS_OTHER);
  if (wanted != NULL)
    gtk_widget_add_css_class (widget, wanted);
}

void
engram_type_style_get_colour (GtkWidget  *widget,
                              const char *type,
                              GdkRGBA    *colour)
{
  const char *styled = "other";

  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (styled_types); i++)
    if (g_str_equal (type, styled_types[i]))
      styled = styled_types[i];

  g_autofree char *name = g_strconcat ("engram_", styled, NULL);

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    gdk_rgba_parse (colour, "#808080");
}
