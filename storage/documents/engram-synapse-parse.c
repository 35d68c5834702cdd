/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-record-parse-private.h"

#include <glib/gi18n-lib.h>

#include "json/engram-number.h"

const char *const engram_synapse_member_names[] = {
  "id", "source_neuron_id", "target_neuron_id", "weight", "usage_count", "last_traversed", "synapse_type", "metadata",
  "created_at", "modified_at", NULL
};

static const EngramRecordMember *
get (EngramRecordParser  *self,
     EngramSynapseMember  name)
{
  return engram_record_scan_get (self->scan, name);
}

/* Whatever stands for a neuron's id; whether there is such a neuron is another's business. */
static const char *
parse_end (EngramRecordParser  *self,
           EngramSynapseMember  name)
{
  const EngramRecordMember *member = get (self, name);

  if (self->make_ids && member != NULL && member->token == ENGRAM_JSON_TOKEN_NUMBER)
    return engram_arena_take_text (self->arena, member->value, member->length);
  return engram_record_parser_required_text (self, member, engram_synapse_member_names[name]);
}

static void
parse_weight (EngramRecordParser *self,
              EngramSynapse      *synapse)
{
  const EngramRecordMember *member = get (self, ENGRAM_SYNAPSE_MEMBER_WEIGHT);
  char digits[ENGRAM_NUMBER_LENGTH];

  if (member == NULL)
    engram_record_parser_fail (self, NULL, "weight", _("it is missing"));
  else if (engram_record_parser_real (self, member, "weight", &synapse->weight) &&
           (synapse->weight < -1 || synapse->weight > 1))
    {
      engram_number_format (synapse->weight, digits);
      engram_record_parser_fail (self, member, "weight", _("%s is outside [-1, 1]"), digits);
    }
}

static void
parse_usage (EngramRecordParser *self,
             EngramSynapse      *synapse)
{
  const EngramRecordMember *count = get (self, ENGRAM_SYNAPSE_MEMBER_USAGE_COUNT);
  const EngramRecordMember *last = get (self, ENGRAM_SYNAPSE_MEMBER_LAST_TRAVERSED);

  if (count != NULL && count->token == ENGRAM_JSON_TOKEN_NULL)
    synapse->nulls |= ENGRAM_SYNAPSE_USAGE_COUNT;
  else if (count != NULL)
    engram_record_parser_integer (self, count, "usage_count", &synapse->usage_count);
  if (last != NULL && last->token != ENGRAM_JSON_TOKEN_NULL)
    synapse->last_traversed = engram_record_parser_required_time (self, last, "last_traversed");
}

static void
keep_unknown_members (EngramRecordParser *self)
{
  for (guint i = 0; i < self->scan->members->len; i++)
    {
      const EngramRecordMember *member = &g_array_index (self->scan->members, EngramRecordMember, i);

      if (!member->is_known && !engram_record_scan_is_superseded (self->scan, i))
        engram_record_parser_keep (self, member);
    }
}

EngramSynapse *
engram_record_parser_synapse (EngramRecordParser *self,
                              EngramRecordScan   *scan,
                              EngramArena        *arena,
                              gboolean           *good)
{
  EngramSynapse *synapse = engram_arena_take (arena, sizeof *synapse);

  *synapse = (EngramSynapse) { .block_size = sizeof *synapse };
  engram_record_parser_begin (self, scan, arena);
  synapse->id = engram_record_parser_id (self, get (self, ENGRAM_SYNAPSE_MEMBER_ID));
  engram_record_parser_check_numbers (self);
  synapse->source_id = parse_end (self, ENGRAM_SYNAPSE_MEMBER_SOURCE);
  synapse->target_id = parse_end (self, ENGRAM_SYNAPSE_MEMBER_TARGET);
  parse_weight (self, synapse);
  parse_usage (self, synapse);
  synapse->type = engram_record_parser_required_text (self, get (self, ENGRAM_SYNAPSE_MEMBER_TYPE), "synapse_type");
  synapse->metadata = engram_record_parser_metadata (self, get (self, ENGRAM_SYNAPSE_MEMBER_METADATA));
  synapse->created_at = engram_record_parser_required_time (self, get (self, ENGRAM_SYNAPSE_MEMBER_CREATED_AT),
                                                            "created_at");
  synapse->modified_at = engram_record_parser_required_time (self, get (self, ENGRAM_SYNAPSE_MEMBER_MODIFIED_AT),
                                                             "modified_at");
  keep_unknown_members (self);
  synapse->fields = engram_record_parser_take_fields (self);
  *good = !self->has_problems;
  return synapse;
}
