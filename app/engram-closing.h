/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

void engram_closing_start (EngramDatabase *database);

G_END_DECLS
