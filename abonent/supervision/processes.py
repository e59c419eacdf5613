"""Which processes make up the running system."""

from dataclasses import dataclass
from enum import IntEnum

from abonent.settings import Settings


class Tier(IntEnum):
    """When a process is started; they are stopped the other way round."""

    ENGINE = 10
    BOT = 20
    FRONT = 30


@dataclass(frozen=True)
class Process:
    """A process of the system, started as `abonent COMMAND`."""

    name: str
    command: tuple[str, ...]
    tier: Tier
    stop_signal: str = "TERM"
    stop_seconds: int = 10


_POSTGRES = Process(
    "postgres", ("engine", "postgres"), Tier.ENGINE, stop_signal="INT", stop_seconds=30
)
_VALKEY = Process("valkey", ("engine", "valkey"), Tier.ENGINE)
_SANDBOX = Process("sandbox", ("sandbox",), Tier.BOT)
_ACTIONS = Process("actions", ("actions",), Tier.BOT)
_BOT = Process("bot", ("bot",), Tier.BOT)
_DESK = Process("desk", ("desk",), Tier.FRONT)
_GATEWAY = Process("gateway", ("gateway",), Tier.FRONT)


def processes_of(settings: Settings) -> tuple[Process, ...]:
    """Return what is to be run here: all but what the configuration says is run elsewhere."""
    chosen = [_DESK, _GATEWAY]
    if settings.bot_url is None:
        chosen = [_ACTIONS, _BOT, *chosen]
    if settings.bss_own_url is None:
        chosen.insert(0, _SANDBOX)
    if settings.redis_url is None:
        chosen.insert(0, _VALKEY)
    if settings.database_url is None:
        chosen.insert(0, _POSTGRES)
    return tuple(chosen)
