/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "details/engram-details-pane.h"
#include "lists/engram-neuron-list.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NETWORK_PAGE (engram_network_page_get_type ())

/* One network: what must be known about the file, its neurons as a list, and the details of the one that is
 * chosen. While it is shown it follows what others write to the file.
 *
 * Properties: "can-go-back" (there is a neuron that was chosen before), "details-visible" (writable),
 * "gone" (the file was moved, deleted or replaced, which the page says), "narrow" (there is no room for list and
 * details side by side), "status" (what the list says of itself). Signals: "first-rows" (once for each
 * database): the first neurons can be shown, or there are none; "open-again": the person wants to see what lies
 * where the file was. */
G_DECLARE_FINAL_TYPE (EngramNetworkPage, engram_network_page, ENGRAM, NETWORK_PAGE, GtkWidget)

GtkWidget         *engram_network_page_new          (void);
void               engram_network_page_set_database (EngramNetworkPage *self,
                                                     EngramDatabase    *database);
EngramDatabase    *engram_network_page_get_database (EngramNetworkPage *self);
gboolean           engram_network_page_is_gone      (EngramNetworkPage *self);
EngramNeuronList  *engram_network_page_get_list     (EngramNetworkPage *self);
EngramDetailsPane *engram_network_page_get_details  (EngramNetworkPage *self);
void               engram_network_page_select       (EngramNetworkPage *self,
                                                     const char        *id);
void               engram_network_page_go_back      (EngramNetworkPage *self);

G_END_DECLS
