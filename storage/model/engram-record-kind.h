/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * EngramRecordKind:
 * @ENGRAM_RECORD_NEURON: a neuron
 * @ENGRAM_RECORD_SYNAPSE: a synapse
 *
 * What a network is made of.
 */
typedef enum {
  ENGRAM_RECORD_NEURON,
  ENGRAM_RECORD_SYNAPSE,
} EngramRecordKind;
