import { describe, expect, test } from "vitest";
import {
  canRate,
  isBlank,
  pressedButtons,
  unreadCount,
  unreadPreview,
} from "../../src/state/selectors";
import { timeline } from "../../src/state/timeline";
import {
  became,
  composed,
  connected,
  event,
  lost,
  message,
  NOON,
  own,
  play,
  welcome,
} from "../support/factories";

const DAY = 24 * 3600 * 1000;
const dayOf = (at: number) => `${Math.floor(at / DAY)}`;
const kinds = (state: ReturnType<typeof connected>) =>
  timeline(state, dayOf).map(({ kind }) => kind);

describe("rows", () => {
  test("each day is announced once, before its first row", () => {
    const state = play(
      connected(),
      event(message(1)),
      event(message(2)),
      event(message(3, { at: NOON + DAY })),
    );
    expect(kinds(state)).toEqual(["day", "message", "message", "day", "message"]);
  });

  test("what is not sent stands last, in the order of saying", () => {
    const state = play(connected(), composed("a"), event(message(1)), composed("b"));
    const rows = timeline(state, dayOf).filter(({ kind }) => kind === "unsent");
    expect(rows.map(({ key }) => key)).toEqual(["a", "b"]);
    expect(kinds(state).at(-1)).toBe("unsent");
  });

  test("a message keeps its row when it is confirmed", () => {
    const said = play(connected(), composed("a"));
    const key = timeline(said, dayOf).at(-1)?.key;
    expect(timeline(play(said, event(own(1, "a"))), dayOf).at(-1)?.key).toBe(key);
  });

  test("a turn is one speaker's messages close in time", () => {
    const state = play(
      connected(),
      event(message(1)),
      event(message(2)),
      event(own(3, "a")),
      event(message(4)),
      event(message(5, { at: NOON + 6 * 60_000 })),
    );
    const turns = timeline(state, dayOf).flatMap((row) =>
      row.kind === "message" ? [[row.isFirst, row.isLast]] : [],
    );
    expect(turns).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test("a state is told when it is news", () => {
    const state = play(
      connected(),
      event(became(1, "bot")),
      event(became(2, "queued")),
      event(became(3, "queued")),
      event(became(4, "assigned")),
      event(became(5, "bot")),
    );
    const states = timeline(state, dayOf).flatMap((row) =>
      row.kind === "state" ? [row.event.seq] : [],
    );
    expect(states).toEqual([2, 4, 5]);
  });

  test("another operator is told although the state stays, the same one only once", () => {
    const state = play(
      connected(),
      event(became(1, "assigned", { operator: "Olena" })),
      event(became(2, "assigned", { operator: "Olena" })),
      event(became(3, "assigned", { operator: "Marko" })),
      event(became(4, "assigned")),
    );
    const told = timeline(state, dayOf).flatMap((row) =>
      row.kind === "state" ? [row.event.operator] : [],
    );
    expect(told).toEqual(["Olena", "Marko"]);
  });

  test("an earlier conversation ends with a boundary", () => {
    const state = play(connected(), event(message(1)), welcome(0, { conversation: "c2" }));
    expect(kinds(state)).toEqual(["day", "message", "boundary"]);
  });
});

describe("unread", () => {
  test("counts the other side's messages after the last one seen", () => {
    const state = play(connected(), event(message(1)), event(message(2)), {
      type: "read_to",
      seq: 1,
    });
    expect(unreadCount(state)).toBe(1);
    expect(unreadPreview(state)?.seq).toBe(2);
  });

  test("does not count states and one's own messages", () => {
    const state = play(connected(), event(became(1, "queued")), event(own(2, "a")));
    expect(unreadCount(state)).toBe(0);
  });

  test("a mark of another conversation does not hide messages", () => {
    const read = play(connected(), event(message(1)), { type: "read_to", seq: 1 });
    const state = play(
      read,
      welcome(0, { conversation: "c2" }),
      event(message(1, { conversation: "c2" })),
    );
    expect(unreadCount(state)).toBe(1);
  });
});

describe("buttons that were pressed", () => {
  const asked = message(1, {
    buttons: [
      { title: "Top up", payload: "/top_up" },
      { title: "Other", payload: "/other" },
    ],
  });

  test("none at first", () => {
    expect(pressedButtons(asked, [asked], [])).toEqual(new Set());
  });

  test("told by the payload, by the title, or from the outbox", () => {
    const byPayload = own(2, "a", { text: "x", payload: "/top_up" });
    const byTitle = own(2, "a", { text: "Top up" });
    const unsent = play(connected(), {
      type: "composed",
      id: "b",
      text: "Top up",
      payload: "/top_up",
      now: NOON,
    });
    expect(pressedButtons(asked, [asked, byPayload], [])).toEqual(new Set(["/top_up"]));
    expect(pressedButtons(asked, [asked, byTitle], [])).toEqual(new Set(["/top_up"]));
    expect(pressedButtons(asked, [asked], unsent.outbox)).toEqual(new Set(["/top_up"]));
  });

  test("the same button offered again later can be pressed again", () => {
    const pressed = own(2, "a", { text: "Top up" });
    const again = message(3, { buttons: asked.buttons });
    expect(pressedButtons(again, [asked, pressed, again], [])).toEqual(new Set());
  });
});

describe("the rating", () => {
  const closed = play(connected(), event(message(1)), event(became(2, "closed")));

  test("is asked for when the conversation is over", () => {
    expect(canRate(closed)).toBe(true);
    expect(canRate(play(connected(), event(message(1))))).toBe(false);
  });

  test("is asked for once, in all tabs", () => {
    expect(canRate(play(closed, { type: "rated_shared", conversation: "c1" }))).toBe(false);
  });
});

describe("a blank page", () => {
  test("is one where nothing was said", () => {
    expect(isBlank(connected())).toBe(true);
    expect(isBlank(play(connected(), composed("a")))).toBe(false);
    expect(isBlank(play(connected(), event(message(1))))).toBe(false);
  });

  test("is not offered while the past is still coming in", () => {
    expect(isBlank(play(connected(), lost(), welcome(4)))).toBe(false);
  });
});
