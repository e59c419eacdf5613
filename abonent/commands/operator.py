"""`abonent operator`: the accounts of those who answer."""

import secrets
import sys
from enum import StrEnum
from typing import Annotated

import typer

from abonent.errors import CommandError
from abonent.settings import load_settings
from abonent.terminal import say

LONGEST_PASSWORD = 1024

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class RoleName(StrEnum):
    """What an account may do."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    ADMIN = "admin"


class LanguageName(StrEnum):
    """A language an operator answers in."""

    RU = "ru"
    UK = "uk"
    EN = "en"


@app.callback()
def _group() -> None:
    """Operators' accounts."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The login, also the name subscribers see.")],
    role: Annotated[RoleName, typer.Option(help="What the account may do.")],
    skill: Annotated[
        list[str] | None, typer.Option(help="A topic the operator answers; none: any.")
    ] = None,
    language: Annotated[
        list[LanguageName] | None, typer.Option(help="A language of the operator; none: all.")
    ] = None,
    capacity: Annotated[
        int, typer.Option(min=1, max=50, help="How many conversations at a time.")
    ] = 5,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Make an operator's account and print its login and password."""
    from abonent.accounts import create_account
    from handoff.domain.vocabulary import Language, Role
    from handoff.services.ports import NewOperator

    login = _checked_login(name)
    password = _typed_password() if password_stdin else secrets.token_urlsafe(12)
    account = NewOperator(
        login=login,
        role=Role(role.value),
        skills=tuple(skill or ()),
        languages=tuple(Language(one.value) for one in language or ()),
        capacity=capacity,
    )
    create_account(load_settings(), account, password)
    print_account(login, password)


def print_account(login: str, password: str) -> None:
    """Print what is needed to sign in, each on a line of its own."""
    say(f"login: {login}")
    say(f"password: {password}")


def _checked_login(name: str) -> str:
    login = name.strip()
    if not login or not login.isprintable() or len(login) > 64:
        raise CommandError("the name must be 1 to 64 printable characters.")
    return login


def _typed_password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise CommandError("no password on standard input.")
    if len(password) > LONGEST_PASSWORD:
        raise CommandError(f"the password is longer than {LONGEST_PASSWORD} characters.")
    return password
