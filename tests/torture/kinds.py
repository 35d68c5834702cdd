# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of engram-cli that change something, each with what it begins with and how its result is read."""
import dataclasses
import sqlite3
import typing

from network_state import read_document, read_network

NETWORK = 'network.db'
SIZE = ['--neurons', '100', '--synapses', '400', '--dimensions', '8']


@dataclasses.dataclass
class Kind:
    name: str
    prepare: typing.Callable    # prepare(run, folder), where run(*arguments) runs engram-cli
    arguments: list             # of the command; names are in the folder
    again: list = None          # of a second run, where they differ
    result: str = NETWORK       # what it changes
    read: typing.Callable = read_network
    statuses: tuple = (0,)      # of exit where it is done
    can_be_undone: bool = False


def prepare_network(run, folder):
    run('generate', NETWORK, *SIZE, '--seed', '1')


def prepare_document(run, folder):
    run('generate', 'other.db', *SIZE, '--seed', '2')
    run('export', 'other.db', 'other.json')
    (folder / 'other.db').unlink()


def prepare_import(run, folder):
    prepare_network(run, folder)
    prepare_document(run, folder)


def prepare_export(run, folder):
    prepare_network(run, folder)
    prepare_document(run, folder)
    (folder / 'other.json').rename(folder / 'out.json')


def prepare_damage(run, folder):
    prepare_network(run, folder)
    connection = sqlite3.connect(folder / NETWORK)
    connection.executescript('''
        PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF;
        DELETE FROM neurons WHERE rowid % 10 = 3;
        UPDATE neurons SET metadata = '{' WHERE rowid % 10 = 4;
        UPDATE neurons SET vector = x'0000' WHERE rowid % 10 = 5;
        UPDATE synapses SET weight = 7 WHERE rowid % 10 = 6;
        DROP INDEX idx_synapses_source;''')
    connection.close()


def prepare_restore(run, folder):
    prepare_network(run, folder)
    run('backup', NETWORK, '--name', 'good')
    connection = sqlite3.connect(folder / NETWORK)
    connection.executescript("DELETE FROM synapses WHERE rowid % 3 = 0; UPDATE neurons SET source_data = 'other';")
    connection.close()


KINDS = [
    Kind('generate', lambda run, folder: None, ['generate', NETWORK, *SIZE, '--seed', '1'],
         ['generate', 'newer.db', *SIZE, '--seed', '1']),
    Kind('vacuum', prepare_network, ['vacuum', NETWORK]),
    Kind('import', prepare_import, ['import', NETWORK, 'other.json', '--on-conflict', 'replace'], can_be_undone=True),
    Kind('import-new', prepare_document, ['import', NETWORK, 'other.json'],
         ['import', NETWORK, 'other.json', '--on-conflict', 'replace']),
    Kind('prune', prepare_network, ['prune', NETWORK, '--below', '0.3'], can_be_undone=True),
    Kind('repair', prepare_damage, ['check', NETWORK, '--repair'], statuses=(0, 3), can_be_undone=True),
    Kind('restore', prepare_restore, ['restore', NETWORK, 'backups/good.db']),
    Kind('backup', prepare_network, ['backup', NETWORK, '--name', 'new'], ['backup', NETWORK, '--name', 'newer'],
         result='backups/new.db'),
    Kind('export', prepare_export, ['export', NETWORK, 'out.json'], result='out.json', read=read_document),
]
