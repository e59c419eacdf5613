import { describe, expect, test } from "vitest";
import { chooseLocale, estimate, LANGUAGES, localeOf, Moments, textsOf } from "../../src/i18n";

const HOUR = 3600 * 1000;

describe("the language", () => {
  test("is the first of the tags that is ours", () => {
    expect(chooseLocale([null, "de-DE", "uk-UA", "ru"])).toBe("uk");
    expect(chooseLocale(["", undefined, "pl"])).toBe("en");
    expect(localeOf("RU_ru")).toBe("ru");
    expect(localeOf("toString")).toBeNull();
  });

  test("every text is there in every language, and none was left in another", () => {
    const english = leaves(textsOf("en"));
    for (const { locale } of LANGUAGES) {
      const texts = leaves(textsOf(locale));
      expect(texts.map(([key]) => key)).toEqual(english.map(([key]) => key));
      for (const [key, text] of texts) {
        expect(text, `${locale} ${key}`).not.toBe("");
        expect(/[а-яіїєґ]/i.test(text), `${locale} ${key}: ${text}`).toBe(locale !== "en");
      }
    }
  });

  test("Ukrainian and Russian are not mixed up", () => {
    for (const [key, text] of leaves(textsOf("ru"))) expect(text, key).not.toMatch(/[іїєґ]/i);
    for (const [key, text] of leaves(textsOf("uk"))) expect(text, key).not.toMatch(/[ыэёъ]/i);
  });
});

describe("a wait in words", () => {
  const en = textsOf("en");

  test.each([
    [0, "about 1 min"],
    [61, "about 2 min"],
    [240, "about 4 min"],
    [2 * 3600, "about 2 h"],
  ])("%i seconds", (seconds, text) => {
    expect(estimate(en, seconds).replaceAll("\u00a0", " ")).toBe(text);
  });

  test.each([
    [1, "You are next"],
    [2, "You are 2nd in the queue"],
    [3, "You are 3rd in the queue"],
    [11, "You are 11th in the queue"],
    [21, "You are 21st in the queue"],
  ])("place %i", (place, text) => {
    expect(en.queuePlace(place)).toBe(text);
  });
});

describe("days", () => {
  const now = new Date(2026, 4, 14, 12).getTime();
  const moments = new Moments("uk");

  test.each([
    [0, "Сьогодні"],
    [-20 * HOUR, "Учора"],
    [-72 * HOUR, "11 травня"],
  ])("%i hours ago", (ago, text) => {
    expect(moments.day(now + ago, now)).toBe(text);
  });

  test("of another year are said with it", () => {
    expect(moments.day(new Date(2024, 0, 5).getTime(), now)).toContain("2024");
  });

  test("the time is the subscriber's own", () => {
    expect(moments.time(new Date(2026, 4, 14, 9, 5).getTime())).toBe("09:05");
  });
});

/** All texts with the paths to them; those made of a number or a name are made of one. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    return leaves(
      (value as (each: unknown) => unknown)(path.endsWith("joined") ? null : 4),
      `${path}()`,
    );
  }
  return Object.entries(value as object).flatMap(([key, each]) => leaves(each, `${path}.${key}`));
}
