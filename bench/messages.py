"""What the subscribers of the load generator write: requests the bot answers, a set a language."""

MESSAGES: dict[str, tuple[str, ...]] = {
    "uk": (
        "Де у вас магазини у Львові?",
        "Як налаштувати інтернет на новому телефоні?",
        "Скільки коштує роумінг у Польщі?",
        "Поповнив рахунок годину тому, а грошей немає",
        "Які у вас є тарифи?",
        "Загубив телефон, заблокуйте сім-карту",
        "Хочу перейти до вас зі своїм номером",
        "Де подивитися PUK-код?",
        "Пропала мережа, телефон не ловить",
        "Дякую",
    ),
    "ru": (
        "Где у вас магазины в Одессе?",
        "Как настроить интернет на новом телефоне?",
        "Сколько стоит роуминг в Турции?",
        "Пополнил счёт час назад, а денег нет",
        "Какие у вас есть тарифы?",
        "Потерял телефон, заблокируйте сим-карту",
        "Хочу перейти к вам со своим номером",
        "Где посмотреть PUK-код?",
        "Пропала сеть, телефон не ловит",
        "Спасибо",
    ),
    "en": (
        "Where are your shops in Kyiv?",
        "How do I set up the internet on a new phone?",
        "How much is roaming in Germany?",
        "I topped up an hour ago and the money is not there",
        "What plans do you have?",
        "I lost my phone, please block my SIM card",
        "I want to move to you and keep my number",
        "Where can I see my PUK code?",
        "There is no signal on my phone",
        "Thank you",
    ),
}

# Answers that stand in the bot's domain: no action is called.
STATIC = (
    "Хочу eSIM на айфон",
    "Не працює мобільний інтернет зранку",
    "Як перенести свій номер до вас?",
    "Пропала мережа, телефон не ловить",
    "Як увімкнути переадресацію дзвінків?",
    "Дякую",
)
