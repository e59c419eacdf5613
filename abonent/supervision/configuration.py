"""The configuration of supervisord, written anew at each start.

Paths come in by the environment: whatever characters they hold, none is read as syntax here.
"""

import os
import sys
from collections.abc import Iterable

from abonent.data_dir import DataDir
from abonent.supervision.processes import Process, Tier

_PYTHON = "ABONENT_PYTHON"
_LOGS = "ABONENT_LOGS"
_PROGRAM_LOGS = "ABONENT_PROGRAM_LOGS"
_RUN = "ABONENT_RUN"

_SUPERVISORD = """\
[supervisord]
nodaemon = true
logfile = %(ENV_{logs})s/supervisor.log
logfile_maxbytes = 5MB
logfile_backups = 2
pidfile = %(ENV_{run})s/supervisord.pid
childlogdir = %(ENV_{logs})s
umask = 077
"""

# The wait between tries grows by a second each time and starts afresh once the process has
# stayed up; supervisord must never give up, so the number of tries is out of reach.
_PROGRAM = """\
[program:{name}]
command = "%(ENV_{python})s" -m abonent {command}
priority = {priority}
autorestart = true
startsecs = 2
startretries = 1000000
stopsignal = {stop_signal}
stopwaitsecs = {stop_seconds}
killasgroup = true
redirect_stderr = true
stdout_logfile = %(ENV_{program_logs})s/{name}.log
stdout_logfile_maxbytes = 10MB
stdout_logfile_backups = 3
"""


def render(processes: Iterable[Process]) -> str:
    """Write supervisord's configuration for a set of processes."""
    chosen = tuple(processes)
    parts = [_SUPERVISORD.format(logs=_LOGS, run=_RUN)]
    if os.geteuid() == 0:
        parts.append("user = root\n")
    parts += [_program(process) for process in chosen]
    parts += [_group(tier, chosen) for tier in Tier if any(p.tier == tier for p in chosen)]
    return "\n".join(parts)


def environment(kept: DataDir) -> dict[str, str]:
    """Return what the configuration refers to."""
    return {
        _PYTHON: sys.executable,
        _LOGS: str(kept.logs),
        # supervisord reads this one twice over.
        _PROGRAM_LOGS: str(kept.logs).replace("%", "%%"),
        _RUN: str(kept.run),
    }


def _program(process: Process) -> str:
    return _PROGRAM.format(
        name=process.name,
        command=" ".join(process.command),
        priority=process.tier.value,
        stop_signal=process.stop_signal,
        stop_seconds=process.stop_seconds,
        python=_PYTHON,
        program_logs=_PROGRAM_LOGS,
    )


def _group(tier: Tier, processes: tuple[Process, ...]) -> str:
    """A group is stopped at once and only after the groups above it are gone."""
    names = ",".join(process.name for process in processes if process.tier == tier)
    return f"[group:{tier.name.lower()}]\nprograms = {names}\npriority = {tier.value}\n"
