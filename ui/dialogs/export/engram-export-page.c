/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/export/engram-export-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-text-format.h"

struct _EngramExportPage {
  AdwBin             parent_instance;

  AdwActionRow      *all_row, *shown_row, *neurons_row, *synapses_row;
  GtkCheckButton    *all, *shown, *neurons, *synapses;
  GtkCheckButton    *json, *graphml, *gexf, *csv;
  GtkWidget         *compact_row, *vectors_row, *weights_row;
  GtkSwitch         *compact, *vectors, *weights;
  AdwComboRow       *tables_row;

  EngramSession     *session;
  EngramRecordModel *model;       /* of the list, or NULL */
  GCancellable      *cancellable; /* of counting */
  gboolean           ready;
};

enum { PROP_READY = 1 };

G_DEFINE_FINAL_TYPE (EngramExportPage, engram_export_page, ADW_TYPE_BIN)

/* What */

static gsize
count_selected (EngramExportPage *self,
                EngramRecordKind  kind)
{
  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (self->session), kind));
}

static gboolean
is_shown_known (EngramExportPage *self)
{
  return self->model != NULL && engram_record_model_is_counted (self->model) &&
         g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
}

static char *
describe_rows (EngramRecordKind kind,
               gsize            n_rows)
{
  g_autofree char *count = engram_format_count (n_rows);

  if (kind == ENGRAM_RECORD_NEURON)
    return g_strdup_printf (ngettext ("%s neuron, and the synapses that join it to itself",
                                      "%s neurons, and the synapses among them", (gulong) n_rows), count);
  return g_strdup_printf (ngettext ("%s synapse, and the neurons at its ends",
                                    "%s synapses, and the neurons at their ends", (gulong) n_rows), count);
}

static void
set_row (AdwActionRow     *row,
         EngramRecordKind  kind,
         gsize             n_rows,
         const char       *otherwise)
{
  g_autofree char *text = n_rows > 0 ? describe_rows (kind, n_rows) : g_strdup (otherwise);

  adw_action_row_set_subtitle (row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (row), n_rows > 0);
}

static gboolean
find_ready (EngramExportPage *self)
{
  if (gtk_check_button_get_active (self->shown))
    return is_shown_known (self);
  if (gtk_check_button_get_active (self->neurons))
    return count_selected (self, ENGRAM_RECORD_NEURON) > 0;
  return !gtk_check_button_get_active (self->synapses) || count_selected (self, ENGRAM_RECORD_SYNAPSE) > 0;
}

static void
update (EngramExportPage *self)
{
  gsize n_shown = is_shown_known (self) ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  gboolean is_searching = self->model != NULL && !engram_record_model_is_counted (self->model);
  gboolean ready;

  if (self->session == NULL)
    return;
  set_row (self->shown_row, self->model != NULL ? engram_record_model_get_kind (self->model) : ENGRAM_RECORD_NEURON,
           n_shown, is_searching ? _("The search is still under way.") : _("The list shows nothing."));
  set_row (self->neurons_row, ENGRAM_RECORD_NEURON, count_selected (self, ENGRAM_RECORD_NEURON),
           _("No neuron is selected."));
  set_row (self->synapses_row, ENGRAM_RECORD_SYNAPSE, count_selected (self, ENGRAM_RECORD_SYNAPSE),
           _("No synapse is selected."));
  ready = find_ready (self);
  if (ready == self->ready)
    return;
  self->ready = ready;
  g_object_notify (G_OBJECT (self), "ready");
}

void
engram_export_page_set_what (EngramExportPage *self,
                             EngramExportWhat  what)
{
  gboolean has_neurons, has_synapses, wants_synapses;
  GtkCheckButton *chosen = self->all;

  g_return_if_fail (ENGRAM_IS_EXPORT_PAGE (self));

  has_neurons = count_selected (self, ENGRAM_RECORD_NEURON) > 0;
  has_synapses = count_selected (self, ENGRAM_RECORD_SYNAPSE) > 0;
  wants_synapses = self->model != NULL && engram_record_model_get_kind (self->model) == ENGRAM_RECORD_SYNAPSE;
  if (what == ENGRAM_EXPORT_SHOWN && self->model != NULL)
    chosen = self->shown;
  else if (what == ENGRAM_EXPORT_SELECTED && has_synapses && (wants_synapses || !has_neurons))
    chosen = self->synapses;
  else if (what == ENGRAM_EXPORT_SELECTED && has_neurons)
    chosen = self->neurons;
  gtk_check_button_set_active (chosen, TRUE);
  update (self);
}

