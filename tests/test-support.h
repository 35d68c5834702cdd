/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* A folder of the test's own, removed with all in it by test_folder_free(). */
char *test_folder_new  (void);
void  test_folder_free (char *folder);

/* A home of the test's own, which test_folder_free() removes: nothing of the person's is read or written. Call it
 * first of all. */
char *test_create_home (void);

/* The path of a file of ../shared/data, or NULL (and the test skipped with a message) where it is absent. */
char *test_shared_data (const char *name);

/* Copies a file, byte for byte. */
void  test_copy_file   (const char *from,
                        const char *to);

/* A copy, in the folder, of a network that a program wrote which knew only version 1 of the schema: 5 neurons with
 * vectors of 8 numbers, 6 synapses, in rollback mode. Never made anew. */
char *test_version_1   (const char *folder,
                        const char *name);

/* SHA-256 of a file. */
char *test_hash_file   (const char *path);

typedef char TestFolder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

G_END_DECLS
