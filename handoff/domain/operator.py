"""Operators: what each may do and serve."""

from datetime import datetime, timedelta

import msgspec

from handoff.domain.events import OperatorRef
from handoff.domain.vocabulary import Language, OperatorId, Presence, Role

DESK_ROLES = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMIN})
OVERSEEING_ROLES = frozenset({Role.SUPERVISOR, Role.ADMIN})
CAPACITY_RANGE = range(1, 51)
# Who is connected is seen every two seconds or more often.
SEEN_WITHIN = timedelta(seconds=15)


class Operator(msgspec.Struct, frozen=True):
    """A person who answers; ``load`` is how many conversations they have now.

    No languages mean all of them, no skills no restriction.
    """

    id: OperatorId
    login: str
    name: str
    role: Role
    skills: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    capacity: int = 5
    presence: Presence = Presence.OFFLINE
    seen_at: datetime | None = None
    load: int = 0

    @property
    def ref(self) -> OperatorRef:
        """The operator as others see one."""
        return OperatorRef(id=self.id, name=self.name)

    @property
    def free(self) -> int:
        """How many more conversations the operator can take."""
        return max(0, self.capacity - self.load)

    @property
    def may_work_desk(self) -> bool:
        """Whether the role takes conversations."""
        return self.role in DESK_ROLES

    @property
    def oversees(self) -> bool:
        """Whether the role sees and steers what is other operators'."""
        return self.role in OVERSEEING_ROLES


def is_at_work(operator: Operator, now: datetime) -> bool:
    """Whether the operator is online, and was there a moment ago."""
    return (
        operator.presence is Presence.ONLINE
        and operator.may_work_desk
        and operator.seen_at is not None
        and now - operator.seen_at < SEEN_WITHIN
    )


def serves(operator: Operator, language: Language, skill: str | None) -> bool:
    """Whether the operator can answer in this language, with the skill where one is wanted."""
    speaks = not operator.languages or language in operator.languages
    skilled = skill is None or not operator.skills or skill in operator.skills
    return speaks and skilled
