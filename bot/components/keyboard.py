"""What the same keys write in each keyboard layout, and how Latin letters stand for Cyrillic."""

from __future__ import annotations

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю'"
_SHIFTED = {"[": "{", "]": "}", ";": ":", "'": '"', ",": "<", ".": ">", "`": "~"}


def _layout(letters: str) -> dict[str, str]:
    table = dict(zip(_KEYS, letters, strict=True))
    for key, letter in list(table.items()):
        table[_SHIFTED.get(key, key.upper())] = letter.upper()
    return table


TO_RUSSIAN = _layout(_RUSSIAN)
TO_UKRAINIAN = _layout(_UKRAINIAN)
FROM_CYRILLIC = {
    letter: key for table in (TO_UKRAINIAN, TO_RUSSIAN) for key, letter in table.items()
}

SOUNDS: dict[str, dict[str, tuple[str, ...]]] = {
    "ru": {
        "a": ("а", "я"), "b": ("б",), "v": ("в",), "g": ("г",), "d": ("д",),
        "e": ("е", "э"), "z": ("з", "ж"), "i": ("и", "й"), "j": ("й", "ж", "ь"),
        "k": ("к",), "l": ("л", "ль"), "m": ("м",), "n": ("н", "нь"), "o": ("о",), "p": ("п",),
        "r": ("р",), "s": ("с", "сь", "ш"), "t": ("т", "ть"), "u": ("у", "ю"), "f": ("ф",),
        "h": ("х", "г"), "c": ("ц", "к", "с", "ч"), "y": ("ы", "й", "и", "у"),
        "w": ("в", "ш", "щ"),
        "x": ("х", "кс"), "q": ("к", "я"), "'": ("ь", "ъ", ""), "4": ("ч",), "6": ("ш",),
        "zh": ("ж",), "kh": ("х",), "ch": ("ч",), "sh": ("ш",), "sch": ("щ",), "shch": ("щ",),
        "shh": ("щ",), "ts": ("ц", "тс"), "tz": ("ц",), "yu": ("ю",), "ju": ("ю",), "iu": ("ю",),
        "ya": ("я",), "ja": ("я",), "ia": ("я", "иа"), "yo": ("е", "йо"), "jo": ("е",),
        "io": ("е", "ио"),
        "ye": ("е",), "je": ("е",), "ie": ("ие", "ье"), "eh": ("э",), "yi": ("ый",), "ij": ("ий",),
        "iy": ("ий",), "yy": ("ый",), "yj": ("ый",), "ks": ("кс",), "ck": ("к",), "ph": ("ф",),
    },
    "uk": {
        "a": ("а", "я"), "b": ("б",), "v": ("в",), "g": ("г", "ґ"), "d": ("д",),
        "e": ("е", "є"), "z": ("з", "ж", "зь"), "i": ("і", "и", "ї", "й"), "j": ("й", "ж", "ь"),
        "k": ("к",), "l": ("л", "ль"), "m": ("м",), "n": ("н", "нь"), "o": ("о",), "p": ("п",),
        "r": ("р",), "s": ("с", "сь", "ш"), "t": ("т", "ть"), "u": ("у", "ю"), "f": ("ф",),
        "h": ("г", "х"), "c": ("ц", "к", "с", "ч", "ць"), "y": ("и", "й", "і", "у"),
        "w": ("в", "ш", "щ"),
        "x": ("х", "кс"), "q": ("к", "я"), "'": ("'", "ь", ""), "4": ("ч",), "6": ("ш",),
        "zh": ("ж",), "kh": ("х",), "ch": ("ч",), "sh": ("ш",), "sch": ("щ",), "shch": ("щ",),
        "shh": ("щ",), "ts": ("ц", "тс"), "tz": ("ц",), "yu": ("ю",), "ju": ("ю",), "iu": ("ю",),
        "ya": ("я",), "ja": ("я",), "ia": ("я", "іа"), "yo": ("йо",), "jo": ("йо", "ьо"),
        "io": ("йо", "іо"),
        "ye": ("є",), "je": ("є",), "ie": ("є", "іє"), "yi": ("ї",), "ji": ("ї",),
        "ii": ("ії", "ій"), "yj": ("ий",), "yy": ("ий",), "iy": ("ий", "ій"), "ij": ("ій", "ий"),
        "ks": ("кс",), "ck": ("к",), "zgh": ("зг",), "ph": ("ф",),
    },
}  # fmt: skip
"""For each language what a run of Latin letters may stand for."""

LONGEST_SOUND = max(len(run) for table in SOUNDS.values() for run in table)


def retyped(text: str, layout: dict[str, str]) -> str:
    """Return what the same key strokes would have written in another layout."""
    return "".join(layout.get(character, character) for character in text)
