"""Keep what was learnt as plain arrays and text: nothing in a model file can run code."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from components.features import Floats, Vectorizer


def save_vectorizer(stem: Path, vectorizer: Vectorizer, weights: Floats) -> None:
    """Write a vectorizer and its weights beside each other, as ``.json`` and ``.npz``."""
    described = {
        "smallest": vectorizer.smallest,
        "largest": vectorizer.largest,
        "words": vectorizer.words,
        "grams": list(vectorizer.vocabulary),
    }
    stem.with_suffix(".json").write_text(
        json.dumps(described, ensure_ascii=False), encoding="utf-8"
    )
    # Half precision halves the file; the rounding is far below what the training noise is.
    np.savez(stem.with_suffix(".npz"), idf=vectorizer.idf, weights=weights.astype(np.float16))


def load_vectorizer(stem: Path) -> tuple[Vectorizer, Floats]:
    """Read what ``save_vectorizer`` wrote."""
    described = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    with np.load(stem.with_suffix(".npz"), allow_pickle=False) as arrays:
        idf, weights = arrays["idf"], arrays["weights"].astype(np.float32)
    vectorizer = Vectorizer(
        {gram: at for at, gram in enumerate(described["grams"])},
        idf,
        smallest=described["smallest"],
        largest=described["largest"],
        words=described["words"],
    )
    return vectorizer, weights
