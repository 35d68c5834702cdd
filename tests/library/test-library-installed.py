#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs libengram into a folder of its own, and builds and runs a program with it as a stranger would.

Usage: test-library-installed.py BUILD_FOLDER PROGRAM.c
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

BUILD, PROGRAM = sys.argv[1:]
CLI = os.environ['ENGRAM_CLI']


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if result.returncode != 0:
        print(''.join(f'# {line}\n' for line in (result.stdout + result.stderr).splitlines()), end='')
    return result


def check(number, name, passed):
    print(f'{"ok" if passed else "not ok"} {number} /library-installed/{name}', flush=True)
    if not passed:
        sys.exit(1)


def main(folder):
    root = folder / 'root'
    check(1, 'install', run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--tags', 'devel,runtime,typelib',
                            '--destdir', str(root)).returncode == 0)

    # Installed elsewhere than it will lie: the pkg-config file is told so, for this library alone.
    description = next(root.rglob('engram-1.pc'))
    text = description.read_text(encoding='utf-8')
    description.write_text(re.sub(r'^prefix=(.*)$', lambda match: f'prefix={root}{match[1]}', text, flags=re.MULTILINE),
                           encoding='utf-8')
    environment = {**os.environ, 'PKG_CONFIG_PATH': str(description.parent)}
    flags = run('pkg-config', '--cflags', '--libs', 'engram-1', env=environment)
    headers = list(root.rglob('include/engram-1/**/*.h'))
    check(2, 'pkg-config', flags.returncode == 0 and str(root) in flags.stdout
          and headers and not any(header.name.endswith('-private.h') for header in headers))

    program = folder / 'program'
    check(3, 'compile', run('cc', '-std=c11', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror', PROGRAM,
                            *shlex.split(flags.stdout), '-o', str(program)).returncode == 0)

    network = folder / 'network.db'
    run(CLI, 'generate', str(network), '--neurons', '20', '--synapses', '50', '--seed', '1')
    libraries = {**os.environ, 'LD_LIBRARY_PATH': str(next(root.rglob('libengram-1.so.0')).parent)}
    lines = run(str(program), str(network), env=libraries).stdout.splitlines()
    weights = [abs(float(line.split()[0])) for line in lines[1:]]
    check(4, 'run', lines[:1] == ['20 neurons, 50 synapses'] and len(weights) == 10
          and weights == sorted(weights, reverse=True) and all(' -> ' in line for line in lines[1:]))
    missing = subprocess.run([str(program), str(folder / 'missing.db')], capture_output=True, text=True, check=False,
                             env=libraries)
    check(5, 'error', missing.returncode == 1 and 'missing.db' in missing.stderr)


print('1..5')
lacking = [tool for tool in ('cc', 'meson', 'pkg-config') if not shutil.which(tool)]
if lacking:
    for index in range(1, 6):
        print(f'ok {index} # SKIP {", ".join(lacking)} is not there')
    sys.exit()
with tempfile.TemporaryDirectory() as place:
    main(pathlib.Path(place))
