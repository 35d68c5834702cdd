/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-fixture.h"

#include <string.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "search/engram-saved-filters.h"

typedef struct {
  char *folder;
  char *path;
  EngramSavedFilters *filters;
  guint n_changed;
  GError *error;
} Fixture;

static void
note_changed (Fixture *self)
{
  self->n_changed++;
}

static void
note_failed (Fixture      *self,
             const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static EngramSavedFilters *
open_filters (Fixture *self)
{
  EngramSavedFilters *filters = engram_saved_filters_new (self->path);

  g_signal_connect_swapped (filters, "changed", G_CALLBACK (note_changed), self);
  g_signal_connect_swapped (filters, "failed", G_CALLBACK (note_failed), self);
  return filters;
}

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "engram", "filters", NULL);
  self->filters = open_filters (self);
  wait_until (self->n_changed == 1);
  return self;
}

static void
fixture_free (Fixture *self)
{
  g_assert_no_error (self->error);
  g_object_unref (self->filters);
  g_free (self->path);
  test_folder_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* One more change has been made. */
static void
wait_for_change (Fixture *self)
{
  guint before = self->n_changed;

  wait_until (self->n_changed > before || self->error != NULL);
  g_assert_no_error (self->error);
}

static void
wait_for_failure (Fixture *self,
                  int      code,
                  const char *part)
{
  wait_until (self->error != NULL);
  g_assert_error (self->error, ENGRAM_ERROR, code);
  g_assert_nonnull (strstr (self->error->message, part));
  g_clear_error (&self->error);
}

/* "name=query;..." in the order in which they are given. */
static char *
describe (EngramSavedFilters *filters)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < engram_saved_filters_get_n (filters); i++)
    g_string_append_printf (text, "%s=%s;", engram_saved_filters_get_name (filters, i),
                            engram_saved_filters_get_query (filters, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_filters (Fixture    *self,
                const char *expected)
{
  g_autofree char *here = describe (self->filters);
  g_autofree char *read = NULL;
  g_autoptr (EngramSavedFilters) again = open_filters (self);

  g_assert_cmpstr (here, ==, expected);
  wait_for_change (self);
  read = describe (again);
  g_assert_cmpstr (read, ==, expected);
}

static void
test_save (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  struct stat status;

  g_assert_cmpuint (engram_saved_filters_get_n (fixture->filters), ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  engram_saved_filters_save (fixture->filters, "Tools [new] = \303\244\\n", "type:tool \"a\nb\\\" ; x");
  engram_saved_filters_save (fixture->filters, "Busy", " degree:>20");
  wait_for_change (fixture);
  wait_for_change (fixture);
  assert_filters (fixture, "Busy= degree:>20;Tools [new] = \303\244\\n=type:tool \"a\nb\\\" ; x;");
  g_assert_cmpstr (engram_saved_filters_find (fixture->filters, "Busy"), ==, " degree:>20");
  g_assert_null (engram_saved_filters_find (fixture->filters, "busy"));

  /* A name again: in place of what it was. */
  engram_saved_filters_save (fixture->filters, "Busy", "degree:>30");
  wait_for_change (fixture);
  assert_filters (fixture, "Busy=degree:>30;Tools [new] = \303\244\\n=type:tool \"a\nb\\\" ; x;");

  /* What a person looks for is nobody else's business. */
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_rename_and_delete (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();

  engram_saved_filters_save (fixture->filters, "a", "axon");
  engram_saved_filters_save (fixture->filters, "b", "brain");
  engram_saved_filters_rename (fixture->filters, "a", "c");
  wait_for_change (fixture);
  wait_for_change (fixture);
  wait_for_change (fixture);
  assert_filters (fixture, "b=brain;c=axon;");

  engram_saved_filters_rename (fixture->filters, "c", "b");
  wait_for_failure (fixture, ENGRAM_ERROR_EXISTS, "“b”");
  engram_saved_filters_rename (fixture->filters, "gone", "d");
  wait_for_failure (fixture, ENGRAM_ERROR_NOT_FOUND, "“gone”");
  engram_saved_filters_rename (fixture->filters, "c", "c");
  wait_for_change (fixture);
  assert_filters (fixture, "b=brain;c=axon;");

  engram_saved_filters_delete (fixture->filters, "b");
  wait_for_change (fixture);
  assert_filters (fixture, "c=axon;");
  engram_saved_filters_delete (fixture->filters, "b");
  wait_for_failure (fixture, ENGRAM_ERROR_NOT_FOUND, "“b”");
}

/* Two programs over the same file: neither undoes what the other one did. */
static void
test_two_programs (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (EngramSavedFilters) other = open_filters (fixture);

  wait_for_change (fixture);
  engram_saved_filters_save (other, "theirs", "x");
  wait_for_change (fixture);
  engram_saved_filters_save (fixture->filters, "ours", "y");
  wait_for_change (fixture);
  assert_filters (fixture, "ours=y;theirs=x;");
}

/* What a later version, or a person, has put into the file stays there. */
static void
test_unknown_content (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *text = NULL;

  engram_saved_filters_save (fixture->filters, "first", "x");
  wait_for_change (fixture);
  g_assert_true (g_file_set_contents (fixture->path,
                                      "# mine\n[Filter 1]\nname=one\nquery=x\ncolor=red\n\n"
                                      "[Other]\nname=no\nquery=no\n\n"
                                      "[Filter 7]\nname=incomplete\n\n[Filter 8]\nname=\nquery=x\n", -1, NULL));
  engram_saved_filters_save (fixture->filters, "two", "y");
  wait_for_change (fixture);
  assert_filters (fixture, "one=x;two=y;");
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# mine"));
  g_assert_nonnull (strstr (text, "color=red"));
  g_assert_nonnull (strstr (text, "[Other]"));
  g_assert_nonnull (strstr (text, "incomplete"));
}

/* A file that cannot be read is not replaced, and one that cannot be written is told. */
static void
test_broken_file (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  engram_saved_filters_save (fixture->filters, "a", "b");
  wait_for_failure (fixture, ENGRAM_ERROR_FAILED, fixture->path);

  g_assert_cmpint (remove (folder), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, "no key file", -1, NULL));
  engram_saved_filters_save (fixture->filters, "a", "b");
  wait_for_failure (fixture, ENGRAM_ERROR_FAILED, fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "no key file");
  g_assert_cmpuint (engram_saved_filters_get_n (fixture->filters), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/saved-filters/save", test_save);
  g_test_add_func ("/saved-filters/rename-and-delete", test_rename_and_delete);
  g_test_add_func ("/saved-filters/two-programs", test_two_programs);
  g_test_add_func ("/saved-filters/unknown-content", test_unknown_content);
  g_test_add_func ("/saved-filters/broken-file", test_broken_file);

  return g_test_run ();
}
