import { LanguageTag } from "@/desk/LanguageTag";
import { AcceptButton } from "@/desk/QueueItem";
import classes from "@/desk/QueuePreview.module.css";
import { RecordedTranscript } from "@/history/RecordedTranscript";
import { intentLabel } from "@/i18n/intents";
import { subscriberName } from "@/i18n/names";
import type { Entry } from "@/protocol/frames";
import { summaryLines } from "@/state/knowledge";
import { ChannelIcon } from "@/ui/ChannelIcon";
import { Elapsed } from "@/ui/Elapsed";
import { useLanguage, useTexts } from "@/ui/texts";

interface QueuePreviewProps {
  entry: Entry;
  /** Whether it is being taken: its transcript comes with it, and is not worth asking for. */
  isAccepting: boolean;
}

/** A look at one who waits, before taking the conversation. */
export function QueuePreview({ entry, isAccepting }: QueuePreviewProps) {
  const texts = useTexts();
  const language = useLanguage();
  const name = subscriberName(texts, entry);
  const summary = summaryLines(entry.summary);
  const facts = [
    entry.reason && (texts.reasons[entry.reason] ?? entry.reason),
    entry.intent && intentLabel(language, entry.intent),
    entry.skill && texts.queue.skill(entry.skill),
    entry.subscriber.number,
  ].filter(Boolean);
  return (
    <section className={classes.preview} aria-label={name}>
      <header className={classes.header}>
        <div className={classes.who}>
          <h2 className={classes.name}>
            <ChannelIcon channel={entry.channel} size={17} />
            {name}
            <LanguageTag language={entry.language} />
            {entry.since && <Elapsed since={entry.since} label={texts.queue.waiting} />}
          </h2>
          <p className={classes.facts}>{facts.join(" · ")}</p>
        </div>
        <AcceptButton conversation={entry.conversation} name={name} />
      </header>
      {summary !== "" && (
        <p className={classes.summary} dir="auto">
          {summary}
        </p>
      )}
      {!isAccepting && <RecordedTranscript conversation={entry.conversation} />}
    </section>
  );
}
