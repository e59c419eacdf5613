import { describe, expect, test } from "vitest";
import { backoff } from "../../src/connection/backoff";
import { Link, type LinkStatus } from "../../src/connection/link";
import type { Clock, Socket } from "../../src/connection/ports";

/** A clock that stands still until it is moved. */
class HandClock implements Clock {
  #now = 0;
  #timers = new Map<number, { at: number; callback: () => void }>();
  #next = 0;

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const key = this.#next++;
    this.#timers.set(key, { at: this.#now + milliseconds, callback });
    return () => this.#timers.delete(key);
  }

  move(milliseconds: number): void {
    this.#now += milliseconds;
    for (const [key, { at, callback }] of [...this.#timers]) {
      if (at <= this.#now && this.#timers.delete(key)) callback();
    }
  }
}

function dead(): Socket {
  const handlers = { onopen: null, onmessage: null, onclose: null, onerror: null };
  return { ...handlers, readyState: 0, send: () => {}, close: () => {} };
}

function link(openSocket: () => Socket) {
  const clock = new HandClock();
  const statuses: LinkStatus[] = [];
  const made = new Link({
    openSocket,
    clock,
    random: () => 1,
    onStatus: (status) => statuses.push(status),
    onData: () => {},
  });
  return { made, clock, statuses };
}

describe("backoff", () => {
  test("doubles with every failure up to half a minute", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((failures) => backoff(failures, 1));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  test("is spread by chance, and never nothing", () => {
    expect(backoff(4, 0.5)).toBe(2000);
    expect(backoff(4, 0)).toBe(250);
  });
});

describe("the link", () => {
  test("an address that cannot be opened is tried again, each time after a longer wait", () => {
    let attempts = 0;
    const { made, clock } = link(() => {
      attempts += 1;
      throw new Error("refused");
    });
    made.start();
    clock.move(499);
    expect(attempts).toBe(1);
    clock.move(1);
    expect(attempts).toBe(2);
    clock.move(999);
    expect(attempts).toBe(2);
    clock.move(1);
    expect(attempts).toBe(3);
  });

  test("a socket that never opens is given up", () => {
    const { made, clock, statuses } = link(dead);
    made.start();
    clock.move(15_000);
    expect(statuses).toEqual(["connecting", "waiting"]);
  });

  test("hastened, it does not wait out its wait", () => {
    let attempts = 0;
    const { made } = link(() => {
      attempts += 1;
      throw new Error("refused");
    });
    made.start();
    made.hasten();
    expect(attempts).toBe(2);
  });

  test("stopped, it stays stopped", () => {
    let attempts = 0;
    const { made, clock, statuses } = link(() => {
      attempts += 1;
      throw new Error("refused");
    });
    made.start();
    made.stop();
    clock.move(60_000);
    expect(attempts).toBe(1);
    expect(statuses.at(-1)).toBe("idle");
  });

  test("without a socket nothing is sent", () => {
    const { made } = link(dead);
    expect(made.send({ type: "human" })).toBe(false);
  });
});
