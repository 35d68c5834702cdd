/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "integrity-support.h"

/* The report itself: its pages of ids, its sentences, and what it is saved as. */

/* Names that want to be more than names: markup, quotes, control characters, another direction of writing. */
#define HOSTILE_TABLE "<img src=x onerror=alert(1)>\n</table>"
#define HOSTILE_ID "</li><b id=\"x\">'&"

static char *
make_hostile_network (const char *folder)
{
  return integrity_make_network (folder,
                                 "UPDATE neurons SET"
                                 " neuron_type='<script>alert(1)</script>&amp;\"'' \\ \342\200\256back'"
                                 " WHERE rowid=5;"
                                 "UPDATE synapses SET id='</li><b id=\"x\">''&' WHERE rowid=1;"
                                 "UPDATE synapses SET id=char(27, 31, 127, 9, 10) || 'x' WHERE rowid=2;"
                                 "UPDATE synapses SET id=CAST(x'fffe' AS TEXT) WHERE rowid=3;"
                                 "CREATE TABLE \"" HOSTILE_TABLE "\" (a);");
}

static void
append_text (GMarkupParseContext  *context,
             const char           *text,
             gsize                 length,
             gpointer              all,
             GError              **error)
{
  g_string_append_len (all, text, length);
  g_string_append_c (all, '\n');
}

static void
note_element (GMarkupParseContext  *context,
              const char           *element,
              const char          **names,
              const char          **values,
              gpointer              all,
              GError              **error)
{
  static const char *const known[] = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "dl", "dt", "dd", "bdi", "main", "p",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "section", "span", "code", "ul", "li", "footer", NULL
  };

  g_assert_true (g_strv_contains (known, element));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_false (g_str_has_prefix (names[i], "on"));
      g_assert_false (g_str_equal (names[i], "src"));
    }
  if (g_str_equal (element, "th"))
    g_assert_true (g_strv_contains (names, "scope"));
  if (g_str_equal (element, "html"))
    g_assert_true (g_strv_contains (names, "lang"));
}

