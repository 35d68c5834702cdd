# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the seeds of a fuzzer: make(NAME, FOLDER)."""
import hashlib
import json
import sqlite3
import struct


def make_json(folder):
    texts = {
        'empty': '', 'null': 'null', 'number': ' -12.50e+10 ', 'integer': '12345678901234567890',
        'string': '"a\\u00e4\\ud83d\\ude00\\n\\"\\\\\\/ü"',
        'half-surrogates': '["\\ud800", "\\udc00", "\\ud800\\u0041"]',
        'nul': '{"a\\u0000b": "\\u0000"}',
        'numbers': '[0, -0, 0.0, 1e-07, 1E+16, 1.7976931348623157e308, 5e-324, 1e999]',
        'object': '{"a": 1, "b": {"c": [true, false, null]}, "a": 2, "": []}', 'deep': '[' * 200 + ']' * 200,
        'too-deep': '[{"a":' * 600, 'open': '{"a": [1, 2', 'comma': '[1,]', 'more': '{} {}', 'comment': '[1] // 2',
        'single': "{'a': 1}", 'words': '[NaN, Infinity, True]', 'mark': '\ufeff{}', 'white': ' \t\r\n[ ] ',
        'long': json.dumps({'key%d' % i: [i / 7, 'ä' * i] for i in range(30)}),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    (folder / 'no-utf-8').write_bytes(b'["\xff\xed\xa0\x80\xc0\x80"]')


def make_type_descriptions(folder):
    head = {'format': 'engram-type', 'version': 1, 'name': 'sensor_array', 'label': 'Sensor array'}
    kinds = {'text': '"a"', 'code': '"f()"', 'real': '1.5', 'integer': '12345678901234567890', 'boolean': 'true',
             'time': '"2025-11-01T09:00:00"', 'text-list': '["a", "ü"]', 'object': '{"a": [1e-07, {}]}'}
    columns = {'text': 'source_data', 'code': 'executable_code', 'real': 'compression_ratio',
               'integer': 'execution_count', 'text-list': 'semantic_tags', 'object': 'input_schema'}
    everything = []
    for kind, default in kinds.items():
        field = {'name': 'field_' + kind, 'label': kind.upper(), 'kind': kind, 'default': 'DEFAULT'}
        if kind in columns:
            everything.append(dict(field, name='column_' + kind, column=columns[kind], default=None))
        everything.append(field)
        text = json.dumps(dict(head, fields=[field])).replace('"DEFAULT"', default)
        (folder / kind).write_text(text)
    everything.append({'name': 'at', 'kind': 'time', 'stand_in': 'created_at'})
    (folder / 'everything').write_text(json.dumps(dict(head, fields=everything), indent=2).replace('"DEFAULT"', 'null'))
    (folder / 'bare').write_text(json.dumps(head))


SCHEMA = """
CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE neurons (id TEXT PRIMARY KEY, position_x REAL NOT NULL, position_y REAL NOT NULL, position_z REAL NOT NULL,
 vector BLOB, neuron_type TEXT NOT NULL, metadata TEXT, activation_level REAL DEFAULT 0.0, created_at TEXT NOT NULL,
 modified_at TEXT NOT NULL, source_data TEXT, compression_ratio REAL, semantic_tags TEXT, function_signature TEXT,
 executable_code TEXT, input_schema TEXT, output_schema TEXT, execution_count INTEGER DEFAULT 0,
 average_execution_time REAL DEFAULT 0.0, activation_threshold REAL DEFAULT 0.5);
CREATE TABLE synapses (id TEXT PRIMARY KEY, source_neuron_id TEXT NOT NULL, target_neuron_id TEXT NOT NULL,
 weight REAL NOT NULL CHECK(weight >= -1.0 AND weight <= 1.0), usage_count INTEGER DEFAULT 0, last_traversed TEXT,
 synapse_type TEXT NOT NULL, metadata TEXT, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
 FOREIGN KEY (source_neuron_id) REFERENCES neurons(id) ON DELETE CASCADE,
 FOREIGN KEY (target_neuron_id) REFERENCES neurons(id) ON DELETE CASCADE);
CREATE INDEX idx_neurons_type ON neurons(neuron_type);
CREATE INDEX idx_synapses_source ON synapses(source_neuron_id);
INSERT INTO schema_version VALUES (1, '2025-01-01');
"""

VERSION_2 = """
ALTER TABLE neurons ADD COLUMN engram_fields TEXT;
CREATE TABLE engram_network (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO engram_network VALUES ('id', 'd3b07384-d9a0-4c9e-8b1a-000000000001');
INSERT INTO schema_version VALUES (2, '2025-01-01');
PRAGMA application_id=0x456E6772;
"""

TIME = '2025-11-01T09:00:00'


def neuron_id(number):
    return f'{number:08x}-0000-4000-8000-000000000000'


def write_network(path, statements='', n_neurons=4, before=''):
    """A small network in pages as small as can be, then changed by more statements."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript('PRAGMA page_size=512;' + before + SCHEMA)
    for i in range(n_neurons):
        connection.execute('INSERT INTO neurons (id, position_x, position_y, position_z, vector, neuron_type, metadata,'
                           ' created_at, modified_at, source_data, semantic_tags) VALUES (?,?,?,?,?,?,?,?,?,?,?)',
                           (neuron_id(i), i, -1.5, 2, struct.pack('<3f', i, 0.5, -1), ('knowledge', 'tool')[i % 2],
                            '{"a": 1}', TIME, TIME, 'An axon', '["axon"]'))
        connection.execute('INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type,'
                           ' metadata, created_at, modified_at) VALUES (?,?,?,?,?,?,?,?)',
                           (neuron_id(256 + i), neuron_id(i), neuron_id((i + 1) % n_neurons), 0.5, 'knowledge', '{}',
                            TIME, TIME))
    connection.execute('PRAGMA foreign_keys=OFF')
    connection.execute('PRAGMA ignore_check_constraints=ON')
    connection.executescript(statements)
    connection.close()


def make_databases(folder):
    variants = {
        'version-1': '', 'version-2': VERSION_2,
        'version-3': VERSION_2 + 'ALTER TABLE synapses ADD COLUMN engram_fields TEXT;'
                                 "INSERT INTO schema_version VALUES (3, '2025-01-01');",
        'newer': "INSERT INTO schema_version VALUES (99, '2025-01-01');",
        'wal': 'PRAGMA journal_mode=WAL;',
        'orphan': "DELETE FROM neurons WHERE rowid=2;",
        'odd': "UPDATE neurons SET vector='text', metadata=x'ff00', position_x='nowhere', created_at=5, id=NULL"
               " WHERE rowid=1; UPDATE synapses SET weight='heavy' WHERE rowid=1;"
               " UPDATE synapses SET weight=1e300, metadata='{' WHERE rowid=2;",
        'trigger': "CREATE TRIGGER t AFTER DELETE ON neurons BEGIN DELETE FROM synapses; END;"
                   "CREATE VIEW v AS SELECT * FROM neurons; CREATE TABLE other (a, b BLOB);",
        'view': 'ALTER TABLE neurons RENAME TO n; CREATE VIEW neurons AS SELECT * FROM n;',
        'generated': 'ALTER TABLE neurons ADD COLUMN twice AS (position_x * 2);',
        'no-table': 'DROP TABLE synapses;',
        'long': "UPDATE neurons SET source_data=replace(hex(zeroblob(2000)), '0', 'ab');",
        'free': 'DELETE FROM neurons; DELETE FROM synapses;',
    }
    for name, statements in variants.items():
        write_network(folder / name, statements)
    write_network(folder / 'more', n_neurons=30)
    write_network(folder / 'utf-16', before='PRAGMA encoding="UTF-16be";')
    write_network(folder / 'auto-vacuum', 'DELETE FROM neurons WHERE rowid=1;', before='PRAGMA auto_vacuum=FULL;')
    whole = (folder / 'more').read_bytes()
    (folder / 'cut').write_bytes(whole[:len(whole) // 2 + 100])
    (folder / 'zeroed').write_bytes(whole[:2048] + bytes(1024) + whole[3072:])
    # SQLite's words about it have these bytes in them.
    trigger = (folder / 'trigger').read_bytes()
    (folder / 'no-utf-8').write_bytes(trigger.replace(b'CREATE TABLE other', b'CREATE \xff\xfeBLE other'))
    (folder / 'text').write_bytes(b'SQLite format 3\0 and no more')


def make_rows(folder):
    text, blob, integer, real, null = range(5)
    neuron = {'id': 0, 'x': 1, 'vector': 4, 'type': 5, 'metadata': 6, 'created_at': 8, 'tags': 12, 'schema': 15,
              'count': 17, 'fields': 20, 'rowid': 21}
    synapse = {'source': 1, 'weight': 3, 'usage': 4, 'traversed': 5, 'metadata': 7, 'created_at': 8, 'rowid': 11}

    def value(row, column, kind, content=b''):
        return bytes([row, column, kind, len(content)]) + content

    def of(row, name, kind, content=b''):
        return value(row, neuron[name], kind, content)

    def to(row, name, kind, content=b''):
        return value(0x80 | row, synapse[name], kind, content)

    nan, infinity = struct.pack('<d', float('nan')), struct.pack('<d', float('inf'))
    rows = {
        'vectors': of(0, 'vector', blob, b'1234567') + of(1, 'vector', blob, struct.pack('<2f', 1, float('nan'))) +
                   of(2, 'vector', blob, bytes(12)) + of(3, 'vector', text, b'[1, 2]'),
        'json': of(0, 'metadata', text, b'{"a": ') + of(1, 'tags', text, b'{}') + of(2, 'schema', blob, b'\xff\0') +
                of(3, 'fields', text, b'[1]') + to(0, 'metadata', text, b'{"\xc3\xbc": 1}'),
        'numbers': of(0, 'x', real, infinity) + of(1, 'x', text, b'east') + of(2, 'count', real, nan) +
                   to(0, 'weight', real, infinity) + to(1, 'weight', text, b'much') + to(2, 'usage', null) +
                   to(3, 'weight', integer, bytes([2])),
        'ids': of(0, 'id', text, b'one') + of(1, 'id', null) + to(0, 'source', text, b'nobody') +
               of(2, 'id', blob, b'\0\1') + of(3, 'rowid', integer, b'\xff' * 8) +
               to(1, 'rowid', integer, bytes([200])),
        'times': of(0, 'created_at', text, b'2026-13-01T00:00:00') + of(1, 'created_at', integer, bytes([1])) +
                 to(0, 'created_at', text, b'2026-01-01T09:00:00.123456') + to(1, 'traversed', text, b'yesterday'),
        'types': of(0, 'type', text, b'chronos') + of(1, 'type', text, b'') + of(2, 'type', blob, b'\xff'),
        'same': of(0, 'vector', null) + of(1, 'x', integer, bytes(1)) + of(2, 'x', integer, bytes(1)),
    }
    for name, content in rows.items():
        (folder / name).write_bytes(content)


def make_document(neurons, synapses, **members):
    content = {'neurons': neurons, 'synapses': synapses}
    checksum = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return {'version': 1, 'export_time': TIME, **content, 'stats': {}, 'checksum': checksum} | members


def make_imports(folder):
    common = {'position': {'x': 1.0, 'y': -2.5, 'z': 1e-07}, 'vector': [0.5, 0.10000000149011612, -1.0],
              'metadata': {'a': 12345678901234567890, 'ü': [1.0, 1]}, 'activation_level': 0.5, 'created_at': TIME,
              'modified_at': TIME + '.123456'}
    neurons = [
        {'id': neuron_id(1), 'type': 'knowledge', **common, 'source_data': 'An axon', 'compression_ratio': None,
         'semantic_tags': ['axon', 'ü'], 'importance': 0.75},
        {'id': neuron_id(2), 'type': 'tool', **common, 'function_signature': 'f()', 'executable_code': 'pass',
         'input_schema': {}, 'output_schema': {'x': 1e+16}, 'execution_count': 3, 'average_execution_time': 1.5,
         'activation_threshold': 0.5},
        {'id': neuron_id(3), 'type': 'memory', **dict(common, vector=None), 'memory_type': 'semantic',
         'timestamp': TIME, 'context': {'where': 'here'}, 'importance': 0.5, 'access_count': 7, 'last_accessed': None,
         'source_data': 'It was', 'neuron_class': 'MemoryNeuron'},
    ]
    synapse = {'weight': -0.25, 'usage_count': 2, 'last_traversed': None, 'synapse_type': 'knowledge', 'metadata': {},
               'created_at': TIME, 'modified_at': TIME}
    synapses = [{'id': neuron_id(256 + i), 'source_neuron_id': neuron_id(1 + i), 'target_neuron_id': neuron_id(1),
                 **synapse} for i in range(3)]
    good = make_document(neurons, synapses)
    small = make_document(neurons[:1], [])
    documents = {
        'good': json.dumps(good, indent=2), 'compact': json.dumps(good, separators=(',', ':')),
        'small': json.dumps(small), 'empty': json.dumps(make_document([], [])),
        'synapses-first': json.dumps(dict(reversed(list(good.items())))),
        'utf-8': json.dumps(good, ensure_ascii=False), 'no-checksum': json.dumps(good | {'checksum': None}),
        'wrong-checksum': json.dumps(small | {'checksum': '0' * 64}), 'version': json.dumps(small | {'version': 2}),
        'unknown': json.dumps(make_document([neurons[0] | {'other': [1, {'a': None}]}],
                                            [synapses[0] | {'more': 'x', 'target_neuron_id': neuron_id(1)}], extra={})),
        'twice': json.dumps(make_document(neurons[:1] * 2, [])),
        'dangling': json.dumps(make_document([], synapses[:1])),
        'no-ids': json.dumps(make_document([neurons[0] | {'id': 'one'}], [])),
        'types': json.dumps(make_document([neurons[0] | {'position': [1], 'metadata': 'x', 'activation_level': '1'}],
                                          [])),
        'nan': json.dumps(small).replace('-2.5', 'NaN'), 'cut': json.dumps(good)[:700], 'list': '[]',
        'no-list': json.dumps(small | {'neurons': {}}), 'surrogate': json.dumps(small).replace('An axon', '\\ud800'),
        'nul': json.dumps(small).replace('An axon', '\\u0000'), 'more': json.dumps(small) + '{}',
        'weight': json.dumps(make_document(neurons, [synapses[0] | {'weight': 7}])),
        'dimension': json.dumps(make_document([neurons[0], neurons[1] | {'vector': [1.0]}], [])),
    }
    for name, text in documents.items():
        (folder / name).write_text(text)


MAKERS = {
    'database': make_databases,
    'import': make_imports,
    'json': make_json,
    'rows': make_rows,
    'type-description': make_type_descriptions,
}


def make(name, folder):
    MAKERS[name](folder)
