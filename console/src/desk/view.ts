import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";

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
