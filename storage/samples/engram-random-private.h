/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-uuid.h"

G_BEGIN_DECLS

/* Pseudo-random numbers that are the same on every machine. Not for secrets. */

/* The state of xoshiro256** (Blackman and Vigna 2018). */
typedef struct {
  guint64 state[4];
} EngramRandom;

static inline guint64
engram_random_rotate (guint64 value,
                      int     bits)
{
  return (value << bits) | (value >> (64 - bits));
}

static inline guint64
engram_random_next (EngramRandom *self)
{
  guint64 *state = self->state;
  guint64 result = engram_random_rotate (state[1] * 5, 7) * 9;
  guint64 shifted = state[1] << 17;

  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = engram_random_rotate (state[3], 45);
  return result;
}

/* 0 to bound - 1; the bias of the multiplication is below 2^-32 for the bounds that samples need. */
static inline guint32
engram_random_below (EngramRandom *self,
                     guint32       bound)
{
  return (guint32) (((engram_random_next (self) >> 32) * bound) >> 32);
}

/* 0 to below 1, a multiple of 2^-53. */
static inline double
engram_random_unit (EngramRandom *self)
{
  return (double) (engram_random_next (self) >> 11) * 0x1p-53;
}

/* About normal, mean 0: the sum of four uniform 16-bit numbers, less its mean. Whole numbers within +-131070,
 * so that what is made of them is the same whatever the machine does with floating point. */
#define ENGRAM_RANDOM_NORMAL_DEVIATION 37837

static inline gint32
engram_random_normal (EngramRandom *self)
{
  guint64 bits = engram_random_next (self);
  guint64 sum = (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48);

  return (gint32) sum - 131070;
}

guint64 engram_random_mix  (guint64       value);
void    engram_random_init (EngramRandom *self,
                            guint64       seed,
                            guint64       stream);
void    engram_random_uuid (EngramRandom *self,
                            EngramUuid   *uuid);

G_END_DECLS
