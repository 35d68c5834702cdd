#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop is told of the program, and what its sandbox may do: desktop-file, metainfo, types of files, and the
manifests of the Flatpak."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

NETWORK, DOCUMENT, SQLITE = 'application/x-engram-network', 'application/x-engram-document+json', 'application/vnd.sqlite3'
number = 0


def case(name, problem=None, skip=None):
    global number
    number += 1
    if skip:
        print(f'ok {number} - {name} # SKIP {skip}')
        return
    for line in (problem or '').splitlines():
        print(f'# {line}')
    print(f'{"not ok" if problem else "ok"} {number} - {name}', flush=True)


def validate(name, *command):
    """The validator says nothing but that it is well."""
    if shutil.which(command[0]) is None:
        case(name, skip=f'{command[0]} is not there')
        return
    result = subprocess.run(command, capture_output=True, text=True)
    case(name, result.stdout + result.stderr if result.returncode else None)


def guess(path, data):
    environment = os.environ | {'XDG_DATA_HOME': str(data)}
    result = subprocess.run(['gio', 'info', '-a', 'standard::content-type', str(path)], env=environment, check=True,
                            capture_output=True, text=True)
    return re.search(r'standard::content-type: (.*)', result.stdout).group(1)


def check_types(package):
    """By what is in them where their names say nothing else; other databases and documents stay what they are."""
    if not (shutil.which('update-mime-database') and shutil.which('gio')):
        case('types', skip='update-mime-database or gio is not there')
        return
    magic = b'SQLite format 3\0'
    own = magic + bytes(52) + bytes.fromhex('456e6772') + bytes(28)
    files = {
        'a.db': (own, NETWORK), 'b.engram': (own, NETWORK), 'c.sqlite3': (own, SQLITE), 'd': (own, NETWORK),
        'e.db': (magic + bytes(84), SQLITE), 'f.engram': (b'x\0', NETWORK),
        'g.json': (b'{\n  "version": 1,\n  "export_time": "2025-11-01T09:00:00"\n}\n', DOCUMENT),
        'h.json': (b'{"version": 1, "export_time": "2025-11-01T09:00:00"}', DOCUMENT),
        'i.json': (b'{"version": 1}', 'application/json'), 'j.engram.json': (b'{}', DOCUMENT),
    }
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / 'data'
        packages = data / 'mime/packages'
        packages.mkdir(parents=True)
        shutil.copy(package, packages)
        subprocess.run(['update-mime-database', str(data / 'mime')], check=True, capture_output=True)
        problems = []
        for name, (content, expected) in files.items():
            path = pathlib.Path(folder) / name
            path.write_bytes(content)
            found = guess(path, data)
            if found not in (expected, expected.replace('vnd.sqlite3', 'x-sqlite3')):
                problems.append(f'{name} is {found}, not {expected}')
    case('types', '\n'.join(problems))


def check_manifest(path, permissions):
    """It builds what is pinned, and asks for no more than it needs."""
    manifest = json.loads(path.read_text(encoding='utf-8'))
    problems = []
    if manifest['id'] != path.stem:
        problems.append('the id is not the name of the file')
    if (manifest['runtime'], manifest['runtime-version'], manifest['sdk']) != ('org.gnome.Platform', '49', 'org.gnome.Sdk'):
        problems.append('another runtime')
    if manifest.get('separate-locales') is not False:
        problems.append('a bundle would have no translations')
    if manifest['finish-args'] != permissions:
        problems.append(f'other permissions: {manifest["finish-args"]}')
    *libraries, own = manifest['modules']
    if [source['type'] for source in own['sources']] != ['dir']:
        problems.append('the last module is not this project')
    for source in (source for module in libraries for source in module['sources']):
        if not re.fullmatch('[0-9a-f]{40}', source.get('commit', '')) and not re.fullmatch('[0-9a-f]{64}', source.get('sha256', '')):
            problems.append(f'not pinned: {source["url"]}')
    if ('-Dprofile=development' in own['config-opts']) != path.stem.endswith('.Devel'):
        problems.append('the other profile')
    case(f'manifest {path.stem}', '\n'.join(problems))
    return {key: value for key, value in manifest.items() if key not in ('id', 'modules')}, libraries


def main():
    desktop, metainfo, types, flatpak = sys.argv[1:]
    print('1..6')
    validate('desktop-file', 'desktop-file-validate', desktop)
    validate('metainfo', 'appstreamcli', 'validate', '--no-net', '--strict', metainfo)
    check_types(types)
    permissions = ['--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--device=dri', '--filesystem=xdg-documents']
    manifests = [check_manifest(pathlib.Path(flatpak) / f'io.github.engram.Engram{suffix}.json', permissions)
                 for suffix in ('', '.Devel')]
    case('manifests agree', None if manifests[0] == manifests[1] else 'they differ in more than the id and the profile')


main()
