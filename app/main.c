/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-application.h"
#include "engram-locale.h"
#include "engram-timing.h"

#include <glib/gi18n.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (EngramApplication) application = NULL;
  int status;

  engram_timing_start ();
  engram_locale_set_up ();
  g_set_application_name (_("Engram"));

  application = engram_application_new (G_APPLICATION_DEFAULT_FLAGS);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : engram_application_get_exit_status (application);
}
