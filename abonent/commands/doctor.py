"""`abonent doctor`: is this installation in order?"""

import asyncio

from abonent.diagnosis import Finding, Verdict, examine
from abonent.errors import SettingsError
from abonent.settings import Settings, load_settings
from abonent.terminal import out

_STYLES = {Verdict.GOOD: "green", Verdict.OFF: "dim", Verdict.BAD: "red"}


def run() -> int:
    """Print a line for each check; return 1 if something is bad, 0 otherwise."""
    try:
        settings = load_settings()
    except SettingsError as error:
        for line in str(error).splitlines():
            _print(Finding(Verdict.BAD, "configuration", line))
        return 1
    _print(Finding(Verdict.GOOD, "configuration", "valid"))
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    verdicts = []
    async for finding in examine(settings):
        _print(finding)
        verdicts.append(finding.verdict)
    return 1 if Verdict.BAD in verdicts else 0


def _print(finding: Finding) -> None:
    out.print(f"{finding.verdict:<4}", style=_STYLES[finding.verdict], end="")
    out.print(f"{finding.subject:<14} {finding.told}", markup=False)
