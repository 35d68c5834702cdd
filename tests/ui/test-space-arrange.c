/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "space-support.h"
#include "space/engram-arranging.h"
#include "test-support.h"

static gboolean
has_preview (SpaceScreen *screen)
{
  GtkWidget *keep = space_find_button (screen->space, "_Keep");

  return gtk_widget_get_mapped (keep);
}

static void
press (SpaceScreen *screen,
       const char  *label)
{
  GtkWidget *button = space_find_button (screen->space, label);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
arrange (SpaceScreen     *screen,
         EngramArranging  how)
{
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.arrange", "u", how);
  wait_until (has_preview (screen) || screen->told != NULL);
  g_assert_cmpstr (screen->told, ==, NULL);
}

static gboolean
shows_all_in_file (SpaceScreen *screen)
{
  for (guint i = 0; i < SPACE_N_NEURONS; i++)
    if (!space_shows_at (screen, i, space_places[i]))
      return FALSE;
  return TRUE;
}

static gboolean
all_stand_as_before (SpaceScreen *screen)
{
  for (guint i = 0; i < SPACE_N_NEURONS; i++)
    if (!space_stands_at (screen, i, space_places[i]))
      return FALSE;
  return TRUE;
}

/* Nothing is written before Keep. */
static void
test_preview_and_discard (SpaceScreen   *screen,
                          gconstpointer  data)
{
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  g_assert_false (shows_all_in_file (screen));
  g_assert_true (all_stand_as_before (screen));
  assert_shows (screen->space, "Principal Components: 4 neurons moved");
  assert_shows (screen->space, "of the variance of the vectors");

  press (screen, "_Discard");
  g_assert_false (has_preview (screen));
  g_assert_true (shows_all_in_file (screen));
  g_assert_true (all_stand_as_before (screen));
  g_assert_cmpstr (engram_session_get_undo_label (screen->session), ==, NULL);
}

static void
test_before_and_after (SpaceScreen   *screen,
                       gconstpointer  data)
{
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (space_find_button (screen->space, "_Before")), TRUE);
  g_assert_true (shows_all_in_file (screen));
  g_assert_true (has_preview (screen));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (space_find_button (screen->space, "_After")), TRUE);
  g_assert_false (shows_all_in_file (screen));
  press (screen, "_Discard");
}

/* Both places are judged, so that one sees which is better. */
static void
test_faithfulness_of_both (SpaceScreen   *screen,
                           gconstpointer  data)
{
  g_autofree char *text = NULL;

  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (text);
      text = widget_test_dup_text (screen->space);
    }
  while (strstr (text, "near: before 100 %, after 100 %") == NULL);
}

static void
test_keep (SpaceScreen   *screen,
           gconstpointer  data)
{
  EngramScenePoint kept[SPACE_N_NEURONS];

  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  for (guint i = 0; i < SPACE_N_NEURONS; i++)
    kept[i] = engram_network_view_get_scene (screen->view)->scene->points[i];
  press (screen, "_Keep");
  wait_until (screen->told != NULL);
  g_assert_cmpstr (screen->told, ==, "Arrange by principal components");
  for (guint i = 0; i < SPACE_N_NEURONS; i++)
    g_assert_true (space_stands_at (screen, i, (const double[]) { kept[i].x, kept[i].y, kept[i].z }));
  g_assert_cmpstr (engram_session_get_undo_label (screen->session), ==, "Arrange by principal components");

  /* One step brings all of them back, in the file and in the picture. */
  engram_session_undo (screen->session);
  wait_until (all_stand_as_before (screen) && shows_all_in_file (screen));
  g_assert_false (has_preview (screen));
}

/* What Before shows is not what is kept. */
static void
test_keep_while_before_is_shown (SpaceScreen   *screen,
                                 gconstpointer  data)
{
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (space_find_button (screen->space, "_Before")), TRUE);
  press (screen, "_Keep");
  wait_until (screen->told != NULL);
  g_assert_false (all_stand_as_before (screen));
  g_assert_false (shows_all_in_file (screen));
}

static void
test_escape (SpaceScreen   *screen,
             gconstpointer  data)
{
  const guint32 selected[] = { 1, 2 };

  space_select (screen, selected, G_N_ELEMENTS (selected));
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.discard", NULL);
  g_assert_false (has_preview (screen));
  g_assert_true (shows_all_in_file (screen));
  /* A selection is not Escape's to take away. */
  g_assert_cmpuint (space_count_selected (screen, ENGRAM_RECORD_NEURON), ==, 2);
}

