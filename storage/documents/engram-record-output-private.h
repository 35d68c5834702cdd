/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-kept-members-private.h"
#include "documents/engram-object-writer-private.h"
#include "documents/engram-record-json-private.h"
#include "model/engram-record-private.h"

G_BEGIN_DECLS

/* One record while it is written, and the values of its columns. A column is one of the class, or a copy of it that has
 * another name in the document. */
typedef struct {
  EngramRecordJsonWriter  *writer;
  EngramObjectWriter      *object;
  EngramKeptMembers       *kept;
  const EngramRecordClass *class;
  const EngramRecord      *record;
  const char              *id;
  guint                    metadata_bit;
  guint                    broken;   /* columns that should hold JSON and do not */
  char                    *metadata; /* with what is broken; NULL where nothing is */
} EngramRecordOutput;

/* Looks at a column before anything is written: JSON that is broken goes into the metadata, which come early. So the
 * metadata themselves are looked at first. */
void     engram_record_output_check      (EngramRecordOutput *self,
                                          const EngramColumn *column);
/* The same for the column with the fields, which are read into `kept`. */
void     engram_record_output_check_fields (EngramRecordOutput *self,
                                          const EngramColumn *column);

/* A member, from its kept text or its column. */
void     engram_record_output_write      (EngramRecordOutput *self,
                                          const EngramColumn *column);
/* The value of a member, as JSON that has been checked. */
void     engram_record_output_write_json (EngramRecordOutput *self,
                                          const char         *field,
                                          const char         *json,
                                          gsize               length);

gboolean engram_record_output_is_null    (EngramRecordOutput *self,
                                          const EngramColumn *column);
const char *engram_record_output_get_text (EngramRecordOutput *self,
                                          const EngramColumn *column);
/* What a column of JSON must be, or ENGRAM_JSON_INVALID for the others. */
EngramJsonType engram_record_output_get_json_type (EngramRecordOutput *self,
                                          const EngramColumn *column);

G_END_DECLS
