/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-object-writer-private.h"

#include <string.h>

#include "json/engram-json-canonical-private.h"
#include "json/engram-number.h"

/* Numbers of a vector between two looks at the room that the texts have. */
#define NUMBERS_AT_ONCE 512

/* A member as the canonical text needs it. */
typedef struct {
  const char *name;
  gsize       length;
  const char *token;        /* NULL where the name is UTF-8 */
  gsize       token_length;
  gsize       start;        /* of its value, in `values`, up to that of the next one */
} Member;

struct _EngramObjectWriter {
  GString *document;
  GString *ignored;     /* stands for a document that nobody wants */
  guint    indent;
  guint    level;
  gboolean is_first;
  GString *breaks[4];   /* white space, with a comma where it stands between two: see below */
  GString *values;      /* canonical */
  GArray  *members;     /* of Member, in the order in which they came */
  GArray  *order;       /* of guint: the same by name, as it was for the object before */
};

/* Before the first member, between two, between two items of a member's value, and before the end. */
enum { FIRST_MEMBER, NEXT_MEMBER, NEXT_ITEM, LAST };

static void
set_breaks (EngramObjectWriter *self,
            guint               indent,
            guint               level)
{
  const guint levels[] = { level + 1, level + 1, level + 2, level };

  self->indent = indent;
  self->level = level;
  for (gsize i = 0; i < G_N_ELEMENTS (self->breaks); i++)
    {
      gboolean has_comma = i == NEXT_MEMBER || i == NEXT_ITEM;

      g_string_assign (self->breaks[i], has_comma ? "," : "");
      if (indent > 0)
        g_string_append_printf (self->breaks[i], "\n%*s", (int) (indent * levels[i]), "");
      else if (has_comma)
        g_string_append_c (self->breaks[i], ' ');
    }
}

EngramObjectWriter *
engram_object_writer_new (void)
{
  EngramObjectWriter *self = g_new0 (EngramObjectWriter, 1);

  self->ignored = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (self->breaks); i++)
    self->breaks[i] = g_string_new (NULL);
  set_breaks (self, 0, 0);
  self->values = g_string_new (NULL);
  self->members = g_array_new (FALSE, FALSE, sizeof (Member));
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
engram_object_writer_free (EngramObjectWriter *self)
{
  if (self == NULL)
    return;

  g_string_free (self->ignored, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (self->breaks); i++)
    g_string_free (self->breaks[i], TRUE);
  g_string_free (self->values, TRUE);
  g_array_unref (self->members);
  g_array_unref (self->order);
  g_free (self);
}

static inline void
append (GString       *text,
        const GString *part)
{
  engram_json_append_bytes (text, part->str, part->len);
}

void
engram_object_writer_begin (EngramObjectWriter *self,
                            GString            *document,
                            guint               indent,
                            guint               level)
{
  if (self->indent != indent || self->level != level)
    set_breaks (self, indent, level);
  g_string_truncate (self->ignored, 0);
  g_string_truncate (self->values, 0);
  g_array_set_size (self->members, 0);
  self->document = document != NULL ? document : self->ignored;
  self->is_first = TRUE;
  g_string_append_c (self->document, '{');
}

/* Names */

static void
begin_member (EngramObjectWriter *self,
              const Member       *member)
{
  append (self->document, self->breaks[self->is_first ? FIRST_MEMBER : NEXT_MEMBER]);
  self->is_first = FALSE;
  g_array_append_vals (self->members, member, 1);
}

void
engram_object_writer_name (EngramObjectWriter *self,
                           const char         *name)
{
  const Member member = { name, strlen (name), NULL, 0, self->values->len };

  begin_member (self, &member);
  engram_json_append_quoted (self->document, name, member.length);
  engram_json_append_bytes (self->document, ": ", 2);
}

void
engram_object_writer_any_name (EngramObjectWriter *self,
                               const char         *token,
                               gsize               token_length,
                               const char         *name,
                               gsize               length)
{
  const Member member = { name, length, token, token_length, self->values->len };

  begin_member (self, &member);
  engram_json_append_bytes (self->document, token, token_length);
  engram_json_append_bytes (self->document, ": ", 2);
}

