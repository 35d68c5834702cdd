/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"

/* The menu of what can be found out about the network. */

#define ACTION "picture.analyse"

static const char *const items[] = {
  [ENGRAM_ANALYSIS_COMMUNITY] = N_("_Communities"),
  [ENGRAM_ANALYSIS_COMPONENT] = N_("C_omponents"),
  [ENGRAM_ANALYSIS_PAGE_RANK] = N_("_PageRank"),
  [ENGRAM_ANALYSIS_BETWEENNESS] = N_("_Betweenness"),
  [ENGRAM_ANALYSIS_FAITHFULNESS] = N_("_Faithfulness"),
};

/* What is known of before the last change says so. */
static char *
dup_item_label (EngramNetworkView *self,
                EngramAnalysis     analysis)
{
  g_autofree char *title = NULL;

  if (self->session == NULL)
    return g_strdup (_(items[analysis]));
  title = engram_session_dup_analysis_title (self->session, analysis);
  return g_strdup (g_str_equal (title, engram_analysis_get_title (analysis)) ? _(items[analysis]) : title);
}

static void
activate_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (widget);
  EngramAnalysis analysis;

  if (self->session != NULL && engram_analysis_from_name (g_variant_get_string (parameter, NULL), &analysis))
    engram_session_analyse (self->session, analysis);
}

void
engram_network_view_install_analyse (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, ACTION, "s", activate_cb);
}

void
engram_network_view_update_analyse (EngramNetworkView *self)
{
  g_menu_remove_all (self->analyse_menu);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *label = dup_item_label (self, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, ACTION, "s", engram_analysis_get_name (i));
      g_menu_append_item (self->analyse_menu, item);
    }
  g_menu_append (self->analyse_menu, _("Compare _With…"), "win.compare");
}

GtkWidget *
engram_network_view_make_analyse (EngramNetworkView *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->analyse_menu = g_menu_new ();
  engram_network_view_update_analyse (self);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (self->analyse_menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "engram-analyse-symbolic");
  engram_control_set_tooltip (button, _("Analyse"));
  return button;
}
