"""What flows work with, made once a process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from actions.bss import Bss, bss
from actions.catalogue import Catalogue, catalogue
from actions.memory import memory
from actions.orders import Orders
from actions.verification import Verifier


@dataclass(frozen=True)
class Tools:
    """The billing system, what is remembered between turns, the operator's data and a clock."""

    bss: Bss
    verifier: Verifier
    orders: Orders
    catalogue: Catalogue
    clock: Callable[[], float] = time.time


@lru_cache(maxsize=1)
def tools() -> Tools:
    """Return this process's tools, configured by the environment."""
    kept = memory()
    return Tools(
        bss=bss(),
        verifier=Verifier(kept, os.environ["ACTIONS_SECRET"].encode()),
        orders=Orders(kept),
        catalogue=catalogue(),
    )
