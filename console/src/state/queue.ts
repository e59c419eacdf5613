import type { Entry } from "@/protocol/frames";

/** The queue in the order it is served: the urgent first, then who waits longest. */
export function orderQueue(queue: Readonly<Record<string, Entry>>): Entry[] {
  return Object.values(queue).sort(
    (a, b) =>
      (b.priority ?? 0) - (a.priority ?? 0) ||
      (a.since ?? "").localeCompare(b.since ?? "") ||
      a.conversation.localeCompare(b.conversation),
  );
}

export interface Ability {
  languages: readonly string[];
  skills: readonly string[];
}

/** Whether an operator can answer it. No languages or skills named: no restriction. */
export function canAnswer(entry: Entry, ability: Ability): boolean {
  const { languages, skills } = ability;
  const speaks = !entry.language || languages.length === 0 || languages.includes(entry.language);
  const isSkilled = !entry.skill || skills.length === 0 || skills.includes(entry.skill);
  return speaks && isSkilled;
}

/** The entry to take next, or null. Args: tried: conversations not to ask for again just now. */
export function nextToAccept(
  queue: Readonly<Record<string, Entry>>,
  ability: Ability,
  tried: ReadonlySet<string> = new Set(),
): Entry | null {
  const fits = (entry: Entry) => !tried.has(entry.conversation) && canAnswer(entry, ability);
  return orderQueue(queue).find(fits) ?? null;
}
