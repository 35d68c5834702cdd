#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an exported network with programs that are not ours, and compares it with the JSON document of the same rows.

Usage: read-exchange.py graphml|gexf DOCUMENT.json FILE [unsigned] [vectors]
       read-exchange.py csv DOCUMENT.json NODES.csv EDGES.csv [unsigned] [vectors]

Exit status: 0 all of it says the same; 1 it does not; 77 NetworkX is not there.
"""
import csv
import json
import math
import sys

POSITION = ("x", "y", "z")
ENDS = ("source_neuron_id", "target_neuron_id")


def fail(what):
    sys.exit(f"read-exchange.py: {what}")


def expect(value, expected, what):
    """Whether what was read is what the document has: numbers exactly, lists and objects as JSON text."""
    if isinstance(expected, (list, dict)):
        if json.loads(value) != expected:
            fail(f"{what} is {value!r}, not {expected!r}")
    elif isinstance(value, str) and isinstance(expected, (int, float)) and not isinstance(expected, bool):
        if type(expected)(value) != expected and str(expected) != value:
            fail(f"{what} is {value!r}, not {expected!r}")
    elif isinstance(value, bool) != isinstance(expected, bool) or value != expected:
        fail(f"{what} is {value!r}, not {expected!r}")


def flatten_neuron(neuron):
    hidden = ("id", "position") if "vectors" in sys.argv else ("id", "position", "vector")
    flat = {name: value for name, value in neuron.items() if name not in hidden and value is not None}
    flat.update({axis: neuron["position"][axis] for axis in POSITION})
    return flat


def flatten_synapse(synapse):
    flat = {name: value for name, value in synapse.items() if name not in ("id", *ENDS) and value is not None}
    flat["sign"] = int(math.copysign(1, synapse["weight"])) if synapse["weight"] else 0
    if "unsigned" in sys.argv:
        flat["weight"] = abs(flat["weight"])
    return flat


def compare(attributes, expected, what):
    """All that is expected, and nothing else; a member whose name other attributes have has a number behind it."""
    for name, value in expected.items():
        found = name if name in attributes else name + "_2"
        # To most readers of elements and of tables, what is empty is not there.
        if value == "" and found not in attributes and sys.argv[1] != "gexf":
            continue
        if found not in attributes:
            fail(f"{what} has no {name}, but {sorted(attributes)}")
        expect(attributes.pop(found), value, f"{name} of {what}")
    if attributes:
        fail(f"{what} has {attributes} too")


def compare_all(document, nodes, edges):
    """@nodes: id, label and attributes; @edges: id, both ends and attributes."""
    neurons = {neuron["id"]: neuron for neuron in document["neurons"]}
    synapses = {synapse["id"]: synapse for synapse in document["synapses"]}
    if len(nodes) != len(neurons) or len(edges) != len(synapses):
        fail(f"{len(nodes)} nodes and {len(edges)} edges, not {len(neurons)} and {len(synapses)}")
    for node, label, attributes in nodes:
        text = " ".join((neurons[node].get("source_data") or label).split())
        if not text.startswith(label.rstrip("…")) or not label or len(label) > 81 or "\n" in label:
            fail(f"the label of {node} is {label!r}")
        compare(attributes, flatten_neuron(neurons[node]), node)
    for edge, source, target, attributes in edges:
        synapse = synapses[edge]
        if [source, target] != [synapse[end] for end in ENDS]:
            fail(f"{edge} joins {source} and {target}")
        compare(attributes, flatten_synapse(synapse), edge)


def read_graph(kind, path):
    try:
        import networkx
    except ImportError:
        sys.exit(77)
    if kind == "graphml":
        graph = networkx.read_graphml(path, force_multigraph=True)
        edges = [(key, source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)]
    else:
        # Debian 12's knows GEXF up to 1.2, which differs in the name alone for what is used here.
        from networkx.readwrite import gexf
        gexf.GEXF.versions.setdefault("1.3", dict(gexf.GEXF.versions["1.2draft"], NS_GEXF="http://gexf.net/1.3",
                                                  NS_VIZ="http://gexf.net/1.3/viz", VERSION="1.3"))
        graph = networkx.read_gexf(path, version="1.3")
        edges = [(data.pop("id"), source, target, data) for source, target, data in graph.edges(data=True)]
        if graph.number_of_edges() > 0 and not graph.is_multigraph():
            fail("parallel synapses have become one")
    if not graph.is_directed():
        fail("the graph has no directions")
    nodes = [(node, data.pop("label"), data) for node, data in graph.nodes(data=True)]
    if kind == "gexf":
        for _, _, data in nodes:
            data.update(data.pop("viz")["position"])
    return nodes, edges


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        if not file.readline().endswith("\r\n"):
            fail(f"{path} has lines that do not end as RFC 4180 wants it")
        file.seek(0)
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        if None in row or None in row.values():
            fail(f"{path}: a row has too few or too many fields: {row}")
    return [{name: value for name, value in row.items() if value != ""} for row in rows]


def convert(attributes, expected):
    """Tables know no types: truth values and texts that look like numbers are what the document says."""
    return {name: value == "true" if isinstance(expected.get(name), bool) else value
            for name, value in attributes.items()}


def read_tables(document, nodes_path, edges_path):
    neurons = {neuron["id"]: flatten_neuron(neuron) for neuron in document["neurons"]}
    nodes = [(row.pop("Id"), row.pop("Label"), row) for row in read_table(nodes_path)]
    nodes = [(node, label, convert(row, neurons[node])) for node, label, row in nodes]
    edges = []
    for row in read_table(edges_path):
        if row.pop("Type") != "Directed":
            fail("an edge has no direction")
        row["weight"] = row.pop("Weight")
        edges.append((row.pop("Id"), row.pop("Source"), row.pop("Target"), row))
    return nodes, edges


def main():
    kind, document_path, *paths = sys.argv[1:]
    with open(document_path, encoding="utf-8") as file:
        document = json.load(file)
    if kind == "csv":
        nodes, edges = read_tables(document, *paths[:2])
    else:
        nodes, edges = read_graph(kind, paths[0])
    compare_all(document, nodes, edges)
    print(f"# {len(nodes)} nodes and {len(edges)} edges are those of the document")


main()