/* (transfer full): the page's text; the page is well-formed, of known elements, and needs nothing from elsewhere. */
static char *
read_page (const char *html)
{
  const GMarkupParser parser = { .start_element = note_element, .text = append_text };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, text, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n"));
  g_assert_null (strstr (html, "http:"));
  g_assert_null (strstr (html, "https:"));
  g_markup_parse_context_parse (context, html + strlen ("<!DOCTYPE html>\n"), -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_html (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_hostile_network (folder);
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *html = engram_integrity_report_to_html (report);
  g_autofree char *text = read_page (html);

  g_assert_nonnull (strstr (text, "a.db"));
  g_assert_nonnull (strstr (text, "<script>alert(1)</script>&amp;\"' \\ \357\277\275back"));
  g_assert_nonnull (strstr (text, "<img src=x onerror=alert(1)>\357\277\275</table>"));
  g_assert_nonnull (strstr (text, HOSTILE_ID));
  /* Control characters do nothing, and what is not UTF-8 is shown as such. */
  g_assert_nonnull (strstr (text, "\357\277\275\357\277\275\357\277\275\357\277\275\357\277\275x"));
  g_assert_nonnull (strstr (text, "There are warnings"));
  for (const char *cursor = text; *cursor != '\0'; cursor = g_utf8_next_char (cursor))
    g_assert_true (*cursor == '\n' || !g_unichar_iscntrl (g_utf8_get_char (cursor)));
}

static void
test_html_without_findings (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, NULL);
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *html = engram_integrity_report_to_html (report);
  g_autofree char *text = read_page (html);

  g_assert_nonnull (strstr (text, "Nothing was found"));
  g_assert_null (strstr (html, "<table"));
}

static void
assert_member (const char *object,
               const char *name,
               const char *expected)
{
  g_autofree char *value = engram_json_object_get (object, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
note_item (const char     *name,
           const char     *value,
           EngramJsonType  type,
           gpointer        items)
{
  g_ptr_array_add (items, g_strdup (value));
}

static GPtrArray *
list_items (const char *object,
            const char *name)
{
  g_autofree char *list = engram_json_object_get (object, name);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (engram_json_foreach (list, note_item, items));
  return items;
}

static void
assert_texts (GPtrArray          *items,
              const char *const  *expected)
{
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *text = engram_json_get_string (g_ptr_array_index (items, i));

      g_assert_cmpstr (text, ==, expected[i]);
    }
  g_assert_null (expected[items->len]);
}

static void
test_json (void)
{
  const char *const ids[] = { HOSTILE_ID, "\033\037\177\t\nx", "\357\277\275\357\277\275", NULL };
  const char *const tables[] = { HOSTILE_TABLE, NULL };
  const char *const neurons[] = { NEURON (5), NULL };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_hostile_network (folder);
  g_autofree char *real_path = g_canonicalize_filename (path, NULL);
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *json = engram_integrity_report_to_json (report);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown_path = NULL;

  g_assert_cmpint (engram_json_check (json, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  assert_member (json, "format", "\"engram-integrity-report\"");
  assert_member (json, "version", "1");
  assert_member (json, "neurons", "5");
  assert_member (json, "synapses", "5");
  assert_member (json, "made_by", "\"Engram " ENGRAM_VERSION "\"");
  name = engram_json_object_get (json, "path");
  shown_path = engram_json_get_string (name);
  g_assert_cmpstr (shown_path, ==, real_path);

  findings = list_items (json, "findings");
  g_assert_cmpuint (findings->len, ==, 3);
  assert_member (g_ptr_array_index (findings, 0), "kind", "\"id-not-uuid\"");
  assert_member (g_ptr_array_index (findings, 0), "severity", "\"warning\"");
  assert_member (g_ptr_array_index (findings, 0), "count", "3");
  assert_member (g_ptr_array_index (findings, 0), "repair", "null");
  assert_member (g_ptr_array_index (findings, 0), "message", "\"The ids of 3 synapses are not UUIDs in lower case.\"");
  assert_member (g_ptr_array_index (findings, 1), "kind", "\"type-unregistered\"");
  assert_member (g_ptr_array_index (findings, 2), "kind", "\"foreign-table\"");
  first = list_items (g_ptr_array_index (findings, 0), "ids");
  assert_texts (first, ids);
  second = list_items (g_ptr_array_index (findings, 1), "ids");
  assert_texts (second, neurons);
  third = list_items (g_ptr_array_index (findings, 2), "ids");
  assert_texts (third, tables);
}

static void
assert_page (const EngramFinding *finding,
             guint64              offset,
             guint64              limit,
             const char          *expected)
{
  g_auto (GStrv) ids = engram_finding_get_ids (finding, offset, limit);
  g_autofree char *joined = g_strjoinv (",", ids);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_pages (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, "UPDATE synapses SET weight=2");
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  const EngramFinding *finding = integrity_find (report, "weight-range");

  g_assert_cmpuint (engram_finding_get_count (finding), ==, 5);
  assert_page (finding, 0, 0, "");
  assert_page (finding, 0, 2, SYNAPSE (1) "," SYNAPSE (2));
  assert_page (finding, 2, 2, SYNAPSE (3) "," SYNAPSE (4));
  assert_page (finding, 4, 2, SYNAPSE (5));
  assert_page (finding, 5, 2, "");
  assert_page (finding, G_MAXUINT64, G_MAXUINT64, "");
  assert_page (finding, 3, G_MAXUINT64, SYNAPSE (4) "," SYNAPSE (5));
}

/* A page of HTML does not grow without bounds; the JSON report has every id. */
static void
test_many_ids (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2500)"
    " INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at, modified_at)"
    " SELECT printf('%08d-0000-4000-a000-000000000000', i), source_neuron_id, target_neuron_id, 7, synapse_type,"
    "  created_at, modified_at FROM synapses, n WHERE synapses.rowid=1");
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *html = engram_integrity_report_to_html (report);
  g_autofree char *text = read_page (html);
  g_autofree char *json = engram_integrity_report_to_json (report);

  g_assert_nonnull (strstr (text, "00001000-0000-4000-a000-000000000000"));
  g_assert_null (strstr (text, "00001001-0000-4000-a000-000000000000"));
  g_assert_nonnull (strstr (text, "and 1500 more"));
  g_assert_nonnull (strstr (json, "00002500-0000-4000-a000-000000000000"));
  g_assert_cmpstr (engram_finding_get_message (integrity_find (report, "weight-range")), ==,
                   "The weights of 2500 synapses are below −1 or above 1.");
}

/* An id that nobody means as one is not carried at any length. */
static void
test_long_id (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder,
                                                  "UPDATE synapses SET id=replace(hex(zeroblob(50000)), '0', 'é')"
                                                  " WHERE rowid=2");
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  g_autofree char *ids = integrity_join_ids (report, "id-not-uuid");

  g_assert_cmpuint (strlen (ids), <, 1010);
  g_assert_true (g_str_has_suffix (ids, "é…"));
}

static void
assert_message (EngramIntegrityReport *report,
                const char            *kind,
                const char            *message)
{
  g_assert_cmpstr (engram_finding_get_message (integrity_find (report, kind)), ==, message);
}

static void
test_messages (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder,
    "UPDATE neurons SET neuron_type='chronos', created_at='x' WHERE rowid<=2;"
    "UPDATE neurons SET neuron_type='b' || rowid WHERE rowid>2;"
    "UPDATE neurons SET vector=x'0000803f' WHERE rowid=1;"
    "UPDATE synapses SET created_at='' WHERE rowid=1;"
    "UPDATE synapses SET weight=9e999 WHERE rowid=1;"
    "CREATE TABLE t1 (a); CREATE TABLE t2 (a); CREATE TABLE t3 (a); CREATE TABLE t4 (a); CREATE TABLE t5 (a);"
    "CREATE TABLE t6 (a); CREATE TABLE t7 (a); CREATE TRIGGER bite AFTER DELETE ON t1 BEGIN SELECT 1; END;"
    "DROP INDEX idx_neurons_type");
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);

  assert_message (report, "type-unregistered",
                  "5 neurons are of types that are not registered: “chronos” (2), “b3” (1), “b4” (1), “b5” (1).");
  assert_message (report, "timestamp-format",
                  "2 neurons have times that are not written like 2025-11-01T09:00:00. "
                  "1 synapse has a time that is not written like 2025-11-01T09:00:00.");
  assert_message (report, "vector-dimension",
                  "The vector of 1 neuron does not have 8 numbers, as most vectors of this network do.");
  assert_message (report, "weight-range", "The weight of 1 synapse is below −1 or above 1 (infinite: 1).");
  assert_message (report, "foreign-table",
                  "The file holds 7 tables that are not Engram’s: “t1”, “t2”, “t3”, “t4”, “t5” and 2 more. "
                  "They are kept.");
  assert_message (report, "foreign-trigger",
                  "The file holds 1 trigger that is not Engram’s: “bite”. Engram lets none fire; other programs do.");
  assert_message (report, "index-missing", "1 index is missing, so lists and searches are slow: “idx_neurons_type”.");
  g_assert_cmpstr (engram_finding_get_repair (integrity_find (report, "index-missing")), ==, "Make these indexes");
  g_assert_null (engram_finding_get_repair (integrity_find (report, "timestamp-format")));
}

