/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-random-private.h"

/* One step of splitmix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit of the
 * value. */
guint64
engram_random_mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

/* Starts the stream of that number: streams of one seed have nothing to do with one another, so that the same
 * part of a network can be made again at any time without keeping it. */
void
engram_random_init (EngramRandom *self,
                    guint64       seed,
                    guint64       stream)
{
  guint64 value = engram_random_mix (engram_random_mix (seed) ^ stream);

  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    {
      value = engram_random_mix (value);
      self->state[i] = value;
    }
}

/* A UUID of version 4 (RFC 4122, 4.4). */
void
engram_random_uuid (EngramRandom *self,
                    EngramUuid   *uuid)
{
  for (guint half = 0; half < 2; half++)
    {
      guint64 bits = engram_random_next (self);

      for (guint i = 0; i < 8; i++)
        uuid->bytes[half * 8 + i] = (guint8) (bits >> (56 - 8 * i));
    }
  uuid->bytes[6] = (uuid->bytes[6] & 0x0f) | 0x40;
  uuid->bytes[8] = (uuid->bytes[8] & 0x3f) | 0x80;
}
