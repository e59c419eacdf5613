"""All that is kept of a person when the sandbox is seeded. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.bss import products
from sandbox.bss.books import NewBucket
from sandbox.bss.buckets import bonus_bucket, bucket_name, main_bucket
from sandbox.bss.catalogue import UNITS, Catalogue, Offering
from sandbox.bss.documents import PRODUCT, TICKET, TOPUP, USAGE
from sandbox.bss.histories import History, history
from sandbox.bss.people import Complaint, PaidIn, Person, Service
from sandbox.bss.tickets import opened
from sandbox.bss.topups import topup_document
from sandbox.bss.usage import usage_document
from sandbox.bss.wire import CURRENCY, Document, moment

_SIM = Offering("sim", "SIM", "equipment")
_CONTRACT = Offering("contract", "Contract", "equipment")


@dataclass(frozen=True)
class Story:
    """What is kept: buckets, and documents with their kind."""

    buckets: tuple[NewBucket, ...]
    documents: tuple[tuple[str, Document], ...]


class Teller:
    """Tells the stories of people as of one moment."""

    def __init__(self, catalogue: Catalogue, *, seed: int, now: datetime) -> None:
        self._catalogue = catalogue
        self._seed = seed
        self._now = now

    def story(self, person: Person) -> Story:
        """All that is kept of one."""
        past = history(person, self._catalogue, seed=self._seed, now=self._now)
        return Story(
            buckets=tuple(self._buckets(person, past)),
            documents=tuple(self._documents(person, past)),
        )

    def _documents(self, person: Person, past: History) -> Iterator[tuple[str, Document]]:
        for document in self._products(person):
            yield PRODUCT, document
        for count, paid in enumerate(reversed(person.topups)):
            yield TOPUP, self._topup(person, paid, f"TU-{person.number[-4:]}-{count + 1}")
        for count, use in enumerate(past.uses):
            yield USAGE, usage_document(use, usage_id=f"U-{person.number[-4:]}-{count + 1:05}")
        for ticket in person.tickets:
            yield TICKET, self._ticket(person, ticket)

    def _at(self, days: int) -> datetime:
        return self._now + timedelta(days=days)

    def _buckets(self, person: Person, past: History) -> Iterator[NewBucket]:
        since = self._at(-person.since_ago)
        yield NewBucket(
            id=main_bucket(person.number),
            number=person.number,
            usage_type="monetary",
            name="main",
            units=CURRENCY,
            amount=person.balance,
            starts=since,
            lowest=-person.contract.credit if person.contract else Decimal(0),
        )
        if not person.member:
            yield from self._allowances(person, past)
        yield from self._package_buckets(person)
        if person.points is not None:
            yield NewBucket(
                id=bonus_bucket(person.number),
                number=person.number,
                usage_type="other",
                name="bonus",
                units="points",
                amount=Decimal(person.points),
                starts=since,
            )

    def _allowances(self, person: Person, past: History) -> Iterator[NewBucket]:
        offering = self._catalogue.offerings[person.tariff]
        ends = self._at(person.next_charge_in)
        for kind, units in offering.allowances.items():
            full = None if units is None else Decimal(units)
            yield NewBucket(
                id=f"{kind}-{person.number}",
                number=person.number,
                usage_type=kind,
                name=bucket_name(kind, offering),
                units=UNITS[kind],
                amount=None if full is None else full - past.used[kind],
                started=full,
                starts=ends - timedelta(days=offering.charge_days),
                ends=ends,
                source=_product_id(person, "tariff"),
                shared=person.shares_with,
            )

    def _package_buckets(self, person: Person) -> Iterator[NewBucket]:
        for package in person.packages:
            offering = self._catalogue.offerings[package.id]
            units = offering.allowances["data"]
            starts = self._at(-package.ago)
            yield NewBucket(
                id=f"{package.id}-{person.number}",
                number=person.number,
                usage_type="data",
                name=package.id,
                units=UNITS["data"],
                amount=None if units is None else Decimal(package.left),
                started=None if units is None else Decimal(units),
                starts=starts,
                ends=starts + timedelta(days=offering.days or 1),
                source=_product_id(person, package.id),
            )

    def _products(self, person: Person) -> Iterator[Document]:
        yield self._tariff(person)
        yield self._sim(person)
        if person.contract:
            yield self._contract(person)
        for service in person.services:
            yield self._service(person, service)
        for package in person.packages:
            offering = self._catalogue.offerings[package.id]
            until = self._at(-package.ago) + timedelta(days=offering.days or 1)
            document = self._product(person, package.id, offering, package.ago)
            products.characterise(document, {"kind": "package", "validUntil": until})
            yield document
        if person.roaming:
            offering = self._of_category("roaming")
            document = self._product(person, "roaming", offering, person.roaming.ago)
            products.characterise(document, {"kind": "roaming", "zone": person.roaming.zone})
            yield document
        if person.promised:
            yield self._promised(person)

    def _product(self, person: Person, name: str, offering: Offering, ago: int) -> Document:
        return products.product(
            person.number,
            person.customer,
            offering,
            product_id=_product_id(person, name),
            starts=self._at(-ago),
        )

    def _of_category(self, category: str) -> Offering:
        return next(o for o in self._catalogue.offerings.values() if o.category == category)

    def _tariff(self, person: Person) -> Document:
        offering = self._catalogue.offerings[person.tariff]
        document = self._product(person, "tariff", offering, person.since_ago)
        facts: dict[str, object] = {
            "kind": "tariff",
            "nextChargeDate": self._at(person.next_charge_in),
            "nextChargeAmount": offering.price,
        }
        if person.member:
            # The other number pays.
            document["productPrice"] = []
            facts = {"kind": "tariff"}
        if person.suspended:
            document["status"] = products.SUSPENDED
            facts |= {
                "suspendReason": person.suspended.reason,
                "lifeUntil": self._at(person.suspended.life_in),
            }
        products.characterise(document, facts)
        return document

    def _sim(self, person: Person) -> Document:
        chance = random.Random(f"{self._seed}:sim:{person.number}")  # noqa: S311 - invented
        document = self._product(person, "sim", _SIM, person.since_ago)
        facts = {
            "kind": "sim",
            "iccid": f"8938077{chance.randrange(10**12):012}",
            "puk": f"{chance.randrange(10**8):08}",
            "simType": person.sim.type,
        }
        products.characterise(document, facts)
        if person.sim.blocked_ago is not None:
            document["status"] = products.SUSPENDED
        return document

    def _contract(self, person: Person) -> Document:
        document = self._product(person, "contract", _CONTRACT, person.since_ago)
        if person.contract:
            facts = {
                "kind": "contract",
                "billAmount": person.contract.bill,
                "billDate": self._at(-person.contract.bill_ago),
                "billDueDate": self._at(person.contract.due_in),
                "debt": person.contract.debt,
            }
            products.characterise(document, facts)
        return document

    def _service(self, person: Person, service: Service) -> Document:
        offering = self._catalogue.offerings[service.id]
        document = self._product(person, service.id, offering, service.ago)
        facts: dict[str, object] = {"kind": offering.category}
        if offering.category == "subscription":
            facts["orderedBy"] = service.ordered_by
        if service.ended_ago is not None:
            products.end(document, self._at(-service.ended_ago))
        elif offering.price:
            to_next = offering.charge_days - service.ago % offering.charge_days
            facts["nextChargeDate"] = self._at(to_next)
        products.characterise(document, facts)
        return document

    def _promised(self, person: Person) -> Document:
        offering = self._of_category("promised-payment")
        ago = person.promised.ago if person.promised else 0
        document = self._product(person, "promised-payment", offering, ago)
        if person.promised:
            facts = {
                "kind": "promised-payment",
                "debt": person.promised.owed,
                "repayUntil": self._at(person.promised.repay_in),
            }
            products.characterise(document, facts)
        return document

    def _topup(self, person: Person, paid: PaidIn, topup_id: str) -> Document:
        document = topup_document(
            person.number,
            person.customer,
            paid.amount,
            topup_id=topup_id,
            channel=paid.channel,
        )
        # Of today's, an hour ago: the day itself may have only begun.
        at = self._at(-paid.ago) - timedelta(hours=1)
        document |= {"requestedDate": moment(at), "status": paid.status}
        if paid.status == "completed":
            document["confirmationDate"] = moment(at + timedelta(minutes=1))
        return document

    def _ticket(self, person: Person, complaint: Complaint) -> Document:
        at, changed = self._at(-complaint.ago), self._at(-complaint.ago) + timedelta(hours=3)
        sent: Document = {
            "name": complaint.name,
            "description": complaint.description,
            "severity": complaint.severity,
            "ticketType": complaint.type,
            "channel": {"id": "chat"},
            "relatedEntity": [
                {"id": person.number, "role": "number", "@referredType": "LogicalResource"}
            ],
            "note": [
                {"author": "BSS", "date": moment(changed), "text": t} for t in complaint.notes
            ],
        }
        document = opened(sent, at, ticket_id=complaint.id)
        expected = self._at(complaint.resolution_in)
        if complaint.status == "resolved":
            changed = expected
            document["resolutionDate"] = moment(expected)
        change = {
            "changeDate": moment(changed),
            "status": complaint.status,
            "changeReason": complaint.reason,
        }
        return document | {
            "status": complaint.status,
            "statusChangeReason": complaint.reason,
            "statusChangeDate": moment(changed),
            "lastUpdate": moment(changed),
            "expectedResolutionDate": moment(expected),
            "statusChange": [*document["statusChange"], change],
        }


def _product_id(person: Person, name: str) -> str:
    return f"{name}-{person.number}"
