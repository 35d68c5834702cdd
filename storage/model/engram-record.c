/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-record-private.h"

#include <math.h>
#include <string.h>

#define MEMBER(record, column, type) ((type *) ((char *) (record) + (column)->offset))
#define CONST_MEMBER(record, column, type) ((const type *) ((const char *) (record) + (column)->offset))

static const char *const axes[3] = { "_x", "_y", "_z" };

typedef struct {
  const char *text;
  gsize       length;
  char       *made_valid; /* where the bytes are not UTF-8: what stands for them */
} Text;

static const EngramRecordVector *
get_vector (gconstpointer       record,
            const EngramColumn *column)
{
  return CONST_MEMBER (record, column, EngramRecordVector);
}

/* Whether every byte is ASCII and none is NUL: the ordinary case, eight bytes at a time. */
static gboolean
is_plain_ascii (const char *text,
                gsize       length)
{
  const guint64 high = G_GUINT64_CONSTANT (0x8080808080808080);
  const guint64 low = G_GUINT64_CONSTANT (0x0101010101010101);
  gsize i = 0;

  for (; i + sizeof (guint64) <= length; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      if (((word | ((word - low) & ~word)) & high) != 0)
        return FALSE;
    }
  for (; i < length; i++)
    if ((signed char) text[i] <= 0)
      return FALSE;
  return TRUE;
}

/* Returns FALSE where the table holds something that a string cannot carry as it is. */
static gboolean
read_text (sqlite3_stmt *row,
           int           index,
           Text         *text)
{
  int type = sqlite3_column_type (row, index);

  *text = (Text) { NULL, 0, NULL };
  if (type == SQLITE_NULL)
    return TRUE;

  text->text = (const char *) sqlite3_column_text (row, index);
  text->length = sqlite3_column_bytes (row, index);
  if (text->text == NULL)
    text->text = "";
  if (is_plain_ascii (text->text, text->length) || g_utf8_validate_len (text->text, text->length, NULL))
    return type == SQLITE_TEXT;

  text->made_valid = g_utf8_make_valid (text->text, text->length);
  text->text = text->made_valid;
  text->length = strlen (text->made_valid);
  return FALSE;
}

static gboolean
read_double (sqlite3_stmt *row,
             int           index,
             double       *number,
             gboolean     *is_null)
{
  *is_null = FALSE;
  switch (sqlite3_column_type (row, index))
    {
    case SQLITE_FLOAT:
    case SQLITE_INTEGER:
      *number = sqlite3_column_double (row, index);
      return TRUE;
    case SQLITE_NULL:
      *is_null = TRUE;
      *number = 0;
      return TRUE;
    default:
      *number = NAN;
      return FALSE;
    }
}

static gboolean
read_integer (sqlite3_stmt *row,
              int           index,
              gint64       *number,
              gboolean     *is_null)
{
  int type = sqlite3_column_type (row, index);

  *number = sqlite3_column_int64 (row, index);
  *is_null = type == SQLITE_NULL;
  return type == SQLITE_INTEGER || type == SQLITE_NULL;
}

/* NULL is a vector that is not there; anything but a blob of whole numbers is odd. */
static gboolean
read_vector (sqlite3_stmt       *row,
             int                 index,
             EngramRecordVector *vector)
{
  int type = sqlite3_column_type (row, index);
  int size;

  *vector = (EngramRecordVector) { NULL, 0 };
  if (type == SQLITE_NULL)
    return TRUE;
  if (type != SQLITE_BLOB)
    return FALSE;

  size = sqlite3_column_bytes (row, index);
  if (size == 0 || size % sizeof (float) != 0)
    return FALSE;
  vector->numbers = sqlite3_column_blob (row, index);
  vector->length = size / sizeof (float);
  return vector->numbers != NULL;
}

static void
copy_floats (float       *to,
             const float *from,
             guint        length)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  memcpy (to, from, length * sizeof (float));
