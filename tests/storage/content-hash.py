# SPDX-License-Identifier: GPL-3.0-or-later
"""The content hash as storage/safety/files/engram-content-hash.h describes it, written a second time."""

import hashlib
import sqlite3
import struct
import sys

RUN = 1 << 20


def number(value):
    return struct.pack('>Q', value)


def text(value):
    return number(len(value)) + value


def value_bytes(value):
    if value is None:
        return b'n'
    if isinstance(value, int):
        return b'i' + struct.pack('>q', value)
    if isinstance(value, float):
        return b'f' + struct.pack('>d', value)
    if isinstance(value, Text):
        return b't' + text(bytes(value))
    return b'b' + text(value)


class Text(bytes):
    pass


def quote(name):
    return b'"' + name.replace(b'"', b'""') + b'"'


def run_query(connection, sql, *arguments):
    return connection.execute(sql.decode('utf-8', 'surrogateescape'), arguments).fetchall()


def table_digest(connection, name):
    columns = [row[0] for row in connection.execute(
        'SELECT name FROM pragma_table_xinfo(?) WHERE hidden=0 ORDER BY cid', (name.decode(),))]
    listed = [column for column in columns if not column.startswith(b'engram_')]
    others = [column for column in columns if column.startswith(b'engram_')]
    selected = b','.join(quote(column) for column in listed + others)
    without_rowid = b'WITHOUT ROWID' in connection.execute(
        'SELECT sql FROM sqlite_schema WHERE name=?', (name.decode(),)).fetchone()[0].upper()
    order = b'"key"' if without_rowid else b'_rowid_'
    runs, current, count = b'', b'', 0
    for row in run_query(connection, b'SELECT ' + selected + b' FROM ' + quote(name) + b' ORDER BY ' + order):
        count += 1
        current += b'r' + b''.join(value_bytes(value) for value in row[:len(listed)])
        for column, value in zip(others, row[len(listed):]):
            if value is not None:
                current += b'c' + text(column) + value_bytes(value)
        if len(current) >= RUN:
            runs += hashlib.sha256(current).digest()
            current = b''
    if current:
        runs += hashlib.sha256(current).digest()
    return hashlib.sha256(text(name) + number(len(listed)) + b''.join(text(column) for column in listed)
                          + number(count) + runs).digest()


connection = sqlite3.connect(sys.argv[1])
connection.text_factory = Text
names = sorted(bytes(row[0]) for row in connection.execute(
    "SELECT name FROM sqlite_schema WHERE type='table' AND rootpage>0"))
names = [name for name in names
         if not name.startswith(b'sqlite_') and name not in (b'schema_version', b'engram_network')]
print(hashlib.sha256(b'engram-content 1\n' + b''.join(table_digest(connection, name) for name in names)).hexdigest())
