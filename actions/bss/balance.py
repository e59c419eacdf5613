"""Money and allowances (TMF654)."""

from __future__ import annotations

from actions.bss import render
from actions.bss.errors import BssNonsense, NotFound
from actions.bss.http import Http, Resource
from actions.bss.listing import Search, every, first
from actions.bss.model import Account, Bucket, TopUp, Transfer
from actions.bss.once import once
from actions.bss.parse import account_of, parse_bucket, parse_top_up, parse_transfer
from actions.bss.reading import Node
from actions.bss.render import NewTransfer

_OWNER = "logicalResource.id"
_NOT_FOUND = 404


class Balance:
    """Buckets, top-ups and transfers of a number."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def buckets(self, number: str) -> tuple[Bucket, ...]:
        """Return everything a number has some of; nothing for a number that is not known.

        Raises:
            BssError: see ``errors``.
        """
        whose = render.digits(number)
        query = ((_OWNER, whose),)
        found = Search(Resource.BUCKET, query, parse_bucket, lambda one: whose in one.numbers)
        return await every(self._http, found)

    async def account(self, number: str) -> Account:
        """Return a number's buckets, sorted.

        Raises:
            NotFound: the number is not known.
            BssError: see ``errors``.
        """
        buckets = await self.buckets(number)
        if not buckets:
            raise NotFound(Resource.BUCKET.where, _NOT_FOUND)
        return account_of(buckets, Resource.BUCKET.where)

    async def top_ups(self, number: str, *, most: int = 10) -> tuple[TopUp, ...]:
        """Return the latest top-ups, the newest first.

        Raises:
            BssError: see ``errors``.
        """
        whose = render.digits(number)
        query = ((_OWNER, whose), ("sort", "-requestedDate"))
        found = Search(Resource.TOP_UP, query, parse_top_up, lambda one: whose in one.numbers)
        return (await first(self._http, found, most=most)).items

    async def transfer(self, asked: NewTransfer) -> Transfer:
        """Send money, once however often it is asked for under the same key.

        Raises:
            OutcomeUnknown: whether it was sent cannot be found out.
            BssError: it was not sent; see ``errors``.
        """
        content = render.transfer(asked)

        def read(node: Node) -> Transfer:
            made = parse_transfer(node)
            if made.key != asked.key:
                raise BssNonsense(f"{Resource.TRANSFER.where}: an answer about another one.")
            return made

        return await once(
            lambda: self.transfer_by_key(asked.key, asked.sender),
            lambda: self._http.create(Resource.TRANSFER, content, read),
            pause=self._http.limits.look_up_pause_seconds,
        )

    async def transfer_by_key(self, key: str, sender: str) -> Transfer | None:
        """Look a transfer up.

        Raises:
            BssError: see ``errors``.
        """
        query = ((_OWNER, render.digits(sender)), ("description", render.checked_key(key)))
        found = Search(Resource.TRANSFER, query, parse_transfer, lambda one: one.key == key)
        return next(iter((await first(self._http, found, most=1)).items), None)
