import classes from "@/desk/TypingPreview.module.css";
import type { SubscriberTyping } from "@/state/desk";
import { useNow } from "@/ui/clock";
import { useTexts } from "@/ui/texts";

const STALE_MS = 60_000;

interface TypingPreviewProps {
  typing: SubscriberTyping;
  name: string | null | undefined;
}

/** What the subscriber has typed and not sent yet. */
export function TypingPreview({ typing, name }: TypingPreviewProps) {
  const texts = useTexts();
  if (useNow() - typing.at > STALE_MS) return null;
  const who = name || texts.authors.subscriber;
  return (
    <div className={classes.typing} aria-live="off">
      <span className={classes.who}>
        {who} {texts.conversation.subscriberTyping}
        <span className={classes.dots} aria-hidden />
      </span>
      <span className={classes.text} dir="auto">
        {typing.text}
      </span>
    </div>
  );
}
