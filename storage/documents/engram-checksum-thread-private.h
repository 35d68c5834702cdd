/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* A thread that makes the SHA-256 of text that is handed to it in blocks: hashing takes about as long as all else
 * that is done to a document, so it goes on beside it. Used by one thread, which waits where it is far ahead; at most
 * a few blocks exist at a time. */
typedef struct _EngramChecksumThread EngramChecksumThread;

/* The size that blocks are meant to have: hand one over as soon as it is as long as that. */
#define ENGRAM_CHECKSUM_BLOCK_BYTES (256 * 1024)

EngramChecksumThread *engram_checksum_thread_new       (void);
/* An empty block (transfer full), one that was hashed before if there is one: taking these saves the memory's first
 * touch. Any other GString may be pushed just as well. */
GString              *engram_checksum_thread_get_block (EngramChecksumThread *self);
/* Takes a block (transfer full). */
void                  engram_checksum_thread_push      (EngramChecksumThread *self,
                                                        GString              *block);
/* The checksum of all blocks in their order, lower-case hex (transfer full). Nothing more can be pushed. */
char                 *engram_checksum_thread_finish    (EngramChecksumThread *self);
/* Ends the thread, finished or not: what is still waiting is not hashed. */
void                  engram_checksum_thread_free      (EngramChecksumThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramChecksumThread, engram_checksum_thread_free)

G_END_DECLS
