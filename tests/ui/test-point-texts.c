/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-fixture.h"
#include "views/engram-point-texts.h"

/* What stands for neurons in a picture. */

static void
give_metadata (UiFixture  *fixture,
               guint       number,
               const char *metadata)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, metadata);
  engram_neuron_store_update (fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
}

static const char *
await_name (EngramPointTexts *texts,
            gint64            rowid)
{
  wait_until (engram_point_texts_get_name (texts, rowid) != NULL);
  return engram_point_texts_get_name (texts, rowid);
}

/* A short text in the metadata, under any of three names; else the text. */
static void
test_names (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (6);
  g_autoptr (EngramPointTexts) texts = engram_point_texts_new ();

  give_metadata (fixture, 0, "{\"label\": \"L\", \"name\": \" AVAL \"}");
  give_metadata (fixture, 1, "{\"title\": \"Axon\", \"name\": 5}");
  give_metadata (fixture, 2, "{\"label\": \"\", \"depth\": 1}");
  give_metadata (fixture, 3, "{\"name\": \"a name that is as long as a whole sentence is\"}");
  give_metadata (fixture, 4, "{\"name\": null}");
  engram_point_texts_set_database (texts, fixture->database);
  g_assert_null (engram_point_texts_get_name (texts, 1));
  g_assert_cmpstr (await_name (texts, 1), ==, "AVAL");
  g_assert_cmpstr (engram_point_texts_get (texts, 1), ==, "Neuron 0");
  g_assert_cmpstr (await_name (texts, 2), ==, "Axon");
  g_assert_cmpstr (await_name (texts, 3), ==, "Neuron 2");
  g_assert_cmpstr (await_name (texts, 4), ==, "Neuron 3");
  g_assert_cmpstr (await_name (texts, 5), ==, "Neuron 4");
  g_assert_cmpstr (await_name (texts, 6), ==, "Neuron 5");
  g_assert_cmpstr (await_name (texts, 7), ==, "");
}

/* Another file has other texts at the same rows; what was being read of the one before is not shown. */
static void
test_other_file (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (2);
  g_autoptr (UiFixture) other = ui_fixture_new (2);
  g_autoptr (EngramPointTexts) texts = engram_point_texts_new ();

  give_metadata (other, 0, "{\"name\": \"other\"}");
  give_metadata (other, 1, "{\"name\": \"another\"}");
  engram_point_texts_set_database (texts, fixture->database);
  g_assert_cmpstr (await_name (texts, 1), ==, "Neuron 0");
  g_assert_null (engram_point_texts_get (texts, 2));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  engram_point_texts_set_database (texts, other->database);
  g_assert_null (engram_point_texts_get (texts, 1));
  g_assert_cmpstr (await_name (texts, 2), ==, "another");
  g_assert_cmpstr (await_name (texts, 1), ==, "other");
}

/* The old text stands until the new one is there. */
static void
test_refresh (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (1);
  g_autoptr (EngramPointTexts) texts = engram_point_texts_new ();

  engram_point_texts_set_database (texts, fixture->database);
  g_assert_cmpstr (await_name (texts, 1), ==, "Neuron 0");
  give_metadata (fixture, 0, "{\"name\": \"new\"}");
  engram_point_texts_refresh (texts);
  g_assert_cmpstr (engram_point_texts_get_name (texts, 1), ==, "Neuron 0");
  wait_until (g_strcmp0 (engram_point_texts_get_name (texts, 1), "new") == 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/point-texts/names", test_names);
  g_test_add_func ("/point-texts/other-file", test_other_file);
  g_test_add_func ("/point-texts/refresh", test_refresh);
  return g_test_run ();
}
