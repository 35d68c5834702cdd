/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One finished run of engram-cli. */
typedef struct {
  int   status; /* of exit, or -1 where a signal ended it */
  char *output;
  char *errors;
} CliRun;

/* Arguments after the program's name, ended by NULL. */
CliRun      *cli_run            (const char *argument,
                                 ...) G_GNUC_NULL_TERMINATED;
void         cli_run_free       (CliRun     *run);

/* The same, started only, its output and errors on pipes. */
GSubprocess *cli_start          (const char *argument,
                                 ...) G_GNUC_NULL_TERMINATED;

/* The exit status is as expected; if it is not 0, stderr has one line "engram-cli: ..." and stdout none. */
#define cli_assert_status(run, expected) \
  G_STMT_START { \
    g_assert_cmpstr ((run)->errors, ==, (expected) == 0 ? "" : (run)->errors); \
    g_assert_cmpint ((run)->status, ==, expected); \
    if ((expected) != 0) \
      { \
        g_assert_cmpstr ((run)->output, ==, ""); \
        g_assert_true (g_str_has_prefix ((run)->errors, "engram-cli: ")); \
        g_assert_nonnull (strchr ((run)->errors, '\n')); \
        g_assert_cmpstr (strchr ((run)->errors, '\n'), ==, "\n"); \
      } \
  } G_STMT_END

/* The output as lines. */
GStrv        cli_run_lines      (CliRun     *run);

/* A member of a JSON object, as JSON text; the test fails where the object is no JSON. */
char        *cli_member         (const char *object,
                                 const char *name);

/* Makes a small network of 200 neurons and 500 synapses. */
char        *cli_make_network   (const char *folder,
                                 const char *name);

/* Runs SQL on a file. */
void         cli_execute_sql    (const char *path,
                                 const char *sql);

/* The names of what is in a folder, sorted. */
char        *cli_list_folder    (const char *folder);

void         cli_lists_add_tests (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

G_END_DECLS
