/** The demonstration site's texts. Each is [Ukrainian, Russian, English]. */

export const LOCALES = ["uk", "ru", "en"] as const;
export type Locale = (typeof LOCALES)[number];

type Text = readonly [uk: string, ru: string, en: string];

export const TEXTS: Readonly<Record<string, Text>> = {
  title: [
    "Обрій: мобільний зв’язок",
    "Горизонт: мобильная связь",
    "Horizon: mobile for wherever you are",
  ],
  brand: ["Обрій", "Горизонт", "Horizon"],
  skip: ["До головного", "К главному", "Skip to the content"],
  language: ["Мова", "Язык", "Language"],
  navTop: ["Розділи", "Разделы", "Sections"],
  navBottom: ["Посилання внизу сторінки", "Ссылки внизу страницы", "Links at the page's end"],
  navTariffs: ["Тарифи", "Тарифы", "Plans"],
  navCoverage: ["Покриття", "Покрытие", "Coverage"],
  navHelp: ["Допомога", "Помощь", "Help"],
  write: ["Написати нам", "Написать нам", "Write to us"],
  heroTitle: [
    "Зв’язок аж до обрію",
    "Связь до самого горизонта",
    "Signal all the way to the horizon",
  ],
  heroText: [
    "Швидкий інтернет у місті, у дорозі й там, де закінчується асфальт. Чесні тарифи без дрібного шрифту і підтримка, яка відповідає за секунди.",
    "Быстрый интернет в городе, в дороге и там, где кончается асфальт. Честные тарифы без мелкого шрифта и поддержка, которая отвечает за секунды.",
    "Fast internet in town, on the road and where the road ends. Honest plans with no small print, and support that answers in seconds.",
  ],
  heroChoose: ["Обрати тариф", "Выбрать тариф", "Choose a plan"],
  heroAsk: ["Запитати помічника", "Спросить помощника", "Ask the assistant"],
  factCoverage: ["людей у зоні 4G", "людей в зоне 4G", "of people covered by 4G"],
  factRoaming: ["країни в роумінгу", "страны в роуминге", "countries in roaming"],
  factSupport: [
    "підтримка трьома мовами",
    "поддержка на трёх языках",
    "support in three languages",
  ],
  tariffsTitle: ["Тариф на ваш розмір", "Тариф вашего размера", "A plan of your size"],
  tariffsText: [
    "Ціна за 28 днів. Змінити тариф можна будь-коли, номер лишається вашим.",
    "Цена за 28 дней. Сменить тариф можно когда угодно, номер остаётся вашим.",
    "Prices are for 28 days. Change your plan any time and keep your number.",
  ],
  per: ["грн", "грн", "UAH"],
  popular: ["Обирають найчастіше", "Выбирают чаще всего", "Most popular"],
  gb: ["ГБ", "ГБ", "GB"],
  startFor: ["Для дзвінків і карт", "Для звонков и карт", "For calls and maps"],
  startData: ["5 ГБ інтернету", "5 ГБ интернета", "5 GB of data"],
  startCalls: ["300 хвилин на всіх", "300 минут на всех", "300 minutes to any network"],
  startMore: [
    "Роумінг Європою за тарифом",
    "Роуминг по Европе по тарифу",
    "Roam in Europe on your plan",
  ],
  smartFor: ["Для щоденного життя", "Для каждого дня", "For every day"],
  smartData: ["15 ГБ інтернету", "15 ГБ интернета", "15 GB of data"],
  smartCalls: ["800 хвилин на всіх", "800 минут на всех", "800 minutes to any network"],
  smartMore: ["Месенджери без обліку", "Мессенджеры без счёта", "Messengers not counted"],
  maxFor: ["Для тих, хто завжди в мережі", "Для тех, кто всегда в сети", "For the always online"],
  maxData: ["Безлімітний інтернет", "Безлимитный интернет", "Unlimited data"],
  maxCalls: ["1600 хвилин на всіх", "1600 минут на всех", "1,600 minutes to any network"],
  maxMore: [
    "Роумінг Європою до 10 ГБ",
    "Роуминг по Европе до 10 ГБ",
    "Up to 10 GB roaming in Europe",
  ],
  familyFor: ["Один рахунок на родину", "Один счёт на семью", "One bill for the family"],
  familyData: ["60 ГБ на чотирьох", "60 ГБ на четверых", "60 GB shared by four"],
  familyCalls: ["3000 хвилин на всіх", "3000 минут на всех", "3,000 minutes shared"],
  familyMore: ["До 4 номерів", "До 4 номеров", "Up to 4 numbers"],
  connect: ["Підключити", "Подключить", "Get this plan"],
  coverageTitle: [
    "Від центру міста до останнього хутора",
    "От центра города до последнего хутора",
    "From the city centre to the last farm",
  ],
  coverageText: [
    "4G працює в усіх обласних центрах і вздовж головних трас, а вежі живуть від батарей, коли зникає світло. Скажіть, де ви, і дізнайтеся, що чекає на вас у мережі.",
    "4G работает во всех областных центрах и вдоль главных трасс, а вышки живут от батарей, когда пропадает свет. Скажите, где вы, и узнайте, что ждёт вас в сети.",
    "4G in every regional centre and along the main roads, with masts that run on batteries when the power is out. Tell us where you are to see what to expect.",
  ],
  coverageAsk: ["Перевірити моє місце", "Проверить моё место", "Check my place"],
  coverageQuestion: [
    "Яке покриття у Львові?",
    "Какое покрытие во Львове?",
    "What is the coverage in Lviv?",
  ],
  legendStrong: ["4G, висока швидкість", "4G, высокая скорость", "4G, high speed"],
  legendGood: ["4G", "4G", "4G"],
  legendVoice: ["дзвінки та SMS", "звонки и SMS", "calls and SMS"],
  mapLabel: ["Умовна карта покриття", "Условная карта покрытия", "A sketch of the coverage map"],
  helpTitle: ["Питайте своїми словами", "Спрашивайте своими словами", "Ask in your own words"],
  helpText: [
    "Помічник відповість одразу, а коли потрібна людина, передасть розмову оператору з усім, що ви вже розповіли.",
    "Помощник ответит сразу, а когда нужен человек, передаст разговор оператору со всем, что вы уже рассказали.",
    "The assistant answers at once, and hands you to a person together with everything you have already said.",
  ],
  balance: ["Баланс", "Баланс", "Balance"],
  balanceQuestion: ["Як перевірити баланс?", "Как проверить баланс?", "How do I check my balance?"],
  payment: ["Оплата", "Оплата", "Payments"],
  paymentQuestion: [
    "Поповнив рахунок, а гроші не прийшли",
    "Пополнил счёт, а деньги не пришли",
    "I topped up but the money hasn't arrived",
  ],
  internet: ["Інтернет", "Интернет", "Internet"],
  internetQuestion: ["Не працює інтернет", "Не работает интернет", "My internet isn't working"],
  roaming: ["Роумінг", "Роуминг", "Roaming"],
  roamingQuestion: [
    "Скільки коштує роумінг у Туреччині?",
    "Сколько стоит роуминг в Турции?",
    "How much is roaming in Turkey?",
  ],
  sim: ["Сім-картка", "Сим-карта", "SIM card"],
  simQuestion: [
    "Загубив сім-картку, що робити?",
    "Потерял симку, что делать?",
    "I lost my SIM card, what now?",
  ],
  porting: ["Свій номер", "Свой номер", "Your number"],
  portingQuestion: [
    "Хочу перейти до вас зі своїм номером",
    "Хочу перейти к вам со своим номером",
    "I want to switch to you and keep my number",
  ],
  callUs: ["Зателефонувати", "Позвонить", "Call us"],
  fromMobile: ["з мобільного, безкоштовно", "с мобильного, бесплатно", "from your mobile, free"],
  fromAny: ["з будь-якого телефону", "с любого телефона", "from any phone"],
  demo: [
    "Демонстраційний сайт: оператора «Обрій» не існує.",
    "Демонстрационный сайт: оператора «Горизонт» не существует.",
    "A demonstration site: the operator Horizon does not exist.",
  ],
};

/** One text in one language. */
export function say(key: string, locale: Locale): string {
  return TEXTS[key]?.[LOCALES.indexOf(locale)] ?? key;
}

const WANTED: Record<Locale, string> = {
  uk: "Хочу перейти на тариф",
  ru: "Хочу перейти на тариф",
  en: "I want to switch to the plan",
};

/** What a subscriber says who has chosen a tariff. */
export function wish(tariff: string, locale: Locale): string {
  return `${WANTED[locale]} ${tariff}`;
}
