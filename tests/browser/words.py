"""What the pages say and what people say on them, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WidgetWords:
    """The subscriber's side."""

    open: str
    close: str
    field: str
    send: str
    person: str
    leave_queue: str
    menu: str
    nobody_online: str
    next_in_queue: str
    second_in_queue: str
    joined: str
    bot_again: str
    ended: str
    typing: str
    kept: str
    rating: str
    best_score: str
    comment: str
    send_rating: str
    thanks: str
    new_conversation: str


@dataclass(frozen=True)
class ConsoleWords:
    """The operator's side."""

    login: str
    password: str
    sign_in: str
    desk: str
    history: str
    go_online: str
    online: str
    queue: str
    accept: str
    own: str
    transcript: str
    channel: str
    language: str
    asked_for_person: str
    waiting: str
    bot: str
    balance: str
    unexpected_charge: str
    answered: str
    reply: str
    reply_mode: str
    note_mode: str
    note: str
    send: str
    save_note: str
    transfer: str
    return_to_bot: str
    close: str
    close_conversation: str
    solved: str
    closed_as: str
    rated: str


@dataclass(frozen=True)
class Speech:
    """What the people of the story say."""

    question: str
    vague: str
    plea: str
    reply: str
    typed: str
    note: str
    again: str
    farewell: str
    comment: str
    return_visit: str


@dataclass(frozen=True)
class Language:
    """A language of the pages and of the people on them."""

    code: str
    locale: str
    name: str
    widget: WidgetWords
    console: ConsoleWords
    speech: Speech


RU = Language(
    code="ru",
    locale="ru-RU",
    name="Русский",
    widget=WidgetWords(
        open="Открыть чат",
        close="Закрыть чат",
        field="Напишите сообщение",
        send="Отправить",
        person="Позвать оператора",
        leave_queue="Выйти из очереди",
        menu="Меню",
        nobody_online="Сейчас операторов нет на месте.",
        next_in_queue="Вы следующий в очереди",
        second_in_queue="Ваше место в очереди: 2",
        joined="{name} на связи",
        bot_again="Снова отвечает помощник",
        ended="Разговор завершён",
        typing="{name} печатает",
        kept="Уйдёт, как только появится связь",
        rating="Как мы справились?",
        best_score="5: Отлично",
        comment="Что можно улучшить? (необязательно)",
        send_rating="Отправить оценку",
        thanks="Спасибо за оценку!",
        new_conversation="Новый разговор",
    ),
    console=ConsoleWords(
        login="Логин",
        password="Пароль",
        sign_in="Войти",
        desk="Беседы",
        history="История",
        go_online="Выйти на связь",
        online="На связи",
        queue="Очередь",
        accept="Принять",
        own="Мои беседы",
        transcript="Ход беседы",
        channel="Чат на сайте",
        language="русский",
        asked_for_person="Просит человека",
        waiting="ждёт",
        bot="Бот",
        balance="Баланс",
        unexpected_charge="Непонятное списание",
        answered="ответил",
        reply="Ответ: Гость",
        reply_mode="Ответ",
        note_mode="Заметка",
        note="Внутренняя заметка",
        send="Отправить",
        save_note="Сохранить заметку",
        transfer="Передать",
        return_to_bot="Вернуть боту",
        close="Закрыть",
        close_conversation="Закрыть беседу",
        solved="Решено",
        closed_as="Беседа закрыта: Решено",
        rated="Оценка 5 из 5",
    ),
    speech=Speech(
        question="Сколько денег у меня на счету?",
        vague="роуминг",
        plea="Мне списали лишние сорок гривен, разберитесь, пожалуйста",
        reply="Здравствуйте! Вижу списание, возвращаю сорок гривен на счёт.",
        typed="А когда деньги верн",
        note="Возврат 40 грн оформлен, проверить завтра",
        again="Как пополнить счёт?",
        farewell="Готово, деньги на счету. Хорошего дня!",
        comment="Быстро помогли",
        return_visit="Какие у вас есть тарифы?",
    ),
)

