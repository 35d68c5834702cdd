/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>
#include <sqlite3.h>

#include "stores/engram-row-set.h"

G_BEGIN_DECLS

/* A list of ids to be shown, 16 bytes an id, and 8 for its row. What is no UUID is kept as text. Reading is safe in
 * several threads. */
typedef struct _EngramIdList EngramIdList;

EngramIdList *engram_id_list_new      (void);
void          engram_id_list_free     (EngramIdList       *self);
/* Adds the id in column 1 of a row whose column 0 is the rowid; one that is NULL or empty is "row N". */
void          engram_id_list_add_row  (EngramIdList       *self,
                                       sqlite3_stmt       *row);
/* Adds any text: made valid UTF-8, and cut where it is very long. */
void          engram_id_list_add_text (EngramIdList       *self,
                                       const char         *text,
                                       gsize               length);
/* Adds the item of another list, or all of them. */
void          engram_id_list_add_item (EngramIdList       *self,
                                       const EngramIdList *other,
                                       guint               index);
void          engram_id_list_extend   (EngramIdList       *self,
                                       const EngramIdList *other);
/* (transfer full): the rows of the items that were added as rows. */
EngramRowSet *engram_id_list_dup_rows (const EngramIdList *self);
guint         engram_id_list_get_size (const EngramIdList *self);
char         *engram_id_list_dup_id   (const EngramIdList *self,
                                       guint               index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramIdList, engram_id_list_free)

G_END_DECLS
