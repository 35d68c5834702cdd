/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "scene/engram-palette.h"
#include "ui-fixture.h"
#include "views/engram-colouring.h"

#define N_NEURONS 12

/* Twelve neurons; 0 leads to all others. */
typedef struct {
  UiFixture          *fixture;
  EngramNetwork      *network;
  EngramNetworkScene *scene;
} Setting;

static void
set_up (Setting       *setting,
        gconstpointer  data)
{
  g_autofree char *first = ui_fixture_dup_id (0);
  g_autoptr (GError) error = NULL;

  setting->fixture = ui_fixture_new (N_NEURONS);
  for (guint i = 1; i < N_NEURONS; i++)
    {
      g_autofree char *id = ui_fixture_dup_id (i);
      g_autoptr (EngramSynapse) synapse = engram_synapse_new (first, id, 0.5, "knowledge");

      engram_synapse_store_create (setting->fixture->synapses, synapse, NULL, &error);
      g_assert_no_error (error);
    }
  setting->network = engram_network_load (setting->fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  setting->scene = engram_network_scene_new (setting->network, NULL, NULL, NULL);
}

static void
tear_down (Setting       *setting,
           gconstpointer  data)
{
  engram_network_scene_unref (setting->scene);
  engram_network_unref (setting->network);
  ui_fixture_free (setting->fixture);
}

static void
assert_colour (Setting      *setting,
               guint32       point,
               const guint8  expected[4])
{
  g_assert_cmpmem (setting->scene->scene->points[point].colour, 4, expected, 4);
}

static void
assert_category (Setting  *setting,
                 guint32   point,
                 guint     category,
                 gboolean  dark)
{
  guint8 colour[4];

  engram_palette_get_category (category, dark, colour);
  assert_colour (setting, point, colour);
}

static void
assert_scale (Setting  *setting,
              guint32   point,
              double    value,
              gboolean  dark)
{
  guint8 colour[4];

  engram_palette_get_scale (value, dark, colour);
  assert_colour (setting, point, colour);
}

static double
get_size (Setting *setting,
          guint32  point)
{
  return (double) setting->scene->scene->points[point].size;
}

static void
assert_entry (const EngramLegend *legend,
              guint               index,
              const char         *label,
              guint64             count)
{
  const EngramLegendEntry *entry;

  g_assert_cmpuint (index, <, legend->entries->len);
  entry = g_ptr_array_index (legend->entries, index);
  g_assert_cmpstr (entry->label, ==, label);
  g_assert_cmpuint (entry->count, ==, count);
}

/* The first eight communities have a colour, and the grey of the others is in the legend. */
static void
test_communities (Setting       *setting,
                  gconstpointer  data)
{
  const double numbers[N_NEURONS] = { 1, 1, 1, 2, 2, 8, 9, 10, NAN, 3, 3, 1 };
  g_autoptr (EngramRecordNumbers) values = engram_record_numbers_new (setting->network, numbers);

  for (int dark = 0; dark < 2; dark++)
    {
      EngramColouring colouring = { ENGRAM_COLOUR_BY_COMMUNITY, ENGRAM_SIZE_BY_NOTHING, .colours = values,
                                    .colour_label = "Community (before the last change)", .note = "A note" };
      g_autoptr (EngramLegend) legend = engram_colouring_apply (&colouring, setting->scene, NULL, dark);

      assert_category (setting, 0, 0, dark);
      assert_category (setting, 4, 1, dark);
      assert_category (setting, 5, 7, dark);
      assert_category (setting, 6, ENGRAM_PALETTE_CATEGORIES, dark);
      assert_category (setting, 8, ENGRAM_PALETTE_CATEGORIES, dark);
      g_assert_cmpstr (legend->title, ==, "Community (before the last change)");
      g_assert_cmpstr (legend->note, ==, "A note");
      g_assert_null (legend->size_title);
      g_assert_false (legend->scale);
      g_assert_cmpuint (legend->entries->len, ==, 6);
      assert_entry (legend, 0, "Community 1", 4);
      assert_entry (legend, 1, "Community 2", 2);
      assert_entry (legend, 2, "Community 3", 2);
      assert_entry (legend, 3, "Community 8", 1);
      assert_entry (legend, 4, "Others", 2);
      assert_entry (legend, 5, "None", 1);
      for (guint i = 0; i < N_NEURONS; i++)
        g_assert_cmpfloat (get_size (setting, i), ==, 1);
    }
}

/* What has not changed is grey, like what nobody can say anything of. */
static void
test_changes (Setting       *setting,
              gconstpointer  data)
{
  const double numbers[N_NEURONS] = { 1, 1, 2, 3, 4, 4, 4, 4, NAN, 4, 4, 4 };
  g_autoptr (EngramRecordNumbers) values = engram_record_numbers_new (setting->network, numbers);
  EngramColouring colouring = { ENGRAM_COLOUR_BY_CHANGE, ENGRAM_SIZE_BY_NOTHING, .colours = values };
  g_autoptr (EngramLegend) legend = engram_colouring_apply (&colouring, setting->scene, NULL, FALSE);

  assert_category (setting, 0, 2, FALSE);
  assert_category (setting, 2, 1, FALSE);
  assert_category (setting, 3, 4, FALSE);
  assert_category (setting, 4, ENGRAM_PALETTE_CATEGORIES, FALSE);
  assert_category (setting, 8, ENGRAM_PALETTE_CATEGORIES, FALSE);
  assert_entry (legend, 0, "Added", 2);
  assert_entry (legend, 1, "Changed", 1);
  assert_entry (legend, 2, "Other Synapses", 1);
  assert_entry (legend, 3, "The Same", 7);
  assert_entry (legend, 4, "None", 1);
}

static void
test_tags (Setting       *setting,
           gconstpointer  data)
{
  EngramFacetValue values[] = { { (char *) "cortex", 9 }, { (char *) "tail", 2 } };
  const double places[N_NEURONS] = { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, NAN };
  g_autoptr (EngramRecordNumbers) numbers = engram_record_numbers_new (setting->network, places);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  EngramColouring colouring = { ENGRAM_COLOUR_BY_TAG, ENGRAM_SIZE_BY_NOTHING, .colours = numbers, .names = names };
  g_autoptr (EngramLegend) legend = NULL;

  g_ptr_array_add (names, &values[0]);
  g_ptr_array_add (names, &values[1]);
  legend = engram_colouring_apply (&colouring, setting->scene, NULL, FALSE);
  assert_category (setting, 0, 1, FALSE);
  assert_category (setting, 1, 0, FALSE);
  g_assert_cmpstr (legend->title, ==, "Tag");
  assert_entry (legend, 0, "cortex", 9);
  assert_entry (legend, 1, "tail", 2);
  assert_entry (legend, 2, "None", 1);
}

/* Linear, from the least to the greatest; what has none is grey. */
static void
test_metadata (Setting       *setting,
               gconstpointer  data)
{
  const double numbers[N_NEURONS] = { -1, 0, 1, 3, NAN, 3, 3, 3, 3, 3, 3, 3 };
  g_autoptr (EngramRecordNumbers) values = engram_record_numbers_new (setting->network, numbers);
  EngramColouring colouring = { ENGRAM_COLOUR_BY_METADATA, ENGRAM_SIZE_BY_NOTHING, .colours = values,
                                .colour_label = "depth" };
  g_autoptr (EngramLegend) legend = engram_colouring_apply (&colouring, setting->scene, NULL, TRUE);

  assert_scale (setting, 0, 0, TRUE);
  assert_scale (setting, 1, 0.25, TRUE);
  assert_scale (setting, 2, 0.5, TRUE);
  assert_scale (setting, 3, 1, TRUE);
  assert_scale (setting, 4, NAN, TRUE);
  g_assert_cmpstr (legend->title, ==, "depth");
  g_assert_true (legend->scale);
  g_assert_cmpfloat (legend->low, ==, -1);
  g_assert_cmpfloat (legend->high, ==, 3);
  g_assert_null (legend->note);
  assert_entry (legend, 0, "None", 1);
}

/* Degrees by their logarithm, which the legend says. */
static void
test_degree (Setting       *setting,
             gconstpointer  data)
{
  EngramColouring colouring = { ENGRAM_COLOUR_BY_DEGREE, ENGRAM_SIZE_BY_DEGREE };
  g_autoptr (EngramLegend) legend = engram_colouring_apply (&colouring, setting->scene, NULL, FALSE);

  assert_scale (setting, 0, 1, FALSE);
  assert_scale (setting, 1, 0, FALSE);
  g_assert_cmpfloat (legend->low, ==, 1);
  g_assert_cmpfloat (legend->high, ==, 11);
  g_assert_cmpstr (legend->note, ==, "Logarithmic scale");
  g_assert_cmpstr (legend->size_title, ==, "Degree");
  g_assert_cmpfloat (get_size (setting, 0), >, get_size (setting, 1));
}

static void
test_page_rank (Setting       *setting,
                gconstpointer  data)
{
  const double numbers[N_NEURONS] = { 0.001, 0.01, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.001 };
  g_autoptr (EngramRecordNumbers) values = engram_record_numbers_new (setting->network, numbers);
  EngramColouring colouring = { ENGRAM_COLOUR_BY_PAGE_RANK, ENGRAM_SIZE_BY_PAGE_RANK, .colours = values,
                                .sizes = values, .note = "Of three" };
  g_autoptr (EngramLegend) legend = engram_colouring_apply (&colouring, setting->scene, NULL, FALSE);
  double sizes[] = { get_size (setting, 0), get_size (setting, 1), get_size (setting, 2) };

  assert_scale (setting, 0, 0, FALSE);
  assert_scale (setting, 1, 0.5, FALSE);
  assert_scale (setting, 2, 1, FALSE);
  g_assert_cmpfloat (sizes[0], <, sizes[1]);
  g_assert_cmpfloat (sizes[1], <, sizes[2]);
  /* By area. */
  g_assert_cmpfloat_with_epsilon ((sizes[1] - sizes[0]) / (sizes[2] - sizes[0]), sqrt (9 / 99.0), 1e-5);
  g_assert_cmpstr (legend->title, ==, "PageRank");
  g_assert_cmpstr (legend->note, ==, "Logarithmic scale\nOf three");
  g_assert_cmpstr (legend->size_title, ==, "PageRank");
}

/* What is not known yet is grey, and no scale is shown. */
static void
test_unknown (Setting       *setting,
              gconstpointer  data)
{
  EngramColouring colouring = { ENGRAM_COLOUR_BY_BETWEENNESS, ENGRAM_SIZE_BY_IMPORTANCE };
  g_autoptr (EngramLegend) legend = engram_colouring_apply (&colouring, setting->scene, NULL, FALSE);

  assert_scale (setting, 0, NAN, FALSE);
  g_assert_false (legend->scale);
  assert_entry (legend, 0, "None", N_NEURONS);
  g_assert_cmpfloat (get_size (setting, 0), ==, get_size (setting, 1));
}

static void
test_names (void)
{
  for (EngramColourBy by = 0; by <= ENGRAM_COLOUR_BY_NOTHING; by++)
    {
      EngramColourBy found;

      g_assert_true (engram_colour_by_from_name (engram_colour_by_get_name (by), &found));
      g_assert_cmpint (found, ==, by);
      g_assert_cmpstr (engram_colour_by_get_label (by), !=, "");
    }
  for (EngramSizeBy by = 0; by <= ENGRAM_SIZE_BY_NOTHING; by++)
    {
      EngramSizeBy found;

      g_assert_true (engram_size_by_from_name (engram_size_by_get_name (by), &found));
      g_assert_cmpint (found, ==, by);
      g_assert_cmpstr (engram_size_by_get_label (by), !=, "");
    }
  g_assert_false (engram_colour_by_from_name ("nonsense", &(EngramColourBy) { 0 }));
  g_assert_false (engram_size_by_from_name ("nonsense", &(EngramSizeBy) { 0 }));
}

static void
test_analyses (void)
{
  EngramAnalysis analysis;

  g_assert_true (engram_colour_by_get_analysis (ENGRAM_COLOUR_BY_COMMUNITY, &analysis));
  g_assert_cmpint (analysis, ==, ENGRAM_ANALYSIS_COMMUNITY);
  g_assert_true (engram_colour_by_get_analysis (ENGRAM_COLOUR_BY_FAITHFULNESS, &analysis));
  g_assert_cmpint (analysis, ==, ENGRAM_ANALYSIS_FAITHFULNESS);
  g_assert_false (engram_colour_by_get_analysis (ENGRAM_COLOUR_BY_METADATA, &analysis));
  g_assert_false (engram_colour_by_get_analysis (ENGRAM_COLOUR_BY_NOTHING, &analysis));
  g_assert_true (engram_size_by_get_analysis (ENGRAM_SIZE_BY_PAGE_RANK, &analysis));
  g_assert_cmpint (analysis, ==, ENGRAM_ANALYSIS_PAGE_RANK);
  g_assert_true (engram_colour_by_get_analysis (ENGRAM_COLOUR_BY_DRIFT, &analysis));
  g_assert_cmpint (analysis, ==, ENGRAM_ANALYSIS_DRIFT);
  g_assert_true (engram_size_by_get_analysis (ENGRAM_SIZE_BY_MOVED, &analysis));
  g_assert_cmpint (analysis, ==, ENGRAM_ANALYSIS_MOVED);
  g_assert_false (engram_size_by_get_analysis (ENGRAM_SIZE_BY_DEGREE, &analysis));
}

#define ADD_TEST(path, function) g_test_add (path, Setting, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/colouring/communities", test_communities);
  ADD_TEST ("/colouring/changes", test_changes);
  ADD_TEST ("/colouring/tags", test_tags);
  ADD_TEST ("/colouring/metadata", test_metadata);
  ADD_TEST ("/colouring/degree", test_degree);
  ADD_TEST ("/colouring/page-rank", test_page_rank);
  ADD_TEST ("/colouring/unknown", test_unknown);
  g_test_add_func ("/colouring/names", test_names);
  g_test_add_func ("/colouring/analyses", test_analyses);

  return g_test_run ();
}
