#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs commands of engram-cli that are killed, or whose calls to the disk fail, at one point after the other.

Usage: torture.py (kill | fail) ENGRAM-CLI FAILING-FILES [KIND...]

FAILING-FILES is the library that failing-files.c makes, or "-" where none can be loaded. Where ENGRAM_TORTURE is set,
at least 200 times a kind; else some. Speaks TAP.
"""
import dataclasses
import errno
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Nothing is left in the source tree.
sys.dont_write_bytecode = True

from kinds import KINDS, NETWORK
from network_state import list_names, read_network

IS_WHOLE = 'ENGRAM_TORTURE' in os.environ
QUICK_POINTS = 4
KILLS = 200


@dataclasses.dataclass
class Fault:
    name: str
    calls: str
    error: int
    lasts: bool = False
    # Nothing can be removed or taken back any more.
    leaves_things: bool = False
    is_the_end: bool = False


FAULTS = [
    Fault('no space, once', 'wcm', errno.ENOSPC),
    Fault('no space when synced, once', 's', errno.ENOSPC),
    Fault('no space, for good', 'wcm', errno.ENOSPC, lasts=True),
    Fault('broken, once', 'wstrcom', errno.EIO),
    Fault('broken when removing, once', 'u', errno.EIO, leaves_things=True),
    Fault('broken when syncing, for good', 's', errno.EIO, lasts=True),
    Fault('broken, for good', 'wstrco', errno.EIO, lasts=True, is_the_end=True),
]


class Failure(Exception):
    pass


class Bench:
    """A folder with a network that a kind of command is tried on again and again. In memory where that can be had."""

    def __init__(self, kind, cli, preload, root):
        self.kind = kind
        self.cli = cli
        self.preload = preload
        self.root = root
        self.work = root / 'work'
        self.original = root / 'original'
        self.files = self.work / 'files'
        self.files.mkdir(parents=True)
        (self.work / 'home').mkdir()
        kind.prepare(self.run_good, self.files)
        # Nobody has it open: what waits in a journal is taken in.
        read_network(self.files / NETWORK)
        shutil.copytree(self.work, self.original)
        self.before = self.read()
        self.names_before = list_names(self.files)
        self.calls = self.count('*')
        self.after = self.read()
        self.names_after = list_names(self.files)
        if kind.name != 'vacuum' and self.before == self.after:
            raise Failure('the command changes nothing')

    def read(self):
        return self.kind.read(self.files / self.kind.result)

    def renew(self):
        shutil.rmtree(self.work)
        shutil.copytree(self.original, self.work)

    def environment(self, fault=None):
        home = str(self.work / 'home')
        environment = dict(os.environ, HOME=home, XDG_STATE_HOME=home, XDG_DATA_HOME=home, XDG_CACHE_HOME=home,
                           LC_ALL='C.UTF-8')
        if fault is not None:
            environment |= dict(fault, LD_PRELOAD=str(self.preload), ENGRAM_FAULT_FOLDER=str(self.work))
        return environment

    def start(self, arguments, fault=None):
        return subprocess.Popen([self.cli, *arguments], cwd=self.files, env=self.environment(fault),
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def run(self, arguments, fault=None):
        process = self.start(arguments, fault)
        errors = process.communicate()[1]
        return process.returncode, errors

    def run_good(self, *arguments, statuses=(0,)):
        status, errors = self.run(arguments)
        if status not in statuses:
            raise Failure(f'engram-cli {" ".join(arguments)} ended with {status}: {errors}')

    def count(self, calls):
        """How many calls an undisturbed run makes; 0 where they cannot be counted."""
        self.renew()
        report = self.root / 'report'
        report.unlink(missing_ok=True)
        fault = {'ENGRAM_FAULT_CALLS': calls, 'ENGRAM_FAULT_REPORT': str(report)} if self.preload else None
        status, errors = self.run(self.kind.arguments, fault)
        if status not in self.kind.statuses:
            raise Failure(f'ended with {status} undisturbed: {errors}')
        return int(report.read_text()) if report.exists() else 0

    def check_backups(self):
        """Each file that is listed as a backup is a good one. Returns their paths."""
        if not (self.files / 'backups').exists():
            return []
        output = subprocess.run([self.cli, 'backups', NETWORK, '--json'], cwd=self.files, env=self.environment(),
                                check=True, capture_output=True, text=True).stdout
        paths = []
        for line in output.splitlines():
            backup = json.loads(line)
            if backup['complete']:
                self.run_good('verify', backup['path'])
                paths.append(pathlib.Path(backup['path']))
        return paths

    def check_undo(self, state):
        """What was done can be undone; what was not, leaves nothing to undo."""
        status, errors = self.run(['undo', NETWORK])
        if state == self.after and status != 0:
            raise Failure(f'it was done, but cannot be undone: {errors}')
        if self.read() != self.before:
            raise Failure(f'undone, it is not what it was: {errors}')

    def check_again(self):
        self.run_good(*(self.kind.again or self.kind.arguments), statuses=self.kind.statuses)
        if self.kind.again is None and self.read() != self.after:
            raise Failure('a second run gives something else')


# Killing

def check_killed(bench):
    state = bench.read()
    if state not in (bench.before, bench.after):
        raise Failure(f'there is {state}, neither {bench.before} nor {bench.after}')
    bench.check_backups()
    if bench.kind.can_be_undone:
        bench.check_undo(state)
    bench.check_again()


def kill_at_calls(bench, points):
    for point in spread(bench.calls, points):
        bench.renew()
        status, errors = bench.run(bench.kind.arguments, {'ENGRAM_FAULT_CALLS': '*', 'ENGRAM_FAULT_NUMBER': str(point),
                                                          'ENGRAM_FAULT_ACTION': 'kill'})
        with explained(f'killed at call {point} of {bench.calls} (status {status}, {errors.strip()})'):
            check_killed(bench)


def kill_at_moments(bench, points):
    """Kills at moments that are spread over the time that it takes to run to the end."""
    bench.renew()
    start = time.monotonic()
    bench.run(bench.kind.arguments)
    duration = time.monotonic() - start
    for i in range(points):
        bench.renew()
        process = bench.start(bench.kind.arguments)
        try:
            process.wait(duration * (i + 0.5) / points)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        with explained(f'killed after {duration * (i + 0.5) / points:.4f} s'):
            check_killed(bench)


def kill(bench):
    by_calls = min(bench.calls, KILLS if IS_WHOLE else QUICK_POINTS)
    by_moments = max(KILLS - by_calls, KILLS // 4) if IS_WHOLE else QUICK_POINTS
    kill_at_calls(bench, by_calls)
    kill_at_moments(bench, by_moments)
    return f'killed {by_calls} times at calls, {by_moments} times at moments'


# Failing

def says_that_it_is_done(error):
    """Where only what comes after failed: to tell of it, or to look at it once more."""
    return 'was replaced, but' in error or error.rstrip('.').endswith(
        ('is done', 'is made', 'is restored', 'is written'))


def check_failed(bench, fault, status, errors):
    lines = errors.splitlines()
    is_done = status in bench.kind.statuses
    if not is_done and status != 1:
        raise Failure(f'ended with {status}')
    if (not is_done and not lines) or 'SQL logic error' in errors or any(
            not line.startswith('engram-cli: ') for line in lines):
        raise Failure('no plain error')
    # Of a sync that failed SQLite does not always know why.
    if fault.error == errno.ENOSPC and fault.calls != 's' and not is_done and 'space' not in errors:
        raise Failure('no word of space')
    expected = bench.after if is_done or says_that_it_is_done(lines[-1]) else bench.before
    state = bench.read()
    if state != expected and not (fault.is_the_end and state == bench.after):
        raise Failure(f'there is {state} instead of {expected}')
    check_leftovers(bench, fault, bench.check_backups())
    bench.check_again()


def check_leftovers(bench, fault, backups):
    """A backup that was made before the change may stay."""
    if fault.leaves_things or fault.is_the_end:
        return
    for name in list_names(bench.files, except_for=backups):
        if name not in bench.names_before and name not in bench.names_after:
            raise Failure(f'{name} is left')


def fail(bench):
    n_runs = 0
    for fault in FAULTS:
        calls = bench.count(fault.calls)
        points = spread(calls, calls if IS_WHOLE else QUICK_POINTS)
        for point in points:
            bench.renew()
            environment = {'ENGRAM_FAULT_CALLS': fault.calls, 'ENGRAM_FAULT_NUMBER': str(point),
                           'ENGRAM_FAULT_ACTION': str(fault.error)}
            if fault.lasts:
                environment['ENGRAM_FAULT_LASTS'] = '1'
            status, errors = bench.run(bench.kind.arguments, environment)
            with explained(f'{fault.name}, at call {point} of {calls}: status {status}, {errors.strip()}'):
                check_failed(bench, fault, status, errors)
        n_runs += len(points)
    return f'failed {n_runs} times'


# All of it

class explained:
    """Says at which point it was that something went wrong."""

    def __init__(self, text):
        self.text = text

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is Failure:
            raise Failure(f'{value} ({self.text})') from value


def spread(count, points):
    """Up to so many of the numbers from 1 to count, the first and the last among them."""
    if count <= points or points < 2:
        return list(range(1, min(count, points) + 1))
    return sorted({1 + i * (count - 1) // (points - 1) for i in range(points)})


def try_kind(mode, kind, cli, preload):
    memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix='engram torture ü ', dir=memory) as root:
        bench = Bench(kind, cli, preload, pathlib.Path(root).resolve())
        return (kill if mode == 'kill' else fail)(bench)


def main():
    mode, cli, preload, *names = sys.argv[1:]
    preload = None if preload == '-' else pathlib.Path(preload).resolve()
    kinds = [kind for kind in KINDS if not names or kind.name in names]
    if mode == 'fail' and preload is None:
        print('1..0 # SKIP no library can be loaded before a sanitizer')
        return 0
    print(f'1..{len(kinds)}', flush=True)
    for i, kind in enumerate(kinds):
        try:
            summary = try_kind(mode, kind, pathlib.Path(cli).resolve(), preload)
            print(f'# {summary}\nok {i + 1} {kind.name}', flush=True)
        except Failure as failure:
            print('# ' + str(failure).replace('\n', '\n# ') + f'\nnot ok {i + 1} {kind.name}', flush=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
