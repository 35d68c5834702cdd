/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pages/engram-network-page.h>

G_BEGIN_DECLS

/* What benchmarks have in common that open a file in the page that the program shows it in. */

typedef struct _PageBench PageBench;

/* PageBench:
 * @name: of the program
 * @frame: called before each frame
 * @first_rows: (nullable): called when the first rows of the file are in the list
 * @window: a window with nothing but the page
 * @page: the page
 * @has_rows: whether @first_rows has been called
 * @n_frames: how many there were since then; to be set to 0 for other counts */
struct _PageBench {
  const char        *name;
  void             (*frame)      (PageBench *bench);
  void             (*first_rows) (PageBench *bench);

  GtkWidget         *window;
  EngramNetworkPage *page;
  gboolean           has_rows;
  guint              n_frames;

  /* private */
  const char        *path;
  GMainLoop         *loop;
  gboolean           failed;
};

/* Shows the page without a file, and runs until it is over. Returns: what main() returns */
int  page_bench_run          (PageBench     *self,
                              int            argc,
                              char         **argv);
void page_bench_open         (PageBench     *self);
void page_bench_finish       (PageBench     *self);
void page_bench_fail         (PageBench     *self,
                              const GError  *error);
/* @figure: (nullable): what of @name it is */
void page_bench_print        (const char    *name,
                              const char    *figure,
                              double         number);
/* @figure: (nullable)
 * @field: of /proc/self/status: VmRSS or VmHWM */
void page_bench_print_memory (const char    *name,
                              const char    *figure,
                              const char    *field);

G_END_DECLS
