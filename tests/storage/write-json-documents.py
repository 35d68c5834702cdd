#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes JSON documents, each followed by the canonical text that Python itself makes of it; each ends with a NUL."""
import json
import random
import struct
import sys

SHORT_ESCAPES = {'"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t'}
# What sorts differently by UTF-16 units, or is written in a way of its own.
ODD_CHARACTERS = ['"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\0', '\x01', '\x1f', '\x7f', '\x80', 'é', 'ß', '中',
                  '\u2028', '\ud7ff', '\ud800', '\udbff', '\udc00', '\udfff', '\ue000', '\ufffd', '\uffff',
                  '\U00010000', '😀', '\U0010ffff']
NUMBERS = ['0', '-0', '-0.0', '0.0', '0e5', '-0e5', '1', '-1', '1.0', '1E5', '1e+5', '1e-07', '0.1e1', '100', '1e16',
           '123456789012345678901234567890', '-18446744073709551617', '9007199254740993', '9007199254740993.0',
           '1e15', '1e308', '1.7976931348623157e308', '5e-324', '2.4e-324', '1e-999', '0.1', '0.30000000000000004',
           '1.' + '3' * 400, '7' * 4300, '-' + '7' * 4300, '0.0001', '0.00001', '1234567890123456.7']


def escape(character, randomness):
    code = ord(character)
    units = [code] if code < 0x10000 else [0xd800 + (code - 0x10000 >> 10), 0xdc00 + (code - 0x10000 & 0x3ff)]
    return ''.join(('\\u%04x' if randomness.random() < 0.5 else '\\u%04X') % unit for unit in units)


def write_text(randomness):
    written = '"'
    for _ in range(randomness.choice([0, 1, 1, 2, 3, 8, 40])):
        kind = randomness.random()
        if kind < 0.6:
            character = chr(randomness.randrange(0x20, 0x7f))
        elif kind < 0.9:
            character = randomness.choice(ODD_CHARACTERS)
        else:
            character = chr(randomness.randrange(0x110000))
        must_escape = character in '"\\' or character < ' ' or '\ud800' <= character <= '\udfff'
        if character in SHORT_ESCAPES and randomness.random() < 0.5:
            written += SHORT_ESCAPES[character]
        elif must_escape or randomness.random() < 0.2:
            written += escape(character, randomness)
        else:
            written += character
    return written + '"'


def write_number(randomness):
    if randomness.random() < 0.5:
        return randomness.choice(NUMBERS)
    number = struct.unpack('<d', randomness.randbytes(8))[0]
    text = repr(number if number - number == 0 else randomness.random())
    return text.upper() if randomness.random() < 0.2 else text


def write_space(randomness):
    return randomness.choice(['', '', '', ' ', '\n', '\t', '\r\n  '])


def write_list(randomness, depth):
    items = [write_value(randomness, depth - 1) for _ in range(randomness.choice([0, 1, 2, 5]))]
    return '[' + write_space(randomness) + ','.join(items) + ']'


def write_object(randomness, depth):
    names = [write_text(randomness) for _ in range(randomness.choice([0, 1, 2, 5, 9]))]
    if names and randomness.random() < 0.3:
        names.append(randomness.choice(names))
    members = [write_space(randomness) + name + write_space(randomness) + ':' + write_value(randomness, depth - 1)
               for name in names]
    return '{' + write_space(randomness) + ','.join(members) + '}'


def write_value(randomness, depth):
    kind = randomness.random()
    if depth > 0 and kind < 0.35:
        value = write_object(randomness, depth)
    elif depth > 0 and kind < 0.55:
        value = write_list(randomness, depth)
    elif kind < 0.75:
        value = write_text(randomness)
    elif kind < 0.92:
        value = write_number(randomness)
    else:
        value = randomness.choice(['true', 'false', 'null'])
    return write_space(randomness) + value + write_space(randomness)


def write_deep(depth):
    return '{"b":[' * (depth // 2) + '1' + '],"a":0.50}' * (depth // 2)


def main():
    randomness = random.Random(int(sys.argv[1]))
    documents = [write_value(randomness, randomness.randrange(7)) for _ in range(int(sys.argv[2]))]
    documents.append(write_deep(900))
    for document in documents:
        canonical = json.dumps(json.loads(document), sort_keys=True)
        sys.stdout.buffer.write(document.encode() + b'\0' + canonical.encode() + b'\0')


main()
