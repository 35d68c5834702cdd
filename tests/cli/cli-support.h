/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A test program's main() begins with the one and ends with the other: engram-cli keeps its histories in a folder that
 * is there for the test alone. */
void         cli_test_init      (int         *argc,
                                 char      ***argv);
int          cli_test_run       (void);

/* The environment of what is started from now on, until it is reset. A value of NULL unsets. */
void         cli_set_environment   (const char *name,
                                    const char *value);
void         cli_reset_environment (void);

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

/* The same, interrupted as Ctrl+C does once something happens in a folder to a file whose name ends so. */
CliRun      *cli_run_interrupted (const char *folder,
                                 const char  *suffix,
                                 const char  *argument,
                                 ...) G_GNUC_NULL_TERMINATED;

/* A script for the shell, which finds engram-cli in $ENGRAM_CLI and two arguments in $1 and $2. */
CliRun      *cli_run_shell      (const char *script,
                                 const char *first,
                                 const char *second);

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

/* The exit status is 3, and what was found stands on stdout. */
#define cli_assert_found(run) \
  G_STMT_START { \
    g_assert_cmpstr ((run)->errors, ==, ""); \
    g_assert_cmpint ((run)->status, ==, 3); \
    g_assert_cmpstr ((run)->output, !=, ""); \
  } G_STMT_END

/* What a run says holds a text. */
#define cli_assert_says(text, part) \
  G_STMT_START { \
    if (strstr ((text), (part)) == NULL) \
      g_error ("“%s” is not in: %s", (part), (text)); \
  } G_STMT_END

/* The output as lines. */
GStrv        cli_run_lines      (CliRun     *run);

/* A member of a JSON object, as JSON text; the test fails where the object is no JSON. */
char        *cli_member         (const char *object,
                                 const char *name);

/* The names of an object's members, in order, with spaces between; the items of a list, as JSON; a member as text; a
 * member as a whole number. */
char        *cli_keys           (const char *object);
GPtrArray   *cli_items          (const char *list);
char        *cli_text_member    (const char *object,
                                 const char *name);
guint64      cli_number_member  (const char *object,
                                 const char *name);

/* Makes a small network of 200 neurons and 500 synapses. */
char        *cli_make_network   (const char *folder,
                                 const char *name);

/* Runs SQL on a file. */
void         cli_execute_sql    (const char *path,
                                 const char *sql);

/* The content hash of a network. */
char        *cli_hash_content   (const char *path);

/* Calls a function with each file of ../shared/data/damaged that ends so; it returns an exit status, which must be as
 * EXPECTED.tsv says. Skips the test where the data is absent. */
typedef int (*CliDamagedFunc)   (const char *path);
void         cli_foreach_damaged (const char    *suffix,
                                  CliDamagedFunc func);

/* The names of what is in a folder, sorted. */
char        *cli_list_folder    (const char *folder);

void         cli_lists_add_tests (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

G_END_DECLS
