/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "model/engram-id-table-private.h"

#define N_UUIDS 1000000
#define TEXT_PAIRS 18

static void
assert_found (EngramIdTable *table,
              const char    *id,
              guint32        place)
{
  g_autofree char *stored = NULL;

  g_assert_cmpuint (engram_id_table_find (table, id, strlen (id)), ==, place);
  if (place == ENGRAM_ID_TABLE_NONE)
    return;
  stored = engram_id_table_dup_id (table, place);
  g_assert_cmpstr (stored, ==, id);
}

static void
test_places (void)
{
  static const char *const ids[] = {
    "cdcc6929-2f45-4678-b09d-6b79965eda32", "neuron 1", "", "cdcc6929-2f45-4678-b09d-6b79965eda33", "12345678",
    "a text of more than sixteen bytes", "a text of more than sixteen bytes and more",
  };
  g_autoptr (EngramIdTable) table = engram_id_table_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      assert_found (table, ids[i], ENGRAM_ID_TABLE_NONE);
      g_assert_true (engram_id_table_add (table, ids[i], strlen (ids[i])));
      g_assert_false (engram_id_table_add (table, ids[i], strlen (ids[i])));
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    assert_found (table, ids[i], i);
  g_assert_cmpuint (engram_id_table_get_size (table), ==, G_N_ELEMENTS (ids));
  g_assert_cmpuint (engram_id_table_find (table, "neuron 1 and", 8), ==, 1);
}

/* Each takes a place of its own, through all growth. */
static void
test_nameless (void)
{
  g_autoptr (EngramIdTable) table = engram_id_table_new (0);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("neuron %u", i);
      g_autofree char *none = NULL;

      engram_id_table_add_nameless (table);
      g_assert_true (engram_id_table_add (table, id, strlen (id)));
      assert_found (table, id, 2 * i + 1);
      none = engram_id_table_dup_id (table, 2 * i);
      g_assert_cmpstr (none, ==, "");
    }
  assert_found (table, "neuron 0", 1);
  assert_found (table, "", ENGRAM_ID_TABLE_NONE);
  g_assert_cmpuint (engram_id_table_get_size (table), ==, 2000);
}

/* Looked up together they are what they are one by one, however many there are, those that are not there among them. */
static void
test_many_at_once (void)
{
  static const guint numbers[] = { 0, 1, 31, 32, 33, 500 };
  g_autoptr (EngramIdTable) table = engram_id_table_new (0);
  g_autofree EngramUuid *uuids = g_new (EngramUuid, 500);
  guint32 places[500];

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_uuid_string_random ();

      g_assert_true (engram_uuid_parse (id, -1, &uuids[i]));
      if (i % 3 != 0)
        g_assert_true (engram_id_table_add (table, id, strlen (id)));
      else
        engram_id_table_add_nameless (table);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      memset (places, 0, sizeof places);
      engram_id_table_find_uuids (table, uuids, numbers[i], places);
      for (guint k = 0; k < numbers[i]; k++)
        g_assert_cmpuint (places[k], ==, k % 3 != 0 ? k : ENGRAM_ID_TABLE_NONE);
    }
}

/* Ids made to meet in one slot of a table whose hash is known, as multiply-and-xor without a seed was: adding them
 * would take the time of their number squared, which is longer than a test may run. */
static void
test_hostile_uuids (void)
{
  g_autoptr (EngramIdTable) table = engram_id_table_new (0);
  char id[ENGRAM_UUID_TEXT_LENGTH + 1];

  for (guint64 i = 0; i < N_UUIDS; i++)
    {
      guint64 low = i << 8 | 0x80;
      guint64 high = low * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      EngramUuid uuid;

      memcpy (uuid.bytes, &high, sizeof high);
      memcpy (uuid.bytes + sizeof high, &low, sizeof low);
      engram_uuid_format (&uuid, id);
      g_assert_true (engram_id_table_add (table, id, ENGRAM_UUID_TEXT_LENGTH));
    }
  assert_found (table, id, N_UUIDS - 1);
}

/* The same for texts of one g_str_hash(). */
static void
test_hostile_texts (void)
{
  g_autoptr (EngramIdTable) table = engram_id_table_new (0);
  char id[2 * TEXT_PAIRS + 1] = { 0 };

  g_assert_cmpuint (g_str_hash ("EzFY"), ==, g_str_hash ("FYEz"));
  for (guint32 i = 0; i < 1u << TEXT_PAIRS; i++)
    {
      for (guint bit = 0; bit < TEXT_PAIRS; bit++)
        memcpy (id + 2 * bit, (i >> bit & 1) != 0 ? "Ez" : "FY", 2);
      g_assert_true (engram_id_table_add (table, id, strlen (id)));
    }
  assert_found (table, id, (1u << TEXT_PAIRS) - 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id-table/places", test_places);
  g_test_add_func ("/id-table/nameless", test_nameless);
  g_test_add_func ("/id-table/many-at-once", test_many_at_once);
  g_test_add_func ("/id-table/hostile-uuids", test_hostile_uuids);
  g_test_add_func ("/id-table/hostile-texts", test_hostile_texts);
  return g_test_run ();
}
