/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-place-terms.h"

#include <math.h>
#include <string.h>

#define DIGITS 7
#define MOST_DECIMALS 15

typedef struct {
  float low[3], high[3];
  gboolean any;
} Box;

static void
extend (Box         *box,
        const float *place)
{
  if (!isfinite (place[0]) || !isfinite (place[1]) || !isfinite (place[2]))
    return;
  for (int axis = 0; axis < 3; axis++)
    {
      box->low[axis] = box->any ? MIN (box->low[axis], place[axis]) : place[axis];
      box->high[axis] = box->any ? MAX (box->high[axis], place[axis]) : place[axis];
    }
  box->any = TRUE;
}

static const float *
get_place (EngramNetwork *network,
           guint32        neuron)
{
  return &network->positions[3 * (gsize) neuron];
}

/* As the query's text has numbers, without zeros that say nothing. */
static void
append_number (GString *term,
               double   number,
               int      decimals)
{
  g_autofree char *format = g_strdup_printf ("%%.%df", decimals);
  char text[512];
  gsize length;

  g_ascii_formatd (text, sizeof text, format, number);
  length = strlen (text);
  while (decimals > 0 && text[length - 1] == '0')
    length--;
  if (decimals > 0 && text[length - 1] == '.')
    length--;
  g_string_append_len (term, text, (gssize) length);
}

/* How many decimals a number of that size has with DIGITS digits in all. */
static int
get_decimals (double number)
{
  int whole = fabs (number) > 1e-30 ? (int) floor (log10 (fabs (number))) + 1 : 0;

  return CLAMP (DIGITS - whole, 0, MOST_DECIMALS);
}

static void
append_significant (GString *term,
                    double   number)
{
  append_number (term, number, get_decimals (number));
}

/* The file has double precision, the columns have single: the next number outwards leaves nobody out. */
static void
append_corner (GString     *term,
               const float *corner,
               gboolean     up)
{
  for (int axis = 0; axis < 3; axis++)
    {
      float next = nextafterf (corner[axis], up ? INFINITY : -INFINITY);
      int decimals = get_decimals (next);
      double step = pow (10, decimals);

      if (term->str[term->len - 1] != ':')
        g_string_append_c (term, ',');
      append_number (term, (up ? ceil (next * step) : floor (next * step)) / step, decimals);
    }
}

char *
engram_place_terms_make_box (EngramNetwork *network,
                             const GArray  *neurons)
{
  g_autoptr (GString) term = g_string_new ("box:");
  Box box = { .any = FALSE };

  for (guint i = 0; i < neurons->len; i++)
    extend (&box, get_place (network, g_array_index (neurons, guint32, i)));
  if (!box.any)
    return NULL;
  append_corner (term, box.low, FALSE);
  append_corner (term, box.high, TRUE);
  return g_string_free (g_steal_pointer (&term), FALSE);
}

char *
engram_place_terms_make_near (EngramNetwork *network,
                              guint32        neuron,
                              double         distance)
{
  g_autofree char *id = engram_network_dup_neuron_id (network, neuron);
  g_autofree char *quoted = engram_query_quote (id);
  g_autoptr (GString) term = g_string_new ("near:");

  g_string_append_printf (term, "%s<", quoted);
  append_significant (term, distance);
  return g_string_free (g_steal_pointer (&term), FALSE);
}

char *
engram_place_terms_make_near_place (const double place[3],
                                    double       distance)
{
  g_autoptr (GString) term = g_string_new ("near:");

  for (int axis = 0; axis < 3; axis++)
    {
      append_significant (term, place[axis]);
      g_string_append_c (term, axis < 2 ? ',' : '<');
    }
  append_significant (term, distance);
  return g_string_free (g_steal_pointer (&term), FALSE);
}

guint32
engram_place_terms_count_near (EngramNetwork *network,
                               guint32        neuron,
                               double         distance)
{
  const float *middle = get_place (network, neuron);
  guint32 n = 0;

  for (guint32 i = 0; i < network->n_neurons; i++)
    {
      const float *place = get_place (network, i);
      double dx = (double) place[0] - middle[0], dy = (double) place[1] - middle[1], dz = (double) place[2] - middle[2];

      n += dx * dx + dy * dy + dz * dz <= distance * distance;
    }
  return n;
}

double
engram_place_terms_get_reach (EngramNetwork *network)
{
  Box box = { .any = FALSE };
  double extent = 0;

  for (guint32 i = 0; i < network->n_neurons; i++)
    extend (&box, get_place (network, i));
  for (int axis = 0; axis < 3 && box.any; axis++)
    extent = MAX (extent, (double) box.high[axis] - box.low[axis]);
  return extent / 2;
}
