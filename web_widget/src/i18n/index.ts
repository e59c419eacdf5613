/** Languages: which one to speak, its texts, and how it writes days and times. */

import type { Locale } from "../protocol";
import { en, type Texts } from "./en";
import { ru } from "./ru";
import { uk } from "./uk";

export type { Texts } from "./en";

const TEXTS: Record<Locale, Texts> = { ru, uk, en };

/** Each language by its own name, in the order of the menu. */
export const LANGUAGES: readonly { locale: Locale; name: string }[] = [
  { locale: "uk", name: "Українська" },
  { locale: "ru", name: "Русский" },
  { locale: "en", name: "English" },
];

export function textsOf(locale: Locale): Texts {
  return TEXTS[locale];
}

/** The language a tag such as `uk-UA` means, if it is one of ours. */
export function localeOf(tag: string | null | undefined): Locale | null {
  const primary = tag?.toLowerCase().split(/[-_]/)[0] ?? "";
  return primary in TEXTS ? (primary as Locale) : null;
}

/** The first tag that names one of our languages, or English. */
export function chooseLocale(tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    const locale = localeOf(tag);
    if (locale) return locale;
  }
  return "en";
}

/** Writes moments as the language does, in the subscriber's own time zone. */
export class Moments {
  #time: Intl.DateTimeFormat;
  #day: Intl.DateTimeFormat;
  #dayWithYear: Intl.DateTimeFormat;
  #texts: Texts;

  constructor(locale: Locale) {
    const tag = locale === "en" ? "en-GB" : locale;
    this.#texts = textsOf(locale);
    this.#time = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(tag, { day: "numeric", month: "long" });
    this.#dayWithYear = new Intl.DateTimeFormat(tag, { dateStyle: "long" });
  }

  time(at: number): string {
    return this.#time.format(at);
  }

  /** A day as said beside the present one: today, yesterday, a date. */
  day(at: number, now: number): string {
    if (dayKey(at) === dayKey(now)) return this.#texts.today;
    const yesterday = new Date(now);
    yesterday.setDate(yesterday.getDate() - 1);
    if (dayKey(at) === dayKey(yesterday.getTime())) return this.#texts.yesterday;
    const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (isThisYear ? this.#day : this.#dayWithYear).format(at);
  }
}

/** Names the local day of a moment. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** An estimate of a wait in words: never less than a minute, in hours when long. */
export function estimate(texts: Texts, seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return minutes < 90 ? texts.queueMinutes(minutes) : texts.queueHours(Math.round(minutes / 60));
}