#else
  for (guint i = 0; i < length; i++)
    {
      guint32 word;

      memcpy (&word, (const char *) from + i * sizeof word, sizeof word);
      word = GUINT32_FROM_LE (word);
      memcpy (to + i, &word, sizeof word);
    }
#endif
}

static const char *
store_text (const Text  *text,
            char       **end)
{
  char *place = *end;

  if (text->text == NULL)
    return NULL;
  memcpy (place, text->text, text->length);
  place[text->length] = '\0';
  *end += text->length + 1;
  return place;
}

static void
read_numbers (EngramRecord       *record,
              const EngramColumn *column,
              sqlite3_stmt       *row,
              int                 index)
{
  gboolean is_null = FALSE, fits = TRUE;

  switch (column->kind)
    {
    case ENGRAM_COLUMN_DOUBLE:
      fits = read_double (row, index, MEMBER (record, column, double), &is_null);
      break;
    case ENGRAM_COLUMN_INTEGER:
      fits = read_integer (row, index, MEMBER (record, column, gint64), &is_null);
      break;
    case ENGRAM_COLUMN_POSITION:
      for (int axis = 0; axis < 3; axis++)
        fits = read_double (row, index + axis, MEMBER (record, column, double) + axis, &is_null) && !is_null && fits;
      is_null = FALSE;
      break;
    case ENGRAM_COLUMN_TEXT:
    case ENGRAM_COLUMN_VECTOR:
      break;
    }
  if (is_null)
    record->nulls |= column->bit;
  if (!fits)
    record->odd |= column->bit;
}

static int
count_table_columns (const EngramColumn *column)
{
  return column->kind == ENGRAM_COLUMN_POSITION ? 3 : 1;
}

gpointer
engram_record_read (const EngramRecordClass *class,
                    sqlite3_stmt            *row)
{
  Text texts[ENGRAM_RECORD_MAX_COLUMNS];
  EngramRecordVector vector = { NULL, 0 };
  EngramRecord *record;
  gsize size = class->size;
  guint odd = 0;
  int index = 1;
  char *end;

  /* First what is of any length, to know the size of the block; then all of it into the block. */
  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];

      if (column->kind == ENGRAM_COLUMN_TEXT)
        {
          if (!read_text (row, index, &texts[i]))
            odd |= column->bit;
          size += texts[i].length + 1;
        }
      else if (column->kind == ENGRAM_COLUMN_VECTOR)
        {
          if (!read_vector (row, index, &vector))
            odd |= column->bit;
          size += vector.length * sizeof (float);
        }
      index += count_table_columns (column);
    }

  record = g_malloc (size);
  memset (record, 0, class->size);
  record->rowid = sqlite3_column_int64 (row, 0);
  record->block_size = size;
  record->odd = odd;
  end = (char *) record + class->size + vector.length * sizeof (float);

  index = 1;
  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];

      if (column->kind == ENGRAM_COLUMN_TEXT)
        {
          *MEMBER (record, column, const char *) = store_text (&texts[i], &end);
          g_free (texts[i].made_valid);
        }
      else if (column->kind == ENGRAM_COLUMN_VECTOR)
        {
          if (vector.numbers != NULL)
            {
              float *numbers = (float *) ((char *) record + class->size);

              copy_floats (numbers, vector.numbers, vector.length);
              *MEMBER (record, column, EngramRecordVector) = (EngramRecordVector) { numbers, vector.length };
            }
        }
      else
        {
          read_numbers (record, column, row, index);
        }
      index += count_table_columns (column);
    }
  return record;
}

