/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-document-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "documents/engram-document-digest-private.h"
#include "documents/engram-document-window-private.h"
#include "documents/engram-record-parse-private.h"
#include "json/engram-number.h"

/* The newest version of documents that this program knows. */
#define DOCUMENT_VERSION 1

/* An error so close to the end of the window may be but the window's end: no word or escape is longer. */
#define LOOKAHEAD 16

#define NO_PLACE G_MAXUINT64

typedef struct {
  const EngramDocumentHandler *handler;
  gpointer                     user_data;
  EngramDocumentSummary       *summary;
  GCancellable                *cancellable;

  EngramDocumentWindow  window;
  EngramJsonReader      json;      /* of the document; its records are read by `scans` */
  EngramRecordScan      scans[2];  /* by EngramRecordKind */
  EngramDocumentDigest  digest;
  gboolean              has_digest;
  gboolean              cannot_digest; /* it holds numbers that have no canonical text */
  gboolean              has_failed;    /* what is wrong was told, and ends the reading */
  gboolean              is_again;      /* a second time, for the checksum alone */

  guint64               lists[2];  /* where they start, by EngramRecordKind */
  char                 *checksum;  /* what the document says */
  guint64               checksum_byte;
} Reader;

static guint64
get_byte (const Reader *self,
          const char   *place)
{
  return self->window.offset + (guint64) (place - self->window.text);
}

static void
tell (Reader     *self,
      guint64     byte,
      const char *field,
      const char *message)
{
  if (self->is_again)
    self->has_failed = TRUE;
  else
    self->handler->problem (byte, field, message, FALSE, self->user_data);
}

/* What ends the reading. */
static gboolean
fail (Reader     *self,
      const char *place,
      const char *field,
      const char *message)
{
  self->has_failed = TRUE;
  if (!self->is_again)
    self->handler->problem (get_byte (self, place), field, message, FALSE, self->user_data);
  return FALSE;
}

/* It is not JSON: nothing more can be understood. */
static gboolean
fail_in_grammar (Reader     *self,
                 const char *place,
                 const char *reason)
{
  self->has_failed = TRUE;
  if (!self->is_again)
    self->handler->problem (get_byte (self, place), NULL, _(reason), TRUE, self->user_data);
  return FALSE;
}

/* Tokens */

/* Reads on; what stands before @from is not needed any more. */
static gboolean
refill (Reader      *self,
        const char  *from,
        GError     **error)
{
  gsize used = from - self->window.text;

  if (used == 0 && self->window.length >= ENGRAM_DOCUMENT_MAX_PART)
    {
      g_autofree char *message = g_strdup_printf (_("what stands here is longer than %d MiB, the most that can be read "
                                                    "as one"), ENGRAM_DOCUMENT_MAX_PART / (1024 * 1024));

      return fail (self, from, NULL, message);
    }
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
      !engram_document_window_slide (&self->window, used, error))
    return FALSE;
  self->json.start = self->window.text;
  self->json.cursor = self->window.text;
  self->json.end = self->window.text + self->window.length;
  return TRUE;
}

/* Whether a token is what it seems to be, whatever follows in the file. */
static gboolean
is_settled (const Reader    *self,
            EngramJsonToken  token)
{
  if (self->window.at_end)
    return TRUE;
  switch (token)
    {
    case ENGRAM_JSON_TOKEN_INVALID:
      return self->json.end - self->json.cursor >= LOOKAHEAD;
    case ENGRAM_JSON_TOKEN_END:
      return FALSE;
    default:
      return self->json.cursor < self->json.end;
    }
}

static const char *
skip_white_space (const Reader *self,
                  const char   *cursor)
{
  while (cursor < self->json.end && (*cursor == ' ' || *cursor == '\n' || *cursor == '\r' || *cursor == '\t'))
    cursor++;
  return cursor;
}

/* The next token of the document. After ENGRAM_JSON_TOKEN_INVALID the reading ends: it was told, or @error is set. */
static EngramJsonToken
next_token (Reader  *self,
            GError **error)
{
  for (;;)
    {
      const char *cursor = skip_white_space (self, self->json.cursor);
      guint depth = self->json.depth;
      EngramJsonExpectation expectation = self->json.expectation;
      EngramJsonToken token = engram_json_reader_next (&self->json);

      if (is_settled (self, token))
        {
          if (token == ENGRAM_JSON_TOKEN_INVALID)
            fail_in_grammar (self, self->json.cursor, self->json.reason);
          return token;
        }
      self->json.depth = depth;
      self->json.expectation = expectation;
      self->json.reason = NULL;
      if (!refill (self, cursor, error))
        return ENGRAM_JSON_TOKEN_INVALID;
    }
}

