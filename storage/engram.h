/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that libengram offers. */

#include "engram-error.h"
#include "engram-progress.h"
#include "json/engram-json.h"
#include "json/engram-number.h"
#include "model/engram-change-tracker.h"
#include "model/engram-network.h"
#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "model/engram-time.h"
#include "model/engram-type-registry.h"
#include "model/engram-uuid.h"
#include "samples/engram-generator.h"
#include "samples/engram-principal-components.h"
#include "samples/engram-sample-network.h"
#include "samples/engram-text-embedding.h"
#include "sqlite/engram-database.h"
#include "sqlite/engram-statistics.h"
#include "stores/engram-network-writer.h"
#include "stores/engram-neuron-store.h"
#include "stores/engram-row-order.h"
#include "stores/engram-serializer.h"
#include "stores/engram-synapse-store.h"
