/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-channel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "graph-fault.h"

#define SECONDS_BETWEEN_PICTURES 0.2
#define SECONDS_BETWEEN_PROGRESS 0.1

/* A picture takes no more than one of so many parts of the time, be it to make or until somebody takes it. */
#define PICTURE_SHARE 10

/* What is announced is believed only as far as it comes: room grows with it, beginning with this. */
#define FIRST_ROOM ((gsize) 1 << 20)

static int output = STDOUT_FILENO;
static gint64 last_picture;
static double picture_seconds; /* what the last one took */
static gint64 last_progress;
static double part_begin = 0;
static double part_end = 1;

void
graph_channel_open (void)
{
  output = dup (STDOUT_FILENO);
  if (output < 0 || dup2 (STDERR_FILENO, STDOUT_FILENO) < 0)
    exit (EXIT_FAILURE);
}

/* Returns: how many bytes came before the end. */
static gsize
read_bytes (gpointer data,
            gsize    length)
{
  gsize n_read = 0;

  while (n_read < length)
    {
      gssize n = read (STDIN_FILENO, (char *) data + n_read, length - n_read);

      if (n == 0 || (n < 0 && errno != EINTR))
        break;
      n_read += MAX (n, 0);
    }
  return n_read;
}

static gboolean
set_request_fault (GError     **error,
                   const char  *reason)
{
  g_set_error_literal (error, GRAPH_FAULT, ENGRAM_GRAPH_FAULT_REQUEST, reason);
  return FALSE;
}

static gboolean
read_array (gpointer *array,
            gsize     length,
            GError  **error)
{
  gsize room = 0;

  do
    {
      gsize next = MIN (length, MAX (2 * room, FIRST_ROOM));
      /* Room for nothing is some, too: NULL is for what was not sent. */
      gpointer bigger = g_try_realloc (*array, MAX (next, 1));

      if (bigger == NULL)
        {
          graph_fault_set_memory (error);
          return FALSE;
        }
      *array = bigger;
      if (read_bytes ((char *) *array + room, next - room) != next - room)
        return set_request_fault (error, "the request ends too early");
      room = next;
    }
  while (room < length);
  return TRUE;
}

static gboolean
read_end (GError **error)
{
  char rest;

  return read_bytes (&rest, 1) == 0 || set_request_fault (error, "the request goes on after its end");
}

gboolean
graph_channel_read (GraphInput  *input,
                    GError     **error)
{
  EngramGraphRequest *request = &input->request;
  const char *reason;
  gsize n_bytes;

  if (read_bytes (request, sizeof *request) != sizeof *request)
    return set_request_fault (error, "the request ends too early");
  reason = engram_graph_request_check (request);
  if (reason != NULL)
    return set_request_fault (error, reason);
  n_bytes = (gsize) request->n_edges * sizeof (guint32);
  return read_array ((gpointer *) &input->sources, n_bytes, error) &&
         read_array ((gpointer *) &input->targets, n_bytes, error) &&
         (!request->has_weights || read_array ((gpointer *) &input->weights, n_bytes, error)) &&
         (!request->has_start ||
          read_array ((gpointer *) &input->start, engram_graph_request_get_picture (request), error)) &&
         read_end (error) &&
         graph_input_check (input, error);
}

static void
write_bytes (gconstpointer data,
             gsize         length)
{
  for (gsize n_written = 0; n_written < length;)
    {
      gssize n = write (output, (const char *) data + n_written, length - n_written);

      if (n < 0 && errno != EINTR)
        exit (EXIT_FAILURE);
      n_written += MAX (n, 0);
    }
}

static void
write_frame (EngramGraphFrameKind kind,
             guint32              detail,
             guint64              length)
{
  EngramGraphFrame frame = { .kind = kind, .detail = detail, .length = length };

  write_bytes (&frame, sizeof frame);
}

static gboolean
is_due (gint64 *last,
        double  seconds)
{
  gint64 now = g_get_monotonic_time ();

  if (*last != 0 && now - *last < seconds * G_USEC_PER_SEC)
    return FALSE;
  *last = now;
  return TRUE;
}

void
graph_channel_send_progress (EngramGraphPhase phase,
                             double           fraction)
{
  if (!is_due (&last_progress, SECONDS_BETWEEN_PROGRESS))
    return;
  if (fraction >= 0)
    fraction = part_begin + fraction * (part_end - part_begin);
  write_frame (ENGRAM_GRAPH_FRAME_PROGRESS, phase, sizeof fraction);
  write_bytes (&fraction, sizeof fraction);
}

void
graph_channel_set_part (double begin,
                        double end)
{
  part_begin = begin;
  part_end = end;
}

gboolean
graph_channel_wants_picture (void)
{
  return is_due (&last_picture, MAX (SECONDS_BETWEEN_PICTURES, PICTURE_SHARE * picture_seconds));
}

void
graph_channel_send_picture (const EngramGraphRequest *request,
                            const float              *places)
{
  guint64 length = engram_graph_request_get_picture (request);

  write_frame (ENGRAM_GRAPH_FRAME_PICTURE, 0, length);
  write_bytes (places, length);
  picture_seconds = (g_get_monotonic_time () - last_picture) / (double) G_USEC_PER_SEC;
}

void
graph_channel_send_result (const EngramGraphRequest *request,
                           const EngramGraphResult  *result,
                           gconstpointer             data)
{
  guint64 length = engram_graph_request_get_result (request, result->count);

  write_frame (ENGRAM_GRAPH_FRAME_RESULT, 0, sizeof *result + length);
  write_bytes (result, sizeof *result);
  write_bytes (data, length);
}

void
graph_channel_send_fault (const GError *fault)
{
  g_autofree char *text = g_utf8_make_valid (fault->message, MIN (strlen (fault->message), ENGRAM_GRAPH_MAX_TEXT / 4));
  gsize length = strlen (text);

  write_frame (ENGRAM_GRAPH_FRAME_FAULT, fault->code, length);
  write_bytes (text, length);
}