/* Goes to the end of the value that starts with @token. */
static gboolean
skip_value (Reader           *self,
            EngramJsonToken   token,
            GError          **error)
{
  guint depth = self->json.depth;

  if (token != ENGRAM_JSON_TOKEN_BEGIN_OBJECT && token != ENGRAM_JSON_TOKEN_BEGIN_LIST)
    return token != ENGRAM_JSON_TOKEN_INVALID;
  while (token != ENGRAM_JSON_TOKEN_INVALID && self->json.depth >= depth)
    token = next_token (self, error);
  return token != ENGRAM_JSON_TOKEN_INVALID;
}

/* Records */

static gboolean
has_bad_number (const EngramRecordScan *scan)
{
  for (guint i = 0; i < scan->members->len; i++)
    if (g_array_index (scan->members, EngramRecordMember, i).bad_number != NULL)
      return TRUE;
  return FALSE;
}

static void
digest_record (Reader           *self,
               EngramRecordScan *scan)
{
  GString *canonical;

  self->cannot_digest = self->cannot_digest || has_bad_number (scan);
  canonical = self->has_digest && !self->cannot_digest ? engram_document_digest_begin_record (&self->digest) : NULL;
  if (canonical == NULL)
    return;
  engram_record_scan_append_canonical (scan, canonical);
  engram_document_digest_end_record (&self->digest);
}

/* The object whose bracket was the last token. */
static gboolean
read_record (Reader            *self,
             EngramRecordKind   kind,
             GError           **error)
{
  EngramRecordScan *scan = &self->scans[kind];

  while (!engram_record_scan_object (scan, self->json.token, self->json.end - self->json.token))
    {
      if (self->window.at_end || self->json.end - scan->end >= LOOKAHEAD)
        return fail_in_grammar (self, scan->end, scan->reason);
      if (!refill (self, self->json.token, error))
        return FALSE;
      self->json.token = self->window.text;
    }
  digest_record (self, scan);
  if (!self->is_again)
    {
      self->summary->counts[kind]++;
      if (!self->handler->record (kind, scan, get_byte (self, scan->start), self->user_data, error))
        return FALSE;
    }
  self->json.cursor = scan->end;
  self->json.depth--;
  self->json.expectation = ENGRAM_JSON_EXPECT_SEPARATOR;
  return TRUE;
}

