#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a document as the Python program does, and compares its checksum.

check-document.py DOCUMENT             strict JSON, the members in their order, the right checksum
check-document.py DOCUMENT --layout    and white space as json.dump() writes it, with an indent of 2 or without
check-document.py DOCUMENT --original OTHER    and neurons and synapses byte for byte as those of OTHER would be if it
    had been kept in a database of version 1: without importance, and without the fields of memory
"""
import hashlib
import json
import sys

MEMORY = {'neuron_class': 'MemoryNeuron', 'memory_type': 'short-term', 'context': {}, 'access_count': 0,
          'last_accessed': None}


def refuse(name):
    raise ValueError(name + ' is no JSON')


def check(text):
    document = json.loads(text, parse_constant=refuse)
    assert list(document) == ['version', 'export_time', 'neurons', 'synapses', 'stats', 'checksum'], list(document)
    assert document['version'] == 1
    assert list(document['stats']) == ['neurons_loaded', 'synapses_loaded', 'duration_seconds', 'timestamp']
    assert document['stats']['neurons_loaded'] == len(document['neurons'])
    assert document['stats']['synapses_loaded'] == len(document['synapses'])
    content = {'neurons': document['neurons'], 'synapses': document['synapses']}
    canonical = json.dumps(content, sort_keys=True).encode()
    assert hashlib.sha256(canonical).hexdigest() == document['checksum'], 'the checksum is wrong'
    return document


def lose(neuron):
    for name in ('importance', *MEMORY, 'timestamp'):
        if name in neuron:
            neuron[name] = MEMORY.get(name, 0.5)
    if 'timestamp' in neuron:
        neuron['timestamp'] = neuron['created_at']


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        text = file.read()
    document = check(text)
    if '--layout' in sys.argv:
        assert text in (json.dumps(document, indent=2), json.dumps(document)), 'the layout is another'
    if '--original' in sys.argv:
        with open(sys.argv[-1], encoding='utf-8') as file:
            original = json.load(file)
        for neuron in original['neurons']:
            lose(neuron)
        for name in ('export_time', 'stats', 'checksum'):
            original[name] = document[name]
        assert text == json.dumps(original, indent=2), 'the text is another'


main()
