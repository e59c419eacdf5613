"""The history page finds what was said, page by page."""

from handoff.domain.vocabulary import State
from handoff.services import receive
from handoff.services.ports import HistoryQuery, Services
from tests.integration.handoff.conftest import visitor


async def found(services: Services, **query: object) -> list[str | None]:
    views = await services.store.search(HistoryQuery(**query))  # type: ignore[arg-type]
    return [view.conversation.preview for view in views]


async def test_by_text_by_state_and_page_by_page(services: Services) -> None:
    for number, text in enumerate(["100% знижка", "де гроші", "100 гривень"]):
        await receive.receive_message(services, visitor(f"v{number}"), "m", text)
    assert await found(services) == ["100 гривень", "де гроші", "100% знижка"]
    assert await found(services, text="ГРОШІ") == ["де гроші"]
    # what stands for anything in a pattern stands for itself in a search
    assert await found(services, text="100%") == ["100% знижка"]
    assert await found(services, text="_") == []
    assert await found(services, state=State.CLOSED) == []
    (newest,) = await services.store.search(HistoryQuery(limit=1))
    before = newest.conversation
    older = await found(services, before=before.opened_at, before_id=before.id)
    assert older == ["де гроші", "100% знижка"]
