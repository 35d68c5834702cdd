/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-check-page.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "dialogs/import/engram-import-problem-list.h"
#include "dialogs/import/engram-import-table.h"

#define TEMPLATE "/io/github/engram/Engram/ui/dialogs/import/engram-import-check-page.ui"

struct _EngramImportCheckPage {
  AdwBin                   parent_instance;

  GtkImage                *icon;
  GtkLabel                *headline;
  GtkLabel                *explanation;
  GtkLabel                *added;
  GtkLabel                *same;
  GtkLabel                *different;
  GtkWidget               *different_row;
  GtkLabel                *problem_count;
  GtkWidget               *problem_count_row;
  GtkLabel                *space;
  AdwActionRow            *space_row;
  AdwComboRow             *policy_row;
  GtkWidget               *ignore_row;
  GtkSwitch               *ignore;
  AdwActionRow            *backup_row;
  GtkSwitch               *backup;
  AdwBin                  *table_bin;
  AdwPreferencesGroup     *problems_group;
  AdwBin                  *problems_bin;
  AdwPreferencesGroup     *conflicts_group;
  AdwBin                  *conflicts_bin;

  GtkWidget               *table;
  EngramImportProblemList *problems;
  EngramImportProblemList *conflicts;

  const EngramImportCheck *check; /* or NULL */
  EngramImportFile         sum;   /* of its report */
  guint                    n_wrong; /* checksums */
  gboolean                 can_import;
};

enum { PROP_CAN_IMPORT = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

enum { PROBLEM_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramImportCheckPage, engram_import_check_page, ADW_TYPE_BIN)

/* Figures */

/* "12 neurons, 30 synapses" */
static char *
dup_both (guint64 neurons,
          guint64 synapses)
{
  g_autofree char *n_neurons = engram_format_count (neurons), *n_synapses = engram_format_count (synapses);
  g_autofree char *first = g_strdup_printf (ngettext ("%s neuron", "%s neurons", (gulong) neurons), n_neurons);
  g_autofree char *second = g_strdup_printf (ngettext ("%s synapse", "%s synapses", (gulong) synapses), n_synapses);

  /* Translators: how many neurons, then how many synapses. */
  return g_strdup_printf (_("%s, %s"), first, second);
}

static void
show_both (GtkLabel *label,
           guint64   neurons,
           guint64   synapses)
{
  g_autofree char *text = dup_both (neurons, synapses);

  gtk_label_set_text (label, text);
}

static EngramImportConflict
get_policy (EngramImportCheckPage *self)
{
  return (EngramImportConflict) adw_combo_row_get_selected (self->policy_row);
}

static guint64
count_conflicts (EngramImportCheckPage *self)
{
  return self->sum.neuron_match.different + self->sum.synapse_match.different;
}

/* Of those that stand in the way. */
static guint64
count_problems (EngramImportCheckPage *self)
{
  guint64 n_problems = self->check->report->n_problems;

  return gtk_switch_get_active (self->ignore) ? n_problems - self->n_wrong : n_problems;
}

static gboolean
would_change (EngramImportCheckPage *self)
{
  return self->sum.neuron_match.added + self->sum.synapse_match.added > 0 ||
         (get_policy (self) == ENGRAM_IMPORT_CONFLICT_REPLACE && count_conflicts (self) > 0);
}

/* Space */

/* The disk that is too full, or NULL. */
static const EngramImportDisk *
find_full_disk (EngramImportCheckPage *self)
{
  for (guint i = 0; i < self->check->disks->len; i++)
    {
      const EngramImportDisk *disk = g_ptr_array_index (self->check->disks, i);
      guint64 needed = disk->needed + (gtk_switch_get_active (self->backup) ? disk->backup : 0);

      if (needed > disk->available)
        return disk;
    }
  return NULL;
}

/* The network's disk is the first. */
static void
show_space (EngramImportCheckPage *self)
{
  const EngramImportDisk *full = find_full_disk (self);
  const EngramImportDisk *disk = full != NULL ? full : g_ptr_array_index (self->check->disks, 0);
  guint64 needed = disk->needed + (gtk_switch_get_active (self->backup) ? disk->backup : 0);
  g_autofree char *needed_text = g_format_size (needed), *available = g_format_size (disk->available);
  g_autofree char *about = g_strdup_printf (_("about %s"), needed_text);
  g_autofree char *folder = g_filename_display_name (disk->folder);
  g_autofree char *where = NULL, *escaped = NULL;

  if (disk->available == G_MAXUINT64)
    where = g_strdup_printf (_("In “%s”"), folder);
  else if (full != NULL)
    /* Translators: a folder, then a size. */
    where = g_strdup_printf (_("This may not fit: in “%s” only %s are free"), folder, available);
  else
    where = g_strdup_printf (_("In “%s”, where %s are free"), folder, available);
  escaped = g_markup_escape_text (where, -1);
  gtk_label_set_text (self->space, about);
  adw_action_row_set_subtitle (self->space_row, escaped);
}

/* What is said first */

static void
show_verdict (EngramImportCheckPage *self,
              const char            *icon,
              const char            *headline,
              const char            *explanation)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->headline, headline);
  gtk_label_set_text (self->explanation, explanation);
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), explanation[0] != '\0');
}

