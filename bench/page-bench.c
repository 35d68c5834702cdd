/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-bench.h"

#include "main-loop-watch.h"

#include <engram-timing.h>
#include <engram-ui.h>
#include <string.h>

void
page_bench_print (const char *name,
                  const char *figure,
                  double      number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("%s%s%s %s\n", name, figure != NULL ? "-" : "", figure != NULL ? figure : "",
           g_ascii_formatd (text, sizeof text, "%.4f", number));
}

void
page_bench_print_memory (const char *name,
                         const char *figure,
                         const char *field)
{
  g_autofree char *status = NULL;
  g_autofree char *label = g_strconcat (field, ":", NULL);
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return;
  line = strstr (status, label);
  if (line != NULL)
    page_bench_print (name, figure, g_ascii_strtod (line + strlen (label), NULL) * 1024);
}

void
page_bench_finish (PageBench *self)
{
  g_main_loop_quit (self->loop);
}

void
page_bench_fail (PageBench    *self,
                 const GError *error)
{
  g_printerr ("%s: %s\n", self->name, error->message);
  self->failed = TRUE;
  page_bench_finish (self);
}

static void
first_rows_cb (PageBench *self)
{
  self->has_rows = TRUE;
  self->n_frames = 0;
  if (self->first_rows != NULL)
    self->first_rows (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PageBench *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open_finish (result, &error);

  if (database == NULL)
    page_bench_fail (self, error);
  else
    engram_network_page_set_database (self->page, database, NULL);
}

void
page_bench_open (PageBench *self)
{
  engram_database_open_async (self->path, NULL, opened_cb, self);
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  PageBench *self = user_data;

  self->n_frames++;
  self->frame (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
build_window_cb (gpointer user_data)
{
  PageBench *self = user_data;

  self->window = adw_window_new ();
  self->page = ENGRAM_NETWORK_PAGE (engram_network_page_new ());
  g_signal_connect_swapped (self->page, "first-rows", G_CALLBACK (first_rows_cb), self);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 800);
  gtk_widget_add_tick_callback (self->window, frame_cb, self, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

int
page_bench_run (PageBench  *self,
                int         argc,
                char      **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  engram_timing_start ();
  if (argc != 2)
    return 2;
  self->path = argv[1];
  self->loop = loop;
  adw_init ();
  engram_ui_init ();
  main_loop_watch_start ();
  g_idle_add (build_window_cb, self);
  g_main_loop_run (loop);
  return self->failed ? 1 : 0;
}
