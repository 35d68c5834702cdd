#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the shared library shows all functions that its installed headers declare, and no others.

Usage: test-library-symbols.py LIBRARY STORAGE_FOLDER
"""
import pathlib
import re
import shutil
import subprocess
import sys

LIBRARY, STORAGE = sys.argv[1], pathlib.Path(sys.argv[2])
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
DECLARATION = re.compile(r'^[A-Za-z][^;{}#]*?\b(engram_\w+)\s*\([^;{}]*?\)[^;{}()]*(?:\(\d[^;{}]*\))?;', re.MULTILINE)
OBJECT = re.compile(r'^G_DECLARE_\w+_TYPE \(\w+, (\w+),', re.MULTILINE)


def installed_headers():
    umbrella = (STORAGE / 'engram.h').read_text(encoding='utf-8')
    return [STORAGE / name for name in re.findall(r'^#include "(.*)"', umbrella, re.MULTILINE)]


def declared():
    names = set()
    for header in installed_headers():
        text = COMMENT.sub('', header.read_text(encoding='utf-8'))
        names.update(name + '_get_type' for name in OBJECT.findall(text))
        text = re.sub(r'^(?:#|G_D|ENGRAM_(?:BEGIN|END)|typedef \w[^;{]*\(\*).*$', '', text, flags=re.MULTILINE)
        names.update(DECLARATION.findall(text))
    return names


def shown():
    lines = subprocess.run(['nm', '--dynamic', '--defined-only', '--format=posix', LIBRARY],
                           capture_output=True, text=True, check=True).stdout.splitlines()
    return {line.split()[0].split('@')[0] for line in lines if line.split()[1] in 'TtWDdBbR'}


def report(number, name, problems):
    print(f'{"not ok" if problems else "ok"} {number} /library-symbols/{name}')
    for problem in sorted(problems):
        print(f'# {problem}')
    return not problems


print('1..3')
if not shutil.which('nm'):
    for index, name in enumerate(('headers', 'hidden', 'all'), 1):
        print(f'ok {index} /library-symbols/{name} # SKIP there is no nm')
    sys.exit()
private = {str(path.relative_to(STORAGE)) for path in STORAGE.rglob('*.h')
           if not path.name.endswith('-private.h') and path.name != 'engram.h'}
fine = report(1, 'headers', private - {str(path.relative_to(STORAGE)) for path in installed_headers()})
symbols = shown()
functions = declared()
fine &= report(2, 'hidden', {f'{name} is declared and hidden' for name in functions - symbols})
fine &= report(3, 'all', {f'{name} is shown, but no installed header declares it'
                          for name in symbols - functions if not name.startswith('_')})
sys.exit(0 if fine and len(functions) > 400 else 1)
