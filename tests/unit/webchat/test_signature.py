"""Visitors' tokens and sites' identities."""

import time

import jwt
import pytest

from connectors.webchat import signature

VISITOR = "0123456789abcdef0123456789abcdef"
SECRET = "a secret of at least thirty-two bytes"


def test_a_token_names_its_visitor() -> None:
    assert signature.visitor_of(SECRET, signature.visitor_token(SECRET, VISITOR)) == VISITOR


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        VISITOR,
        VISITOR + ".",
        signature.visitor_token("another secret", VISITOR),
        signature.visitor_token(SECRET, VISITOR).replace("0123", "9999", 1),
        signature.visitor_token(SECRET, VISITOR) + "=",
        "../../etc/passwd.x",
        "ї" * 32 + ".\ud800",
    ],
)
def test_a_forged_token_is_nobodys(token: str) -> None:
    assert signature.visitor_of(SECRET, token) is None


def test_an_identity_is_what_the_site_signed() -> None:
    claims = {"sub": "7", "number": "+380500000001", "exp": time.time() + 60}
    identity = signature.identity_of(SECRET, jwt.encode(claims, SECRET, algorithm="HS256"))
    assert identity == signature.Identity(sub="7", number="+380500000001")


@pytest.mark.parametrize(
    ("signed", "number"), [("050 000 00 01", "+380500000001"), ("none", None), ("", None)]
)
def test_a_number_is_brought_to_one_form_or_left_out(signed: str, number: str | None) -> None:
    claims = {"sub": "7", "number": signed, "exp": time.time() + 60}
    token = jwt.encode(claims, SECRET, algorithm="HS256")
    assert signature.identity_of(SECRET, token) == signature.Identity(sub="7", number=number)


@pytest.mark.parametrize(
    ("claims", "secret", "algorithm"),
    [
        ({"sub": "7", "exp": 1}, SECRET, "HS256"),
        ({"sub": "7"}, SECRET, "HS256"),
        ({"sub": "7", "exp": 9e9}, "another secret of thirty-two bytes or so", "HS256"),
        ({"sub": "7", "exp": 9e9}, "", "none"),
        ({"sub": "7", "exp": 9e9, "number": 380}, SECRET, "HS256"),
    ],
)
def test_a_forged_or_stale_identity_is_refused(
    claims: dict[str, object], secret: str, algorithm: str
) -> None:
    token = jwt.encode(claims, secret or None, algorithm=algorithm)
    with pytest.raises(signature.IdentityRefused):
        signature.identity_of(SECRET, token)
