/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-import-problems-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_BYTES (256 * 1024)

static void
problem_clear (gpointer data)
{
  EngramImportProblem *self = data;

  g_clear_pointer (&self->problem, engram_problem_free);
}

static GArray *
new_list (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (EngramImportProblem));

  g_array_set_clear_func (list, problem_clear);
  return list;
}

void
engram_import_problems_init (EngramImportProblems *self,
                             guint                 limit)
{
  *self = (EngramImportProblems) { new_list (), g_array_new (FALSE, TRUE, sizeof (guint64)), limit, 0 };
}

void
engram_import_problems_clear (EngramImportProblems *self)
{
  g_clear_pointer (&self->first, g_array_unref);
  g_clear_pointer (&self->by_file, g_array_unref);
}

void
engram_import_problems_add (EngramImportProblems *self,
                            guint                 file,
                            guint64               byte,
                            const char           *id,
                            const char           *field,
                            const char           *message,
                            gboolean              in_grammar)
{
  EngramImportProblem found = { file, byte, in_grammar, NULL };

  self->count++;
  if (file >= self->by_file->len)
    g_array_set_size (self->by_file, file + 1);
  g_array_index (self->by_file, guint64, file)++;
  if (self->first->len == self->limit)
    return;
  found.problem = g_new0 (EngramProblem, 1);
  found.problem->byte = byte;
  found.problem->id = g_strdup (id);
  found.problem->field = g_strdup (field);
  found.problem->message = g_strdup (message);
  g_array_append_val (self->first, found);
}

/* Lines */

/* A place in a file, and the lines before it. */
typedef struct {
  int      fd;
  char    *block;
  gsize    length;
  guint64  offset; /* of the block */
  guint64  byte;   /* how far it was counted */
  guint64  line;
  guint    column; /* in characters */
} Lines;

static gboolean
open_lines (Lines      *self,
            const char *path)
{
  struct stat status;

  *self = (Lines) { .line = 1, .column = 1 };
  /* It was read a moment ago; whatever lies there now must not make us wait. */
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0)
    return FALSE;
  if (fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      close (self->fd);
      return FALSE;
    }
  self->block = g_malloc (BLOCK_BYTES);
  return TRUE;
}

static void
close_lines (Lines *self)
{
  close (self->fd);
  g_free (self->block);
}

static void
count_lines (Lines      *self,
             const char *cursor,
             const char *end)
{
  const char *line_feed;

  while ((line_feed = memchr (cursor, '\n', end - cursor)) != NULL)
    {
      self->line++;
      self->column = 1;
      cursor = line_feed + 1;
    }
  for (; cursor < end; cursor++)
    self->column += (*cursor & 0xc0) != 0x80;
}

/* Counts up to a place that is not before the last one; FALSE where the file does not reach so far. */
static gboolean
go_to (Lines   *self,
       guint64  byte)
{
  while (self->byte < byte)
    {
      guint64 end;

      if (self->byte == self->offset + self->length)
        {
          gssize n_read = pread (self->fd, self->block, BLOCK_BYTES, self->byte);

          if (n_read <= 0)
            return FALSE;
          self->offset = self->byte;
          self->length = n_read;
        }
      end = MIN (byte, self->offset + self->length);
      count_lines (self, self->block + (self->byte - self->offset), self->block + (end - self->offset));
      self->byte = end;
    }
  return TRUE;
}

static void
place_problem (const EngramImportProblem *found,
               const char                *path,
               Lines                     *lines)
{
  EngramProblem *problem = found->problem;

  problem->file = g_strdup (path);
  if (lines->fd < 0 || !go_to (lines, found->byte))
    return;
  problem->line = lines->line;
  if (found->in_grammar)
    {
      g_autofree char *message = g_steal_pointer (&problem->message);

      /* Translators: what is wrong, then where in the line, counted in characters. */
      problem->message = g_strdup_printf (_("%s (column %u)"), message, lines->column);
    }
}

/* From @start on, all that are of the same file; returns the place of the next one. */
static guint
place_problems_of_file (GArray             *problems,
                        guint               start,
                        const char * const *files)
{
  guint file = g_array_index (problems, EngramImportProblem, start).file;
  Lines lines;
  guint i;

  if (!open_lines (&lines, files[file]))
    lines.fd = -1;
  for (i = start; i < problems->len && g_array_index (problems, EngramImportProblem, i).file == file; i++)
    place_problem (&g_array_index (problems, EngramImportProblem, i), files[file], &lines);
  if (lines.fd >= 0)
    close_lines (&lines);
  return i;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const EngramImportProblem *first = a;
  const EngramImportProblem *second = b;

  if (first->file != second->file)
    return first->file < second->file ? -1 : 1;
  if (first->byte != second->byte)
    return first->byte < second->byte ? -1 : 1;
  return 0;
}

GPtrArray *
engram_import_problems_merge (EngramImportProblems *lists,
                              guint                 n_lists,
                              const char * const   *files)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_problem_free);
  g_autoptr (GArray) all = new_list ();

  for (guint i = 0; i < n_lists; i++)
    {
      g_array_append_vals (all, lists[i].first->data, lists[i].first->len);
      g_array_set_clear_func (lists[i].first, NULL);
      g_array_set_size (lists[i].first, 0);
      g_array_set_clear_func (lists[i].first, problem_clear);
    }
  /* GLib's sort keeps the order of what is equal. */
  g_array_sort (all, compare_places);
  g_array_set_size (all, MIN (all->len, lists[0].limit));
  for (guint i = 0; i < all->len;)
    i = place_problems_of_file (all, i, files);
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (problems, g_steal_pointer (&g_array_index (all, EngramImportProblem, i).problem));
  return problems;
}
