#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the man page of engram-cli against the program: commands, options, examples, JSON keys, kinds of findings.

Usage: test-man.py PROGRAM PAGE SOURCE_OF_KINDS
"""
import functools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

PROGRAM, PAGE, KINDS = map(os.path.abspath, sys.argv[1:])
COMMON = {'--help', '--json'}


def plain(text):
    """What roff makes of a text without requests."""
    return re.sub(r'\\f[BIRP]', '', text).replace('\\-', '-')


def sections(text, request):
    """What stands under each heading of one kind."""
    parts = re.split(rf'^\.{request} (.*)$', text, flags=re.MULTILINE)[1:]
    return {plain(name): body for name, body in zip(parts[::2], parts[1::2])}


PAGE_TEXT = pathlib.Path(PAGE).read_text(encoding='utf-8')
PAGE_PARTS = sections(PAGE_TEXT, 'SH')
PAGE_COMMANDS = sections(PAGE_PARTS['COMMANDS'], 'SS')


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, **options)


@functools.cache
def help_of(*command):
    return run(*command, '--help').stdout


def options_of_help(text):
    return set(re.findall(r'^ +(?:-\w, )?(--[a-z-]+)', text, flags=re.MULTILINE))


def options_of_page(text):
    """Each is a paragraph of its own that begins with it."""
    tags = re.findall(r'^\.TP\n(.*)$', text, flags=re.MULTILINE)
    return {option for tag in tags for option in re.findall(r'(?<![\w-])--[a-z-]+', plain(tag))}


def test_commands():
    """Every command, in the order of --help, with the arguments of its usage line."""
    expected = []
    for name in re.findall(r'^  ([a-z]+)  ', help_of(), flags=re.MULTILINE):
        usage = re.search(r'\[OPTION…\] (.*)$', help_of(name), flags=re.MULTILINE).group(1)
        expected.append(f'{name} {usage}'.replace('…', '...'))
    assert len(expected) > 10, expected
    assert sorted(expected) == sorted(PAGE_COMMANDS), (expected, list(PAGE_COMMANDS))


def test_options():
    """Every option, and no other."""
    for heading, text in PAGE_COMMANDS.items():
        name = heading.split()[0]
        program = options_of_help(help_of(name))
        assert COMMON <= program, name
        assert options_of_page(text) == program - COMMON, (name, options_of_page(text), program)
    assert options_of_page(PAGE_PARTS['OPTIONS']) == COMMON | {'--version'}
    assert options_of_help(help_of()) == {'--help', '--version'}


def examples():
    blocks = re.findall(r'^\.nf\n(.*?)^\.fi$', PAGE_PARTS['EXAMPLES'], flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(plain(line)) for block in blocks for line in block.splitlines()]


def run_examples(*more):
    """Runs them in order in a folder of their own, with a home of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, HOME=folder, XDG_STATE_HOME=f'{folder}/state', XDG_DATA_HOME=f'{folder}/data')
        for program, *arguments in examples():
            assert program == 'engram-cli', program
            result = run(*arguments, *more, cwd=folder, env=environment)
            assert result.returncode == 0 and result.stderr == '', (arguments, result)
            yield arguments[0], result.stdout


def test_examples():
    """They do what they are there for: exit status 0, nothing on stderr, something on stdout."""
    outputs = list(run_examples())
    assert len(outputs) > 10
    assert all(output for _, output in outputs)


def keys_of_page():
    """The keys of each command's object; what stands in brackets is about those inside."""
    keys = {}
    for tag, text in re.findall(r'^\.TP\n\.BR? (.*)\n(.*(?:\n[^.].*)*)', PAGE_PARTS['JSON OUTPUT'], re.MULTILINE):
        text = re.sub(r'\([^)]*\)', '', plain(text).replace('\n', ' '))
        text = text.split('.')[0].split(', which')[0]
        names = [re.sub(r'^an object a line:', '', name).strip() for name in re.split(r', | and ', text)]
        for command in re.findall(r'[a-z]+', tag):
            keys[command] = names
    return keys


def test_keys():
    """The keys of what the examples print, in their order."""
    page = keys_of_page()
    assert set(page) >= {name.split()[0] for name in PAGE_COMMANDS} - {'neurons', 'synapses'}, page
    seen = set()
    for command, output in run_examples('--json'):
        for line in output.splitlines():
            assert list(json.loads(line)) == page[command], (command, line, page[command])
            seen.add(command)
    assert len(seen) > 8, seen


def test_kinds():
    """Every kind of finding that the library knows."""
    source = pathlib.Path(KINDS).read_text(encoding='utf-8')
    names = re.findall(r'\{ "([a-z-]+)", ENGRAM_SEVERITY', source)
    page = re.findall(r'^\.BR? ([a-z\\-]+(?: " and " [a-z\\-]+)?)', PAGE_PARTS['FINDINGS'], flags=re.MULTILINE)
    described = {kind for entry in page for kind in plain(entry).split(' " and " ')}
    assert len(names) > 20, names
    assert described - {'check'} == set(names), (set(names) ^ described)


def test_warnings():
    """groff has nothing to say about it."""
    if shutil.which('groff') is None:
        return 'groff is not there'
    result = subprocess.run(['groff', '-man', '-ww', '-Tutf8', PAGE], capture_output=True, text=True, check=False)
    assert result.returncode == 0 and result.stderr == '', result.stderr
    return None


TESTS = [test_commands, test_options, test_examples, test_keys, test_kinds, test_warnings]
print(f'1..{len(TESTS)}')
failed = False
for number, test in enumerate(TESTS, 1):
    name = test.__name__.removeprefix('test_')
    try:
        skipped = test()
        print(f'ok {number} - {name}' + (f' # SKIP {skipped}' if skipped else ''))
    except (AssertionError, AttributeError, KeyError, ValueError) as error:
        failed = True
        print(f'# {name}: {error!r}')
        print(f'not ok {number} - {name}')
sys.exit(1 if failed else 0)
