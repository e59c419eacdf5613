"""Text messages to a number."""

from __future__ import annotations

import uuid

from actions.bss import render
from actions.bss.http import Http, Resource


class Sms:
    """The SMS gateway."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def send(self, number: str, text: str, *, id_: str | None = None) -> None:
        """Send a message.

        Args:
            number: To whom.
            text: What it says.
            id_: The gateway sends the same id once: whoever may ask again gives it.

        Raises:
            BssError: it is not known to be sent; see ``errors``.
        """
        content = render.message(number, text, id_ or uuid.uuid4().hex)
        await self._http.send(Resource.MESSAGE, content)
