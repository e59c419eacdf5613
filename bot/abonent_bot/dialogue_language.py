"""Which language to answer in. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speech:
    """The language of a conversation, and the one a wish for it was written in, if any."""

    language: str | None
    asked_in: str | None


def followed(
    before: Speech,
    *,
    written: str | None,
    wished: str | None,
    hint: str | None,
    likely: str | None,
    default: str,
) -> Speech:
    """Return the language to answer in from now on.

    A wish ("speak English, please") holds while the subscriber goes on in the language the wish
    was written in; otherwise the answer follows what is written, and neutral text changes nothing.

    Args:
        before: what was so far.
        written: the language of this message where it is certain.
        wished: the language asked for in this message.
        hint: the caller's guess, used until the subscriber's own text tells.
        likely: the best guess about an uncertain message.
        default: the operator's language.
    """
    if wished:
        return Speech(wished, (written or likely or before.language) if written != wished else None)
    if written is None:
        return Speech(before.language or hint or likely or default, before.asked_in)
    if before.asked_in == written and before.language:
        return before
    return Speech(written, None)
