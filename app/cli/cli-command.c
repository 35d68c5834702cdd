/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-command.h"

#include "cli-output.h"

#include <engram.h>
#include <glib/gi18n.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* The signal that cancelled, or 0. */
static int cancelled_by;

static void
print_failure (const char *what,
               const char *why)
{
  g_autofree char *clean_what = cli_clean_text (what, G_MAXSIZE);
  g_autofree char *clean_why = cli_clean_text (why, G_MAXSIZE);

  cli_progress_clear ();
  g_printerr ("engram-cli: %s: %s\n", clean_what, clean_why);
}

int
cli_usage (const char *what,
           const char *format,
           ...)
{
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_failure (what, why);
  return CLI_USAGE;
}

int
cli_call_fail (CliCall      *call,
               const GError *error)
{
  g_autofree char *why = NULL;

  /* Whoever read our output has seen enough of it: no failure. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return CLI_DONE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      why = g_strdup_printf (_("interrupted; %s"), call->done != NULL ? call->done : _("nothing was changed"));
      print_failure (call->command->name, why);
      return 128 + g_atomic_int_get (&cancelled_by);
    }
  if (call->done != NULL)
    why = g_strdup_printf ("%s; %s", error->message, call->done);
  print_failure (call->file, why != NULL ? why : error->message);
  return CLI_FAILED;
}

void
cli_call_warn (CliCall    *call,
               const char *what,
               const char *format,
               ...)
{
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (call->warnings == NULL)
    call->warnings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (call->warnings, g_strdup (what));
  g_ptr_array_add (call->warnings, g_steal_pointer (&why));
}

void
cli_call_print_warnings (CliCall *call)
{
  for (guint i = 0; call->warnings != NULL && i < call->warnings->len; i += 2)
    print_failure (call->warnings->pdata[i], call->warnings->pdata[i + 1]);
}

int
cli_call_finish (CliCall *call,
                 GString *text,
                 int      status)
{
  g_autoptr (GError) error = NULL;

  cli_progress_clear ();
  if (cli_print_line (text, &error) && cli_print_flush (&error))
    return status;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ? status : cli_call_fail (call, error);
}

/* The arguments that were given are those that the usage line names; the last may be several where it ends so. */
static gboolean
check_arguments (CliCall *call,
                 GStrv    given)
{
  g_autofree char *usage = g_strdup (call->command->arguments);
  gboolean repeats = g_str_has_suffix (usage, "…");
  g_auto (GStrv) names = NULL;
  guint n_names;
  guint n_given = given != NULL ? g_strv_length (given) : 0;

  if (repeats)
    usage[strlen (usage) - strlen ("…")] = '\0';
  names = g_strsplit (usage, " ", -1);
  n_names = g_strv_length (names);
  for (guint i = 0; i < MAX (n_names, n_given); i++)
    {
      if (i >= n_names && !repeats)
        {
          cli_usage (call->command->name, _("expected is %s, and “%s” is one too many"), usage, given[i]);
          return FALSE;
        }
      if (i >= n_given || *given[i] == '\0')
        {
          cli_usage (call->command->name, _("%s is missing"), names[MIN (i, n_names - 1)]);
          return FALSE;
        }
    }
  return TRUE;
}

/* GLib takes “--repair=no” for “--repair”. */
static gboolean
check_switches (CliCall            *call,
                const GOptionEntry *entries,
                char              **argv)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    for (int i = 1; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
      {
        g_autofree char *assigned = g_strdup_printf ("--%s=", entries->long_name);

        if (entries->arg == G_OPTION_ARG_NONE && g_str_has_prefix (argv[i], assigned))
          {
            cli_usage (call->command->name, _("--%s takes no value"), entries->long_name);
            return FALSE;
          }
      }
  return TRUE;
}

gboolean
cli_call_parse (CliCall             *call,
                const GOptionEntry  *entries,
                const char          *description,
                int                  argc,
                char               **argv)
{
  g_auto (GStrv) given = NULL;
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &call->json, N_("Print JSON"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (call->command->arguments);
  g_autofree char *program = g_strdup_printf ("engram-cli %s", call->command->name);
  g_autoptr (GError) error = NULL;

  /* The usage line of --help begins with it. */
  g_set_prgname (program);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(call->command->summary));
  g_option_context_set_description (context, description);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!check_switches (call, entries, argv) || !check_switches (call, common, argv))
    return FALSE;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      cli_usage (call->command->name, "%s", error->message);
      return FALSE;
    }
  if (!check_arguments (call, given))
    return FALSE;
  call->arguments = g_steal_pointer (&given);
  call->file = call->arguments[0];
  return TRUE;
}

