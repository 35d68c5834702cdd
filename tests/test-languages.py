#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether each language of po/LINGUAS says all that the program says, and the program says it in that language.

test-languages.py SOURCE BUILT-TRANSLATIONS ENGRAM-CLI"""

import gettext
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE, BUILT, CLI = (pathlib.Path(argument) for argument in sys.argv[1:4])
# What the preset "glib" of meson's i18n.gettext() asks for.
XGETTEXT = ['xgettext', '--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
            '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
            '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
            '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format',
            '--flag=g_string_printf:2:c-format', '--flag=g_string_append_printf:2:c-format',
            '--flag=g_error_new:3:c-format', '--flag=g_set_error:4:c-format']
cases = 0
failures = 0


def tell(name, problems):
    global cases, failures
    cases += 1
    problems = list(problems)
    for problem in problems:
        print('#', problem.replace('\n', '\n# '))
    failures += bool(problems)
    print(f'{"not ok" if problems else "ok"} {cases} - {name}')


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, encoding='utf-8', check=True, **options).stdout


def messages_in(text):
    return [line for line in text.splitlines() if line.startswith('msgid ') and line != 'msgid ""']


def find_incomplete(language, template, folder):
    """What the sources say and the language does not, as msgmerge sees it, which looks for no near ones."""
    merged = folder / f'{language}.po'
    run('msgmerge', '--quiet', '--no-fuzzy-matching', '-o', merged, SOURCE / 'po' / f'{language}.po', template)
    for what, option in (('not translated', '--untranslated'), ('a guess only', '--only-fuzzy')):
        for message in messages_in(run('msgattrib', '--no-wrap', '--no-obsolete', option, merged)):
            yield f'{what}: {message}'


def find_malformed(language):
    """Directives, plurals and line breaks that differ from the English ones."""
    checked = subprocess.run(['msgfmt', '--check', '-o', os.devnull, SOURCE / 'po' / f'{language}.po'],
                             capture_output=True, text=True, encoding='utf-8')
    if checked.returncode != 0:
        yield checked.stderr


def is_label(text):
    """Whether an underscore in it is a key: names of code have theirs between words, and more text around them."""
    return len(text) < 60 and text.count('_') == 1 and bool(re.search(r'(^|\w| )_\w', text)) and not re.search(
        r'[a-z]_[a-z]+_|\b(id|created|modified|synapse|source|vector|last|usage)_|[a-z]_(id|at|type|data|count)\b', text)


def find_keyless(catalogue):
    for english, said in catalogue.items():
        english = english[0] if isinstance(english, tuple) else english
        english = english.rpartition('\x04')[2]
        if is_label(english) and said.count('_') != 1:
            yield f'no key, or two: {english}: {said}'


def find_silent(language, catalogue, folder):
    """Whether the program, run by somebody who reads the language, says so."""
    network = folder / f'{language}.db'
    environment = dict(os.environ, LANGUAGE=language)
    run(CLI, 'create', network, env=environment)
    said = run(CLI, 'info', network, env=environment)
    if catalogue['Neurons'] not in said:
        yield f'“{catalogue["Neurons"]}” is not in what “info” says:\n{said}'


def main():
    languages = (SOURCE / 'po/LINGUAS').read_text(encoding='utf-8').split()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = folder / 'engram.pot'
        run(*XGETTEXT, '--files-from=po/POTFILES', '-o', template, cwd=SOURCE)
        for language in languages:
            with open(BUILT / language / 'LC_MESSAGES/engram.mo', 'rb') as built:
                catalogue = gettext.GNUTranslations(built)._catalog
            tell(f'{language}/complete', find_incomplete(language, template, folder))
            tell(f'{language}/well-formed', find_malformed(language))
            tell(f'{language}/keys', find_keyless(catalogue))
            tell(f'{language}/spoken', find_silent(language, catalogue, folder))
    print(f'1..{cases}')
    sys.exit(failures > 0)


main()
