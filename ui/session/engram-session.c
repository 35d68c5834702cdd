/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/engram-session-private.h"

#include "session/engram-change-watch.h"
#include "session/engram-index-keeper.h"
#include "session/engram-preload.h"
#include "session/engram-session-check.h"

struct _EngramSession {
  GObject            parent_instance;

  EngramDatabase    *database; /* NULL once closed */
  EngramSearcher    *searcher;
  EngramSelection   *selection;
  EngramChangeWatch *watch;
  EngramWrites      *writes;
  EngramAnalyses    *analyses;
  EngramIndexKeeper *index_keeper;
  EngramSessionCheck *check;   /* NULL once closed */
  EngramIntegrityReport *findings; /* or NULL */
  EngramQuery       *query;
  char              *undo_label;
  char              *redo_label;

  GCancellable      *preloading;   /* NULL until it has started */

  gboolean           editing;
  gboolean           following;
  gboolean           behind;
  gboolean           has_started;  /* "changed" was emitted once */
  gboolean           has_written;  /* since "changed" was emitted last */
  gboolean           is_foreign;   /* see engram_session_is_foreign_change() */
};

enum {
  PROP_0,
  PROP_QUERY,
  PROP_EDITABLE,
  PROP_EDITING,
  PROP_FOLLOWING,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_BUSY,
  PROP_BEHIND,
  PROP_GONE,
  PROP_FINDINGS,
  N_PROPERTIES,
};

enum {
  CHANGED,
  DONE,
  FAILED,
  JOB_ADDED,
  ANALYSED,
  ACTIVATE,
  SHOW,
  CLOSING,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramSession, engram_session, G_TYPE_OBJECT)

static void
notify (EngramSession *self,
        guint          property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Following */

static void
set_behind (EngramSession *self,
            gboolean       behind)
{
  if (self->behind == behind)
    return;
  self->behind = behind;
  notify (self, PROP_BEHIND);
}

static void
tell_changed (EngramSession *self)
{
  if (!self->has_started)
    self->preloading = engram_preload_start (self->searcher);
  self->is_foreign = self->has_started && !self->has_written;
  self->has_started = TRUE;
  self->has_written = FALSE;
  set_behind (self, FALSE);
  engram_analyses_changed (self->analyses, engram_change_watch_get_stamp (self->watch));
  g_signal_emit (self, signals[CHANGED], 0);
  self->is_foreign = FALSE;
  engram_index_keeper_refresh (self->index_keeper);
  engram_session_check_refresh (self->check);
}

static void
watch_changed_cb (EngramSession *self)
{
  if (self->following || self->has_written || !self->has_started)
    tell_changed (self);
  else
    set_behind (self, TRUE);
}

static void
index_started_cb (EngramSession *self,
                  EngramJob     *job)
{
  g_signal_emit (self, signals[JOB_ADDED], 0, job);
}

static void
gone_changed_cb (EngramSession *self)
{
  notify (self, PROP_GONE);
}

/* Writing */

static void
write_added (EngramJob *job,
             gpointer   user_data)
{
  g_signal_emit (user_data, signals[JOB_ADDED], 0, job);
}

static void
write_ended (const char   *title,
             const char   *label,
             gboolean      undoable,
             const GError *error,
             gpointer      user_data)
{
  EngramSession *self = user_data;

  if (label != NULL)
    {
      self->has_written = TRUE;
      engram_change_watch_check (self->watch);
      g_signal_emit (self, signals[DONE], 0, label, undoable);
    }
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, title, error);
}

static void
set_label (EngramSession  *self,
           char          **member,
           const char     *label,
           guint           label_property,
           guint           can_property)
{
  if (g_strcmp0 (*member, label) == 0)
    return;
  g_free (*member);
  *member = g_strdup (label);
  notify (self, label_property);
  notify (self, can_property);
}

static void
steps_known (const char *undo_label,
             const char *redo_label,
             gpointer    user_data)
{
  EngramSession *self = user_data;

  set_label (self, &self->undo_label, undo_label, PROP_UNDO_LABEL, PROP_CAN_UNDO);
  set_label (self, &self->redo_label, redo_label, PROP_REDO_LABEL, PROP_CAN_REDO);
}

static void
busy_changed (gboolean busy,
              gpointer user_data)
{
  notify (user_data, PROP_BUSY);
}

