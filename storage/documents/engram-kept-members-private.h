/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "json/engram-json.h"

G_BEGIN_DECLS

/* The members of a JSON object, of the one that is kept in a record's `fields` above all, without a copy of them: they
 * point into the object's text. */
typedef struct {
  gsize           name;         /* in EngramKeptMembers.names, as engram_json_append_code_points() has it */
  gsize           name_length;
  const char     *token;        /* the name as it stands, quotes included */
  gsize           token_length;
  const char     *json;         /* the value as it stands */
  gsize           length;
  EngramJsonType  type;
} EngramKeptMember;

typedef struct {
  GArray  *members; /* of EngramKeptMember, in their order */
  GString *names;
} EngramKeptMembers;

void     engram_kept_members_init  (EngramKeptMembers *self);
void     engram_kept_members_clear (EngramKeptMembers *self);

void     engram_kept_members_forget (EngramKeptMembers *self);
/* Forgets what was read before, and reads an object; FALSE where the text is none, and then there are no members. */
gboolean engram_kept_members_read  (EngramKeptMembers *self,
                                    const char        *json,
                                    gsize              length);
/* The member of that name, the last one where it stands twice, or NULL. */
const EngramKeptMember *engram_kept_members_find (const EngramKeptMembers *self,
                                                  const char              *name);

/* Whether a kept text still means what the column holds: numbers are equal as doubles, those of a vector as float32,
 * texts as engram_json_unescape() gives them. */
gboolean engram_kept_member_is_null     (const EngramKeptMember *self);
gboolean engram_kept_member_is_number   (const EngramKeptMember *self,
                                         double                  number);
/* Whether it is a whole number that surely fits a column of whole numbers. */
gboolean engram_kept_member_is_integer  (const EngramKeptMember *self);
gboolean engram_kept_member_is_text     (const EngramKeptMember *self,
                                         const char             *text);
gboolean engram_kept_member_is_position (const EngramKeptMember *self,
                                         const double            position[3]);
gboolean engram_kept_member_is_vector   (const EngramKeptMember *self,
                                         const float            *numbers,
                                         gsize                   length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramKeptMembers, engram_kept_members_clear)

G_END_DECLS