gboolean
engram_export_page_is_ready (EngramExportPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_EXPORT_PAGE (self), FALSE);

  return self->ready;
}

static void
selection_known_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (EngramRowSet) rows = engram_selection_await_finish (ENGRAM_SELECTION (source), result, &error);
  EngramRecordKind kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (task), "engram-kind"));

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (engram_row_set_get_size (rows) == 0)
    {
      g_task_return_new_error (task, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND, _("Nothing is selected any more."));
      return;
    }
  engram_export_work_set_rows (g_task_get_task_data (task), kind, rows);
  g_task_return_boolean (task, TRUE);
}

void
engram_export_page_fill_async (EngramExportPage    *self,
                               EngramExportWork    *work,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  EngramRecordKind kind;

  g_return_if_fail (ENGRAM_IS_EXPORT_PAGE (self));

  g_task_set_source_tag (task, engram_export_page_fill_async);
  g_task_set_task_data (task, engram_export_work_ref (work), (GDestroyNotify) engram_export_work_unref);
  if (gtk_check_button_get_active (self->neurons) || gtk_check_button_get_active (self->synapses))
    {
      kind = gtk_check_button_get_active (self->neurons) ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE;
      g_object_set_data (G_OBJECT (task), "engram-kind", GINT_TO_POINTER (kind));
      engram_selection_await (engram_session_get_selection (self->session), kind, NULL, selection_known_cb,
                              g_steal_pointer (&task));
      return;
    }
  if (gtk_check_button_get_active (self->shown) && !is_shown_known (self))
    {
      g_task_return_new_error (task, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND, _("The list shows nothing any more."));
      return;
    }
  if (gtk_check_button_get_active (self->shown))
    engram_export_work_set_order (work, engram_record_model_get_kind (self->model),
                                  engram_record_model_get_order (self->model));
  g_task_return_boolean (task, TRUE);
}

gboolean
engram_export_page_fill_finish (EngramExportPage  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The whole, counted by a worker */

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  EngramDatabaseStatistics *statistics = engram_database_get_statistics (data, cancellable, &error);

  if (statistics != NULL)
    g_task_return_pointer (task, statistics, (GDestroyNotify) engram_database_statistics_free);
  else
    g_task_return_error (task, error);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EngramExportPage *self = ENGRAM_EXPORT_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabaseStatistics) statistics = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *neuron_count = NULL, *synapse_count = NULL, *neurons = NULL, *synapses = NULL, *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (statistics == NULL)
    {
      adw_action_row_set_subtitle (self->all_row, error->message);
      return;
    }
  neuron_count = engram_format_count (statistics->neurons);
  synapse_count = engram_format_count (statistics->synapses);
  neurons = g_strdup_printf (ngettext ("%s neuron", "%s neurons", (gulong) statistics->neurons), neuron_count);
  synapses = g_strdup_printf (ngettext ("%s synapse", "%s synapses", (gulong) statistics->synapses), synapse_count);
  /* Translators: "12 neurons" and "3 synapses" */
  text = g_strdup_printf (_("%s and %s"), neurons, synapses);
  adw_action_row_set_subtitle (self->all_row, text);
}

static void
count (EngramExportPage *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, counted_cb, NULL);
  g_task_set_source_tag (task, count);
  g_task_set_task_data (task, g_object_ref (engram_session_get_database (self->session)), g_object_unref);
  g_task_run_in_thread (task, count_thread);
}

/* Format and options */

static EngramExchangeFormat
get_format (EngramExportPage *self)
{
  if (gtk_check_button_get_active (self->graphml))
    return ENGRAM_EXCHANGE_GRAPHML;
  if (gtk_check_button_get_active (self->gexf))
    return ENGRAM_EXCHANGE_GEXF;
  return gtk_check_button_get_active (self->csv) ? ENGRAM_EXCHANGE_CSV : ENGRAM_EXCHANGE_JSON;
}

