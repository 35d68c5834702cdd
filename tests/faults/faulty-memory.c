/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "faulty-memory.h"

#include <sqlite3.h>

static struct {
  gint     armed;    /* atomic */
  guint    number;
  gboolean for_good;
  gint     count;    /* atomic */
  gint     failed;   /* atomic */
} faulty;

static sqlite3_mem_methods real_methods;

static gboolean
is_to_fail (void)
{
  guint number;

  if (!g_atomic_int_get (&faulty.armed))
    return FALSE;
  number = g_atomic_int_add (&faulty.count, 1) + 1;
  if (faulty.number == 0 || (faulty.for_good ? number < faulty.number : number != faulty.number))
    return FALSE;
  g_atomic_int_set (&faulty.failed, TRUE);
  return TRUE;
}

static void *
faulty_malloc (int size)
{
  return is_to_fail () ? NULL : real_methods.xMalloc (size);
}

static void *
faulty_realloc (void *block,
                int   size)
{
  return is_to_fail () ? NULL : real_methods.xRealloc (block, size);
}

void
faulty_memory_install (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real_methods), ==, SQLITE_OK);
  methods = real_methods;
  methods.xMalloc = faulty_malloc;
  methods.xRealloc = faulty_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

void
faulty_memory_arm (guint    number,
                   gboolean for_good)
{
  faulty.number = number;
  faulty.for_good = for_good;
  g_atomic_int_set (&faulty.count, 0);
  g_atomic_int_set (&faulty.failed, FALSE);
  g_atomic_int_set (&faulty.armed, TRUE);
}

guint
faulty_memory_disarm (gboolean *has_failed)
{
  guint count = g_atomic_int_get (&faulty.count);

  g_atomic_int_set (&faulty.armed, FALSE);
  if (has_failed != NULL)
    *has_failed = g_atomic_int_get (&faulty.failed);
  return count;
}
