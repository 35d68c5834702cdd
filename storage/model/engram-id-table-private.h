/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-uuid.h"

G_BEGIN_DECLS

/* Ids of neurons -> their places 0, 1, 2, ... in the order in which they were added: 16 bytes an id and 4 to 8 for the
 * table. An id that is no UUID, as damaged networks have, is kept as text; its place in the array of UUIDs holds a
 * pattern that no UUID has. Reading is safe in several threads once adding has ended. */
typedef struct _EngramIdTable EngramIdTable;

#define ENGRAM_ID_TABLE_NONE G_MAXUINT32

EngramIdTable    *engram_id_table_new       (guint32              expected);
void              engram_id_table_free      (EngramIdTable       *self);
/* FALSE where the id is there already. No two ids are known beforehand to share a slot: each table has a seed. */
gboolean          engram_id_table_add       (EngramIdTable       *self,
                                             const char          *id,
                                             gsize                length);
/* Takes a place for what has no id. It is never found, and its id is "". */
void              engram_id_table_add_nameless (EngramIdTable     *self);
guint32           engram_id_table_find      (const EngramIdTable *self,
                                             const char          *id,
                                             gsize                length);
/* The places of many ids that are UUIDs, or NONE: much quicker than one by one, for memory is waited for together. */
void              engram_id_table_find_uuids (const EngramIdTable *self,
                                              const EngramUuid    *uuids,
                                              guint                n_uuids,
                                              guint32             *places);
guint32           engram_id_table_get_size  (const EngramIdTable *self);
const EngramUuid *engram_id_table_get_uuids (const EngramIdTable *self);
char             *engram_id_table_dup_id    (const EngramIdTable *self,
                                             guint32              place);
gsize             engram_id_table_get_bytes (const EngramIdTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramIdTable, engram_id_table_free)

G_END_DECLS
