"""`abonent up`: the whole system, from the checks before the start to the last line."""

import time

from abonent.bot import fitting_model
from abonent.commands.operator import print_account
from abonent.errors import AbonentError
from abonent.settings import Settings
from abonent.supervision.readiness import wait_until_ready
from abonent.supervision.up import Supervisor
from abonent.terminal import complain, say
from abonent.training import train


def run(settings: Settings, *, demo: bool) -> None:
    """Start the system, tell when it is ready, and stay until it has been stopped."""
    _ensure_model(settings)
    started = time.monotonic()
    supervisor = Supervisor(settings, say)
    supervisor.start()
    say(f"Starting. Logs: {settings.kept.logs}")
    ready = wait_until_ready(
        settings,
        say=say,
        goes_on=lambda: supervisor.is_running and not supervisor.is_stopping,
    )
    if ready:
        _announce(settings, seconds=time.monotonic() - started, demo=demo)
    supervisor.wait()
    say("Stopped.")


def _ensure_model(settings: Settings) -> None:
    """The bot does not start on a model that does not fit the training data."""
    if settings.bot_url is None and fitting_model(settings) is None:
        say("No model fits the training data: training one.")
        train(settings)


def _announce(settings: Settings, *, seconds: float, demo: bool) -> None:
    say(f"Ready in {seconds:.1f} s.")
    say("")
    say(f"  site and widget     {settings.site_url}/")
    say(f"  operators' console  {settings.site_url}/console/")
    say(f"  operators' socket   {settings.desk_url}")
    say("")
    if demo:
        _announce_demo(settings)
    say("Ctrl-C stops everything.")


def _announce_demo(settings: Settings) -> None:
    from abonent.accounts import DEMO_LOGIN, ensure_demo_account

    try:
        print_account(DEMO_LOGIN, ensure_demo_account(settings))
    except AbonentError as error:
        complain(f"no demo operator: {error}")
    else:
        say("")
