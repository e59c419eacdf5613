import { UnstyledButton } from "@mantine/core";
import { memo, useEffect, useRef } from "react";
import { LanguageTag } from "@/desk/LanguageTag";
import classes from "@/desk/OwnItem.module.css";
import panel from "@/desk/Panel.module.css";
import { useSelect } from "@/desk/selection";
import { useDraft } from "@/desk/useDraft";
import { subscriberName } from "@/i18n/names";
import { useOperator } from "@/session/session";
import { lastMessage } from "@/state/conversations";
import type { Conversation } from "@/state/desk";
import { unreadCount } from "@/state/unread";
import { waitingForReplySince } from "@/state/waiting";
import { ChannelIcon } from "@/ui/ChannelIcon";
import { Elapsed } from "@/ui/Elapsed";
import { useTexts } from "@/ui/texts";

interface OwnItemProps {
  conversation: Conversation;
  number: number;
  isActive: boolean;
}

/** One of one's own conversations: who, the last words, who waits for whom. */
export const OwnItem = memo(function OwnItem({ conversation, number, isActive }: OwnItemProps) {
  const texts = useTexts();
  const select = useSelect();
  const { about } = conversation;
  const waitsSince = waitingForReplySince(conversation);
  const place = useVisible(isActive);
  return (
    <li ref={place}>
      <UnstyledButton
        className={classes.item}
        aria-current={isActive || undefined}
        aria-keyshortcuts={number <= 9 ? `Alt+${number}` : undefined}
        onClick={() => select(conversation.id)}
      >
        <span className={panel.line}>
          <span className={panel.icon}>
            <ChannelIcon channel={about.channel} />
          </span>
          <span className={panel.name}>{subscriberName(texts, about)}</span>
          <LanguageTag language={about.language} />
          {waitsSince && <Elapsed since={waitsSince} label={texts.own.waitsForReply} />}
        </span>
        <span className={panel.line}>
          <LastLine conversation={conversation} isActive={isActive} />
          <Unread conversation={conversation} />
        </span>
      </UnstyledButton>
    </li>
  );
});

function useVisible(isActive: boolean) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) place.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return place;
}

function LastLine({ conversation, isActive }: { conversation: Conversation; isActive: boolean }) {
  const texts = useTexts();
  const [draft] = useDraft(conversation.id);
  const message = lastMessage(conversation);
  const className = `${panel.quiet} ${panel.cut} ${classes.last}`;
  if (conversation.typing)
    return <span className={`${className} ${classes.typing}`}>{texts.own.typing}</span>;
  if (draft.reply && !isActive) {
    return (
      <span className={className}>
        <span className={classes.draft}>{texts.own.draft}:</span> {draft.reply}
      </span>
    );
  }
  const author = message?.author.kind;
  const { id, name } = useOperator();
  const isOwn = message?.author.id ? message.author.id === id : message?.author.name === name;
  const who =
    author === "operator"
      ? `${isOwn ? texts.own.you : (message?.author.name ?? texts.authors.operator)}: `
      : author === "bot"
        ? `${texts.authors.bot}: `
        : "";
  return (
    <span className={className}>{message ? who + message.text : conversation.about.preview}</span>
  );
}

function Unread({ conversation }: { conversation: Conversation }) {
  const texts = useTexts().own;
  const count = unreadCount(conversation);
  if (count === 0) return null;
  return (
    <span className={classes.unread}>
      <span aria-hidden>{conversation.seenLog === null ? texts.isNew : count}</span>
      <span className="visually-hidden">{texts.unread(count)}</span>
    </span>
  );
}
