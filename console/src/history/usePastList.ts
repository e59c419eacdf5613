import { useCallback, useEffect, useRef, useState } from "react";
import type { ConversationSummary } from "@/protocol/rest";
import { Unauthorized } from "@/protocol/rest";
import { useSession } from "@/session/session";

interface PastState {
  items: readonly ConversationSummary[];
  next: string | null;
  isLoading: boolean;
  hasFailed: boolean;
}

const EMPTY: PastState = { items: [], next: null, isLoading: true, hasFailed: false };

/** Closed conversations that match some words, a page at a time. */
export function usePastList(query: string) {
  const { rest, expire } = useSession();
  const [state, setState] = useState(EMPTY);
  const asked = useRef(0);
  const load = useCallback(
    async (before: string | null) => {
      const number = ++asked.current;
      setState((now) => ({ ...now, isLoading: true, hasFailed: false }));
      try {
        const page = await rest.past({ query, before });
        // Only the newest question counts, whichever answer comes last.
        if (number !== asked.current) return;
        setState((now) => ({
          items: before ? [...now.items, ...page.conversations] : page.conversations,
          next: page.next ?? null,
          isLoading: false,
          hasFailed: false,
        }));
      } catch (error) {
        if (number !== asked.current) return;
        if (error instanceof Unauthorized) expire();
        setState({ ...EMPTY, isLoading: false, hasFailed: true });
      }
    },
    [rest, expire, query],
  );
  useEffect(() => void load(null), [load]);
  const more = () => void load(state.next);
  return { ...state, hasMore: state.next !== null, more };
}
