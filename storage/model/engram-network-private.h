/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-id-table-private.h"
#include "model/engram-network.h"

G_BEGIN_DECLS

/* A synapse that lacks a neuron at one of its ends, or at both: ENGRAM_ID_TABLE_NONE stands for it. */
typedef struct {
  double  weight; /* NaN where the table holds no number */
  guint32 source;
  guint32 target;
} EngramDanglingSynapse;

/* (array length=n_dangling): in the order of rows */
const EngramDanglingSynapse *engram_network_get_dangling (EngramNetwork *self);

G_END_DECLS
