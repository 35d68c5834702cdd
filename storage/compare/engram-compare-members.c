/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compare/engram-compare-rows-private.h"

#include <string.h>

#include "documents/engram-kept-members-private.h"
#include "json/engram-json-canonical-private.h"

/* Longer texts are compared byte by byte: what they say takes as much memory again, and longer than a person waits who
 * has given up. */
#define MAX_JSON_BYTES (16 * 1024 * 1024)

/* (transfer full) (nullable): what the text says, in the one form that JSON of that meaning has; NULL where it is no
 * JSON */
static GString *
make_canonical (const char *text,
                gsize       length)
{
  g_autoptr (GString) canonical = NULL;

  if (length > MAX_JSON_BYTES || engram_json_check (text, (gssize) length, NULL, NULL) == ENGRAM_JSON_INVALID)
    return NULL;
  canonical = g_string_sized_new (length);
  /* A number beyond the range of a double has no such form. */
  if (!engram_json_append_canonical (canonical, text, length))
    return NULL;
  return g_steal_pointer (&canonical);
}

static void
free_string (GString *string)
{
  if (string != NULL)
    g_string_free (string, TRUE);
}

gboolean
engram_compare_json_is_same (const char *text,
                             gsize       length,
                             const char *other,
                             gsize       other_length)
{
  GString *canonical = make_canonical (text, length);
  GString *other_canonical = canonical != NULL ? make_canonical (other, other_length) : NULL;
  gboolean is_same = other_canonical != NULL && g_string_equal (canonical, other_canonical);

  free_string (canonical);
  free_string (other_canonical);
  return is_same;
}

/* The members of one object, by their names: of canonical text, which has each name once and in order. */
typedef struct {
  GString           *canonical;
  EngramKeptMembers  kept;
  guint              next;
} Members;

static gboolean
members_init (Members    *self,
              const char *text,
              gsize       length)
{
  engram_kept_members_init (&self->kept);
  self->next = 0;
  self->canonical = text != NULL ? make_canonical (text, length) : g_string_new ("{}");
  return self->canonical != NULL && engram_kept_members_read (&self->kept, self->canonical->str, self->canonical->len);
}

static void
members_clear (Members *self)
{
  engram_kept_members_clear (&self->kept);
  free_string (self->canonical);
}

static const EngramKeptMember *
members_peek (const Members *self)
{
  const GArray *members = self->kept.members;

  return self->next < members->len ? &g_array_index (members, EngramKeptMember, self->next) : NULL;
}

static int
compare_next (const Members *today,
              const Members *other)
{
  const EngramKeptMember *a = members_peek (today), *b = members_peek (other);

  if (a == NULL || b == NULL)
    return a == NULL ? 1 : -1;
  return engram_json_compare_names (today->kept.names->str + a->name, a->name_length,
                                    other->kept.names->str + b->name, b->name_length);
}

static const EngramColumn *
find_column_of_field (const EngramRecordClass *class,
                      const char              *field)
{
  for (guint i = 0; i < class->n_columns; i++)
    if (g_str_equal (class->columns[i].field, field) && !g_str_equal (class->columns[i].name, "engram_fields"))
      return &class->columns[i];
  return NULL;
}

/* Of a member that differs, or is in one of the files. One named like a column says how its value is spelled in a
 * document (the whole number 1 as a weight), which is no difference; but a text of which the column cannot hold all
 * is one. */
static guint64
get_bit_of_member (EngramCompareTable     *table,
                   const Members          *members,
                   const EngramKeptMember *member)
{
  g_autofree char *name = g_strndup (members->kept.names->str + member->name, member->name_length);
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  const EngramColumn *column = find_column_of_field (table->class, valid);

  if (column != NULL)
    return member->type == ENGRAM_JSON_STRING ? column->bit : 0;
  return engram_compare_fields_get_bit (&table->fields, valid);
}

static guint64
compare_members (EngramCompareTable *table,
                 Members            *today,
                 Members            *other)
{
  guint64 fields = 0;

  while (members_peek (today) != NULL || members_peek (other) != NULL)
    {
      int order = compare_next (today, other);
      const EngramKeptMember *a = order <= 0 ? members_peek (today) : NULL;
      const EngramKeptMember *b = order >= 0 ? members_peek (other) : NULL;

      if (a == NULL || b == NULL || a->length != b->length || memcmp (a->json, b->json, a->length) != 0)
        fields |= a != NULL ? get_bit_of_member (table, today, a) : get_bit_of_member (table, other, b);
      today->next += a != NULL;
      other->next += b != NULL;
    }
  return fields;
}

guint64
engram_compare_members (EngramCompareTable *table,
                        const char         *today,
                        gsize               today_length,
                        const char         *other,
                        gsize               other_length)
{
  Members members, other_members;
  gboolean read = members_init (&members, today, today_length);
  gboolean other_read = members_init (&other_members, other, other_length);
  guint64 fields = read && other_read ? compare_members (table, &members, &other_members) : table->fields.overflow;

  members_clear (&members);
  members_clear (&other_members);
  return fields;
}
