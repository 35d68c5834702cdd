/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/export/engram-export-dialog.h"
#include "widget-support.h"

G_BEGIN_DECLS

/* The dialog that exports. */
typedef struct {
  UiFixture          *fixture;
  EngramSession      *session;
  EngramRecordModel  *model;
  GtkWindow          *parent;
  EngramExportDialog *dialog;
} ExportScreen;

void       export_screen_present     (ExportScreen     *self,
                                      EngramExportWhat  what);
/* The list has these neurons, or the synapses; Neuron 0 is joined to the next one, by two synapses, and to itself. */
void       export_screen_open        (ExportScreen     *self,
                                      guint             n_neurons,
                                      EngramRecordKind  kind,
                                      EngramExportWhat  what);
void       export_screen_close       (ExportScreen     *self);

/* A button that is seen, by its label, or NULL. */
GtkWidget *export_screen_find_button (GtkWidget        *widget,
                                      const char       *label);
void       export_screen_click       (gpointer          widget,
                                      const char       *label);
/* A control of the page with the choices, by its name in the template. */
gpointer   export_screen_get_control (ExportScreen     *self,
                                      const char       *name);
/* As a person does who clicks the row. */
void       export_screen_choose      (ExportScreen     *self,
                                      const char       *name);
/* A switch turns once it has moved. */
void       export_screen_turn_on     (ExportScreen     *self,
                                      const char       *name);
gboolean   export_screen_is_chosen   (ExportScreen     *self,
                                      const char       *name);
gboolean   export_screen_can_export  (ExportScreen     *self);
gboolean   export_screen_shows       (ExportScreen     *self,
                                      const char       *part);

/* Begins it, as the chooser does once a file is chosen. */
void       export_screen_export      (ExportScreen     *self,
                                      const char       *folder,
                                      const char       *name);
/* Waits until that is shown. */
void       export_screen_await       (ExportScreen     *self,
                                      const char       *part);
/* (transfer full) */
char      *export_screen_read        (const char       *folder,
                                      const char       *name);
guint      export_screen_count_files (const char       *folder);

G_END_DECLS
