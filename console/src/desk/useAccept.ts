import { useCallback } from "react";
import { useDeskClient } from "@/app/DeskProvider";
import { useSelect } from "@/desk/selection";
import { useOperator } from "@/session/session";
import { nextToAccept, orderQueue } from "@/state/queue";

/** Returns: what takes a conversation from the queue and opens it. */
export function useAccept(): (conversation: string) => void {
  const client = useDeskClient();
  const select = useSelect();
  return useCallback(
    (conversation) => {
      client.accept(conversation);
      select(conversation);
    },
    [client, select],
  );
}

/** Returns: what takes the next conversation that this operator can answer, or else simply the next. */
export function useAcceptNext(): () => void {
  const client = useDeskClient();
  const operator = useOperator();
  const accept = useAccept();
  return useCallback(() => {
    const { queue } = client.store.getState().desk;
    const ability = { languages: operator.languages ?? [], skills: operator.skills ?? [] };
    const next = nextToAccept(queue, ability) ?? orderQueue(queue)[0];
    if (next) accept(next.conversation);
  }, [client, operator, accept]);
}
