import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconHandClick,
  IconQuestionMark,
} from "@tabler/icons-react";
import classes from "@/desk/MessageRow.module.css";
import type { Messages } from "@/i18n";
import { intentLabel } from "@/i18n/intents";
import { formatClock } from "@/i18n/time";
import type { Button, MessageEvent, ParseEvent, Ranked } from "@/protocol/frames";
import type { Mark, Row, Shown } from "@/state/transcript";
import { Prose } from "@/ui/Prose";
import { useLanguage, useTexts } from "@/ui/texts";

type MessageRowData = Extract<Row, { kind: "message" }>;

/** Something said: by the subscriber on the left, by us on the right. */
export function MessageRow({ row }: { row: MessageRowData }) {
  const texts = useTexts();
  const language = useLanguage();
  const { message, parse, isContinued } = row;
  const author = authorName(texts, message);
  return (
    <article
      className={classes.row}
      data-author={message.author.kind}
      data-continued={isContinued || undefined}
      aria-label={`${author}, ${formatClock(message.at, language)}`}
    >
      {!isContinued && <header className={classes.author}>{author}</header>}
      <div className={classes.bubble}>
        {message.payload && <Pressed />}
        <span className={classes.text} dir="auto">
          <Prose text={message.text ?? ""} />
        </span>
        <span className={classes.meta}>
          <time dateTime={message.at}>{formatClock(message.at, language)}</time>
          {row.shown && <DeliveryMark shown={row.shown} />}
        </span>
      </div>
      {message.buttons && message.buttons.length > 0 && (
        <Buttons buttons={message.buttons} pressed={row.pressed} />
      )}
      {row.shown?.reason && <p className={classes.reason}>{row.shown.reason}</p>}
      <Understood message={message} parse={parse} decision={row.decision} />
    </article>
  );
}

function authorName(texts: Messages, message: MessageEvent): string {
  const { kind, name } = message.author;
  if (kind === "bot") return texts.authors.bot;
  return name || texts.authors[kind];
}

function Pressed() {
  const label = useTexts().conversation.buttonPressed;
  return (
    <span className={classes.press} role="img" aria-label={label} title={label}>
      <IconHandClick size={15} aria-hidden />
    </span>
  );
}

const MARKS: Readonly<Record<Mark, typeof IconCheck>> = {
  waiting: IconCheck,
  sending: IconCheck,
  stored: IconCheck,
  sent: IconCheck,
  read: IconChecks,
  uncertain: IconQuestionMark,
  failed: IconAlertTriangle,
};

function DeliveryMark({ shown }: { shown: Shown }) {
  const label = useTexts().conversation.marks[shown.mark];
  const Icon = MARKS[shown.mark];
  return (
    <span
      className={classes.mark}
      data-mark={shown.mark}
      role="img"
      aria-label={label}
      title={label}
    >
      <Icon size={14} aria-hidden />
    </span>
  );
}

function Buttons({ buttons, pressed }: { buttons: readonly Button[]; pressed: readonly string[] }) {
  const texts = useTexts().conversation;
  return (
    <ul className={classes.buttons} aria-label={texts.button}>
      {buttons.map(({ title, payload }) => {
        const isPressed = payload !== "" && pressed.includes(payload);
        return (
          <li
            key={`${title}${payload}`}
            className={classes.button}
            data-pressed={isPressed || undefined}
          >
            {isPressed && <IconHandClick size={13} aria-label={texts.buttonPressed} />}
            {title}
          </li>
        );
      })}
    </ul>
  );
}

interface UnderstoodProps {
  message: MessageEvent;
  parse: ParseEvent | null;
  decision: string | null;
}

/** What the bot took a message for, and what it did about it. */
function Understood({ message, parse, decision }: UnderstoodProps) {
  const texts = useTexts();
  const language = useLanguage();
  const intent = parse?.intent ?? (decision ? message.intent : null);
  const words = [
    intent && intentLabel(language, intent),
    intent && percent(parse ? parse.confidence : message.confidence),
    decision && (texts.decisions[decision] ?? decision),
  ].filter(Boolean);
  if (words.length === 0) return null;
  const line = words.join(" · ");
  if (!parse?.ranking?.length) return <span className={classes.understood}>{line}</span>;
  return (
    <details className={classes.understood}>
      <summary title={parse.intent ?? undefined}>{line}</summary>
      <Guesses ranking={parse.ranking} />
    </details>
  );
}

const GUESSES = 5;

function Guesses({ ranking }: { ranking: readonly Ranked[] }) {
  const texts = useTexts().conversation;
  const language = useLanguage();
  return (
    <table className={classes.guesses} aria-label={texts.otherGuesses}>
      <tbody>
        {ranking.slice(0, GUESSES).map(({ intent, confidence }) => (
          <tr key={intent}>
            <td>{intentLabel(language, intent)}</td>
            <td>{percent(confidence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function percent(confidence: number | null | undefined): string | null {
  return confidence === null || confidence === undefined
    ? null
    : `${Math.round(confidence * 100)}\u00a0%`;
}
