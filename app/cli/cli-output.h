/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What engram-cli prints. */

/* JSON, member by member */
void     cli_json_begin       (GString     *json);
void     cli_json_name        (GString     *json,
                               const char  *name);
void     cli_json_text        (GString     *json,
                               const char  *name,
                               const char  *text);
void     cli_json_path        (GString     *json,
                               const char  *path);
void     cli_json_filename    (GString     *json,
                               const char  *name,
                               const char  *path);
void     cli_json_boolean     (GString     *json,
                               const char  *name,
                               gboolean     value);
void     cli_json_integer     (GString     *json,
                               const char  *name,
                               gint64       number);
void     cli_json_real        (GString     *json,
                               const char  *name,
                               double       number);
void     cli_json_value       (GString     *json,
                               const char  *name,
                               const char  *value);
void     cli_json_end         (GString     *json);
void     cli_json_append_real (GString     *json,
                               double       number);
/* A list: cli_json_item() stands before each object in it. */
void     cli_json_begin_list  (GString     *json,
                               const char  *name);
void     cli_json_item        (GString     *json);
void     cli_json_item_text   (GString     *json,
                               const char  *text);
void     cli_json_end_list    (GString     *json);

/* Text for people: valid UTF-8 on one line, without control characters, at most so many characters. */
char    *cli_clean_text       (const char  *text,
                               gsize        length);

/* A table of two columns. */
void     cli_rows_add         (GPtrArray   *rows,
                               const char  *label,
                               char        *value);
void     cli_rows_format      (GPtrArray   *rows,
                               GString     *text);

/* Seconds since a moment of g_get_monotonic_time(). */
double   cli_seconds_since    (gint64       start);

/* A number with its thousands apart; a time that something took; a timestamp as the locale writes it. */
char    *cli_format_count     (guint64      count);
char    *cli_format_seconds   (double       seconds);
char    *cli_format_time      (const char  *time);

/* On stdout, with a line break. */
gboolean cli_print_line       (GString     *line,
                               GError     **error);
gboolean cli_print_flush      (GError     **error);

/* An EngramProgressFunc: one line on stderr where that is a terminal. */
void     cli_progress         (const char  *phase,
                               double       fraction,
                               gpointer     user_data);
void     cli_progress_clear   (void);

G_END_DECLS
