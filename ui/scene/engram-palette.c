/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-palette.h"

#include <math.h>

static const guint32 light_categories[ENGRAM_PALETTE_CATEGORIES] = {
  0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x2f2f33, 0xb8a800,
};
static const guint32 dark_categories[ENGRAM_PALETTE_CATEGORIES] = {
  0x4fa8e0, 0xff7f2a, 0x1fc798, 0xe59bc6, 0x8fd3ff, 0xffb733, 0xf2f2f2, 0xf0e442,
};

#define LIGHT_OTHERS 0x8a8a90
#define DARK_OTHERS 0x85858c

/* Nine of its colours, evenly spaced; between them it is nearly straight. */
static const guint32 cividis[] = {
  0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xfee838,
};

/* On a dark ground the scale begins here: what is darker would not be seen. */
#define DARKEST_SHARE 0.35

static void
set_colour (guint8  colour[4],
            guint32 rgb)
{
  colour[0] = rgb >> 16 & 0xff;
  colour[1] = rgb >> 8 & 0xff;
  colour[2] = rgb & 0xff;
  colour[3] = 0xff;
}

void
engram_palette_get_category (guint    category,
                             gboolean dark,
                             guint8   colour[4])
{
  if (category >= ENGRAM_PALETTE_CATEGORIES)
    set_colour (colour, dark ? DARK_OTHERS : LIGHT_OTHERS);
  else
    set_colour (colour, dark ? dark_categories[category] : light_categories[category]);
}

void
engram_palette_get_scale (double   value,
                          gboolean dark,
                          guint8   colour[4])
{
  if (isnan (value))
    {
      set_colour (colour, dark ? DARK_OTHERS : LIGHT_OTHERS);
      return;
    }

  double share = CLAMP (value, 0, 1);
  double place = (dark ? DARKEST_SHARE + (1 - DARKEST_SHARE) * share : 1 - share) * (G_N_ELEMENTS (cividis) - 1);
  guint low = MIN ((guint) place, (guint) G_N_ELEMENTS (cividis) - 2);
  double mix = place - low;
  guint8 from[4], to[4];

  set_colour (from, cividis[low]);
  set_colour (to, cividis[low + 1]);
  for (int i = 0; i < 3; i++)
    colour[i] = (guint8) lround (from[i] + mix * (to[i] - from[i]));
  colour[3] = 0xff;
}
