/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-histogram-private.h"

#include <math.h>

void
engram_histogram_begin (EngramHistogram *self,
                        double           low,
                        double           high)
{
  *self = (EngramHistogram) { .low = low, .high = high, .minimum = NAN, .maximum = NAN, .mean = NAN, .deviation = NAN };
}

void
engram_histogram_begin_counts (EngramHistogram *self)
{
  engram_histogram_begin (self, 0, ENGRAM_HISTOGRAM_BINS);
  self->whole = TRUE;
}

static void
count_in_bin (EngramHistogram *self,
              double           number)
{
  double bin = floor ((number - self->low) / (self->high - self->low) * ENGRAM_HISTOGRAM_BINS);

  if (number == self->high)
    bin = ENGRAM_HISTOGRAM_BINS - 1;
  if (number >= self->low && number <= self->high)
    self->bins[(int) MIN (bin, ENGRAM_HISTOGRAM_BINS - 1)]++;
}

void
engram_histogram_add (EngramHistogram *self,
                      double           number)
{
  double before, variance;

  if (!isfinite (number))
    {
      self->n_missing++;
      return;
    }
  count_in_bin (self, number);
  if (self->n_values++ == 0)
    {
      self->minimum = self->maximum = self->mean = number;
      self->deviation = 0;
      return;
    }

  before = number - self->mean;
  variance = self->deviation * self->deviation;
  self->mean += before / self->n_values;
  variance += (before * (number - self->mean) - variance) / self->n_values;
  self->deviation = sqrt (variance);
  self->minimum = MIN (self->minimum, number);
  self->maximum = MAX (self->maximum, number);
}

void
engram_histogram_reach (EngramHistogram *self,
                        double           number)
{
  /* No number may be counted at the bound itself: it would lie in the last bin, and belong to the next one later on. */
  while (isfinite (number) && number >= self->high)
    {
      for (guint i = 0; i < ENGRAM_HISTOGRAM_BINS; i++)
        self->bins[i] = i < ENGRAM_HISTOGRAM_BINS / 2 ? self->bins[2 * i] + self->bins[2 * i + 1] : 0;
      self->high *= 2;
    }
}

static void
merge_moments (EngramHistogram       *self,
               const EngramHistogram *other)
{
  double count = (double) self->n_values + (double) other->n_values;
  double share = other->n_values / count;
  double difference = other->mean - self->mean;
  double variance = (1 - share) * self->deviation * self->deviation + share * other->deviation * other->deviation +
                    difference * difference * share * (1 - share);

  self->mean += difference * share;
  self->deviation = sqrt (variance);
  self->minimum = MIN (self->minimum, other->minimum);
  self->maximum = MAX (self->maximum, other->maximum);
  self->n_values += other->n_values;
}

void
engram_histogram_merge (EngramHistogram       *self,
                        const EngramHistogram *other)
{
  g_return_if_fail (self->low == other->low && self->high == other->high);

  for (guint i = 0; i < ENGRAM_HISTOGRAM_BINS; i++)
    self->bins[i] += other->bins[i];
  self->n_missing += other->n_missing;
  if (self->n_values > 0 && other->n_values > 0)
    {
      merge_moments (self, other);
      return;
    }
  if (other->n_values == 0)
    return;
  self->n_values = other->n_values;
  self->minimum = other->minimum;
  self->maximum = other->maximum;
  self->mean = other->mean;
  self->deviation = other->deviation;
}

void
engram_histogram_merge_reached (EngramHistogram *self,
                                EngramHistogram *other)
{
  /* The bound itself is never reached, so that the one below it is. */
  engram_histogram_reach (self, nextafter (other->high, 0));
  engram_histogram_reach (other, nextafter (self->high, 0));
  engram_histogram_merge (self, other);
}
