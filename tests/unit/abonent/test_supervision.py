"""What supervisord is told, and what it says, put in words."""

import configparser
from pathlib import Path

import pytest

from abonent.data_dir import DataDir
from abonent.settings import Settings
from abonent.supervision import configuration, journal
from abonent.supervision.processes import Tier, processes_of


def settings(**values: object) -> Settings:
    return Settings.model_validate(values)


def names(chosen: Settings) -> list[str]:
    return [process.name for process in processes_of(chosen)]


def test_a_laptop_runs_everything() -> None:
    assert names(settings()) == [
        "postgres",
        "valkey",
        "sandbox",
        "actions",
        "bot",
        "desk",
        "gateway",
    ]


def test_what_is_run_elsewhere_is_not_run_here() -> None:
    cluster = settings(
        database_url="postgresql://db/abonent",
        redis_url="redis://cache",
        RASA_URL="http://bot",
        BSS_URL="http://bss",
    )
    assert names(cluster) == ["desk", "gateway"]


def test_processes_are_stopped_before_what_they_stand_on() -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(configuration.render(processes_of(settings())))
    groups = [parser[f"group:{tier.name.lower()}"] for tier in Tier]
    assert [group["programs"] for group in groups] == [
        "postgres,valkey",
        "sandbox,actions,bot",
        "desk,gateway",
    ]
    priorities = [int(group["priority"]) for group in groups]
    assert priorities == sorted(priorities)


def test_a_dead_process_is_always_started_again() -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(configuration.render(processes_of(settings())))
    programs = [section for section in parser.sections() if section.startswith("program:")]
    assert len(programs) == 7
    for program in programs:
        assert parser[program]["autorestart"] == "true"
        assert int(parser[program]["startretries"]) > 100_000


def test_no_path_and_no_secret_stands_in_the_configuration(tmp_path: Path) -> None:
    chosen = settings(data_dir=tmp_path / "50% ;off", secret_key="hush-hush")
    text = configuration.render(processes_of(chosen))
    assert str(tmp_path) not in text
    assert "hush-hush" not in text
    referred = configuration.environment(DataDir(tmp_path / "50% ;off"))
    assert all(f"ENV_{name}" in text for name in referred)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "2026-11-22 17:10:00,123 WARN exited: bot (terminated by SIGKILL; not expected)",
            "bot ended (terminated by SIGKILL): starting it again. Its log: /logs/bot.log",
        ),
        (
            "2026-11-22 17:10:00,123 INFO exited: desk (exit status 0; expected)",
            "desk ended (exit status 0): starting it again. Its log: /logs/desk.log",
        ),
        (
            "2026-11-22 17:10:00,123 WARN killing 'bot' (123) with SIGKILL",
            "bot did not stop in time and was killed.",
        ),
        (
            "2026-11-22 17:10:00,123 INFO spawnerr: can't find command 'x'",
            "a process cannot be started: can't find command 'x'",
        ),
        ("2026-11-22 17:10:00,123 CRIT could not write pidfile", "could not write pidfile"),
        ("2026-11-22 17:10:00,123 INFO spawned: 'bot' with pid 12", None),
        ("Traceback (most recent call last):", None),
    ],
)
def test_what_supervisord_says_is_put_in_words(line: str, told: str | None) -> None:
    assert journal.sentence(line, Path("/logs")) == told
