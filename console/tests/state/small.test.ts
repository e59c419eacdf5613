import { describe, expect, it } from "vitest";
import { reconnectDelay } from "@/state/backoff";
import { sendsMessage } from "@/state/composing";
import { knownFacts, latestIntent, summaryLines } from "@/state/knowledge";
import { currentSuggestion } from "@/state/suggestion";
import { isFull, transferTargets } from "@/state/transfer";
import { colleague, conversationWith, parsed, said, suggested } from "../make";

describe("reconnectDelay", () => {
  it("grows, is scattered, and stays bounded", () => {
    expect(reconnectDelay(1, 0)).toBe(250);
    expect(reconnectDelay(1, 0.999)).toBeLessThanOrEqual(500);
    expect(reconnectDelay(4, 0)).toBeGreaterThan(reconnectDelay(2, 0.999));
    expect(reconnectDelay(400, 0.999)).toBeLessThanOrEqual(15_000);
  });
});

describe("sendsMessage", () => {
  const enter = {
    key: "Enter",
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    isComposing: false,
  };

  it.each([
    ["Enter", enter, true, false],
    ["Shift+Enter", { ...enter, shiftKey: true }, false, false],
    ["Ctrl+Enter", { ...enter, ctrlKey: true }, true, true],
    ["Cmd+Enter", { ...enter, metaKey: true }, true, true],
    ["Enter of an input method", { ...enter, isComposing: true }, false, false],
    ["another key", { ...enter, key: "a" }, false, false],
  ])("%s", (_name, stroke, byEnter, byCtrlEnter) => {
    expect(sendsMessage(stroke, "enter")).toBe(byEnter);
    expect(sendsMessage(stroke, "ctrl-enter")).toBe(byCtrlEnter);
  });
});

describe("currentSuggestion", () => {
  it("is the last, while nobody has answered", () => {
    expect(currentSuggestion([said(1), suggested(2), said(3), suggested(4)])?.log).toBe(4);
    expect(currentSuggestion([said(1), suggested(2), said(3)])?.log).toBe(2);
  });

  it("is none after an answer, or where the bot had nothing to say", () => {
    expect(currentSuggestion([said(1), suggested(2), said(3, "operator")])).toBeNull();
    expect(currentSuggestion([said(1), suggested(2, "")])).toBeNull();
    expect(currentSuggestion([said(1)])).toBeNull();
  });
});

describe("what is known", () => {
  it("is the latest value of every entity, over the slots of the handoff", () => {
    const heard = parsed(3, { entities: [{ entity: "city", value: "Lviv" }] });
    const conversation = conversationWith(
      parsed(2, { entities: [{ entity: "city", value: "Kyiv" }] }),
      heard,
    );
    conversation.about = {
      ...conversation.about,
      slots: { city: "Odesa", amount: 200, empty: null },
    };
    expect(knownFacts(conversation)).toEqual([
      { name: "city", value: "Lviv" },
      { name: "amount", value: "200" },
    ]);
  });

  it("takes the intent of the last parse, else of the handoff", () => {
    const conversation = conversationWith();
    conversation.about = { ...conversation.about, intent: "top_up", confidence: 0.5 };
    expect(latestIntent(conversation)).toEqual({ intent: "top_up", confidence: 0.5 });
    const heard = conversationWith(parsed(2, { intent: "refund", confidence: 0.9 }), parsed(3));
    expect(latestIntent(heard)).toEqual({ intent: "refund", confidence: 0.9 });
    expect(latestIntent(conversationWith())).toBeNull();
  });

  it("is not forgotten for a word that was not understood, or only polite", () => {
    const heard = conversationWith(
      parsed(2, { intent: "refund", confidence: 0.9 }),
      parsed(3, { intent: "nlu_fallback", confidence: 0.2 }),
      parsed(4, { intent: "thank", confidence: 1 }),
    );
    expect(latestIntent(heard)?.intent).toBe("refund");
  });
});

describe("summaryLines", () => {
  it("says each line once", () => {
    expect(summaryLines("where is my money?\nwhere is my money? ")).toBe("where is my money?");
    expect(summaryLines("one\n\ntwo")).toBe("one\ntwo");
    expect(summaryLines("where is it?\npayment_not_received 97%")).toBe("where is it?");
    expect(summaryLines(null)).toBe("");
  });
});

describe("transferTargets", () => {
  it("are colleagues at work: online first, then those with room", () => {
    const live = {
      me: colleague("me"),
      busy: colleague("busy", { load: 4 }),
      free: colleague("free", { load: 1 }),
      away: colleague("away", { presence: "away" }),
    };
    const listed = [colleague("gone", { presence: "offline" })];
    const ids = transferTargets(live, listed, "me").map((one) => one.id);
    expect(ids).toEqual(["free", "busy", "away"]);
  });

  it("take what is newer from the desk and the rest from the list", () => {
    const listed = [colleague("a", { load: 0, skills: ["roaming"] })];
    const [target] = transferTargets(
      { a: colleague("a", { load: 3, skills: null }) },
      listed,
      "me",
    );
    expect(target).toMatchObject({ load: 3, skills: ["roaming"] });
  });

  it("know who is full", () => {
    expect(isFull(colleague("a", { load: 5 }))).toBe(true);
    expect(isFull(colleague("a", { load: 4 }))).toBe(false);
    expect(isFull(colleague("a", { load: null }))).toBe(false);
  });
});
