"""What is served agrees with the specifications: schemathesis asks, and reads the answers.

All its checks are on. What is amended of the specifications before they are read, and why, stands
at each amendment; the files themselves are as TM Forum published them.
"""

import asyncio
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.engines import clone_database
from tests.sandbox.conftest import BALANCE, ORDERING, ORDINARY, POOR, TICKETS, add, transfer
from tests.sandbox.processes import Process, process

SPECIFICATIONS = Path(__file__).resolve().parents[1] / "tmf"
EXAMPLES = 15

# An id that is kept, of each kind: an id made up would be a 404 and nothing else.
ORDER, TRANSFER = "O-100001", "X-100003"
KEPT = {
    "/productOffering/{id}": ["smart", "data-day", "promised-payment"],
    "/troubleTicket/{id}": ["T-10008", "T-10021", "T-10024"],
    "/productOrder/{id}": [ORDER],
    "/usage/{id}": ["U-0001-00001", "U-0010-00400"],
    "/product/{id}": [f"tariff-{ORDINARY}", "contract-380500000005", "sim-380500000009"],
    "/bucket/{id}": [f"main-{ORDINARY}", "data-380500000010", "bonus-380500000012"],
    "/topupBalance/{id}": ["TU-0001-1", "TU-0015-3"],
    "/transferBalance/{id}": [TRANSFER],
}

# An order nests so deep that all its variations are ten thousand requests. Varied is what the
# product asks for; that each attribute is read by its type is compared below, one by one.
ORDER_BODY = "ProductOrder_Create"
VARIED = {
    ORDER_BODY: ["category", "channel", "externalId", "note", "productOrderItem"],
    "ProductOrderItem": ["id", "action", "quantity", "product", "productOffering"],
    "ProductRefOrValue": ["id", "productSerialNumber", "productCharacteristic", "startDate"],
}

CONFIG = SchemathesisConfig.from_dict({"seed": 1, "generation": {"deterministic": True}})


def amended(name: str, served: Collection[str]) -> dict[str, Any]:
    """A specification as it is meant, of the served operations alone.

    Those left out are asked for as well, as methods that have to be refused with a 405.
    """
    raw: dict[str, Any] = json.loads((SPECIFICATIONS / f"{name}.swagger.json").read_text())
    paths: dict[str, dict[str, Any]] = {}
    for operation in served:
        method, path = operation.split()
        paths.setdefault(path, {})[method.lower()] = raw["paths"][path][method.lower()]
        _amend(path, paths[path][method.lower()])
    if ORDER_BODY in raw["definitions"]:
        for kind, varied in VARIED.items():
            definition = raw["definitions"][kind]
            definition["properties"] = {each: definition["properties"][each] for each in varied}
    return {**raw, "paths": paths}


def _amend(path: str, operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        # Said to be integers and no more; TMF630, which they follow, counts from zero.
        if parameter["name"] in ("offset", "limit"):
            parameter["minimum"] = 0
        if parameter["name"] == "id" and path in KEPT:
            parameter["enum"] = KEPT[path]
    # TMF630 answers a part of a list with 206; the specifications forget to list it.
    responses = operation["responses"]
    if "X-Total-Count" in responses.get("200", {}).get("headers", {}):
        responses["206"] = responses["200"]


@pytest.fixture(scope="module")
def sandbox(postgres_dsn: str, seeded_template: str) -> Iterator[Process]:
    """A sandbox in which something of each kind is kept."""
    dsn = asyncio.run(clone_database(postgres_dsn, template=seeded_template))
    with process(dsn, BSS_ORDER_SECONDS="0") as running:
        order = {"externalId": "1", "productOrderItem": [{"id": "1", **add("data-5", ORDINARY)}]}
        _, placed = running.ask("POST", f"{ORDERING}/productOrder", order)
        # Carried out by the next one who asks, and its bucket and product take a number each.
        running.ask("GET", f"{BALANCE}/bucket")
        _, sent = running.ask("POST", f"{BALANCE}/transferBalance", transfer(20, "1", to=POOR))
        ticket = {"description": "Slow", "severity": "minor", "ticketType": "complaint"}
        running.ask("POST", f"{TICKETS}/troubleTicket", ticket)
        KEPT["/transferBalance/{id}"][:] = [sent["id"]]
        assert (placed["id"], sent["status"]) == (ORDER, "completed")
        yield running


def conformance(name: str, *operations: str) -> Any:
    """A test of the served operations of a specification."""
    raw = amended(name, operations)
    schema = schemathesis.openapi.from_dict(raw, config=CONFIG)

    @schema.parametrize()
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def test(case: schemathesis.Case[Any], sandbox: Process) -> None:
        headers = {"Authorization": f"Bearer {sandbox.token}"}
        base = sandbox.origin + raw["basePath"].rstrip("/")
        case.call_and_validate(base_url=base, headers=headers)

    return test


test_balance = conformance(
    "tmf654-prepay-balance-v4",
    "GET /bucket",
    "GET /bucket/{id}",
    "GET /topupBalance",
    "GET /topupBalance/{id}",
    "POST /topupBalance",
    "GET /transferBalance",
    "GET /transferBalance/{id}",
    "POST /transferBalance",
)
test_inventory = conformance("tmf637-product-inventory-v4", "GET /product", "GET /product/{id}")
test_catalogue = conformance(
    "tmf620-product-catalog-v4", "GET /productOffering", "GET /productOffering/{id}"
)
test_ordering = conformance(
    "tmf622-product-ordering-v4",
    "GET /productOrder",
    "GET /productOrder/{id}",
    "POST /productOrder",
)
test_usage = conformance("tmf635-usage-v4", "GET /usage", "GET /usage/{id}")
test_ticket = conformance(
    "tmf621-trouble-ticket-v4",
    "GET /troubleTicket",
    "GET /troubleTicket/{id}",
    "POST /troubleTicket",
)