/* Values */

/* The text of a value in `values`, from @start on, goes into the document as it is. */
static void
copy_value (EngramObjectWriter *self,
            gsize               start)
{
  engram_json_append_bytes (self->document, self->values->str + start, self->values->len - start);
}

void
engram_object_writer_null (EngramObjectWriter *self)
{
  engram_json_append_bytes (self->values, "null", 4);
  engram_json_append_bytes (self->document, "null", 4);
}

void
engram_object_writer_real (EngramObjectWriter *self,
                           double              number)
{
  gsize start = self->values->len;

  engram_json_append_real (self->values, number);
  copy_value (self, start);
}

void
engram_object_writer_integer (EngramObjectWriter *self,
                              gint64              number)
{
  gsize start = self->values->len;

  engram_json_append_integer (self->values, number);
  copy_value (self, start);
}

gsize
engram_object_writer_text (EngramObjectWriter *self,
                           const char         *text,
                           gssize              length)
{
  gsize start = self->values->len;

  engram_json_append_quoted (self->values, text, length);
  copy_value (self, start);
  return self->values->len - start;
}

gboolean
engram_object_writer_json (EngramObjectWriter *self,
                           const char         *json,
                           gsize               length)
{
  gsize start = self->values->len;
  gboolean is_finite = engram_json_append_canonical (self->values, json, length);

  /* Its canonical text is the one that has null in their place. */
  if (!is_finite)
    {
      json = self->values->str + start;
      length = self->values->len - start;
    }
  engram_json_append_value (self->document, json, length, self->indent, self->level + 1);
  return is_finite;
}

/* The white space before the first item of a value. */
static void
append_first_break (EngramObjectWriter *self)
{
  if (self->indent > 0)
    engram_json_append_bytes (self->document, self->breaks[NEXT_ITEM]->str + 1, self->breaks[NEXT_ITEM]->len - 1);
}

void
engram_object_writer_position (EngramObjectWriter *self,
                               const double        position[3])
{
  static const char *const names[3] = { "{\"x\": ", ", \"y\": ", ", \"z\": " };

  g_string_append_c (self->document, '{');
  append_first_break (self);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize start;

      if (i > 0)
        append (self->document, self->breaks[NEXT_ITEM]);
      g_string_append (self->document, strchr (names[i], '"'));
      g_string_append (self->values, names[i]);
      start = self->values->len;
      engram_json_append_real (self->values, position[i]);
      copy_value (self, start);
    }
  g_string_append_c (self->values, '}');
  append (self->document, self->breaks[FIRST_MEMBER]);
  g_string_append_c (self->document, '}');
}

/* Makes room for so many bytes more, and returns where they go. */
static char *
make_room (GString *text,
           gsize    length)
{
  gsize before = text->len;

  g_string_set_size (text, before + length);
  return text->str + before;
}

/* Numbers of a vector, each with a separator behind it. This is where most of the time of an export goes: each number
 * is formatted into one text, and copied to the other in a piece of a size that the compiler knows. */
static gsize
append_numbers (EngramObjectWriter *self,
                const float        *numbers,
                gsize               length,
                const GString      *separator)
{
  char *document = make_room (self->document, length * (ENGRAM_NUMBER_LENGTH + separator->len));
  char *canonical = make_room (self->values, length * (ENGRAM_NUMBER_LENGTH + 2));
  gsize first_not_finite = 0;

  for (gsize i = 0; i < length; i++)
    {
      gsize n_digits = engram_number_format (numbers[i], canonical);

      if (G_UNLIKELY (n_digits == 0))
        {
          memcpy (canonical, "null", 4);
          n_digits = 4;
          first_not_finite = first_not_finite > 0 ? first_not_finite : i + 1;
        }
      memcpy (document, canonical, ENGRAM_NUMBER_LENGTH);
      memcpy (canonical + n_digits, ", ", 2);
      memcpy (document + n_digits, separator->str, separator->len);
      canonical += n_digits + 2;
      document += n_digits + separator->len;
    }
  g_string_truncate (self->document, document - self->document->str);
  g_string_truncate (self->values, canonical - self->values->str);
  return first_not_finite;
}

