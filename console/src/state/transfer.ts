import type { OperatorPresence } from "@/protocol/frames";

/** Whether an operator has as many conversations as they take. */
export function isFull({ load, capacity }: OperatorPresence): boolean {
  return typeof load === "number" && typeof capacity === "number" && load >= capacity;
}

/**
 * The colleagues a conversation can be given to: those online first, then those with most room.
 *
 * Args:
 *   live: what the desk has told, which is newer.
 *   listed: the list of all operators, which says more of each.
 *   me: the operator who asks.
 */
export function transferTargets(
  live: Readonly<Record<string, OperatorPresence>>,
  listed: readonly OperatorPresence[],
  me: string,
): OperatorPresence[] {
  const known = new Map(listed.map((operator) => [operator.id, operator]));
  for (const operator of Object.values(live)) {
    const told = Object.fromEntries(
      Object.entries(operator).filter(([, value]) => value !== null && value !== undefined),
    );
    known.set(operator.id, { ...known.get(operator.id), ...told } as OperatorPresence);
  }
  return [...known.values()]
    .filter(({ id, presence }) => id !== me && presence !== "offline")
    .sort((a, b) => rank(a) - rank(b) || room(b) - room(a) || a.name.localeCompare(b.name));
}

function rank({ presence }: OperatorPresence): number {
  return presence === "online" ? 0 : 1;
}

function room({ capacity, load }: OperatorPresence): number {
  return (capacity ?? 0) - (load ?? 0);
}
