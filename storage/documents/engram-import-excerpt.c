/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-excerpt.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "documents/engram-document-window-private.h"

#define REPLACEMENT "\357\277\275"
#define SYMBOL_FOR_NUL "\342\220\200"

G_DEFINE_BOXED_TYPE (EngramImportExcerpt, engram_import_excerpt, engram_import_excerpt_copy, engram_import_excerpt_free)

EngramImportExcerpt *
engram_import_excerpt_copy (const EngramImportExcerpt *self)
{
  EngramImportExcerpt *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  return copy;
}

void
engram_import_excerpt_free (EngramImportExcerpt *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

/* The bytes around a place, as they are. */
typedef struct {
  char    *bytes;
  gsize    length;
  guint64  offset; /* of the first one in the file */
  gsize    place;  /* within them */
  guint64  size;   /* of the file */
} Part;

static gboolean
fail_to_read (const char  *path,
              const char  *reason,
              GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” cannot be read: %s"), name, reason);
  return FALSE;
}

static gboolean
read_bytes (Part                        *self,
            const EngramDocumentWindow  *window,
            GError                     **error)
{
  gsize length = self->length;

  self->length = 0;
  while (self->length < length)
    {
      gssize n_read = pread (window->fd, self->bytes + self->length, length - self->length,
                             self->offset + self->length);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        return fail_to_read (window->path, g_strerror (errno), error);
      if (n_read == 0)
        break;
      self->length += n_read;
    }
  return self->length >= self->place ||
         fail_to_read (window->path, _("it is shorter than it was when it was checked"), error);
}

static gboolean
read_part (Part                 *self,
           const EngramProblem  *problem,
           gsize                 n_bytes,
           GError              **error)
{
  EngramDocumentWindow window;
  gboolean done;

  *self = (Part) { NULL };
  if (!engram_document_window_open (&window, problem->file, error))
    return FALSE;
  self->size = window.size;
  self->offset = problem->byte > n_bytes ? problem->byte - n_bytes : 0;
  self->place = problem->byte - self->offset;
  self->length = self->place + n_bytes;
  self->bytes = g_malloc (self->length);
  done = read_bytes (self, &window, error);
  engram_document_window_close (&window);
  return done;
}

/* Drops the line at the start that is not whole, unless the place stands in it, and then what may be the rest of a
 * character; likewise at the end. */
static void
cut_start (Part     *self,
           gboolean *is_cut)
{
  const char *line_feed;
  gsize used = 0;

  *is_cut = FALSE;
  if (self->offset == 0)
    return;
  line_feed = memchr (self->bytes, '\n', self->place);
  if (line_feed != NULL)
    used = line_feed + 1 - self->bytes;
  else
    while (used < self->place && used < 4 && (self->bytes[used] & 0xc0) == 0x80)
      used++;
  *is_cut = line_feed == NULL;
  memmove (self->bytes, self->bytes + used, self->length - used);
  self->offset += used;
  self->length -= used;
  self->place -= used;
}

static void
cut_end (Part     *self,
         gboolean *is_cut)
{
  const char *line_feed;

  *is_cut = FALSE;
  if (self->offset + self->length >= self->size)
    return;
  line_feed = memrchr (self->bytes + self->place, '\n', self->length - self->place);
  *is_cut = line_feed == NULL;
  if (line_feed != NULL)
    self->length = line_feed - self->bytes;
  else
    for (guint i = 0; i < 4 && self->length > self->place && (self->bytes[self->length - 1] & 0x80) != 0; i++)
      self->length--;
}

/* What can be shown. */
static void
append_text (GString    *text,
             const char *bytes,
             gsize       length)
{
  const char *end = bytes + length;

  while (bytes < end)
    {
      const char *valid_end;

      g_utf8_validate_len (bytes, end - bytes, &valid_end);
      g_string_append_len (text, bytes, valid_end - bytes);
      if (valid_end == end)
        break;
      g_string_append (text, *valid_end == '\0' ? SYMBOL_FOR_NUL : REPLACEMENT);
      bytes = valid_end + 1;
    }
}

/* How many lines have ended in a part of a text; the last one starts at *start. */
static guint
count_lines (const char  *text,
             gsize        length,
             gsize       *start)
{
  guint lines = 0;

  *start = 0;
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\n')
      {
        lines++;
        *start = i + 1;
      }
  return lines;
}

EngramImportExcerpt *
engram_import_excerpt_read (const EngramProblem  *problem,
                            gsize                 n_bytes,
                            GError              **error)
{
  g_autoptr (EngramImportExcerpt) self = g_new0 (EngramImportExcerpt, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize place, start;
  Part part;

  g_return_val_if_fail (problem != NULL && problem->file != NULL && problem->line > 0, NULL);

  if (!read_part (&part, problem, n_bytes, error))
    {
      g_free (part.bytes);
      return NULL;
    }
  cut_start (&part, &self->is_cut_before);
  cut_end (&part, &self->is_cut_after);
  self->is_start = part.offset == 0;
  self->is_end = part.offset + part.length >= part.size;

  append_text (text, part.bytes, part.place);
  place = text->len;
  append_text (text, part.bytes + part.place, part.length - part.place);
  g_free (part.bytes);
  self->line = count_lines (text->str, place, &start);
  self->offset = g_utf8_strlen (text->str + start, place - start);
  self->first_line = problem->line > self->line ? problem->line - self->line : 1;
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  return g_steal_pointer (&self);
}