static char *
dup_missing_checksums (EngramImportCheckPage *self)
{
  guint n_missing = 0;

  for (guint i = 0; i < self->check->report->files->len; i++)
    {
      const EngramImportFile *file = g_ptr_array_index (self->check->report->files, i);

      n_missing += file->is_whole && file->checksum == ENGRAM_IMPORT_CHECKSUM_ABSENT;
    }
  if (n_missing == 0)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("%u document has no checksum: nothing tells whether it is as it was written.",
                                    "%u documents have no checksum: nothing tells whether they are as they were "
                                    "written.", n_missing), n_missing);
}

static void
show_ready (EngramImportCheckPage *self)
{
  g_autofree char *missing = dup_missing_checksums (self);

  if (find_full_disk (self) != NULL)
    show_verdict (self, "dialog-warning-symbolic", _("The Disk May Be Too Full"),
                  _("Make space first. If there is too little, nothing is imported, and the network stays as it is."));
  else
    show_verdict (self, "object-select-symbolic", _("Ready to Import"), missing);
}

static void
show_problems (EngramImportCheckPage *self,
               guint64                n_problems)
{
  g_autofree char *count = engram_format_count (n_problems);
  g_autofree char *text = g_strdup_printf (ngettext ("%s problem stands in the way. Nothing has changed.",
                                                     "%s problems stand in the way. Nothing has changed.",
                                                     (gulong) n_problems), count);

  show_verdict (self, "dialog-error-symbolic", _("This Cannot Be Imported"), text);
}

static void
set_can_import (EngramImportCheckPage *self,
                gboolean               can_import)
{
  if (self->can_import == can_import)
    return;
  self->can_import = can_import;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_IMPORT]);
}

static void
update (EngramImportCheckPage *self)
{
  guint64 n_problems = count_problems (self);
  gboolean must_choose = count_conflicts (self) > 0 && get_policy (self) == ENGRAM_IMPORT_CONFLICT_FAIL;

  show_space (self);
  if (n_problems > 0)
    show_problems (self, n_problems);
  else if (must_choose)
    show_verdict (self, "dialog-warning-symbolic", _("Conflicts to Be Decided"),
                  _("The network has some of it with other content. Choose below what becomes of that."));
  else if (!would_change (self))
    show_verdict (self, "dialog-information-symbolic", _("Nothing Would Change"),
                  count_conflicts (self) > 0 ? _("There is nothing new, and what differs is kept as it is.")
                                             : _("All of it is in the network already."));
  else
    show_ready (self);
  set_can_import (self, n_problems == 0 && !must_choose && would_change (self));
}

static void
update_cb (EngramImportCheckPage *self)
{
  if (self->check != NULL)
    update (self);
}

/* What was found */

/* How many there are, and that not all of them are listed. */
static void
show_list (AdwPreferencesGroup     *group,
           EngramImportProblemList *list,
           const char              *title,
           GPtrArray               *problems,
           guint64                  count)
{
  g_autofree char *listed = engram_format_count (problems->len);
  g_autofree char *description = count > problems->len ? g_strdup_printf (_("The first %s are listed."), listed) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (group), problems->len > 0);
  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  engram_import_problem_list_set_problems (list, problems);
}

static void
show_figures (EngramImportCheckPage *self)
{
  const EngramImportReport *report = self->check->report;
  g_autofree char *n_problems = engram_format_count (report->n_problems);

  show_both (self->added, self->sum.neuron_match.added, self->sum.synapse_match.added);
  show_both (self->same, self->sum.neuron_match.same, self->sum.synapse_match.same);
  show_both (self->different, self->sum.neuron_match.different, self->sum.synapse_match.different);
  gtk_label_set_text (self->problem_count, n_problems);
  gtk_widget_set_visible (self->different_row, count_conflicts (self) > 0);
  gtk_widget_set_visible (self->problem_count_row, report->n_problems > 0);
  engram_import_table_set_report (self->table, report);
  show_list (self->problems_group, self->problems, _("Problems"), report->problems, report->n_problems);
  show_list (self->conflicts_group, self->conflicts, _("Conflicts"), report->conflicts, count_conflicts (self));
}

