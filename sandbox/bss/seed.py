"""The schema made and the people put in, once; and put back when asked."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from sandbox.bss.books import Books
from sandbox.bss.catalogue import Catalogue
from sandbox.bss.database import Connection, Database
from sandbox.bss.people import People, PeopleUnfit, Person
from sandbox.bss.statements import statement
from sandbox.bss.stories import Story, Teller
from sandbox.bss.wire import dumps


async def prepare(database: Database, catalogue: Catalogue, people: People, now: datetime) -> None:
    """Make what is not there yet; a second start changes nothing.

    Raises:
        PeopleUnfit: The people have what the operator does not offer.
        StorageUnavailable: The database fails.
    """
    check_people(catalogue, people)
    async with database.preparation() as connection:
        if not await connection.fetchval(statement("is_seeded")):
            await _fill(connection, catalogue, people, now)


async def reset(database: Database, catalogue: Catalogue, people: People, now: datetime) -> None:
    """Forget everything and put the people back, as of now."""
    async with database.preparation() as connection:
        await connection.execute(statement("empty_all"))
        await connection.execute(statement("restart_serials"))
        await _fill(connection, catalogue, people, now)


async def _fill(
    connection: Connection, catalogue: Catalogue, people: People, now: datetime
) -> None:
    teller = Teller(catalogue, seed=people.seed, now=now)
    books = Books(connection, catalogue, now)
    for person in people.people:
        await _write(connection, books, person, teller.story(person))
    await connection.execute(statement("mark_seeded"), now)


async def _write(connection: Connection, books: Books, person: Person, story: Story) -> None:
    owed = person.promised.owed if person.promised else Decimal(0)
    arguments = (person.number, person.customer, person.contract is not None, owed)
    await connection.execute(statement("add_subscriber"), *arguments)
    for bucket in story.buckets:
        await books.add_bucket(bucket)
    await connection.copy_records_to_table(
        "document",
        schema_name="bss",
        columns=["kind", "id", "numbers", "body"],
        records=[
            (kind, document["id"], [person.number], dumps(document))
            for kind, document in story.documents
        ],
    )


def check_people(catalogue: Catalogue, people: People) -> None:
    """Raise ``PeopleUnfit`` if somebody has what the operator does not offer."""
    for person in people.people:
        for offering_id in _offerings_of(person):
            if offering_id not in catalogue.offerings:
                raise PeopleUnfit(f"{person.number} has {offering_id}, which is not offered")


def _offerings_of(person: Person) -> Iterator[str]:
    yield person.tariff
    yield from (service.id for service in person.services)
    yield from (package.id for package in person.packages)
