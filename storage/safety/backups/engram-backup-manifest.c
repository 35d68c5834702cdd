/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-manifest-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json/engram-json.h"
#include "model/engram-time.h"

#define FORMAT "engram-backup"
#define VERSION 1

/* Those of today are below 1 KiB, but for the note. */
#define MAX_BYTES (1024 * 1024)

#define SHA256_LENGTH 64

char *
engram_manifest_get_path (const char *database_path)
{
  gsize length = strlen (database_path);

  if (!g_str_has_suffix (database_path, ".db"))
    return NULL;
  return g_strdup_printf ("%.*s.json", (int) (length - strlen (".db")), database_path);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

static void
add_integer (JsonBuilder *builder,
             const char  *name,
             gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

char *
engram_manifest_write (const EngramBackup *backup)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "backup_time", backup->time);
  add_text (builder, "original_db", backup->original);
  json_builder_set_member_name (builder, "stats");
  json_builder_begin_object (builder);
  add_integer (builder, "neuron_count", backup->neurons);
  add_integer (builder, "synapse_count", backup->synapses);
  add_integer (builder, "database_size_bytes", backup->size_bytes);
  json_builder_end_object (builder);
  add_text (builder, "format", FORMAT);
  add_integer (builder, "version", VERSION);
  add_integer (builder, "size", backup->size_bytes);
  add_text (builder, "sha256", backup->sha256);
  add_text (builder, "content", backup->content);
  add_integer (builder, "schema_version", backup->schema_version);
  add_text (builder, "network", backup->network);
  add_text (builder, "note", backup->note);
  add_text (builder, "made_by", backup->made_by);
  add_text (builder, "reason", engram_backup_reason_to_string (backup->reason));
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

/* A small regular file, and nothing that keeps a reader waiting. */
static char *
read_small_file (const char  *path,
                 gsize       *length)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  g_autofree char *text = NULL;
  struct stat status;
  gssize n_read = 0;

  *length = 0;
  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size <= MAX_BYTES)
    {
      text = g_malloc (MAX_BYTES + 1);
      do
        {
          n_read = read (fd, text + *length, MAX_BYTES - *length);
          *length += MAX (n_read, 0);
        }
      while (n_read > 0 || (n_read < 0 && errno == EINTR));
      text[*length] = '\0';
    }
  close (fd);
  return n_read == 0 ? g_steal_pointer (&text) : NULL;
}

/* (transfer none) (nullable): a member of the type, or NULL. */
static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/* -1 where it is none, or negative. */
static gint64
get_integer (JsonObject *object,
             const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? MAX (json_node_get_int (node), -1) : -1;
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == SHA256_LENGTH && strspn (text, "0123456789abcdef") == SHA256_LENGTH;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* What a manifest of Engram must have besides. */
static gboolean
is_whole (JsonObject *object)
{
  JsonObject *stats = get_object (object, "stats");

  return get_integer (object, "version") >= VERSION && get_integer (object, "size") > 0 &&
         is_hash (get_text (object, "sha256")) && is_hash (get_text (object, "content")) &&
         get_integer (object, "schema_version") > 0 && get_integer (stats, "neuron_count") >= 0 &&
         get_integer (stats, "synapse_count") >= 0;
}

static EngramBackupReason
find_reason (const char *text)
{
  for (int reason = ENGRAM_BACKUP_REASON_MANUAL; reason <= ENGRAM_BACKUP_REASON_AUTOMATIC; reason++)
    if (g_strcmp0 (engram_backup_reason_to_string (reason), text) == 0)
      return reason;
  return ENGRAM_BACKUP_REASON_UNKNOWN;
}

static gboolean
take_object (JsonObject   *object,
             EngramBackup *backup,
             guint64      *size)
{
  g_autofree char *time = engram_time_normalize (get_text (object, "backup_time"));
  JsonObject *stats = get_object (object, "stats");
  const char *note = get_text (object, "note");
  gboolean is_ours = g_strcmp0 (get_text (object, "format"), FORMAT) == 0;

  /* Another program's JSON that happens to lie there says neither. */
  if (time == NULL || (is_ours ? !is_whole (object) : json_object_has_member (object, "format")))
    return FALSE;

  backup->time = g_steal_pointer (&time);
  backup->original = g_strdup (get_text (object, "original_db"));
  backup->neurons = get_integer (stats, "neuron_count");
  backup->synapses = get_integer (stats, "synapse_count");
  backup->complete = TRUE;
  *size = 0;
  if (!is_ours)
    return TRUE;
  *size = get_integer (object, "size");
  backup->sha256 = g_strdup (get_text (object, "sha256"));
  backup->content = g_strdup (get_text (object, "content"));
  backup->schema_version = MIN (get_integer (object, "schema_version"), G_MAXINT);
  backup->network = g_strdup (get_text (object, "network"));
  backup->note = g_strdup (note != NULL && *note != '\0' ? note : NULL);
  backup->made_by = g_strdup (get_text (object, "made_by"));
  backup->reason = find_reason (get_text (object, "reason"));
  return TRUE;
}

gboolean
engram_manifest_read (const char    *path,
                      EngramBackup  *backup,
                      guint64       *size,
                      char         **reason)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  struct stat status;
  gsize length;

  *reason = NULL;
  if (lstat (path, &status) != 0 && errno == ENOENT)
    {
      *reason = g_strdup_printf (_("It has no manifest “%s”: it was never finished, or is no backup."), shown);
      return FALSE;
    }
  text = read_small_file (path, &length);
  if (text != NULL && engram_json_check (text, length, NULL, NULL) == ENGRAM_JSON_OBJECT &&
      json_parser_load_from_data (parser, text, length, NULL) &&
      take_object (json_node_get_object (json_parser_get_root (parser)), backup, size))
    return TRUE;
  *reason = g_strdup_printf (_("Its manifest “%s” cannot be read, or is none."), shown);
  return FALSE;
}
