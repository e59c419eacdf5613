import { describe, expect, test } from "vitest";
import { linkify } from "../../src/ui/linkify";

const links = (text: string) =>
  linkify(text).flatMap(({ text: shown, href }) => (href === null ? [] : [[shown, href]]));

describe("addresses in a text", () => {
  test.each([
    ["see https://horizon.example/pay?a=1&b=2", "https://horizon.example/pay?a=1&b=2"],
    ["(https://horizon.example/a).", "https://horizon.example/a"],
    ["https://horizon.example/a_(b), then", "https://horizon.example/a_(b)"],
    ["«https://horizon.example/обрій»", "https://horizon.example/обрій"],
    ["https://horizon.example/!", "https://horizon.example/"],
  ])("%s", (text, shown) => {
    expect(links(text).map(([each]) => each)).toEqual([shown]);
  });

  test("a bare www and a mail address can be followed too", () => {
    expect(links("www.horizon.example or care@horizon.example")).toEqual([
      ["www.horizon.example", "https://www.horizon.example/"],
      ["care@horizon.example", "mailto:care@horizon.example"],
    ]);
  });

  test("no other scheme becomes a link", () => {
    expect(links("javascript:alert(1) data:text/html,x file:///etc/passwd tel:1")).toEqual([]);
  });

  test("a mark that turns the direction of writing ends an address", () => {
    expect(links("https://horizon.example/\u202egnp.exe")).toEqual([
      ["https://horizon.example/", "https://horizon.example/"],
    ]);
  });

  test("the pieces together are the text again", () => {
    const text = "a https://b.example/c, d@e.example. www.f.example) https://[ <https://g.example>";
    expect(
      linkify(text)
        .map(({ text: piece }) => piece)
        .join(""),
    ).toBe(text);
  });

  test.each([
    "a.".repeat(8000),
    `${"a".repeat(16_000)}@`,
    `https://horizon.example/${")".repeat(16_000)}`,
    `https://horizon.example/${".".repeat(16_000)}x`,
    "@".repeat(16_000),
    "www.".repeat(4000),
  ])("no text takes long", (text) => {
    const started = performance.now();
    expect(
      linkify(text)
        .map(({ text: piece }) => piece)
        .join(""),
    ).toBe(text);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
