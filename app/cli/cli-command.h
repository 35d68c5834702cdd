/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One command of engram-cli: how it is called, and how a call of it is parsed, fails and ends. */

typedef enum {
  CLI_DONE = 0,
  CLI_FAILED = 1,
  CLI_USAGE = 2,
  CLI_FOUND = 3, /* something that somebody should look at */
} CliStatus;

typedef struct _CliCommand CliCommand;

/* One call of a command. */
typedef struct {
  const CliCommand *command;
  GCancellable     *cancellable; /* cancelled by Ctrl+C */
  gboolean          json;
  char            **arguments;
  const char       *file;        /* the first argument */
  char             *done;        /* what is changed already: no failure may say that nothing is; nullable */
  GPtrArray        *warnings;    /* what each is about, and the warning */
} CliCall;

struct _CliCommand {
  const char *name;
  const char *arguments; /* what follows the options, translatable: a name each; the last may end in … */
  const char *summary;   /* translatable */
  int       (*run) (CliCall  *call,
                    int       argc,
                    char    **argv);
};

/* Reads the options (entries, and --json) and the arguments that the command names. FALSE where that was said to be
 * wrong on stderr: return CLI_USAGE. */
gboolean cli_call_parse     (CliCall             *call,
                             const GOptionEntry  *entries,
                             const char          *description,
                             int                  argc,
                             char               **argv);
void     cli_call_clear     (CliCall             *call);

/* Prints the result, and returns the status, or another where that failed. */
int      cli_call_finish    (CliCall             *call,
                             GString             *text,
                             int                  status);

/* One line on stderr once the command has ended, unless it fails: then there is just the line that says why. */
void     cli_call_warn      (CliCall             *call,
                             const char          *what,
                             const char          *format,
                             ...) G_GNUC_PRINTF (3, 4);
void     cli_call_print_warnings (CliCall        *call);

/* One line on stderr; both return the exit status. */
int      cli_call_fail      (CliCall             *call,
                             const GError        *error);
int      cli_usage          (const char          *what,
                             const char          *format,
                             ...) G_GNUC_PRINTF (2, 3);

/* The value of an option. FALSE where that was said to be wrong on stderr. Without text, value stays. */
gboolean cli_parse_count    (CliCall             *call,
                             const char          *option,
                             const char          *text,
                             guint64              minimum,
                             guint64              maximum,
                             guint64             *value);
gboolean cli_parse_weight   (CliCall             *call,
                             const char          *option,
                             const char          *text,
                             double              *value);
gboolean cli_parse_time     (CliCall             *call,
                             const char          *option,
                             const char          *text,
                             char               **value);
gboolean cli_parse_text     (CliCall             *call,
                             const char          *option,
                             const char          *text,
                             char               **value);

/* Signals cancel the cancellable from now on. */
void     cli_watch_signals  (GCancellable        *cancellable);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliCall, cli_call_clear)

/* The commands */
extern const CliCommand cli_command_create;
extern const CliCommand cli_command_info;
extern const CliCommand cli_command_neurons;
extern const CliCommand cli_command_synapses;
extern const CliCommand cli_command_check;
extern const CliCommand cli_command_compare;
extern const CliCommand cli_command_prune;
extern const CliCommand cli_command_undo;
extern const CliCommand cli_command_export;
extern const CliCommand cli_command_import;
extern const CliCommand cli_command_backup;
extern const CliCommand cli_command_backups;
extern const CliCommand cli_command_verify;
extern const CliCommand cli_command_restore;
extern const CliCommand cli_command_vacuum;
extern const CliCommand cli_command_generate;

G_END_DECLS
