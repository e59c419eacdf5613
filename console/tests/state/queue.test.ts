import { describe, expect, it } from "vitest";
import type { Entry } from "@/protocol/frames";
import { canAnswer, nextToAccept, orderQueue } from "@/state/queue";
import { at, entry } from "../make";

const queue = (...entries: Entry[]) =>
  Object.fromEntries(entries.map((one) => [one.conversation, one]));
const anything = { languages: [], skills: [] };

describe("orderQueue", () => {
  it("serves the urgent first, then who waits longest", () => {
    const ordered = orderQueue(
      queue(
        entry("young", { since: at(30) }),
        entry("urgent", { since: at(60), priority: 2 }),
        entry("old", { since: at(10) }),
      ),
    );
    expect(ordered.map((one) => one.conversation)).toEqual(["urgent", "old", "young"]);
  });

  it("is the same every time where two wait equally long", () => {
    const ids = (...all: Entry[]) => orderQueue(queue(...all)).map((one) => one.conversation);
    expect(ids(entry("b"), entry("a"))).toEqual(ids(entry("a"), entry("b")));
  });
});

describe("canAnswer", () => {
  it.each([
    ["no restriction", anything, true],
    ["the language is spoken", { languages: ["uk", "en"], skills: [] }, true],
    ["the language is not spoken", { languages: ["en"], skills: [] }, false],
    ["the skill is had", { languages: [], skills: ["roaming"] }, true],
    ["the skill is not had", { languages: [], skills: ["billing"] }, false],
  ])("%s", (_name, ability, expected) => {
    expect(canAnswer(entry("c1", { skill: "roaming" }), ability)).toBe(expected);
  });

  it("needs nothing for an entry that says neither", () => {
    const plain = entry("c1", { language: null, skill: null });
    expect(canAnswer(plain, { languages: ["en"], skills: ["billing"] })).toBe(true);
  });
});

describe("nextToAccept", () => {
  const waiting = queue(
    entry("ru", { language: "ru", since: at(1) }),
    entry("uk", { language: "uk", since: at(2) }),
  );

  it("is the first that can be answered", () => {
    expect(nextToAccept(waiting, { languages: ["uk"], skills: [] })?.conversation).toBe("uk");
    expect(nextToAccept(waiting, anything)?.conversation).toBe("ru");
  });

  it("passes over what was just tried, and is nobody in the end", () => {
    expect(nextToAccept(waiting, anything, new Set(["ru"]))?.conversation).toBe("uk");
    expect(nextToAccept(waiting, anything, new Set(["ru", "uk"]))).toBeNull();
    expect(nextToAccept({}, anything)).toBeNull();
  });
});
