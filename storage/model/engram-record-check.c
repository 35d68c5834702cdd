/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-record-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/engram-time.h"
#include "model/engram-uuid.h"

static gboolean
refuse (EngramRecordCheck *check,
        const char        *field,
        const char        *reason)
{
  engram_set_record_error (check->error, ENGRAM_ERROR_INVALID, check->kind, check->id, field, "%s", reason);
  return FALSE;
}

static gboolean
check_finite (EngramRecordCheck *check,
              const char        *field,
              double             number)
{
  if (isfinite (number))
    return TRUE;
  return refuse (check, field, isnan (number) ? _("it is not a number (NaN)") : _("the number is infinite"));
}

static gboolean
check_size (EngramRecordCheck *check,
            const char        *field,
            gsize              size)
{
  if (size <= ENGRAM_MAX_VALUE_BYTES)
    return TRUE;
  engram_set_record_error (check->error, ENGRAM_ERROR_INVALID, check->kind, check->id, field,
                           /* Translators: %d is a number of MiB. */
                           _("it is longer than %d MiB, the most that one value of a network may have"),
                           ENGRAM_MAX_VALUE_BYTES / (1024 * 1024));
  return FALSE;
}

static gboolean
check_text (EngramRecordCheck *check,
            const char        *field,
            const char        *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (!check_size (check, field, length))
    return FALSE;
  return length == 0 || g_utf8_validate (text, length, NULL) || refuse (check, field, _("the text is not UTF-8"));
}

static gboolean
check_column (gconstpointer       record,
              const EngramColumn *column,
              EngramRecordCheck  *check)
{
  gconstpointer member = (const char *) record + column->offset;

  switch (column->kind)
    {
    case ENGRAM_COLUMN_TEXT:
      return check_text (check, column->field, *(const char *const *) member);
    case ENGRAM_COLUMN_DOUBLE:
      return check_finite (check, column->field, *(const double *) member);
    case ENGRAM_COLUMN_POSITION:
      for (int axis = 0; axis < 3; axis++)
        if (!check_finite (check, column->field, ((const double *) member)[axis]))
          return FALSE;
      return TRUE;
    case ENGRAM_COLUMN_INTEGER:
      return TRUE;
    case ENGRAM_COLUMN_VECTOR:
      return check_size (check, column->field, ((const EngramRecordVector *) member)->length * sizeof (float));
    default:
      g_assert_not_reached ();
    }
}

gboolean
engram_record_check_columns (const EngramRecordClass *class,
                             gconstpointer            record,
                             guint                    columns,
                             EngramRecordCheck       *check)
{
  guint odd = ((const EngramRecord *) record)->odd;

  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];

      if ((columns & column->bit) == 0)
        continue;
      /* A number that could not be read is NaN until it is set. */
      if ((odd & column->bit) != 0 && column->kind != ENGRAM_COLUMN_DOUBLE && column->kind != ENGRAM_COLUMN_POSITION)
        return refuse (check, column->field,
                       _("what is stored there cannot be read, so it cannot be written elsewhere"));
      if (!check_column (record, column, check))
        return FALSE;
    }
  return TRUE;
}

gboolean
engram_record_check_id (EngramRecordCheck *check,
                        const char        *id)
{
  if (id != NULL && engram_uuid_is_valid (id))
    return TRUE;
  return refuse (check, "id", _("the id is not a UUID in lower case with hyphens"));
}

gboolean
engram_record_check_present (EngramRecordCheck *check,
                             const char        *field,
                             const char        *text)
{
  if (text != NULL)
    return TRUE;
  return refuse (check, field, _("it is missing"));
}

gboolean
engram_record_check_time (EngramRecordCheck *check,
                          const char        *field,
                          const char        *time)
{
  if (time != NULL && engram_time_is_valid (time))
    return TRUE;
  return refuse (check, field, _("the time is not written like 2025-11-01T09:00:00"));
}

gboolean
engram_record_check_json (EngramRecordCheck *check,
                          const char        *field,
                          const char        *json,
                          EngramJsonType     type)
{
  const char *reason = NULL;
  gsize offset = 0;
  EngramJsonType found;

  if (json == NULL)
    return TRUE;

  found = engram_json_check (json, -1, &offset, &reason);
  if (found == type)
    return TRUE;
  if (found != ENGRAM_JSON_INVALID)
    return refuse (check, field, type == ENGRAM_JSON_OBJECT ? _("it is not a JSON object") : _("it is not a JSON list"));

  engram_set_record_error (check->error, ENGRAM_ERROR_INVALID, check->kind, check->id, field,
                           /* Translators: what is wrong, then where. */
                           _("it is not JSON: %s at byte %zu"), reason, offset);
  return FALSE;
}
