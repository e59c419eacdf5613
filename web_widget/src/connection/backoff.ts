/** How long to wait before the next attempt to connect. */

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const SHORTEST_MS = 250;

/**
 * The wait after a number of failures in a row: exponential, with full jitter, so that a
 * server that comes back is not met by everybody at once.
 *
 * Args:
 *   failures: failures so far, at least one.
 *   random: a number from 0 up to 1.
 */
export function backoff(failures: number, random: number): number {
  const ceiling = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
  return Math.max(SHORTEST_MS, Math.round(ceiling * random));
}
