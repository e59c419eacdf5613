import type { Messages } from "@/i18n/en";
import type { Language } from "@/i18n/plural";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A length of time that ticks without changing its width: `45 s`, `3:07`, `1:02:09`, `2 d`. */
export function formatElapsed(seconds: number, texts: Messages): string {
  if (seconds < MINUTE) return texts.time.seconds(seconds);
  if (seconds >= 2 * DAY) return texts.time.days(Math.floor(seconds / DAY));
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const rest = pad(seconds % MINUTE);
  if (seconds < HOUR) return `${minutes}:${rest}`;
  return `${Math.floor(seconds / HOUR)}:${pad(minutes)}:${rest}`;
}

const LOCALES: Record<Language, string> = { uk: "uk-UA", ru: "ru-RU", en: "en-GB" };

/** The hour and minute of a time. */
export function formatClock(at: string, language: Language): string {
  return format(at, language, { hour: "2-digit", minute: "2-digit" });
}

/** The day of a time, by name where it is near. */
export function formatDay(at: string, language: Language, texts: Messages, now: number): string {
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return texts.time.today;
  if (day === new Date(now - DAY * 1000).toDateString()) return texts.time.yesterday;
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  return format(at, language, { day: "numeric", month: "long", ...year });
}

/** A day and its hour, for lists. */
export function formatMoment(at: string, language: Language): string {
  return format(at, language, {
    day: "2-digit",
    month: "2-digit",
    year: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
}

function format(at: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return "";
  return formatter(language, options).format(time);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter costs more to make than a hundred times to use. */
function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options);
  formatters.set(key, made);
  return made;
}
