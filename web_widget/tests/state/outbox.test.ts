import { describe, expect, test } from "vitest";
import { initialState, MESSAGE_LIMIT, OUTBOX_LIMIT, type State } from "../../src/state/model";
import { nextToSend, revive } from "../../src/state/outbox";
import { reduce } from "../../src/state/reducer";
import { nextWish } from "../../src/state/selectors";
import { nextWake } from "../../src/state/timers";
import {
  became,
  composed,
  connected,
  event,
  lost,
  NOON,
  own,
  play,
  sent,
  welcome,
} from "../support/factories";

const HOUR = 3600 * 1000;

function ids(state: State): string[] {
  return state.outbox.map(({ id }) => id);
}

function refusal(code: string, id: string | null) {
  return { type: "error", code, message: "", id, field: null } as const;
}

describe("what is said waits until the server has stored it", () => {
  test("a message leaves the outbox by its own event", () => {
    const state = play(connected(), composed("a"), sent("a"), event(own(1, "a")));
    expect(state.outbox).toEqual([]);
    expect(state.events).toHaveLength(1);
  });

  test("its event sent again acknowledges it, and is not shown twice", () => {
    const before = play(connected(), event(own(1, "a")), composed("a"), sent("a"));
    const state = play(before, event(own(1, "a")));
    expect(state.outbox).toEqual([]);
    expect(state.events).toHaveLength(1);
  });

  test("it is acknowledged even by the event of an earlier conversation", () => {
    const state = play(
      connected(),
      composed("a"),
      sent("a"),
      event(own(7, "a", { conversation: "c0" })),
    );
    expect(state.outbox).toEqual([]);
    expect(state.seq).toBe(0);
  });

  test("an event that waits behind a gap acknowledges too", () => {
    const state = play(connected(), composed("a"), sent("a"), event(own(5, "a")));
    expect(state.outbox).toEqual([]);
  });

  test("one is sent at a time, in the order of saying", () => {
    const both = play(connected(), composed("a"), composed("b"));
    expect(nextToSend(both)?.id).toBe("a");
    const first = play(both, sent("a"));
    expect(nextToSend(first)).toBeNull();
    expect(nextToSend(play(first, event(own(1, "a"))))?.id).toBe("b");
  });

  test("a lost connection puts what was under way back in its place, under the same id", () => {
    const state = play(connected(), composed("a"), composed("b"), sent("a"), lost());
    expect(ids(state)).toEqual(["a", "b"]);
    expect(nextToSend(state)?.id).toBe("a");
  });

  test("a replayed event spares sending again", () => {
    const state = play(
      connected(),
      composed("a"),
      sent("a"),
      lost(),
      welcome(1),
      event(own(1, "a")),
    );
    expect(nextToSend(state)).toBeNull();
  });

  test("a new conversation's welcome leaves what is under way alone", () => {
    const closed = play(connected(), event(became(1, "closed")), composed("a"), sent("a"));
    const state = play(closed, welcome(0, { conversation: "c2" }));
    expect(nextToSend(state)).toBeNull();
    expect(play(state, event(own(1, "a", { conversation: "c2" }))).outbox).toEqual([]);
  });
});

describe("limits", () => {
  test("an empty text is not said", () => {
    expect(play(connected(), composed("a", " \n ")).outbox).toEqual([]);
  });

  test("the limit counts characters as the server does", () => {
    const longest = "😀".repeat(MESSAGE_LIMIT);
    expect(play(connected(), composed("a", longest)).outbox).toHaveLength(1);
    expect(play(connected(), composed("a", `${longest}!`)).outbox).toEqual([]);
  });

  test("a full outbox takes nothing more and loses nothing", () => {
    const full = play(
      initialState(),
      ...Array.from({ length: OUTBOX_LIMIT }, (_, i) => composed(`${i}`)),
    );
    const state = play(full, composed("more"));
    expect(ids(state)).toEqual(ids(full));
  });
});

