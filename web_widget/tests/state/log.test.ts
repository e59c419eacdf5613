import { describe, expect, test } from "vitest";
import { initialState } from "../../src/state/model";
import { reduce } from "../../src/state/reducer";
import {
  became,
  connected,
  event,
  lost,
  message,
  NOON,
  own,
  play,
  seqs,
  welcome,
} from "../support/factories";

describe("events are put in their order, each exactly once", () => {
  test("events in order are shown in order", () => {
    const state = play(connected(), event(message(1)), event(message(2)), event(message(3)));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.seq).toBe(3);
  });

  test("an event that comes twice is shown once", () => {
    const state = play(connected(), event(message(1)), event(message(1)), event(message(2)));
    expect(seqs(state)).toEqual([1, 2]);
  });

  test("any order of arrival ends in the same log", () => {
    const inOrder = play(connected(), ...[1, 2, 3, 4].map((seq) => event(message(seq))));
    for (const order of permutations([1, 2, 3, 4])) {
      const state = play(connected(), ...order.map((seq) => event(message(seq))));
      expect(state.events).toEqual(inOrder.events);
      expect(state.held).toEqual([]);
      expect(state.gapSince).toBeNull();
    }
  });

  test("what comes after a gap waits for what is missing", () => {
    const state = play(connected(), event(message(1)), event(message(3)));
    expect(seqs(state)).toEqual([1]);
    expect(state.gapSince).toBe(NOON);
  });

  test("an event of a kind that is not shown counts all the same", () => {
    const other = { kind: "other", seq: 2, at: NOON, conversation: "c1" } as const;
    const state = play(connected(), event(message(1)), event(other), event(message(3)));
    expect(seqs(state)).toEqual([1, 3]);
    expect(state.seq).toBe(3);
  });

  test("an event of another conversation is left out", () => {
    const state = play(connected(), event(message(1, { conversation: "c0" })));
    expect(state.seq).toBe(0);
  });

  test("an event before any welcome is left out", () => {
    const state = play(initialState(), event(message(1, { conversation: null })));
    expect(state.events).toEqual([]);
  });
});

describe("a gap is mended by connecting anew", () => {
  const gapped = play(connected(), event(message(1)), event(message(3)));

  test("not at once: the missing event may be on its way", () => {
    expect(reduce(gapped, { type: "tick", now: NOON + 1000 }).needsResync).toBe(false);
  });

  test("after a while the connection is made anew and the log is whole", () => {
    const asked = reduce(gapped, { type: "tick", now: NOON + 1500 });
    expect(asked.needsResync).toBe(true);
    const again = play(asked, lost(), welcome(3), event(message(2)), event(message(3)));
    expect(seqs(again)).toEqual([1, 2, 3]);
    expect(again.needsResync).toBe(false);
  });

  test("an event the server does not have is skipped the second time", () => {
    const again = play(
      reduce(gapped, { type: "tick", now: NOON + 1500 }),
      lost(),
      welcome(3),
      event(message(3)),
      { type: "tick", now: NOON + 1500 },
    );
    expect(seqs(again)).toEqual([1, 3]);
    expect(again.needsResync).toBe(false);
  });
});

describe("welcome", () => {
  test("the same conversation goes on where it was", () => {
    const state = play(connected(), event(message(1)), lost(), welcome(2), event(message(2)));
    expect(seqs(state)).toEqual([1, 2]);
  });

  test("a new conversation counts from one, the old one stays above it", () => {
    const closed = play(connected(), event(message(1)), event(became(2, "closed")));
    const state = play(
      closed,
      welcome(0, { conversation: "c2" }),
      event(own(1, "a", { conversation: "c2" })),
    );
    expect(state.past).toEqual([{ conversation: "c1", events: closed.events }]);
    expect(seqs(state)).toEqual([1]);
    expect(state.phase).toBe("bot");
  });

  test("the last words of the old one that come late are put in their place, once", () => {
    const state = play(
      connected(),
      event(message(1)),
      welcome(0, { conversation: "c2" }),
      event(became(3, "closed")),
      event(message(2, { text: "last words" })),
      event(message(2, { text: "last words" })),
      event(own(1, "a", { conversation: "c2" })),
    );
    expect(state.past[0]?.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(state).toMatchObject({ conversation: "c2", phase: "bot", seq: 1 });
  });

  test("a log shorter than what is known is read from its beginning", () => {
    const known = play(connected(), event(message(1)), event(message(2)));
    const state = play(known, lost(), welcome(1), event(message(1, { text: "other" })));
    expect(state.events).toHaveLength(1);
    expect(state.past).toEqual([]);
  });

  test("the visitor is remembered", () => {
    expect(play(connected(), welcome(0, { visitor: "v2" })).visitor).toBe("v2");
  });
});

describe("states", () => {
  test("an operator is named while they have the conversation, and no longer", () => {
    const assigned = play(connected(), event(became(1, "assigned", { operator: "Olena" })));
    expect(assigned.operator).toBe("Olena");
    expect(play(assigned, event(became(2, "bot"))).operator).toBeNull();
  });

  test("a place in the queue is forgotten when the queue is left", () => {
    const place = { position: 2, etaSeconds: 60, operatorsOnline: 1 };
    const queued = play(connected(), event(became(1, "queued", { queue: place })));
    expect(queued.queue).toEqual(place);
    expect(play(queued, event(became(2, "assigned"))).queue).toBeNull();
  });

  test("a queue frame moves the place without a number", () => {
    const queue = { position: 1, etaSeconds: null, operatorsOnline: 2 };
    const state = play(connected(), event(became(1, "queued")), { type: "queue", queue });
    expect(state.queue).toEqual(queue);
    expect(state.seq).toBe(1);
  });

  test("typing ends with the message, or by itself", () => {
    const author = { kind: "bot", name: null } as const;
    const typing = play(connected(), { type: "typing", author });
    expect(typing.typing?.author).toEqual(author);
    expect(play(typing, event(message(1))).typing).toBeNull();
    expect(reduce(typing, { type: "tick", now: NOON + 8000 }).typing).toBeNull();
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, index) => {
    const rest = items.filter((_, each) => each !== index);
    return permutations(rest).map((others) => [first, ...others]);
  });
}
