"""Steps run side by side, and the first that fails is told with the end of what it said."""

import sys
import threading
import time
from pathlib import Path

import pytest

from scripts.stamps import Stamp
from scripts.steps import Board, Command, StepError


def python(program: str, folder: Path) -> Command:
    return Command([sys.executable, "-c", program], folder)


def test_what_a_program_says_goes_to_its_log_and_its_listener(tmp_path: Path) -> None:
    heard: list[str] = []
    Board(tmp_path).execute(
        "two words", python("print('one'); print('two')", tmp_path), heard.append
    )
    assert heard == ["one", "two"]
    assert (tmp_path / "two-words.log").read_text() == "one\ntwo\n"


def test_a_failure_is_told_with_the_end_of_the_log(tmp_path: Path) -> None:
    program = "print('the reason'); raise SystemExit(3)"
    with pytest.raises(StepError, match="build failed:\nthe reason") as caught:
        Board(tmp_path).execute("build", python(program, tmp_path))
    assert str(tmp_path / "build.log") in str(caught.value)


def test_chains_run_side_by_side(tmp_path: Path) -> None:
    meeting = threading.Barrier(2, timeout=10)

    def meet() -> None:
        meeting.wait()

    Board(tmp_path).run(meet, meet)
    assert not meeting.broken


def test_the_first_failure_stops_the_others(tmp_path: Path) -> None:
    board = Board(tmp_path)
    started = time.monotonic()
    with pytest.raises(StepError, match="quick failed"):
        board.run(
            lambda: board.execute("slow", python("import time; time.sleep(60)", tmp_path)),
            lambda: board.execute("quick", python("raise SystemExit(1)", tmp_path)),
        )
    assert time.monotonic() - started < 30


def test_a_step_says_its_name_and_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Board(tmp_path).step("packages"):
        pass
    words = capsys.readouterr().out.split()
    assert words[0] == "packages"
    assert words[2] == "s"


def test_a_stamp_notices_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.stamps.ROOT", tmp_path)
    monkeypatch.setattr("scripts.stamps._STAMPS", tmp_path / "stamps")
    source = tmp_path / "pages"
    (source / "dist").mkdir(parents=True)
    (source / "main.ts").write_text("one")
    assert not Stamp("pages", [source]).is_current
    Stamp("pages", [source]).set()
    (source / "dist" / "built.js").write_text("what is built is no input")
    assert Stamp("pages", [source]).is_current
    (source / "main.ts").write_text("two")
    assert not Stamp("pages", [source]).is_current
