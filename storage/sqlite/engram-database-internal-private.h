/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-database-private.h"
#include "sqlite/engram-reading-plan-private.h"

G_BEGIN_DECLS

/* What the two halves of EngramDatabase, reading (engram-database.c) and writing (engram-database-write.c), share. */
struct _EngramDatabase {
  GObject               parent_instance;

  char                 *path;
  guint64               device;        /* which file it is */
  guint64               inode;
  GStrv                 triggers;
  gboolean              found_frames;  /* something waited in the WAL when the file was opened */
  gint64                found_wal_time;

  GMutex                mutex;         /* guards what follows, up to the next lock */
  EngramDatabaseAccess  access;
  int                   schema_version;
  EngramReadingPlan     plan;
  guint                 epoch;         /* of the plan: readers of an older one are not used again */
  GPtrArray            *idle;

  GMutex                plan_mutex;    /* held while somebody makes another plan */

  GMutex                watch_mutex;   /* held while somebody uses the watch */
  EngramConnection     *watch;         /* sees what others commit, for change stamps */

  GMutex                write_mutex;
  GCond                 write_done;
  gboolean              is_writing;
  EngramConnection     *writer;        /* this and all below: for whoever has set is_writing */
  gboolean              has_written;
  gboolean              is_wal;
};

/* Has all later readers read by this plan, which is taken. */
void     engram_database_set_plan        (EngramDatabase     *self,
                                          EngramReadingPlan  *plan,
                                          EngramConnection   *first);
void     engram_database_set_schema_version (EngramDatabase  *self,
                                          int                 version);
/* Whether the file is still the one that was opened; else @error says that it is not. */
gboolean engram_database_check_identity  (EngramDatabase     *self,
                                          GError            **error);

G_END_DECLS
