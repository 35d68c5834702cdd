#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the test cases in logs that `meson test` left, and fails where one failed.

Usage: count-cases.py LOG...   each the path of a log without .json and .junit.xml
"""
import json
import pathlib
import sys
import xml.etree.ElementTree

BAD_RESULTS = ('ERROR', 'FAIL', 'INTERRUPT', 'TIMEOUT', 'UNEXPECTEDPASS')


def count_cases(base):
    """Cases passed, failed and skipped in one run. A run that left no log failed, and so did a program that
    ended badly though none of its cases failed: it crashed, leaked or took too long."""
    try:
        suites = list(xml.etree.ElementTree.parse(f'{base}.junit.xml').iter('testsuite'))
        programs = [json.loads(line) for line in open(f'{base}.json', encoding='utf-8')]
    except (OSError, ValueError, xml.etree.ElementTree.ParseError) as error:
        print(f'FAILED: {base}: {error}')
        return 0, 1, 0

    passed = skipped = 0
    failed = []
    for suite in suites:
        for case in suite.iter('testcase'):
            if case.find('failure') is not None or case.find('error') is not None:
                failed.append((suite.get('name'), case.get('name')))
            elif case.find('skipped') is not None:
                skipped += 1
            else:
                passed += 1

    for program in programs:
        # A suite is named after its program; programs that count no cases are cases of one suite.
        name = program['name'].split(' / ')[-1]
        ends = [part.split(' / ')[-1] for case in failed for part in case]
        if program['result'] in BAD_RESULTS and name not in ends:
            failed.append((program['name'], program['result']))
    for names in failed:
        print(f'FAILED in {base.parent.parent.name}: ' + ': '.join(names))
    return passed, len(failed), skipped


def main():
    passed, failed, skipped = (sum(counts) for counts in zip(*map(count_cases, map(pathlib.Path, sys.argv[1:]))))
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
