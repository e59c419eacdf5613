import { describe, expect, test } from "vitest";
import type { ServerFrame } from "../../src/protocol";
import { initialState } from "../../src/state/model";
import { reduce } from "../../src/state/reducer";
import { isReplaying, nextWake } from "../../src/state/timers";
import {
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

describe("the connection", () => {
  test("a short loss is not worth a word; a longer one is said", () => {
    const state = play(connected(), lost());
    expect(state.isTroubled).toBe(false);
    expect(nextWake(state)).toBe(NOON + 2000);
    expect(reduce(state, { type: "tick", now: NOON + 2000 }).isTroubled).toBe(true);
  });

  test("trouble counts from the first loss, not from the last attempt", () => {
    const state = play(connected(), lost(), {
      type: "link_changed",
      link: "connecting",
      now: NOON + 1500,
    });
    expect(state.soughtAt).toBe(NOON);
  });

  test("a welcome ends it", () => {
    const troubled = reduce(play(connected(), lost()), { type: "tick", now: NOON + 2000 });
    expect(play(troubled, welcome(0))).toMatchObject({
      link: "ready",
      isTroubled: false,
      soughtAt: null,
    });
  });

  test("nothing changes, nothing is drawn: the same link gives the same state", () => {
    const state = connected();
    expect(reduce(state, { type: "link_changed", link: "ready", now: NOON })).toBe(state);
  });

  test("hello_first asks for a new connection", () => {
    const error = {
      type: "error",
      code: "hello_first",
      message: "",
      id: null,
      field: null,
    } as const;
    expect(play(connected(), error).needsResync).toBe(true);
  });
});

describe("the replay", () => {
  test("lasts until the last event that welcome told of", () => {
    const state = play(connected(), lost(), welcome(2), event(message(1)));
    expect(isReplaying(state)).toBe(true);
    expect(isReplaying(play(state, event(message(2))))).toBe(false);
  });

  test("is not waited for for ever", () => {
    const state = play(connected(), lost(), welcome(2));
    expect(isReplaying(reduce(state, { type: "tick", now: NOON + 3000 }))).toBe(false);
  });
});

describe("the visitor", () => {
  const forged = {
    type: "error",
    code: "invalid",
    message: "",
    id: null,
    field: "visitor",
  } as const;

  test("a refused token is forgotten; what is not sent is kept", () => {
    const state = play(connected(), event(message(1)), composed("a"), forged);
    expect(state).toMatchObject({ visitor: null, conversation: null, seq: 0, events: [] });
    expect(state.outbox).toHaveLength(1);
    expect(state.link).toBe("ready");
  });

  test("another tab's visitor is adopted", () => {
    const state = play(connected(), event(message(1)), { type: "visitor_adopted", visitor: "v2" });
    expect(state).toMatchObject({ visitor: "v2", conversation: null, events: [] });
  });
});

describe("reading", () => {
  test("goes forward only", () => {
    const state = play(connected(), { type: "read_to", seq: 3 }, { type: "read_to", seq: 2 });
    expect(state.read).toEqual({ conversation: "c1", seq: 3 });
  });

  test("what one says oneself has all before it read", () => {
    const state = play(connected(), event(message(1)), event(own(2, "a")));
    expect(state.read.seq).toBe(2);
  });

  test("the other side's mark is kept at its furthest", () => {
    const state = play(withFive(), seen(5), seen(3));
    expect(state.peerReadSeq).toBe(5);
  });

  test("the other side cannot have seen what is not there yet", () => {
    expect(play(withFive(), seen(9), event(own(6, "a"))).peerReadSeq).toBe(5);
  });

  test("a mark of another conversation says nothing of this one", () => {
    expect(play(withFive(), seen(5, "c0")).peerReadSeq).toBe(0);
    const next = play(withFive(), seen(5), welcome(0, { conversation: "c2" }), seen(5, "c1"));
    expect(next.peerReadSeq).toBe(0);
  });

  function withFive() {
    return play(connected(), ...[1, 2, 3, 4, 5].map((seq) => event(message(seq))));
  }

  function seen(seq: number, conversation: string | null = null): ServerFrame {
    return { type: "read", conversation, seq };
  }
});

describe("a reload", () => {
  test("brings the log back and goes on after it", () => {
    const before = play(connected(), event(message(1)), event(message(2)));
    const { conversation, phase, operator, seq, events, past } = before;
    const state = initialState({
      visitor: "v1",
      log: { conversation, phase, operator, seq, events, past },
    });
    expect(play(state, welcome(3), event(message(3))).events).toHaveLength(3);
  });

  test("a log without its visitor is not shown", () => {
    const log = {
      conversation: "c1",
      phase: "bot",
      operator: null,
      seq: 1,
      events: [message(1)],
      past: [],
    } as const;
    expect(initialState({ visitor: null, log }).events).toEqual([]);
  });
});
