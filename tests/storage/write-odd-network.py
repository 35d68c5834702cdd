#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a network's document as the Python program does, with all that Python can hold and a database can not.

write-odd-network.py SEED OUT [--compact]
"""
import hashlib
import json
import random
import struct
import sys
import uuid

ODD_CHARACTERS = ['"', '\\', '/', '\n', '\r', '\t', '\b', '\f', '\0', '\x01', '\x1f', '\x7f', '\x80', 'é', '\u2028',
                  '\ud800', '\udfff', '\ue000', '\uffff', '😀', '\U0010ffff', ' ', '{', '}', '[', ']', ':', ',', '0']
REALS = [0.0, -0.0, 1.0, 5e-324, 1.7976931348623157e308, 1e16, 1e15, 123456789012345680.0, 1e-4, 9.999e-5, 1e22, 0.1]
WHOLE = [0, 1, -1, 10 ** 20, 2 ** 53 + 1, 2 ** 63, -2 ** 64, 10 ** 400]


class Odd:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *values):
        return self.random.choice(values)

    def id(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def text(self):
        if self.random.random() < 0.5:
            return ''.join(chr(self.random.randrange(32, 127)) for _ in range(self.random.randrange(30)))
        return ''.join(self.random.choice(ODD_CHARACTERS) for _ in range(self.random.randrange(12)))

    def real(self):
        return self.pick(self.random.uniform(-1, 1), self.random.gauss(0, 100), self.random.choice(REALS),
                         self.random.uniform(-1, 1) * 10.0 ** self.random.randrange(-320, 300))

    def number(self):
        return self.real() if self.random.random() < 0.7 else self.random.choice(WHOLE[:-1])

    def float32(self):
        value = self.pick(self.random.gauss(0, 1), self.random.uniform(-1, 1) * 10.0 ** self.random.randrange(-40, 38),
                          0.0, -0.0, 1.0, 0.1)
        return struct.unpack('<f', struct.pack('<f', value))[0]

    def value(self, depth=0):
        kind = self.random.randrange(9 if depth < 5 else 6)
        if kind < 2:
            return self.pick(None, True, False)
        if kind == 2:
            return self.pick(self.random.choice(WHOLE), self.random.getrandbits(200))
        if kind == 3:
            return self.real()
        if kind < 6:
            return self.text()
        if kind == 6:
            return [self.value(depth + 1) for _ in range(self.random.randrange(5))]
        return self.object(depth + 1)

    def object(self, depth=0):
        return {self.text(): self.value(depth) for _ in range(self.random.randrange(5))}

    def time(self):
        when = '20%02d-%02d-%02dT%02d:%02d:%02d' % tuple(self.random.randrange(*part) for part in
                                                         ((100,), (1, 13), (1, 29), (24,), (60,), (60,)))
        return when + self.pick('', '.%06d' % self.random.randrange(1, 10 ** 6))

    def perhaps(self, value):
        return None if self.random.random() < 0.15 else value

    def type_fields(self, name):
        if name == 'knowledge':
            return {'source_data': self.perhaps(self.text()), 'compression_ratio': self.perhaps(self.number()),
                    'semantic_tags': self.perhaps([self.text() for _ in range(self.random.randrange(4))]),
                    'importance': self.perhaps(self.number())}
        if name == 'tool':
            return {'function_signature': self.perhaps(self.text()), 'executable_code': self.perhaps(self.text()),
                    'input_schema': self.perhaps(self.object()), 'output_schema': self.perhaps(self.object()),
                    'execution_count': self.perhaps(self.pick(0, 5, 2 ** 63 - 1, -2 ** 63, 3.0, 1e15)),
                    'average_execution_time': self.perhaps(self.number()),
                    'activation_threshold': self.perhaps(self.number())}
        if name == 'memory':
            return {'neuron_class': self.perhaps(self.text()), 'memory_type': 'short-term', 'timestamp': self.time(),
                    'context': self.perhaps(self.object()), 'importance': self.perhaps(self.number()),
                    'access_count': self.perhaps(self.pick(0, 10 ** 30, 2.0)),
                    'last_accessed': self.perhaps(self.time()), 'source_data': self.perhaps(self.text())}
        if name in ('chronos', ''):
            fields = {'source_data': self.value(), 'semantic_tags': self.value(), 'input_schema': self.value(),
                      'execution_count': self.pick(None, 'often', 7, 2.0), 'activation_threshold': self.pick([], 0.5, 1)}
            return {name: fields[name] for name in fields if self.random.random() < 0.5}
        return {}

    def members(self):
        if self.random.random() < 0.6:
            return {}
        return {self.text() or 'gain': self.value() for _ in range(3)}

    def neuron(self, dimension):
        name = self.pick('knowledge', 'tool', 'memory', 'sensor', 'chronos', '', self.text())
        position = {'x': self.number(), 'y': self.number(), 'z': self.number()}
        vector = self.pick([self.float32() for _ in range(dimension)], None, [], [1] * dimension)
        if self.random.random() < 0.2:
            position['w'] = self.value()
        return {'id': self.id(), 'type': name, 'position': position, 'vector': vector,
                'metadata': self.perhaps(self.object()), 'activation_level': self.number(),
                'created_at': self.time(), 'modified_at': self.time(), **self.type_fields(name), **self.members()}

    def synapse(self, neurons):
        return {'id': self.id(), 'source_neuron_id': self.random.choice(neurons)['id'],
                'target_neuron_id': self.random.choice(neurons)['id'],
                'weight': self.pick(self.random.uniform(-1, 1), 1, -1, 0, 1.0, -0.0, 1e-300),
                'usage_count': self.perhaps(self.pick(0, 1, 2 ** 62, 7.0, -3)),
                'last_traversed': self.perhaps(self.time()), 'synapse_type': self.pick('knowledge', self.text()),
                'metadata': self.perhaps(self.object()), 'created_at': self.time(), 'modified_at': self.time(),
                **self.members()}

    def network(self):
        dimension = self.pick(1, 8, 40)
        neurons = [self.neuron(dimension) for _ in range(self.random.randrange(1, 50))]
        return {'neurons': neurons, 'synapses': [self.synapse(neurons) for _ in range(self.random.randrange(80))]}


def main():
    odd = Odd(int(sys.argv[1]))
    # What is read again: two halves of a pair that met are one character.
    network = json.loads(json.dumps(odd.network()))
    checksum = hashlib.sha256(json.dumps(network, sort_keys=True).encode()).hexdigest()
    members = {'version': 1, 'export_time': odd.time(), **network, 'stats': odd.object(), 'checksum': checksum,
               'whatever': odd.value()}
    names = list(members)
    odd.random.shuffle(names)
    with open(sys.argv[2], 'w', encoding='ascii') as file:
        json.dump({name: members[name] for name in names}, file, indent=None if '--compact' in sys.argv else 2)


main()