static const EngramWritesFuncs writes_funcs = { write_added, write_ended, steps_known, busy_changed };

/* GObject */

static void
engram_session_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EngramSession *self = ENGRAM_SESSION (object);

  switch (property_id)
    {
    case PROP_QUERY:
      g_value_set_boxed (value, self->query);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, engram_session_get_editable (self));
      break;
    case PROP_EDITING:
      g_value_set_boolean (value, self->editing);
      break;
    case PROP_FOLLOWING:
      g_value_set_boolean (value, self->following);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo_label != NULL);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo_label != NULL);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, self->redo_label);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->writes != NULL && engram_writes_is_busy (self->writes));
      break;
    case PROP_BEHIND:
      g_value_set_boolean (value, self->behind);
      break;
    case PROP_GONE:
      g_value_set_string (value, engram_session_get_gone (self));
      break;
    case PROP_FINDINGS:
      g_value_set_boxed (value, self->findings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_session_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EngramSession *self = ENGRAM_SESSION (object);

  switch (property_id)
    {
    case PROP_QUERY:
      engram_session_set_query (self, g_value_get_boxed (value));
      break;
    case PROP_EDITING:
      engram_session_set_editing (self, g_value_get_boolean (value));
      break;
    case PROP_FOLLOWING:
      engram_session_set_following (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_session_dispose (GObject *object)
{
  engram_session_close (ENGRAM_SESSION (object));

  G_OBJECT_CLASS (engram_session_parent_class)->dispose (object);
}

static void
engram_session_finalize (GObject *object)
{
  EngramSession *self = ENGRAM_SESSION (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->watch);
  g_clear_object (&self->index_keeper);
  g_clear_object (&self->preloading);
  g_clear_pointer (&self->query, engram_query_unref);
  g_clear_pointer (&self->findings, engram_integrity_report_unref);
  g_free (self->undo_label);
  g_free (self->redo_label);

  G_OBJECT_CLASS (engram_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = readable | G_PARAM_WRITABLE;

  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, ENGRAM_TYPE_QUERY, writable);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, readable);
  properties[PROP_EDITING] = g_param_spec_boolean ("editing", NULL, NULL, FALSE, writable);
  properties[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE, writable);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, readable);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, readable);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_BEHIND] = g_param_spec_boolean ("behind", NULL, NULL, FALSE, readable);
  properties[PROP_GONE] = g_param_spec_string ("gone", NULL, NULL, NULL, readable);
  properties[PROP_FINDINGS] = g_param_spec_boxed ("findings", NULL, NULL, ENGRAM_TYPE_INTEGRITY_REPORT, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
engram_session_class_init (EngramSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_session_dispose;
  object_class->finalize = engram_session_finalize;
  object_class->get_property = engram_session_get_property;
  object_class->set_property = engram_session_set_property;

  install_properties (object_class);
  signals[CHANGED] = g_signal_new ("changed", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[JOB_ADDED] = g_signal_new ("job-added", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, ENGRAM_TYPE_JOB);
  signals[ANALYSED] = g_signal_new ("analysed", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACTIVATE] = g_signal_new ("activate", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SHOW] = g_signal_new ("show", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CLOSING] = g_signal_new ("closing", ENGRAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
engram_session_init (EngramSession *self)
{
  self->selection = engram_selection_new ();
  self->following = TRUE;
}

EngramSession *
engram_session_new (EngramDatabase *database)
{
  EngramSession *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_SESSION, NULL);
  self->database = g_object_ref (database);
  self->searcher = engram_searcher_new (database);
  self->writes = engram_writes_new (database, &writes_funcs, self);
  self->analyses = engram_analyses_new (self);
  self->index_keeper = engram_index_keeper_new (self->searcher);
  self->check = engram_session_check_new (self);
  g_signal_connect_object (self->index_keeper, "job-added", G_CALLBACK (index_started_cb), self, G_CONNECT_SWAPPED);
  self->watch = engram_change_watch_new (database);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (watch_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "notify::gone", G_CALLBACK (gone_changed_cb), self, G_CONNECT_SWAPPED);
  engram_change_watch_check (self->watch);
  return self;
}

void
engram_session_close (EngramSession *self)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (self->database == NULL)
    return;
  g_signal_emit (self, signals[CLOSING], 0);
  g_signal_handlers_disconnect_by_data (self->watch, self);
  engram_change_watch_stop (self->watch);
  g_clear_pointer (&self->writes, engram_writes_close);
  g_clear_pointer (&self->analyses, engram_analyses_free);
  engram_index_keeper_stop (self->index_keeper);
  g_clear_pointer (&self->check, engram_session_check_free);
  g_cancellable_cancel (self->preloading);
  g_clear_object (&self->searcher);
  g_clear_object (&self->database);
}

EngramDatabase *
engram_session_get_database (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->database;
}

EngramSearcher *
engram_session_get_searcher (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->searcher;
}

EngramAnalyses *
engram_session_get_analyses (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->analyses;
}

EngramWrites *
engram_session_get_writes (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->writes;
}

EngramSelection *
engram_session_get_selection (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->selection;
}

EngramQuery *
engram_session_get_query (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->query;
}

void
engram_session_set_query (EngramSession *self,
                          EngramQuery   *query)
{
  EngramQuery *old;

  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (query == self->query || (query != NULL && self->query != NULL && engram_query_equal (query, self->query)))
    return;
  old = self->query;
  self->query = query != NULL ? engram_query_ref (query) : NULL;
  g_clear_pointer (&old, engram_query_unref);
  notify (self, PROP_QUERY);
}

gboolean
engram_session_get_editable (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), FALSE);

  return self->database != NULL && engram_database_get_access (self->database) == ENGRAM_DATABASE_ACCESS_WRITE;
}