gpointer
engram_record_copy (const EngramRecordClass *class,
                    gconstpointer            source)
{
  gsize size = class->size;
  gsize vector_size = 0;
  EngramRecord *record;
  char *end;

  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];

      if (column->kind == ENGRAM_COLUMN_TEXT && *CONST_MEMBER (source, column, char *) != NULL)
        size += strlen (*CONST_MEMBER (source, column, char *)) + 1;
      else if (column->kind == ENGRAM_COLUMN_VECTOR)
        vector_size = get_vector (source, column)->length * sizeof (float);
    }

  record = g_malloc (size + vector_size);
  memcpy (record, source, class->size);
  record->block_size = size + vector_size;
  end = (char *) record + class->size + vector_size;

  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];

      if (column->kind == ENGRAM_COLUMN_TEXT)
        {
          const char *text = *CONST_MEMBER (source, column, char *);
          Text copy = { text, text != NULL ? strlen (text) : 0, NULL };

          *MEMBER (record, column, const char *) = store_text (&copy, &end);
        }
      else if (column->kind == ENGRAM_COLUMN_VECTOR && vector_size > 0)
        {
          float *numbers = (float *) ((char *) record + class->size);

          memcpy (numbers, get_vector (source, column)->numbers, vector_size);
          MEMBER (record, column, EngramRecordVector)->numbers = numbers;
        }
    }
  return record;
}

/* Members that were set after the record was made lie outside of its block. */
static void
free_member (EngramRecord  *record,
             gconstpointer  member)
{
  gsize distance = (gsize) ((const char *) member - (const char *) record);

  if (member != NULL && distance >= record->block_size)
    g_free ((gpointer) member);
}

void
engram_record_free (const EngramRecordClass *class,
                    gpointer                 record)
{
  if (record == NULL)
    return;

  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];

      if (column->kind == ENGRAM_COLUMN_TEXT || column->kind == ENGRAM_COLUMN_VECTOR)
        free_member (record, *CONST_MEMBER (record, column, gconstpointer));
    }
  g_free (record);
}

void
engram_record_set_text (gpointer            record,
                        const EngramColumn *column,
                        const char         *text)
{
  const char **member = MEMBER (record, column, const char *);
  char *copy = g_strdup (text);

  free_member (record, *member);
  *member = copy;
  ((EngramRecord *) record)->odd &= ~column->bit;
}

void
engram_record_set_vector (gpointer            record,
                          const EngramColumn *column,
                          const float        *numbers,
                          guint               length)
{
  EngramRecordVector *member = MEMBER (record, column, EngramRecordVector);
  float *copy = length > 0 ? g_memdup2 (numbers, length * sizeof (float)) : NULL;

  free_member (record, member->numbers);
  *member = (EngramRecordVector) { copy, length };
  ((EngramRecord *) record)->odd &= ~column->bit;
}

