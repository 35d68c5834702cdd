/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"

#include <string.h>

/* Times */

static const char *const valid_times[] = {
  "2025-11-01T09:00:00",
  "2025-11-01T09:00:00.1",
  "2025-11-01T09:00:00.123456",
  "2025-11-01 09:00:00",
  "2025-11-01",
  "2025-11-01T09:00:00Z",
  "2025-11-01T09:00:00.5+02:00",
  "2025-11-01T09:00:00-11:30",
  "2024-02-29T23:59:59.999999",
  "0001-01-01T00:00:00",
  "9999-12-31T23:59:59.999999",
};

static const char *const invalid_times[] = {
  "",
  "now",
  "2025",
  "2025-11",
  "2025-1-1",
  "25-11-01",
  "2025-13-01",
  "2025-00-01",
  "2025-02-30",
  "2025-02-29",
  "2025-11-00",
  "2025-11-31",
  "0000-01-01",
  "2025/11/01",
  "20251101",
  "2025-11-01T",
  "2025-11-01t09:00:00",
  "2025-11-01  09:00:00",
  "2025-11-01T09:00",
  "2025-11-01T9:00:00",
  "2025-11-01T24:00:00",
  "2025-11-01T09:60:00",
  "2025-11-01T09:00:60",
  "2025-11-01T09:00:00.",
  "2025-11-01T09:00:00.1234567",
  "2025-11-01T09:00:00,5",
  "2025-11-01T09:00:00+2",
  "2025-11-01T09:00:00+02",
  "2025-11-01T09:00:00+24:00",
  "2025-11-01T09:00:00+02:60",
  "2025-11-01T09:00:00ZZ",
  "2025-11-01T09:00:00 Z",
  "2025-11-01Z",
  "2025-11-01T09:00:00 ",
  " 2025-11-01T09:00:00",
  "2025-11-01T09:00:0\xd9\xa1",
  "2025-11--1T09:00:00",
  "2025-11-+1T09:00:00",
};

static void
test_time_is_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid_times); i++)
    if (!engram_time_is_valid (valid_times[i]))
      g_error ("“%s” was refused", valid_times[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_times); i++)
    if (engram_time_is_valid (invalid_times[i]))
      g_error ("“%s” was accepted", invalid_times[i]);
  g_assert_false (engram_time_is_valid (NULL));
}

static void
assert_time (const char *text,
             const char *expected)
{
  g_autoptr (GDateTime) time = engram_time_parse (text);
  g_autofree char *formatted = NULL;

  g_assert_nonnull (time);
  formatted = engram_time_format (time);
  g_assert_cmpstr (formatted, ==, expected);
}

/* The tests run in UTC. */
static void
test_time_parse (void)
{
  assert_time ("2025-11-01T09:00:00", "2025-11-01T09:00:00");
  assert_time ("2025-11-01T09:00:00.000000", "2025-11-01T09:00:00");
  assert_time ("2025-11-01T09:00:00.1", "2025-11-01T09:00:00.100000");
  assert_time ("2025-11-01T09:00:00.000001", "2025-11-01T09:00:00.000001");
  assert_time ("2025-11-01 09:00:00.25", "2025-11-01T09:00:00.250000");
  assert_time ("2025-11-01", "2025-11-01T00:00:00");
  assert_time ("0001-01-01T00:00:00", "0001-01-01T00:00:00");
  assert_time ("9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999");
  assert_time ("2025-11-01T09:00:00Z", "2025-11-01T09:00:00");
  assert_time ("2025-11-01T09:00:00.5+02:00", "2025-11-01T07:00:00.500000");
  assert_time ("2025-11-01T21:00:00-03:30", "2025-11-02T00:30:00");

  for (gsize i = 0; i < G_N_ELEMENTS (invalid_times); i++)
    g_assert_null (engram_time_parse (invalid_times[i]));
  g_assert_null (engram_time_parse (NULL));
  /* Before the first moment that there is */
  g_assert_null (engram_time_parse ("0001-01-01T00:00:00+10:00"));
}

