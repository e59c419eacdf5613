import { describe, expect, it } from "vitest";
import { lastMessage, neighbour, nextToOpen, ownConversations } from "@/state/conversations";
import { type DeskAction, emptyDesk, reduceDesk } from "@/state/desk";
import { at, conversationWith, moved, owned, parsed, said, welcome } from "../make";

const three = reduceDesk(emptyDesk, {
  type: "welcome",
  frame: welcome({
    conversations: [
      owned("b", { assigned_at: at(2) }),
      owned("a", { assigned_at: at(3) }),
      owned("c", { assigned_at: at(1) }),
    ],
  }),
});
const seen = (...ids: string[]) =>
  ids.reduce(
    (desk, conversation) => reduceDesk(desk, { type: "seen", conversation, log: 1 } as DeskAction),
    three,
  );

describe("ownConversations", () => {
  it("stand in the order they were taken", () => {
    expect(ownConversations(three).map((one) => one.id)).toEqual(["c", "b", "a"]);
  });

  it("leave out what has left", () => {
    const event = { ...moved(1, "closed"), conversation: "b" };
    const desk = reduceDesk(three, { type: "event", event });
    expect(ownConversations(desk).map((one) => one.id)).toEqual(["c", "a"]);
  });
});

describe("neighbour", () => {
  it("goes round", () => {
    expect(neighbour(three, "c", 1)).toBe("b");
    expect(neighbour(three, "a", 1)).toBe("c");
    expect(neighbour(three, "c", -1)).toBe("a");
  });

  it("begins at an end when none of them is open", () => {
    expect(neighbour(three, null, 1)).toBe("c");
    expect(neighbour(three, "elsewhere", -1)).toBe("a");
    expect(neighbour(emptyDesk, null, 1)).toBeNull();
  });
});

describe("nextToOpen", () => {
  it("is the first unread, else the first, never the one left", () => {
    expect(nextToOpen(seen("c"), "c")).toBe("b");
    expect(nextToOpen(seen("a", "b", "c"), "c")).toBe("b");
    expect(nextToOpen(emptyDesk, null)).toBeNull();
  });
});

describe("lastMessage", () => {
  it("passes over what was not said", () => {
    expect(lastMessage(conversationWith(said(1), said(2, "bot"), parsed(3)))?.log).toBe(2);
    expect(lastMessage(conversationWith())).toBeNull();
  });
});
