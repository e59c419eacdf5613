"""`abonent nlu`: train the bot and look at what it understands."""

import typer

from abonent.bot import become_bot, reload_model
from abonent.settings import load_settings
from abonent.terminal import say

_PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command()
def train() -> None:
    """Train a model from the present training data."""
    from abonent.training import train as train_model

    train_model(load_settings())


@app.command(context_settings=_PASS_ON)
def validate(context: typer.Context) -> None:
    """Check the training data and the domain for mistakes."""
    become_bot(load_settings(), "validate", *context.args)


@app.command(context_settings=_PASS_ON)
def test(context: typer.Context) -> None:
    """Measure the model on the test set."""
    become_bot(load_settings(), "test", *context.args)


@app.command(context_settings=_PASS_ON)
def parse(context: typer.Context) -> None:
    """Read messages from standard input, one a line; write a JSON object for each."""
    become_bot(load_settings(), "parse", *context.args)


@app.command()
def reload() -> None:
    """Let the running bot take the newly trained model; it answers all the while."""
    say(f"The bot now has {reload_model(load_settings())}.")