void
cli_call_clear (CliCall *call)
{
  g_clear_pointer (&call->arguments, g_strfreev);
  g_clear_pointer (&call->warnings, g_ptr_array_unref);
  g_clear_pointer (&call->done, g_free);
}

gboolean
cli_parse_count (CliCall    *call,
                 const char *option,
                 const char *text,
                 guint64     minimum,
                 guint64     maximum,
                 guint64    *value)
{
  g_autofree char *smallest = NULL;
  g_autofree char *largest = NULL;

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, minimum, maximum, value, NULL))
    return TRUE;

  smallest = g_strdup_printf ("%" G_GUINT64_FORMAT, minimum);
  largest = g_strdup_printf ("%" G_GUINT64_FORMAT, maximum);
  cli_usage (call->command->name, _("%s must be a whole number from %s to %s, not “%s”"), option, smallest, largest,
             text);
  return FALSE;
}

gboolean
cli_parse_weight (CliCall    *call,
                  const char *option,
                  const char *text,
                  double     *value)
{
  char *end = NULL;
  double number;

  if (text == NULL)
    return TRUE;

  number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (number))
    {
      cli_usage (call->command->name, _("%s must be a number such as -0.25, not “%s”"), option, text);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

gboolean
cli_parse_time (CliCall     *call,
                const char  *option,
                const char  *text,
                char       **value)
{
  g_autofree char *time = NULL;

  if (text == NULL)
    return TRUE;

  /* A day stands for its first moment. */
  time = strchr (text, 'T') == NULL ? g_strconcat (text, "T00:00:00", NULL) : g_strdup (text);
  if (!engram_time_is_valid (time))
    {
      cli_usage (call->command->name, _("%s must be a local time such as 2025-11-01T09:00:00, not “%s”"),
                 option, text);
      return FALSE;
    }
  *value = g_steal_pointer (&time);
  return TRUE;
}

gboolean
cli_parse_text (CliCall    *call,
                const char *option,
                const char *text,
                char      **value)
{
  if (text == NULL)
    return TRUE;

  /* A script that runs without a locale speaks UTF-8 all the same. */
  *value = g_utf8_validate (text, -1, NULL) ? g_strdup (text) : g_locale_to_utf8 (text, -1, NULL, NULL, NULL);
  if (*value != NULL)
    return TRUE;

  cli_usage (call->command->name, _("%s must be text in UTF-8"), option);
  return FALSE;
}

static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  while (sigwait (&signals, &number) == 0)
    {
      /* Asked twice: what is being waited for (a reader of our output, say) does not come. */
      if (!g_atomic_int_compare_and_exchange (&cancelled_by, 0, number))
        _exit (128 + number);
      g_cancellable_cancel (cancellable);
    }
  return NULL;
}

/* The main thread is busy in libengram, and a signal handler may not cancel: a thread waits for signals. */
void
cli_watch_signals (GCancellable *cancellable)
{
  const int numbers[] = { SIGINT, SIGTERM };
  sigset_t signals;

  sigemptyset (&signals);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction action;

      /* Whoever started us with the signal ignored (nohup, a background job) wants it so. */
      if (sigaction (numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        sigaddset (&signals, numbers[i]);
    }
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
}
