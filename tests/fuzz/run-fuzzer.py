#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one fuzzer from its seeds. What it finds is written into the folder of findings, and makes this fail.

Usage: run-fuzzer.py FUZZER SEEDS (--runs N | --minutes N) [--corpus FOLDER] [--findings FOLDER]

Seeds are the files in the folder SEEDS and what make-seeds.py makes under its name. With --corpus, inputs that led to
new code are kept there and the next run starts from them too.
"""
import argparse
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

# Nothing is left in the source tree.
sys.dont_write_bytecode = True

FOLDER = pathlib.Path(__file__).parent
SECONDS_PER_INPUT = 20
MEMORY_MIB = 2048


def make_seeds(name, folder):
    specification = importlib.util.spec_from_file_location('make_seeds', FOLDER / 'make-seeds.py')
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    folder.mkdir(parents=True)
    module.make(name, folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('fuzzer')
    parser.add_argument('seeds', type=pathlib.Path)
    parser.add_argument('--runs', type=int)
    parser.add_argument('--minutes', type=float)
    parser.add_argument('--corpus', type=pathlib.Path)
    parser.add_argument('--findings', type=pathlib.Path, default=pathlib.Path('.'))
    arguments = parser.parse_args()

    # Fuzzers that write files write them in memory.
    shared_memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix='engram-fuzz-', dir=shared_memory) as temporary:
        temporary = pathlib.Path(temporary)
        corpus = arguments.corpus or temporary / 'corpus'
        made = temporary / 'seeds'
        corpus.mkdir(parents=True, exist_ok=True)
        arguments.findings.mkdir(parents=True, exist_ok=True)
        make_seeds(arguments.seeds.name, made)
        command = [arguments.fuzzer, f'-timeout={SECONDS_PER_INPUT}', f'-rss_limit_mb={MEMORY_MIB}', '-max_len=65536',
                   f'-dict={FOLDER / "json.dict"}', f'-artifact_prefix={arguments.findings}/{arguments.seeds.name}-']
        if arguments.runs is not None:
            command += [f'-runs={arguments.runs}', '-seed=1']
        else:
            command += [f'-max_total_time={round(arguments.minutes * 60)}']
        command += [str(corpus), str(made)]
        if arguments.seeds.is_dir():
            command.append(str(arguments.seeds))
        environment = dict(os.environ, TMPDIR=str(temporary), G_SLICE='always-malloc',
                           ASAN_OPTIONS='detect_leaks=1:allocator_may_return_null=1',
                           UBSAN_OPTIONS='print_stacktrace=1:halt_on_error=1')
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
