"""Run the benchmarks: a table on the screen, the figures in `bench/results/`.

Usage: python -m bench [--quick] [--output FILE]
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console

from abonent import __version__
from abonent.terminal import complain, out, say
from bench import course, machine
from bench.figures import Report
from bench.plan import QUICK, WHOLE
from bench.table import LEAST_WIDTH, table

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Measure, print and keep the figures."""
    chosen = _arguments()
    # Without bytecode on disk every start of a process would compile its imports anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        report = _report(is_quick=chosen.quick)
    except course.MeasurementFailed as failure:
        complain(str(failure))
        return 1
    Console(width=max(out.width, LEAST_WIDTH), highlight=False).print(table(report))
    path = chosen.output or RESULTS / _file_name(report)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    say(f"Kept in {path}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a short trial of every measurement")
    parser.add_argument("--output", type=Path, help="the file to keep the figures in")
    return parser.parse_args()


def _report(*, is_quick: bool) -> Report:
    begun, taken_at = time.monotonic(), datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="abonent-bench-", ignore_cleanup_errors=True) as folder:
        figures = course.run(QUICK if is_quick else WHOLE, Path(folder) / "data", say)
    return Report(
        taken_at=taken_at.isoformat(timespec="seconds"),
        version=__version__,
        is_quick=is_quick,
        seconds=round(time.monotonic() - begun, 1),
        machine=machine.describe(),
        figures=tuple(figures),
    )


def _file_name(report: Report) -> str:
    moment = datetime.fromisoformat(report.taken_at).strftime("%Y-%m-%dT%H%M")
    kind = "-quick" if report.is_quick else ""
    return f"{moment}-{report.machine.cores}cores{kind}.json"


if __name__ == "__main__":
    sys.exit(main())
