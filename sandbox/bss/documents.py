"""Resources that are kept and read whole."""

import hashlib
import json
from collections.abc import Iterable

from sandbox.bss.database import Connection
from sandbox.bss.statements import statement
from sandbox.bss.wire import Document, dumps

PRODUCT = "product"
USAGE = "usage"
TOPUP = "topupBalance"
TRANSFER = "transferBalance"
TICKET = "troubleTicket"

_LONGEST_ID = 100
_LONGEST_NUMBER = 15


def key_of(*said: str) -> str:
    """A client's key as it is kept: of any text, always as short."""
    return hashlib.sha256("\0".join(said).encode(errors="surrogatepass")).hexdigest()


def is_id(said: str) -> bool:
    """Whether anything could be kept by this id."""
    return len(said) <= _LONGEST_ID and said.isascii() and said.isprintable()


def is_number(said: str) -> bool:
    """Whether it is written like a number of somebody's."""
    return said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER


class Documents:
    """The documents seen from one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, kind: str, document: Document, *, numbers: Iterable[str], key: str | None = None
    ) -> bool:
        """Keep a new document; False if there is one of the same key."""
        kept = [number for number in numbers if is_number(number)]
        arguments = (kind, document["id"], key, kept, dumps(document))
        return await self._connection.fetchval(statement("add_document"), *arguments) is not None

    async def put(self, kind: str, document: Document) -> None:
        """Keep what was changed of a document."""
        await self._connection.execute(
            statement("put_document"), kind, document["id"], dumps(document)
        )

    async def get(self, kind: str, document_id: str) -> Document | None:
        """The document of this id."""
        if not is_id(document_id):
            return None
        return _read(await self._connection.fetchval(statement("document"), kind, document_id))

    async def by_key(self, kind: str, key: str) -> Document | None:
        """The document a client's key stands for."""
        return _read(await self._connection.fetchval(statement("document_by_key"), kind, key))

    async def all(self, kind: str, number: str | None = None) -> list[Document]:
        """All documents of a kind, or of a kind and number, in the order they came."""
        rows = await self._connection.fetch(statement("documents"), kind, number)
        return [json.loads(row["body"]) for row in rows]


def _read(body: str | None) -> Document | None:
    if body is None:
        return None
    document: Document = json.loads(body)
    return document
