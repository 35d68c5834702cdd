/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-process.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph/engram-graph-folder.h"

/* Where the program lies, seen from the folder that this one is in: built, and installed. */
static const char * const folders[] = { "graph", "../app/graph", "../../app/graph", "../libexec" };

/* How long a cancel may go unnoticed where there is no descriptor to wait for it. */
#define MILLISECONDS_BETWEEN_LOOKS 50

typedef struct {
  const EngramGraphRequest *request;
  const EngramGraphCall    *call;

  GPid                      pid;
  int                       socket;      /* to the program and from it; what a pipe of each kind would be */

  EngramGraphChunk          unsent[ENGRAM_GRAPH_MAX_CHUNKS + 1];
  guint                     n_unsent;    /* the last so many of these */
  guint                     n_chunks;

  /* What has come: a frame, and then what follows it. */
  EngramGraphFrame          frame;
  gsize                     n_frame_bytes;
  char                     *body;
  gsize                     n_body_bytes;

  double                    fraction;    /* told last */
  gboolean                  answered;
} Process;

static void
process_clear (Process *self)
{
  if (self->pid > 0)
    {
      /* At once: igraph cannot be asked to stop, and there is nothing that it could leave undone. */
      kill (self->pid, SIGKILL);
      while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
        ;
      g_spawn_close_pid (self->pid);
    }
  if (self->socket >= 0)
    close (self->socket);
  g_free (self->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Process, process_clear)

char *
engram_graph_process_find_program (void)
{
  const char *chosen = g_getenv ("ENGRAM_GRAPH_PROGRAM");
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");

  if (chosen != NULL)
    return g_strdup (chosen);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (own_folder, folders[i], "engram-graph", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  return g_build_filename (ENGRAM_LIBEXEC_DIR, "engram-graph", NULL);
}

static gboolean
process_start (Process  *self,
               GError  **error)
{
  g_autofree char *program = engram_graph_process_find_program ();
  const char * const arguments[] = { program, NULL };
  g_autoptr (GError) reason = NULL;
  int sockets[2];
  gboolean started;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) < 0)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The helper program for graphs cannot be reached: %s."),
                   g_strerror (errno));
      return FALSE;
    }
  self->socket = sockets[0];
  started = g_spawn_async_with_pipes_and_fds (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, sockets[1],
                                              sockets[1], -1, NULL, NULL, 0, &self->pid, NULL, NULL, NULL, &reason);
  close (sockets[1]);
  if (!started)
    {
      self->pid = 0;
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                   _("The helper program for graphs cannot be started; Engram may not be wholly installed. %s"),
                   reason->message);
    }
  return started;
}

/* Returns: whether to go on writing. */
static gboolean
process_send (Process *self)
{
  EngramGraphChunk *chunk = &self->unsent[self->n_chunks - self->n_unsent];
  gssize n = send (self->socket, chunk->data, chunk->length, MSG_NOSIGNAL | MSG_DONTWAIT);

  /* Where it has stopped listening, it has said why. */
  if (n < 0 && errno != EAGAIN && errno != EINTR)
    return FALSE;
  chunk->data = (const char *) chunk->data + MAX (n, 0);
  chunk->length -= MAX (n, 0);
  while (self->n_unsent > 0 && self->unsent[self->n_chunks - self->n_unsent].length == 0)
    self->n_unsent--;
  if (self->n_unsent == 0)
    shutdown (self->socket, SHUT_WR);
  return self->n_unsent > 0;
}

static gboolean
set_nonsense (GError **error)
{
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                       _("The helper program for graphs has answered something that makes no sense. It may belong to "
                         "another version of Engram."));
  return FALSE;
}

/* Of an analysis there are no fewer neurons. */
static const char *
get_memory_advice (const EngramGraphRequest *request)
{
  return request->work == ENGRAM_GRAPH_WORK_LAYOUT ? _("Close other programs, or show fewer neurons.")
                                                   : _("Close other programs.");
}

static void
set_no_memory (const EngramGraphRequest  *request,
               GError                   **error)
{
  /* Translators: after it comes "Close other programs." or the like. */
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("There is not enough memory for this. %s"),
               get_memory_advice (request));
}

/* Why it has not answered, from how it ended. */
static void
process_set_ended (Process  *self,
                   GError  **error)
{
  int status = 0;

  while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (self->pid);
  self->pid = 0;
  if (WIFSIGNALED (status))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                 /* Translators: a signal, "Killed"; and in the end "Close other programs." or the like. */
                 _("The helper program for graphs was stopped before it had finished: %s. Try it again. Where that "
                   "does not help, memory may have run out. %s"),
                 g_strsignal (WTERMSIG (status)), get_memory_advice (self->request));
  else
    g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                         _("The helper program for graphs has ended without an answer."));
}

