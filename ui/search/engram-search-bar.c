/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-search-bar.h"

#include <string.h>

#include <glib/gi18n.h>

#include "common/engram-status-label.h"
#include "common/engram-text-format.h"
#include "search/engram-completion-popover.h"
#include "search/engram-completion.h"
#include "search/engram-filter-menu.h"
#include "search/engram-query-help.h"

struct _EngramSearchBar {
  GtkWidget                parent_instance;

  /* template */
  GtkWidget               *content;
  GtkWidget               *entry_box;
  GtkWidget               *entry;
  GtkWidget               *filters_button;
  GtkWidget               *help_button;
  GtkWidget               *message;
  GtkWidget               *counts_box;
  GtkWidget               *counts;

  EngramCompletionPopover *completion;  /* borrowed: child of the entry's box */
  EngramFilterMenu        *filter_menu; /* borrowed: of its button */

  EngramSession           *session;     /* NULL without one */
  char                    *kept;        /* what was typed when the bar was closed, or NULL */
  EngramFacets            *facets;      /* values to suggest, or NULL */
};

enum {
  STOP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramSearchBar, engram_search_bar, GTK_TYPE_WIDGET)

static const char *
get_text (EngramSearchBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static GtkText *
get_inner_text (EngramSearchBar *self)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
}

/* What is wrong in the text, underlined as spelling mistakes are; nothing where @start is @end. */
static void
underline (EngramSearchBar *self,
           gsize            start,
           gsize            end)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  line->start_index = start;
  line->end_index = end;
  pango_attr_list_insert (attributes, line);
  gtk_text_set_attributes (get_inner_text (self), start < end ? attributes : NULL);
}

static void
show_error (EngramSearchBar *self,
            const char      *message)
{
  GtkAccessibleInvalidState state = message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE;

  if (message != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID, state, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (get_inner_text (self)), GTK_ACCESSIBLE_STATE_INVALID, state, -1);
  /* A message that stays is not announced anew. */
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->message)), message) != 0)
    gtk_label_set_text (GTK_LABEL (self->message), message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
}

/* Makes what was typed the session's query, where it is one. @done: nobody is about to complete it. */
static void
apply (EngramSearchBar *self,
       gboolean         done)
{
  g_autoptr (GError) error = NULL;
  gsize start = 0;
  gsize end = 0;
  g_autoptr (EngramQuery) query = engram_query_parse (get_text (self), &start, &end, &error);

  /* A field without its value is no mistake while values are offered. */
  if (query == NULL && !done && gtk_widget_get_visible (GTK_WIDGET (self->completion)))
    {
      g_clear_error (&error);
      start = end = 0;
    }
  underline (self, start, end);
  show_error (self, error != NULL ? error->message : NULL);
  /* A value that is being typed would empty the list for a moment. */
  if (query != NULL && !done && gtk_widget_get_visible (GTK_WIDGET (self->completion)) &&
      engram_completion_is_partial (query, self->facets))
    return;
  if (query != NULL && self->session != NULL)
    engram_session_set_query (self->session, engram_query_is_empty (query) ? NULL : query);
}

/* The new text comes before the old one goes: an entry that is empty in between would search for nothing at once. */
static void
set_text (EngramSearchBar *self,
          const char      *text)
{
  GtkEditable *entry = GTK_EDITABLE (self->entry);
  int end = 0;

  gtk_editable_insert_text (entry, text, strlen (text), &end);
  gtk_editable_delete_text (entry, end, -1);
  gtk_editable_set_position (entry, -1);
  engram_completion_popover_hide (self->completion);
  apply (self, TRUE);
}

static EngramQuery *
get_query (EngramSearchBar *self)
{
  return self->session != NULL ? engram_session_get_query (self->session) : NULL;
}

/* Somebody else may have set it: the filter pane, a saved view. */
static void
query_changed_cb (EngramSearchBar *self)
{
  EngramQuery *query = get_query (self);
  const char *text = query != NULL ? engram_query_get_text (query) : "";
  g_autofree char *typed = g_strstrip (g_strdup (get_text (self)));

  if (query != NULL)
    g_clear_pointer (&self->kept, g_free);
  gtk_widget_set_visible (self->counts_box, query != NULL);
  engram_filter_menu_set_query (self->filter_menu, query != NULL ? text : NULL);
  if (!g_str_equal (typed, text))
    set_text (self, text);
}

static void
search_changed_cb (EngramSearchBar *self)
{
  /* Where much is going on the text has rested before that is known what may follow. */
  engram_completion_popover_update (self->completion);
  apply (self, FALSE);
}

static void
activate_cb (EngramSearchBar *self)
{
  engram_completion_popover_hide (self->completion);
  apply (self, TRUE);
}

static void
stop_search_cb (EngramSearchBar *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

static void
completion_shown_cb (EngramSearchBar *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->completion)))
    apply (self, TRUE);
}

static void
clear_cb (EngramSearchBar *self)
{
  set_text (self, "");
  gtk_widget_grab_focus (self->entry);
}

static void
filter_chosen_cb (EngramSearchBar *self,
                  const char      *query)
{
  set_text (self, query);
  gtk_widget_grab_focus (self->entry);
}

/* A field is written behind what is there. */
static void
field_chosen_cb (EngramSearchBar *self,
                 const char      *field)
{
  const char *text = get_text (self);
  gsize length = strlen (text);
  gboolean parted = length == 0 || g_ascii_isspace (text[length - 1]);
  g_autofree char *added = g_strconcat (parted ? "" : " ", field, NULL);

  gtk_widget_grab_focus (self->entry);
  engram_completion_popover_replace (self->completion, length, length, added);
}