static gsize
append_all_numbers (EngramObjectWriter *self,
                    const float        *numbers,
                    gsize               length)
{
  const GString *separator = self->breaks[NEXT_ITEM];
  gsize first_not_finite = 0;

  append_first_break (self);
  for (gsize i = 0; i < length; i += NUMBERS_AT_ONCE)
    {
      gsize not_finite = append_numbers (self, numbers + i, MIN (NUMBERS_AT_ONCE, length - i), separator);

      if (first_not_finite == 0 && not_finite > 0)
        first_not_finite = i + not_finite;
    }
  g_string_truncate (self->document, self->document->len - separator->len);
  g_string_truncate (self->values, self->values->len - 2);
  append (self->document, self->breaks[FIRST_MEMBER]);
  return first_not_finite;
}

gsize
engram_object_writer_vector (EngramObjectWriter *self,
                             const float        *numbers,
                             gsize               length)
{
  gsize first_not_finite = 0;

  g_string_append_c (self->values, '[');
  g_string_append_c (self->document, '[');
  if (length > 0)
    first_not_finite = append_all_numbers (self, numbers, length);
  g_string_append_c (self->values, ']');
  g_string_append_c (self->document, ']');
  return first_not_finite;
}

/* The canonical text */

static int
compare_names (const Member *a,
               const Member *b)
{
  return engram_json_compare_names (a->name, a->length, b->name, b->length);
}

/* Of equal names, the one that came first stands first. */
static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  const Member *members = data;
  int order = compare_names (&members[first], &members[second]);

  if (order != 0)
    return order;
  return first < second ? -1 : first > second;
}

static gboolean
is_in_order (const guint  *order,
             const Member *members,
             guint         n_members)
{
  for (guint i = 1; i < n_members; i++)
    if (compare_places (&order[i - 1], &order[i], (gpointer) members) >= 0)
      return FALSE;
  return TRUE;
}

/* One object is mostly like the one before. */
static const guint *
sort_members (EngramObjectWriter *self)
{
  guint n_members = self->members->len;
  Member *members = (Member *) (gpointer) self->members->data;
  guint *order;

  if (self->order->len == n_members &&
      is_in_order ((const guint *) (gpointer) self->order->data, members, n_members))
    return (const guint *) (gpointer) self->order->data;

  g_array_set_size (self->order, n_members);
  order = (guint *) (gpointer) self->order->data;
  for (guint i = 0; i < n_members; i++)
    order[i] = i;
  g_qsort_with_data (order, n_members, sizeof *order, compare_places, members);
  return order;
}

static void
append_name (GString      *text,
             const Member *member)
{
  if (member->token != NULL)
    engram_json_append_canonical (text, member->token, member->token_length);
  else
    engram_json_append_quoted (text, member->name, member->length);
}

static void
append_canonical (EngramObjectWriter *self,
                  GString            *text)
{
  const guint *order = sort_members (self);
  const Member *members = (const Member *) (gpointer) self->members->data;
  guint n_members = self->members->len;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  for (guint i = 0; i < n_members; i++)
    {
      const Member *member = &members[order[i]];
      gsize end = order[i] + 1 < n_members ? members[order[i] + 1].start : self->values->len;

      /* Of a name that stands twice, the last counts. */
      if (i + 1 < n_members && compare_names (member, &members[order[i + 1]]) == 0)
        continue;
      if (!is_first)
        engram_json_append_bytes (text, ", ", 2);
      append_name (text, member);
      engram_json_append_bytes (text, ": ", 2);
      engram_json_append_bytes (text, self->values->str + member->start, end - member->start);
      is_first = FALSE;
    }
  g_string_append_c (text, '}');
}

void
engram_object_writer_end (EngramObjectWriter *self,
                          GString            *canonical)
{
  if (!self->is_first)
    append (self->document, self->breaks[LAST]);
  g_string_append_c (self->document, '}');
  if (canonical != NULL)
    append_canonical (self, canonical);
}
