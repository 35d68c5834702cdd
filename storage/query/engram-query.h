/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_QUERY (engram_query_get_type ())

/**
 * EngramQuery:
 *
 * What is asked for in a network: terms that must all hold, as a person types them or sets them in the filter pane.
 * The text is the only form that is kept; what the pane shows is read from it and written into it. Immutable,
 * atomically counted; any thread.
 *
 * ```
 * axon "action potential"      words: anywhere in a word, letter case ignored, in source data, signature, code, tags,
 *                              metadata and id
 * tag:cortex,"old brain"       has one of these tags              type:tool,memory     one of these types
 * activation:>0.5              importance:0.2..0.4                executions:>=10
 * degree:>20  in:0  out:1..3   how many synapses it has, of both kinds, incoming, outgoing
 * community:1,3  component:>1  results of analyses (see #EngramAnalysis), which must have been made; so are
 * pagerank:>0.01               betweenness:>=100   faithfulness:<0.3
 * change:added,changed         what became of a neuron or synapse since another file, which must have been compared:
 *                              added, changed, rewired (a neuron that is the same, but not its synapses), same
 * moved:>5  drift:>0.1         how far a changed neuron, and its vector (cosine distance), is from where it was
 * created:<2025-11  modified:2025-11-01..2025-11-08   modified:>2025-11-01T09:30
 * near:ID<30                   at most so far away in space       box:x1,y1,z1,x2,y2,z2
 * near:x,y,z<30                the same around a place
 * like:ID                      all that have a vector, nearest by cosine first
 * id:ID,ID,...                 or just ids, one after the other, as they were pasted
 * weight:-0.1..0.1  usage:>3   of a synapse                       synapse:tool_input,tool_output    its type
 * weight-change:<-0.1          by how much a changed synapse is stronger or weaker than in the other file
 * from:ID  to:ID               a synapse that starts from, or leads to, one of these neurons
 * -TERM                        not that
 * ```
 *
 * Names of fields are read in either letter case. A value in quotation marks may hold anything, a quotation mark
 * being written twice; without them it ends at white space or a comma. After a comma there may be spaces. Bounds:
 * `>a`, `>=a`, `<b`, `<=b`, `a..b` (both included), `a..`, `..b`, `>a..<b`, or one value. A time may be cut short
 * (`2025`, `2025-11`, `2025-11-01T09:30`) and then is all of that year, month or minute; or `today`, `yesterday`, and
 * `7d`, `12h`, `30min`, `2w`, which is the moment so long ago, and alone the time since then. A distance after `near`
 * is included. Ids are UUIDs in any letter case between any commas, brackets, marks and white space; after `id:`,
 * `from:` and the like other ids may stand as values too. What has a colon but no name of a field before it must be
 * quoted, unless it is plainly something else (`http://x`, `std::string`, `9:30`).
 *
 * Which records a query leaves: **a neuron** where all neuron terms hold for it and, if there are synapse terms
 * (weight, usage, weight-change, synapse, from, to), one synapse that starts from it or leads to it fulfils all of
 * these. **A synapse** where all synapse terms hold for it and, if there are neuron terms, one neuron at its ends
 * fulfils all of these. `created`, `modified`, `change` and `id` are looked at in the record itself, neuron or synapse;
 * an id list also leaves the synapses of the neurons in it. `like` alone sets an order and leaves the neurons that have
 * a vector of that length; those whose vector has no direction (all zeros, or what is no number) come last.
 */
typedef struct _EngramQuery EngramQuery;

/**
 * EngramQueryField:
 *
 * What a term looks at; the names in the text are those of engram_query_field_get_name().
 */
