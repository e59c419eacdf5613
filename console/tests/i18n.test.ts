import { describe, expect, it } from "vitest";
import { CATALOGUES, LANGUAGES } from "@/i18n";
import { intentLabel } from "@/i18n/intents";
import { subscriberName } from "@/i18n/names";
import { plural } from "@/i18n/plural";
import { formatElapsed } from "@/i18n/time";
import { preferredLanguage } from "@/settings/preferences";
import { isShortcut } from "@/shortcuts/shortcuts";

const leaves = (value: object, path = ""): [string, unknown][] =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" ? leaves(inner, `${path}${key}.`) : [[path + key, inner]],
  );

describe("the catalogues", () => {
  it.each(LANGUAGES)("%s says all that English says, also in its open lists", (language) => {
    const keys = leaves(CATALOGUES[language]).map(([key]) => key);
    expect(keys).toEqual(leaves(CATALOGUES.en).map(([key]) => key));
  });

  it.each(["uk", "ru"] as const)("%s leaves nothing in English", (language) => {
    const latin = leaves(CATALOGUES[language])
      .filter(([, text]) => typeof text === "string" && !/\p{Script=Cyrillic}/u.test(text))
      .map(([key]) => key);
    const expected =
      /^(product|channels\.(telegram|vk|facebook|twitter)|preferences\.(enter|ctrlEnter))$/;
    expect(latin.filter((key) => !expected.test(key))).toEqual([]);
  });

  it("count as each language counts", () => {
    const forms = { one: "# розмова", few: "# розмови", many: "# розмов", other: "# розмови" };
    expect([1, 2, 5, 11, 21].map((count) => plural("uk", count, forms))).toEqual([
      "1 розмова",
      "2 розмови",
      "5 розмов",
      "11 розмов",
      "21 розмова",
    ]);
  });
});

describe("words", () => {
  it("call an intent by its name, and a new one by its code", () => {
    expect(intentLabel("uk", "top_up")).toBe("Поповнення");
    expect(intentLabel("en", "brand_new")).toBe("brand new");
  });

  it("call a subscriber by name, number, or a mark that tells guests apart", () => {
    const texts = CATALOGUES.en;
    const call = (subscriber: object) =>
      subscriberName(texts, { conversation: "conv", subscriber });
    expect(call({ name: "Olena", number: "+380500000011" })).toBe("Olena");
    expect(call({ name: null, number: "+380500000011" })).toBe("+380500000011");
    expect(call({ id: "ab-cd-ef" })).toBe("Guest ABCD");
    expect(subscriberName(texts, { conversation: "9f2e1", subscriber: null })).toBe("Guest 9F2E");
  });

  it("tell a wait shortly", () => {
    const tell = (seconds: number) => formatElapsed(seconds, CATALOGUES.en);
    expect([5, 65, 3725, 200_000].map(tell)).toEqual(["5 s", "1:05", "1:02:05", "2 d"]);
  });

  it("begin in the first language of the browser that is known", () => {
    expect(preferredLanguage(["de-DE", "ru-RU", "en"])).toBe("ru");
    expect(preferredLanguage(["en-US"])).toBe("en");
    expect(preferredLanguage(["de"])).toBe("uk");
  });
});

describe("shortcuts", () => {
  const press = { code: "KeyA", altKey: true, ctrlKey: false, metaKey: false, shiftKey: false };

  it("go by the place of the key, whatever layout is on", () => {
    expect(isShortcut("acceptNext", press)).toBe(true);
    expect(isShortcut("transfer", press)).toBe(false);
    expect(isShortcut("byNumber", { ...press, code: "Digit4" })).toBe(true);
    expect(isShortcut("byNumber", { ...press, code: "Digit0" })).toBe(false);
  });

  it("leave AltGr, which types letters, alone", () => {
    expect(isShortcut("acceptNext", { ...press, ctrlKey: true })).toBe(false);
    expect(isShortcut("help", { ...press, code: "Slash", altKey: false, ctrlKey: true })).toBe(
      true,
    );
  });
});
