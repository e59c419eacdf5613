"""What the service itself says to a subscriber, where neither the bot nor a person can."""

from handoff.domain.vocabulary import Language

BOT_FAILED: dict[Language, str] = {
    Language.UK: "Вибачте, зараз я не можу відповісти сам. Передаю розмову оператору: "
    "він побачить усе, що ви написали.",
    Language.RU: "Извините, сейчас я не могу ответить сам. Передаю разговор оператору: "
    "он увидит всё, что вы написали.",
    Language.EN: "Sorry, I cannot answer by myself just now. I am passing you to an operator, "
    "who will see everything you wrote.",
}
