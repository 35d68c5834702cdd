/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-text.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

/* How fast and how long */

static char *
dup_count_rate (gulong        per_second,
                EngramJobUnit unit)
{
  g_autofree char *count = engram_format_count (per_second);

  switch (unit)
    {
    case ENGRAM_JOB_UNIT_NEURONS:
      return g_strdup_printf (ngettext ("%s neuron a second", "%s neurons a second", per_second), count);
    case ENGRAM_JOB_UNIT_SYNAPSES:
      return g_strdup_printf (ngettext ("%s synapse a second", "%s synapses a second", per_second), count);
    case ENGRAM_JOB_UNIT_RECORDS:
      return g_strdup_printf (ngettext ("%s neuron or synapse a second", "%s neurons and synapses a second",
                                        per_second), count);
    case ENGRAM_JOB_UNIT_NONE:
    case ENGRAM_JOB_UNIT_BYTES:
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
dup_rate (EngramJob *self)
{
  double speed = engram_job_get_speed (self);
  EngramJobUnit unit;
  double amount = engram_job_get_amount (self, &unit);
  gulong per_second = (gulong) (speed * amount);
  g_autofree char *text = NULL;

  if (speed <= 0)
    return NULL;
  if (unit == ENGRAM_JOB_UNIT_BYTES)
    {
      text = g_format_size (per_second);
      /* Translators: a speed: "48 MB/s". */
      return g_strdup_printf (_("%s/s"), text);
    }
  if (unit == ENGRAM_JOB_UNIT_NONE || amount <= 0)
    {
      text = engram_format_decimals (speed * 100, speed < 0.1 ? 1 : 0);
      /* Translators: how much of the whole is done in a second: "12 % a second". */
      return g_strdup_printf (_("%s\302\240%% a second"), text);
    }
  return dup_count_rate (per_second, unit);
}

char *
engram_job_dup_duration (double seconds)
{
  guint64 whole = (guint64) (seconds + 0.5);
  guint hours = (guint) (whole / 3600);
  guint minutes = (guint) (whole / 60);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (seconds < 0.95)
    return g_strdup (_("less than a second"));
  if (minutes == 0)
    return g_strdup_printf (ngettext ("%u second", "%u seconds", (guint) whole), (guint) whole);
  if (hours == 0)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
  first = g_strdup_printf (ngettext ("%u hour", "%u hours", hours), hours);
  second = g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes % 60), minutes % 60);
  /* Translators: hours and minutes: "1 hour 5 minutes". */
  return minutes % 60 == 0 ? g_steal_pointer (&first) : g_strdup_printf (_("%s %s"), first, second);
}

char *
engram_job_dup_pace (EngramJob *self)
{
  g_autofree char *rate = NULL;
  g_autofree char *duration = NULL;
  double left;

  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  rate = dup_rate (self);
  if (rate == NULL)
    return NULL;
  left = engram_job_get_seconds_left (self);
  duration = engram_job_dup_duration (left);
  /* Translators: how fast it is ("48 MB/s"), and how long it will take ("2 minutes"). */
  return g_strdup_printf (_("%s, about %s left"), rate, duration);
}

char *
engram_job_dup_status (EngramJob *self)
{
  const char *phase, *outcome;

  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  if (engram_job_is_cancelling (self))
    return g_strdup (_("Cancelling…"));
  phase = engram_job_get_phase (self);
  outcome = engram_job_get_outcome (self);
  switch (engram_job_get_state (self))
    {
    case ENGRAM_JOB_WAITING:
      return g_strdup (phase != NULL ? phase : _("Waiting"));
    case ENGRAM_JOB_RUNNING:
      return g_strdup (phase != NULL ? phase : _("Working"));
    case ENGRAM_JOB_DONE:
      return g_strdup (outcome != NULL ? outcome : _("Done"));
    case ENGRAM_JOB_CANCELLED:
      return g_strdup (_("Cancelled"));
    case ENGRAM_JOB_FAILED:
      return g_strdup (engram_job_get_error (self)->message);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Failures */

const char *
engram_error_get_advice (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != ENGRAM_ERROR)
    return _("Try again. If it fails again, copy the details and show them to somebody who knows this computer.");
  switch ((EngramError) error->code)
    {
    case ENGRAM_ERROR_INVALID:
      return _("Mend what is named here, or choose something else, then try again.");
    case ENGRAM_ERROR_NOT_FOUND:
      return _("It may have been deleted meanwhile. Look at the network as it is now, then try again.");
    case ENGRAM_ERROR_EXISTS:
      return _("Choose another name or another folder.");
    case ENGRAM_ERROR_NO_FILE:
      return _("Look whether the file or folder is there and whether you may use it, or choose another one.");
    case ENGRAM_ERROR_NOT_A_NETWORK:
      return _("Choose another file.");
    case ENGRAM_ERROR_NEWER:
      return _("Use a newer version of Engram for this file, or choose another one.");
    case ENGRAM_ERROR_BUSY:
      return _("Close the file in the other program, or wait until that is done, then try again.");
    case ENGRAM_ERROR_READ_ONLY:
      return _("Choose another place, or save the network as a copy in a folder of yours and work on that.");
    case ENGRAM_ERROR_NO_SPACE:
      return _("Make space on the disk, or choose another one, then try again.");
    case ENGRAM_ERROR_DAMAGED:
      return _("Check the network to see what can be saved, or restore a backup.");
    case ENGRAM_ERROR_CHANGED:
      return _("Look at what has changed, then try again.");
    case ENGRAM_ERROR_FAILED:
    default:
      return _("Try again. If it fails again, copy the details and show them to somebody who knows this computer.");
    }
}

char *
engram_job_dup_details (EngramJob *self)
{
  const GError *error;
  g_autofree char *end = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (ENGRAM_IS_JOB (self), NULL);

  error = engram_job_get_error (self);
  end = engram_job_get_end (self) != NULL ? g_date_time_format_iso8601 (engram_job_get_end (self)) : NULL;
  text = g_string_new (engram_job_get_title (self));
  if (engram_job_get_phase (self) != NULL)
    g_string_append_printf (text, "\n%s", engram_job_get_phase (self));
  if (error != NULL)
    g_string_append_printf (text, "\n%s\n%s %d", error->message, g_quark_to_string (error->domain), error->code);
  if (error != NULL && error->domain == ENGRAM_ERROR && engram_error_get_id (error) != NULL)
    g_string_append_printf (text, "\n%s", engram_error_get_id (error));
  g_string_append_printf (text, "\n%s\nEngram %s, GLib %u.%u.%u", end != NULL ? end : "", ENGRAM_VERSION,
                          glib_major_version, glib_minor_version, glib_micro_version);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
