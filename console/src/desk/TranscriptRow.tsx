import { Button } from "@mantine/core";
import { IconNote, IconStar } from "@tabler/icons-react";
import { memo } from "react";
import { useDeskClient } from "@/app/DeskProvider";
import { MessageRow } from "@/desk/MessageRow";
import classes from "@/desk/TranscriptRow.module.css";
import { useDraft } from "@/desk/useDraft";
import type { Messages } from "@/i18n";
import { formatClock, formatDay } from "@/i18n/time";
import type { NoteEvent, RatingEvent, StateEvent } from "@/protocol/frames";
import type { Outgoing } from "@/state/outbox";
import { isSameRow, type Row } from "@/state/transcript";
import { serverNow } from "@/ui/clock";
import { Prose } from "@/ui/Prose";
import { useLanguage, useTexts } from "@/ui/texts";

interface TranscriptRowProps {
  row: Row;
}

/** One line of a transcript, whatever it tells of; drawn again only where it looks different. */
export const TranscriptRow = memo(
  DrawnRow,
  (before: TranscriptRowProps, after: TranscriptRowProps) => isSameRow(before.row, after.row),
);

function DrawnRow({ row }: TranscriptRowProps) {
  switch (row.kind) {
    case "day":
      return <DayRow at={row.at} />;
    case "message":
      return <MessageRow row={row} />;
    case "note":
      return <NoteRow note={row.note} />;
    case "state":
      return <StateRow event={row.event} />;
    case "rating":
      return <RatingRow event={row.event} />;
    case "pending":
      return <PendingRow item={row.item} text={row.text} isNote={row.isNote} />;
  }
}

function DayRow({ at }: { at: string }) {
  const texts = useTexts();
  const language = useLanguage();
  return <div className={classes.day}>{formatDay(at, language, texts, serverNow())}</div>;
}

function Clock({ at }: { at: string }) {
  const language = useLanguage();
  return (
    <time className={classes.clock} dateTime={at}>
      {formatClock(at, language)}
    </time>
  );
}

function NoteRow({ note }: { note: NoteEvent }) {
  const texts = useTexts().conversation;
  const label = note.author?.name ? texts.noteBy(note.author.name) : texts.note;
  return (
    <article className={classes.note} aria-label={label}>
      <header className={classes.noteHead}>
        <IconNote size={14} aria-hidden />
        <span>{label}</span>
        <Clock at={note.at} />
      </header>
      <p className={classes.text} dir="auto">
        <Prose text={note.text} />
      </p>
    </article>
  );
}

function StateRow({ event }: { event: StateEvent }) {
  const texts = useTexts();
  return (
    <div className={classes.state}>
      <span>{stateText(texts, event)}</span>
      <Clock at={event.at} />
    </div>
  );
}

/** A change of state in words. */
export function stateText(texts: Messages, event: StateEvent): string {
  const { states } = texts.conversation;
  const reason = event.reason ? (texts.reasons[event.reason] ?? event.reason) : null;
  switch (event.state) {
    case "queued":
      return reason ? states.queuedBecause(reason) : states.queued;
    case "assigned":
      return event.operator?.name ? states.assignedTo(event.operator.name) : states.assigned;
    case "closed":
      return event.disposition
        ? states.closedAs(texts.dispositions[event.disposition] ?? event.disposition)
        : states.closed;
    case "bot":
      return event.log > 1 ? states.returned : states.bot;
  }
}

function RatingRow({ event }: { event: RatingEvent }) {
  const texts = useTexts().conversation;
  return (
    <div className={classes.state}>
      <IconStar size={14} aria-hidden />
      <span>
        {texts.rated(event.score)}
        {event.comment ? ` — ${event.comment}` : ""}
      </span>
      <Clock at={event.at} />
    </div>
  );
}

interface PendingRowProps {
  item: Outgoing;
  text: string;
  isNote: boolean;
}

function PendingRow({ item, text, isNote }: PendingRowProps) {
  const texts = useTexts().conversation;
  const mark = item.status === "waiting" ? texts.marks.waiting : texts.marks.sending;
  return (
    <article
      className={`${isNote ? classes.note : classes.pending}`}
      data-refused={item.status === "refused" || undefined}
      aria-label={isNote ? texts.note : mark}
    >
      <p className={classes.text} dir="auto">
        {text}
      </p>
      {item.status === "refused" ? (
        <Refused item={item} text={text} isNote={isNote} />
      ) : (
        <small>{mark}</small>
      )}
    </article>
  );
}

function Refused({ item, text, isNote }: PendingRowProps) {
  const texts = useTexts();
  const client = useDeskClient();
  const [draft, write] = useDraft(item.command.conversation);
  const code = item.code ?? "";
  const toDraft = () => {
    const field = isNote ? "note" : "reply";
    write({ [field]: [draft[field], text].filter(Boolean).join("\n"), isNote });
    client.discard(item.ref);
  };
  return (
    <div className={classes.refused} role="alert">
      <span>{texts.conversation.refused(texts.notices.codes[code] ?? code)}</span>
      <Button size="compact-xs" variant="default" onClick={() => client.retry(item.ref)}>
        {texts.conversation.sendAgain}
      </Button>
      <Button size="compact-xs" variant="default" onClick={toDraft}>
        {texts.conversation.backToDraft}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => client.discard(item.ref)}>
        {texts.conversation.discard}
      </Button>
    </div>
  );
}