UK = Language(
    code="uk",
    locale="uk-UA",
    name="Українська",
    widget=WidgetWords(
        open="Відкрити чат",
        close="Закрити чат",
        field="Напишіть повідомлення",
        send="Надіслати",
        person="Покликати оператора",
        leave_queue="Вийти з черги",
        menu="Меню",
        nobody_online="Зараз операторів немає на місці.",
        next_in_queue="Ви наступні в черзі",
        second_in_queue="Ваше місце в черзі: 2",
        joined="{name} на зв’язку",
        bot_again="Знову відповідає помічник",
        ended="Розмову завершено",
        typing="{name} друкує",
        kept="Піде, щойно з’явиться зв’язок",
        rating="Як ми впоралися?",
        best_score="5: Чудово",
        comment="Що можна покращити? (необов’язково)",
        send_rating="Надіслати оцінку",
        thanks="Дякуємо за оцінку!",
        new_conversation="Нова розмова",
    ),
    console=ConsoleWords(
        login="Логін",
        password="Пароль",
        sign_in="Увійти",
        desk="Розмови",
        history="Історія",
        go_online="Вийти на зв’язок",
        online="На зв’язку",
        queue="Черга",
        accept="Прийняти",
        own="Мої розмови",
        transcript="Хід розмови",
        channel="Чат на сайті",
        language="українська",
        asked_for_person="Просить людину",
        waiting="чекає",
        bot="Бот",
        balance="Баланс",
        unexpected_charge="Незрозуміле списання",
        answered="відповів",
        reply="Відповідь: Гість",
        reply_mode="Відповідь",
        note_mode="Нотатка",
        note="Внутрішня нотатка",
        send="Надіслати",
        save_note="Зберегти нотатку",
        transfer="Передати",
        return_to_bot="Повернути боту",
        close="Закрити",
        close_conversation="Закрити розмову",
        solved="Вирішено",
        closed_as="Розмову закрито: Вирішено",
        rated="Оцінка 5 з 5",
    ),
    speech=Speech(
        question="Скільки грошей у мене на рахунку?",
        vague="роумінг",
        plea="З мене зняли зайві сорок гривень, розберіться, будь ласка",
        reply="Вітаю! Бачу списання, повертаю сорок гривень на рахунок.",
        typed="А коли гроші поверн",
        note="Повернення 40 грн оформлено, перевірити завтра",
        again="Як поповнити рахунок?",
        farewell="Готово, гроші на рахунку. Гарного дня!",
        comment="Швидко допомогли",
        return_visit="Які у вас є тарифи?",
    ),
)

EN = Language(
    code="en",
    locale="en-GB",
    name="English",
    widget=WidgetWords(
        open="Open the chat",
        close="Close the chat",
        field="Write a message",
        send="Send",
        person="Talk to a person",
        leave_queue="Leave the queue",
        menu="Menu",
        nobody_online="No operator is online just now.",
        next_in_queue="You are next",
        second_in_queue="You are 2nd in the queue",
        joined="{name} has joined",
        bot_again="The assistant is answering again",
        ended="The conversation has ended",
        typing="{name} is typing",
        kept="Will be sent once connected",
        rating="How did we do?",
        best_score="5: Excellent",
        comment="What could be better? (optional)",
        send_rating="Send the rating",
        thanks="Thank you for the rating!",
        new_conversation="New conversation",
    ),
    console=ConsoleWords(
        login="Login",
        password="Password",
        sign_in="Sign in",
        desk="Desk",
        history="History",
        go_online="Go online",
        online="Online",
        queue="Queue",
        accept="Accept",
        own="My conversations",
        transcript="Transcript",
        channel="Web chat",
        language="English",
        asked_for_person="Asked for a person",
        waiting="waiting",
        bot="Bot",
        balance="Balance",
        unexpected_charge="Unexpected charge",
        answered="answered",
        reply="Reply to Guest",
        reply_mode="Reply",
        note_mode="Note",
        note="Internal note",
        send="Send",
        save_note="Save note",
        transfer="Transfer",
        return_to_bot="Return to bot",
        close="Close",
        close_conversation="Close conversation",
        solved="Solved",
        closed_as="Closed: Solved",
        rated="Rated 5 of 5",
    ),
    speech=Speech(
        question="How much money is on my account?",
        vague="roaming",
        plea="You charged me forty hryvnias too much, please look into it",
        reply="Good afternoon! I see the charge and am giving forty hryvnias back.",
        typed="And when will the mon",
        note="Refund of 40 UAH is on its way, check tomorrow",
        again="How do I top up?",
        farewell="Done, the money is on your account. Have a nice day!",
        comment="Quick and kind",
        return_visit="What plans do you have?",
    ),
)

LANGUAGES = (RU, UK, EN)


def language_of(text: str) -> str:
    """Tell which of the three languages a text is written in, by its letters."""
    letters = text.lower()
    if any(letter in "іїєґ" for letter in letters):
        return UK.code
    return RU.code if any("а" <= letter <= "я" for letter in letters) else EN.code
