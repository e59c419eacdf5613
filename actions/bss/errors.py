"""What may become of a question to the billing system.

    BssError
    ├── BssUnavailable        no answer: too slow, connection lost, a fault of its own (5xx)
    │   ├── NotAsked          nothing reached it: no connection, no token, circuit open
    │   │   └── Misconfigured     the addresses or credentials are not given
    │   └── OutcomeUnknown    something was to be done, and whether it was cannot be found out
    ├── BssNonsense           an answer that is not as the specification says
    └── BssRefused            it said no (4xx), with a code and a reason
        └── NotFound          there is no such thing

Messages name the resource and what was wrong, never a value: values are personal data.
"""

from __future__ import annotations


class BssError(Exception):
    """The billing system could not be asked, understood or moved."""


class BssUnavailable(BssError):
    """No answer.

    Attributes:
        is_passing: whether reading is worth a second try at once.
    """

    def __init__(self, message: str, *, is_passing: bool = False) -> None:
        super().__init__(message)
        self.is_passing = is_passing


class NotAsked(BssUnavailable):
    """Nothing reached the billing system, so nothing was done there."""


class Misconfigured(NotAsked):
    """The environment does not say where the billing system is."""


class OutcomeUnknown(BssUnavailable):
    """A write was sent, its answer lost, and looking it up did not show what became of it."""


class BssNonsense(BssError):
    """The answer is not as the specification says."""


class BssRefused(BssError):
    """The billing system said no.

    Attributes:
        status: the HTTP status.
        code: the specification's ``code``, if it was said.
        reason: the specification's ``reason``, if it was said; may name a number, so not shown.
    """

    def __init__(
        self, resource: str, status: int, *, code: str | None = None, reason: str | None = None
    ) -> None:
        super().__init__(f"{resource}: refused with status {status}.")
        self.status = status
        self.code = code
        self.reason = reason


class NotFound(BssRefused):
    """There is no such thing."""
