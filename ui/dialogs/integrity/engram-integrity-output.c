/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-integrity-output.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-text-format.h"
#include "dialogs/integrity/engram-integrity-text.h"

/* Files */

typedef struct {
  EngramIntegrityReport *report;
  EngramIntegrityFormat  format;
  char                  *path;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  engram_integrity_report_unref (self->report);
  g_free (self->path);
  g_free (self);
}

char *
engram_integrity_dup_file_name (EngramIntegrityReport *report,
                                EngramIntegrityFormat  format)
{
  g_autofree char *name = g_path_get_basename (engram_integrity_report_get_path (report));
  char *ending = strrchr (name, '.');

  if (ending != NULL && ending != name)
    *ending = '\0';
  /* Translators: the name of a network's file, which gets ".html" or ".json" at its end. */
  return g_strdup_printf (_("%s integrity report%s"), name, format == ENGRAM_INTEGRITY_HTML ? ".html" : ".json");
}

/* Worker */
static gboolean
save (EngramJob       *job,
      EngramDatabase  *database,
      EngramHistory   *history,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  const Saving *self = data;
  g_autofree char *name = g_filename_display_basename (self->path);
  /* Translators: the name of a file. */
  g_autofree char *outcome = g_strdup_printf (_("Saved “%s”"), name);
  g_autofree char *text = self->format == ENGRAM_INTEGRITY_HTML ? engram_integrity_report_to_html (self->report)
                                                                : engram_integrity_report_to_json (self->report);
  g_autoptr (EngramOutputFile) file = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  file = engram_output_file_new (self->path, engram_database_get_path (database), error);
  if (file == NULL || !engram_output_file_write (file, text, strlen (text), error) ||
      !engram_output_file_finish (file, error))
    return FALSE;
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

EngramJob *
engram_integrity_save (EngramIntegrityReport *report,
                       EngramIntegrityFormat  format,
                       const char            *path,
                       EngramSession         *session)
{
  Saving *self = g_new0 (Saving, 1);

  self->report = engram_integrity_report_ref (report);
  self->format = format;
  self->path = g_strdup (path);
  return engram_session_read (session, _("Saving the Report"), save, self, saving_free);
}

/* Paper */

#define MAX_IDS 100
#define MAX_ID_CHARACTERS 120
#define FOOT_LINES 2

/* The report as one text, which is cut into pages at the ends of lines. */
typedef struct {
  EngramIntegrityReport *report;
  PangoLayout           *layout; /* NULL before the pages are known */
  GArray                *starts; /* int: the first line of each page */
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *self = data;

  engram_integrity_report_unref (self->report);
  g_clear_object (&self->layout);
  g_array_unref (self->starts);
  g_free (self);
}

static void G_GNUC_PRINTF (2, 3)
append (GString    *markup,
        const char *format,
        ...)
{
  va_list arguments;
  g_autofree char *escaped = NULL;

  va_start (arguments, format);
  escaped = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (markup, escaped);
}

static void
append_finding (GString             *markup,
                const EngramFinding *finding)
{
  g_auto (GStrv) ids = engram_finding_get_ids (finding, 0, MAX_IDS);
  guint64 n_more = engram_finding_get_count (finding) - g_strv_length (ids);
  const char *repair = engram_finding_get_repair (finding);

  append (markup, "\n<b>%s:</b> %s\n", engram_severity_get_label (engram_finding_get_severity (finding)),
          engram_finding_get_message (finding));
  if (repair != NULL)
    {
      /* Translators: what is done about a finding: "Delete these synapses". */
      g_autofree char *text = g_strdup_printf (_("Repair: %s"), repair);

      append (markup, "%s\n", text);
    }
  g_string_append (markup, "<small>");
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = engram_format_line (ids[i], MAX_ID_CHARACTERS);

      append (markup, "%s%s", i > 0 ? ", " : "", id);
    }
  if (n_more > 0)
    {
      g_autofree char *number = engram_format_count (n_more);
      /* Translators: below some ids; so many are not shown. */
      g_autofree char *more = g_strdup_printf (ngettext ("and %s more", "and %s more", (gulong) n_more), number);

      append (markup, " … %s", more);
    }
  g_string_append (markup, "</small>\n");
}

