"""`abonent engine`: run an embedded engine in the foreground."""

import typer

from abonent.settings import load_settings

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command()
def postgres() -> None:
    """Run the embedded PostgreSQL."""
    from abonent.engines.postgres import run_postgres

    run_postgres(load_settings().kept)


@app.command()
def valkey() -> None:
    """Run the embedded Valkey."""
    from abonent.engines.valkey import run_valkey

    run_valkey(load_settings().kept)
