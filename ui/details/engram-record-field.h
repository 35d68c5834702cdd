/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "details/engram-field-text.h"

G_BEGIN_DECLS

/* EngramFieldGroup:
 *
 * Under which heading a field stands. */
typedef enum {
  ENGRAM_GROUP_OWN,      /* the fields of the type */
  ENGRAM_GROUP_OTHER,    /* what else stands in the record */
  ENGRAM_GROUP_COMMON,   /* what all records have */
  ENGRAM_GROUP_METADATA,
  ENGRAM_N_GROUPS,
} EngramFieldGroup;

/* EngramRecordField:
 * @name: tells it from the others of its record
 * @label: its name for people
 * @group: where it stands
 * @control: how it is edited
 * @field: what it is for the storage; its texts belong to this, or to a type
 * @part: what it is otherwise
 * @required: whether it cannot be without a value
 *
 * One value of a neuron or a synapse that can be edited. */
typedef struct {
  char              *name;
  char              *label;
  EngramFieldGroup   group;
  EngramControlKind  control;
  EngramField        field;
  guint              part;
  gboolean           required;
} EngramRecordField;

EngramRecordField *engram_record_field_copy (const EngramRecordField *self);
/* Returns: (transfer full) (element-type EngramRecordField): all that can be edited, in the order in which it is
 * shown */
GPtrArray *engram_record_fields_list       (EngramRecordKind          kind,
                                            gconstpointer             record);
/* Returns: (transfer full) (nullable): the known texts of a choice */
char     **engram_record_field_dup_choices (const EngramRecordField  *self,
                                            EngramRecordKind          kind);
/* Returns: (transfer full): the value as JSON */
char      *engram_record_field_get         (const EngramRecordField  *self,
                                            gconstpointer             record);
/* Sets the value, which must fit; ENGRAM_ERROR_INVALID otherwise. */
gboolean   engram_record_field_set         (const EngramRecordField  *self,
                                            gpointer                  record,
                                            const char               *json,
                                            GError                  **error);

/* Records of either kind */
gpointer   engram_any_record_copy          (EngramRecordKind          kind,
                                            gconstpointer             record);
/* @record: (nullable) (transfer full) */
void       engram_any_record_free          (EngramRecordKind          kind,
                                            gpointer                  record);
guint      engram_any_record_compare       (EngramRecordKind          kind,
                                            gconstpointer             one,
                                            gconstpointer             other);
gboolean   engram_any_record_validate      (EngramRecordKind          kind,
                                            gconstpointer             record,
                                            guint                     columns,
                                            GError                  **error);

G_END_DECLS
