"""Frames of a subscriber's client."""

import json

import pytest

from connectors.webchat import parse
from connectors.webchat.parse import FrameError


def test_hello_needs_nothing_but_its_type() -> None:
    assert parse.parse_frame('{"type": "hello"}') == parse.Hello()
    known = parse.parse_frame(
        '{"type": "hello", "visitor": "t", "after": 4, "locale": "uk", "future": [1],'
        ' "page": {"url": "/", "title": "T"}}'
    )
    assert isinstance(known, parse.Hello)
    assert known.after == 4


@pytest.mark.parametrize(
    ("raw", "code", "frame_id"),
    [
        ("not json", "invalid", None),
        ("[]", "invalid", None),
        ("12", "invalid", None),
        ("null", "invalid", None),
        ("[" * 50_000, "invalid", None),
        ('{"id": "m"}', "invalid", "m"),
        ('{"type": "dance", "id": "m"}', "unknown_type", "m"),
        ('{"type": "message", "id": "m"}', "invalid", "m"),
        ('{"type": "message", "id": "m", "text": 5}', "invalid", "m"),
        ('{"type": "message", "id": 5, "text": "x"}', "invalid", None),
        ('{"type": "message", "id": "", "text": "x"}', "invalid", ""),
        ('{"type": "rate", "score": 6}', "invalid", None),
        ('{"type": "rate", "score": true}', "invalid", None),
        ('{"type": "read", "seq": -1}', "invalid", None),
        (b"\xff\xfe\x00", "invalid", None),
    ],
)
def test_what_is_not_a_frame_is_refused_by_code(
    raw: str | bytes, code: str, frame_id: str | None
) -> None:
    with pytest.raises(FrameError) as refusal:
        parse.parse_frame(raw)
    assert refusal.value.code == code
    assert refusal.value.frame_id == frame_id


def test_the_limit_counts_bytes() -> None:
    frame = {"type": "message", "id": "m", "text": "ї" * (parse.FRAME_LIMIT // 2)}
    with pytest.raises(FrameError) as refusal:
        parse.parse_frame(json.dumps(frame, ensure_ascii=False))
    assert refusal.value.code == "too_large"
