/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-query-private.h"

struct _EngramQuery {
  gatomicrefcount  references;
  char            *text;
  GArray          *terms;
};

G_DEFINE_BOXED_TYPE (EngramQuery, engram_query, engram_query_ref, engram_query_unref)

void
engram_query_term_clear (EngramQueryTerm *self)
{
  g_strfreev (self->values);
  g_free (self->since);
  g_free (self->until);
}

EngramQuery *
engram_query_new (char   *text,
                  GArray *terms)
{
  EngramQuery *self = g_new0 (EngramQuery, 1);

  g_atomic_ref_count_init (&self->references);
  self->text = text;
  self->terms = terms;
  return self;
}

EngramQuery *
engram_query_ref (EngramQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_query_unref (EngramQuery *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->text);
  g_array_unref (self->terms);
  g_free (self);
}

const char *
engram_query_get_text (EngramQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

const EngramQueryTerm *
engram_query_get_terms (EngramQuery *self,
                        gsize       *n_terms)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_terms != NULL, NULL);

  *n_terms = self->terms->len;
  return (const EngramQueryTerm *) self->terms->data;
}

const EngramQueryTerm *
engram_query_find_term (EngramQuery      *self,
                        EngramQueryField  field)
{
  if (self == NULL)
    return NULL;

  for (guint i = 0; i < self->terms->len; i++)
    {
      const EngramQueryTerm *term = &g_array_index (self->terms, EngramQueryTerm, i);

      if (term->field == field && !term->negated)
        return term;
    }
  return NULL;
}

gboolean
engram_query_is_empty (EngramQuery *self)
{
  return self == NULL || self->terms->len == 0;
}

/* The same text may mean other times on another day: "today". */
static gboolean
has_same_times (EngramQuery *self,
                EngramQuery *other)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      const EngramQueryTerm *term = &g_array_index (self->terms, EngramQueryTerm, i);
      const EngramQueryTerm *other_term = &g_array_index (other->terms, EngramQueryTerm, i);

      if (g_strcmp0 (term->since, other_term->since) != 0 || g_strcmp0 (term->until, other_term->until) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
engram_query_equal (EngramQuery *self,
                    EngramQuery *other)
{
  if (engram_query_is_empty (self) || engram_query_is_empty (other))
    return engram_query_is_empty (self) && engram_query_is_empty (other);
  return g_str_equal (self->text, other->text) && has_same_times (self, other);
}