static gboolean
set_fault (const Process  *self,
           GError        **error)
{
  g_autofree char *text = g_utf8_make_valid (self->body, self->frame.length);
  guint limit;

  switch (self->frame.detail)
    {
    case ENGRAM_GRAPH_FAULT_MEMORY:
      set_no_memory (self->request, error);
      break;
    case ENGRAM_GRAPH_FAULT_LIMIT:
      limit = g_ascii_strtoull (text, NULL, 10);
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   ngettext ("This layout takes at most %u neuron. Choose another one, or show fewer neurons.",
                             "This layout takes at most %u neurons. Choose another one, or show fewer neurons.", limit),
                   limit);
      break;
    case ENGRAM_GRAPH_FAULT_NO_PATH:
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                           _("There is no path from the one to the other along the direction of the synapses."));
      break;
    case ENGRAM_GRAPH_FAULT_REQUEST:
    case ENGRAM_GRAPH_FAULT_FAILED:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("This could not be computed: %s"), text);
      break;
    default:
      return set_nonsense (error);
    }
  return FALSE;
}

static const char *
get_phase (const EngramGraphRequest *request,
           guint32                   phase)
{
  static const char * const phases[ENGRAM_GRAPH_N_WORKS] = {
    [ENGRAM_GRAPH_WORK_LAYOUT] = N_("Laying out the graph"),
    [ENGRAM_GRAPH_WORK_COMMUNITIES] = N_("Finding communities"),
    [ENGRAM_GRAPH_WORK_COMPONENTS] = N_("Finding connected parts"),
    [ENGRAM_GRAPH_WORK_PAGE_RANK] = N_("Computing PageRank"),
    [ENGRAM_GRAPH_WORK_BETWEENNESS] = N_("Computing betweenness"),
    [ENGRAM_GRAPH_WORK_PATH] = N_("Looking for a path"),
  };

  return _(phases[phase == ENGRAM_GRAPH_PHASE_COMMUNITIES ? ENGRAM_GRAPH_WORK_COMMUNITIES : request->work]);
}

static void
tell_progress (Process *self)
{
  double fraction;

  memcpy (&fraction, self->body, sizeof fraction);
  fraction = CLAMP (fraction, -1, 1);
  if (self->call->progress == NULL || isnan (fraction) || (fraction >= 0 && fraction < self->fraction))
    return;
  self->fraction = MAX (self->fraction, fraction);
  self->call->progress (get_phase (self->request, self->frame.detail), fraction, self->call->user_data);
}

static gboolean
tell_picture (Process  *self,
              GError  **error)
{
  const float *positions = (const float *) self->body;

  for (gsize i = 0; i < self->frame.length / sizeof (float); i++)
    if (!isfinite (positions[i]))
      return set_nonsense (error);
  if (self->call->picture != NULL)
    self->call->picture (positions, self->call->user_data);
  return TRUE;
}

static gboolean
check_result (const Process *self)
{
  EngramGraphResult result;

  memcpy (&result, self->body, sizeof result);
  return result.sign <= ENGRAM_GRAPH_SIGN_LEFT_OUT &&
         self->frame.length == sizeof result + engram_graph_request_get_result (self->request, result.count);
}

