/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "test-support.h"

G_BEGIN_DECLS

/* A network of 60 neurons and 120 synapses as Engram makes them, closed. */
char           *backup_make_network (const char *folder,
                                     const char *name);
EngramDatabase *backup_open         (const char *path);
/* A backup that must succeed; NULL for a name of its own. */
EngramBackup   *backup_create       (const char *path,
                                     const char *name,
                                     const char *note);
char           *backup_hash_content (const char *path);

/* SQL by a connection of another kind, in this process. */
void            backup_execute      (const char *path,
                                     const char *sql);
char           *backup_query        (const char *path,
                                     const char *sql);

/* A plain copy at @path, and the manifest that the Python program writes. */
void            backup_make_python  (const char *network,
                                     const char *path,
                                     const char *time,
                                     int         n_neurons);
/* The first @old, which must be there. */
void            backup_replace_text (const char *path,
                                     const char *old,
                                     const char *new);
/* NAME.json for NAME.db. */
char           *backup_get_manifest (const char *path);

/* The names in a folder, sorted, with a space between. */
char           *backup_list_folder  (const char *folder);
void            backup_assert_files (const char *folder,
                                     const char *names);
/* Writes one byte over another. */
void            backup_write_byte   (const char *path,
                                     goffset     offset,
                                     guint8      value);
void            backup_truncate     (const char *path,
                                     goffset     size);

/* Fails where it goes backwards; cancels where that was asked for. */
typedef struct {
  double        last;
  double        cancel_at;
  GCancellable *cancellable;
} BackupProgress;

void            backup_progress     (const char *phase,
                                     double      fraction,
                                     gpointer    progress);

/* A Python process of peer.py that has the network open, from "ready" on until it is stopped. */
typedef struct _BackupPeer BackupPeer;

gboolean        backup_has_python   (void);
BackupPeer     *backup_peer_start   (const char *mode,
                                     const char *path);
/* Waits until it has done its next piece of work (a commit). */
void            backup_peer_wait    (BackupPeer *self);
void            backup_peer_signal  (BackupPeer *self,
                                     int         number);
void            backup_peer_stop    (BackupPeer *self);

/* (transfer full): a Python program of this folder, run to its end with one or two arguments; what it printed. */
char           *backup_run_python   (const char *program,
                                     const char *first,
                                     const char *second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackupPeer, backup_peer_stop)

G_END_DECLS
