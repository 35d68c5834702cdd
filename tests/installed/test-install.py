#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs the program below a folder of its own and runs it from there: nothing of where it was built is needed."""

import os
import pathlib
import subprocess
import sys
import tempfile

FILES = [
    'bin/engram', 'bin/engram-cli', 'libexec/engram-graph',
    'share/applications/{id}.desktop', 'share/dbus-1/services/{id}.service',
    'share/glib-2.0/schemas/io.github.engram.Engram.gschema.xml',
    'share/icons/hicolor/scalable/apps/{id}.svg', 'share/icons/hicolor/symbolic/apps/{id}-symbolic.svg',
    'share/man/man1/engram-cli.1', 'share/metainfo/{id}.metainfo.xml', 'share/mime/packages/{id}.xml',
]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def report(number, name, problem):
    for line in problem.splitlines():
        print(f'# {line}')
    print(f'{"not ok" if problem else "ok"} {number} - {name}', flush=True)


def prove(result, expected=''):
    good = result.returncode == 0 and expected in result.stdout
    return '' if good else f'{result.args}: {result.returncode}\n{result.stdout}\n{result.stderr}'


def main():
    meson, build, prefix, name, version = sys.argv[1:]
    print('1..4')
    with tempfile.TemporaryDirectory() as folder:
        done = run(*meson.split(), 'install', '-C', build, '--no-rebuild', '--destdir', folder)
        root = pathlib.Path(folder) / prefix.lstrip('/')
        missing = [path.format(id=name) for path in FILES if not (root / path.format(id=name)).is_file()]
        report(1, 'installed', prove(done) or '\n'.join(f'{path} is missing' for path in missing))

        # What a package does when it is installed.
        run('glib-compile-schemas', root / 'share/glib-2.0/schemas', check=True)
        environment = {key: value for key, value in os.environ.items() if key != 'GSETTINGS_SCHEMA_DIR'}
        environment |= {'HOME': folder, 'XDG_DATA_HOME': folder, 'XDG_STATE_HOME': folder, 'XDG_CACHE_HOME': folder}
        network = pathlib.Path(folder) / 'network.db'
        report(2, 'engram-cli', prove(run(root / 'bin/engram-cli', '--version', env=environment), version) or
               prove(run(root / 'bin/engram-cli', 'generate', network, '--neurons', 20, '--synapses', 30, env=environment)) or
               prove(run(root / 'bin/engram-cli', 'check', network, env=environment)))
        report(3, 'engram --version', prove(run(root / 'bin/engram', '--version', env=environment), version))
        picture = pathlib.Path(folder) / 'window.png'
        report(4, 'engram', prove(run(root / 'bin/engram', f'--screenshot={picture}', network, env=environment)) or
               ('' if picture.is_file() else 'it made no picture of its window'))


main()
