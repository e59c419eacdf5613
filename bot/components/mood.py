"""Tell whether somebody is angry enough to be offered a person at once. Pure."""

from __future__ import annotations

import re

from components.text import clean, words_of

LOUD_WORDS = 3
_SHOUTED = re.compile(r"[!?]{3,}")
# Stems of what people write to a care centre when they are past asking nicely.
_ANGRY = re.compile(
    r"\b(?:задолба|задовба|заколеба|достал[иао]|дістал[иао]|бесит|бісить|сволоч|уроды|козл[ыи]|"
    r"дебил|дебіл|идиот|ідіот|тупой бот|тупий бот|тупая машина|издева|знуща|ворюг|ворьё|ворье|"
    r"жулик|шахра|мошенник|позор|ганьба|кошмар|жах\b|безобрази|неподобств|сколько можно|"
    r"скільки можна|в сотый раз|всоте|вдесяте|третий раз пишу|втретє пишу|нахрен|нафіг|нафиг|"
    r"бля|сук[аи]\b|хрен|пизд|хуй|херн|ebal|fuck|shit|bullshit|wtf|damn|useless|ridiculous|"
    r"pathetic|scam|thieves|fed up|sick of|sick and tired)",
    re.IGNORECASE,
)


def is_angry(text: str) -> bool:
    """Tell whether a message swears, shouts or says that its writer is fed up."""
    plain = clean(text)
    return bool(_ANGRY.search(plain) or _SHOUTED.search(plain)) or _is_shouted(plain)


def _is_shouted(text: str) -> bool:
    words = [word for word in words_of(text) if len(word) > 2]
    return len(words) >= LOUD_WORDS and all(word.isupper() for word in words)
