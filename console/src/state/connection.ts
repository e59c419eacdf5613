import type { Subscriber } from "@/protocol/frames";

/** How the desk is reached now. `attempt` counts the tries that failed since it was last open. */
export type Connection =
  | { phase: "idle" }
  | { phase: "connecting"; attempt: number }
  | { phase: "open" }
  | { phase: "lost"; attempt: number; retryAt: number }
  | { phase: "expired" };

/** A calm word to the operator about something that did not go as asked. */
export interface Notice {
  kind: "taken" | "capacity" | "not_online" | "failed" | "departed";
  conversation: string;
  subscriber: Subscriber | null;
  /** The code the desk gave, where it refused something. */
  code: string | null;
}