describe("refusals", () => {
  const underway = play(connected(), composed("a"), composed("b"), sent("a"));

  test("asked for patience, it waits and then sends the same again, in order", () => {
    const held = play(underway, refusal("rate_limited", "a"));
    expect(nextToSend(held)).toBeNull();
    expect(nextWake(held)).toBe(NOON + 1000);
    const later = reduce(held, { type: "tick", now: NOON + 1000 });
    expect(nextToSend(later)?.id).toBe("a");
  });

  test("each further refusal lengthens the wait, up to a bound", () => {
    let state = underway;
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      state = play(state, refusal("rate_limited", "a"));
      waits.push((state.holdUntil ?? 0) - NOON);
      state = play(reduce(state, { type: "tick", now: NOON + 60_000 }), sent("a"));
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  test.each(["too_large", "invalid"] as const)(
    "%s marks the message and lets the next one go",
    (code) => {
      const state = play(underway, refusal(code, "a"));
      expect(state.outbox[0]).toMatchObject({ id: "a", status: "failed", reason: code });
      expect(nextToSend(state)?.id).toBe("b");
    },
  );

  test("a frame too large to be read is the one under way", () => {
    expect(play(underway, refusal("too_large", null)).outbox[0]?.status).toBe("failed");
  });

  test("an invalid frame without an id blames no message", () => {
    expect(play(underway, refusal("invalid", null)).outbox[0]?.status).toBe("inflight");
  });

  test("a failed message sent again goes last, from a clean sheet", () => {
    const state = play(underway, refusal("invalid", "a"), {
      type: "item_retried",
      id: "a",
      now: NOON,
    });
    expect(ids(state)).toEqual(["b", "a"]);
    expect(state.outbox[1]).toMatchObject({ status: "waiting", reason: null, attempts: 0 });
  });

  test("a message given up is gone", () => {
    expect(ids(play(underway, { type: "item_discarded", id: "a" }))).toEqual(["b"]);
  });
});

describe("no acknowledgement", () => {
  test("the connection is taken for dead", () => {
    const state = play(connected(), composed("a"), sent("a"));
    expect(nextWake(state)).toBe(NOON + 10_000);
    expect(reduce(state, { type: "tick", now: NOON + 10_000 }).needsResync).toBe(true);
  });

  test("a message that never gets through is marked at last, not sent for ever", () => {
    let state = play(connected(), composed("a"));
    for (let attempt = 0; attempt < 8; attempt += 1) {
      state = play(state, sent("a"), { type: "tick", now: NOON + 60_000 }, lost(), welcome(0));
    }
    expect(state.outbox[0]).toMatchObject({ status: "failed", reason: "unconfirmed" });
  });
});

describe("over a reload", () => {
  const kept = play(initialState(), composed("a"), composed("b"), sent("a")).outbox;

  test("what was under way is sent again", () => {
    expect(revive(kept, NOON + HOUR).map(({ status }) => status)).toEqual(["waiting", "waiting"]);
  });

  test("what lay for over a day is asked about, not sent unbidden", () => {
    const revived = revive(kept, NOON + 25 * HOUR);
    expect(revived[0]).toMatchObject({ status: "failed", reason: "stale" });
  });
});

describe("two tabs", () => {
  const mine = play(connected(), composed("a"));
  const theirs = play(initialState(), composed("b")).outbox;

  test("what another tab says is shown, and left to that tab to send", () => {
    const state = play(mine, {
      type: "outbox_shared",
      items: [...mine.outbox, ...theirs],
      now: NOON,
    });
    expect(ids(state)).toEqual(["a", "b"]);
    expect(state.outbox[1]?.status).toBe("inflight");
  });

  test("it comes to this tab's turn when the other one has gone", () => {
    const shared = play(connected(), { type: "outbox_shared", items: theirs, now: NOON });
    const late = reduce(shared, { type: "tick", now: NOON + 10_000 });
    expect(late.needsResync).toBe(true);
    expect(nextToSend(play(late, lost(), welcome(0)))?.id).toBe("b");
  });

  test("what another tab has seen confirmed goes from here too", () => {
    expect(play(mine, { type: "outbox_shared", items: [], now: NOON }).outbox).toEqual([]);
  });

  test("reading in one tab is reading in all", () => {
    const read = { conversation: "c1", seq: 4 };
    expect(play(connected(), { type: "read_shared", read }).read).toEqual(read);
    const ahead = play(connected(), { type: "read_to", seq: 6 }, { type: "read_shared", read });
    expect(ahead.read.seq).toBe(6);
  });
});

describe("wishes", () => {
  const person = { type: "wished", wish: { kind: "human", sentAt: null } } as const;

  test("they go after what was said before them", () => {
    const state = play(connected(), composed("a"), person);
    expect(nextWish(state)).toBeNull();
    expect(nextWish(play(state, sent("a"), event(own(1, "a"))))?.kind).toBe("human");
  });

  test("a person is asked for again after a lost connection, until the state has changed", () => {
    const asked = play(connected(), person, { type: "wish_sent", kind: "human", now: NOON });
    expect(nextWish(asked)).toBeNull();
    expect(nextWish(play(asked, lost(), welcome(0)))?.kind).toBe("human");
    expect(play(asked, event(became(1, "queued"))).wishes).toEqual([]);
  });

  test("a welcome that shows the wish fulfilled ends it", () => {
    expect(play(connected(), person, lost(), welcome(0, { state: "queued" })).wishes).toEqual([]);
  });

  test("a rating is remembered, and sent again if the connection did not outlive it", () => {
    const wish = { kind: "rate", sentAt: null, score: 5, comment: "" } as const;
    const rated = play(connected(), { type: "wished", wish });
    expect(rated.rated).toBe("c1");
    const given = play(rated, { type: "wish_sent", kind: "rate", now: NOON });
    expect(nextWish(play(given, lost(), welcome(0)))?.kind).toBe("rate");
    expect(reduce(given, { type: "tick", now: NOON + 5000 }).wishes).toEqual([]);
  });

  test("a rating goes before what may open another conversation, a call for a person after", () => {
    const wish = { kind: "rate", sentAt: null, score: 5, comment: "" } as const;
    const kept = play(connected(), lost(), composed("a"), { type: "wished", wish }, welcome(0));
    expect(nextWish(kept)?.kind).toBe("rate");
    expect(nextWish(play(connected(), composed("a"), person))).toBeNull();
  });

  test("a rating is never given to another conversation", () => {
    const wish = { kind: "rate", sentAt: null, score: 5, comment: "" } as const;
    const kept = play(connected(), lost(), { type: "wished", wish }, person);
    const next = play(kept, welcome(0, { conversation: "c2" }));
    expect(next.wishes.map(({ kind }) => kind)).toEqual(["human"]);
  });

  test("a wish without effect is let go, so that it can be wished again", () => {
    const asked = play(connected(), person, { type: "wish_sent", kind: "human", now: NOON });
    expect(nextWake(asked)).toBe(NOON + 15_000);
    expect(reduce(asked, { type: "tick", now: NOON + 15_000 }).wishes).toEqual([]);
  });
});
