#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the Flatpak of a manifest without a network, installs it for the user, tries it in its sandbox, and makes a
single-file bundle of it. What the runtime has already is left out of the build."""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What makes a stand-in for the runtime where the real one cannot be had; ENGRAM_FLATPAK_RUNTIME names another.
STAND_IN = ROOT.parent / 'shared/tools/flatpak-runtime'
# What the real SDK has and the stand-in lacks unless it is asked for.
STAND_IN_PACKAGES = 'libgtksourceview-5-dev'
# Modules that a runtime may have: by the names of pkg-config.
MODULES = {'igraph': 'igraph'}
NETWORK = '''set -e
engram-cli --version
engram-cli generate /tmp/network.db --neurons 200 --synapses 400 --seed 1
engram-cli check /tmp/network.db
engram-cli backup /tmp/network.db
engram-cli export /tmp/network.db /tmp/network.json
test "$(grep -c : /proc/net/dev)" = 1
'''


def run(*command, **options):
    print('+', ' '.join(str(part) for part in command), flush=True)
    return subprocess.run([str(part) for part in command], check=True, **options)


def succeeds(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def in_session(command):
    """The command on a display and a bus of its own: nothing of the person's desktop is touched."""
    return ['env', '-u', 'DISPLAY', '-u', 'WAYLAND_DISPLAY', '-u', 'XAUTHORITY', 'timeout', '-k', '5', '120',
            'xvfb-run', '-a', '-s', '-screen 0 1280x1024x24 -noreset', 'dbus-run-session', '--', *command]


def has_in_sdk(sdk, module):
    return succeeds('flatpak', 'run', '--command=pkg-config', sdk, '--exists', module)


def find_runtime(manifest):
    """Installs the SDK where it is not there: from a remote that is set up, or by the stand-in's tool."""
    branch = manifest['runtime-version']
    sdk = f'{manifest["sdk"]}//{branch}'
    if succeeds('flatpak', 'info', sdk) and has_in_sdk(sdk, 'gtksourceview-5'):
        return sdk
    tool = pathlib.Path(os.environ.get('ENGRAM_FLATPAK_RUNTIME', STAND_IN))
    if not succeeds('flatpak', 'install', '--user', '-y', '--noninteractive', sdk, f'{manifest["runtime"]}//{branch}'):
        if not tool.is_file():
            sys.exit(f'{sdk} can be had neither from a remote nor from a stand-in: set up a remote that has it, or name '
                     'a tool that makes one in ENGRAM_FLATPAK_RUNTIME.')
        run(tool, '-b', branch, '-a', STAND_IN_PACKAGES)
    return sdk


def write_offline(manifest, sdk, path):
    """The manifest as it is, but for what the runtime has and where the sources lie."""
    for module in list(manifest['modules']):
        if module['name'] in MODULES and has_in_sdk(sdk, MODULES[module['name']]):
            print(f'The runtime has {module["name"]}: its module is left out.')
            manifest['modules'].remove(module)
        for source in module['sources']:
            if source['type'] == 'dir':
                source['path'] = str(ROOT)
    path.write_text(json.dumps(manifest, indent=2))


def build(manifest, name, folder, sdk):
    offline = folder / f'{name}.json'
    write_offline(manifest, sdk, offline)
    run('flatpak-builder', '--user', '--install', '--force-clean', '--disable-rofiles-fuse', '--disable-download',
        f'--state-dir={folder}/state', f'--repo={folder}/repo', folder / 'app', offline, cwd=folder)


def take_picture(name, folder):
    """The sample network in the program's window, drawn in the sandbox."""
    cache = pathlib.Path.home() / '.var/app' / name / 'cache'
    cache.mkdir(parents=True, exist_ok=True)
    inside, picture = cache / 'screenshot.png', folder / 'screenshot.png'
    inside.unlink(missing_ok=True)
    run(*in_session(['flatpak', 'run', name, f'--screenshot={inside}']))
    shutil.move(inside, picture)
    print(f'A picture of its window: {picture}')


def bundle(name, folder):
    path = folder / f'{name}.flatpak'
    run('flatpak', 'build-bundle', folder / 'repo', path, name)
    print(f'{path}: {path.stat().st_size / 1e6:.1f} MB')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder', type=pathlib.Path, help='of the build')
    parser.add_argument('--devel', action='store_true', help='the variant that stands beside the other')
    arguments = parser.parse_args()
    name = 'io.github.engram.Engram' + ('.Devel' if arguments.devel else '')
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((ROOT / f'flatpak/{name}.json').read_text(encoding='utf-8'))

    sdk = find_runtime(manifest)
    build(manifest, name, folder, sdk)
    run('flatpak', 'run', '--command=sh', name, '-c', NETWORK)
    take_picture(name, folder)
    bundle(name, folder)


if __name__ == '__main__':
    main()