static char *
make_markup (EngramIntegrityReport *report)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);
  g_autofree char *path = g_filename_display_name (engram_integrity_report_get_path (report));
  g_autofree char *title = engram_integrity_report_dup_title (report);
  g_autofree char *summary = engram_integrity_report_dup_summary (report);
  g_autofree char *time = engram_format_time_long (engram_integrity_report_get_time (report));
  g_auto (GStrv) checks = engram_integrity_report_list_checks (report);
  GString *markup = g_string_new (NULL);

  append (markup, "<span size=\"x-large\" weight=\"bold\">%s</span>\n", _("Integrity Report"));
  append (markup, "%s\n%s\n\n<b>%s</b>\n%s\n", path, time, title, summary);
  for (guint i = 0; i < findings->len; i++)
    append_finding (markup, g_ptr_array_index (findings, i));
  append (markup, "\n<b>%s</b>\n", _("What Was Checked"));
  for (guint i = 0; checks[i] != NULL; i++)
    append (markup, "• %s\n", checks[i]);
  return g_string_free (markup, FALSE);
}

static double
get_line_height (PangoLayout *layout,
                 int          line)
{
  PangoRectangle logical;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, line), NULL, &logical);
  return logical.height / (double) PANGO_SCALE;
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                gpointer           user_data)
{
  Printing *self = user_data;
  g_autofree char *markup = make_markup (self->report);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 10");
  double room, used = 0;
  int first = 0;

  g_clear_object (&self->layout);
  self->layout = gtk_print_context_create_pango_layout (context);
  pango_layout_set_font_description (self->layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (self->layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (self->layout, markup, -1);

  g_array_set_size (self->starts, 0);
  g_array_append_val (self->starts, first);
  room = gtk_print_context_get_height (context) - FOOT_LINES * get_line_height (self->layout, 1);
  for (int line = 0; line < pango_layout_get_line_count (self->layout); line++)
    {
      double height = get_line_height (self->layout, line);

      if (used > 0 && used + height > room)
        {
          g_array_append_val (self->starts, line);
          used = 0;
        }
      used += height;
    }
  gtk_print_operation_set_n_pages (operation, (int) self->starts->len);
}

static void
draw_foot (Printing        *self,
           GtkPrintContext *context,
           cairo_t         *cairo,
           int              page)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  /* Translators: the foot of a printed page: its number, and how many there are. */
  g_autofree char *text = g_strdup_printf (_("Page %d of %u"), page + 1, self->starts->len);
  PangoRectangle logical;

  pango_layout_set_font_description (layout, pango_layout_get_font_description (self->layout));
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  cairo_move_to (cairo, gtk_print_context_get_width (context) - logical.width,
                 gtk_print_context_get_height (context) - logical.height);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              gpointer           user_data)
{
  Printing *self = user_data;
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  int first = g_array_index (self->starts, int, page);
  int end = (guint) page + 1 < self->starts->len ? g_array_index (self->starts, int, page + 1)
                                                 : pango_layout_get_line_count (self->layout);
  double y = 0;

  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (int line = first; line < end; line++)
    {
      PangoLayoutLine *text = pango_layout_get_line_readonly (self->layout, line);
      PangoRectangle logical;

      /* From the base line. */
      pango_layout_line_get_extents (text, NULL, &logical);
      cairo_move_to (cairo, 0, y - logical.y / (double) PANGO_SCALE);
      pango_cairo_show_layout_line (cairo, text);
      y += logical.height / (double) PANGO_SCALE;
    }
  draw_foot (self, context, cairo, page);
}

GtkPrintOperation *
engram_integrity_make_print_operation (EngramIntegrityReport *report)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Printing *self = g_new0 (Printing, 1);
  g_autofree char *name = NULL;

  self->report = engram_integrity_report_ref (report);
  self->starts = g_array_new (FALSE, FALSE, sizeof (int));
  name = engram_integrity_dup_file_name (report, ENGRAM_INTEGRITY_HTML);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), self);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), self, printing_free, 0);
  return operation;
}
