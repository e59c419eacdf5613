"""Signing an operator in over HTTP."""

import aiohttp


async def sign_in(site: str, login: str, password: str, *, local_address: str | None = None) -> str:
    """Sign an operator in and return the cookie to show at the desk."""
    status, cookie, _ = await try_to_sign_in(site, login, password, local_address=local_address)
    assert status == 200, status
    return cookie


async def try_to_sign_in(
    site: str, login: str, password: str, *, local_address: str | None = None
) -> tuple[int, str, aiohttp.ClientResponse]:
    """Return the status, the cookie as a header's value, and the whole answer."""
    connector = aiohttp.TCPConnector(local_addr=(local_address, 0) if local_address else None)
    async with aiohttp.ClientSession(connector=connector) as session:
        body = {"login": login, "password": password}
        async with session.post(f"{site}/api/session", json=body) as response:
            await response.read()
            cookies = [f"{name}={crumb.value}" for name, crumb in response.cookies.items()]
            return response.status, "; ".join(cookies), response