gboolean
engram_session_get_editing (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), FALSE);

  return self->editing;
}

void
engram_session_set_editing (EngramSession *self,
                            gboolean       editing)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));

  editing = editing && engram_session_get_editable (self);
  if (self->editing == editing)
    return;
  self->editing = editing;
  notify (self, PROP_EDITING);
}

gboolean
engram_session_get_following (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), FALSE);

  return self->following;
}

void
engram_session_set_following (EngramSession *self,
                              gboolean       following)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (self->following == following)
    return;
  self->following = following;
  notify (self, PROP_FOLLOWING);
  if (following && self->behind)
    tell_changed (self);
}

gboolean
engram_session_is_foreign_change (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), FALSE);

  return self->is_foreign;
}

void
engram_session_set_active (EngramSession *self,
                           gboolean       active)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));

  engram_change_watch_set_active (self->watch, active);
}

const char *
engram_session_get_gone (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return engram_change_watch_get_gone (self->watch);
}

const char *
engram_session_get_undo_label (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->undo_label;
}

const char *
engram_session_get_redo_label (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->redo_label;
}

void
engram_session_activate (EngramSession    *self,
                         EngramRecordKind  kind,
                         const char       *id)
{
  g_return_if_fail (ENGRAM_IS_SESSION (self));
  g_return_if_fail (id != NULL);

  g_signal_emit (self, signals[ACTIVATE], 0, kind, id);
}

void
engram_session_show (EngramSession *self,
                     EngramRowSet  *neurons,
                     EngramRowSet  *synapses)
{
  gboolean is_of_neurons = neurons != NULL && engram_row_set_get_size (neurons) > 0;

  g_return_if_fail (ENGRAM_IS_SESSION (self));

  engram_session_set_query (self, NULL);
  if (neurons != NULL)
    engram_selection_set (self->selection, ENGRAM_RECORD_NEURON, neurons);
  if (synapses != NULL)
    engram_selection_set (self->selection, ENGRAM_RECORD_SYNAPSE, synapses);
  g_signal_emit (self, signals[SHOW], 0, is_of_neurons ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE);
}

EngramIntegrityReport *
engram_session_get_findings (EngramSession *self)
{
  g_return_val_if_fail (ENGRAM_IS_SESSION (self), NULL);

  return self->findings;
}

void
engram_session_set_findings (EngramSession         *self,
                             EngramIntegrityReport *report)
{
  EngramIntegrityReport *old;
  EngramSeverity worst;

  g_return_if_fail (ENGRAM_IS_SESSION (self));

  if (report != NULL &&
      (!engram_integrity_report_get_worst (report, &worst) || worst < ENGRAM_SEVERITY_WARNING))
    report = NULL;
  if (report == self->findings)
    return;
  old = self->findings;
  self->findings = report != NULL ? engram_integrity_report_ref (report) : NULL;
  g_clear_pointer (&old, engram_integrity_report_unref);
  notify (self, PROP_FINDINGS);
}
