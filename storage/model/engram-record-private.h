/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <sqlite3.h>

#include "engram-error-private.h"
#include "json/engram-json.h"
#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* What neurons and synapses share as records: a table of their columns drives reading, binding, copying and
 * comparing. A record that was read is one block of memory with the struct, the vector and all texts in it; a text
 * that is set later is allocated by itself, and told apart by its address. */

typedef enum {
  ENGRAM_COLUMN_TEXT,
  ENGRAM_COLUMN_DOUBLE,
  ENGRAM_COLUMN_INTEGER,
  ENGRAM_COLUMN_POSITION, /* three columns, name_x, name_y, name_z */
  ENGRAM_COLUMN_VECTOR,   /* float32 values, little-endian: an EngramRecordVector */
} EngramColumnKind;

typedef struct {
  guint             bit;
  const char       *name;  /* in the table */
  const char       *field; /* in the JSON document and in errors */
  EngramColumnKind  kind;
  gsize             offset;
} EngramColumn;

typedef struct {
  EngramRecordKind    kind;
  gsize               size;
  const EngramColumn *columns;
  guint               n_columns;
} EngramRecordClass;

/* The head of every record. */
typedef struct {
  gint64  rowid;
  guint   nulls;
  guint   odd;
  gsize   block_size;
} EngramRecord;

/* A vector's pointer and its length, which lie side by side in the record. */
typedef struct {
  const float *numbers;
  guint        length;
} EngramRecordVector;

#define ENGRAM_RECORD_MAX_COLUMNS 24

/* A row whose first column is the rowid and whose next ones are those of the class, in order. Whatever is no blob in
 * the vector's place counts as odd. */
gpointer    engram_record_read           (const EngramRecordClass *class,
                                          sqlite3_stmt            *row);
gpointer    engram_record_copy           (const EngramRecordClass *class,
                                          gconstpointer            record);
void        engram_record_free           (const EngramRecordClass *class,
                                          gpointer                 record);
void        engram_record_set_text       (gpointer                 record,
                                          const EngramColumn      *column,
                                          const char              *text);
void        engram_record_set_vector     (gpointer                 record,
                                          const EngramColumn      *column,
                                          const float             *vector,
                                          guint                    length);
/* Which columns of @record differ from those of @other; a vector that @record does not carry does not differ. */
guint       engram_record_compare        (const EngramRecordClass *class,
                                          gconstpointer            record,
                                          gconstpointer            other);
const EngramColumn *engram_record_find_column (const EngramRecordClass *class,
                                          guint                    bit);

/* The table's columns of a mask, in the table's order: "id,position_x,..." where @suffix is "", or "id=?,..." */
void        engram_record_append_columns (const EngramRecordClass *class,
                                          GString                 *sql,
                                          guint                    columns,
                                          const char              *suffix);
guint       engram_record_count_columns  (const EngramRecordClass *class,
                                          guint                    columns);
/* Binds them from *@parameter on, which moves on. The record must outlive the binding. */
void        engram_record_bind           (const EngramRecordClass *class,
                                          EngramStatement         *statement,
                                          gconstpointer            record,
                                          guint                    columns,
                                          int                     *parameter);

/* What is wrong with one value: each sets @error with the record's id and the field's name, and returns FALSE. */
typedef struct {
  EngramRecordKind   kind;
  const char        *id;
  GError           **error;
} EngramRecordCheck;

/* What any column of a record must be: readable where it was read, UTF-8, finite. */
gboolean    engram_record_check_columns  (const EngramRecordClass *class,
                                          gconstpointer            record,
                                          guint                    columns,
                                          EngramRecordCheck       *check);
gboolean    engram_record_check_id       (EngramRecordCheck       *check,
                                          const char              *id);
gboolean    engram_record_check_present  (EngramRecordCheck       *check,
                                          const char              *field,
                                          const char              *text);
gboolean    engram_record_check_time     (EngramRecordCheck       *check,
                                          const char              *field,
                                          const char              *time);
gboolean    engram_record_check_json     (EngramRecordCheck       *check,
                                          const char              *field,
                                          const char              *json,
                                          EngramJsonType           type);

G_END_DECLS
