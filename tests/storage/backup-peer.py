# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program that has a network open, until its standard input ends.

write      commits pairs of synapses with weights w and -w as fast as it can, and a line for each
immediate  holds the lock to write
exclusive  holds the file with locking_mode=EXCLUSIVE
read       holds an old snapshot
open       has the file open and does nothing
try        says whether it gets the lock to write, at once
"""

import select
import sqlite3
import sys
import uuid

INSERT = ('INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at, modified_at)'
          " SELECT ?, id, id, ?, 'peer', '2025-11-01T09:00:00', '2025-11-01T09:00:00' FROM neurons LIMIT 1")


def is_over():
    return bool(select.select([sys.stdin], [], [], 0)[0])


def write(connection):
    connection.execute('PRAGMA journal_mode=WAL')
    connection.execute('PRAGMA synchronous=OFF')
    while not is_over():
        connection.execute('BEGIN IMMEDIATE')
        connection.execute(INSERT, (str(uuid.uuid4()), 0.5))
        connection.execute(INSERT, (str(uuid.uuid4()), -0.5))
        connection.execute('COMMIT')
        print('wrote', flush=True)


def hold(connection, *statements):
    for statement in statements:
        connection.execute(statement).fetchall()
    print('ready', flush=True)
    sys.stdin.read()


def try_lock(connection):
    connection.execute('PRAGMA busy_timeout=0')
    try:
        connection.execute('BEGIN IMMEDIATE')
    except sqlite3.OperationalError as error:
        print('locked' if 'locked' in str(error) else error)
    else:
        print('free')


mode, path = sys.argv[1:]
peer = sqlite3.connect(path, timeout=60, isolation_level=None)
if mode == 'write':
    write(peer)
elif mode == 'immediate':
    hold(peer, 'BEGIN IMMEDIATE')
elif mode == 'exclusive':
    hold(peer, 'PRAGMA locking_mode=EXCLUSIVE', 'BEGIN EXCLUSIVE', 'COMMIT', 'SELECT count(*) FROM neurons')
elif mode == 'read':
    hold(peer, 'BEGIN', 'SELECT count(*) FROM synapses')
elif mode == 'open':
    hold(peer, 'SELECT count(*) FROM sqlite_schema')
elif mode == 'try':
    try_lock(peer)
else:
    sys.exit(2)
