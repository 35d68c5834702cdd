/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

/* What takes no longer is not spoken of. */
#define BUSY_DELAY 300 /* ms */

/* What a list says of itself: a line, a message, a page in the place of rows. */

static char *
describe_count (EngramRecordList *self,
                guint             n_rows)
{
  g_autofree char *count = engram_format_count (n_rows);
  g_autofree char *all = NULL;
  guint64 n_all = engram_record_model_get_n_all (self->model);

  if (engram_query_is_empty (engram_record_model_get_query (self->model)))
    return g_strdup_printf (self->kind == ENGRAM_RECORD_NEURON ? ngettext ("%s neuron", "%s neurons", n_rows)
                                                               : ngettext ("%s synapse", "%s synapses", n_rows),
                            count);
  all = engram_format_count (n_all);
  /* Translators: how many a filter leaves, and how many there are. */
  return g_strdup_printf (self->kind == ENGRAM_RECORD_NEURON
                            ? ngettext ("Showing %s of %s neuron", "Showing %s of %s neurons", n_all)
                            : ngettext ("Showing %s of %s synapse", "Showing %s of %s synapses", n_all),
                          count, all);
}

static char *
describe_place (EngramRecordList *self,
                guint             n_rows)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autofree char *place = NULL;
  g_autofree char *count = engram_format_count (n_rows);

  /* Its place is looked up after a change of order. */
  if (gtk_bitset_is_empty (selected))
    return describe_count (self, n_rows);
  place = engram_format_count ((guint64) gtk_bitset_get_minimum (selected) + 1);

  if (self->kind == ENGRAM_RECORD_NEURON)
    /* Translators: the place of the chosen neuron in the list, and how many there are. */
    return g_strdup_printf (_("Neuron %s of %s"), place, count);
  /* Translators: the place of the chosen synapse in the list, and how many there are. */
  return g_strdup_printf (_("Synapse %s of %s"), place, count);
}

static char *
describe_selection (EngramRecordList *self,
                    guint             n_selected,
                    guint             n_rows)
{
  g_autofree char *selected = engram_format_count (n_selected);
  g_autofree char *count = engram_format_count (n_rows);

  /* Translators: how many are selected, and how many are in the list. */
  return g_strdup_printf (self->kind == ENGRAM_RECORD_NEURON
                            ? ngettext ("%s of %s neuron selected", "%s of %s neurons selected", n_rows)
                            : ngettext ("%s of %s synapse selected", "%s of %s synapses selected", n_rows),
                          selected, count);
}

/* How many rows there are, or which of them are chosen; may be empty */
static char *
describe (EngramRecordList *self)
{
  guint n_rows, n_selected;

  if (self->model == NULL)
    return g_strdup ("");
  if (self->busy)
    return g_strdup (_("Searching…"));
  if (!engram_record_model_is_counted (self->model))
    return g_strdup (engram_record_model_get_loading (self->model) ? _("Reading…") : "");

  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  n_selected = engram_record_selection_get_size (self->selection);
  if (n_selected == 0)
    return describe_count (self, n_rows);
  return n_selected == 1 ? describe_place (self, n_rows) : describe_selection (self, n_selected, n_rows);
}

void
engram_record_list_update_status (EngramRecordList *self)
{
  g_autofree char *status = describe (self);

  if (g_strcmp0 (status, self->status) == 0)
    return;
  g_free (self->status);
  self->status = g_steal_pointer (&status);
  /* For those who do not see the scroll bar. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (engram_record_list_find_rows (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->status, -1);
  g_object_notify (G_OBJECT (self), "status");
}

/* That the file is gone concerns more than this list: the page around it says so. */
void
engram_record_list_update_message (EngramRecordList *self)
{
  const GError *error = self->model != NULL ? engram_record_model_get_error (self->model) : NULL;
  const GError *shown = error != NULL ? error : self->message;

  if (g_error_matches (shown, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE))
    shown = NULL;
  if (shown != NULL)
    {
      gtk_label_set_text (self->message_label, shown->message);
      gtk_info_bar_set_message_type (self->message_bar, error != NULL ? GTK_MESSAGE_ERROR : GTK_MESSAGE_WARNING);
      gtk_widget_set_visible (self->try_again_button, error != NULL);
      gtk_widget_set_visible (self->close_button, error == NULL);
    }
  gtk_info_bar_set_revealed (self->message_bar, shown != NULL);
}

static void
update_page (EngramRecordList *self)
{
  const char *page = "rows";

  if (self->model != NULL && engram_record_model_is_counted (self->model) &&
      g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    page = engram_record_model_get_n_all (self->model) == 0 ? "empty" : "nothing";
  gtk_stack_set_visible_child_name (self->stack, page);
}

void
engram_record_list_update_all (EngramRecordList *self)
{
  engram_record_list_update_status (self);
  engram_record_list_update_message (self);
  update_page (self);
  engram_record_list_update_actions (self);
}

void
engram_record_list_set_message (EngramRecordList *self,
                                const GError     *error)
{
  g_clear_error (&self->message);
  self->message = error != NULL ? g_error_copy (error) : NULL;
  engram_record_list_update_message (self);
}

void
engram_record_list_set_busy (EngramRecordList *self,
                             gboolean          busy)
{
  g_clear_handle_id (&self->busy_timeout, g_source_remove);
  if (self->busy == busy)
    return;
  self->busy = busy;
  gtk_spinner_set_spinning (self->busy_spinner, busy);
  gtk_widget_set_visible (self->busy_box, busy);
  engram_record_list_update_status (self);
}

static gboolean
busy_timeout_cb (gpointer user_data)
{
  EngramRecordList *self = user_data;

  self->busy_timeout = 0;
  engram_record_list_set_busy (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* What was asked for now is waited for. */
void
engram_record_list_expect_rows (EngramRecordList *self)
{
  if (!self->busy && self->busy_timeout == 0)
    self->busy_timeout = g_timeout_add (BUSY_DELAY, busy_timeout_cb, self);
}
