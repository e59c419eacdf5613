import { useDeskClient } from "@/app/DeskProvider";
import { useSelect } from "@/desk/selection";
import { openDialog, useDeskView } from "@/desk/view";
import { useShortcut } from "@/shortcuts/useShortcut";
import { neighbour, ownConversations } from "@/state/conversations";
import { unreadCount } from "@/state/unread";

/** The keyboard on the desk: from conversation to conversation, and what is done to the open one. */
export function useDeskShortcuts(): void {
  const client = useDeskClient();
  const select = useSelect();
  const desk = () => client.store.getState().desk;
  const open = (id: string | null | undefined) => id && select(id);
  const move = (step: 1 | -1) => open(neighbour(desk(), useDeskView.getState().active, step));
  const own = () => ownConversations(desk());
  const onOpen = (dialog: "close" | "transfer" | "return") => {
    const { active } = useDeskView.getState();
    if (own().some((conversation) => conversation.id === active)) openDialog(dialog);
  };
  useShortcut("previous", () => move(-1));
  useShortcut("next", () => move(1));
  useShortcut("nextUnread", () => open(own().find((one) => unreadCount(one) > 0)?.id));
  useShortcut("byNumber", (event) => open(own()[Number(event.code.slice(-1)) - 1]?.id));
  useShortcut("transfer", () => onOpen("transfer"));
  useShortcut("returnToBot", () => onOpen("return"));
  useShortcut("close", () => onOpen("close"));
}
