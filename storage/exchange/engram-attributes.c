/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/engram-attributes-private.h"

#include <string.h>

struct _EngramAttributes {
  GPtrArray  *list;      /* EngramAttribute */
  GHashTable *by_member; /* char *, of the attribute -> place + 1 */
  GHashTable *names;     /* char *, casefolded */
};

typedef struct {
  const char          *name;
  const char          *member;
  EngramAttributeKind  kind;
} Fixed;

/* In the order of the enumerations. The ids of records and of their ends are no attributes. */
static const Fixed node_attributes[] = {
  { "label", NULL, ENGRAM_ATTRIBUTE_TEXT },
  { "x", NULL, ENGRAM_ATTRIBUTE_REAL },
  { "y", NULL, ENGRAM_ATTRIBUTE_REAL },
  { "z", NULL, ENGRAM_ATTRIBUTE_REAL },
  { "type", "type", ENGRAM_ATTRIBUTE_TEXT },
  { "activation_level", "activation_level", ENGRAM_ATTRIBUTE_REAL },
  { "created_at", "created_at", ENGRAM_ATTRIBUTE_TEXT },
  { "modified_at", "modified_at", ENGRAM_ATTRIBUTE_TEXT },
  { "metadata", "metadata", ENGRAM_ATTRIBUTE_TEXT },
};

static const Fixed edge_attributes[] = {
  { "weight", "weight", ENGRAM_ATTRIBUTE_REAL },
  { "sign", NULL, ENGRAM_ATTRIBUTE_INTEGER },
  { "synapse_type", "synapse_type", ENGRAM_ATTRIBUTE_TEXT },
  { "usage_count", "usage_count", ENGRAM_ATTRIBUTE_INTEGER },
  { "last_traversed", "last_traversed", ENGRAM_ATTRIBUTE_TEXT },
  { "created_at", "created_at", ENGRAM_ATTRIBUTE_TEXT },
  { "modified_at", "modified_at", ENGRAM_ATTRIBUTE_TEXT },
  { "metadata", "metadata", ENGRAM_ATTRIBUTE_TEXT },
};

/* What programs take for something else than an attribute. */
static const char *const reserved_names[] = { "id", "source", "target", "kind", "viz" };

static void
attribute_free (gpointer data)
{
  EngramAttribute *self = data;

  g_free (self->name);
  g_free (self->member);
  g_free (self);
}

/* A name that no attribute has yet: with a number behind it where it must. */
static char *
make_name (EngramAttributes *self,
           const char       *wanted)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *name = number == 1 ? g_strdup (wanted) : g_strdup_printf ("%s_%u", wanted, number);

      if (g_hash_table_add (self->names, g_utf8_casefold (name, -1)))
        return g_steal_pointer (&name);
    }
}

static void
add (EngramAttributes    *self,
     const char          *name,
     const char          *member,
     EngramAttributeKind  kind,
     int                  analysis)
{
  EngramAttribute *attribute = g_new0 (EngramAttribute, 1);

  attribute->name = make_name (self, name);
  attribute->member = g_strdup (member);
  attribute->kind = kind;
  attribute->analysis = analysis;
  g_ptr_array_add (self->list, attribute);
  if (member != NULL)
    g_hash_table_insert (self->by_member, attribute->member, GUINT_TO_POINTER (self->list->len));
}

EngramAttributes *
engram_attributes_new (EngramRecordKind kind,
                       gboolean         with_vectors)
{
  EngramAttributes *self = g_new0 (EngramAttributes, 1);
  const Fixed *fixed = kind == ENGRAM_RECORD_NEURON ? node_attributes : edge_attributes;
  gsize n_fixed = kind == ENGRAM_RECORD_NEURON ? G_N_ELEMENTS (node_attributes) : G_N_ELEMENTS (edge_attributes);

  self->list = g_ptr_array_new_with_free_func (attribute_free);
  self->by_member = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reserved_names); i++)
    g_hash_table_add (self->names, g_strdup (reserved_names[i]));
  for (gsize i = 0; i < n_fixed; i++)
    add (self, fixed[i].name, fixed[i].member, fixed[i].kind, -1);
  if (with_vectors)
    add (self, "vector", "vector", ENGRAM_ATTRIBUTE_TEXT, -1);
  return self;
}

void
engram_attributes_free (EngramAttributes *self)
{
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->by_member);
  g_ptr_array_unref (self->list);
  g_free (self);
}

guint
engram_attributes_count (const EngramAttributes *self)
{
  return self->list->len;
}

const EngramAttribute *
engram_attributes_get (const EngramAttributes *self,
                       guint                   index)
{
  return g_ptr_array_index (self->list, index);
}

int
engram_attributes_find (const EngramAttributes *self,
                        const char             *member,
                        gsize                   length)
{
  char name[64];
  g_autofree char *long_name = length < sizeof name ? NULL : g_strndup (member, length);

  if (long_name == NULL)
    {
      memcpy (name, member, length);
      name[length] = '\0';
    }
  return GPOINTER_TO_INT (g_hash_table_lookup (self->by_member, long_name != NULL ? long_name : name)) - 1;
}

void
engram_attributes_add (EngramAttributes    *self,
                       const char          *member,
                       EngramAttributeKind  kind)
{
  int index = engram_attributes_find (self, member, strlen (member));
  EngramAttribute *attribute;

  if (index < 0)
    {
      if (self->list->len < ENGRAM_MAX_ATTRIBUTES)
        add (self, member, member, kind, -1);
      return;
    }
  attribute = g_ptr_array_index (self->list, index);
  /* A truth value is no number. */
  if (MIN (attribute->kind, kind) == ENGRAM_ATTRIBUTE_BOOLEAN && attribute->kind != kind)
    attribute->kind = ENGRAM_ATTRIBUTE_TEXT;
  else
    attribute->kind = MAX (attribute->kind, kind);
}

void
engram_attributes_add_analysis (EngramAttributes *self,
                                EngramAnalysis    analysis)
{
  EngramAttributeKind kind = ENGRAM_ATTRIBUTE_REAL;

  if (engram_analysis_is_category (analysis))
    kind = engram_analysis_is_difference (analysis) ? ENGRAM_ATTRIBUTE_TEXT : ENGRAM_ATTRIBUTE_INTEGER;
  add (self, engram_analysis_get_name (analysis), NULL, kind, analysis);
}
