/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-support.h"

#include "fuzz-network.h"

/* The input is a file. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  fuzz_network_write (data, size);
  fuzz_network_look ();
  return 0;
}
