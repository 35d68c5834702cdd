/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The bare steps that backing up, verifying, restoring and comparing are made of, each as a straightforward program
 * does it, one after the other, in one thread. Each returns its seconds. SHA-256 is GLib's, as Engram's is. */

/* All pages by SQLite's backup, closed and synced. */
double plain_backup       (const char *path,
                           const char *new_path);
/* PRAGMA integrity_check */
double plain_integrity    (const char *path);
/* SHA-256 over every value of every row of the two tables */
double plain_content_hash (const char *path);
/* SHA-256 of the file's bytes */
double plain_sha256       (const char *path);
/* The bytes copied and synced, as cp does it */
double plain_copy         (const char *path,
                           const char *new_path);
/* Both files read side by side, row by row, and all values compared; they must be the same. */
double plain_compare      (const char *path,
                           const char *other_path);
