const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before trying to connect again.
 *
 * Args:
 *   attempt: how many tries have failed, 1 for the first.
 *   chance: a number in [0, 1), so that a thousand consoles do not come back in the same instant.
 */
export function reconnectDelay(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * chance);
}
