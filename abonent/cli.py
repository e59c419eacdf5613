"""The command line."""

import signal
import sys
from typing import Annotated

import typer

from abonent import __version__
from abonent.commands import engine, nlu, operator
from abonent.errors import AbonentError
from abonent.settings import load_settings
from abonent.terminal import complain, say

app = typer.Typer(
    name="abonent",
    help="Customer care in writing for a mobile operator.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(operator.app, name="operator", help="Operators' accounts.")
app.add_typer(nlu.app, name="nlu", help="What the bot understands.")
app.add_typer(engine.app, name="engine", hidden=True)


def _version(asked: bool) -> None:
    if asked:
        say(f"abonent {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version_asked: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Customer care in writing for a mobile operator."""


@app.command()
def up(
    demo: Annotated[
        bool, typer.Option("--demo", help="Also make a demo operator and print its login.")
    ] = False,
) -> None:
    """Run the whole system until Ctrl-C; what dies is started again."""
    from abonent.commands.up import run

    run(load_settings(), demo=demo)


@app.command()
def doctor() -> None:
    """Check configuration, tokens and reachability, one line each."""
    from abonent.commands.doctor import run

    raise typer.Exit(run())


@app.command(hidden=True)
def gateway() -> None:
    """Run the gateway: pages, widget, webhooks, REST."""
    from abonent.gateway import main as serve
    from abonent.lifeline import die_with_parent

    die_with_parent(signal.SIGTERM)
    serve(load_settings())


@app.command(hidden=True)
def desk() -> None:
    """Run the desk: the operators' live queue."""
    from abonent.desk import main as serve
    from abonent.lifeline import die_with_parent

    die_with_parent(signal.SIGTERM)
    serve(load_settings())


@app.command(hidden=True)
def bot() -> None:
    """Run the bot server."""
    from abonent.bot import become_bot
    from abonent.lifeline import die_with_parent

    die_with_parent()
    settings = load_settings()
    port = str(settings.bot_port)
    become_bot(settings, "run", "--host", "127.0.0.1", "--port", port, serving=True)


@app.command(hidden=True)
def actions() -> None:
    """Run the action server."""
    from abonent.bot import become_bot
    from abonent.lifeline import die_with_parent

    die_with_parent()
    settings = load_settings()
    become_bot(settings, "actions", "--port", str(settings.actions_port), serving=True)


@app.command(hidden=True)
def sandbox() -> None:
    """Run the stand-in for the billing system."""
    from abonent.lifeline import die_with_parent
    from abonent.sandbox import become_sandbox

    die_with_parent()
    become_sandbox(load_settings())


def main() -> None:
    """Run the command line; faults a person can mend are told in a sentence."""
    try:
        app()
    except AbonentError as error:
        complain(str(error))
        sys.exit(1)