/* Whatever was chosen for another format. */
static void
format_cb (EngramExportPage *self,
           GtkCheckButton   *button)
{
  EngramExchangeFormat format = get_format (self);
  gboolean is_document = format == ENGRAM_EXCHANGE_JSON;

  if (!gtk_check_button_get_active (button))
    return;
  gtk_widget_set_visible (self->compact_row, is_document);
  gtk_widget_set_visible (GTK_WIDGET (self->tables_row), format == ENGRAM_EXCHANGE_CSV);
  gtk_widget_set_visible (self->vectors_row, !is_document);
  gtk_widget_set_visible (self->weights_row, !is_document);
  gtk_switch_set_active (self->weights, engram_exchange_format_prefers_unsigned (format));
}

void
engram_export_page_get_options (EngramExportPage      *self,
                                EngramExchangeOptions *options)
{
  gboolean is_document;

  g_return_if_fail (ENGRAM_IS_EXPORT_PAGE (self));

  is_document = get_format (self) == ENGRAM_EXCHANGE_JSON;
  *options = (EngramExchangeOptions) {
    .format = get_format (self),
    .compact = is_document && gtk_switch_get_active (self->compact),
    .vectors = !is_document && gtk_switch_get_active (self->vectors),
    .unsigned_weights = !is_document && gtk_switch_get_active (self->weights),
    .tables = adw_combo_row_get_selected (self->tables_row),
  };
}

char *
engram_export_page_dup_name (EngramExportPage *self,
                             const char       *network)
{
  g_autofree char *name = NULL;
  char *ending;

  g_return_val_if_fail (ENGRAM_IS_EXPORT_PAGE (self), NULL);

  name = g_filename_display_basename (network);
  ending = strrchr (name, '.');
  if (ending != NULL && ending != name)
    *ending = '\0';
  return g_strdup_printf ("%s.%s", name, engram_exchange_format_get_name (get_format (self)));
}

/* The page */

static void
engram_export_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EngramExportPage *self = ENGRAM_EXPORT_PAGE (object);

  if (property_id == PROP_READY)
    g_value_set_boolean (value, self->ready);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
engram_export_page_dispose (GObject *object)
{
  EngramExportPage *self = ENGRAM_EXPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENGRAM_TYPE_EXPORT_PAGE);

  G_OBJECT_CLASS (engram_export_page_parent_class)->dispose (object);
}

static void
engram_export_page_class_init (EngramExportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = engram_export_page_get_property;
  object_class->dispose = engram_export_page_dispose;
  g_object_class_install_property (object_class, PROP_READY,
                                   g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/dialogs/export/engram-export-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EngramExportPage, name)
  BIND (all_row);
  BIND (shown_row);
  BIND (neurons_row);
  BIND (synapses_row);
  BIND (all);
  BIND (shown);
  BIND (neurons);
  BIND (synapses);
  BIND (json);
  BIND (graphml);
  BIND (gexf);
  BIND (csv);
  BIND (compact_row);
  BIND (vectors_row);
  BIND (weights_row);
  BIND (compact);
  BIND (vectors);
  BIND (weights);
  BIND (tables_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
}

static void
engram_export_page_init (EngramExportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  format_cb (self, self->json);
}

GtkWidget *
engram_export_page_new (EngramSession     *session,
                        EngramRecordModel *shown,
                        EngramExportWhat   what)
{
  EngramExportPage *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);
  g_return_val_if_fail (shown == NULL || ENGRAM_IS_RECORD_MODEL (shown), NULL);

  self = g_object_new (ENGRAM_TYPE_EXPORT_PAGE, NULL);
  self->session = g_object_ref (session);
  g_set_object (&self->model, shown);
  g_signal_connect_object (engram_session_get_selection (session), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  if (shown != NULL)
    {
      g_signal_connect_object (shown, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (shown, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  count (self);
  engram_export_page_set_what (self, what);
  return GTK_WIDGET (self);
}
