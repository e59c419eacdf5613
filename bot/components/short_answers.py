"""Short answers to the bot's own questions: yes, no, and "how much is that?". Pure."""

from __future__ import annotations

import re

from components.text import clean, words_of

MOST_WORDS = 6
"""A longer message says more than yes or no, whatever it begins with."""

_YES_WORDS = """
да ага угу ок окей конечно подтверждаю согласен согласна давай давайте подключай подключайте
подключи хочу верно точно можно го так авжеж звичайно підтверджую згоден згодна вмикай вмикайте
підключай підключайте вмикаю добре хорошо ладно гаразд
yes yeah yep yup sure okay confirm agreed agree please absolutely ok
"""
_NO_WORDS = """
нет неа не нет-нет отмена отмени отмените стоп передумал передумала ні нє нєа ніт скасуй скасуйте
скасувати передумав відміна no nope nah stop cancel don't dont never
"""
_YES = frozenset(words_of(_YES_WORDS))
_NO = frozenset(words_of(_NO_WORDS))
_FOLLOW_UP = re.compile(
    r"^(?:а |и |і |й |та |and |but |so |ок |ok |ясно |понятно |зрозуміло )*"
    r"(?:это |це |оно |воно |за це |за это |за таке |за такое )?"
    r"(?:сколько|скільки|почем|почім|какая цена|яка ціна|цена|ціна|how much|what price|price|"
    r"what's the price|дорого|бесплатно|безкоштовно|is it free|is that free|платно)"
    r"(?: (?:это|це|оно|воно|то|за це|за это|is|does|it|that|this|will|would|be|the|for|все|усе|"
    r"стоит|стоить|коштує|коштуватиме|будет|буде|обойдется|обійдеться|выйдет|вийде|cost|costs|"
    r"в|у|на|a|per|за|месяц|місяць|month|день|day|удовольствие|задоволення))*[?!. ]*$",
    re.IGNORECASE,
)


def yes_in(text: str) -> str | None:
    """Return the word that says yes, if the message does."""
    said = _first_words(text)
    return said[0] if said and said[0] in _YES and not _NO.intersection(said) else None


def no_in(text: str) -> str | None:
    """Return the word that says no, if the message does."""
    return next((word for word in _first_words(text) if word in _NO), None)


def follow_up_in(text: str) -> str | None:
    """Return ``price`` if the message asks what the thing just spoken of costs."""
    return "price" if _FOLLOW_UP.match(clean(text).replace("ё", "е")) else None


def _first_words(text: str) -> list[str]:
    words = [word.lower() for word in words_of(clean(text))]
    return words if len(words) <= MOST_WORDS else []
