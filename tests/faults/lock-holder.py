# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program that uses a network: lock-holder.py (immediate | exclusive | read | write) FILE

Says "ready" when it has what it wants, and keeps it until its standard input ends. "write" commits all the time. What
it writes changes nothing.
"""
import select
import sqlite3
import sys

SAME = 'UPDATE neurons SET metadata = metadata WHERE rowid = 1'


def main():
    kind, path = sys.argv[1:]
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    if kind == 'immediate':
        connection.execute('BEGIN IMMEDIATE')
    elif kind == 'exclusive':
        connection.execute('PRAGMA locking_mode=EXCLUSIVE')
        connection.execute(SAME)
    elif kind == 'read':
        connection.execute('BEGIN')
        connection.execute('SELECT count(*) FROM neurons').fetchone()
    elif kind == 'write':
        connection.execute(SAME)
    print('ready', flush=True)
    while not select.select([sys.stdin], [], [], 0 if kind == 'write' else None)[0]:
        connection.execute(SAME)


main()
