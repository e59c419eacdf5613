"""Services and subscriptions: what is on and its price, switching on, switching off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.bss.model import OrderedBy, Product, ProductKind
from actions.catalogue import Sold
from actions.choosing import MOST_CHOICES, Choice, Question, ask_choice, chosen, listed
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import name_of
from actions.orders import Offer
from actions.prices import price_had, price_of, titled
from actions.proof import proved_number
from actions.standing import Wish, refuse_early
from actions.visit import Visit
from actions.wording import phone

SERVICE = "service"
CHOICE = "choice"
ALL = "all"
SAID_ALL = frozenset({"все", "всі", "усі", "усе", "обе", "обидві", "all", "both", "everything"})
"""What "all of them" is in answer to the question."""
_ALL_OF_THEM = re.compile(
    r"\b(?:все|всі|усі|всех|всіх|усіх|all)(?: \w+){0,2} "
    r"(?:подписки|подписок|підписки|підписок|subscriptions)\b",
    re.IGNORECASE,
)
SWITCHABLE = frozenset({ProductKind.SERVICE, ProductKind.SUBSCRIPTION})
SUBSCRIPTION_LINES = {
    OrderedBy.SMS: "utter_service_line_by_sms",
    OrderedBy.WEB: "utter_service_line_by_web",
    None: "utter_service_line_subscription",
}

ON = Question(SERVICE, "utter_service_activate_choose", again="utter_service_activate_unclear")
ON_ALREADY = Question(SERVICE, "utter_service_activate_already")
OFF = Question(SERVICE, "utter_service_deactivate_choose", again="utter_service_deactivate_unclear")
OFF_ALREADY = Question(SERVICE, "utter_service_deactivate_not_on")


class ServiceList(Flow):
    """Tells what is on and what it costs."""

    intent = "service_list"

    async def answer(self, visit: Visit) -> None:
        """Tell it, the paid ones first and with a button to switch each of them off."""
        number = await proved_number(visit)
        held = switched_on(await visit.tools.bss.inventory.products(number))
        if not held:
            visit.stop("utter_service_list_none", {"own_number": phone(number)})
        lines = [line_of(visit, one) for one in held]
        facts = {"own_number": phone(number), "services": listed(visit, lines)}
        visit.say("utter_service_list_on", facts, _buttons_off(visit, held))


class ServiceActivate(Flow):
    """Switches a service on after a yes to its price."""

    intent = "service_activate"

    async def answer(self, visit: Visit) -> None:
        """Ask which one, say its price, and order it."""
        wanted = visit.catalogue.services.get(chosen(visit, SERVICE) or "")
        number = await proved_number(visit)
        products = await visit.tools.bss.inventory.products(number)
        held = {id_of(one) for one in switched_on(products)}
        if wanted is None or wanted.id in held:
            facts = {"service": wanted.names[visit.language]} if wanted else {}
            ask_choice(visit, ON_ALREADY if wanted else ON, _still_off(visit, held), facts)
        await refuse_early(
            visit, products, Wish(number, wanted.names[visit.language], wanted.price)
        )
        response = "utter_service_activate_confirm" if wanted.price else "utter_service_free"
        await confirm(visit, _offer_on(visit, wanted, number), response)


class ServiceDeactivate(Flow):
    """Switches a service off, or all subscriptions at once, after a yes."""

    intent = "service_deactivate"

    async def answer(self, visit: Visit) -> None:
        """Ask which one, and order it off."""
        named, wants_all = chosen(visit, SERVICE), _wants_all(visit)
        # What was typed is not at hand any more once the number is proved.
        visit.keep(CHOICE, ALL if wants_all else None)
        number = await proved_number(visit)
        held = switched_on(await visit.tools.bss.inventory.products(number))
        if not held:
            visit.stop("utter_service_deactivate_none", {"own_number": phone(number)})
        subscriptions = [one for one in held if one.kind is ProductKind.SUBSCRIPTION]
        if wants_all and not named and subscriptions:
            offer = _offer_off(visit, subscriptions, number)
            await confirm(visit, offer, "utter_service_deactivate_all_confirm")
        wanted = next((one for one in held if id_of(one) == named), None)
        if wanted is None:
            name = visit.catalogue.name_of(named, visit.language)
            question = OFF_ALREADY if name else OFF
            ask_choice(visit, question, _to_switch_off(visit, held), {"service": name})
        await confirm(
            visit, _offer_off(visit, [wanted], number), "utter_service_deactivate_confirm"
        )


def switched_on(products: Sequence[Product]) -> list[Product]:
    """Return the services and subscriptions that are on: those that cost come first."""
    held = [one for one in products if one.kind in SWITCHABLE and one.is_had]
    return sorted(held, key=lambda one: (one.kind is not ProductKind.SUBSCRIPTION, not costs(one)))


def costs(product: Product) -> bool:
    """Whether money is taken for it."""
    return any(price.money.amount for price in product.prices)


def id_of(product: Product) -> str:
    """Return what a service is chosen by; one that is no longer sold has only its own id."""
    return product.offering_id or product.id


def line_of(visit: Visit, product: Product) -> str:
    """Write one service: its name, its price, and that it is a subscription."""
    name, price = name_of(visit, product), price_had(visit, product)
    line = f"{name}: {price}" if price else name
    if product.kind is not ProductKind.SUBSCRIPTION:
        return line
    return visit.words(SUBSCRIPTION_LINES[product.facts.ordered_by], {"line": line})


def _wants_all(visit: Visit) -> bool:
    if chosen(visit, CHOICE, asked_for=SERVICE) == ALL or _ALL_OF_THEM.search(visit.text):
        return True
    words = visit.text.lower().replace(",", " ").split()
    return visit.was_asked_for(SERVICE) and bool(SAID_ALL.intersection(words))


def _buttons_off(visit: Visit, held: Sequence[Product]) -> list[dict[str, str]]:
    # The answer has a button of its own beside these.
    paid = [one for one in held if costs(one)][: MOST_CHOICES - 1]
    return [
        {
            "title": visit.words("utter_service_button_off", {"service": name_of(visit, one)}),
            "payload": f'/{ServiceDeactivate.intent}{{"service": "{id_of(one)}"}}',
        }
        for one in paid
    ]


def _still_off(visit: Visit, held: set[str]) -> list[Choice]:
    """Return what there is to switch on; subscriptions, which cost by the day, come last."""
    sold = sorted(visit.catalogue.services.values(), key=lambda one: one.is_subscription)
    return [Choice(one.id, titled(visit, one)) for one in sold if one.id not in held]


def _to_switch_off(visit: Visit, held: Sequence[Product]) -> list[Choice]:
    choices = [Choice(id_of(one), name_of(visit, one)) for one in held]
    if sum(one.kind is ProductKind.SUBSCRIPTION for one in held) > 1:
        title = visit.words("utter_service_button_all")
        return [Choice(ALL, title, entity=CHOICE), *choices]
    return choices


def _offer_on(visit: Visit, service: Sold, number: str) -> Offer:
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "add", "offering": service.id},
        done="utter_service_activate_done",
        facts={
            "service": service.names[visit.language],
            "price": price_of(visit, service),
            "own_number": phone(number),
        },
    )


def _offer_off(visit: Visit, held: Sequence[Product], number: str) -> Offer:
    """Offer to switch off one or several, each by an order of its own."""
    first, *also = [
        {
            "action": "delete",
            "offering": id_of(one),
            "product": one.id,
            "name": name_of(visit, one),
        }
        for one in held
    ]
    return Offer(
        kind="orders" if also else "order",
        subscriber=visit.caller.subscriber,
        number=number,
        request=first,
        also=also,
        done="utter_service_deactivate_done",
        facts={"services": ", ".join(name_of(visit, one) for one in held)}
        | {"own_number": phone(number)},
    )
