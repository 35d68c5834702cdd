/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_TEXT_INDEX (engram_text_index_get_type ())

/**
 * EngramTextIndex:
 *
 * Where words stand in the neurons of one network: an FTS5 table of trigrams in a database of its own in the user's
 * cache, never in the user's file. It only says where a word may stand; a search looks at those rows themselves, so
 * that its results are the same with and without the index. It is found again by the network's path, and brought up to
 * date row by row (a hash of each row's texts says which have changed).
 *
 * Any thread, any number of windows and programs; functions wait for the disk. An index that is damaged, or of another
 * version of Engram, is thrown away and made anew.
 */
G_DECLARE_FINAL_TYPE (EngramTextIndex, engram_text_index, ENGRAM, TEXT_INDEX, GObject)

/**
 * engram_text_index_new:
 * @database: a network
 * @folder: (nullable) (type filename): where indexes are kept; %NULL for `engram/text-index` in the user's cache folder
 *
 * Returns: (transfer full): the index of that network, which may have to be built
 */
EngramTextIndex *engram_text_index_new      (EngramDatabase      *database,
                                             const char          *folder);

/**
 * engram_text_index_update:
 * @self: an index
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; what has been done so far is kept
 * @error: return location, or %NULL
 *
 * Builds the index, or brings it up to date with the file as it is now. Where SQLite has no FTS5
 * (%ENGRAM_ERROR_FAILED), the index would grow beyond its limit or the disk is full (%ENGRAM_ERROR_NO_SPACE), or
 * another window or program is building it (%ENGRAM_ERROR_BUSY), @error says so: searches work without it.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean         engram_text_index_update   (EngramTextIndex     *self,
                                             EngramProgressFunc   progress,
                                             gpointer             user_data,
                                             GCancellable        *cancellable,
                                             GError             **error);

/**
 * engram_text_index_is_current:
 * @self: an index
 *
 * Whether the index holds the file as it is now: nothing was committed since it was brought up to date. Whoever opens a
 * file anew does not know that before the next update, which is quick then.
 *
 * Returns: %TRUE where it does
 */
gboolean         engram_text_index_is_current (EngramTextIndex   *self);

/**
 * engram_text_index_find:
 * @self: an index
 * @word: a word or a part of one
 * @stamp: the change stamp (engram_database_get_change_stamp()) of the snapshot that is searched
 * @limit: more than so many candidates are no help
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (element-type gint64) (nullable): ascending rowids of all neurons that may hold @word, and
 *   of some that do not; %NULL without @error where the index cannot say (it is not of that @stamp, it is damaged or
 *   being built, @word is shorter than three characters, or there are more than @limit), %NULL with @error set where it
 *   was cancelled
 */
GArray          *engram_text_index_find     (EngramTextIndex     *self,
                                             const char          *word,
                                             guint64              stamp,
                                             gsize                limit,
                                             GCancellable        *cancellable,
                                             GError             **error);

/**
 * engram_text_index_clear:
 * @self: an index
 * @error: return location, or %NULL
 *
 * Takes the index of this network from the disk.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean         engram_text_index_clear    (EngramTextIndex     *self,
                                             GError             **error);

/**
 * engram_text_index_get_disk_size:
 * @folder: (nullable) (type filename): as for engram_text_index_new()
 *
 * Returns: how many bytes the indexes of all networks take on disk
 */
guint64          engram_text_index_get_disk_size (const char     *folder);

/**
 * engram_text_index_clear_all:
 * @folder: (nullable) (type filename): as for engram_text_index_new()
 * @error: return location, or %NULL
 *
 * Takes the indexes of all networks from the disk, those in use by this program included: they are built anew when next
 * asked to.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean         engram_text_index_clear_all     (const char     *folder,
                                                  GError        **error);

/**
 * engram_text_index_set_limit:
 * @bytes: how many, 1 GiB unless set
 *
 * Limits what all indexes together may take; those not used longest go first, at the next update of one.
 */
void             engram_text_index_set_limit     (guint64         bytes);

ENGRAM_END_DECLS
