"""Where a request comes from, also behind proxies. Pure."""

from collections.abc import Collection


def remote_address(
    peer: str | None, forwarded_for: str | None, trusted_proxies: Collection[str]
) -> str:
    """The address to count by: the peer's, or the nearest one a trusted proxy vouches for.

    Args:
        peer: the other end of the connection.
        forwarded_for: the ``X-Forwarded-For`` header, nearest hop last; anybody can write one,
            so it counts only as far as trusted proxies added to it.
        trusted_proxies: addresses of our own proxies.
    """
    address = peer or ""
    hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
    while address in trusted_proxies and hops:
        address = hops.pop()
    return address
