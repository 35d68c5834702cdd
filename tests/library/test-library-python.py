#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and changes networks through GObject introspection, as any language does that knows it.

Usage: test-library-python.py PAGE_OF_THE_DOCUMENTATION
"""
import contextlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import gi
except ImportError:
    print('1..0 # SKIP PyGObject is not there')
    sys.exit()

gi.require_version('Engram', '1')
from gi.repository import Engram, Gio, GLib  # noqa: E402, pylint: disable=wrong-import-position

SHARED = pathlib.Path(os.environ.get('ENGRAM_SHARED_DATA', ''))
WORM = SHARED / 'celegans' / 'celegans.json'
PAGE = pathlib.Path(sys.argv[1]).resolve()
NOBODY = '00000000-0000-4000-8000-000000000000'


class Library(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = str(self.folder / 'network.db')
        subprocess.run([os.environ['ENGRAM_CLI'], 'generate', self.path, '--neurons', '300', '--synapses', '900',
                        '--dimensions', '8', '--seed', '7'], check=True, capture_output=True)
        self.database = Engram.Database.open(self.path, None)
        self.neurons = Engram.NeuronStore.new(self.database)
        self.synapses = Engram.SynapseStore.new(self.database)

    def assert_error(self, code, function, *arguments):
        with self.assertRaises(GLib.Error) as raised:
            function(*arguments)
        self.assertTrue(raised.exception.matches(Engram.error_quark(), code), raised.exception)
        return raised.exception

    def list_neurons(self):
        found = []
        while page := self.neurons.list_after(found[-1].rowid if found else GLib.MININT64, 70, None):
            found += page
        return found

    def test_counts(self):
        self.assertEqual(self.neurons.count(None)[1], 300)
        self.assertEqual(self.synapses.count(None)[1], 900)
        statistics = self.database.get_statistics(None)
        self.assertEqual((statistics.neurons, statistics.synapses, statistics.dimension), (300, 900, 8))

    def test_records(self):
        neurons = {neuron.id: neuron for neuron in self.list_neurons()}
        self.assertEqual(len(neurons), 300)
        n_synapses = 0
        for neuron in neurons.values():
            self.assertTrue(neuron.get_summary())
            self.assertEqual(len(neuron.position), 3)
            for synapse in self.synapses.list_by_source(neuron.id, None):
                self.assertEqual(synapse.source_id, neuron.id)
                self.assertIn(synapse.target_id, neurons)
                self.assertLessEqual(abs(synapse.weight), 1)
                n_synapses += 1
        self.assertEqual(n_synapses, 900)

    def test_lists_outlive_their_arrays(self):
        kept = []
        for _ in range(20):
            kept.append(self.neurons.list_after(GLib.MININT64, 300, None))
        self.assertEqual(len({tuple(neuron.id for neuron in page) for page in kept}), 1)

    def test_worm(self):
        if not WORM.exists():
            self.skipTest('the shared data are not there')
        database = Engram.Database.create(str(self.folder / 'worm.db'), None)
        Engram.import_(database, [str(WORM)], Engram.ImportOptions(), None, None, None)
        self.assertEqual(Engram.NeuronStore.new(database).count(None)[1], 302)
        self.assertEqual(Engram.SynapseStore.new(database).count(None)[1], 2831)
        first = Engram.NeuronStore.new(database).list_after(GLib.MININT64, 1, None)[0]
        self.assertTrue(first.get_summary().startswith('ADAL: interneuron'))

    def test_search(self):
        searcher = Engram.Searcher.new(self.database)
        sort = Engram.Sort()
        sort.key = Engram.SortKey.WEIGHT
        query, _, _ = Engram.Query.parse('weight:>0.5')
        found = searcher.find(Engram.RecordKind.SYNAPSE, query, sort, None, None, None)
        strong = sum(synapse.weight > 0.5 for neuron in self.list_neurons()
                     for synapse in self.synapses.list_by_source(neuron.id, None))
        self.assertEqual(found.order.get_size(), strong)
        self.assertEqual(found.n_all, 900)
        self.assert_error(Engram.Error.INVALID, Engram.Query.parse, 'weight:>')

    def test_errors(self):
        error = self.assert_error(Engram.Error.NOT_FOUND, self.neurons.get, NOBODY, None)
        self.assertIn(NOBODY, error.message)
        self.assert_error(Engram.Error.NO_FILE, Engram.Database.open, str(self.folder / 'missing.db'), None)
        text = self.folder / 'text.db'
        text.write_text('This is no network.', encoding='utf-8')
        self.assert_error(Engram.Error.NOT_A_NETWORK, Engram.Database.open, str(text), None)

    def test_cancelling(self):
        cancellable = Gio.Cancellable()
        cancellable.cancel()
        with self.assertRaises(GLib.Error) as raised:
            self.neurons.list_after(GLib.MININT64, 10, cancellable)
        self.assertTrue(raised.exception.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED))

    def test_changing(self):
        neuron = Engram.Neuron.new('memory')
        neuron.set_text(Engram.NeuronColumns.SOURCE_DATA, 'Grüße aus Python')
        self.neurons.create(neuron, None)
        self.assertEqual(self.neurons.get(neuron.id, None).get_summary(), 'Grüße aus Python')
        history = Engram.History.open(self.database, str(self.folder), None)
        Engram.prune(self.database, 0.2, False, history, None, None, None)
        left = self.synapses.count(None)[1]
        self.assertLess(left, 900)
        self.assertEqual([step.name for step in history.get_steps()[1]], ['prune'])
        history.undo(None, None, None)
        self.assertEqual(self.synapses.count(None)[1], 900)

    def test_sample_of_documentation(self):
        sample = re.search(r'^```python\n(.*?)^```', PAGE.read_text(encoding='utf-8'), re.MULTILINE | re.DOTALL)[1]
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(sample.replace("'network.db'", repr(self.path)), {})  # pylint: disable=exec-used
        first = self.list_neurons()[0]
        self.assertTrue(printed.getvalue().startswith(f'{first.id} {first.get_summary()} ['))
        self.assertIn('not-there', printed.getvalue())

    def test_progress(self):
        phases = []
        report = Engram.integrity_check(self.database, Engram.IntegrityFlags.ALL,
                                        lambda phase, fraction, *data: phases.append((phase, fraction)), None, None)
        self.assertEqual(report.get_neurons(), 300)
        self.assertTrue(phases)
        self.assertTrue(all(phase for phase, _ in phases))


class Tap(unittest.TestResult):
    def report(self, test, status, note=''):
        name = test.id().rpartition('.')[2].removeprefix('test_').replace('_', '-')
        print(f'{status} {self.testsRun} /library-python/{name}{note}', flush=True)

    def addSuccess(self, test):
        self.report(test, 'ok')

    def addSkip(self, test, reason):
        self.report(test, 'ok', f' # SKIP {reason}')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.report(test, 'not ok')
        print(''.join(f'# {line}\n' for line in self.failures[-1][1].splitlines()), end='')

    def addError(self, test, err):
        super().addError(test, err)
        self.report(test, 'not ok')
        print(''.join(f'# {line}\n' for line in self.errors[-1][1].splitlines()), end='')


suite = unittest.defaultTestLoader.loadTestsFromTestCase(Library)
print(f'1..{suite.countTestCases()}')
sys.exit(0 if suite.run(Tap()).wasSuccessful() else 1)