static void
engram_search_bar_dispose (GObject *object)
{
  EngramSearchBar *self = ENGRAM_SEARCH_BAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_pointer (&self->facets, engram_facets_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->kept, g_free);
  if (self->completion != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->completion, self);
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), ENGRAM_TYPE_SEARCH_BAR);

  G_OBJECT_CLASS (engram_search_bar_parent_class)->dispose (object);
}

static void
engram_search_bar_class_init (EngramSearchBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_search_bar_dispose;

  signals[STOP] = g_signal_new ("stop", ENGRAM_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/engram/Engram/ui/search/engram-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, content);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, entry_box);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, filters_button);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, help_button);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, message);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, counts_box);
  gtk_widget_class_bind_template_child (widget_class, EngramSearchBar, counts);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

/* The entry's text is the widget that gets the focus, and so needs the name. */
static void
name_inner_text (EngramSearchBar *self)
{
  GtkAccessible *text = GTK_ACCESSIBLE (get_inner_text (self));

  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  gtk_accessible_update_relation (text, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->message, NULL, -1);
}

static void
engram_search_bar_init (EngramSearchBar *self)
{
  GtkWidget *help = engram_query_help_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  engram_status_label_set_up (GTK_LABEL (self->counts));
  name_inner_text (self);

  self->completion = engram_completion_popover_new (self->entry, self->entry_box);
  g_signal_connect_swapped (self->completion, "notify::visible", G_CALLBACK (completion_shown_cb), self);

  self->filter_menu = ENGRAM_FILTER_MENU (engram_filter_menu_new (engram_saved_filters_get_default ()));
  g_signal_connect_swapped (self->filter_menu, "chosen", G_CALLBACK (filter_chosen_cb), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->filters_button), GTK_WIDGET (self->filter_menu));

  g_signal_connect_swapped (help, "chosen", G_CALLBACK (field_chosen_cb), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->help_button), help);
}

GtkWidget *
engram_search_bar_new (void)
{
  return g_object_new (ENGRAM_TYPE_SEARCH_BAR, NULL);
}

void
engram_search_bar_set_session (EngramSearchBar *self,
                               EngramSession   *session)
{
  g_return_if_fail (ENGRAM_IS_SEARCH_BAR (self));
  g_return_if_fail (session == NULL || ENGRAM_IS_SESSION (session));

  if (session == self->session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  g_clear_pointer (&self->kept, g_free);
  if (session != NULL)
    g_signal_connect_swapped (session, "notify::query", G_CALLBACK (query_changed_cb), self);
  gtk_label_set_text (GTK_LABEL (self->counts), "");
  query_changed_cb (self);
}

void
engram_search_bar_set_facets (EngramSearchBar *self,
                              EngramFacets    *facets)
{
  g_return_if_fail (ENGRAM_IS_SEARCH_BAR (self));

  g_clear_pointer (&self->facets, engram_facets_unref);
  self->facets = facets != NULL ? engram_facets_ref (facets) : NULL;
  engram_completion_popover_set_facets (self->completion, facets);
}

void
engram_search_bar_set_counts (EngramSearchBar  *self,
                              guint64           shown,
                              guint64           all,
                              EngramRecordKind  kind)
{
  g_autofree char *shown_text = engram_format_count (shown);
  g_autofree char *all_text = engram_format_count (all);
  g_autofree char *text = NULL;
  /* Plural forms depend on what is left of a number; those are known below a million. */
  gulong plural = all < 1000000 ? all : all % 1000000 + 1000000;

  g_return_if_fail (ENGRAM_IS_SEARCH_BAR (self));

  if (kind == ENGRAM_RECORD_NEURON)
    /* Translators: how many are shown, of how many there are. */
    text = g_strdup_printf (ngettext ("Showing %s of %s neuron", "Showing %s of %s neurons", plural),
                            shown_text, all_text);
  else
    /* Translators: how many are shown, of how many there are. */
    text = g_strdup_printf (ngettext ("Showing %s of %s synapse", "Showing %s of %s synapses", plural),
                            shown_text, all_text);
  gtk_label_set_text (GTK_LABEL (self->counts), text);
}

/* Its text is still there, so that what was typed wrong is kept too. */
static void
close_bar (EngramSearchBar *self)
{
  if (*get_text (self) == '\0')
    return;
  g_free (self->kept);
  self->kept = g_strdup (get_text (self));
  set_text (self, "");
}

static void
open_bar (EngramSearchBar *self)
{
  g_autofree char *kept = g_steal_pointer (&self->kept);

  /* Somebody else may have asked for something meanwhile. */
  if (kept != NULL && *get_text (self) == '\0')
    set_text (self, kept);
}

/**
 * engram_search_bar_set_open:
 * @self: a search bar
 * @open: whether it is seen
 *
 * What is no longer seen is no longer asked for; it is again when the bar comes back.
 */
void
engram_search_bar_set_open (EngramSearchBar *self,
                            gboolean         open)
{
  g_return_if_fail (ENGRAM_IS_SEARCH_BAR (self));

  if (open)
    open_bar (self);
  else
    close_bar (self);
}

/**
 * engram_search_bar_get_counts:
 * @self: a search bar
 *
 * Returns: (transfer none): what it says of how many are shown; empty where it says nothing
 */
const char *
engram_search_bar_get_counts (EngramSearchBar *self)
{
  g_return_val_if_fail (ENGRAM_IS_SEARCH_BAR (self), NULL);

  return gtk_widget_get_visible (self->counts_box) ? gtk_label_get_text (GTK_LABEL (self->counts)) : "";
}

void
engram_search_bar_focus (EngramSearchBar *self)
{
  g_return_if_fail (ENGRAM_IS_SEARCH_BAR (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
