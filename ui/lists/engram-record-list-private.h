/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-layout.h"
#include "lists/engram-record-list.h"
#include "lists/engram-record-selection.h"
#include "lists/engram-record-slots.h"

G_BEGIN_DECLS

struct _EngramRecordList
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkInfoBar *message_bar;
  GtkLabel *message_label;
  GtkWidget *try_again_button;
  GtkWidget *close_button;
  GtkWidget *busy_box;
  GtkSpinner *busy_spinner;
  GtkStack *stack;
  GtkWidget *scroller;
  GtkColumnView *view;
  AdwStatusPage *empty_page;
  AdwStatusPage *nothing_page;

  /* owned */
  EngramSession *session;
  EngramRecordModel *model;         /* made when it is first looked at */
  EngramRecordSelection *selection; /* of it */
  EngramRecordSlots *slots;         /* what the view shows of it */
  GSignalGroup *session_signals;
  GSignalGroup *model_signals;
  GSignalGroup *selection_signals;
  GSimpleActionGroup *actions;
  GtkWidget *menu;                  /* the context menu, made when it is first wanted */
  EngramRecordRow *menu_row;        /* the row that it is about */
  GCancellable *search;             /* of what is looked for, or NULL */
  GCancellable *copying;            /* of what is copied last, or NULL */
  char *wanted_id;                  /* what waits for a model */
  GError *message;                  /* what went wrong, but for reading rows */
  char *status;

  EngramRecordKind kind;
  EngramSort sort;
  gint64 search_from;               /* the row that was chosen when the search began, or 0 */
  gboolean sorting_titles;          /* the titles are told how rows are sorted */
  int title_presses;                /* how many quick clicks a title has got */
  gboolean laying_out;              /* the columns are set by the program */
  gboolean view_stale;              /* the model has not been told the query and the sort of now */
  gboolean data_stale;              /* nor that the file has changed */
  gboolean counted;                 /* somebody else shows how many rows there are */
  gboolean busy;
  guint busy_timeout;
  guint remember_timeout;
  guint score_source;               /* shows the score column, or hides it */
  guint scroll_position;            /* where to scroll, once there is a layout */
  guint scroll_frames;              /* how many frames until then */
  guint scroll_tick;
};

/* engram-record-list.c */
/* Asks the model for the rows of now, if anybody looks at them. */
void       engram_record_list_update_view      (EngramRecordList   *self);
/* What holds the rows of its column view. */
GtkWidget *engram_record_list_find_rows        (EngramRecordList   *self);
/* Nothing is read before somebody looks. */
void       engram_record_list_ensure_model     (EngramRecordList   *self);

/* engram-record-list-place.c */
/* Looks for the record that is wanted, once there is a model. */
void       engram_record_list_start_search     (EngramRecordList   *self);
void       engram_record_list_end_search       (EngramRecordList   *self);
/* The row that was chosen last, or 0 */
gint64     engram_record_list_get_current_rowid (EngramRecordList  *self);

/* engram-record-list-view.c */
void       engram_record_list_add_columns      (EngramRecordList   *self);
void       engram_record_list_show_score       (EngramRecordList   *self,
                                                EngramQuery        *query);
/* The same for the query that the rows have, soon: before they are drawn. */
void       engram_record_list_show_score_soon  (EngramRecordList   *self);
/* An analysis has been made, or made again. */
void       engram_record_list_analysed         (EngramRecordList   *self);
void       engram_record_list_set_sort         (EngramRecordList   *self,
                                                EngramSort          sort);
void       engram_record_list_set_column_shown (EngramRecordList   *self,
                                                const EngramColumn *column,
                                                gboolean            shown);
void       engram_record_list_reset_columns    (EngramRecordList   *self);

/* engram-record-list-keys.c: how the keyboard gets into the rows and out of them */
void       engram_record_list_add_keys         (EngramRecordList   *self);
gboolean   engram_record_list_move_focus       (EngramRecordList   *self,
                                                GtkDirectionType    direction,
                                                GtkWidgetClass     *parent_class);

/* engram-record-list-actions.c */
void       engram_record_list_add_actions      (EngramRecordList   *self);
void       engram_record_list_update_actions   (EngramRecordList   *self);

/* engram-record-menu.c */
void       engram_record_list_add_bindings     (GtkWidgetClass     *widget_class);
void       engram_record_list_add_menu         (EngramRecordList   *self);

/* engram-record-status.c */
void       engram_record_list_update_status    (EngramRecordList   *self);
void       engram_record_list_update_message   (EngramRecordList   *self);
void       engram_record_list_update_all       (EngramRecordList   *self);
/* @error: (nullable): what went wrong; NULL for nothing any more */
void       engram_record_list_set_message      (EngramRecordList   *self,
                                                const GError       *error);
/* What was asked for now is waited for: after a moment the list says so. */
void       engram_record_list_expect_rows      (EngramRecordList   *self);
void       engram_record_list_set_busy         (EngramRecordList   *self,
                                                gboolean            busy);

G_END_DECLS
