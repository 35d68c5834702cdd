/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-application.h"
#include "engram-window.h"

G_BEGIN_DECLS

struct _EngramApplication {
  AdwApplication        parent_instance;

  GtkFileChooserNative *dialog; /* while it is shown, or NULL */
  guint                 signal_sources[2];

  /* What the command line said */
  const char           *wanted; /* the action of what is to be opened, or NULL */
  char                 *screenshot; /* absolute path, or NULL */
  gboolean              launched;   /* it has been seen to: what comes from now on is asked later */
  int                   exit_status;
};

/* Shows a window, and makes the picture of it that the command line asked for. */
void engram_application_present       (EngramApplication      *self,
                                       EngramWindow           *window);
void engram_application_open_untitled (EngramApplication      *self,
                                       EngramUntitledContent   content);
/* As GApplication's "open" has it: documents are imported, everything else is opened. */
void engram_application_open_files    (GApplication           *application,
                                       GFile                 **files,
                                       int                     n_files,
                                       const char             *hint);

G_END_DECLS
