"""A quick run of the benchmarks produces every figure; how large they are is not tested."""

import subprocess
import sys
from pathlib import Path

import msgspec

from abonent.settings import ROOT
from bench.figures import Report, Spread, middle

PROCESSES = ("actions", "bot", "desk", "gateway", "postgres", "valkey")
FIGURES = {
    ("ready", "first start"),
    ("ready", "second start"),
    ("sockets", "memory a chat"),
    ("bot answers", "answer in the chat, Ukrainian"),
    ("bot answers", "answer in the chat, Russian"),
    ("bot answers", "answer in the chat, English"),
    ("bot answers", "answer in the chat, all three"),
    ("bot answers", "message stored"),
    ("relay", "operator to subscriber"),
    ("relay", "subscriber to operator"),
    ("queue", "on the screens of"),
    ("processor time a relayed message", "gateway"),
    *(("memory at rest", name) for name in PROCESSES),
    *(("memory after the load", name) for name in PROCESSES),
}
NOTHING_LOST = {
    ("relay", "messages that did not arrive"),
    ("queue", "updates that did not arrive"),
}


def test_quick_run_measures_everything(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    command = [sys.executable, "-m", "bench", "--quick", "--output", str(kept)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    report = msgspec.json.decode(kept.read_bytes(), type=Report)
    for part, name in FIGURES:
        assert measured(report, part, name) > 0, name
        assert name in result.stdout
    for part, name in NOTHING_LOST:
        assert measured(report, part, name) == 0, name


def test_kept_figures_set_answers_against_the_bot_itself() -> None:
    example = msgspec.json.decode(
        (ROOT / "bench" / "results" / "example.json").read_bytes(), type=Report
    )
    answers = [figure for figure in example.figures if figure.name.startswith("answer in")]
    assert answers
    for figure in answers:
        assert isinstance(figure.measured, Spread)
        assert figure.ratio is not None


def measured(report: Report, part: str, name: str) -> float:
    """The figure whose name begins like this."""
    found = [one for one in report.figures if one.part == part and one.name.startswith(name)]
    assert len(found) == 1, (part, name, found)
    return middle(found[0].measured)
