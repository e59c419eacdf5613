"""The subcommands of ``bot/launch.py``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from abonent_bot import lean_rasa, project, quiet

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit status."""
    chosen = _parser().parse_args(arguments)
    quiet.before_rasa()
    lean_rasa.install()
    command: Command = chosen.command
    return command(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="launch.py", description="The bot of Abonent.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "model", _model, "print the path of the model that fits the data, if trained")
    train = _add(commands, "train", _train, "train the model that fits the data")
    train.add_argument("--progress", action="store_true", help="print 'progress SHARE TEXT' lines")
    _add(commands, "validate", _validate, "check data, rules, domain and answers")
    run = _add(commands, "run", _run, "serve the fitting model")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, required=True)
    _add(commands, "parse", _parse, "understand lines of standard input, one JSON line each")
    _add(commands, "test", _test, "measure understanding on nlu_data/test")
    _add(commands, "compare", _compare, "measure several pipelines side by side (ten minutes)")
    actions = _add(commands, "actions", _actions, "run the action server")
    actions.add_argument("--port", type=int, required=True)
    return parser


def _add(commands: object, name: str, command: Command, purpose: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(  # type: ignore[attr-defined]
        name, help=purpose, description=purpose
    )
    parser.set_defaults(command=command)
    return parser


def _model(_: argparse.Namespace) -> int:
    path = project.model_path(project.Folders.from_environment())
    if not path.exists():
        return 1
    print(path)
    return 0


def _train(chosen: argparse.Namespace) -> int:
    from abonent_bot import training
    from components import progress

    progress.listen(training.ProgressLine(as_lines=chosen.progress))
    folders = project.Folders.from_environment()
    try:
        training.train(folders)
    except training.TrainingFailed as error:
        return _failed(f"{error}; see {folders.logs / 'train.log'}")
    return 0


def _validate(_: argparse.Namespace) -> int:
    from abonent_bot import validation

    complaints = validation.complaints()
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints" if complaints else "data, rules and answers agree")
    return 1 if complaints else 0


def _run(chosen: argparse.Namespace) -> int:
    path = project.model_path(project.Folders.from_environment())
    if not path.exists():
        return _failed("no model fits the data: run 'launch.py train'")
    quiet.log_to(None)
    from abonent_bot import serving

    try:
        serving.serve(path, chosen.host, chosen.port)
    except (serving.NotConfigured, serving.NoModel) as error:
        return _failed(str(error))
    return 0


def _parse(_: argparse.Namespace) -> int:
    path = project.model_path(project.Folders.from_environment())
    if not path.exists():
        return _failed("no model fits the data: run 'launch.py train'")
    from abonent_bot.understanding import Understanding

    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in Understanding(path).parse_lines(sys.stdin):
        print(line, flush=True)
    return 0


def _test(_: argparse.Namespace) -> int:
    path = project.model_path(project.Folders.from_environment())
    if not path.exists():
        return _failed("no model fits the data: run 'launch.py train'")
    from abonent_bot import evaluation

    print(evaluation.report(path, project.TESTS))
    return 0


def _compare(_: argparse.Namespace) -> int:
    from abonent_bot import comparison

    print(comparison.report(project.TESTS))
    return 0


def _actions(chosen: argparse.Namespace) -> int:
    quiet.log_to(None)
    from abonent_bot import action_server

    action_server.serve(chosen.port)
    return 0


def _failed(why: str) -> int:
    print(f"bot: {why}", file=sys.stderr)
    return 1
