/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <gio/gio.h>
#include <sqlite3.h>

#include "engram-error.h"

G_BEGIN_DECLS

/* One SQLite connection with its prepared statements, used by one thread at a time. */

/* The longest text or vector, and the longest row: enough for any of a network, too little for mischief. */
#define ENGRAM_MAX_VALUE_BYTES (256 * 1024 * 1024)

typedef struct _EngramConnection EngramConnection;
typedef struct _EngramStatement EngramStatement;

/* How a connection is opened: see engram-connection.c. */
typedef enum {
  ENGRAM_CONNECTION_CREATE    = 1 << 0, /* the file must be empty or absent */
  ENGRAM_CONNECTION_WRITE     = 1 << 1,
  ENGRAM_CONNECTION_READ_FILE = 1 << 2, /* open the file for reading alone: no lock can be taken to write */
  ENGRAM_CONNECTION_IMMUTABLE = 1 << 3, /* nobody writes: no locks at all */
} EngramConnectionFlags;

/* How this process wants SQLite: before the first use of it, also one without a connection of this kind. Any thread. */
void              engram_connection_initialize_sqlite (void);

EngramConnection *engram_connection_open             (const char              *path,
                                                      EngramConnectionFlags    flags,
                                                      GCancellable            *cancellable,
                                                      GError                 **error);
void              engram_connection_close            (EngramConnection        *self);
sqlite3          *engram_connection_get_handle       (EngramConnection        *self);
void              engram_connection_set_cancellable  (EngramConnection        *self,
                                                      GCancellable            *cancellable);
GCancellable     *engram_connection_get_cancellable  (EngramConnection        *self);
const char       *engram_connection_get_path         (EngramConnection        *self);

/* Called some times a second while a statement runs, until it is set to NULL. */
typedef void    (*EngramTickFunc)                    (gpointer                 user_data);
void              engram_connection_set_tick         (EngramConnection        *self,
                                                      EngramTickFunc           tick,
                                                      gpointer                 user_data);

/* Whether closing it leaves the WAL as it is, for who only looks at a file. */
void              engram_connection_keep_wal         (EngramConnection        *self,
                                                      gboolean                 keep);
/* Whether it waits for the locks of others; it does unless told otherwise. */
void              engram_connection_set_patient      (EngramConnection        *self,
                                                      gboolean                 patient);
/* Whether its user has begun a transaction: where SQLite has given that up, every statement is then refused. */
void              engram_connection_set_in_transaction (EngramConnection       *self,
                                                      gboolean                 is_in_transaction);
/* Something that must live as long as the connection; taken. */
void              engram_connection_keep_alive       (EngramConnection        *self,
                                                      gpointer                 object,
                                                      GDestroyNotify           destroy);
EngramConnectionFlags engram_connection_get_flags    (EngramConnection        *self);

/* Who owns the connection and which of the owner's epochs it belongs to: see engram-database.c. */
void              engram_connection_set_owner        (EngramConnection        *self,
                                                      gpointer                 owner,
                                                      guint                    epoch);
gpointer          engram_connection_get_owner        (EngramConnection        *self);
guint             engram_connection_get_epoch        (EngramConnection        *self);
/* The change stamp of the snapshot that it reads, where that is known; 0 where not, and from the next owner on. */
void              engram_connection_set_stamp        (EngramConnection        *self,
                                                      guint64                  stamp);
guint64           engram_connection_get_stamp        (EngramConnection        *self);

/* Runs one or more statements that give no rows. */
gboolean          engram_connection_execute          (EngramConnection        *self,
                                                      const char              *sql,
                                                      GError                 **error);
gboolean          engram_connection_get_integer      (EngramConnection        *self,
                                                      const char              *sql,
                                                      gint64                  *value,
                                                      GError                 **error);
char             *engram_connection_get_text         (EngramConnection        *self,
                                                      const char              *sql,
                                                      GError                 **error);

/* A snapshot that stays the same until engram_connection_end_read(). */
gboolean          engram_connection_begin_read       (EngramConnection        *self,
                                                      GError                 **error);
void              engram_connection_end_read         (EngramConnection        *self);

/* Whether the neurons (from schema version 2 on) and the synapses (from 3 on) of this file have the column
 * engram_fields. Looked up anew where the schema has changed; where that fails, what is done next fails with
 * the error. */
gboolean          engram_connection_neurons_have_fields (EngramConnection     *self);
gboolean          engram_connection_synapses_have_fields (EngramConnection    *self);

/* Sets @error from SQLite's result code @result, in words of the user's world. */
void              engram_connection_set_error        (EngramConnection        *self,
                                                      int                      result,
                                                      GError                 **error);

/* A statement from the connection's cache, reset and unbound; freeing it gives it back. Parameters and columns are
 * SQLite's own: parameters count from 1, columns from 0. */
EngramStatement  *engram_connection_prepare          (EngramConnection        *self,
                                                      const char              *sql,
                                                      GError                 **error);
sqlite3_stmt     *engram_statement_get_handle        (EngramStatement         *self);
void              engram_statement_bind_text         (EngramStatement         *self,
                                                      int                      parameter,
                                                      const char              *text);
void              engram_statement_bind_int64        (EngramStatement         *self,
                                                      int                      parameter,
                                                      gint64                   value);
void              engram_statement_bind_double       (EngramStatement         *self,
                                                      int                      parameter,
                                                      double                   value);
/* Takes the result of one of SQLite's own functions that bind. The first that failed is what the next step fails
 * with: a parameter that could not be bound would be NULL. */
void              engram_statement_note_bind         (EngramStatement         *self,
                                                      int                      result);
/* 1: there is a row; 0: done; -1: @error is set. */
int               engram_statement_step              (EngramStatement         *self,
                                                      GError                 **error);
/* Steps a statement that gives no row, and resets it for the next use. */
gboolean          engram_statement_run               (EngramStatement         *self,
                                                      GError                 **error);
void              engram_statement_release           (EngramStatement         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramConnection, engram_connection_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramStatement, engram_statement_release)

G_END_DECLS
