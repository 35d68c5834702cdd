/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Writes one object after the other, member by member, as two texts at once: that of the document, with the members in
 * the order in which they come, and the canonical one, with the members sorted. Each value is formatted once. */
typedef struct _EngramObjectWriter EngramObjectWriter;

EngramObjectWriter *engram_object_writer_new   (void);
void                engram_object_writer_free  (EngramObjectWriter *self);

/* @document is appended to until engram_object_writer_end(), which appends the whole object to @canonical; both may be
 * NULL. @indent and @level are those of engram_json_append_value(). */
void                engram_object_writer_begin (EngramObjectWriter *self,
                                                GString            *document,
                                                guint               indent,
                                                guint               level);
void                engram_object_writer_end   (EngramObjectWriter *self,
                                                GString            *canonical);

/* A member's name, which one value must follow. @name is UTF-8; it must stay until the end. */
void                engram_object_writer_name       (EngramObjectWriter *self,
                                                     const char         *name);
/* A name as the string token that it was, and as engram_json_append_code_points() has it; both must stay. */
void                engram_object_writer_any_name   (EngramObjectWriter *self,
                                                     const char         *token,
                                                     gsize               token_length,
                                                     const char         *name,
                                                     gsize               length);

void                engram_object_writer_null       (EngramObjectWriter *self);
/* What is not finite becomes null. */
void                engram_object_writer_real       (EngramObjectWriter *self,
                                                     double              number);
void                engram_object_writer_integer    (EngramObjectWriter *self,
                                                     gint64              number);
/* @length -1: up to the NUL. How long it has become is returned. */
gsize               engram_object_writer_text       (EngramObjectWriter *self,
                                                     const char         *text,
                                                     gssize              length);
/* Checked JSON; FALSE where a number in it is beyond the range of a double: it has become null in both texts. */
gboolean            engram_object_writer_json       (EngramObjectWriter *self,
                                                     const char         *json,
                                                     gsize               length);
void                engram_object_writer_position   (EngramObjectWriter *self,
                                                     const double        position[3]);
/* The first number that was not finite and has become null, counted from 1, or 0. */
gsize               engram_object_writer_vector     (EngramObjectWriter *self,
                                                     const float        *numbers,
                                                     gsize               length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramObjectWriter, engram_object_writer_free)

G_END_DECLS
