/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A measurement is a process of its own, for Engram and for the plain program alike: fresh memory, nothing
 * cached but by the kernel. It prints lines of a name and a number: "seconds 1.25", "peak 1234" (bytes). */

#define BENCH_MAX_ROUNDS 32

/* One contestant, run once a round. */
typedef struct {
  const char *arguments[6]; /* ended by NULL; the first is the program's file name beside this one */
  const char *leaves;       /* a file it makes, deleted after each round, or NULL */
  const char *leaves_in;    /* a folder of which the files are deleted after each round, or NULL */
  guint       n_rounds;
  double      seconds[BENCH_MAX_ROUNDS];
  GHashTable *figures;      /* name → text of what it printed last */
} BenchContestant;

/* Runs them in turn, n_rounds times, each with the file in the page cache. FALSE where one failed, which was
 * said. */
gboolean bench_run                 (BenchContestant       *contestants,
                                    guint                  n_contestants,
                                    guint                  n_rounds,
                                    const char            *file);
double   bench_contestant_median   (const BenchContestant *self);
double   bench_contestant_minimum  (const BenchContestant *self);
double   bench_contestant_figure   (const BenchContestant *self,
                                    const char            *name);
void     bench_contestant_clear    (BenchContestant       *self);

/* Deletes the files of a folder, not those of folders in it. */
void     bench_empty_folder        (const char            *folder);

/* What is being done, on one line of stderr where that is a terminal; NULL clears it. */
void     bench_tell                (const char            *format,
                                    ...) G_GNUC_PRINTF (1, 2);

/* The path of a program beside this one. */
char    *bench_program             (const char            *name);

void     bench_table_begin         (void);
void     bench_table_end           (void);
/* A row of the table; plain and ratio are left out where plain is NULL. */
void     bench_row_against         (const char            *what,
                                    const BenchContestant *engram,
                                    const BenchContestant *plain,
                                    double                 target);
void     bench_row_limit           (const char            *what,
                                    double                 value,
                                    const char            *unit,
                                    const BenchContestant *plain,
                                    double                 limit);
/* A row whose value is to be at least so much. */
void     bench_row_rate            (const char            *what,
                                    double                 value,
                                    const char            *unit,
                                    double                 least);
void     bench_row_failed          (const char            *what,
                                    const char            *why);

G_END_DECLS
