/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Colours that people of any colour vision tell apart, on a light and on a dark ground. */

/* How many categories have a colour of their own; the next ones share the last colour, a grey. */
#define ENGRAM_PALETTE_CATEGORIES 8

/* Okabe and Ito's colours ("Color Universal Design", 2008), their black and their yellow taken darker or lighter as the
 * ground demands. @category: from 0; any above the number of them gives the grey of "others". */
void engram_palette_get_category (guint    category,
                                  gboolean dark,
                                  guint8   colour[4]);
/* Cividis (Nuñez, Anderton, Renslow 2018): a scale that is read by lightness, made for all colour vision. @value: 0 to
 * 1; what is no number is grey. On a light ground the scale runs from light to dark, on a dark one from dark to light,
 * without its darkest part: much always stands out, and little is seen. */
void engram_palette_get_scale    (double   value,
                                  gboolean dark,
                                  guint8   colour[4]);

G_END_DECLS
