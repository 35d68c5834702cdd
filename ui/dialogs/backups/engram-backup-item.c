/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backup-item.h"

#include <glib/gi18n.h>

#include "common/engram-relative-time.h"
#include "common/engram-text-format.h"

#define JUST_NOW (5 * G_TIME_SPAN_MINUTE)

struct _EngramBackupItem {
  GObject             parent_instance;

  EngramBackup       *backup;
  gboolean            is_own;
  gboolean            is_verified; /* by this program since it runs: */
  EngramBackupStatus  status;
  char               *message;
  gint64              time;
};

G_DEFINE_FINAL_TYPE (EngramBackupItem, engram_backup_item, G_TYPE_OBJECT)

static void
engram_backup_item_finalize (GObject *object)
{
  EngramBackupItem *self = ENGRAM_BACKUP_ITEM (object);

  engram_backup_free (self->backup);
  g_free (self->message);

  G_OBJECT_CLASS (engram_backup_item_parent_class)->finalize (object);
}

static void
engram_backup_item_class_init (EngramBackupItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_backup_item_finalize;
}

static void
engram_backup_item_init (EngramBackupItem *self)
{
}

EngramBackupItem *
engram_backup_item_new (const EngramBackup *backup,
                        gboolean            is_own)
{
  EngramBackupItem *self;

  g_return_val_if_fail (backup != NULL, NULL);

  self = g_object_new (ENGRAM_TYPE_BACKUP_ITEM, NULL);
  self->backup = engram_backup_copy (backup);
  self->is_own = is_own;
  self->is_verified = engram_backup_get_verification (backup, &self->status, &self->message, &self->time);
  return self;
}

const EngramBackup *
engram_backup_item_get_backup (EngramBackupItem *self)
{
  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), NULL);

  return self->backup;
}

gboolean
engram_backup_item_is_own (EngramBackupItem *self)
{
  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), FALSE);

  return self->is_own;
}

EngramBackupTrust
engram_backup_item_get_trust (EngramBackupItem *self)
{
  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), ENGRAM_BACKUP_TRUST_BAD);

  if (!self->backup->complete)
    return ENGRAM_BACKUP_TRUST_BAD;
  if (!self->is_verified)
    return self->backup->sha256 != NULL ? ENGRAM_BACKUP_TRUST_GOOD : ENGRAM_BACKUP_TRUST_UNKNOWN;
  if (self->status == ENGRAM_BACKUP_GOOD)
    return ENGRAM_BACKUP_TRUST_GOOD;
  return self->status == ENGRAM_BACKUP_UNKNOWN ? ENGRAM_BACKUP_TRUST_UNKNOWN : ENGRAM_BACKUP_TRUST_BAD;
}

const char *
engram_backup_item_get_reason (EngramBackupItem *self)
{
  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), NULL);

  switch (self->backup->reason)
    {
    case ENGRAM_BACKUP_REASON_MANUAL:
      return _("By hand");
    case ENGRAM_BACKUP_REASON_BEFORE_IMPORT:
      return _("Before an import");
    case ENGRAM_BACKUP_REASON_BEFORE_PRUNE:
      return _("Before pruning");
    case ENGRAM_BACKUP_REASON_BEFORE_REPAIR:
      return _("Before a repair");
    case ENGRAM_BACKUP_REASON_BEFORE_RESTORE:
      return _("Before a restore");
    case ENGRAM_BACKUP_REASON_AUTOMATIC:
      return _("Automatic");
    case ENGRAM_BACKUP_REASON_UNKNOWN:
    default:
      return self->backup->complete ? _("By another program") : _("Incomplete");
    }
}

