/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-difference-item.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"

struct _EngramDifferenceItem {
  GObject               parent_instance;

  guint                 place;
  EngramComparisonRow   row;
  EngramComparisonItem *item; /* or NULL */
};

G_DEFINE_FINAL_TYPE (EngramDifferenceItem, engram_difference_item, G_TYPE_OBJECT)

enum {
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
engram_difference_item_finalize (GObject *object)
{
  EngramDifferenceItem *self = ENGRAM_DIFFERENCE_ITEM (object);

  g_clear_pointer (&self->item, engram_comparison_item_free);

  G_OBJECT_CLASS (engram_difference_item_parent_class)->finalize (object);
}

static void
engram_difference_item_class_init (EngramDifferenceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_difference_item_finalize;
  signals[LOADED] = g_signal_new ("loaded", ENGRAM_TYPE_DIFFERENCE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
engram_difference_item_init (EngramDifferenceItem *self)
{
}

EngramDifferenceItem *
engram_difference_item_new (guint                      place,
                            const EngramComparisonRow *row)
{
  EngramDifferenceItem *self = g_object_new (ENGRAM_TYPE_DIFFERENCE_ITEM, NULL);

  self->place = place;
  self->row = *row;
  return self;
}

guint
engram_difference_item_get_place (EngramDifferenceItem *self)
{
  return self->place;
}

const EngramComparisonRow *
engram_difference_item_get_row (EngramDifferenceItem *self)
{
  return &self->row;
}

const EngramComparisonItem *
engram_difference_item_get (EngramDifferenceItem *self)
{
  return self->item;
}

void
engram_difference_item_take (EngramDifferenceItem *self,
                             EngramComparisonItem *item)
{
  g_clear_pointer (&self->item, engram_comparison_item_free);
  self->item = item;
  g_signal_emit (self, signals[LOADED], 0);
}

const char *
engram_difference_get_status_label (EngramComparisonStatus status)
{
  switch (status)
    {
    case ENGRAM_COMPARISON_ADDED:
      return _("Added");
    case ENGRAM_COMPARISON_REMOVED:
      return _("Removed");
    case ENGRAM_COMPARISON_CHANGED:
      return _("Changed");
    case ENGRAM_COMPARISON_UNCLEAR:
      return _("Unclear");
    case ENGRAM_COMPARISON_NONE:
    case ENGRAM_COMPARISON_SAME:
    default:
      return _("The Same");
    }
}

static char *
format_weight_change (double change)
{
  g_autofree char *number = engram_format_weight (change);

  /* Translators: by how much a synapse is stronger or weaker, with a sign. */
  return g_strdup_printf (change > 0 && *number != '+' ? _("Weight +%s") : _("Weight %s"), number);
}

static void
append_number (GString    *text,
               const char *title,
               double      number)
{
  g_autofree char *formatted = NULL;

  if (isnan (number) || number == 0)
    return;
  formatted = engram_format_rounded (number);
  if (text->len > 0)
    g_string_append (text, " · ");
  /* Translators: "Vector drift 0.12". */
  g_string_append_printf (text, _("%s %s"), title, formatted);
}

char *
engram_difference_format_amount (const EngramComparisonRow *row)
{
  GString *text;

  if (row->kind == ENGRAM_RECORD_SYNAPSE)
    return isnan (row->weight_change) || row->weight_change == 0 ? g_strdup ("")
                                                                 : format_weight_change (row->weight_change);
  text = g_string_new (NULL);
  append_number (text, _("Vector drift"), row->drift);
  append_number (text, _("Moved"), row->moved);
  return g_string_free (text, FALSE);
}
