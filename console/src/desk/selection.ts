import { useCallback, useEffect, useRef } from "react";
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import { nextToOpen } from "@/state/conversations";

export type Dialog = "close" | "transfer" | "return" | null;

interface DeskView {
  /** The conversation in the middle: one's own, or one of the queue that is looked at. */
  active: string | null;
  dialog: Dialog;
}

/** What the desk's page shows; kept over a reload of the tab. */
export const useDeskView = create<DeskView>()(
  persist((): DeskView => ({ active: null, dialog: null }), {
    name: "abonent.view",
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ active }) => ({ active }),
  }),
);

/** Open a dialog about the active conversation, or none. */
export function openDialog(dialog: Dialog): void {
  useDeskView.setState({ dialog });
}

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