/* The list whose bracket was the last token. */
static gboolean
read_list (Reader            *self,
           EngramRecordKind   kind,
           GError           **error)
{
  EngramJsonToken token;

  if (self->has_digest)
    engram_document_digest_begin_list (&self->digest, kind);
  while ((token = next_token (self, error)) != ENGRAM_JSON_TOKEN_END_LIST)
    {
      if (token == ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
        {
          if (!read_record (self, kind, error))
            return FALSE;
          continue;
        }
      if (token == ENGRAM_JSON_TOKEN_INVALID)
        return FALSE;
      tell (self, get_byte (self, self->json.token), NULL,
            kind == ENGRAM_RECORD_NEURON ? _("a neuron is not an object") : _("a synapse is not an object"));
      self->cannot_digest = TRUE;
      if (!skip_value (self, token, error))
        return FALSE;
    }
  if (self->has_digest)
    engram_document_digest_end_list (&self->digest);
  return TRUE;
}

/* Members of the document */

static gboolean
read_records (Reader            *self,
              EngramRecordKind   kind,
              EngramJsonToken    token,
              GError           **error)
{
  const char *field = kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses";
  guint64 byte = get_byte (self, self->json.token);

  if (token == ENGRAM_JSON_TOKEN_BEGIN_LIST && self->lists[kind] == NO_PLACE)
    {
      self->lists[kind] = byte;
      return read_list (self, kind, error);
    }
  tell (self, byte, field,
        token != ENGRAM_JSON_TOKEN_BEGIN_LIST ? _("it is not a list") : _("there is a second list of that name"));
  self->cannot_digest = TRUE;
  if (kind == ENGRAM_RECORD_NEURON)
    self->summary->lacks_neurons = TRUE;
  return skip_value (self, token, error);
}

static gboolean
read_version (Reader           *self,
              EngramJsonToken   token,
              GError          **error)
{
  g_autofree char *text = g_strndup (self->json.token, MIN (self->json.token_length, 40));
  g_autofree char *message = NULL;
  const char *place = self->json.token;
  double version = 0;

  if (token == ENGRAM_JSON_TOKEN_NUMBER && engram_number_parse (place, self->json.token_length, &version) &&
      version == DOCUMENT_VERSION)
    return TRUE;
  if (token != ENGRAM_JSON_TOKEN_NUMBER)
    message = g_strdup (_("the version of the document is not a number"));
  else if (version > DOCUMENT_VERSION)
    message = g_strdup_printf (_("the document is of version %s, which is newer than this program knows (version %d). "
                                 "Update Engram to import it."), text, DOCUMENT_VERSION);
  else
    message = g_strdup_printf (_("the document is of version %s, which no program knows"), text);
  return fail (self, place, "version", message);
}

static gboolean
read_checksum (Reader           *self,
               EngramJsonToken   token,
               GError          **error)
{
  gboolean exact;

  g_clear_pointer (&self->checksum, g_free);
  self->checksum_byte = get_byte (self, self->json.token);
  if (token == ENGRAM_JSON_TOKEN_STRING)
    self->checksum = engram_json_unescape (self->json.token, self->json.token_length, &exact);
  else
    self->checksum = g_strdup ("");
  return skip_value (self, token, error);
}

static gboolean
is_name (const Reader *self,
         const char   *name)
{
  gboolean exact;
  g_autofree char *unescaped = NULL;

  if (!self->json.token_escaped)
    return self->json.token_length == strlen (name) + 2 &&
           memcmp (self->json.token + 1, name, self->json.token_length - 2) == 0;
  unescaped = engram_json_unescape (self->json.token, self->json.token_length, &exact);
  return exact && strcmp (unescaped, name) == 0;
}

/* The member whose name was the last token. */
static gboolean
read_member (Reader  *self,
             GError **error)
{
  gboolean is_neurons = is_name (self, "neurons");
  gboolean is_synapses = is_name (self, "synapses");
  gboolean is_checksum = is_name (self, "checksum");
  gboolean is_version = is_name (self, "version");
  EngramJsonToken token = next_token (self, error);

  if (token == ENGRAM_JSON_TOKEN_INVALID)
    return FALSE;
  if (is_neurons || is_synapses)
    return read_records (self, is_neurons ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE, token, error);
  if (is_checksum)
    return read_checksum (self, token, error);
  if (is_version)
    return read_version (self, token, error);
  return skip_value (self, token, error);
}

/* The document */

static gboolean
starts_with_bytes (const Reader *self,
                   const char   *bytes,
                   gsize         length)
{
  return self->window.length >= length && memcmp (self->window.text, bytes, length) == 0;
}

/* What the first bytes say: an empty file, another encoding, a byte order mark. */
static gboolean
read_start (Reader  *self,
            GError **error)
{
  const char *text;

  engram_json_reader_init (&self->json, "", 0);
  if (!engram_document_window_slide (&self->window, 0, error))
    return FALSE;
  text = self->window.text;
  if (self->window.length == 0)
    return fail (self, text, NULL, _("the file is empty"));
  if (starts_with_bytes (self, "\xff\xfe", 2) || starts_with_bytes (self, "\xfe\xff", 2) ||
      (self->window.length >= 2 && (text[0] == '\0' || text[1] == '\0')))
    return fail (self, text, NULL, _("the file is not UTF-8, but UTF-16 or UTF-32. Save it as UTF-8."));
  engram_json_reader_init (&self->json, text, self->window.length);
  if (starts_with_bytes (self, "\xef\xbb\xbf", 3))
    self->json.cursor += 3;
  return TRUE;
}

static gboolean
read_object (Reader  *self,
             GError **error)
{
  EngramJsonToken token = next_token (self, error);

  if (token == ENGRAM_JSON_TOKEN_INVALID)
    return FALSE;
  if (token != ENGRAM_JSON_TOKEN_BEGIN_OBJECT)
    return fail (self, self->json.token, NULL,
                 token == ENGRAM_JSON_TOKEN_BEGIN_LIST ? _("the document is a list, not an object")
                                                       : _("the document is a single value, not an object"));
  while ((token = next_token (self, error)) == ENGRAM_JSON_TOKEN_NAME)
    if (!read_member (self, error))
      return FALSE;
  /* That nothing follows */
  return token == ENGRAM_JSON_TOKEN_END_OBJECT && next_token (self, error) == ENGRAM_JSON_TOKEN_END;
}

/* Makes the digest in the right order. */
static gboolean
digest_again (Reader  *self,
              GError **error)
{
  g_autofree char *name = g_filename_display_name (self->window.path);
  gboolean done = TRUE;

  engram_document_digest_clear (&self->digest);
  engram_document_digest_init (&self->digest);
  self->is_again = TRUE;
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE && done; kind++)
    {
      engram_document_window_seek (&self->window, self->lists[kind]);
      engram_json_reader_init (&self->json, self->window.text, 0);
      done = next_token (self, error) == ENGRAM_JSON_TOKEN_BEGIN_LIST && read_list (self, kind, error) &&
             !self->has_failed;
    }
  /* What was good the first time is wrong now. */
  if (self->has_failed)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” was changed while it was read."), name);
  self->has_failed = FALSE;
  return done;
}

