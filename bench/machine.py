"""What the figures are measured on: the kind of machine, never which one."""

import os
import platform
from pathlib import Path

import psutil

from bench.figures import Machine


def describe() -> Machine:
    """Return what of this machine matters to the figures."""
    return Machine(
        system=f"{platform.system()} {platform.release().partition('-')[0]}",
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=round(psutil.virtual_memory().total / 1e9, 1),
        python=platform.python_version(),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
