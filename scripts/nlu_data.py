"""Checks of the training data that Rasa's own validation does not make.

An example stands for one intent only, stands there once, and is not among those the model is
measured on: else the measure flatters. A concept of the thesaurus stands in one place, with words
the bot can find.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from abonent.settings import ROOT

TRAINING = ROOT / "nlu_data" / "nlu"
MEASURE = ROOT / "nlu_data" / "test"
THESAURUS = ROOT / "nlu_data" / "thesaurus"
OUT_OF_SCOPE = "out_of_scope"
KINDS = ("other_firms", "chatter", "abuse", "gibberish", "near_miss")
FEWEST_OF_A_KIND = 400
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
LONGEST_PHRASE = 4
"""The bot looks for phrases of so many words (``components/thesaurus.py``)."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NOT_LETTERS = re.compile(r"[^\w*#]+")


@dataclass(frozen=True)
class Example:
    """A message as it stands in a file, and what it means."""

    text: str
    intent: str
    file: Path
    kind: str = ""
    """Which sort of out-of-scope message it is."""

    @property
    def core(self) -> str:
        """The text as the checks compare it: without annotation, case and punctuation."""
        plain = _ANNOTATION.sub(r"\1", self.text).casefold()
        # An emoji has no letters to compare: it stands for itself.
        return _NOT_LETTERS.sub(" ", plain).strip() or plain.strip()


def examples(folder: Path) -> Iterator[Example]:
    """Give every example of the files in a folder."""
    for file in sorted(folder.rglob("*.yml")):
        content = yaml.safe_load(file.read_text()) or {}
        for block in content.get("nlu", ()):
            if "intent" not in block:
                continue
            kind = block.get("metadata", {}).get("kind", "")
            for line in block["examples"].splitlines():
                if line.strip().startswith("- "):
                    yield Example(line.strip()[2:].strip(), block["intent"], file, kind)


def faults(training: list[Example], measure: list[Example]) -> list[str]:
    """Return a sentence for each fault."""
    found = []
    by_core: dict[str, list[Example]] = defaultdict(list)
    for example in training:
        by_core[example.core].append(example)
    for same in by_core.values():
        intents = sorted({example.intent for example in same})
        if len(intents) > 1:
            found.append(f"{_where(same[0])} stands for {' and '.join(intents)}")
        # The same word may be said in two languages, each with a file of its own.
        elif len(same) > len({example.file for example in same}):
            found.append(f"{_where(same[0])} stands {len(same)} times under {intents[0]}")
    found += [
        f"{_where(example)} is also trained on, in {by_core[example.core][0].file.name}"
        for example in measure
        if example.core in by_core
    ]
    return found


def shortages(training: list[Example]) -> list[str]:
    """Return a sentence for each kind of out-of-scope message there are too few of."""
    kinds = Counter(one.kind for one in training if one.intent == OUT_OF_SCOPE)
    return [
        f"{kinds[kind]} examples of {OUT_OF_SCOPE}, {kind}: at least {FEWEST_OF_A_KIND} are needed"
        for kind in KINDS
        if kinds[kind] < FEWEST_OF_A_KIND
    ]


def thesaurus_faults(folder: Path) -> list[str]:
    """Return a sentence for each thing wrong with the concepts of a folder's files."""
    found = []
    home: dict[str, str] = {}
    for file in sorted(folder.glob("*.yml")):
        for concept, phrases in _mapping(file):
            if concept in home:
                found.append(f"{file.name}: {concept} stands in {home[concept]}, too")
            home[concept] = file.name
            found += [f"{file.name}: {concept}: {wrong}" for wrong in _wrong_phrases(phrases)]
    return found


def _mapping(file: Path) -> Iterator[tuple[str, list[object]]]:
    # Of two keys alike in one file a YAML reader would keep the last without a word.
    mapping = yaml.compose(file.read_text())
    for key, value in mapping.value if mapping else ():
        yield key.value, yaml.safe_load(yaml.serialize(value))


def _wrong_phrases(phrases: list[object]) -> Iterator[str]:
    for phrase, times in Counter(phrases).items():
        if not isinstance(phrase, str):
            yield f"{phrase!r} is no text: quote it"
        elif not any(map(str.isalpha, phrase)):
            yield f"{phrase!r} has no letters"
        elif len(_WORD.findall(phrase)) > LONGEST_PHRASE:
            yield f"{phrase!r} has more than {LONGEST_PHRASE} words"
        if times > 1:
            yield f"{phrase!r} stands {times} times"


def main() -> int:
    """Print every fault; return 1 if there is one."""
    training, measure = list(examples(TRAINING)), list(examples(MEASURE))
    found = faults(training, measure) + shortages(training) + thesaurus_faults(THESAURUS)
    for fault in found:
        print(fault)
    print(f"{len(training)} examples, {len(measure)} to measure by, {len(found)} faults")
    return 1 if found or not training else 0


def _where(example: Example) -> str:
    return f'{example.file.name}: "{example.text}"'


if __name__ == "__main__":
    sys.exit(main())
