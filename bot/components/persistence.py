"""Keep what was learnt as plain arrays and text: nothing in a model file can run code."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from components.features import Vectorizer, View
from components.network import Network
from components.tables import Table, Weights, packed
from components.thesaurus import Thesaurus


def save_vectorizer(stem: Path, vectorizer: Vectorizer, weights: Weights) -> None:
    """Write a vectorizer and its weights beside each other, as ``.json`` and ``.npz``."""
    described = {
        "view": asdict(vectorizer.view),
        "grams": list(vectorizer.vocabulary),
        "concepts_of": vectorizer.thesaurus.concepts_of,
    }
    stem.with_suffix(".json").write_text(
        json.dumps(described, ensure_ascii=False), encoding="utf-8"
    )
    table = packed(weights)
    np.savez(stem.with_suffix(".npz"), idf=vectorizer.idf, rows=table.rows, units=table.units)


def load_vectorizer(stem: Path) -> tuple[Vectorizer, Table]:
    """Read what ``save_vectorizer`` wrote."""
    described = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    with np.load(stem.with_suffix(".npz"), allow_pickle=False) as arrays:
        idf, table = arrays["idf"], Table(arrays["rows"], arrays["units"])
    vocabulary = {gram: at for at, gram in enumerate(described["grams"])}
    thesaurus = Thesaurus(described["concepts_of"])
    return Vectorizer(vocabulary, idf, View(**described["view"]), thesaurus), table


def save_network(path: Path, network: Network) -> None:
    """Write a network."""
    table = packed(network.embedding)
    np.savez(path, rows=table.rows, units=table.units, bias=network.bias, output=network.output)


def load_network(path: Path) -> Network:
    """Read what ``save_network`` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        table = Table(arrays["rows"], arrays["units"])
        return Network(table, arrays["bias"], arrays["output"])
