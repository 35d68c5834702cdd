/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-arena-private.h"
#include "documents/engram-record-scan-private.h"
#include "model/engram-record-private.h"
#include "model/engram-synapse.h"
#include "model/engram-type-registry.h"
#include "model/engram-uuid.h"

G_BEGIN_DECLS

/* Neurons and synapses of the JSON objects that stand for them, checked: the way back of engram-record-json-private.h,
 * which explains what is kept in `fields`. One thread at a time. */

/* Something is wrong at @place in the text that was scanned. */
typedef void (*EngramRecordProblemFunc) (const char *place,
                                         const char *id,
                                         const char *field,
                                         const char *message,
                                         gpointer    user_data);

typedef struct {
  EngramTypeRegistry      *registry;
  gboolean                 make_ids;
  EngramUuid               name_space; /* of the ids that are made of others */
  EngramRecordProblemFunc  problem;
  gpointer                 user_data;

  /*< private >*/
  EngramArena             *arena;
  EngramRecordScan        *scan;
  const char              *id;
  gboolean                 has_problems;
  GString                 *fields;     /* what goes there, so far */
} EngramRecordParser;

void           engram_record_parser_init    (EngramRecordParser  *self);
void           engram_record_parser_clear   (EngramRecordParser  *self);

/* Names of members, in the order in which the Python program writes them. */
typedef enum {
  ENGRAM_NEURON_MEMBER_ID,
  ENGRAM_NEURON_MEMBER_TYPE,
  ENGRAM_NEURON_MEMBER_POSITION,
  ENGRAM_NEURON_MEMBER_VECTOR,
  ENGRAM_NEURON_MEMBER_METADATA,
  ENGRAM_NEURON_MEMBER_ACTIVATION_LEVEL,
  ENGRAM_NEURON_MEMBER_CREATED_AT,
  ENGRAM_NEURON_MEMBER_MODIFIED_AT,
} EngramNeuronMember;

typedef enum {
  ENGRAM_SYNAPSE_MEMBER_ID,
  ENGRAM_SYNAPSE_MEMBER_SOURCE,
  ENGRAM_SYNAPSE_MEMBER_TARGET,
  ENGRAM_SYNAPSE_MEMBER_WEIGHT,
  ENGRAM_SYNAPSE_MEMBER_USAGE_COUNT,
  ENGRAM_SYNAPSE_MEMBER_LAST_TRAVERSED,
  ENGRAM_SYNAPSE_MEMBER_TYPE,
  ENGRAM_SYNAPSE_MEMBER_METADATA,
  ENGRAM_SYNAPSE_MEMBER_CREATED_AT,
  ENGRAM_SYNAPSE_MEMBER_MODIFIED_AT,
} EngramSynapseMember;

extern const char *const engram_neuron_member_names[];
extern const char *const engram_synapse_member_names[];

/* The record that was scanned, all of it in @arena. Where something is wrong with it, @good is FALSE; its id (NULL
 * where it has none that is one) and the ends of a synapse are then all that may be used. An end is the text that
 * stands there, which need not be an id. */
EngramNeuron  *engram_record_parser_neuron  (EngramRecordParser  *self,
                                             EngramRecordScan    *scan,
                                             EngramArena         *arena,
                                             gboolean            *good);
EngramSynapse *engram_record_parser_synapse (EngramRecordParser  *self,
                                             EngramRecordScan    *scan,
                                             EngramArena         *arena,
                                             gboolean            *good);
/* The id that is made of what stands in an id's place: the same for the same text. */
const char    *engram_record_parser_make_id (EngramRecordParser  *self,
                                             EngramArena         *arena,
                                             const char          *text,
                                             gsize                length);

/* What both have in common */

void           engram_record_parser_begin   (EngramRecordParser  *self,
                                             EngramRecordScan    *scan,
                                             EngramArena         *arena);
/* @member may be NULL: the whole object is the place. */
void           engram_record_parser_fail    (EngramRecordParser       *self,
                                             const EngramRecordMember *member,
                                             const char               *field,
                                             const char               *format,
                                             ...) G_GNUC_PRINTF (4, 5);
/* Tells of all numbers that no double can be, wherever they stand. */
void           engram_record_parser_check_numbers (EngramRecordParser *self);
/* The member goes into `fields` as it stands. */
void           engram_record_parser_keep    (EngramRecordParser       *self,
                                             const EngramRecordMember *member);
/* What is in `fields`, or NULL. */
const char    *engram_record_parser_take_fields (EngramRecordParser   *self);

/* Values. Those that are missing, or wrong and told so, are NULL or FALSE. */
const char    *engram_record_parser_id      (EngramRecordParser       *self,
                                             const EngramRecordMember *member);
/* What a text means; a text that a column cannot hold is kept, too. */
const char    *engram_record_parser_text    (EngramRecordParser       *self,
                                             const EngramRecordMember *member);
const char    *engram_record_parser_required_text (EngramRecordParser *self,
                                             const EngramRecordMember *member,
                                             const char               *field);
const char    *engram_record_parser_required_time (EngramRecordParser *self,
                                             const EngramRecordMember *member,
                                             const char               *field);
gboolean       engram_record_parser_is_time (EngramRecordParser       *self,
                                             const char               *time,
                                             const EngramRecordMember *member,
                                             const char               *field);
/* A real, which is kept, too, where its text is another than that of the double. */
gboolean       engram_record_parser_real    (EngramRecordParser       *self,
                                             const EngramRecordMember *member,
                                             const char               *field,
                                             double                   *number);
gboolean       engram_record_parser_integer (EngramRecordParser       *self,
                                             const EngramRecordMember *member,
                                             const char               *field,
                                             gint64                   *number);
/* Whether a number, whose value this is, has a text that a column of reals does not tell. */
gboolean       engram_record_must_keep_number (const char             *text,
                                             gsize                     length,
                                             double                    number);
/* JSON as the Python program stores it. */
const char    *engram_record_parser_json    (EngramRecordParser       *self,
                                             const EngramRecordMember *member);
const char    *engram_record_parser_metadata (EngramRecordParser      *self,
                                             const EngramRecordMember *member);

G_END_DECLS