static void
assert_normalized (const char *text,
                   const char *expected)
{
  g_autofree char *normalized = engram_time_normalize (text);

  g_assert_cmpstr (normalized, ==, expected);
}

/* Where clocks are put forward and back: what is written without a zone stays what it is. */
static void
test_time_normalize (void)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  assert_normalized ("2025-03-30T02:30:00", "2025-03-30T02:30:00");
  assert_normalized ("2025-03-30 02:30:00.5", "2025-03-30T02:30:00.500000");
  assert_normalized ("2025-10-26T02:30:00.000000", "2025-10-26T02:30:00");
  assert_normalized ("2025-11-01", "2025-11-01T00:00:00");
  assert_normalized ("0001-01-01T00:00:00", "0001-01-01T00:00:00");
  assert_normalized ("2025-03-30T00:30:00Z", "2025-03-30T01:30:00");
  assert_normalized ("2025-03-30T01:30:00Z", "2025-03-30T03:30:00");
  assert_normalized ("2025-11-01T09:00:00.25-03:30", "2025-11-01T13:30:00.250000");
  g_setenv ("TZ", "UTC", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (invalid_times); i++)
    assert_normalized (invalid_times[i], NULL);
  assert_normalized (NULL, NULL);
  assert_normalized ("0001-01-01T00:00:00+10:00", NULL);
}

static void
test_time_every_microsecond (void)
{
  for (guint microsecond = 0; microsecond < 1000000; microsecond += 997)
    {
      g_autofree char *text = NULL;

      text = microsecond == 0 ? g_strdup ("2025-11-01T09:00:59")
                              : g_strdup_printf ("2025-11-01T09:00:59.%06u", microsecond);
      assert_time (text, text);
    }
}

static void
test_time_format_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");
  g_autoptr (GDateTime) time = g_date_time_new (zone, 2025, 11, 1, 3, 4, 5);
  g_autofree char *text = engram_time_format (time);

  g_assert_cmpstr (text, ==, "2025-10-31T22:04:05");
}

static void
test_time_now (void)
{
  g_autoptr (GDateTime) before = g_date_time_new_now_local ();
  g_autofree char *text = engram_time_now ();
  g_autoptr (GDateTime) after = g_date_time_new_now_local ();
  g_autoptr (GDateTime) now = engram_time_parse (text);

  g_assert_nonnull (now);
  g_assert_cmpint (g_date_time_compare (before, now), <=, 0);
  g_assert_cmpint (g_date_time_compare (now, after), <=, 0);
  g_assert_true (strlen (text) == 26 || strlen (text) == 19);
}

/* UUIDs */

static void
test_uuid_is_valid (void)
{
  static const char *const invalid[] = {
    "",
    "cdcc6929",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "CDCC6929-2F45-4678-B09D-6B79965EDA32",
    "cdcc6929-2f45-4678-b09d-6b79965eda3",
    "cdcc6929-2f45-4678-b09d-6b79965eda321",
    "cdcc69292f45-4678-b09d-6b79965eda32-",
    "cdcc69292f454678b09d6b79965eda32",
    "{cdcc6929-2f45-4678-b09d-6b79965eda3}",
    "cdcc6929-2f45-0678-b09d-6b79965eda32",
    "cdcc6929-2f45-9678-b09d-6b79965eda32",
    "cdcc6929-2f45-4678-c09d-6b79965eda32",
    "cdcc6929-2f45-4678-709d-6b79965eda32",
    "cdcc6929 2f45-4678-b09d-6b79965eda32",
    "cdcc6929-2f45-4678-b09d-6b79965eda3g",
    "cdcc6929-2f45-4678-b09d-6b79965eda3 ",
    "-dcc6929-2f45-4678-b09d-6b79965eda32",
    "cdcc6929-2f45-4678-b09d-6b79965eda\xc3\xa9",
  };

  g_assert_true (engram_uuid_is_valid ("cdcc6929-2f45-4678-b09d-6b79965eda32"));
  g_assert_true (engram_uuid_is_valid ("00112233-4455-1677-8899-aabbccddeeff"));
  g_assert_true (engram_uuid_is_valid ("00112233-4455-7677-9899-aabbccddeeff"));
  g_assert_true (engram_uuid_is_valid ("00112233-4455-8677-a899-aabbccddeeff"));
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    if (engram_uuid_is_valid (invalid[i]))
      g_error ("“%s” was accepted", invalid[i]);
  g_assert_false (engram_uuid_is_valid (NULL));
}

