"""Tickets: a signed-in page's way to the live queue on another host, good for a minute."""

from datetime import datetime, timedelta

import jwt

from handoff.domain.vocabulary import OperatorId

LIFETIME = timedelta(minutes=1)
_ALGORITHM = "HS256"


def issue_ticket(secret: str, operator_id: OperatorId, now: datetime) -> str:
    """A ticket for this operator."""
    claims = {"sub": operator_id, "exp": now + LIFETIME}
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def operator_of_ticket(secret: str, ticket: str) -> OperatorId | None:
    """Whose ticket it is; None if it is forged or has run out."""
    try:
        claims = jwt.decode(
            ticket, secret, algorithms=[_ALGORITHM], options={"require": ["exp", "sub"]}
        )
    except jwt.PyJWTError:
        return None
    return OperatorId(claims["sub"])