static gboolean
verify_checksum (Reader   *self,
                 gboolean  ignore,
                 GError  **error)
{
  g_autofree char *made = NULL;

  if (self->checksum == NULL)
    return TRUE;
  if (ignore)
    {
      self->summary->checksum = ENGRAM_IMPORT_CHECKSUM_IGNORED;
      return TRUE;
    }
  if (self->cannot_digest)
    {
      self->summary->is_whole = FALSE;
      return TRUE;
    }
  if (self->digest.is_stale && !digest_again (self, error))
    return FALSE;

  made = engram_document_digest_finish (&self->digest);
  self->summary->checksum = strcmp (made, self->checksum) == 0 ? ENGRAM_IMPORT_CHECKSUM_OK
                                                               : ENGRAM_IMPORT_CHECKSUM_WRONG;
  if (self->summary->checksum == ENGRAM_IMPORT_CHECKSUM_WRONG)
    self->handler->problem (self->checksum_byte, "checksum",
                            _("it is not that of the neurons and synapses of the document: the document was changed or "
                              "damaged since it was written"), FALSE, self->user_data);
  return TRUE;
}

static gboolean
read_document (Reader    *self,
               gboolean   ignore_checksum,
               GError   **error)
{
  if (!read_start (self, error) || !read_object (self, error))
    return FALSE;
  if (self->lists[ENGRAM_RECORD_NEURON] == NO_PLACE && self->lists[ENGRAM_RECORD_SYNAPSE] == NO_PLACE &&
      !self->cannot_digest)
    self->handler->problem (0, NULL, _("it holds neither a list of neurons nor one of synapses: it is no document of a "
                                       "neuron network"), FALSE, self->user_data);
  self->summary->is_whole = TRUE;
  return verify_checksum (self, ignore_checksum, error);
}

gboolean
engram_document_read (const char                   *path,
                      gboolean                      ignore_checksum,
                      const EngramDocumentHandler  *handler,
                      gpointer                      user_data,
                      EngramDocumentSummary        *summary,
                      GCancellable                 *cancellable,
                      GError                      **error)
{
  Reader reader = { handler, user_data, summary, cancellable };
  gboolean done;

  *summary = (EngramDocumentSummary) { .checksum = ENGRAM_IMPORT_CHECKSUM_ABSENT };
  if (!engram_document_window_open (&reader.window, path, error))
    return FALSE;

  reader.lists[ENGRAM_RECORD_NEURON] = reader.lists[ENGRAM_RECORD_SYNAPSE] = NO_PLACE;
  engram_record_scan_init (&reader.scans[ENGRAM_RECORD_NEURON], engram_neuron_member_names,
                           engram_neuron_member_names[ENGRAM_NEURON_MEMBER_VECTOR]);
  engram_record_scan_init (&reader.scans[ENGRAM_RECORD_SYNAPSE], engram_synapse_member_names, NULL);
  reader.has_digest = !ignore_checksum;
  if (reader.has_digest)
    engram_document_digest_init (&reader.digest);

  done = read_document (&reader, ignore_checksum, error) || reader.has_failed;
  summary->lacks_neurons = summary->lacks_neurons || reader.has_failed;

  if (reader.has_digest)
    engram_document_digest_clear (&reader.digest);
  engram_record_scan_clear (&reader.scans[ENGRAM_RECORD_NEURON]);
  engram_record_scan_clear (&reader.scans[ENGRAM_RECORD_SYNAPSE]);
  engram_document_window_close (&reader.window);
  g_free (reader.checksum);
  return done;
}
