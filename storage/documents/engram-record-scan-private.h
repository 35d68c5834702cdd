/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/engram-json-reader-private.h"

G_BEGIN_DECLS

/* One JSON object of a document, a neuron or a synapse, taken apart: where its members stand, and its canonical text.
 * Nothing is copied but the numbers of a vector; all that is found points into the text that was scanned. Used again
 * and again by one thread. */

typedef struct {
  const char      *name;         /* with its quotes */
  gsize            name_length;
  const char      *value;
  gsize            length;
  EngramJsonToken  token;        /* the first of the value */
  gboolean         is_known;     /* its name is */
  gboolean         name_escaped;
  gboolean         escaped;      /* a text with an escape in it */
  const char      *bad_number;   /* the first number in the value that no double can be, or NULL */
} EngramRecordMember;

#define ENGRAM_RECORD_SCAN_MAX_NAMES 16

typedef struct {
  const char *const *names;      /* those that are known, NULL after the last */
  const char        *list_name;  /* of the member that may be a vector, or NULL */

  GArray            *members;    /* of EngramRecordMember, in their order */
  int                known[ENGRAM_RECORD_SCAN_MAX_NAMES]; /* the place of each of @names in @members, the last one where
                                                            * it stands twice, or -1 */
  GArray            *vector;     /* of float: the numbers of the member @vector_place */
  int                vector_place; /* or -1 where there is none, or no list of numbers that float32 can hold */
  gboolean           has_integers; /* in the vector */

  const char        *start;
  const char        *end;        /* where the object ends, or where it goes wrong */
  const char        *reason;     /* what is wrong, to be translated */

  /*< private >*/
  GString           *vector_text;
  GArray            *order;      /* of guint: members by their names */
  GString           *order_names; /* of the object for which the order was made */
  GArray            *superseded; /* of guint8, by the place of the member: its name stands again after it */
} EngramRecordScan;

void                      engram_record_scan_init    (EngramRecordScan   *self,
                                                      const char *const  *names,
                                                      const char         *list_name);
void                      engram_record_scan_clear   (EngramRecordScan   *self);
/* Scans the object that @text starts with. FALSE where it is no JSON (or does not end within @length). NaN and
 * Infinity pass as bad numbers. */
gboolean                  engram_record_scan_object  (EngramRecordScan   *self,
                                                      const char         *text,
                                                      gsize               length);
/* The member of a name by its place in @names, or NULL. */
const EngramRecordMember *engram_record_scan_get     (const EngramRecordScan *self,
                                                      guint               name);
/* Whether the name of a member, by its place in `members`, stands again after it: then the later one counts. */
gboolean                  engram_record_scan_is_superseded (const EngramRecordScan *self,
                                                      guint               place);
void                      engram_record_scan_append_canonical (EngramRecordScan *self,
                                                      GString            *canonical);

G_END_DECLS