/* The first letter of a sentence. */
static char *
capitalize (const char *text)
{
  g_autofree char *first = NULL;

  if (*text == '\0')
    return g_strdup (text);
  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

static char *
dup_relative_time (const char *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = engram_relative_time_format (time, now);

  return capitalize (text);
}

char *
engram_backup_item_dup_title (EngramBackupItem *self)
{
  g_autofree char *time = NULL;

  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), NULL);

  time = dup_relative_time (self->backup->time);
  /* Translators: when a backup was made ("Today at 12:30"), and what made it ("Before pruning"). */
  return g_strdup_printf (_("%s · %s"), time, engram_backup_item_get_reason (self));
}

static char *
format_time (const char *time,
             const char *format)
{
  g_autoptr (GDateTime) parsed = engram_time_parse (time);

  return parsed != NULL ? g_date_time_format (parsed, format) : g_strdup (time);
}

char *
engram_backup_item_dup_time (EngramBackupItem *self)
{
  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), NULL);

  /* Translators: a day and a time to the second in words, as g_date_time_format() takes it: "Saturday, 1 November 2025,
   * 09:00:12". */
  return format_time (self->backup->time, _("%A, %-d %B %Y, %H:%M:%S"));
}

char *
engram_backup_dup_counts (gint64 neurons,
                          gint64 synapses)
{
  g_autofree char *n_neurons = engram_format_count (neurons);
  g_autofree char *n_synapses = engram_format_count (synapses);
  g_autofree char *first = g_strdup_printf (ngettext ("%s neuron", "%s neurons", neurons), n_neurons);
  g_autofree char *second = g_strdup_printf (ngettext ("%s synapse", "%s synapses", synapses), n_synapses);

  if (neurons < 0 || synapses < 0)
    return g_strdup (_("Contents not known"));
  /* Translators: "100 neurons" and "200 synapses". */
  return g_strdup_printf (_("%s, %s"), first, second);
}

char *
engram_backup_item_dup_figures (EngramBackupItem *self)
{
  g_autofree char *time = NULL;
  g_autofree char *size = NULL;
  g_autofree char *counts = NULL;

  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), NULL);

  /* Translators: a day and a time to the second, short, as g_date_time_format() takes it. */
  time = format_time (self->backup->time, _("%Y-%m-%d %H:%M:%S"));
  size = g_format_size (self->backup->size_bytes);
  counts = engram_backup_dup_counts (self->backup->neurons, self->backup->synapses);
  return g_strdup_printf ("%s · %s · %s", time, size, counts);
}

static char *
dup_verified_time (EngramBackupItem *self)
{
  g_autoptr (GDateTime) seconds = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_get_real_time () - self->time < JUST_NOW)
    return g_strdup (_("just now"));
  seconds = g_date_time_new_from_unix_local (self->time / G_USEC_PER_SEC);
  text = engram_time_format (seconds);
  return engram_relative_time_format (text, now);
}

char *
engram_backup_item_dup_verification (EngramBackupItem *self)
{
  g_autofree char *time = NULL;

  g_return_val_if_fail (ENGRAM_IS_BACKUP_ITEM (self), NULL);

  if (!self->is_verified && !self->backup->complete)
    return g_strdup (_("Incomplete: its manifest is missing or cannot be read"));
  if (!self->is_verified)
    return g_strdup (self->backup->sha256 != NULL ? _("Verified when it was made") : _("Never verified"));
  if (self->status == ENGRAM_BACKUP_DAMAGED)
    /* Translators: then what is wrong, a sentence. */
    return g_strdup_printf (_("Damaged: %s"), self->message);
  if (self->status == ENGRAM_BACKUP_INCOMPLETE)
    /* Translators: then what is missing, a sentence. */
    return g_strdup_printf (_("Incomplete: %s"), self->message);
  time = dup_verified_time (self);
  if (self->status == ENGRAM_BACKUP_GOOD)
    /* Translators: then when: "just now", "today at 12:30". */
    return g_strdup_printf (_("Verified %s"), time);
  /* Translators: when: "just now", "today at 12:30"; then what was found, a sentence. */
  return g_strdup_printf (_("Looked at %s: %s"), time, self->message);
}