static guint
count_wrong_checksums (const EngramImportReport *report)
{
  guint n_wrong = 0;

  for (guint i = 0; i < report->files->len; i++)
    {
      const EngramImportFile *file = g_ptr_array_index (report->files, i);

      n_wrong += file->checksum == ENGRAM_IMPORT_CHECKSUM_WRONG;
    }
  return n_wrong;
}

void
engram_import_check_page_set_check (EngramImportCheckPage   *self,
                                    const EngramImportCheck *check)
{
  g_autoptr (EngramBackupPlan) plan = engram_backup_plan_new ();

  g_return_if_fail (ENGRAM_IS_IMPORT_CHECK_PAGE (self));
  g_return_if_fail (check != NULL && check->report != NULL);

  self->check = NULL;
  engram_import_report_sum (check->report, &self->sum);
  self->n_wrong = count_wrong_checksums (check->report);
  gtk_switch_set_active (self->ignore, FALSE);
  gtk_widget_set_visible (self->ignore_row, self->n_wrong > 0);
  adw_combo_row_set_selected (self->policy_row, ENGRAM_IMPORT_CONFLICT_FAIL);
  gtk_switch_set_active (self->backup, plan->before_bulk_changes);
  self->check = check;
  gtk_widget_set_visible (GTK_WIDGET (self->policy_row), count_conflicts (self) > 0);
  show_figures (self);
  update (self);
}

gboolean
engram_import_check_page_get_can_import (EngramImportCheckPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_IMPORT_CHECK_PAGE (self), FALSE);

  return self->can_import;
}

void
engram_import_check_page_get_options (EngramImportCheckPage *self,
                                      EngramImportOptions   *options)
{
  g_return_if_fail (ENGRAM_IS_IMPORT_CHECK_PAGE (self));
  g_return_if_fail (options != NULL && self->check != NULL);

  *options = self->check->options;
  options->dry_run = FALSE;
  options->conflict = get_policy (self);
  options->ignore_checksum = gtk_switch_get_active (self->ignore);
}

EngramBackupPlan *
engram_import_check_page_dup_plan (EngramImportCheckPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_IMPORT_CHECK_PAGE (self), NULL);

  return gtk_switch_get_active (self->backup) ? engram_backup_plan_new () : NULL;
}

/* GObject */

static void
activated_cb (EngramImportCheckPage *self,
              EngramProblem         *problem)
{
  g_signal_emit (self, signals[PROBLEM_ACTIVATED], 0, problem);
}

static void
engram_import_check_page_get_property (GObject    *object,
                                       guint       id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  if (id == PROP_CAN_IMPORT)
    g_value_set_boolean (value, ENGRAM_IMPORT_CHECK_PAGE (object)->can_import);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, icon);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, headline);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, added);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, same);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, different);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, different_row);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, problem_count);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, problem_count_row);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, space);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, space_row);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, policy_row);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, ignore_row);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, ignore);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, backup_row);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, backup);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, table_bin);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, problems_group);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, problems_bin);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, conflicts_group);
  gtk_widget_class_bind_template_child (widget_class, EngramImportCheckPage, conflicts_bin);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
}

static void
engram_import_check_page_class_init (EngramImportCheckPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = engram_import_check_page_get_property;

  properties[PROP_CAN_IMPORT] = g_param_spec_boolean ("can-import", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[PROBLEM_ACTIVATED] = g_signal_new ("problem-activated", ENGRAM_TYPE_IMPORT_CHECK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1,
                                             ENGRAM_TYPE_PROBLEM | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_template_from_resource (widget_class, TEMPLATE);
  bind_children (widget_class);
}

static EngramImportProblemList *
create_list (EngramImportCheckPage *self,
             AdwBin                *bin,
             const char            *name)
{
  GtkWidget *list = engram_import_problem_list_new (name);

  adw_bin_set_child (bin, list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  return ENGRAM_IMPORT_PROBLEM_LIST (list);
}

static void
engram_import_check_page_init (EngramImportCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->table = engram_import_table_new ();
  adw_bin_set_child (self->table_bin, self->table);
  self->problems = create_list (self, self->problems_bin, _("Problems"));
  self->conflicts = create_list (self, self->conflicts_bin, _("Conflicts"));
}

GtkWidget *
engram_import_check_page_new (void)
{
  return g_object_new (ENGRAM_TYPE_IMPORT_CHECK_PAGE, NULL);
}