typedef enum {
  ENGRAM_QUERY_WORD,
  ENGRAM_QUERY_ID,
  ENGRAM_QUERY_TYPE,
  ENGRAM_QUERY_TAG,
  ENGRAM_QUERY_ACTIVATION,
  ENGRAM_QUERY_IMPORTANCE,
  ENGRAM_QUERY_EXECUTIONS,
  ENGRAM_QUERY_DEGREE,
  ENGRAM_QUERY_IN,
  ENGRAM_QUERY_OUT,
  ENGRAM_QUERY_COMMUNITY,
  ENGRAM_QUERY_COMPONENT,
  ENGRAM_QUERY_PAGE_RANK,
  ENGRAM_QUERY_BETWEENNESS,
  ENGRAM_QUERY_FAITHFULNESS,
  ENGRAM_QUERY_CHANGE,
  ENGRAM_QUERY_MOVED,
  ENGRAM_QUERY_DRIFT,
  ENGRAM_QUERY_CREATED,
  ENGRAM_QUERY_MODIFIED,
  ENGRAM_QUERY_NEAR,
  ENGRAM_QUERY_BOX,
  ENGRAM_QUERY_LIKE,
  ENGRAM_QUERY_WEIGHT,
  ENGRAM_QUERY_USAGE,
  ENGRAM_QUERY_WEIGHT_CHANGE,
  ENGRAM_QUERY_SYNAPSE,
  ENGRAM_QUERY_FROM,
  ENGRAM_QUERY_TO,
  ENGRAM_QUERY_N_FIELDS,
} EngramQueryField;

/**
 * EngramRange:
 * @low: lower bound, -INFINITY for none
 * @high: upper bound, INFINITY for none
 * @low_excluded: whether @low itself is out
 * @high_excluded: whether @high itself is out
 *
 * A range of numbers.
 */
typedef struct {
  double   low;
  double   high;
  gboolean low_excluded;
  gboolean high_excluded;
} EngramRange;

/**
 * EngramQueryTerm:
 * @field: what it looks at
 * @negated: whether it must not hold
 * @values: (nullable) (array zero-terminated=1): words (one), ids, types, tags or synapse types, any of which will do;
 *   the id of `near` and `like`, %NULL where `near` is about a place; the numbers of communities and components, where
 *   no range of them is given; what `change` may be
 * @range: of a number, and the distance of `near` (@high)
 * @since: (nullable): earliest time, inclusive, complete as Python's isoformat() writes it
 * @until: (nullable): the first time that is too late
 * @box: x, y, z of one corner and of the other, the low one first; both are the place of a `near` without an id
 * @start: where the term starts in the text, in bytes
 * @end: where it ends
 *
 * One term of an #EngramQuery.
 */
typedef struct {
  EngramQueryField field;
  gboolean         negated;
  char           **values;
  EngramRange      range;
  char            *since;
  char            *until;
  double           box[2][3];
  gsize            start;
  gsize            end;
} EngramQueryTerm;

GType                  engram_query_get_type       (void) G_GNUC_CONST;

/**
 * engram_query_parse:
 * @text: what was typed
 * @start: (out) (optional): where that stands which is wrong, in bytes
 * @end: (out) (optional): where it ends
 * @error: return location, or %NULL
 *
 * What is wrong is never empty and always within @text, white space around it included.
 *
 * Returns: (transfer full) (nullable): the query, or %NULL with %ENGRAM_ERROR_INVALID, whose message says in the
 *   user's words what is wrong and what would be right
 */
EngramQuery           *engram_query_parse          (const char         *text,
                                                    gsize              *start,
                                                    gsize              *end,
                                                    GError            **error);

/**
 * engram_query_ref:
 * @self: a query
 *
 * Returns: (transfer full): the same, held once more
 */
EngramQuery           *engram_query_ref            (EngramQuery        *self);

/**
 * engram_query_unref:
 * @self: (transfer full): a query
 *
 * Lets go of it; the last one to do so frees it.
 */
void                   engram_query_unref          (EngramQuery        *self);

/**
 * engram_query_get_text:
 * @self: a query
 *
 * Returns: (transfer none): the text as it was typed, white space around it removed
 */
const char            *engram_query_get_text       (EngramQuery        *self);

/**
 * engram_query_get_terms:
 * @self: a query
 * @n_terms: (out): how many
 *
 * Returns: (transfer none) (array length=n_terms): its terms, in the order of the text
 */
const EngramQueryTerm *engram_query_get_terms      (EngramQuery        *self,
                                                    gsize              *n_terms);

