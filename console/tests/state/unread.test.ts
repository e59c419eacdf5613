import { describe, expect, it } from "vitest";
import { reduceDesk } from "@/state/desk";
import { totalUnread, unreadCount } from "@/state/unread";
import { conversationWith, deskWith, ME, moved, parsed, said } from "../make";

const taken = moved(2, "assigned", { operator: ME });

describe("unreadCount", () => {
  it("counts the subscriber's messages after the last that was seen", () => {
    const events = [said(1), taken, said(3), said(4, "operator"), parsed(5), said(6)];
    const conversation = { ...conversationWith(...events), seenLog: 2 };
    expect(unreadCount(conversation)).toBe(2);
    expect(unreadCount({ ...conversation, seenLog: 6 })).toBe(0);
  });

  it("is at least one while the conversation was never opened", () => {
    expect(unreadCount(conversationWith())).toBe(1);
    expect(unreadCount(conversationWith(said(1), taken))).toBe(1);
    expect(unreadCount(conversationWith(said(1), taken, said(3), said(4)))).toBe(2);
  });

  it("is nothing once the conversation has left", () => {
    expect(unreadCount(conversationWith(said(1), moved(2, "closed")))).toBe(0);
  });
});

describe("totalUnread", () => {
  it("sums the desk", () => {
    const desk = deskWith(taken, said(3), said(4));
    expect(totalUnread(desk)).toBe(2);
    expect(totalUnread(reduceDesk(desk, { type: "seen", conversation: "c1", log: 4 }))).toBe(0);
  });
});
