"""An operator's feed, and: a snapshot and the events after it equal a fresh snapshot."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from itertools import pairwise

from handoff.domain import errors
from handoff.domain.queue import QueueEntry
from handoff.domain.vocabulary import ConversationId, OperatorId
from handoff.live.session import Session
from handoff.services import assignment, receive, reply
from handoff.services.ports import FeedItem, Services
from tests.integration.handoff.conftest import Office, visitor


async def feed_of(services: Services, operator: OperatorId) -> list[FeedItem]:
    return await services.store.feed_after(operator, 0, 10_000)


async def test_numbers_have_no_gap_however_many_write_at_once(
    services: Services, office: Office
) -> None:
    anna = await office.hire("anna", capacity=10)
    conversations = [await receive.request_person(services, visitor(f"v{n}")) for n in range(6)]
    for each in conversations:
        await assignment.accept(services, anna, each.id)
    await asyncio.gather(
        *(
            receive.receive_message(services, visitor(f"v{n}"), f"m{k}", f"{n}.{k}")
            for n in range(6)
            for k in range(5)
        )
    )
    items = await feed_of(services, anna)
    assert [item.n for item in items] == list(range(1, len(items) + 1))
    assert len(items) == 6 + 30
    for each in conversations:
        logs = [item.entry.log for item in items if item.entry.conversation == each.id]
        assert all(earlier < later for earlier, later in pairwise(logs))


async def test_notes_reach_operators_only(services: Services, office: Office) -> None:
    anna = await office.hire("anna")
    conversation = await receive.request_person(services, visitor())
    await assignment.accept(services, anna, conversation.id)
    operator = await services.store.operator(anna)
    assert operator is not None
    await reply.add_note(services, operator, conversation.id, external_id="n1", text="VIP")
    kinds = [type(item.entry.event).__name__ for item in await feed_of(services, anna)]
    assert kinds == ["StateChanged", "Note"]
    seen = await services.store.visible_entries(conversation.id, 0, 1_000)
    assert [type(entry.event).__name__ for entry in seen] == ["StateChanged", "StateChanged"]


class Shadow:
    """What a client knows that took one snapshot and then only heard of changes."""

    def __init__(self, services: Services, session: Session, own: set[ConversationId]) -> None:
        self.services = services
        self.session = session
        self.own = own
        self.queue: dict[ConversationId, QueueEntry] = {}

    async def hear(self) -> None:
        """Take in what came since, as the desk tells it."""
        items = await self.services.store.feed_after(
            self.session.operator.id, self.session.feed, 10_000
        )
        for item in self.session.admit(items) or []:
            change = item.entry.event
            if self.session.became_own(item):
                self.own.add(item.entry.conversation)
            elif getattr(change, "state", None) is not None:
                self.own.discard(item.entry.conversation)
        told = self.session.see_queue(await self.services.store.queue())
        for gone in told.removed:
            del self.queue[gone]
        self.queue |= {entry.conversation: entry for entry in (*told.added, *told.changed)}


async def test_a_snapshot_and_what_came_after_equal_a_fresh_snapshot(
    services: Services, office: Office
) -> None:
    chance = random.Random(7)
    team = [await office.hire(f"operator{n}", capacity=4) for n in range(3)]
    shadows = []
    for each in team:
        operator = await services.store.operator(each)
        assert operator is not None
        shadows.append(Shadow(services, Session(operator), set()))
    for step in range(120):
        await act(services, team, chance, step)
        if chance.random() < 0.3:
            await chance.choice(shadows).hear()
    fresh = {entry.conversation: entry for entry in await services.store.queue()}
    for shadow in shadows:
        await shadow.hear()
        own = await services.store.views_of_operator(shadow.session.operator.id)
        assert shadow.own == {view.conversation.id for view in own}
        assert shadow.queue == fresh


async def act(services: Services, team: list[OperatorId], chance: random.Random, step: int) -> None:
    sender, me, other = visitor(f"v{chance.randrange(8)}"), *chance.sample(team, 2)
    latest = await services.store.latest_conversation(receive.subscriber_id(sender.address))
    conversation = latest.id if latest else ConversationId("none")
    operator = await services.store.operator(me)
    assert operator is not None
    actions: list[Callable[[], Awaitable[object]]] = [
        lambda: receive.request_person(services, sender),
        lambda: receive.receive_message(services, sender, f"m{step}", f"текст {step}"),
        lambda: receive.leave_queue(services, sender.address),
        lambda: assignment.accept(services, me, conversation),
        lambda: assignment.accept(services, me, conversation),
        lambda: assignment.transfer_to_operator(services, me, conversation, other),
        lambda: assignment.transfer_to_skill(services, me, conversation, "billing"),
        lambda: assignment.return_to_bot(services, me, conversation),
        lambda: assignment.close(services, me, conversation, "solved"),
        lambda: reply.send(services, operator, conversation, external_id=f"o{step}", text="Так"),
    ]
    try:
        await chance.choice(actions)()
    except errors.HandoffError:
        return
