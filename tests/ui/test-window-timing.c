/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "engram-timing.h"
#include "test-support.h"
#include "window-support.h"

/* What the timing log has said: seconds by phase. Workers write it too. */
static GMutex lock;
static GHashTable *phases;

static void
note_phase (const char *message)
{
  g_auto (GStrv) words = g_strsplit (message, " ", -1);

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_cmpstr (words[0], ==, "engram-timing:");
  g_mutex_lock (&lock);
  g_hash_table_insert (phases, g_strdup (words[1]), g_strdup (words[2]));
  g_mutex_unlock (&lock);
  g_main_context_wakeup (NULL);
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  const char *domain = NULL, *message = NULL;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        domain = fields[i].value;
      else if (g_str_equal (fields[i].key, "MESSAGE"))
        message = fields[i].value;
    }
  if (g_strcmp0 (domain, "engram-timing") == 0)
    note_phase (message);
  return g_log_writer_default (level, fields, n_fields, user_data);
}

static gboolean
has_phase (const char *phase)
{
  gboolean has;

  g_mutex_lock (&lock);
  has = g_hash_table_contains (phases, phase);
  g_mutex_unlock (&lock);
  return has;
}

static double
get_seconds (const char *phase)
{
  double seconds;
  char *end;
  const char *text;

  g_mutex_lock (&lock);
  text = g_hash_table_lookup (phases, phase);
  g_assert_nonnull (text);
  seconds = g_ascii_strtod (text, &end);
  g_assert_cmpint (*end, ==, '\0');
  g_mutex_unlock (&lock);
  return seconds;
}

/* From opening a file until all of its network is in memory. */
static void
test_opening (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = test_version_1 (real_folder, "network.db");
  EngramWindow *window;
  double began = engram_timing_since_start (), passed;

  window = test_open (path);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_NETWORK);
  wait_until (has_phase ("network"));
  g_assert_false (has_phase ("first-frame"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string ("space"));
  wait_until (has_phase ("first-frame"));
  passed = engram_timing_since_start () - began;

  g_assert_cmpfloat (get_seconds ("open"), >=, 0);
  g_assert_cmpfloat (get_seconds ("first-rows"), >=, get_seconds ("open"));
  g_assert_cmpfloat (get_seconds ("first-frame"), >=, 0);
  /* Three digits are written. */
  g_assert_cmpfloat (get_seconds ("first-frame"), <=, passed + 0.001);
  g_assert_cmpfloat (get_seconds ("network"), >=, 0);
  g_assert_cmpfloat (get_seconds ("network"), <=, passed + 0.001);
  test_close_windows ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_create_home ();

  engram_timing_start ();
  phases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window/timing/opening", test_opening);
  return g_test_run ();
}
