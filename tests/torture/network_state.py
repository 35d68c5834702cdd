# SPDX-License-Identifier: GPL-3.0-or-later
"""What a network, a document or a folder holds, as text to be compared: by Python's SQLite, not by Engram's code."""
import hashlib
import json
import pathlib
import re
import sqlite3

# What changes from one time to the next without meaning anything.
PASSING_TABLES = {'engram_network', 'schema_version'}
PASSING_COLUMNS = {'modified_at', 'applied_at'}


def read_network(path):
    """A digest of all rows, rowids included, and what SQLite's integrity check says; 'absent' without a file."""
    if not path.exists():
        return 'absent'
    connection = sqlite3.connect(path)
    connection.text_factory = bytes
    digest = hashlib.sha256()
    try:
        tables = [name.decode() for name, in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
        for table in tables:
            if table in PASSING_TABLES:
                continue
            rows = connection.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')
            names = [column[0] for column in rows.description]
            digest.update(repr(names).encode())
            kept = [i for i, name in enumerate(names) if name not in PASSING_COLUMNS]
            for row in rows:
                digest.update(repr([row[i] for i in kept]).encode())
        integrity = b', '.join(row[0] for row in connection.execute('PRAGMA integrity_check'))
    except sqlite3.DatabaseError as error:
        return f'unreadable: {error}'
    finally:
        connection.close()
    return f'{digest.hexdigest()} {integrity.decode(errors="replace")}'


def read_document(path):
    """A document's checksum, which must be that of its content."""
    if not path.exists():
        return 'absent'
    try:
        document = json.loads(path.read_text())
        content = {'neurons': document['neurons'], 'synapses': document['synapses']}
        checksum = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    except (ValueError, KeyError) as error:
        return f'broken: {error}'
    return checksum if checksum == document['checksum'] else 'broken: another checksum'


def list_names(folder, except_for=()):
    """The files below a folder but SQLite's side files and some backups, dates in names left out."""
    names = []
    passed_over = {path.with_suffix(suffix) for path in except_for for suffix in ('.db', '.json')}
    for path in folder.rglob('*'):
        if path.is_file() and not path.name.endswith(('-wal', '-shm', '-journal')) and path not in passed_over:
            names.append(re.sub(r'\d{6,}', '#', str(path.relative_to(folder))))
    return sorted(names)
