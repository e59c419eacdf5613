"""Where a request comes from."""

import pytest

from handoff.services.addresses import remote_address

PROXIES = frozenset({"10.0.0.1", "10.0.0.2"})


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        # anybody can write the header
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", " , ", "10.0.0.1"),
        (None, None, ""),
    ],
)
def test_only_our_own_proxies_are_believed(
    peer: str | None, forwarded_for: str | None, address: str
) -> None:
    assert remote_address(peer, forwarded_for, PROXIES) == address
