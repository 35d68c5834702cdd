/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-import-batch-private.h"
#include "documents/engram-import-ids-private.h"
#include "documents/engram-import-problems-private.h"
#include "documents/engram-import-seen-private.h"
#include "documents/engram-import.h"

G_BEGIN_DECLS

/* What imports have in common: one thread reads and checks the documents, the calling thread takes the records. */
typedef struct _EngramImportJob EngramImportJob;

/* Takes one record that is good. What is wrong with it beside others is told with engram_import_job_tell(); FALSE with
 * @error set ends the import. */
typedef gboolean (*EngramImportTakeFunc) (EngramImportJob         *job,
                                          const EngramImportItem  *item,
                                          gpointer                 data,
                                          GError                 **error);

struct _EngramImportJob {
  const char * const        *files;
  guint                      n_files;
  const EngramImportOptions *options;
  EngramProgressFunc         progress;     /* nullable */
  gpointer                   user_data;
  double                     rows_done;    /* how much of the whole is over when all records were taken */
  GCancellable              *cancellable;

  EngramImportIds           *ids;          /* the network's neurons are in it when the reading begins */
  guint                      dimension;    /* of the network, or 0 */
  EngramImportReport        *report;
  EngramImportSeen          *seen;         /* synapses of which no table says whether they stand twice */

  /*< private >*/
  EngramImportQueue         *queue;
  EngramImportProblems       problems[3];  /* of the reader, of the taker, of the ends of synapses */
  EngramImportProblems       conflicts;    /* which are no problems */
  int                        has_problems; /* atomic */
  guint64                   *sizes;        /* of the files */
  guint64                    bytes_total;
  gint64                     start;
  const char                *last_phase;   /* that was reported, and when */
  gint64                     last_report;
};

gboolean engram_import_job_init         (EngramImportJob            *self,
                                         const char * const         *files,
                                         const EngramImportOptions  *options,
                                         EngramProgressFunc          progress,
                                         gpointer                    user_data,
                                         GCancellable               *cancellable,
                                         GError                    **error);
/* Reads all documents. TRUE where all was taken and nothing is wrong; FALSE with @error set, which says what the first
 * problem is where there are any. In a dry run, problems are none of its errors. */
gboolean engram_import_job_run          (EngramImportJob            *self,
                                         EngramImportTakeFunc        take,
                                         gpointer                    data,
                                         GError                    **error);
void     engram_import_job_tell         (EngramImportJob            *self,
                                         const EngramImportItem     *item,
                                         const char                 *message);
/* Whether something is wrong with the documents already: neurons need not be written any more. */
gboolean engram_import_job_has_problems (EngramImportJob            *self);
/* A synapse of this id was met before: it is told. */
void     engram_import_job_tell_twice   (EngramImportJob            *self,
                                         const EngramImportItem     *item);
/* The network has it with other content: no problem. */
void     engram_import_job_note_conflict (EngramImportJob           *self,
                                         const EngramImportItem     *item,
                                         const char                 *message);
/* What the report says of the file that a record stands in. */
EngramImportFile *engram_import_job_get_file (EngramImportJob       *self,
                                         const EngramImportItem     *item);
/* Reports a phase, which is a text that stays. */
void     engram_import_job_report       (EngramImportJob            *self,
                                         const char                 *phase,
                                         double                      fraction);
/* Ends it; the report goes to @report (nullable). */
void     engram_import_job_finish       (EngramImportJob            *self,
                                         gboolean                    done,
                                         EngramImportReport        **report);

G_END_DECLS
