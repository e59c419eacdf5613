import { Button } from "@mantine/core";
import { memo, useEffect } from "react";
import { useDeskClient } from "@/app/DeskProvider";
import { CloseDialog } from "@/desk/CloseDialog";
import { Composer } from "@/desk/Composer";
import { ConversationHeader } from "@/desk/ConversationHeader";
import classes from "@/desk/ConversationPane.module.css";
import type { ContextToggle } from "@/desk/DeskPage";
import { LiveTranscript } from "@/desk/LiveTranscript";
import { ReturnDialog } from "@/desk/ReturnDialog";
import { SuggestionBar } from "@/desk/SuggestionBar";
import { useSelect } from "@/desk/selection";
import { TransferDialog } from "@/desk/TransferDialog";
import type { Messages } from "@/i18n";
import { subscriberName } from "@/i18n/names";
import type { Conversation, Departure } from "@/state/desk";
import { lastLog } from "@/state/log";
import { useTexts } from "@/ui/texts";

interface ConversationPaneProps {
  conversation: Conversation;
  context: ContextToggle;
}

/** The open conversation: what was said, what is being said, the answer. */
export const ConversationPane = memo(function ConversationPane({
  conversation,
  context,
}: ConversationPaneProps) {
  const texts = useTexts();
  const name = subscriberName(texts, conversation.about);
  useSeen(conversation);
  return (
    <section className={classes.pane} aria-label={name}>
      <ConversationHeader conversation={conversation} context={context} />
      <LiveTranscript conversation={conversation} />
      {conversation.departure ? (
        <DepartedBar departure={conversation.departure} />
      ) : (
        <>
          <SuggestionBar conversation={conversation} />
          <Composer conversation={conversation.id} name={name} />
          <CloseDialog conversation={conversation.id} />
          <TransferDialog conversation={conversation.id} />
          <ReturnDialog conversation={conversation.id} />
        </>
      )}
    </section>
  );
});

/** What is open in a window in front counts as read. */
function useSeen(conversation: Conversation): void {
  const client = useDeskClient();
  const { id, events } = conversation;
  const newest = lastLog(events);
  useEffect(() => {
    const see = () => {
      if (newest > 0 && document.visibilityState === "visible" && document.hasFocus()) {
        client.seen(id, newest);
      }
    };
    see();
    window.addEventListener("focus", see);
    return () => window.removeEventListener("focus", see);
  }, [client, id, newest]);
}

function DepartedBar({ departure }: { departure: Departure }) {
  const texts = useTexts().conversation;
  const select = useSelect();
  return (
    <div className={classes.departed} role="status">
      <span>{departedText(texts, departure)}</span>
      <Button variant="default" onClick={() => select(null)}>
        {texts.departed.leave}
      </Button>
    </div>
  );
}

function departedText(texts: Messages["conversation"], departure: Departure): string {
  const { state, operator } = departure;
  if (state === "assigned" && operator) return texts.departed.assigned(operator);
  return state === null || state === "assigned" ? texts.departed.gone : texts.departed[state];
}
