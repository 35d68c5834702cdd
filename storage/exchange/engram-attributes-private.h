/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

#include "model/engram-record-kind.h"
#include "query/engram-analysis.h"

G_BEGIN_DECLS

/* The attributes that nodes, or edges, have in formats that want them all named beforehand, each with one type. */

/* Each holds what those before it hold; the last anything, as text. */
typedef enum {
  ENGRAM_ATTRIBUTE_UNKNOWN, /* only null so far */
  ENGRAM_ATTRIBUTE_BOOLEAN,
  ENGRAM_ATTRIBUTE_INTEGER,
  ENGRAM_ATTRIBUTE_REAL,
  ENGRAM_ATTRIBUTE_TEXT,
} EngramAttributeKind;

/* Where the attributes that are no members of the record's object stand. */
enum {
  ENGRAM_NODE_LABEL,
  ENGRAM_NODE_X,
  ENGRAM_NODE_Y,
  ENGRAM_NODE_Z,
};
enum {
  ENGRAM_EDGE_WEIGHT,
  ENGRAM_EDGE_SIGN,
};

/* More than that would be members whose names are data. */
#define ENGRAM_MAX_ATTRIBUTES 256

typedef struct {
  char                *name;     /* unique, letter case ignored: programs differ in whether they tell it apart */
  char                *member;   /* of the record's object, or NULL where the value is computed */
  EngramAttributeKind  kind;
  int                  analysis; /* whose result it is, or -1 */
} EngramAttribute;

typedef struct _EngramAttributes EngramAttributes;

/* With those that every record of that kind has. */
EngramAttributes      *engram_attributes_new       (EngramRecordKind        kind,
                                                    gboolean                with_vectors);
void                   engram_attributes_free      (EngramAttributes       *self);
guint                  engram_attributes_count     (const EngramAttributes *self);
const EngramAttribute *engram_attributes_get       (const EngramAttributes *self,
                                                    guint                   index);
/* -1 where there is none for such a member. */
int                    engram_attributes_find      (const EngramAttributes *self,
                                                    const char             *member,
                                                    gsize                   length);
/* One more for a member, or the kind of the one that is there made wide enough. Nothing happens where there are too
 * many. */
void                   engram_attributes_add       (EngramAttributes       *self,
                                                    const char             *member,
                                                    EngramAttributeKind     kind);
void                   engram_attributes_add_analysis (EngramAttributes    *self,
                                                    EngramAnalysis          analysis);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramAttributes, engram_attributes_free)

G_END_DECLS
