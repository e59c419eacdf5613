"""Phone numbers in the one form everything inside uses: + and 7 to 15 digits (E.164)."""

import re

_NOT_DIGITS = re.compile(r"[\s().\-\u00a0]+")
_E164 = re.compile(r"\+?[1-9][0-9]{6,14}")
_NATIONAL = re.compile(r"0[0-9]{9}")


def phone_number(text: str) -> str | None:
    """Return a number as E.164 has it; None for what is none. National ones are Ukrainian."""
    bare = _NOT_DIGITS.sub("", text)
    if _NATIONAL.fullmatch(bare):
        return f"+38{bare}"
    return f"+{bare.removeprefix('+')}" if _E164.fullmatch(bare) else None
