/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The subfolder of histories, which is passed over: what it is good for shows when something is undone. */
#define FAULT_STATE_HISTORY "history"

/* What lies in a folder, as text to be compared: a line for each file with its name and a digest. That of a database
 * is of its rows, rowids included, with what SQLite's integrity check says; that of a JSON document says whether it
 * is whole. What changes from one time to the next without meaning anything (ids of networks, times of writing) is
 * left out. Databases are opened as any program would, so that what waits in a journal is taken in first. */
char *fault_state_read (const char *folder);

/* Copies a folder with all in it to @to, which is made. */
void  fault_state_copy (const char *from,
                        const char *to);

G_END_DECLS
