"""Who a visitor is: tokens that cannot be made by others. Pure."""

import base64
import hashlib
import hmac
import re
from typing import Annotated

import jwt
import msgspec

from handoff.domain.phone_number import phone_number

_VISITOR = re.compile(r"[0-9a-f]{32}")
_IDENTITY_ALGORITHMS = ["HS256"]


class Identity(msgspec.Struct, frozen=True):
    """What the site that embeds the widget vouches for."""

    sub: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    number: str | None = None
    name: str | None = None


class IdentityRefused(Exception):
    """The site's identity is forged, stale or not readable."""


def visitor_token(secret: str, visitor: str) -> str:
    """The token that proves to be this visitor."""
    return f"{visitor}.{_signature(secret, visitor)}"


def visitor_of(secret: str, token: str) -> str | None:
    """Whose token it is; None if it was not made here."""
    visitor, _, signature = token.partition(".")
    if not _VISITOR.fullmatch(visitor):
        return None
    expected = _signature(secret, visitor).encode()
    right = hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected)
    return visitor if right else None


def identity_of(secret: str, token: str) -> Identity:
    """The identity the site signed; it must say when it expires.

    Raises:
        IdentityRefused: the signature, the time or the content is not right.
    """
    try:
        claims = jwt.decode(
            token, secret, algorithms=_IDENTITY_ALGORITHMS, options={"require": ["exp", "sub"]}
        )
        identity = msgspec.convert(claims, Identity)
    except (jwt.PyJWTError, msgspec.ValidationError) as fault:
        raise IdentityRefused("The identity is not valid.") from fault
    number = phone_number(identity.number) if identity.number else None
    return msgspec.structs.replace(identity, number=number)


def _signature(secret: str, visitor: str) -> str:
    digest = hmac.new(secret.encode(), visitor.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
