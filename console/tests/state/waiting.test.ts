import { describe, expect, it } from "vitest";
import { secondsSince, waitingForReplySince, waitingLevel } from "@/state/waiting";
import { at, conversationWith, ME, moved, parsed, said, T0 } from "../make";

describe("waitingLevel", () => {
  it.each([
    [0, "calm"],
    [59, "calm"],
    [60, "warm"],
    [179, "warm"],
    [180, "late"],
  ])("%i s is %s", (seconds, level) => {
    expect(waitingLevel(seconds)).toBe(level);
  });
});

describe("secondsSince", () => {
  it("counts whole seconds and is never negative", () => {
    expect(secondsSince(at(0), T0 + 61_900)).toBe(61);
    expect(secondsSince(at(10), T0)).toBe(0);
    expect(secondsSince("nonsense", T0)).toBe(0);
  });
});

describe("waitingForReplySince", () => {
  const taken = moved(2, "assigned", { operator: ME });

  it("counts from the taking until the first word", () => {
    expect(waitingForReplySince(conversationWith(said(1), taken, said(3)))).toBe(at(2));
  });

  it("is nobody once the operator has answered", () => {
    const conversation = conversationWith(said(1), taken, said(3, "operator"), parsed(4));
    expect(waitingForReplySince(conversation)).toBeNull();
  });

  it("counts from the first message after the answer, not the last", () => {
    const conversation = conversationWith(taken, said(3, "operator"), said(4), said(5));
    expect(waitingForReplySince(conversation)).toBe(at(4));
  });

  it("begins again when the conversation is taken again", () => {
    const again = moved(5, "assigned", { operator: ME });
    const conversation = conversationWith(taken, said(3, "operator"), moved(4, "queued"), again);
    expect(waitingForReplySince(conversation)).toBe(at(5));
  });

  it("is nobody in a conversation that has left", () => {
    expect(waitingForReplySince(conversationWith(taken, said(3), moved(4, "closed")))).toBeNull();
  });

  it("counts from the assignment where the log has not come yet", () => {
    expect(waitingForReplySince(conversationWith())).toBe(at(0));
  });
});