static void
test_by_synapses (SpaceScreen   *screen,
                  gconstpointer  data)
{
  const EngramScenePoint *points;

  arrange (screen, ENGRAM_ARRANGING_SYNAPSES);
  assert_shows (screen->space, "Synapses: 4 neurons moved");
  /* In three dimensions, those that are joined nearer to each other than the ends of the chain. */
  points = engram_network_view_get_scene (screen->view)->scene->points;
  g_assert_cmpfloat (graphene_point3d_distance (&GRAPHENE_POINT3D_INIT (points[0].x, points[0].y, points[0].z),
                                                &GRAPHENE_POINT3D_INIT (points[1].x, points[1].y, points[1].z), NULL), <,
                     graphene_point3d_distance (&GRAPHENE_POINT3D_INIT (points[0].x, points[0].y, points[0].z),
                                                &GRAPHENE_POINT3D_INIT (points[2].x, points[2].y, points[2].z), NULL));
  g_assert_true (all_stand_as_before (screen));
}

static void
test_by_umap (SpaceScreen   *screen,
              gconstpointer  data)
{
  arrange (screen, ENGRAM_ARRANGING_UMAP);
  assert_shows (screen->space, "UMAP: 4 neurons moved");
  g_assert_false (shows_all_in_file (screen));
  g_assert_true (all_stand_as_before (screen));
}

/* What was found for another state of the file is not kept over it. */
static void
test_another_program_writes (SpaceScreen   *screen,
                             gconstpointer  data)
{
  g_autofree char *id = NULL;

  engram_session_set_active (screen->session, TRUE);
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  id = ui_fixture_add (screen->fixture, "Came meanwhile");
  wait_until (!has_preview (screen));
  g_assert_cmpstr (screen->told, ==, "The network has changed, and the new places were discarded.");
  wait_until (space_count_points (screen) == SPACE_N_NEURONS + 1);
  g_assert_true (shows_all_in_file (screen));
}

/* A filter is not a change of the file: what it leaves stands where the preview has it. */
static void
test_filter_keeps_the_preview (SpaceScreen   *screen,
                               gconstpointer  data)
{
  g_autoptr (EngramQuery) tools = engram_query_parse ("type:tool", NULL, NULL, NULL);
  EngramScenePoint moved;

  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  moved = engram_network_view_get_scene (screen->view)->scene->points[0];
  engram_session_set_query (screen->session, tools);
  wait_until (space_count_points (screen) == 1);
  g_assert_true (has_preview (screen));
  g_assert_true (space_shows_at (screen, 0, (const double[]) { moved.x, moved.y, moved.z }));
}

/* The view is left while it shows what is not kept, and while it looks for it. */
static void
test_closing (SpaceScreen   *screen,
              gconstpointer  data)
{
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  gtk_widget_activate_action (GTK_WIDGET (screen->space), "space.arrange", "u", ENGRAM_ARRANGING_SYNAPSES);
  g_assert_false (has_preview (screen));
  engram_space_view_set_session (screen->space, NULL);
  g_assert_true (all_stand_as_before (screen));
}

static GtkWidget *
find_menu_button (GtkWidget  *below,
                  const char *icon_name)
{
  if (GTK_IS_MENU_BUTTON (below) && g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (below)), icon_name) == 0)
    return below;
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_menu_button (child, icon_name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_faithfulness_of_today (SpaceScreen   *screen,
                            gconstpointer  data)
{
  g_autofree char *text = NULL;
  GtkWidget *button = find_menu_button (GTK_WIDGET (screen->space), "engram-arrange-symbolic");
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));

  gtk_popover_popup (GTK_POPOVER (popover));
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (text);
      text = widget_test_dup_text (popover);
    }
  while (strstr (text, "of the ten nearest agree (from 4 neurons)") == NULL);
  widget_test_assert_names (popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
test_names (SpaceScreen   *screen,
            gconstpointer  data)
{
  arrange (screen, ENGRAM_ARRANGING_COMPONENTS);
  widget_test_assert_names (screen->space);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define add(PATH, FUNC) g_test_add ("/space-arrange/" PATH, SpaceScreen, NULL, space_set_up, FUNC, space_tear_down)
  add ("discard", test_preview_and_discard);
  add ("before-and-after", test_before_and_after);
  add ("faithfulness-of-both", test_faithfulness_of_both);
  add ("keep", test_keep);
  add ("keep-before", test_keep_while_before_is_shown);
  add ("escape", test_escape);
  add ("synapses", test_by_synapses);
  add ("umap", test_by_umap);
  add ("another-program", test_another_program_writes);
  add ("filter", test_filter_keeps_the_preview);
  add ("closing", test_closing);
  add ("faithfulness-of-today", test_faithfulness_of_today);
  add ("names", test_names);
#undef add
  return g_test_run ();
}
