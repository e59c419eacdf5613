import { useCallback, useEffect, useRef } from "react";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import { useDeskView } from "@/desk/view";
import { nextToOpen } from "@/state/conversations";

/** Returns: what brings a conversation to the middle and puts away one that has left. */
export function useSelect(): (conversation: string | null) => void {
  const client = useDeskClient();
  return useCallback(
    (conversation) => {
      const { active } = useDeskView.getState();
      if (active && active !== conversation) client.leave(active);
      useDeskView.setState({ active: conversation, dialog: null });
    },
    [client],
  );
}

/** Keep something sensible in the middle: after the last one ended, the next that needs an answer. */
export function useSelectionCare(): void {
  const select = useSelect();
  const active = useDeskView((view) => view.active);
  const desk = useDesk((model) => model.desk);
  const isAccepting = useDesk((model) =>
    model.outbox.some(
      ({ command }) => command.type === "accept" && command.conversation === active,
    ),
  );
  const wasOwn = useRef(false);
  const isOwn = active !== null && active in desk.conversations;
  const isKnown = isOwn || isAccepting || (active !== null && active in desk.queue);
  useEffect(() => {
    const isReady = desk.operator !== null;
    if (isReady && !isKnown) {
      const next = active === null || wasOwn.current ? nextToOpen(desk, active) : null;
      if (next !== active) select(next);
    }
    wasOwn.current = isOwn;
  }, [active, desk, isKnown, isOwn, select]);
}
