/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

/* The path of a file of this process for the network that is looked at, in the folder of temporary files. */
const char *fuzz_network_get_path (void);
/* Writes the file; nobody has it open. */
void        fuzz_network_write    (const void *bytes,
                                   gsize       length);
/* Opens the file, reads all that can be read of it in every way, and closes it. The file is as it was then, with
 * nothing beside it. What cannot be read is told with an error of the library. */
void        fuzz_network_look     (void);
/* Compares it with another network, and looks at all that differs. */
void        fuzz_network_compare  (const char *other);
/* Repairs the file, whose pages must be sound: then nothing is left that could be repaired. */
void        fuzz_network_repair   (void);