static void
test_uuid_bytes (void)
{
  static const guint8 expected[16] = {
    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x46, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff
  };
  static const char text[] = "00112233-4455-4677-8899-aabbccddeeff and more";
  EngramUuid uuid;
  char back[ENGRAM_UUID_TEXT_LENGTH + 1];

  g_assert_false (engram_uuid_parse (text, -1, &uuid));
  g_assert_false (engram_uuid_parse (text, 35, &uuid));
  g_assert_false (engram_uuid_parse (NULL, -1, &uuid));
  g_assert_true (engram_uuid_parse (text, ENGRAM_UUID_TEXT_LENGTH, &uuid));
  g_assert_cmpmem (uuid.bytes, sizeof uuid.bytes, expected, sizeof expected);

  engram_uuid_format (&uuid, back);
  g_assert_cmpstr (back, ==, "00112233-4455-4677-8899-aabbccddeeff");
}

/* Any version is read, but no other variant: other bytes never come from a text. */
static void
test_uuid_parse_shapes (void)
{
  EngramUuid uuid;

  for (const char *digit = "0123456789abcdef"; *digit != '\0'; digit++)
    {
      char text[] = "cdcc6929-2f45-4678-b09d-6b79965eda32";

      text[14] = *digit;
      g_assert_true (engram_uuid_parse (text, -1, &uuid));
      text[19] = *digit;
      g_assert_cmpint (engram_uuid_parse (text, -1, &uuid), ==, strchr ("89ab", *digit) != NULL);
    }
}

/* No byte but a digit or, in its place, the hyphen passes. */
static void
test_uuid_parse_bytes (void)
{
  EngramUuid uuid;

  for (gsize place = 0; place < ENGRAM_UUID_TEXT_LENGTH; place++)
    for (guint byte = 0; byte < 256; byte++)
      {
        char text[] = "cdcc6929-2f45-4678-b09d-6b79965eda32";
        gboolean hyphen = text[place] == '-';
        gboolean expected;

        text[place] = (char) byte;
        if (hyphen)
          expected = byte == '-';
        else
          expected = byte != 0 && strchr (place == 19 ? "89ab" : "0123456789abcdef", (char) byte) != NULL;
        g_assert_cmpint (engram_uuid_parse (text, ENGRAM_UUID_TEXT_LENGTH, &uuid), ==, expected);
      }
}

static void
test_uuid_random (void)
{
  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_uuid_string_random ();
      EngramUuid uuid;
      char back[ENGRAM_UUID_TEXT_LENGTH + 1];

      g_assert_true (engram_uuid_is_valid (text));
      g_assert_true (engram_uuid_parse (text, -1, &uuid));
      engram_uuid_format (&uuid, back);
      g_assert_cmpstr (back, ==, text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/is-valid", test_time_is_valid);
  g_test_add_func ("/time/parse", test_time_parse);
  g_test_add_func ("/time/normalize", test_time_normalize);
  g_test_add_func ("/time/every-microsecond", test_time_every_microsecond);
  g_test_add_func ("/time/format-zone", test_time_format_zone);
  g_test_add_func ("/time/now", test_time_now);
  g_test_add_func ("/uuid/is-valid", test_uuid_is_valid);
  g_test_add_func ("/uuid/bytes", test_uuid_bytes);
  g_test_add_func ("/uuid/parse-shapes", test_uuid_parse_shapes);
  g_test_add_func ("/uuid/parse-bytes", test_uuid_parse_bytes);
  g_test_add_func ("/uuid/random", test_uuid_random);

  return g_test_run ();
}
