/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-columns.h"

G_BEGIN_DECLS

/* EngramRecordFormat:
 * @ENGRAM_RECORD_TEXT: a line of titles and a line for each record, the columns divided by tabs
 * @ENGRAM_RECORD_CSV: RFC 4180, with a line of fixed names; a synapse has the ids of its ends too
 * @ENGRAM_RECORD_JSON: a list of records as a document has them, without vectors
 * @ENGRAM_RECORD_IDS: an id on each line */
typedef enum {
  ENGRAM_RECORD_TEXT,
  ENGRAM_RECORD_CSV,
  ENGRAM_RECORD_JSON,
  ENGRAM_RECORD_IDS,
} EngramRecordFormat;

/* Records as text. One thread at a time. */
typedef struct _EngramRecordText EngramRecordText;

/* @columns: (nullable): of ENGRAM_RECORD_TEXT and ENGRAM_RECORD_CSV, (element-type EngramColumn); NULL for all */
EngramRecordText *engram_record_text_new        (EngramRecordFormat        format,
                                                 EngramRecordKind          kind,
                                                 GPtrArray                *columns);
void              engram_record_text_append     (EngramRecordText         *self,
                                                 const EngramRecordValues *values);
/* How many bytes there are until now. */
gsize             engram_record_text_get_length (EngramRecordText         *self);
/* Hands out what there is until now; what is appended later follows it. */
GBytes           *engram_record_text_take       (EngramRecordText         *self);
/* Ends it and frees the rest. */
GBytes           *engram_record_text_free_to_bytes (EngramRecordText      *self);
void              engram_record_text_free       (EngramRecordText         *self);

/* "text" and so on, and the format of such a name; FALSE where there is none. */
gboolean          engram_record_format_from_name (const char              *name,
                                                 EngramRecordFormat       *format);
/* "text/csv" */
const char       *engram_record_format_get_mime_type (EngramRecordFormat   format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordText, engram_record_text_free)

G_END_DECLS
