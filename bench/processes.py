"""How much memory processes hold, and how much processor time they have used."""

from dataclasses import dataclass

import psutil

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Held:
    """Megabytes of a process and its children.

    ``pss`` counts a page that several processes share in shares, so that the figures of all
    processes can be added up; ``rss`` counts it in full for each, as ``top`` does.
    """

    pss: float
    rss: float


def held(pid: int) -> Held:
    """Return what a process and its children hold now."""
    parent = psutil.Process(pid)
    pss = rss = 0
    for process in (parent, *parent.children(recursive=True)):
        try:
            memory = process.memory_full_info()
        except psutil.NoSuchProcess:
            continue
        pss, rss = pss + memory.pss, rss + memory.rss
    return Held(round(pss / _MEGABYTE, 1), round(rss / _MEGABYTE, 1))


def own_rss(pid: int) -> int:
    """Return the bytes of one process alone."""
    resident: int = psutil.Process(pid).memory_info().rss
    return resident


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process and its present children have used so far."""
    parent = psutil.Process(pid)
    used = 0.0
    for process in (parent, *parent.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        used += times.user + times.system
    return used
