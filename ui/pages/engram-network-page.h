/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "details/engram-details-pane.h"
#include "jobs/engram-job-list.h"
#include "lists/engram-record-list.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NETWORK_PAGE (engram_network_page_get_type ())

/* A network: search, filters, the lists of its neurons and synapses, and the details of what is selected in the one
 * that is shown.
 *
 * Properties: "can-go-back", "details-visible", "filters-visible", "searching" (boolean: the search entry is shown),
 * "narrow" (boolean: details cover the lists), "status" (text: how many there are and which is chosen), "view" (text:
 * "neurons" or "synapses"), "session" (EngramSession or NULL). Signals: "first-rows" (once for each network),
 * "open-again". Main thread only. */
G_DECLARE_FINAL_TYPE (EngramNetworkPage, engram_network_page, ENGRAM, NETWORK_PAGE, GtkWidget)

GtkWidget         *engram_network_page_new           (void);
/* Shows another network; @database NULL lets go of the one that is shown. @remembered_as: (nullable): the path under
 * which it is remembered how the file was looked at, NULL for what has no name yet. */
void               engram_network_page_set_database  (EngramNetworkPage *self,
                                                      EngramDatabase    *database,
                                                      const char        *remembered_as);
EngramDatabase    *engram_network_page_get_database  (EngramNetworkPage *self);
/* NULL until what is remembered of the file has been read. */
EngramSession     *engram_network_page_get_session   (EngramNetworkPage *self);
gboolean           engram_network_page_is_gone       (EngramNetworkPage *self);
EngramRecordList  *engram_network_page_get_list      (EngramNetworkPage *self,
                                                      EngramRecordKind   kind);
EngramRecordKind   engram_network_page_get_kind      (EngramNetworkPage *self);
EngramDetailsPane *engram_network_page_get_details   (EngramNetworkPage *self);
AdwViewStack      *engram_network_page_get_views     (EngramNetworkPage *self);
/* Chooses among the views below them; who shows the page reveals it where there is no room for that above. */
AdwViewSwitcherBar *engram_network_page_get_switcher_bar (EngramNetworkPage *self);
void               engram_network_page_select        (EngramNetworkPage *self,
                                                      const char        *id);
void               engram_network_page_go_back       (EngramNetworkPage *self);
/* Shows the search entry and gives it the focus. */
void               engram_network_page_search        (EngramNetworkPage *self);
void               engram_network_page_delete_selected  (EngramNetworkPage *self);
/* Adds a neuron of that type and selects it. */
void               engram_network_page_create_neuron (EngramNetworkPage *self,
                                                      const char        *type);
/* Shows how far a job has come that is not the session's. */
void               engram_network_page_show_job      (EngramNetworkPage *self,
                                                      EngramJob         *job);
/* What is done for the networks of this page, and what was: (transfer none) */
EngramJobList     *engram_network_page_get_jobs      (EngramNetworkPage *self);
/* Shows why a job has failed. */
void               engram_network_page_explain       (EngramNetworkPage *self,
                                                      EngramJob         *job);
/* @toast: (transfer full) */
void               engram_network_page_add_toast     (EngramNetworkPage *self,
                                                      AdwToast          *toast);
/* Says what was done. */
void               engram_network_page_tell          (EngramNetworkPage *self,
                                                      const char        *text);
/* Where a picture is shown: saves it (after asking how), copies or prints it. */
gboolean           engram_network_page_has_picture   (EngramNetworkPage *self);
void               engram_network_page_save_picture  (EngramNetworkPage *self);
void               engram_network_page_copy_picture  (EngramNetworkPage *self);
void               engram_network_page_print_picture (EngramNetworkPage *self);
/* Opens the list of similar and dissimilar pairs. */
void               engram_network_page_show_pairs    (EngramNetworkPage *self);
/* Adds the widgets that it consists of, from its beginning to its end, for who goes through it part by part. Not all
 * can have the focus. */
void               engram_network_page_add_parts     (EngramNetworkPage *self,
                                                      GPtrArray         *parts);
/* Notes how the network is looked at now, to be the same when it is opened again. */
void               engram_network_page_remember      (EngramNetworkPage *self);

G_END_DECLS
