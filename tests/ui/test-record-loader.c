/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-model-private.h"
#include "record-setting.h"

#define MAX_TRIES 50

/* The loader on its own: which pages it reads, in which order. */

typedef struct {
  GArray *loaded;
  guint unwanted;
} Reader;

static gboolean
reader_is_wanted (guint    page,
                  gpointer user_data)
{
  return page != ((Reader *) user_data)->unwanted;
}

static void
reader_loaded (guint             page,
               EngramRecordPage *records,
               gpointer          user_data)
{
  g_assert_cmpuint (records->n_items, ==, ENGRAM_RECORD_PAGE_SIZE);
  g_assert_nonnull (records->items[0].neuron.neuron);
  g_array_append_val (((Reader *) user_data)->loaded, page);
}

static void
reader_failed (guint         page,
               const GError *error,
               gpointer      user_data)
{
  g_assert_no_error (error);
}

static const EngramRecordLoaderFuncs reader_funcs = { reader_is_wanted, reader_loaded, reader_failed };

static guint
find_page (GArray *pages,
           guint   page)
{
  for (guint i = 0; i < pages->len; i++)
    if (g_array_index (pages, guint, i) == page)
      return i;
  return G_MAXUINT;
}

/* The last asked for before all but the first two, which were being read; the unwanted one never. */
static gboolean
read_last_first (EngramRecordLoader *loader,
                 EngramRowOrder     *order,
                 Reader             *reader)
{
  g_array_set_size (reader->loaded, 0);
  engram_record_loader_set_order (loader, order);
  for (guint page = 0; page < 10; page++)
    engram_record_loader_request (loader, page);
  wait_until (engram_record_loader_is_idle (loader));
  g_assert_cmpuint (reader->loaded->len, ==, 9);
  g_assert_cmpuint (find_page (reader->loaded, 5), ==, G_MAXUINT);
  return find_page (reader->loaded, 9) < find_page (reader->loaded, 3) &&
         find_page (reader->loaded, 8) < find_page (reader->loaded, 2);
}

static void
test_loader (void)
{
  g_autoptr (UiFixture) fixture = ui_fixture_new (64 * 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramRowOrder) order = engram_neuron_store_get_row_order (fixture->neurons, NULL, &error);
  guint n_tries = 0;
  Reader reader = { g_array_new (FALSE, FALSE, sizeof (guint)), 5 };
  g_autoptr (EngramRecordLoader) loader =
    engram_record_loader_new (fixture->database, ENGRAM_RECORD_NEURON, &reader_funcs, &reader);

  /* Not where this thread was held up, so that all was read before the last was asked for. */
  while (!read_last_first (loader, order, &reader) && n_tries < MAX_TRIES)
    n_tries++;
  g_assert_cmpuint (n_tries, <, MAX_TRIES);
  g_assert_nonnull (engram_record_loader_lookup (loader, 9));

  /* What is read for an old order never comes. */
  g_array_set_size (reader.loaded, 0);
  engram_record_loader_set_order (loader, order);
  g_assert_null (engram_record_loader_lookup (loader, 9));
  engram_record_loader_request (loader, 1);
  engram_record_loader_set_order (loader, order);
  engram_record_loader_request (loader, 2);
  wait_until (engram_record_loader_is_idle (loader));
  g_assert_cmpuint (reader.loaded->len, ==, 1);
  g_assert_cmpuint (g_array_index (reader.loaded, guint, 0), ==, 2);

  engram_record_loader_request (loader, 3);
  engram_record_loader_stop (loader);
  g_array_unref (reader.loaded);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-model/loader", test_loader);

  return g_test_run ();
}