/* Somebody has taken the column for something else. */
static void
test_many_types (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000)"
    " INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
    " SELECT printf('%08d-0000-4000-a000-000000000000', i), i, 7, 7, 'type ' || i, created_at, modified_at"
    "  FROM neurons, n WHERE neurons.rowid=1");
  g_autoptr (EngramIntegrityReport) report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  const EngramFinding *finding = integrity_find (report, "type-unregistered");

  g_assert_cmpuint (engram_finding_get_count (finding), ==, 3000);
  g_assert_true (g_str_has_prefix (engram_finding_get_message (finding),
                                   "3000 neurons are of types that are not registered: “type 1” (1), “type 10” (1), "));
  g_assert_true (g_str_has_suffix (engram_finding_get_message (finding), " and many more."));
}

static void
test_references (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = integrity_make_network (folder, "UPDATE synapses SET weight=2 WHERE rowid=1");
  EngramIntegrityReport *report = integrity_check_file (path, ENGRAM_INTEGRITY_ALL);
  GValue value = G_VALUE_INIT;
  EngramIntegrityReport *other;

  /* Another reference keeps it. */
  g_value_init (&value, engram_integrity_report_get_type ());
  g_value_set_boxed (&value, report);
  other = g_value_dup_boxed (&value);
  g_value_unset (&value);
  engram_integrity_report_unref (report);
  g_assert_cmpuint (engram_finding_get_count (integrity_find (other, "weight-range")), ==, 1);
  engram_integrity_report_unref (other);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/integrity-report/html", test_html);
  g_test_add_func ("/integrity-report/html-without-findings", test_html_without_findings);
  g_test_add_func ("/integrity-report/json", test_json);
  g_test_add_func ("/integrity-report/pages", test_pages);
  g_test_add_func ("/integrity-report/many-ids", test_many_ids);
  g_test_add_func ("/integrity-report/long-id", test_long_id);
  g_test_add_func ("/integrity-report/messages", test_messages);
  g_test_add_func ("/integrity-report/many-types", test_many_types);
  g_test_add_func ("/integrity-report/references", test_references);
  return g_test_run ();
}
