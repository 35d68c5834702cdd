/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SYNAPSE_STORE (engram_synapse_store_get_type ())

G_DECLARE_FINAL_TYPE (EngramSynapseStore, engram_synapse_store, ENGRAM, SYNAPSE_STORE, GObject)

/**
 * EngramSynapseListItem:
 * @synapse: the synapse
 * @other_id: the neuron at its other end
 * @other_type: (nullable): that neuron's type, or %NULL where there is no such neuron
 * @other_summary: (nullable): that neuron's text, signature or id, or %NULL where there is no such neuron
 *
 * One synapse as seen from one of its ends.
 */
typedef struct {
  EngramSynapse *synapse;
  const char    *other_id;
  char          *other_type;
  char          *other_summary;
} EngramSynapseListItem;

/**
 * EngramSynapseDirection:
 * @ENGRAM_SYNAPSE_OUTGOING: starts from the neuron
 * @ENGRAM_SYNAPSE_INCOMING: leads to the neuron
 */
typedef enum {
  ENGRAM_SYNAPSE_OUTGOING,
  ENGRAM_SYNAPSE_INCOMING,
} EngramSynapseDirection;

EngramSynapseStore *engram_synapse_store_new                 (EngramDatabase              *database);
EngramDatabase     *engram_synapse_store_get_database        (EngramSynapseStore          *self);

gboolean            engram_synapse_store_create              (EngramSynapseStore          *self,
                                                              EngramSynapse               *synapse,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
EngramSynapse      *engram_synapse_store_get                 (EngramSynapseStore          *self,
                                                              const char                  *id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
gboolean            engram_synapse_store_update              (EngramSynapseStore          *self,
                                                              EngramSynapse               *synapse,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
gboolean            engram_synapse_store_delete              (EngramSynapseStore          *self,
                                                              const char                  *id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
gboolean            engram_synapse_store_create_batch        (EngramSynapseStore          *self,
                                                              GPtrArray                   *synapses,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
gboolean            engram_synapse_store_update_batch        (EngramSynapseStore          *self,
                                                              GPtrArray                   *synapses,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
gboolean            engram_synapse_store_delete_weaker       (EngramSynapseStore          *self,
                                                              double                       threshold,
                                                              guint64                     *n_deleted,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
gboolean            engram_synapse_store_count               (EngramSynapseStore          *self,
                                                              guint64                     *count,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
GPtrArray          *engram_synapse_store_list_after          (EngramSynapseStore          *self,
                                                              gint64                       after_rowid,
                                                              guint                        limit,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
GPtrArray          *engram_synapse_store_list_by_source      (EngramSynapseStore          *self,
                                                              const char                  *source_id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
GPtrArray          *engram_synapse_store_list_by_target      (EngramSynapseStore          *self,
                                                              const char                  *target_id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
GPtrArray          *engram_synapse_store_list_between        (EngramSynapseStore          *self,
                                                              const char                  *source_id,
                                                              const char                  *target_id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
GPtrArray          *engram_synapse_store_list_modified_since (EngramSynapseStore          *self,
                                                              const char                  *time,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);
GPtrArray          *engram_synapse_store_list_items          (EngramSynapseStore          *self,
                                                              const char                  *neuron_id,
                                                              EngramSynapseDirection       direction,
                                                              guint                        limit,
                                                              guint64                     *total,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * EngramSynapseFilter:
 * @source_id: (nullable): only from this neuron
 * @target_id: (nullable): only to this neuron
 * @min_weight: signed, inclusive; -INFINITY for none
 * @max_weight: signed, inclusive; INFINITY for none
 * @offset: how many of what is left are passed over
 * @limit: how many at most; a negative number means all
 */
typedef struct {
  const char *source_id;
  const char *target_id;
  double      min_weight;
  double      max_weight;
  guint64     offset;
  gint64      limit;
} EngramSynapseFilter;

typedef gboolean (*EngramSynapseFunc) (const EngramSynapse *synapse,
                                       gpointer             user_data,
                                       GError             **error);

gboolean            engram_synapse_store_foreach             (EngramSynapseStore          *self,
                                                              const EngramSynapseFilter   *filter,
                                                              EngramSynapseFunc            func,
                                                              gpointer                     user_data,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

G_END_DECLS