/**
 * engram_query_find_term:
 * @self: (nullable): a query
 * @field: a field
 *
 * Returns: (transfer none) (nullable): the first term of that field that is not negated
 */
const EngramQueryTerm *engram_query_find_term      (EngramQuery        *self,
                                                    EngramQueryField    field);

/**
 * engram_query_is_empty:
 * @self: (nullable): a query
 *
 * Returns: whether nothing is asked for: %NULL, or no terms
 */
gboolean               engram_query_is_empty       (EngramQuery        *self);

/**
 * engram_query_equal:
 * @self: (nullable): a query
 * @other: (nullable): another one
 *
 * Returns: whether both ask for the same, in the same words
 */
gboolean               engram_query_equal          (EngramQuery        *self,
                                                    EngramQuery        *other);

/* Changes by the filter pane. Each gives a new query whose text differs in the one term only, the rest of what was
 * typed as it was; @self may be NULL for an empty one. */

/**
 * engram_query_with_range:
 * @self: (nullable): a query
 * @field: a field of numbers
 * @range: in which some number must lie; an unbounded one takes the terms away
 *
 * The query with a range of a field, in place of all of its terms that are not negated. The text differs in that only.
 *
 * Returns: (transfer full): a new query
 */
EngramQuery           *engram_query_with_range     (EngramQuery        *self,
                                                    EngramQueryField    field,
                                                    const EngramRange  *range);

/**
 * engram_query_with_value:
 * @self: (nullable): a query
 * @field: a field of names, groups or ids: type, tag, synapse, community, component, change, id, from, to
 * @value: one of its values
 * @present: whether it is asked for afterwards
 *
 * The query with a value in the first term of a field that is not negated, where it takes the place of a range, or
 * without it in all of these; the last one gone, the term goes. The text differs in that only.
 *
 * Returns: (transfer full): a new query
 */
EngramQuery           *engram_query_with_value     (EngramQuery        *self,
                                                    EngramQueryField    field,
                                                    const char         *value,
                                                    gboolean            present);

/**
 * engram_query_with_times:
 * @self: (nullable): a query
 * @field: %ENGRAM_QUERY_CREATED or %ENGRAM_QUERY_MODIFIED
 * @since: (nullable): the earliest time, before @until
 * @until: (nullable): the first that is too late; both %NULL take the term away
 *
 * The query with other times. The text differs in that only.
 *
 * Returns: (transfer full): a new query
 */
EngramQuery           *engram_query_with_times     (EngramQuery        *self,
                                                    EngramQueryField    field,
                                                    const char         *since,
                                                    const char         *until);

/**
 * engram_query_with_term:
 * @self: (nullable): a query
 * @field: a field
 * @term: (nullable): a term of it as it would be typed ("near:ID<30"), or %NULL for none
 *
 * The query with one term in place of all of that field. The text differs in that only.
 *
 * Returns: (transfer full): a new query
 */
EngramQuery           *engram_query_with_term      (EngramQuery        *self,
                                                    EngramQueryField    field,
                                                    const char         *term);

/**
 * engram_query_field_get_name:
 * @field: a field
 *
 * Returns: (transfer none) (nullable): its name in the text, never translated: queries travel; %NULL for words
 */
const char            *engram_query_field_get_name  (EngramQueryField   field);

/**
 * engram_query_field_get_label:
 * @field: a field
 *
 * Returns: (transfer none): what it is, for people: "Activation"
 */
const char            *engram_query_field_get_label (EngramQueryField   field);

/**
 * engram_query_field_get_example:
 * @field: a field
 *
 * Returns: (transfer none): how it is written, for completion: "activation:>0.5"
 */
const char            *engram_query_field_get_example (EngramQueryField field);

/**
 * engram_query_field_get_choices:
 * @field: a field
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the values that it may have, where these are few and
 *   fixed
 */
const char *const     *engram_query_field_get_choices (EngramQueryField field);

/**
 * engram_query_quote:
 * @value: a text
 *
 * Returns: (transfer full): the text as it must stand in a query where it may hold spaces, quotes or commas
 */
char                  *engram_query_quote           (const char        *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramQuery, engram_query_unref)

ENGRAM_END_DECLS