/* Equal as values: NaN equals NaN, which stands for what could not be read. */
static gboolean
same_double (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
same_vector (const EngramRecord *record,
             const EngramRecord *other,
             const EngramColumn *column)
{
  const EngramRecordVector *a = get_vector (record, column);
  const EngramRecordVector *b = get_vector (other, column);

  if ((record->odd & column->bit) != 0)
    return TRUE;
  if ((other->odd & column->bit) != 0 || a->length != b->length)
    return FALSE;
  return a->length == 0 || memcmp (a->numbers, b->numbers, a->length * sizeof (float)) == 0;
}

static gboolean
same_column (gconstpointer       record,
             gconstpointer       other,
             const EngramColumn *column)
{
  switch (column->kind)
    {
    case ENGRAM_COLUMN_TEXT:
      return g_strcmp0 (*CONST_MEMBER (record, column, char *), *CONST_MEMBER (other, column, char *)) == 0;
    case ENGRAM_COLUMN_DOUBLE:
      return same_double (*CONST_MEMBER (record, column, double), *CONST_MEMBER (other, column, double));
    case ENGRAM_COLUMN_INTEGER:
      return *CONST_MEMBER (record, column, gint64) == *CONST_MEMBER (other, column, gint64);
    case ENGRAM_COLUMN_POSITION:
      for (int axis = 0; axis < 3; axis++)
        if (!same_double (CONST_MEMBER (record, column, double)[axis], CONST_MEMBER (other, column, double)[axis]))
          return FALSE;
      return TRUE;
    case ENGRAM_COLUMN_VECTOR:
      return same_vector (record, other, column);
    default:
      g_assert_not_reached ();
    }
}

guint
engram_record_compare (const EngramRecordClass *class,
                       gconstpointer            record,
                       gconstpointer            other)
{
  guint differing = ((const EngramRecord *) record)->nulls ^ ((const EngramRecord *) other)->nulls;

  for (guint i = 0; i < class->n_columns; i++)
    if (!same_column (record, other, &class->columns[i]))
      differing |= class->columns[i].bit;
  return differing;
}

const EngramColumn *
engram_record_find_column (const EngramRecordClass *class,
                           guint                    bit)
{
  for (guint i = 0; i < class->n_columns; i++)
    if (class->columns[i].bit == bit)
      return &class->columns[i];
  return NULL;
}

void
engram_record_append_columns (const EngramRecordClass *class,
                              GString                 *sql,
                              guint                    columns,
                              const char              *suffix)
{
  const char *separator = "";

  for (guint i = 0; i < class->n_columns; i++)
    {
      const EngramColumn *column = &class->columns[i];
      gboolean is_position = column->kind == ENGRAM_COLUMN_POSITION;

      if ((columns & column->bit) == 0)
        continue;
      for (int part = 0; part < count_table_columns (column); part++)
        {
          g_string_append_printf (sql, "%s%s%s%s", separator, column->name, is_position ? axes[part] : "", suffix);
          separator = ",";
        }
    }
}

guint
engram_record_count_columns (const EngramRecordClass *class,
                             guint                    columns)
{
  guint count = 0;

  for (guint i = 0; i < class->n_columns; i++)
    if ((columns & class->columns[i].bit) != 0)
      count += count_table_columns (&class->columns[i]);
  return count;
}

static int
bind_vector (sqlite3_stmt             *statement,
             int                       parameter,
             const EngramRecordVector *vector)
{
  gsize size = vector->length * sizeof (float);

  if (vector->numbers == NULL)
    return sqlite3_bind_null (statement, parameter);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return sqlite3_bind_blob64 (statement, parameter, vector->numbers, size, SQLITE_STATIC);
#else
  float *bytes = g_malloc (size);

  copy_floats (bytes, vector->numbers, vector->length);
  return sqlite3_bind_blob64 (statement, parameter, bytes, size, g_free);
#endif
}

/* Binds one column from *@parameter on. */
static int
bind_column (sqlite3_stmt       *statement,
             const EngramRecord *record,
             const EngramColumn *column,
             int                *parameter)
{
  int result = SQLITE_OK;

  if ((record->nulls & column->bit) != 0)
    return sqlite3_bind_null (statement, (*parameter)++);

  switch (column->kind)
    {
    case ENGRAM_COLUMN_TEXT:
      return sqlite3_bind_text (statement, (*parameter)++, *CONST_MEMBER (record, column, char *), -1, SQLITE_STATIC);
    case ENGRAM_COLUMN_DOUBLE:
      return sqlite3_bind_double (statement, (*parameter)++, *CONST_MEMBER (record, column, double));
    case ENGRAM_COLUMN_INTEGER:
      return sqlite3_bind_int64 (statement, (*parameter)++, *CONST_MEMBER (record, column, gint64));
    case ENGRAM_COLUMN_POSITION:
      for (int axis = 0; axis < 3 && result == SQLITE_OK; axis++)
        result = sqlite3_bind_double (statement, (*parameter)++, CONST_MEMBER (record, column, double)[axis]);
      return result;
    case ENGRAM_COLUMN_VECTOR:
      return bind_vector (statement, (*parameter)++, get_vector (record, column));
    default:
      g_assert_not_reached ();
    }
}

void
engram_record_bind (const EngramRecordClass *class,
                    EngramStatement         *statement,
                    gconstpointer            record,
                    guint                    columns,
                    int                     *parameter)
{
  sqlite3_stmt *handle = engram_statement_get_handle (statement);

  for (guint i = 0; i < class->n_columns; i++)
    if ((columns & class->columns[i].bit) != 0)
      engram_statement_note_bind (statement, bind_column (handle, record, &class->columns[i], parameter));
}
