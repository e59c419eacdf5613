"""How much is measured: a whole run, or a quick one that only proves that it works. Pure."""

import msgspec


class Plan(msgspec.Struct, frozen=True):
    """Amounts of a run; times in seconds."""

    idle_sockets: int = 1_000
    bot_calls: int = 400
    bot_long_turns: int = 150
    bot_seconds: float = 5.0
    visitors_a_language: int = 20
    messages_a_visitor: int = 10
    relay_operators: int = 10
    relay_conversations: int = 50
    relay_messages_a_second: float = 100.0
    relay_seconds: float = 20.0
    echo_seconds: float = 5.0
    queue_operators: int = 20
    queue_moves: int = 50


WHOLE = Plan()
QUICK = Plan(
    idle_sockets=60,
    bot_calls=10,
    bot_long_turns=40,
    bot_seconds=0.5,
    visitors_a_language=1,
    messages_a_visitor=6,
    relay_operators=2,
    relay_conversations=4,
    relay_messages_a_second=20.0,
    relay_seconds=2.0,
    echo_seconds=1.0,
    queue_operators=3,
    queue_moves=5,
)


class Account(msgspec.Struct, frozen=True):
    """An operator's login and password."""

    login: str
    password: str


class Task(msgspec.Struct, frozen=True):
    """What a process of the load generator is told on its standard input."""

    plan: Plan
    site: str
    desk: str
    echo: str
    bot: str
    bot_token: str
    gateway_pid: int
    echo_pid: int
    accounts: tuple[Account, ...]
