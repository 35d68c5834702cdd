#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether po/POTFILES names the files with text for people: all of them, no others, in order; and whether each such
text can be found by xgettext, which knows no macro within it but those of <inttypes.h>."""

import pathlib
import re
import sys

FOLDERS = ('app', 'data', 'storage', 'ui')
CALL = re.compile(r'\b(?:N?_|[CQ]_|NC_|d?n?gettext) ?\(\s*"')
MARKS = {
    '.c': CALL,
    '.cpp': CALL,
    '.h': CALL,
    '.ui': re.compile(r'translatable="(?:yes|true|1)"'),
    '.desktop.in': re.compile(r'^(?:Name|Comment|GenericName|Keywords)=', re.MULTILINE),
    '.metainfo.xml.in': re.compile(r'<(?:name|summary|p)>'),
    '.mime.xml.in': re.compile(r'<comment>'),
    '.gschema.xml': re.compile(r'<(?:summary|description)>'),
}


def is_translatable(path):
    for suffix, mark in MARKS.items():
        if path.name.endswith(suffix):
            return bool(mark.search(path.read_text(encoding='utf-8')))
    return False


# What stands between the strings of a text, up to its end.
TEXT = re.compile(r'"(?:\\.|[^"\\\n])*"|[^",)]+')


def find_macros(path):
    """The macros within the texts of a C file that hide a part of them."""
    source = path.read_text(encoding='utf-8')
    for call in CALL.finditer(source):
        position = call.end() - 1
        while part := TEXT.match(source, position):
            position = part.end()
            for word in () if part.group().startswith('"') else part.group().split():
                if not word.startswith('PRI'):
                    yield word


def find_problems(root):
    listed = [line for line in (root / 'po/POTFILES').read_text(encoding='utf-8').splitlines()
              if line and not line.startswith('#')]
    present = {path.relative_to(root).as_posix()
               for folder in FOLDERS for path in (root / folder).rglob('*')
               if path.is_file() and is_translatable(path)}
    for name in sorted(present - set(listed)):
        yield f'{name} has text for people and is not in po/POTFILES'
    for name in sorted(set(listed) - present):
        yield (f'po/POTFILES names {name}, which '
               + ('has no text for people' if (root / name).exists() else 'is not there'))
    for name in sorted(present):
        if name.endswith(('.c', '.cpp', '.h')):
            for macro in find_macros(root / name):
                yield f'{name} has {macro} within a text, where it cannot be translated'
    if listed != sorted(set(listed)):
        yield 'po/POTFILES is not sorted, or names a file twice'


print('1..1')
found = list(find_problems(pathlib.Path(sys.argv[1])))
for problem in found:
    print('#', problem)
print('not ok 1 - potfiles' if found else 'ok 1 - potfiles')
sys.exit(1 if found else 0)