/* A whole frame has come. */
static gboolean
process_take_frame (Process  *self,
                    GError  **error)
{
  switch (self->frame.kind)
    {
    case ENGRAM_GRAPH_FRAME_PROGRESS:
      tell_progress (self);
      return TRUE;
    case ENGRAM_GRAPH_FRAME_PICTURE:
      return tell_picture (self, error);
    case ENGRAM_GRAPH_FRAME_RESULT:
      self->answered = TRUE;
      return check_result (self) || set_nonsense (error);
    case ENGRAM_GRAPH_FRAME_FAULT:
      return set_fault (self, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Whether what a frame announces can be. It is what memory is taken for. */
static gboolean
check_frame (const Process *self)
{
  const EngramGraphFrame *frame = &self->frame;
  const EngramGraphRequest *request = self->request;

  switch (frame->kind)
    {
    case ENGRAM_GRAPH_FRAME_PROGRESS:
      return frame->length == sizeof (double) && frame->detail < ENGRAM_GRAPH_N_PHASES;
    case ENGRAM_GRAPH_FRAME_PICTURE:
      return request->work == ENGRAM_GRAPH_WORK_LAYOUT && frame->length == engram_graph_request_get_picture (request);
    case ENGRAM_GRAPH_FRAME_RESULT:
      /* A path goes through each node once at most. */
      return frame->length >= sizeof (EngramGraphResult) &&
             frame->length <= sizeof (EngramGraphResult) + engram_graph_request_get_result (request, request->n_nodes);
    case ENGRAM_GRAPH_FRAME_FAULT:
      return frame->length <= ENGRAM_GRAPH_MAX_TEXT;
    default:
      return FALSE;
    }
}

/* Begins what follows a frame. */
static gboolean
process_begin_body (Process  *self,
                    GError  **error)
{
  if (!check_frame (self))
    return set_nonsense (error);
  g_free (self->body);
  self->n_body_bytes = 0;
  self->body = g_try_malloc (self->frame.length + 1);
  if (self->body != NULL)
    return TRUE;
  set_no_memory (self->request, error);
  return FALSE;
}

/* Takes as much as there is of the frame, or of what follows it. */
static gboolean
process_receive (Process  *self,
                 GError  **error)
{
  gboolean in_frame = self->n_frame_bytes < sizeof self->frame;
  char *place = in_frame ? (char *) &self->frame + self->n_frame_bytes : self->body + self->n_body_bytes;
  gsize missing = in_frame ? sizeof self->frame - self->n_frame_bytes : self->frame.length - self->n_body_bytes;
  gssize n = recv (self->socket, place, missing, MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return TRUE;
  if (n <= 0)
    {
      process_set_ended (self, error);
      return FALSE;
    }
  if (in_frame)
    {
      self->n_frame_bytes += n;
      if (self->n_frame_bytes < sizeof self->frame)
        return TRUE;
      if (!process_begin_body (self, error))
        return FALSE;
    }
  else
    self->n_body_bytes += n;
  if (self->n_body_bytes < self->frame.length)
    return TRUE;
  self->n_frame_bytes = 0;
  return process_take_frame (self, error);
}

/* Waits until something can be done, and does it. @cancelled: the cancellable's descriptor, or -1. */
static gboolean
process_turn (Process   *self,
              int        cancelled,
              gboolean  *sending,
              GError   **error)
{
  struct pollfd polled[2] = {
    { .fd = self->socket, .events = POLLIN | (*sending ? POLLOUT : 0) },
    { .fd = cancelled, .events = POLLIN },
  };
  int timeout = cancelled < 0 && self->call->cancellable != NULL ? MILLISECONDS_BETWEEN_LOOKS : -1;

  if (poll (polled, G_N_ELEMENTS (polled), timeout) < 0 && errno != EINTR)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The helper program for graphs cannot be reached: %s."),
                   g_strerror (errno));
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (self->call->cancellable, error))
    return FALSE;
  if (polled[0].revents & POLLOUT)
    *sending = process_send (self);
  return (polled[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0 || process_receive (self, error);
}

static gboolean
process_talk (Process  *self,
              GError  **error)
{
  GPollFD cancelled = { .fd = -1 };
  gboolean polls = g_cancellable_make_pollfd (self->call->cancellable, &cancelled);
  gboolean sending = TRUE;
  gboolean goes_on = TRUE;

  while (goes_on && !self->answered)
    goes_on = process_turn (self, polls ? cancelled.fd : -1, &sending, error);
  if (polls)
    g_cancellable_release_fd (self->call->cancellable);
  return goes_on;
}

gboolean
engram_graph_process_run (const EngramGraphRequest  *request,
                          const EngramGraphChunk    *chunks,
                          guint                      n_chunks,
                          const EngramGraphCall     *call,
                          EngramGraphResult         *result,
                          gpointer                  *data,
                          GError                   **error)
{
  static const EngramGraphCall nobody = { 0 };
  g_auto (Process) self = { .request = request, .call = call != NULL ? call : &nobody, .socket = -1 };

  g_return_val_if_fail (n_chunks <= ENGRAM_GRAPH_MAX_CHUNKS, FALSE);

  self.unsent[0] = (EngramGraphChunk) { request, sizeof *request };
  for (guint i = 0; i < n_chunks; i++)
    self.unsent[1 + i] = chunks[i];
  self.n_chunks = self.n_unsent = 1 + n_chunks;
  if (g_cancellable_set_error_if_cancelled (self.call->cancellable, error) ||
      !process_start (&self, error) ||
      !process_talk (&self, error))
    return FALSE;
  memcpy (result, self.body, sizeof *result);
  self.frame.length -= sizeof *result;
  *data = g_memdup2 (self.body + sizeof *result, self.frame.length);
  return TRUE;
}
